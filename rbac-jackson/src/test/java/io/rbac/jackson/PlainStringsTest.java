package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and names that look like something else, or are chosen to be slow: they are plain strings. */
class PlainStringsTest {

    private final PolicyJson json = PolicyJson.selfContained();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$$",
                "a$$b",
                "|",
                ":",
                "/",
                "..",
                "../x",
                "%2f",
                ";",
                "*",
                "user:*",
                "a/b~c",
                "~1",
                "null",
                "undefined",
                "true",
                "system",
                "default",
                "none",
                "account",
                "1",
                "01",
                "1.0",
                "-0",
                "1e3",
                "NaN",
                "１",
                "\u0430dmin",
                "\u212Aelvin",
                "\u0131",
                "\u0130",
                "\uFF41",
                "e\u0301",
                "\u00E9",
                "a b",
                "@class",
                "__proto__",
                "constructor",
                "${jndi:ldap://x}",
                "'); DROP TABLE roles; --",
                "<script>",
                "\\\\",
                "\\\"",
                "#",
                "\uD83D\uDE00"
            })
    @Tag("B36")
    @Tag("B40")
    @Tag("B41")
    @Tag("B42")
    @Tag("B43")
    void an_id_is_kept_as_it_is(String escaped) {
        String id = escaped.replace("\\\\", "\\").replace("\\\"", "\"");
        String document = Documents.ACME
                .replace("\"support\"", '"' + escaped + '"')
                .replace("\"team/support\"", "\"team/" + escaped + '"')
                .replace("\"lead\"", '"' + escaped + '"')
                .replace("\"bob\"", '"' + escaped + '"')
                .replace("\"c-1\"", '"' + escaped + '"')
                .replace("\"user\": {", '"' + escaped + "\": {")
                .replace("\"group\": \"user\"", "\"group\": \"" + escaped + '"')
                .replace("\"acme\"", '"' + escaped + '"')
                .replace("Team lead", escaped);
        Policy policy = json.read(document);
        assertThat(policy.account()).isEqualTo(id);
        assertThat(policy.targets(Scope.TEAM)).containsExactly(Target.team(id));
        assertThat(policy.targets(Scope.CHAT)).contains(Target.chat(id));
        assertThat(policy.parentOf(Target.chat("c-42"))).contains(Target.team(id));
        assertThat(policy.users()).contains(id);
        assertThat(policy.role(id).orElseThrow().name()).isEqualTo(id);
        assertThat(policy.rolesOf(id, Target.team(id)))
                .containsExactly(policy.role(id).orElseThrow());
        assertThat(policy.catalog().group(id).orElseThrow().permissions()).hasSize(4);
        assertThat(json.read(json.write(policy))).isEqualTo(policy);
    }

    @Test
    @Tag("B36")
    @Tag("B42")
    void ids_that_look_alike_are_different_ids() {
        Set<String> ids = new LinkedHashSet<>(List.of(
                "1", "01", "1.0", "\uFF11", "k", "K", "\u212A", "i", "I", "\u0131", "\u0130", "a", "\u0430", "\uFF41",
                "e\u0301", "\u00E9", "s", "\u017F"));
        String teams = String.join("\" }, { \"team\": \"", ids);
        Policy policy = json.read(Documents.acme("{ \"chat\": \"c-1\" }", "{ \"team\": \"" + teams + "\" }"));
        assertThat(policy.targets(Scope.TEAM))
                .hasSize(ids.size() + 1)
                .containsAll(ids.stream().map(Target::team).toList());
    }

    @Test
    @Tag("B39")
    void a_name_is_as_long_as_allowed_in_code_points() {
        for (String letter : List.of("x", "\uD83D\uDE00", "\u0301")) {
            String name = letter.repeat(60);
            Role role =
                    json.read(Documents.acme("Team lead", name)).role("lead").orElseThrow();
            assertThat(role.name()).isEqualTo(name);
        }
    }

    @Test
    @Tag("B31")
    void a_name_keeps_its_spaces_and_its_case() {
        for (String name : List.of(" x ", "\u00A0x\u2003", "x\uFEFF", "X\u0130", "\u200Fx")) {
            assertThat(json.read(Documents.acme("Team lead", name))
                            .role("lead")
                            .orElseThrow()
                            .name())
                    .isEqualTo(name);
        }
    }

    @Test
    @Tag("B37")
    void names_that_must_be_unique_are_compared_in_composed_form() {
        String unique =
                Documents.acme("{ \"max\": 60 }", "{ \"unique\": true }").replace("\"Writer\"", "\"e\u0301\"");
        assertThat(json.read(unique).roles()).hasSize(3);
        String composed = unique.replace("\"Team lead\"", "\"\u00E9\"")
                .replace(", \"discardedAt\": \"2025-06-30T15:00:09.126Z\"", "");
        assertThat(Documents.codesAndPaths(() -> json.read(composed))).containsExactly("NAME_TAKEN /roles/2/name");
    }

    @Test
    @Tag("B19")
    void ids_of_equal_hash_code_are_not_slow() {
        Cost.expectNoMoreForCollidingIds(1 << 13, ids -> {
            Policy policy = json.read(document(ids));
            assertThat(policy.users()).hasSameSizeAs(ids);
            assertThat(policy.role("all").orElseThrow().rights().size()).isEqualTo(ids.size());
            json.write(policy);
        });
    }

    /** A document with these ids for actions, roles, teams and users. */
    private static String document(List<String> ids) {
        StringBuilder document =
                new StringBuilder("{\"format\":2,\"account\":\"a\",\"catalog\":[{\"group\":\"g\",\"actions\":[\"");
        document.append(String.join("\",\"", ids)).append("\"]}],\"roles\":[");
        for (String id : ids) {
            document.append("{\"id\":\"")
                    .append(id)
                    .append("\",\"name\":\"n\",\"scope\":\"account\",\"default\":true},");
        }
        document.append("{\"id\":\"all\",\"name\":\"n\",\"scope\":\"account\",\"rights\":{\"g\":{\"");
        document.append(String.join("\":true,\"", ids)).append("\":true}}}],\"targets\":[{\"team\":\"");
        document.append(String.join("\"},{\"team\":\"", ids)).append("\"}],\"assignments\":[");
        for (int i = 0; i < ids.size(); i++) {
            document.append(i == 0 ? "" : ",").append("{\"user\":\"").append(ids.get(i));
            document.append("\",\"role\":\"").append(ids.get(i)).append("\"}");
        }
        return document.append("]}").toString();
    }

    @Test
    void field_names_of_equal_hash_code_are_plain_names() {
        StringBuilder fields = new StringBuilder();
        Cost.collidingIds(1 << 10).forEach(id -> fields.append('"').append(id).append("\": 0, "));
        assertThat(Documents.refusal(() ->
                                json.read(Documents.acme("\"account\": \"acme\"", fields + "\"account\": \"acme\"")))
                        .total())
                .isEqualTo(1 << 10);
    }
}
