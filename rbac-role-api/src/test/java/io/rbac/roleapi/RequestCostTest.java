package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a hostile request of 8 KB costs in every operation of every product: about as much as a plain list of all roles,
 * and no more than in proportion to the number of roles. Costs are processor times; only their ratios are asserted.
 */
class RequestCostTest {

    private static final int BYTES = 8_192;
    private static final int FEW_ROLES = 1_250;
    private static final int MANY_ROLES = 8 * FEW_ROLES;

    /** How much more than a plain list a hostile request may cost. */
    private static final double MAX_TIMES_LIST = 5;

    /** How much more a request may cost with eight times as many roles: a quadratic cost is 64 times as high. */
    private static final double MAX_GROWTH = 40;

    /** A request that costs less than this is cheap, however its cost grows. */
    private static final double CHEAP_NANOS = 4e6;

    /** How often a cost is measured; the least counts. */
    private static final int ROUNDS = 3;

    /** How often a request that seems expensive is measured beside what it is compared with. */
    private static final int MAX_ROUNDS = 20;

    private static final List<Scope> SCOPES = ScopeTree.standard().scopes();

    /** Ids that have the same hash code. */
    private static String colliding(int number) {
        StringBuilder id = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            id.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }

    private static String id(int number) {
        return "role-%07d".formatted(number);
    }

    /** As many elements as fit into a hostile request. */
    private static String many(IntFunction<String> element) {
        StringBuilder all = new StringBuilder(element.apply(0));
        for (int i = 1; all.length() + element.apply(i).length() < BYTES; i++) {
            all.append(element.apply(i));
        }
        return all.toString();
    }

    /** A list of strings in JSON. */
    private static String list(IntFunction<String> string) {
        return "[" + many(i -> (i == 0 ? "" : ",") + '"' + string.apply(i) + '"') + "]";
    }

