package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.rbac.guard.Capabilities;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RbacModuleTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read")
            .group("message", Set.of(Scope.CHAT), "send")
            .retired("user:export")
            .build();

    private static final Role ROLE = Role.builder("lead", Scope.TEAM)
            .name("Lead")
            .description("Leads")
            .defaultRole(true)
            .rights(CATALOG.rights("user:read", "user:create"))
            .createdAt(Instant.parse("2025-01-02T03:04:05.006Z"))
            .build();

    private static final String ROLE_JSON =
            "{\"id\":\"lead\",\"name\":\"Lead\",\"description\":\"Leads\",\"scope\":\"team\","
                    + "\"default\":true,\"rights\":{\"user\":{\"create\":true,\"read\":true}},"
                    + "\"createdAt\":\"2025-01-02T03:04:05.006Z\"}";

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    @JsonFormat(shape = JsonFormat.Shape.STRING)
    @JsonIgnoreType
    @JsonSerialize(using = ToStringSerializer.class)
    @JsonDeserialize(using = Refusing.class)
    abstract static class Mixin {
        @JsonIgnore
        abstract String name();

        @JsonProperty("identity")
        abstract String id();
    }

    static final class Refusing extends JsonDeserializer<Object> {
        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            throw new AssertionError("a host's annotation must not reach here");
        }
    }

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder().addModule(new RbacModule(CATALOG));
    }

    /** Mappers with settings that must have no effect. */
    @SuppressWarnings("deprecation") // A host may still use the widest default typing.
    static Stream<ObjectMapper> mappers() {
        BasicPolymorphicTypeValidator anything = BasicPolymorphicTypeValidator.builder()
                .allowIfBaseType(Object.class)
                .build();
        return Stream.of(
                builder().build(),
                builder()
                        .activateDefaultTyping(anything, ObjectMapper.DefaultTyping.EVERYTHING)
                        .build(),
                builder()
                        .activateDefaultTypingAsProperty(anything, ObjectMapper.DefaultTyping.EVERYTHING, "@class")
                        .build(),
                builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                        .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                        .enable(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
                        .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
                        .build(),
                builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
                        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                        .enable(SerializationFeature.WRITE_ENUMS_USING_INDEX)
                        .build(),
                builder()
                        .defaultPropertyInclusion(JsonInclude.Value.construct(
                                JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.NON_DEFAULT))
                        .build(),
                builder()
                        .addMixIn(Role.class, Mixin.class)
                        .addMixIn(Rights.class, Mixin.class)
                        .build(),
                builder().disable(MapperFeature.USE_ANNOTATIONS).build());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    @Tag("B24")
    void no_setting_of_a_mapper_changes_what_is_written_and_read(ObjectMapper mapper) throws IOException {
        assertThat(mapper.writeValueAsString(ROLE)).isEqualTo(ROLE_JSON);
        assertThat(mapper.readValue(ROLE_JSON, Role.class)).isEqualTo(ROLE);
        assertThat(mapper.writeValueAsString(ROLE.rights())).isEqualTo("{\"user\":{\"create\":true,\"read\":true}}");
        assertThat(mapper.writeValueAsString(CATALOG.noRights())).isEqualTo("{}");
        Rights rights = mapper.readValue("{\"user\":{\"read\":true,\"create\":false,\"export\":true}}", Rights.class);
        assertThat(rights).isEqualTo(CATALOG.rights("user:read"));
        assertThat(rights.catalog()).isSameAs(CATALOG);
    }

    @ParameterizedTest
    @MethodSource("mappers")
    @Tag("B24")
    void no_setting_of_a_mapper_makes_reading_lenient(ObjectMapper mapper) {
        for (String bad : List.of(
                ROLE_JSON.replace("\"default\"", "\"Default\""),
                ROLE_JSON.replace("\"default\"", "\"x\""),
                ROLE_JSON.replace("\"team\"", "\"TEAM\""),
                ROLE_JSON.replace("true,\"rights\"", "\"true\",\"rights\""),
                ROLE_JSON.replace("\"id\":\"lead\",", ""),
                ROLE_JSON.replace("\"id\"", "\"@class\":\"io.rbac.model.Role\",\"id\""),
                "[" + ROLE_JSON + "]",
                "[\"io.rbac.model.Role\"," + ROLE_JSON + "]",
                "\"\"",
                "\"lead\"",
                "{}")) {
            JsonMappingException refusal =
                    Assertions.assertThrows(JsonMappingException.class, () -> mapper.readValue(bad, Role.class), bad);
            assertThat(refusal).hasCauseInstanceOf(PolicyViolationException.class);
        }
    }

    record Holder(Role role, Rights rights, List<Role> roles) {}

    @Test
    void roles_and_rights_inside_a_host_s_own_types_are_read_and_written() throws IOException {
        for (ObjectMapper mapper : mappers().toList()) {
            if (mapper.isEnabled(MapperFeature.USE_ANNOTATIONS)) {
                Holder holder = new Holder(ROLE, ROLE.rights(), List.of(ROLE));
                String json = mapper.writeValueAsString(holder);
                assertThat(json).contains(ROLE_JSON);
                assertThat(mapper.readValue(json, Holder.class)).isEqualTo(holder);
            }
        }
    }

    @Test
    void a_tree_is_read_like_a_string() throws IOException {
        ObjectMapper mapper = builder().build();
        assertThat(mapper.treeToValue(mapper.readTree(ROLE_JSON), Role.class)).isEqualTo(ROLE);
        assertThat(mapper.convertValue(Map.of("user", Map.of("read", true)), Rights.class))
                .isEqualTo(CATALOG.rights("user:read"));
        JsonMappingException refusal = Assertions.assertThrows(
                JsonMappingException.class, () -> mapper.treeToValue(mapper.readTree("{\"usr\":{}}"), Rights.class));
        assertThat(((PolicyViolationException) refusal.getCause())
                        .violations()
                        .get(0)
                        .path())
                .isEqualTo("/usr");
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void violations_and_capabilities_are_written_whatever_the_settings(ObjectMapper mapper) throws IOException {
        Violation violation = Violation.of(Violation.Code.NAME_TAKEN, "/name", "Lead", "the name is taken");
        assertThat(mapper.writeValueAsString(violation))
                .isEqualTo("{\"code\":\"NAME_TAKEN\",\"path\":\"/name\",\"value\":\"Lead\","
                        + "\"message\":\"the name is taken\"}");
        assertThat(mapper.writeValueAsString(Violation.of(Violation.Code.CONFLICT, "", null, "too late")
                        .at(3, 14)))
                .isEqualTo("{\"code\":\"CONFLICT\",\"path\":\"\",\"message\":\"too late\",\"line\":3,\"column\":14}");
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(ROLE)
                .team("t")
                .build();
        assertThat(mapper.writeValueAsString(Capabilities.ofAccount(policy, ROLE, Target.team("t"))))
                .isEqualTo("{\"edit\":true,\"delete\":true,\"editRights\":true,\"assign\":true}");
        assertThat(mapper.writeValueAsString(
                        Capabilities.ofAccount(policy, policy.role("member").orElseThrow(), Target.team("t"))))
                .isEqualTo("{\"edit\":true,\"delete\":false,\"editRights\":true,\"assign\":false}");
    }

    @Test
    void null_is_null() throws IOException {
        ObjectMapper mapper = builder().build();
        assertThat(mapper.readValue("null", Role.class)).isNull();
        assertThat(mapper.readValue("{\"role\":null}", Holder.class).role()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"usr\":{\"read\":true}}               | UNKNOWN_GROUP /usr",
                "{\"user\":{\"reed\":false}}             | ACTION_NOT_ALLOWED /user/reed",
                "{\"user\":{\"read\":1}}                 | WRONG_TYPE /user/read",
                "{\"user\":null}                         | NULL_VALUE /user",
                "{\"user\":{},\"user\":{}}               | DUPLICATE_KEY /user",
                "{\"@class\":\"x\"}                      | WRONG_TYPE /@class"
            })
    void bad_rights_are_refused(String json, String problem) {
        JsonMappingException refusal = Assertions.assertThrows(
                JsonMappingException.class, () -> builder().build().readValue(json, Rights.class));
        PolicyViolationException cause = (PolicyViolationException) refusal.getCause();
        assertThat(cause.violations().get(0).code() + " "
                        + cause.violations().get(0).path())
                .isEqualTo(problem);
    }

    @Test
    void everything_wrong_is_in_the_cause_and_the_location_is_that_of_the_first() {
        String json = "{\n  \"role\": {\"id\":\"x\",\"name\":\"\",\"scope\":\"team\",\n"
                + "    \"rights\":{\"message\":{\"send\":false},\"user\":{\"read\":7}}}}";
        JsonMappingException refusal = Assertions.assertThrows(
                JsonMappingException.class, () -> builder().build().readValue(json, Holder.class));
        PolicyViolationException cause = (PolicyViolationException) refusal.getCause();
        assertThat(cause.violations().stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "WRONG_TYPE /role/rights/user/read", "PERMISSION_NOT_IN_SCOPE /role/rights/message/send");
        assertThat(refusal.getLocation().getLineNr()).isEqualTo(3);
        assertThat(refusal.getLocation().getColumnNr()).isEqualTo(55);
        assertThat(refusal.getPathReference()).contains("role");
        assertThat(refusal.getOriginalMessage()).isEqualTo(cause.getMessage());
    }

    @Test
    void too_many_fields_are_refused() {
        StringBuilder json = new StringBuilder("{\"user\":{\"read\":true");
        for (int i = 0; i < Tokens.MAX_FIELDS; i++) {
            json.append(",\"a").append(i).append("\":true");
        }
        JsonMappingException refusal = Assertions.assertThrows(
                JsonMappingException.class, () -> builder().build().readValue(json + "}}", Rights.class));
        assertThat(refusal.getOriginalMessage())
                .startsWith("LIMIT_EXCEEDED at /user: the object has too many fields: expected at most `65536`");
    }

    @Test
    void scopes_are_those_of_the_catalog() throws IOException {
        ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").build();
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(tree)
                .group("user", Set.of(tree.scope("folder")), "read")
                .build();
        ObjectMapper mapper =
                JsonMapper.builder().addModule(new RbacModule(catalog)).build();
        Role editor = Role.builder("r", tree.scope("folder"))
                .name("R")
                .rights(catalog.allRights())
                .build();
        String json = mapper.writeValueAsString(editor);
        assertThat(json).contains("\"scope\":\"folder\"");
        assertThat(mapper.readValue(json, Role.class)).isEqualTo(editor);
        Role member = Role.builder("m", Scope.ACCOUNT).name("M").build();
        assertThat(mapper.writeValueAsString(member)).isEqualTo("{\"id\":\"m\",\"name\":\"M\",\"scope\":\"org\"}");
        for (String scope : List.of("org", "account")) {
            assertThat(mapper.readValue("{\"id\":\"m\",\"name\":\"M\",\"scope\":\"" + scope + "\"}", Role.class))
                    .isEqualTo(member);
        }
        JsonMappingException refusal = Assertions.assertThrows(
                JsonMappingException.class, () -> mapper.readValue(json.replace("folder", "team"), Role.class));
        assertThat(refusal.getOriginalMessage())
                .startsWith("SCOPE_INVALID at /scope: `team` is not a scope: expected one of [org, folder]");
    }

    @Test
    void the_module_names_itself() {
        assertThat(new RbacModule(CATALOG).getModuleName()).isEqualTo("rbac");
        assertThat(new RbacModule(CATALOG).version().isUnknownVersion()).isTrue();
    }
}
