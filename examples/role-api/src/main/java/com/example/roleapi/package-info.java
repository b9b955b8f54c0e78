/**
 * The three role APIs on the HTTP server of the JDK.
 *
 * <p>Start at {@link com.example.roleapi.RoleApiServer}. {@link com.example.roleapi.RoleApiHandler} mounts a role API;
 * a {@link com.example.roleapi.Demo} is everything that a host replaces.
 */
@NullMarked
package com.example.roleapi;

import org.jspecify.annotations.NullMarked;
