/**
 * Serves the role APIs of Trillet, Papershift Pulse and Freya Voice from any application: clients of these products can
 * call the application instead.
 *
 * <p>Start at {@link io.rbac.roleapi.RoleApi}, which handles requests. {@link io.rbac.roleapi.RoleDialect} is the
 * product whose API it serves; {@link io.rbac.roleapi.Caller} is who makes a request. Nothing here depends on a
 * transport: a {@link io.rbac.roleapi.RoleRequest} is made of what came in, and a {@link io.rbac.roleapi.RoleResponse}
 * is sent back.
 *
 * <pre>{@code
 * RoleDialect dialect = RoleDialect.trillet();
 * PermissionEngine engine = PermissionEngine.builder()
 *         .catalog(catalog)
 *         .rules(dialect.rules())
 *         .guard(dialect.guard(catalog))
 *         .ids(dialect.ids())
 *         .build();
 * RoleApi api = RoleApi.builder(engine, dialect)
 *         .authentication(request -> request.header("x-api-key").map(callersByKey::get))
 *         .build();
 * RoleRequest request =
 *         RoleRequest.of("GET", dialect.basePath() + "/roles").headers(headers);
 * RoleResponse response = api.handle(request);
 * }</pre>
 *
 * <p>Requests are read strictly: anything unknown is refused, with its location in the request, and nothing is
 * corrected.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.roleapi;

import org.jspecify.annotations.NullMarked;
