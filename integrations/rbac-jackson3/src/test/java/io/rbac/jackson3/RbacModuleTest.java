package io.rbac.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.rbac.guard.Capabilities;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RbacModuleTest {

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(TREE)
            .group("user", "create", "read")
            .group("page", Set.of(TREE.scope("page")), "wr\"ite")
            .retired("user:export")
            .build();
    private static final Role MEMBER = Role.builder("member", Scope.ACCOUNT)
            .name("Mitglied \u2013 \u6210\u5458 \uD83D\uDE00 </script>")
            .defaultRole(true)
            .type(RoleType.SYSTEM)
            .build();
    private static final Role LEAD = Role.builder("lead", TREE.scope("folder"))
            .name("Lead")
            .description("Leads\n\"all\"")
            .rights(CATALOG.rights("user:read", "user:create"))
            .createdAt(Instant.parse("2025-01-02T03:04:05.006Z"))
            .updatedAt(Instant.parse("2025-01-02T03:04:05Z"))
            .discardedAt(Instant.parse("2026-01-02T03:04:05Z"))
            .build();
    private static final Policy POLICY = Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(MEMBER)
            .role(LEAD.toBuilder().discardedAt(null).build())
            .build();

    /** With the settings of characters that Jackson 3 has by default. */
    private final com.fasterxml.jackson.databind.ObjectMapper second =
            com.fasterxml.jackson.databind.json.JsonMapper.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .addModule(new io.rbac.jackson.RbacModule(CATALOG))
                    .build();

    private final ObjectMapper third = builder().build();

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder().addModule(new RbacModule(CATALOG));
    }

    static List<Object> values() {
        return List.of(
                CATALOG.noRights(),
                CATALOG.allRights(),
                CATALOG.rights("user:read"),
                MEMBER,
                LEAD,
                Violation.of(Violation.Code.NAME_TAKEN, "/name", "L\u00E9ad\t", "the name is taken"),
                Violation.of(Violation.Code.CONFLICT, "", null, "too late").at(3, 14),
                Capabilities.ofAccount(POLICY, LEAD, Target.of(TREE.scope("folder"), "f")),
                Capabilities.ofAccount(POLICY, MEMBER, Target.account()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_value_is_written_as_jackson_2_writes_it_byte_for_byte(Object value) throws JsonProcessingException {
        assertThat(third.writeValueAsBytes(value)).isEqualTo(second.writeValueAsBytes(value));
        assertThat(third.writeValueAsString(Map.of("in", List.of(value))))
                .isEqualTo(second.writeValueAsString(Map.of("in", List.of(value))));
    }

    static Stream<ObjectMapper> mappers() {
        return Stream.of(
                builder().build(),
                builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
                        .build(),
                builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build(),
                builder().disable(MapperFeature.USE_ANNOTATIONS).build(),
                builder()
                        .addMixIn(Role.class, Mixin.class)
                        .addMixIn(Rights.class, Mixin.class)
                        .build(),
                builder()
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                        .build());
    }

    @com.fasterxml.jackson.annotation.JsonIgnoreType
    abstract static class Mixin {}

    @ParameterizedTest
    @MethodSource("mappers")
    void settings_of_a_mapper_have_no_effect(ObjectMapper mapper) throws JsonProcessingException {
        for (Role role : List.of(MEMBER, LEAD)) {
            String json = mapper.writeValueAsString(role);
            assertThat(json).isEqualTo(second.writeValueAsString(role));
            assertThat(mapper.readValue(json, Role.class)).isEqualTo(role);
        }
        Rights rights = mapper.readValue("{\"user\":{\"read\":true,\"create\":false,\"export\":true}}", Rights.class);
        assertThat(rights).isEqualTo(CATALOG.rights("user:read"));
        assertThat(rights.catalog()).isSameAs(CATALOG);
    }

    @Test
    void pretty_printing_is_that_of_the_mapper() {
        String pretty = builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(CATALOG.rights("user:read"));
        assertThat(pretty).hasLineCount(5);
    }

    record Holder(Role role, Rights rights) {}

    static List<String> refused() {
        return List.of(
                "{\"role\":{\"id\":\"x\",\"name\":\"\",\"scope\":\"folder\",\"rights\":{\"page\":{\"wr\\\"ite\":false},"
                        + "\"user\":{\"read\":7}}}}",
                "{\"role\":{\"id\":\"x\",\"name\":\"X\",\"scope\":\"team\"}}",
                "{\"role\":{\"id\":\"x\",\"id\":\"y\",\"name\":\"X\",\"scope\":\"org\",\"Default\":true}}",
                "{\"role\":[\"io.rbac.model.Role\"]}",
                "{\"role\":\"lead\"}",
                "{\"rights\":{\"usr\":{\"read\":true},\"user\":{\"reed\":false,\"read\":null}}}",
                "{\"rights\":{\"user\":{},\"user\":{}}}",
                "{\"rights\":1.5}");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_jackson_2_refuses_is_refused_with_the_same_violations(String json) {
        JsonMappingException two =
                catchThrowableOfType(JsonMappingException.class, () -> second.readValue(json, Holder.class));
        DatabindException three =
                catchThrowableOfType(DatabindException.class, () -> third.readValue(json, Holder.class));
        assertThat(violations(three)).isEqualTo(violations(two)).isNotEmpty();
        assertThat(three.getCause())
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        e -> assertThat(e.violations()).allMatch(violation -> violation.line() == 0));
    }

    private static List<String> violations(Throwable thrown) {
        assertThat(thrown).hasCauseInstanceOf(PolicyViolationException.class);
        return ((PolicyViolationException) thrown.getCause())
                .violations().stream()
                        .map(violation -> violation.code() + " " + violation.path() + " " + violation.value()
                                + violation.message())
                        .toList();
    }

    @Test
    void a_tree_is_read_like_a_string_and_null_is_null() {
        assertThat(third.treeToValue(third.readTree(third.writeValueAsString(LEAD)), Role.class))
                .isEqualTo(LEAD);
        assertThat(third.readValue("null", Role.class)).isNull();
        assertThat(third.readValue("{\"role\":null}", Holder.class).role()).isNull();
        assertThat(third.readValue("{\"rights\":{\"user\":{\"read\":true}},\"role\":null}", Holder.class))
                .isEqualTo(new Holder(null, CATALOG.rights("user:read")));
    }

    @Test
    void the_module_names_itself() {
        assertThat(new RbacModule(CATALOG).getModuleName()).isEqualTo("rbac");
        assertThat(new RbacModule(CATALOG).version().isUnknownVersion()).isTrue();
    }
}
