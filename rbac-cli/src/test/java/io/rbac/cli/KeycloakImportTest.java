package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Imports from Keycloak. The answers are the effective roles of each user by the chapters "Assigning permissions using roles and
 * groups", "Composite roles" and "Groups" of its Server Administration Guide, worked out by hand.
 */
class KeycloakImportTest {

    private static final String REALM = """
            {
              "realm": "acme",
              "enabled": true,
              "defaultRole": { "name": "default-roles-acme", "composite": true },
              "roles": {
                "realm": [
                  { "name": "default-roles-acme", "composite": true,
                    "composites": { "realm": ["offline_access"], "client": { "account": ["view-profile"] } } },
                  { "name": "offline_access" },
                  { "name": "staff", "composite": true,
                    "composites": { "realm": ["reader"], "client": { "shop": ["order-view"] } } },
                  { "name": "manager", "composite": true, "composites": { "realm": ["staff"], "client": { "shop": ["order-edit"] } } },
                  { "name": "reader" },
                  { "name": "loop-a", "composites": { "realm": ["loop-b"] } },
                  { "name": "loop-b", "composites": { "realm": ["loop-a"] } }
                ],
                "client": {
                  "shop": [ { "name": "order-view" }, { "name": "order-edit" }, { "name": "reader" } ],
                  "account": [ { "name": "view-profile" } ]
                }
              },
              "groups": [
                { "name": "company", "path": "/company", "realmRoles": ["reader"],
                  "subGroups": [
                    { "name": "sales", "path": "/company/sales", "clientRoles": { "shop": ["order-view"] },
                      "subGroups": [ { "name": "leads", "realmRoles": ["manager"] } ] },
                    { "name": "it", "path": "/company/it" }
                  ] }
              ],
              "users": [
                { "username": "ann", "enabled": true, "realmRoles": ["default-roles-acme", "staff"] },
                { "username": "ben", "enabled": true, "groups": ["/company/sales"] },
                { "username": "cho", "enabled": true, "groups": ["/company/sales/leads"] },
                { "username": "dan", "enabled": true, "groups": ["/company/it"], "clientRoles": { "shop": ["reader"] } },
                { "username": "eva", "enabled": false, "realmRoles": ["manager"] },
                { "username": "fay", "realmRoles": ["manager"] },
                { "username": "gil", "enabled": true, "realmRoles": ["loop-a"] },
                { "username": "service-account-shop", "enabled": true, "serviceAccountClientId": "shop",
                  "clientRoles": { "shop": ["order-edit"] } }
              ]
            }
            """;

    @TempDir
    private Path folder;

    private String file(String text) {
        return Acme.file(folder, "realm.json", text);
    }

    private List<String> notExpressed(String realm) {
        return Imported.by("keycloak", file(realm)).notExpressed();
    }

    @Test
    void composites_are_expanded_and_groups_resolved() {
        Imported imported = Imported.by("keycloak", file(REALM));
        assertThat(imported.notExpressed()).isEmpty();
        assertThat(imported.policy().account()).isEqualTo("acme");
        imported.hasAnswers("""
                ann realm:staff          account yes
                ann realm:reader         account yes
                ann shop:order-view      account yes
                ann shop:order-edit      account no
                ann realm:manager        account no
                ann shop:reader          account no
                ann realm:offline_access account yes
                ann account:view-profile account yes
                ben realm:reader         account yes
                ben shop:order-view      account yes
                ben shop:order-edit      account no
                ben realm:staff          account no
                ben realm:offline_access account no
                cho realm:reader         account yes
                cho realm:manager        account yes
                cho realm:staff          account yes
                cho shop:order-view      account yes
                cho shop:order-edit      account yes
                dan realm:reader         account yes
                dan shop:reader          account yes
                dan shop:order-view      account no
                eva realm:manager        account no
                eva realm:reader         account no
                fay realm:manager        account no
                gil realm:loop-a         account yes
                gil realm:loop-b         account yes
                gil realm:reader         account no
                service-account-shop shop:order-edit account yes
                service-account-shop shop:order-view account no
                """);
        assertThat(imported.policy()
                        .role("realm:default-roles-acme")
                        .orElseThrow()
                        .isDefault())
                .isTrue();
        assertThat(imported.policy().roles()).hasSize(11);
    }

    @Test
    void users_may_be_in_files_of_their_own() {
        String realm = file(REALM.replace("\"users\"", "\"federatedUsers\""));
        String users = Acme.file(folder, "users-0.json", """
                { "realm": "acme", "users": [ { "username": "ann", "enabled": true, "realmRoles": ["reader"] } ] }
                """);
        Imported imported = Imported.by("keycloak", realm, users, "--account", "other");
        assertThat(imported.policy().account()).isEqualTo("other");
        imported.hasAnswers("""
                ann realm:reader account yes
                ann realm:staff  account no
                ben realm:reader account no
                """);
        assertThat(imported.notExpressed())
                .containsExactly(realm + " has users of another store, of whom only links are exported");
        assertThat(Rbac.run("import", "keycloak", realm, Acme.file(folder, "x.json", "{ \"realm\": \"x\" }"))
                        .err())
                .endsWith("x.json is of the realm `x`, not of `acme`\n");
    }

