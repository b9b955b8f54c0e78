package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class PolicyImportTest {

    private static List<String> keys(Policy policy, String role) {
        return policy.role(role).orElseThrow().rights().stream()
                .map(Permission::key)
                .toList();
    }

    /** The example in the documentation of the class. */
    @Test
    void the_example_of_the_documentation_gives_what_its_comments_say() {
        PolicyImport imported = PolicyImport.builder("acme")
                .roles(Map.of("editor", Set.of("page:read", "page:write")))
                .users(Map.of("bob", Set.of("editor")))
                .build();
        Policy policy = imported.policy();
        List<String> lost = imported.notExpressed(); // nothing
        assertThat(lost).isEmpty();
        assertThat(keys(policy, "editor")).containsExactlyInAnyOrder("page:read", "page:write");
    }

    private static boolean allows(PolicyImport imported, String user, String authority) {
        return PermissionMatrix.compile(imported.policy()).hasPermission(user, authority, Target.account());
    }

    @Test
    void authorities_by_role_and_roles_by_user_have_the_answers_of_the_maps() {
        PolicyImport imported = PolicyImport.builder("acme")
                .roles(Map.of("editor", Set.of("page:read", "page:write"), "reader", Set.of("page:read")))
                .users(Map.of("bob", Set.of("editor"), "eve", Set.of("reader")))
                .build();
        assertThat(imported.notExpressed()).isEmpty();
        assertThat(imported.policy().account()).isEqualTo("acme");
        assertThat(imported.policy().revision()).isZero();
        assertThat(allows(imported, "bob", "page:write")).isTrue();
        assertThat(allows(imported, "eve", "page:read")).isTrue();
        assertThat(allows(imported, "eve", "page:write")).isFalse();
        assertThat(allows(imported, "zoe", "page:read")).isFalse();
        assertThat(imported).hasToString("PolicyImport into `acme`, not expressed: 0");
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> maps() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "x:*", "ROLE_A", "x:y:z", "authorities", "x y");
        return Arbitraries.maps(names, names.set().ofMaxSize(5)).ofMaxSize(6);
    }

    @Property(tries = 300)
    void every_user_has_exactly_the_authorities_that_the_map_gives(
            @ForAll("maps") Map<String, Set<String>> direct,
            @ForAll("maps") Map<String, Set<String>> roles,
            @ForAll("maps") Map<String, Set<String>> users) {
        PolicyImport imported = PolicyImport.builder("acme")
                .authorities(direct)
                .roles(roles)
                .users(users)
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(imported.policy());
        Set<String> everybody = new LinkedHashSet<>(direct.keySet());
        everybody.addAll(users.keySet());
        everybody.add("nobody");
        for (String user : everybody) {
            Set<String> expected = new LinkedHashSet<>(direct.getOrDefault(user, Set.of()));
            users.getOrDefault(user, Set.of()).forEach(role -> expected.addAll(roles.getOrDefault(role, Set.of())));
            Set<String> found = new LinkedHashSet<>();
            for (String key : imported.policy().catalog().keys()) {
                if (matrix.hasPermission(user, key, Target.account())) {
                    found.add(key);
                }
            }
            assertThat(found).isEqualTo(expected);
            Statistics.label("has something").collect(!expected.isEmpty());
        }
        Statistics.label("has something").coverage(shares -> {
            shares.check(true).percentage(share -> share > 20);
            shares.check(false).percentage(share -> share > 10);
        });
    }

    @Test
    void users_with_the_same_authorities_share_a_role_with_a_free_id() {
        Map<String, Set<String>> direct = new TreeMap<>();
        direct.put("ann", Set.of("x"));
        direct.put("ben", Set.of("x", "y"));
        direct.put("cho", Set.of("x"));
        direct.put("dan", Set.of());
        PolicyImport imported = PolicyImport.builder("acme")
                .role("direct 1", Scope.ACCOUNT, Set.of())
                .role("default", Scope.ACCOUNT, Set.of())
                .authorities(direct)
                .build();
        Policy policy = imported.policy();
        assertThat(policy.roles().stream().map(Role::id))
                .containsExactlyInAnyOrder("direct 1", "direct 1-2", "direct 2", "default", "default-2");
        assertThat(policy.usersOf("direct 1-2")).containsExactly("ann", "cho");
        assertThat(policy.usersOf("direct 2")).containsExactly("ben");
        assertThat(policy.hasUser("dan")).isFalse();
    }

    @Test
    void an_authority_is_no_wildcard_and_its_group_ends_at_the_first_colon() {
        PolicyImport imported = PolicyImport.builder("acme")
                .role(
                        "r",
                        Scope.ACCOUNT,
                        List.of("page:*", "page:read", "ADMIN", "authorities:ADMIN", ":x", "x:", "a:b:c"))
                .authorities(Map.of("bob", Set.of("page:*")))
                .build();
        assertThat(imported.notExpressed()).isEmpty();
        assertThat(allows(imported, "bob", "page:*")).isTrue();
        assertThat(allows(imported, "bob", "page:read")).isFalse();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        imported.policy()
                .catalog()
                .groups()
                .forEach(group -> groups.put(
                        group.name(),
                        group.permissions().stream().map(Permission::action).toList()));
        assertThat(groups)
                .isEqualTo(Map.of(
                        "page", List.of("*", "read"),
                        "authorities", List.of("ADMIN"),
                        "a", List.of("b:c"),
                        "authorities+", List.of(":x", "ADMIN", "x:")));
    }

    @Test
    void what_is_no_id_is_left_out_and_listed() {
        PolicyImport imported = PolicyImport.builder("acme")
                .role("good", Scope.ACCOUNT, List.of("read", "", "wri\u200bte"))
                .role("bad ", Scope.ACCOUNT, List.of("all"))
                .assign("ann", "good", Target.account())
                .assign("an\u200bn", "good", Target.account())
                .assign("an\u200bn", "good", Target.team("t"))
                .assign("an\u200bn", "good", Target.team(""))
                .assign("ann", "bad ", Target.account())
                .assign("ann", "gone", Target.account())
                .assign("ann", "gone", Target.account())
                .build();
        assertThat(imported.policy().users()).containsExactly("ann");
        assertThat(keys(imported.policy(), "good")).containsExactly("read");
        assertThat(imported.policy().role("bad ")).isEmpty();
        assertThat(imported.notExpressed())
                .containsExactly(
                        "role `bad ` has a space that does not stand alone between two other characters, at position 4",
                        "authority `` of role `good` is empty",
                        "authority `wri\\u{200B}te` of role `good` has U+200B at position 4",
                        "user `an\\u{200B}n` has U+200B at position 3",
                        "team `` is empty",
                        "role `bad `, which user `ann` holds at `account`, is not a role",
                        "role `gone`, which user `ann` holds at `account`, is not a role");
    }

    @Test
    void a_stated_catalog_is_the_measure() {
        ScopeTree tree = ScopeTree.builder().scope("org").scope("site").build();
        Scope site = tree.scope("site");
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(tree)
                .group("page", "read", "write")
                .group("bill", Set.of(tree.account()), "pay")
                .renamed("page:view", "page:read")
                .build();
        PolicyImport imported = PolicyImport.builder("acme")
                .catalog(catalog)
                .role("editor", site, List.of("page:view", "page:write"))
                .role("editor", site, List.of("page:print", "bill:pay"))
                .target(Target.of(site, "spare"))
                .target(Target.of(site, ""))
                .assign("bob", "editor", Target.of(site, "home"))
                .assign("bob", "editor", Target.of(site, "a\nb"))
                .build();
        assertThat(imported.policy().catalog()).isSameAs(catalog);
        assertThat(keys(imported.policy(), "editor")).containsExactly("page:read", "page:write");
        assertThat(imported.policy().targets()).containsExactly(Target.of(site, "home"), Target.of(site, "spare"));
        assertThat(imported.notExpressed())
                .containsExactly(
                        "authority `bill:pay` of role `editor` cannot be granted in the scope `site`",
                        "authority `page:print` of role `editor` is not a permission of the catalog",
                        "site `` is empty",
                        "site `a\\u{A}b` has U+000A at position 2");
    }

    @Test
    void scopes_take_the_place_of_a_catalog() {
        ScopeTree tree = ScopeTree.builder().scope("org").scope("site").build();
        PolicyImport imported = PolicyImport.builder("acme")
                .catalog(PermissionCatalog.empty())
                .scopes(tree)
                .role("r", tree.scope("site"), Set.of("read"))
                .assign("bob", "r", Target.of(tree.scope("site"), "s"))
                .build();
        assertThat(imported.policy().catalog().keys()).containsExactly("read");
        assertThat(imported.notExpressed()).isEmpty();
    }

    @Test
    void a_default_role_is_the_one_that_is_named_or_one_without_rights() {
        Policy named = PolicyImport.builder("acme")
                .roles(Map.of("member", Set.of("read")))
                .defaultRole("member")
                .build()
                .policy();
        assertThat(named.roles()).singleElement().matches(Role::isDefault);
        PolicyImport gone = PolicyImport.builder("acme").defaultRole("gone").build();
        assertThat(gone.policy().role("default").orElseThrow().rights()).isEmpty();
        assertThat(gone.notExpressed()).containsExactly("role `gone`, the default, is not a role");
    }

    @Test
    void the_order_of_the_maps_does_not_matter() {
        Map<String, Set<String>> some = new LinkedHashMap<>();
        some.put("b", new LinkedHashSet<>(List.of("y", "x:b", "x:a")));
        some.put("a", new LinkedHashSet<>(List.of("z", "y")));
        Map<String, Set<String>> same = new LinkedHashMap<>();
        same.put("a", new LinkedHashSet<>(List.of("y", "z")));
        same.put("b", new LinkedHashSet<>(List.of("x:a", "y", "x:b")));
        PolicyImport one = PolicyImport.builder("acme")
                .roles(some)
                .users(some)
                .authorities(some)
                .build();
        PolicyImport other = PolicyImport.builder("acme")
                .roles(same)
                .users(same)
                .authorities(same)
                .build();
        assertThat(one.policy()).isEqualTo(other.policy());
        assertThat(one.policy().catalog().keys()).containsExactly("x:a", "x:b", "y", "z");
        assertThat(one.notExpressed()).hasSize(5).isEqualTo(other.notExpressed());
    }

    @Test
    void names_are_as_long_as_ids() {
        String id = "r".repeat(256);
        Policy policy = PolicyImport.builder("acme")
                .role(id, Scope.ACCOUNT, Set.of())
                .build()
                .policy();
        assertThat(policy.role(id).orElseThrow().name()).isEqualTo(id);
        assertThat(policy.rules().nameLength().max()).hasValue(256);
    }

    @Test
    void the_length_of_names_is_counted_in_characters() {
        Policy policy = PolicyImport.builder("acme")
                .role("\uD83D\uDD27".repeat(50), Scope.ACCOUNT, Set.of())
                .build()
                .policy();
        assertThat(policy.rules()).isEqualTo(PolicyRules.standard());
    }

    @Test
    void what_no_policy_can_be_is_refused() {
        assertThatThrownBy(() -> PolicyImport.builder("").build()).isInstanceOf(PolicyViolationException.class);
        assertThatThrownBy(() -> PolicyImport.builder("acme")
                        .role("lead", Scope.TEAM, Set.of("x"))
                        .assign("bob", "lead", Target.account())
                        .build())
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining("SCOPE_MISMATCH");
    }
}
