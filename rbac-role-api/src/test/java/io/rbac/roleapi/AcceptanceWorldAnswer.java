package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A response as a client reads it. */
final class AcceptanceWorldAnswer {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final AcceptanceWorldProduct product;
    private final RoleResponse response;
    private final JsonNode json;

    private AcceptanceWorldAnswer(AcceptanceWorldProduct product, RoleResponse response, JsonNode json) {
        this.product = product;
        this.response = response;
        this.json = json;
    }

    /** Reads a response; asserts its media type and, if it is an error, the form of the product. */
    static AcceptanceWorldAnswer of(AcceptanceWorldProduct product, RoleResponse response) {
        AcceptanceWorldAnswer answer = new AcceptanceWorldAnswer(product, response, tree(response.text()));
        assertThat(answer.header("Content-Type")).startsWith(product.mediaType());
        if (response.status() >= 400) {
            product.requireErrorForm(response.status(), answer.json);
        }
        return answer;
    }

    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    int status() {
        return response.status();
    }

    /** Returns the value of a header, empty if there is none. */
    String header(String name) {
        return response.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    String text() {
        return response.text();
    }

    JsonNode json() {
        return json;
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** Returns the role in the response. */
    JsonNode role() {
        return product.role(json);
    }

    String id() {
        return role().path(product.idField()).asText();
    }

    /** Returns the attributes of a Pulse role. */
    JsonNode attributes() {
        return role().path("attributes");
    }

    AcceptanceWorldAnswer is(int status) {
        assertThat(status()).as("the status of %s", this).isEqualTo(status);
        return this;
    }

    AcceptanceWorldAnswer ok() {
        return is(200);
    }

    AcceptanceWorldAnswer created() {
        return is(201);
    }

    /** Asserts a success of any kind. */
    AcceptanceWorldAnswer done() {
        assertThat(status()).as("the status of %s", this).isIn(200, 201);
        return this;
    }

    /** Asserts an error with this status and exactly these violations, in any order. */
    AcceptanceWorldAnswer refused(int status, Code... codes) {
        is(status);
        assertThat(codes())
                .as("the codes of %s", this)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(codes).map(Code::name).toList());
        return this;
    }

    /** Asserts that the violations have exactly these paths. */
    AcceptanceWorldAnswer pointing(String... paths) {
        assertThat(product.paths(json)).as("the paths of %s", this).containsExactlyInAnyOrder(paths);
        return this;
    }

    List<String> codes() {
        return product.codes(json);
    }

    List<String> paths() {
        return product.paths(json);
    }

    static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    @Override
    public String toString() {
        return status() + " " + response.text();
    }
}