    private static AcceptanceWorld world(AcceptanceWorldProduct product, int roles) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        Change[] changes = IntStream.range(0, roles)
                .boxed()
                .flatMap(i -> List.of(
                        Change.createRole(
                                id(i),
                                scope(product, i),
                                RoleUpdate.builder()
                                        .name("Role " + i)
                                        .defaultRole(product == AcceptanceWorldProduct.PULSE && i % 2 == 0)
                                        .rights(world.rights())
                                        .build()),
                        Change.assign("user-" + i, id(i), target(product, i)))
                        .stream())
                .toArray(Change[]::new);
        world.host(changes);
        return world;
    }

    private static Scope scope(AcceptanceWorldProduct product, int number) {
        return product == AcceptanceWorldProduct.PULSE ? SCOPES.get(number % SCOPES.size()) : Scope.ACCOUNT;
    }

    private static Target target(AcceptanceWorldProduct product, int number) {
        return switch (scope(product, number).name()) {
            case "team" -> Target.team("team-a");
            case "chat" -> Target.chat("chat-1");
            default -> Target.account();
        };
    }

    // requests

    private static Map<String, RoleRequest> hostileRequests(AcceptanceWorld world) {
        Map<String, RoleRequest> requests = new LinkedHashMap<>();
        DialectOptions options = world.product().dialect().options();
        for (Route route : options.product.wireFormat(options).routes()) {
            String path = path(world, route, "role-0000000");
            hostileQueries()
                    .forEach((name, query) -> requests.put(
                            route + " with " + name,
                            request(world, route.method(), path + '?' + query, plainBody(world.product()))));
            if (!route.method().equals("GET")) {
                hostileBodies(world.product())
                        .forEach((name, body) ->
                                requests.put(route + " with " + name, request(world, route.method(), path, body)));
            }
            hostileIds()
                    .forEach((name, id) -> requests.put(
                            route + " with " + name,
                            request(world, route.method(), path(world, route, id), plainBody(world.product()))));
        }
        return requests;
    }

    private static String path(AcceptanceWorld world, Route route, String id) {
        String path = world.product().dialect().basePath() + route.path();
        return path.replace("/workspaces/*", "/workspaces/" + world.account())
                .replace("/chats/*", "/chats/chat-1")
                .replace("*", id);
    }

    private static RoleRequest request(AcceptanceWorld world, String method, String target, String body) {
        RoleRequest request = world.signed(method, target);
        return method.equals("GET")
                ? request
                : request.header("Content-Type", world.product().mediaType()).body(body);
    }

    private static Map<String, String> hostileIds() {
        return Map.of(
                "a long id", "x".repeat(BYTES),
                "an escaped id", "%41".repeat(BYTES / 3),
                "many segments", "a/".repeat(BYTES / 2));
    }

    private static Map<String, String> hostileQueries() {
        String attributes = "name,-id,scope,default,role_type,discarded_at,created_at,updated_at,account_id";
        return Map.ofEntries(
                Map.entry("no query", ""),
                Map.entry(
                        "a sort by few attributes, repeated",
                        "sort=" + many(i -> i % 2 == 0 ? "name," : "-id,") + "id"),
                Map.entry("a sort by every attribute", "sort=" + attributes),
                Map.entry("a sort by unknown attributes", "sort=" + many(i -> "n" + i + ',')),
                Map.entry("repeated sorts", many(i -> "sort=name&")),
                Map.entry("many filters", many(i -> "filter[name]=!ct:" + i + '&')),
                Map.entry("unknown filters", many(i -> "filter[nam" + i + "]=eq:a&")),
                Map.entry("a filter by a long list", "filter[id]=!in:" + many(i -> "x" + i + ',')),
                Map.entry("a filter by a list of equal hashes", "filter[id]=!in:" + many(i -> colliding(i) + ',')),
                Map.entry("a filter by a long value", "filter[name]=!ct:" + "e".repeat(BYTES)),
                Map.entry("many commas", "filter[scope]=in:" + ",".repeat(BYTES)),
                Map.entry("parameters without an end", many(i -> "a&")),
                Map.entry("many includes", many(i -> "include=roles&")),
                Map.entry("a long include", "include=" + many(i -> "roles,") + "roles"),
                Map.entry("a long page", "page[number]=" + "9".repeat(BYTES)),
                Map.entry("many pages", many(i -> "page[size]=1&")),
                Map.entry("escapes", "sort=" + "%6e".repeat(BYTES / 3)));
    }

    private static String plainBody(AcceptanceWorldProduct product) {
        return product.roleBody("R");
    }

    private static Map<String, String> hostileBodies(AcceptanceWorldProduct product) {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("deep arrays", "[".repeat(BYTES));
        bodies.put("deep objects", "{\"a\":".repeat(BYTES / 5));
        bodies.put("one key again and again", "{" + many(i -> "\"a\":1,") + "\"a\":1}");
        bodies.put("keys of equal hashes", "{" + many(i -> '"' + colliding(i) + "\":1,") + "\"a\":1}");
        bodies.put("a long number", "9".repeat(BYTES));
        bodies.put("nothing but commas", ",".repeat(BYTES));
        List<String> lists = List.of(
                list(i -> "u" + i),
                list(RequestCostTest::colliding),
                list(RequestCostTest::id),
                list(i -> "role-" + i),
                list(i -> "agents:rea" + i),
                list(i -> "x"),
                '"' + "r".repeat(BYTES) + '"',
                "[\"" + "r".repeat(BYTES) + "\"]",
                "{" + many(i -> "\"user" + i + "\":{\"read\":true},") + "\"a\":{}}",
                "{\"user\":{" + many(i -> "\"rea" + i + "\":true,") + "\"a\":true}}");
        for (int i = 0; i < lists.size(); i++) {
            String list = lists.get(i);
            bodies.put("lists, " + i, bodyOf(product, field -> list));
        }
        bodies.put("lists where they may be", bodyOf(product, field -> switch (field) {
            case "userIds" -> list(i -> "u" + i);
            case "role_ids" -> list(i -> id(3 * i));
            case "permissions" -> list(i -> "agents:rea" + i);
            case "rights" -> "{\"user\":{\"read\":true}}";
            case "description" -> '"' + "d".repeat(BYTES) + '"';
            case "roleId" -> "\"role-0000001\"";
            case "team_id" -> "\"team-a\"";
            case "chat_id" -> "\"chat-1\"";
            default -> "\"x\"";
        }));
        return bodies;
    }

    /** A body that has every list and every string that an operation knows. */
    private static String bodyOf(AcceptanceWorldProduct product, UnaryOperator<String> value) {
        List<String> fields = switch (product) {
            case TRILLET -> List.of("name", "description", "permissions", "userIds");
            case PULSE -> List.of("name", "rights", "user_id", "team_id", "chat_id", "role_ids");
            case FREYA -> List.of("name", "description", "permissions", "roleId");
        };
        String object = fields.stream()
                .map(field -> '"' + field + "\":" + value.apply(field))
                .collect(Collectors.joining(",", "{", "}"));
        return product == AcceptanceWorldProduct.PULSE
                ? "{\"data\":{\"type\":\"role\",\"attributes\":" + object + "}}"
                : object;
    }

    // costs

    /** Returns the processor time of the thread, by reflection: the module does not read that of management. */
    private static long processorNanos() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (long) Class.forName("java.lang.management.ThreadMXBean")
                    .getMethod("getCurrentThreadCpuTime")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static double nanos(AcceptanceWorld world, RoleRequest request) {
        long before = processorNanos();
        RoleResponse response = world.api().handle(request);
        double nanos = (double) (processorNanos() - before);
        assertThat(response.status())
                .as("the answer to %s: %s", request, response)
                .isLessThan(500);
        return nanos;
    }

    private static double leastNanos(AcceptanceWorld world, RoleRequest request) {
        return IntStream.range(0, ROUNDS)
                .mapToDouble(round -> nanos(world, request))
                .min()
                .orElseThrow();
    }

    private static boolean isExpensive(double cost, double ofList, double before) {
        return cost > MAX_TIMES_LIST * Math.max(CHEAP_NANOS, ofList)
                || cost > MAX_GROWTH * Math.max(CHEAP_NANOS, before);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_hostile_request_costs_about_as_much_as_a_list_and_grows_with_the_roles(AcceptanceWorldProduct product) {
        AcceptanceWorld few = world(product, FEW_ROLES);
        AcceptanceWorld many = world(product, MANY_ROLES);
        RoleRequest list = many.signed("GET", many.roles());
        leastNanos(few, list);
        double ofList = leastNanos(many, list);
        List<String> expensive = new ArrayList<>();
        Map<String, RoleRequest> atFew = hostileRequests(few);
        for (Map.Entry<String, RoleRequest> hostile : hostileRequests(many).entrySet()) {
            double cost = nanos(many, hostile.getValue());
            if (cost <= CHEAP_NANOS) {
                continue;
            }
            double before = leastNanos(few, atFew.get(hostile.getKey()));
            for (int round = 0; round < MAX_ROUNDS && isExpensive(cost, ofList, before); round++) {
                ofList = Math.min(ofList, nanos(many, list));
                before = Math.min(before, nanos(few, atFew.get(hostile.getKey())));
                cost = Math.min(cost, nanos(many, hostile.getValue()));
            }
            if (isExpensive(cost, ofList, before)) {
                expensive.add("%s: %.1f times a list, %.1f times as much as with few roles"
                        .formatted(hostile.getKey(), cost / ofList, cost / before));
            }
        }
        assertThat(expensive).isEmpty();
    }
}
