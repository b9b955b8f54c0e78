package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Whatever is sent, the response is a success or an error in the form of the product, and an error changes nothing,
 * which {@link AcceptanceWorld#send} asserts after each request.
 */
class RequestFuzzProperties {

    private static final int REQUESTS = 20;

    /** What an id that a product generates ends with. */
    private static final Pattern GENERATED_ID = Pattern.compile("[0-9a-f]{24}|[0-9a-f]{4}-[0-9a-f]{12}");

    /** A request that is valid if its ids are. */
    private record Operation(String name, String method, String path, String body) {}

    /** How many requests of an operation succeeded, and how many were refused. */
    private static final class Outcome {
        private int succeeded;
        private int refused;
    }

    private static final List<Operation> TRILLET = List.of(
            operation(
                    "create",
                    "POST",
                    "",
                    "{'name':'R','description':'d','permissions':['agent_view','call_history_view'],'userIds':['max']}"),
            operation(
                    "update",
                    "PUT",
                    "/ID",
                    "{'name':'S','description':'e','permissions':['agent_edit'],'userIds':['max','mia']}"),
            operation("show", "GET", "/ID", ""),
            operation("list", "GET", "?QUERY", ""),
            operation("delete", "DELETE", "/ID", ""));

    private static final String MEMBERSHIP =
            "{'data':{'type':'%s_membership','attributes':{%s'user_id':'max','role_ids':['%s']}}}";

    private static final List<Operation> PULSE = List.of(
            operation(
                    "create",
                    "POST",
                    "",
                    AcceptanceWorld.pulse(
                            "{'name':'R','scope':'account','default':false,'rights':{'user':{'read':true,'update':false},"
                                    + "'team_membership':{'manage':true}}}")),
            operation(
                    "update",
                    "PUT",
                    "/ID",
                    AcceptanceWorld.pulse("{'name':'S','default':true,'rights':{'user':{'read':true}}}")),
            operation("show", "GET", "/ID", ""),
            operation("list", "GET", "?QUERY", ""),
            operation("delete", "DELETE", "/ID", ""),
            operation("restore", "POST", "/ID/restore", ""),
            operation("assign all", "POST", "/../account_roles/ID/assign_all", ""),
            operation(
                    "account membership",
                    "POST",
                    "/../account_memberships",
                    MEMBERSHIP.formatted("account", "", "r_custom")),
            operation(
                    "team membership",
                    "POST",
                    "/../team_memberships",
                    MEMBERSHIP.formatted("team", "'team_id':'team-a',", "team-member")),
            operation(
                    "chat membership",
                    "POST",
                    "/../chat_memberships",
                    MEMBERSHIP.formatted("chat", "'chat_id':'chat-1',", "chat-admin")),
            operation("chat members", "GET", "/../chats/CHAT/members?include=roles", ""));

    private static final List<Operation> FREYA = List.of(
            operation(
                    "create",
                    "POST",
                    "",
                    "{'name':'R','description':null,'permissions':['calls:read','agents:write']}"),
            operation("update", "PUT", "/ID", "{'name':'S','description':'e','permissions':['agents:read']}"),
            operation("patch", "PATCH", "/ID", "{'name':'S','description':'e','permissions':['agents:read']}"),
            operation("show", "GET", "/ID", ""),
            operation("delete", "DELETE", "/ID", ""),
            operation("member", "PUT", "/../members/max", "{'roleId':'r_custom'}"));

    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    @AfterProperty
    void every_operation_was_accepted_and_refused_often_enough() {
        assertThat(outcomes).isNotEmpty();
        outcomes.forEach((counted, outcome) -> {
            int all = outcome.succeeded + outcome.refused;
            assertThat(100.0 * outcome.succeeded / all)
                    .as("percent of `%s` that succeeded, of %s", counted, all)
                    .isGreaterThan(2);
            assertThat(100.0 * outcome.refused / all)
                    .as("percent of `%s` that were refused, of %s", counted, all)
                    .isGreaterThan(2);
        });
    }

    @Property(tries = 150)
    void trillet_answers_every_request(@ForAll long seed) {
        fuzz(AcceptanceWorld.trillet(), seed, Operation::name);
    }

    @Property(tries = 150)
    void pulse_answers_every_request(@ForAll long seed) {
        fuzz(AcceptanceWorld.pulse(), seed, Operation::name);
    }

    @Property(tries = 150)
    void freya_answers_every_request(@ForAll long seed) {
        fuzz(AcceptanceWorld.freya(), seed, Operation::name);
    }

    @Property(tries = 60)
    void every_request_over_a_database_is_answered_and_stored(@ForAll long seed) throws IOException {
        AcceptanceWorldProduct[] products = AcceptanceWorldProduct.values();
        AcceptanceWorldProduct product = products[(int) Math.floorMod(seed, (long) products.length)];
        Path folder = Files.createTempDirectory("rbac-role-api");
        try {
            Policy last;
            try (JdbcPolicyStore store = open(folder)) {
                AcceptanceWorld world = AcceptanceWorld.of(product, product.dialect(), store, UnaryOperator.identity());
                fuzz(world, seed, any -> "all over a database"); // of a single operation there are too few
                last = world.policy();
                world.engine().close();
            }
            try (JdbcPolicyStore store = open(folder)) {
                Policy stored = store.load(product.account()).orElseThrow().policy();
                assertThat(stored.reboundTo(last.catalog(), last.rules())).isEqualTo(last);
                assertThat(stored.digest()).isEqualTo(last.digest());
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static JdbcPolicyStore open(Path folder) {
        return JdbcPolicyStore.sqlite(folder.resolve("rbac.db")).createSchema().build();
    }

    private void fuzz(AcceptanceWorld world, long seed, Function<Operation, String> counted) {
        switch (world.product()) {
            case TRILLET -> fuzz(world, seed, "agent_view", TRILLET, counted);
            case PULSE -> fuzz(world, seed, "user:read", PULSE, counted);
            case FREYA -> fuzz(world, seed, "calls:read", FREYA, counted);
        }
    }

    @Property(tries = 100)
    void every_method_and_target_is_answered(@ForAll long seed) {
        Random random = new Random(seed);
        RequestMutations mutations = new RequestMutations(random);
        for (AcceptanceWorldProduct product : AcceptanceWorldProduct.values()) {
            AcceptanceWorld world = AcceptanceWorld.of(product);
            world.host("r_custom", Scope.ACCOUNT);
            for (int i = 0; i < REQUESTS; i++) {
                String target = mutations.target(world.role("r_custom"));
                RoleRequest request = world.signed(mutations.method(), target);
                send(
                        world,
                        "any",
                        product.name(),
                        mutations.oneIn(3)
                                ? request.header("Content-Type", mutations.word())
                                        .body(product.roleBody("R"))
                                : request);
            }
        }
    }

    private static Operation operation(String name, String method, String path, String body) {
        return new Operation(name, method, path, body.replace('\'', '"'));
    }

    private static void prepare(AcceptanceWorld world, String key) {
        world.host("r_custom", Scope.ACCOUNT, key);
        world.host("r_free", Scope.ACCOUNT, key);
        world.host("r_gone", Scope.ACCOUNT, key);
        if (world.product() != AcceptanceWorldProduct.FREYA) {
            world.host(Change.assign("max", "r_custom", Target.account()));
        }
        world.host(Change.putSystemRole(Role.builder("r_system", Scope.ACCOUNT)
                .name("System")
                .type(RoleType.SYSTEM)
                .build()));
        world.host(Change.deleteRole("r_gone"));
    }

    private void fuzz(
            AcceptanceWorld world,
            long seed,
            String key,
            List<Operation> operations,
            Function<Operation, String> counted) {
        prepare(world, key);
        Random random = new Random(seed);
        RequestMutations mutations = new RequestMutations(random);
        for (int i = 0; i < REQUESTS; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            send(world, operation.name(), counted.apply(operation), request(world, mutations, random, operation));
        }
    }

    private void send(AcceptanceWorld world, String operation, String counted, RoleRequest request) {
        Policy before = world.policy();
        Policy otherBefore = world.engine().policy(world.product().otherAccount());

        AcceptanceWorldAnswer answer = world.send(request);

        Outcome outcome = outcomes.computeIfAbsent(counted, name -> new Outcome());
        if (answer.status() < 300) {
            outcome.succeeded++;
            assertThat(answer.status()).isIn(200, 201);
            requireShown(world, answer);
        } else {
            outcome.refused++;
            assertThat(answer.status())
                    .as("the answer to %s %s", request, new String(request.body(), StandardCharsets.UTF_8))
                    .isBetween(400, 499);
            if (operation.equals("create")) {
                assertThat(answer.text()).doesNotContainPattern(GENERATED_ID);
            }
        }
        if (request.method().equals("GET")) {
            assertThat(world.policy()).isSameAs(before);
        }
        assertThat(world.engine().violations(world.account())).isEmpty();
        assertThat(world.engine().policy(world.product().otherAccount())).isSameAs(otherBefore);
    }

    private RoleRequest request(AcceptanceWorld world, RequestMutations mutations, Random random, Operation operation) {
        List<String> ids = new ArrayList<>(List.of("r_custom", "r_free", "r_gone", "r_system", "nope", "%00", "%zz"));
        world.policy().roles().forEach(role -> ids.add(role.id()));
        String base = operation.path().startsWith("/../")
                ? world.roles().substring(0, world.roles().length() - "/roles".length())
                        + operation.path().substring(3)
                : world.roles() + operation.path();
        String target = base.replace("ID", ids.get(random.nextInt(ids.size())))
                .replace("CHAT", mutations.oneIn(4) ? "nope" : "chat-1")
                .replace("QUERY", mutations.query());
        RoleRequest request = world.signed(operation.method(), target);
        if (operation.body().isEmpty()) {
            return mutations.oneIn(20)
                    ? request.header("Content-Type", world.product().mediaType())
                            .body(mutations.bytes(mutations.tree(2)))
                    : request;
        }
        JsonNode valid = AcceptanceWorldAnswer.tree(operation.body());
        JsonNode body = mutations.oneIn(3) ? valid : mutations.oneIn(8) ? mutations.tree(4) : mutations.changed(valid);
        return request.header("Content-Type", world.product().mediaType()).body(mutations.bytes(body));
    }

    /** Asserts that getting a role shows the same as the response that contains it. */
    private static void requireShown(AcceptanceWorld world, AcceptanceWorldAnswer answer) {
        JsonNode role = answer.role();
        boolean isRole = world.product() != AcceptanceWorldProduct.PULSE
                ? role.has("name")
                : role.path("type").asText().equals("role");
        if (isRole) {
            JsonNode shown = world.get(world.role(answer.id())).ok().role();
            for (String field : AcceptanceWorldAnswer.fields(role)) {
                if (shown.has(field)) {
                    assertThat(role.get(field)).isEqualTo(shown.get(field));
                }
            }
            assertThat(shown.path(world.product().idField()))
                    .isEqualTo(role.path(world.product().idField()));
        }
    }
}
