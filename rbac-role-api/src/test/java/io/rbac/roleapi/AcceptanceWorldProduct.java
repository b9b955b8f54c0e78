package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What differs between the three products for a client. */
enum AcceptanceWorldProduct {
    TRILLET("ws_acme", "ws_other", "/v1/api/roles-and-permissions/roles", "application/json", 400) {
        @Override
        RoleDialect dialect() {
            return RoleDialect.trillet();
        }

        @Override
        PermissionCatalog catalog() {
            return AcceptanceWorldCatalogs.trillet();
        }

        @Override
        Policy policy(String account, PermissionCatalog catalog) {
            return Policy.builder()
                    .account(account)
                    .catalog(catalog)
                    .rules(RoleDialect.trillet().rules())
                    .build();
        }

        @Override
        RoleRequest signed(RoleRequest request, String token, String account) {
            return request.header("x-api-key", token).header("x-workspace-id", account);
        }

        @Override
        String roleBody(String name) {
            return "{\"name\":\"" + name + "\",\"permissions\":[]}";
        }

        @Override
        JsonNode role(JsonNode body) {
            return body;
        }

        @Override
        void requireErrorForm(int status, JsonNode body) {
            assertThat(body.path("error").isTextual()).as("error of %s", body).isTrue();
            assertThat(body.path("details").isTextual())
                    .as("details of %s", body)
                    .isTrue();
            for (JsonNode violation : body.path("violations")) {
                assertThat(violation.path("code").asText()).matches("[A-Z_]+");
                assertThat(violation.path("path").isTextual())
                        .as("path of %s", violation)
                        .isTrue();
            }
        }

        @Override
        List<String> codes(JsonNode body) {
            return texts(body.path("violations"), "/code");
        }

        @Override
        List<String> paths(JsonNode body) {
            return texts(body.path("violations"), "/path");
        }
    },

    PULSE(
            "1d5d0f3c-6c1e-4f4e-9d0a-3f1f5d1f0a01",
            "2e6e1a4d-7d2f-4a5f-8e1b-402a6e2a1b02",
            "/api/v1/roles",
            "application/vnd.api+json",
            422) {
        @Override
        RoleDialect dialect() {
            return RoleDialect.pulse();
        }

        @Override
        PermissionCatalog catalog() {
            return AcceptanceWorldCatalogs.pulse();
        }

        @Override
        Policy policy(String account, PermissionCatalog catalog) {
            return Policy.builder()
                    .account(account)
                    .catalog(catalog)
                    .rules(RoleDialect.pulse().rules())
                    .role(system("account-admin", Scope.ACCOUNT)
                            .rights(catalog.rightsOfScope(Scope.ACCOUNT))
                            .build())
                    .role(system("account-member", Scope.ACCOUNT)
                            .defaultRole(true)
                            .rights(catalog.rights("user:read"))
                            .build())
                    .role(system("team-admin", Scope.TEAM)
                            .rights(catalog.rightsOfScope(Scope.TEAM))
                            .build())
                    .role(system("team-member", Scope.TEAM)
                            .defaultRole(true)
                            .rights(catalog.rights("user:read"))
                            .build())
                    .role(system("chat-admin", Scope.CHAT)
                            .rights(catalog.rightsOfScope(Scope.CHAT))
                            .build())
                    .team("team-a")
                    .team("team-b")
                    .chat("chat-1")
                    .chat("chat-2")
                    .assign("admin", "account-admin", Target.account())
                    .assign("admin", "account-member", Target.account())
                    .assign("admin", "chat-admin", Target.chat("chat-1"))
                    .assign("admin", "chat-admin", Target.chat("chat-2"))
                    .assign("max", "account-member", Target.account())
                    .build();
        }

        @Override
        RoleRequest signed(RoleRequest request, String token, String account) {
            return request.header("Authorization", "Bearer " + token).header("Accept", mediaType());
        }

        @Override
        String roleBody(String name) {
            return "{\"data\":{\"type\":\"role\",\"attributes\":{\"name\":\"" + name + "\"}}}";
        }

        @Override
        JsonNode role(JsonNode body) {
            JsonNode data = body.path("data");
            return data.isArray() ? data.path(0) : data;
        }

        @Override
        void requireErrorForm(int status, JsonNode body) {
            assertThat(body.path("errors").isArray()).as("errors of %s", body).isTrue();
            assertThat(body.path("errors")).isNotEmpty();
            for (JsonNode error : body.path("errors")) {
                assertThat(error.path("status").isTextual()).as("%s", error).isTrue();
                assertThat(error.path("status").asText()).matches("[45]\\d\\d");
                assertThat(error.path("code").asText()).matches("[a-z][a-z_]*");
                assertThat(error.path("title").asText()).isNotEmpty();
                assertThat(error.path("detail").asText()).isNotEmpty();
            }
            assertThat(texts(body.path("errors"), "/status")).contains(Integer.toString(status));
        }

        @Override
        List<String> codes(JsonNode body) {
            return texts(body.path("errors"), "/code").stream()
                    .map(code -> code.toUpperCase(Locale.ROOT))
                    .toList();
        }

        @Override
        List<String> paths(JsonNode body) {
            return texts(body.path("errors"), "/source/pointer");
        }
    },

