/** A chat product with three accounts, protected by rbac. */
package com.example.chats;
