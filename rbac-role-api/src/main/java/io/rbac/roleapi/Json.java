package io.rbac.roleapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Builds the values of responses and writes them. */
final class Json {

    /** Writes plain trees only, which no annotation and no module affects. */
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode strings(Iterable<String> strings) {
        ArrayNode array = array();
        strings.forEach(array::add);
        return array;
    }

    /** Returns rights as groups of actions. */
    static ObjectNode rights(Rights rights) {
        ObjectNode json = object();
        for (Permission permission : rights) {
            ObjectNode group = json.get(permission.group()) instanceof ObjectNode known
                    ? known
                    : json.putObject(permission.group());
            group.put(permission.action(), true);
        }
        return json;
    }

    /** Returns an instant in ISO 8601 with milliseconds, the JSON value {@code null} if there is none. */
    static JsonNode instant(Optional<Instant> instant) {
        return instant.<JsonNode>map(at -> JsonNodeFactory.instance.textNode(INSTANT.format(at)))
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    /**
     * Returns a tree in UTF-8; a lone surrogate, which only an echo of the request can contain, becomes a question
     * mark.
     */
    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the tree cannot be written", e);
        }
    }
}