    FREYA(
            "3c90c3cc-0d44-4b50-8888-8dd25736052a",
            "4da1d4dd-1e55-4c61-9999-9ee36847163b",
            "/api/v2/workspaces/3c90c3cc-0d44-4b50-8888-8dd25736052a/roles",
            "application/json",
            400) {
        @Override
        RoleDialect dialect() {
            return RoleDialect.freya();
        }

        @Override
        PermissionCatalog catalog() {
            return AcceptanceWorldCatalogs.freya();
        }

        @Override
        Policy policy(String account, PermissionCatalog catalog) {
            return Policy.builder()
                    .account(account)
                    .catalog(catalog)
                    .rules(RoleDialect.freya().rules())
                    .role(system("r_owner", Scope.ACCOUNT)
                            .rights(catalog.allRights())
                            .build())
                    .role(system("r_admin", Scope.ACCOUNT)
                            .rights(catalog.allRights().minus(catalog.rights("workspace:delete", "billing:manage")))
                            .build())
                    .role(system("r_member", Scope.ACCOUNT)
                            .defaultRole(true)
                            .rights(catalog.rights(
                                    AcceptanceWorldCatalogs.freyaReadKeys().toList()))
                            .build())
                    .assign("olga", "r_owner", Target.account())
                    .assign("adam", "r_admin", Target.account())
                    .assign("mia", "r_member", Target.account())
                    .build();
        }

        @Override
        RoleRequest signed(RoleRequest request, String token, String account) {
            return request.header("Authorization", "Bearer " + token);
        }

        @Override
        String roleBody(String name) {
            return "{\"name\":\"" + name + "\"}";
        }

        @Override
        JsonNode role(JsonNode body) {
            return body.at("/data/result/role");
        }

        @Override
        void requireErrorForm(int status, JsonNode body) {
            assertThat(body.path("success").isBoolean())
                    .as("success of %s", body)
                    .isTrue();
            assertThat(body.path("success").asBoolean()).isFalse();
            assertThat(body.path("error").asText()).isNotEmpty();
            assertThat(body.path("details").isArray()).as("details of %s", body).isTrue();
            for (JsonNode detail : body.path("details")) {
                assertThat(detail.path("field").isTextual())
                        .as("field of %s", detail)
                        .isTrue();
                assertThat(detail.path("message").asText()).isNotEmpty();
                assertThat(detail.path("code").asText()).matches("[A-Z_]+");
            }
        }

        @Override
        List<String> codes(JsonNode body) {
            return texts(body.path("details"), "/code");
        }

        @Override
        List<String> paths(JsonNode body) {
            return texts(body.path("details"), "/field");
        }
    };

    private final String account;
    private final String otherAccount;
    private final String roles;
    private final String mediaType;
    private final int invalid;

    AcceptanceWorldProduct(String account, String otherAccount, String roles, String mediaType, int invalid) {
        this.account = account;
        this.otherAccount = otherAccount;
        this.roles = roles;
        this.mediaType = mediaType;
        this.invalid = invalid;
    }

    abstract RoleDialect dialect();

    abstract PermissionCatalog catalog();

    abstract Policy policy(String anAccount, PermissionCatalog catalog);

    abstract RoleRequest signed(RoleRequest request, String token, String anAccount);

    /** Returns the smallest request that creates a role. */
    abstract String roleBody(String name);

    /** Returns the role in a response that has one. */
    abstract JsonNode role(JsonNode body);

    abstract void requireErrorForm(int status, JsonNode body);

    /** Returns the violation codes of an error in upper case. */
    abstract List<String> codes(JsonNode body);

    abstract List<String> paths(JsonNode body);

    String account() {
        return account;
    }

    String otherAccount() {
        return otherAccount;
    }

    /** Returns the path of the roles of {@link #account()}. */
    String roles() {
        return roles;
    }

    String mediaType() {
        return mediaType;
    }

    /** Returns the status of a request that can be read but breaks a rule. */
    int invalid() {
        return invalid;
    }

    /** Returns the name of the member with the id of a role. */
    String idField() {
        return this == TRILLET ? "_id" : "id";
    }

    private static Role.Builder system(String id, Scope scope) {
        return Role.builder(id, scope)
                .name(id)
                .type(RoleType.SYSTEM)
                .createdAt(Instant.parse("2024-01-01T00:00:00Z"))
                .updatedAt(Instant.parse("2024-01-01T00:00:00Z"));
    }

    static List<String> texts(JsonNode array, String pointer) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.at(pointer).asText()));
        return texts;
    }
}
