/** A chat product with three accounts on CDI and JAX-RS, protected by rbac. */
package com.example.jakartachats;
