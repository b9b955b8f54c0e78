package com.example.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.roleapi.Curl.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that the four documents print, sent by curl to a server that a subclass starts. */
abstract class DocumentedRequests {

    @TempDir
    Path folder;

    private Requests requests;

    /** Returns the URL of the server, without a slash at the end. */
    abstract String url();

    @BeforeEach
    void prepare_curl() {
        requests = new Requests(Curl.in(folder), url());
    }

    @Test
    void the_printed_command_of_freya_creates_a_role_and_gets_the_printed_response() throws Exception {
        Answer answer = requests.freyaAsPrinted().with(201);

        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(placeholders(answer.json(), "")).isEqualTo(Curl.tree(Printed.FREYA_CREATED));
        JsonNode role = answer.json().at("/data/result/role");
        assertThat(role.get("name").textValue()).isEqualTo("<string>");
        assertThat(role.get("description").textValue()).isEqualTo("<string>");
        assertThat(role.get("isSystem").booleanValue()).isFalse();
        assertThat(role.get("memberCount").intValue()).isZero();
    }

    /** Returns a response with the placeholders that the page prints. */
    private static JsonNode placeholders(JsonNode node, String name) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(field -> copy.set(field.getKey(), placeholders(field.getValue(), field.getKey())));
            return copy;
        } else if (node.isTextual()) {
            return name.equals("workspaceId") ? node : TextNode.valueOf("<string>");
        } else if (node.isBoolean()) {
            return BooleanNode.TRUE;
        }
        return node.isInt() ? IntNode.valueOf(1) : node;
    }

    @Test
    void trillet_update() throws Exception {
        String id = requests.trillet("POST", "/roles", "{\"name\":\"Manager\",\"permissions\":[]}")
                .with(201)
                .json()
                .get("_id")
                .textValue();

        Answer answer =
                requests.trillet("PUT", "/roles/" + id, Printed.TRILLET_UPDATE).with(200);

        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.json()).isEqualTo(Curl.tree(Printed.TRILLET_UPDATED.replace("665a1b2c3d4e5f6a7b8c9d0e", id)));
    }

    @Test
    void pulse_create_update_show_and_delete() throws Exception {
        Answer created = requests.pulse("POST", "/roles", Printed.PULSE_CREATE).with(201);
        String id = created.json().at("/data/0/id").textValue();

        assertThat(created.mediaType()).isEqualTo("application/vnd.api+json");
        assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(printed(created.json()))
                .isEqualTo(documented(Printed.PULSE_CREATED, "7f0d0f1a-6852-4634-89c0-9418fb8dc71b", id));
        assertThat(created.json().at("/data/0/attributes/name").textValue()).isEqualTo("Role");

        Answer updated =
                requests.pulse("PUT", "/roles/" + id, Printed.PULSE_UPDATE).with(200);
        assertThat(printed(updated.json()))
                .isEqualTo(documented(Printed.PULSE_UPDATED, "b1d925db-e688-4fa0-9432-db8db55ed370", id));
        assertThat(updated.json().at("/data/attributes/name").textValue()).isEqualTo("Updated Role");

        Answer shown = requests.pulse("GET", "/roles/" + id, "").with(200);
        assertThat(printed(shown.json()))
                .isEqualTo(documented(Printed.PULSE_SHOWN, "7182c2bb-ec46-4675-bd56-413ba862dd1e", id));
        assertThat(shown.json()).isEqualTo(updated.json());

        Answer deleted = requests.pulse("DELETE", "/roles/" + id, "").with(200);
        assertThat(printed(deleted.json()))
                .isEqualTo(documented(Printed.PULSE_DELETED, "d567ce32-37c7-43de-8e65-ed48944d9c91", id));
        assertThat(deleted.json().at("/data/attributes/discarded_at").isTextual())
                .isTrue();
    }

    @Test
    void pulse_list() throws Exception {
        JsonNode listed = requests.pulse("GET", "/roles", "").with(200).json();
        String id = listed.at("/data/0/id").textValue();

        JsonNode printed = printed(listed);
        ArrayNode roles = (ArrayNode) printed.get("data");
        assertThat(roles).hasSizeGreaterThanOrEqualTo(5);
        assertThat(roles).allSatisfy(role -> assertThat(names(role)).containsExactly("id", "type", "attributes"));
        while (roles.size() > 2) {
            roles.remove(2);
        }
        roles.set(1, TextNode.valueOf("..."));
        assertThat(printed).isEqualTo(documented(Printed.PULSE_LISTED, "3aab0a84-8ed3-4ddf-8572-f1799bb60e0a", id));
    }

    /** Returns a printed response with the id of the role, and a string for the dots that leave something out. */
    private static JsonNode documented(String printed, String printedId, String id) {
        return Curl.tree(printed.replace(printedId, id).replace("{\n...\n}", "\"...\""));
    }

    /** Returns a response with dots for the attributes, and without the permissions, which the page does not print. */
    private static JsonNode printed(JsonNode response) {
        JsonNode copy = response.deepCopy();
        Iterable<JsonNode> roles = copy.get("data").isArray() ? copy.get("data") : List.of(copy.get("data"));
        for (JsonNode role : roles) {
            assertThat(names(role.get("attributes")))
                    .containsExactlyInAnyOrder(
                            "account_id", "default", "discarded_at", "name", "rights", "role_type", "scope");
            assertThat(names(role.at("/meta/permissions/actions"))).containsExactly("edit", "delete", "rights");
            ((ObjectNode) role).set("attributes", TextNode.valueOf("..."));
            ((ObjectNode) role).remove("meta");
        }
        return copy;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
