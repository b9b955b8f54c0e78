package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The role API of one product over an engine with two accounts, and a client of it. It asserts that an error has the
 * form of the product and changes neither account.
 */
final class AcceptanceWorld {

    static final Instant START = Instant.parse("2024-06-01T09:00:00Z");

    private final AcceptanceWorldProduct product;
    private final PermissionEngine engine;
    private final RoleApi api;
    private final Map<String, Caller> callers;
    private final String token;

    private AcceptanceWorld(
            AcceptanceWorldProduct product,
            PermissionEngine engine,
            RoleApi api,
            Map<String, Caller> callers,
            String token) {
        this.product = product;
        this.engine = engine;
        this.api = api;
        this.callers = callers;
        this.token = token;
    }

    static AcceptanceWorld trillet() {
        return of(AcceptanceWorldProduct.TRILLET);
    }

    static AcceptanceWorld pulse() {
        return of(AcceptanceWorldProduct.PULSE);
    }

    static AcceptanceWorld freya() {
        return of(AcceptanceWorldProduct.FREYA);
    }

    static AcceptanceWorld of(AcceptanceWorldProduct product) {
        return of(product, product.dialect());
    }

    static AcceptanceWorld of(AcceptanceWorldProduct product, RoleDialect dialect) {
        return of(product, dialect, product.catalog());
    }

    static AcceptanceWorld of(AcceptanceWorldProduct product, RoleDialect dialect, PermissionCatalog catalog) {
        return of(product, dialect, catalog, new InMemoryPolicyStore(), UnaryOperator.identity());
    }

    static AcceptanceWorld of(
            AcceptanceWorldProduct product,
            RoleDialect dialect,
            PolicyStore store,
            UnaryOperator<RoleApi.Builder> options) {
        return of(product, dialect, product.catalog(), store, options);
    }

    private static AcceptanceWorld of(
            AcceptanceWorldProduct product,
            RoleDialect dialect,
            PermissionCatalog catalog,
            PolicyStore store,
            UnaryOperator<RoleApi.Builder> options) {
        AtomicLong seconds = new AtomicLong();
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .rules(dialect.rules())
                .guard(dialect.guard(catalog))
                .ids(dialect.ids())
                .store(store)
                .executor(Runnable::run)
                .clock(() -> START.plusSeconds(seconds.getAndIncrement()))
                .build();
        for (String account : new String[] {product.account(), product.otherAccount()}) {
            engine.create(product.policy(account, catalog));
        }
        Map<String, Caller> callers = new ConcurrentHashMap<>();
        callers.put("account", Caller.account(product.account()));
        callers.put("other", Caller.account(product.otherAccount()));
        RoleApi api = options.apply(RoleApi.builder(engine, dialect)
                        .authentication(request -> token(request).map(callers::get)))
                .build();
        return new AcceptanceWorld(product, engine, api, callers, "account").asProductUser();
    }

    private static Optional<String> token(RoleRequest request) {
        return request.header("x-api-key")
                .or(() -> request.header("authorization")
                        .filter(value -> value.startsWith("Bearer "))
                        .map(value -> value.substring("Bearer ".length())));
    }

    /** Uses the key of the account in Trillet; in the others, a user who has every right at the account. */
    private AcceptanceWorld asProductUser() {
        return switch (product) {
            case TRILLET -> this;
            case PULSE -> asUser("admin");
            case FREYA -> asUser("olga");
        };
    }

    AcceptanceWorld asUser(String user) {
        return as(Caller.user(product.account(), user));
    }

    AcceptanceWorld asAccount() {
        return asToken("account");
    }

    /** Returns this world with the other account as the client. */
    AcceptanceWorld asOther() {
        return asToken("other");
    }

    AcceptanceWorld as(Caller caller) {
        String newToken = "token-" + callers.size();
        callers.put(newToken, caller);
        return asToken(newToken);
    }

    AcceptanceWorld asToken(String newToken) {
        return new AcceptanceWorld(product, engine, api, callers, newToken);
    }

    AcceptanceWorldProduct product() {
        return product;
    }

    PermissionEngine engine() {
        return engine;
    }

    RoleApi api() {
        return api;
    }

    Policy policy() {
        return engine.policy(product.account());
    }

    String account() {
        return product.account();
    }

    private String signedAccount() {
        Caller caller = callers.get(token);
        return caller == null ? product.account() : caller.account();
    }

    // requests; bodies are written with single quotes

    AcceptanceWorldAnswer get(String target) {
        return send(signed("GET", target));
    }

    AcceptanceWorldAnswer delete(String target) {
        return send(signed("DELETE", target));
    }

    AcceptanceWorldAnswer post(String target, String body) {
        return send("POST", target, body.replace('\'', '"'));
    }

    AcceptanceWorldAnswer put(String target, String body) {
        return send("PUT", target, body.replace('\'', '"'));
    }

    AcceptanceWorldAnswer post(String target) {
        return send(signed("POST", target));
    }

    /** Sends a body unchanged. */
    AcceptanceWorldAnswer send(String method, String target, String body) {
        return send(signed(method, target)
                .header("Content-Type", product.mediaType())
                .body(body));
    }

    RoleRequest signed(String method, String target) {
        return product.signed(RoleRequest.of(method, target), token, signedAccount());
    }

    AcceptanceWorldAnswer send(RoleRequest request) {
        Policy before = policy();
        Policy otherBefore = engine.policy(product.otherAccount());
        AcceptanceWorldAnswer answer = AcceptanceWorldAnswer.of(product, api.handle(request));
        if (answer.status() >= 400) {
            assertThat(policy()).as("the policy after %s", answer).isSameAs(before);
            assertThat(engine.policy(product.otherAccount())).isSameAs(otherBefore);
        }
        return answer;
    }

    // roles

    String roles() {
        return product.roles();
    }

    String role(String id) {
        return product.roles() + '/' + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    AcceptanceWorldAnswer createRole(String body) {
        return post(roles(), body);
    }

    /** Creates a Pulse role with these attributes. */
    AcceptanceWorldAnswer createPulse(String attributes) {
        return post(roles(), pulse(attributes));
    }

    AcceptanceWorldAnswer updatePulse(String id, String attributes) {
        return put(role(id), pulse(attributes));
    }

    static String pulse(String attributes) {
        return "{'data':{'type':'role','attributes':" + attributes + "}}";
    }

    /** Sets the roles of a user of Pulse; the kind is {@code account}, {@code team} or {@code chat}. */
    AcceptanceWorldAnswer setRoles(String kind, String attributes) {
        return post(
                "/api/v1/" + kind + "_memberships",
                "{'data':{'type':'" + kind + "_membership','attributes':" + attributes + "}}");
    }

    /** Creates a role as the host, with a given id. */
    void host(String id, Scope scope, String... keys) {
        host(id, scope, false, keys);
    }

    void host(String id, Scope scope, boolean isDefault, String... keys) {
        host(Change.createRole(
                id,
                scope,
                RoleUpdate.builder()
                        .name(id)
                        .defaultRole(isDefault)
                        .rights(rights(keys))
                        .build()));
    }

    void host(Change... changes) {
        engine.commit(product.account(), changes);
    }

    Role stored(String id) {
        return policy().role(id).orElseThrow();
    }

    Rights rights(String... keys) {
        return policy().catalog().rights(keys);
    }

    boolean may(String user, String permission) {
        return may(user, permission, Target.account());
    }

    boolean may(String user, String permission, Target target) {
        return engine.hasPermission(product.account(), user, permission, target);
    }
}
