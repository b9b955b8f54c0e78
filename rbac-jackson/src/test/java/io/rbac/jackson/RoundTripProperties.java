package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.jackson.Documents.Entry;
import io.rbac.model.PermissionCatalog;
import io.rbac.policy.Policy;
import io.rbac.test.Choices;
import io.rbac.test.PlainPolicy;
import io.rbac.test.PolicyConverter;
import io.rbac.test.RandomPlainPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class RoundTripProperties {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property(tries = 300)
    @Tag("P60")
    void what_is_written_is_read_again_and_written_the_same(@ForAll long seed) {
        PlainPolicy plain = RandomPlainPolicy.valid(Choices.seeded(seed));
        Policy policy = PolicyConverter.policy(plain);
        PolicyJson host = new PolicyJson(policy.catalog(), policy.rules());
        String document = host.write(policy);

        Policy read = host.read(document);
        assertThat(read).isEqualTo(policy);
        assertThat(read.catalog()).isSameAs(policy.catalog());
        assertThat(read.rules()).isSameAs(policy.rules());
        assertThat(host.write(read)).isEqualTo(document);

        Policy alone = PolicyJson.selfContained().read(document);
        assertThat(alone.rules()).isEqualTo(policy.rules());
        assertThat(alone.roles()).isEqualTo(policy.roles());
        assertThat(alone.assignments()).isEqualTo(policy.assignments());
        assertThat(alone.withCatalog(policy.catalog())).isEqualTo(policy);
        assertThat(PolicyJson.selfContained().write(alone)).isEqualTo(document);
        if (policy.catalog().retired().isEmpty()) {
            assertThat(alone).isEqualTo(policy);
        }
    }

    @Property(tries = 300)
    @Tag("P62")
    void reading_depends_on_the_json_value_alone(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Policy policy = PolicyConverter.policy(RandomPlainPolicy.valid(Choices.seeded(seed)));
        PermissionCatalog catalog = policy.catalog();
        String canonical = PolicyJson.selfContained().write(policy);
        StringBuilder other = new StringBuilder();
        spell(MAPPER.readTree(canonical), random, other);

        List<Entry> entries = List.of(Entry.values());
        Entry entry = entries.get(random.nextInt(entries.size()));
        assertThat(entry.read(new PolicyJson(catalog, policy.rules()), other.toString()))
                .as("%s", other)
                .isEqualTo(policy);
        assertThat(PolicyJson.selfContained().write(entry.read(PolicyJson.selfContained(), other.toString())))
                .isEqualTo(canonical);
    }

    @Property(tries = 100)
    @Tag("P12")
    void the_order_of_roles_targets_and_assignments_does_not_matter(@ForAll long seed) throws IOException {
        Policy policy = PolicyConverter.policy(RandomPlainPolicy.valid(Choices.seeded(seed)));
        String canonical = PolicyJson.selfContained().write(policy);
        JsonNode document = MAPPER.readTree(canonical);
        for (String array : List.of("roles", "targets", "assignments")) {
            if (document.has(array)) {
                List<JsonNode> elements = new ArrayList<>();
                document.get(array).forEach(elements::add);
                Collections.shuffle(elements, new Random(seed));
                ((ObjectNode) document).putArray(array).addAll(elements);
            }
        }
        Policy read = PolicyJson.selfContained().read(MAPPER.writeValueAsString(document));
        assertThat(PolicyJson.selfContained().write(read)).isEqualTo(canonical);
    }

    /** Writes the same JSON value differently: other order of fields, other white space, other escapes. */
    private static void spell(JsonNode value, Random random, StringBuilder text) {
        space(random, text);
        if (value.isObject()) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
            Collections.shuffle(fields, random);
            text.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> field : fields) {
                text.append(separator);
                space(random, text);
                spell(field.getKey(), random, text);
                space(random, text);
                text.append(':');
                spell(field.getValue(), random, text);
                separator = ",";
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode element : value) {
                text.append(separator);
                spell(element, random, text);
                separator = ",";
            }
            text.append(']');
        } else if (value.isTextual()) {
            spell(value.textValue(), random, text);
        } else {
            text.append(value);
        }
        space(random, text);
    }

    private static void space(Random random, StringBuilder text) {
        for (int i = random.nextInt(8); i > 5; i--) {
            text.append(" \n\r\t".charAt(random.nextInt(4)));
        }
    }

    private static void spell(String value, Random random, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int c = value.codePointAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || random.nextInt(10) == 0) {
                for (char unit : Character.toChars(c)) {
                    String hex = String.format(Locale.ROOT, "%04x", (int) unit);
                    text.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
                }
            } else {
                text.appendCodePoint(c);
            }
        }
        text.append('"');
    }
}
