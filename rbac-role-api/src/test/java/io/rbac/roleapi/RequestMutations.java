package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random requests: trees of words with a meaning in the role APIs, and valid documents with something changed. */
final class RequestMutations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> FIELDS = List.of(
            "name",
            "description",
            "permissions",
            "userIds",
            "_id",
            "id",
            "workspaceId",
            "createdAt",
            "updatedAt",
            "isSystem",
            "isDefault",
            "memberCount",
            "assignable",
            "roleId",
            "data",
            "type",
            "attributes",
            "meta",
            "relationships",
            "links",
            "account_id",
            "default",
            "discarded_at",
            "rights",
            "role_type",
            "scope",
            "user_id",
            "team_id",
            "chat_id",
            "role_ids",
            "user",
            "team_membership",
            "message",
            "read",
            "manage",
            "key",
            "category",
            "__proto__",
            "",
            "Name",
            "name ",
            "n\u0000",
            "\uD83D\uDE00");

    private static final List<String> TEXTS = List.of(
            "role",
            "custom",
            "system",
            "account",
            "team",
            "chat",
            "R",
            "",
            " ",
            "agent_view",
            "calls:read",
            "agents:write",
            "user:read",
            "r_custom",
            "r_system",
            "r_gone",
            "nope",
            "max",
            "mia",
            "team-a",
            "chat-1",
            "2024-06-01T09:00:00.000Z",
            "true",
            "null",
            "\u0000",
            "a\nb",
            "\u202Eabc",
            "\u2028",
            "\uD83D\uDE00",
            "\uD800",
            "\uDC00x",
            "\uFFFF",
            "%s%n",
            "${jndi:x}",
            "<script>",
            "' OR 1=1 --",
            "../..",
            "`x`",
            "\\",
            "\"");

    private final Random random;

    RequestMutations(Random random) {
        this.random = random;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    String word() {
        return oneOf(TEXTS);
    }

    /** Returns a random tree. */
    JsonNode tree(int depth) {
        int kind = random.nextInt(depth <= 0 ? 6 : 9);
        if (kind == 0) {
            return NODES.nullNode();
        } else if (kind == 1) {
            return NODES.booleanNode(random.nextBoolean());
        } else if (kind == 2) {
            return number();
        } else if (kind <= 5) {
            return NODES.textNode(oneIn(12) ? longText() : word());
        } else if (kind == 6) {
            ArrayNode array = NODES.arrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(tree(depth - 1));
            }
            return array;
        }
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(oneOf(FIELDS), tree(depth - 1));
        }
        return object;
    }

    /** Returns a long string, some of them around the longest that can be stored. */
    private String longText() {
        return oneIn(4) ? "x".repeat(99_995 + random.nextInt(10)) : word().repeat(random.nextInt(3_000));
    }

    private JsonNode number() {
        return oneOf(List.<JsonNode>of(
                NODES.numberNode(0),
                NODES.numberNode(-1),
                NODES.numberNode(1.5),
                NODES.numberNode(Long.MAX_VALUE),
                NODES.numberNode(new BigDecimal("1e400"))));
    }

    /** Returns a copy with one or a few changes. */
    JsonNode changed(JsonNode valid) {
        JsonNode changed = valid.deepCopy();
        do {
            changed = changedOnce(changed);
        } while (oneIn(3));
        return changed;
    }

    private JsonNode changedOnce(JsonNode root) {
        List<JsonNode> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty() || oneIn(30)) {
            return oneIn(2) ? tree(3) : NODES.arrayNode().add(root);
        }
        JsonNode place = oneOf(places);
        if (place instanceof ArrayNode array) {
            change(array);
        } else if (place instanceof ObjectNode object) {
            change(object);
        }
        return root;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private void change(ArrayNode array) {
        int choice = random.nextInt(4);
        if (array.isEmpty() || choice == 0) {
            array.add(tree(2));
        } else if (choice == 1) {
            array.remove(random.nextInt(array.size()));
        } else if (choice == 2) {
            array.add(array.get(random.nextInt(array.size())));
        } else {
            array.set(random.nextInt(array.size()), tree(2));
        }
    }

    private void change(ObjectNode object) {
        List<String> names = AcceptanceWorldAnswer.fields(object);
        int choice = random.nextInt(7);
        if (names.isEmpty() || choice == 0) {
            object.set(oneOf(FIELDS), tree(2));
            return;
        }
        String name = oneOf(names);
        JsonNode value = object.get(name);
        switch (choice) {
            case 1 -> object.remove(name);
            case 2 -> object.putNull(name);
            case 3 -> {
                object.remove(name);
                object.set(oneOf(FIELDS), value);
            }
            case 4 -> object.set(name, NODES.arrayNode().add(value));
            case 5 -> object.put(name, word());
            default -> object.set(name, tree(2));
        }
    }

    /** Returns a tree as bytes; some have a duplicate key, a missing end or a wrong byte. */
    byte[] bytes(JsonNode tree) {
        String text = tree.toString();
        if (oneIn(25)) {
            text = text.replaceFirst("\\{\"", "{\"name\":1,\"name\":\"R\",\"");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (oneIn(25) && bytes.length > 1) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        if (oneIn(25)) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    String method() {
        return oneOf(List.of("GET", "GET", "GET", "DELETE", "PUT", "POST", "PATCH", "HEAD", "get", "", "G\r\nT"));
    }

    /** Returns a target, mostly with something inserted, left out or appended. */
    String target(String valid) {
        StringBuilder target = new StringBuilder(valid);
        while (!oneIn(3)) {
            int at = random.nextInt(target.length() + 1);
            switch (random.nextInt(4)) {
                case 0 ->
                    target.insert(
                            at,
                            oneOf(List.of(
                                    "/", "//", "%", "%2F", "%00", "%ff", "..", "?", "#", "&", "=", ";", "[", " ")));
                case 1 -> target.insert(at, word());
                case 2 -> target.setLength(at);
                default -> target.append('?').append(query());
            }
        }
        return target.toString();
    }

    /** Returns a random query for a list. */
    String query() {
        List<String> attributes =
                List.of("name", "scope", "default", "discarded_at", "role_type", "account_id", "nope");
        List<String> operators = List.of(
                "eq", "!eq", "gt", "gte", "lt", "lte", "pre", "suf", "ct", "!ct", "in", "!in", "blank", "present", "x",
                "");
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String attribute = oneOf(attributes);
            parts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "filter[" + attribute + "_blank]=" + random.nextInt(3);
                        case 1 -> "sort=" + (oneIn(2) ? "-" : "") + attribute;
                        case 2 -> "page[number]=" + (random.nextInt(5) - 1) + "&page[size]=" + (random.nextInt(9) - 1);
                        default -> "filter[" + attribute + "]=" + oneOf(operators) + ':' + percent(word());
                    });
        }
        return String.join("&", parts);
    }

    private String percent(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(
                    b > ' ' && b != '%' && b != '&' && !oneIn(9)
                            ? String.valueOf((char) b)
                            : "%%%02x".formatted(b & 0xFF));
        }
        return escaped.toString();
    }
}
