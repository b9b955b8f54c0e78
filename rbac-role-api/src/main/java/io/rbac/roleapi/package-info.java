/**
 * The role APIs of Trillet, Papershift Pulse and Freya Voice, served by an application of one's own: whoever called one
 * of them calls the application instead.
 *
 * <p>{@link io.rbac.roleapi.RoleApi} answers requests and is where to start; {@link io.rbac.roleapi.RoleDialect} is the
 * product whose API it speaks, {@link io.rbac.roleapi.Caller} who calls. Nothing here knows a transport: a {@link
 * io.rbac.roleapi.RoleRequest} is made of what came over whichever, and a {@link io.rbac.roleapi.RoleResponse} is sent back.
 *
 * <p>All reading of requests is strict: what is not understood is refused, with the place where it stands, and nothing is
 * ever repaired.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.roleapi;

import org.jspecify.annotations.NullMarked;
