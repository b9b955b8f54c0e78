/**
 * Permissions of an application with CDI and JAX-RS.
 *
 * <p>Start at {@link io.rbac.jakarta.RequiresPermission}. In a CDI container it is an interceptor binding, and {@link
 * io.rbac.jakarta.RbacExtension} works by itself; for JAX-RS there is {@link io.rbac.jakarta.RbacFeature}, with or without CDI.
 */
@NullMarked
package io.rbac.jakarta;

import org.jspecify.annotations.NullMarked;