    @Test
    void roles_and_groups_that_are_not_in_the_export_are_listed_and_give_nothing() {
        String gone = REALM.replace("{ \"name\": \"reader\" },\n      { \"name\": \"loop-a\"", "{ \"name\": \"loop-a\"")
                .replace("\"groups\": [\"/company/it\"]", "\"groups\": [\"/company/gone\"]");
        assertThat(gone).isNotEqualTo(REALM);
        Imported imported = Imported.by("keycloak", file(gone));
        assertThat(imported.notExpressed())
                .containsExactly(
                        "role `realm:staff` has the role `realm:reader`, which is not in the export",
                        "group `/company` has the role `realm:reader`, which is not in the export",
                        "user `dan` is in the group `/company/gone`, which is not in the export");
        imported.hasAnswers("""
                ann realm:staff  account yes
                ann realm:reader account no
                dan shop:reader  account yes
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "defaultGroups": ["/company/it"]                                       | puts users who are created later into groups: `/company/it`
                    "identityProviderMappers": [ { "name": "m" } ]                         | has mappers of identity providers
                    "components": { "org.keycloak.storage.UserStorageProvider": [ {} ] }   | has users of another store, such as LDAP
                    "clients": [ { "clientId": "shop", "fullScopeAllowed": false } ]       | carry only a part of a user's roles: `shop`
                    "clients": [ { "clientId": "shop", "authorizationSettings": { "a": 1 } } ] | client `shop` has resources and policies of its own
                    "clients": [ { "clientId": "shop", "defaultRoles": ["reader"] } ]      | client `shop` gives roles to users who are created later: `reader`
                    "clients": [ { "clientId": "shop", "protocolMappers": [ { "name": "m", "protocolMapper": "oidc-hardcoded-role-mapper" }, { "name": "n", "protocolMapper": "oidc-address-mapper" } ] } ] | client `shop` gives or renames roles in tokens by the mapper `m`
                    "clientScopes": [ { "name": "roles", "protocolMappers": [ { "name": "m", "protocolMapper": "saml-role-name-mapper" } ] } ] | client scope `roles` gives or renames roles in tokens by the mapper `m`
                    """)
    void what_else_decides_in_keycloak_is_listed(String field, String message) {
        assertThat(notExpressed(REALM.replace("\"enabled\": true,\n  \"defaultRole\"", field + ",\n  \"defaultRole\"")))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void a_realm_without_users_or_with_nothing_is_imported() {
        Imported imported = Imported.by("keycloak", file("{ \"realm\": \"empty\" }"));
        assertThat(imported.notExpressed()).containsExactly("the export has no users");
        assertThat(imported.policy().users()).isEmpty();
        assertThat(imported.policy().roles()).hasSize(1);
    }

    @Test
    void the_default_roles_of_older_exports_are_defaults() {
        String older = REALM.replace(
                "\"defaultRole\": { \"name\": \"default-roles-acme\", \"composite\": true }",
                "\"defaultRoles\": [\"reader\", \"gone\"]");
        Imported imported = Imported.by("keycloak", file(older));
        assertThat(imported.policy().role("realm:reader").orElseThrow().isDefault())
                .isTrue();
        assertThat(imported.notExpressed())
                .containsExactly("the realm, by default, has the role `realm:gone`, which is not in the export");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [1]                                                     | is not an object
                    {}                                                      | has no `realm`
                    { "realm": 7 }                                          | `realm` is not a string
                    { "realm": "a", "realm": "b" }                          | Duplicate field 'realm'
                    { "realm": "a" } x                                      | Unrecognized token
                    { "realm": "a", "users": {} }                           | `users` is not a list
                    { "realm": "a", "users": [ {} ] }                       | `users` item 1 has no `username`
                    { "realm": "a", "users": [ { "username": "u", "enabled": "yes" } ] } | `enabled` is neither true nor false
                    { "realm": "a", "users": [ { "username": "u" }, { "username": "u" } ] } | user `u` is given twice
                    { "realm": "a", "roles": { "realm": [ { "name": "r" }, { "name": "r" } ] } } | role `realm:r` is given twice
                    { "realm": "a", "roles": { "client": { "c": {} } } }    | `c` is not a list
                    { "realm": "a", "groups": [ { "name": "g" }, { "name": "g" } ] } | group `/g` is given twice
                    { "realm": "a", "roles": { "realm": [ { "name": "r" } ], "client": { "realm": [ { "name": "r" } ] } } } | `realm:r` would stand for two things
                    """)
    void a_file_that_is_no_realm_is_an_error(String text, String message) {
        Rbac run = Rbac.run("import", "keycloak", file(text));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
        assertThat(Rbac.run("import", "keycloak", file(text), "--json").error("error"))
                .contains(message);
    }
}
