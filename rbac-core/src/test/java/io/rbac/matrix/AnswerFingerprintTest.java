package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P63")
class AnswerFingerprintTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update")
            .group("more", IntStream.range(0, 70).mapToObj(i -> "m" + i).toArray(String[]::new))
            .build();
    private static final Target ACCOUNT = Target.account();

    private static Role role(String id, Scope scope, String... permissions) {
        return Role.builder(id, scope)
                .name(id)
                .rights(CATALOG.rights(permissions))
                .build();
    }

    private static Policy.Builder builder() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(role("member", Scope.ACCOUNT, "user:read").toBuilder()
                        .defaultRole(true)
                        .build())
                .role(role("lead", Scope.TEAM, "user:read", "user:update"))
                .role(role("writer", Scope.CHAT, "user:read", "user:update"))
                .role(role("old", Scope.TEAM, "more:m69").toBuilder()
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("far", Scope.TEAM, "more:m69"))
                .role(role("first bit", Scope.TEAM, "user:read"))
                .role(role("first bit of the next word", Scope.TEAM, "more:m62"))
                .team("a")
                .team("b");
    }

    private static String fingerprint(Policy.Builder builder) {
        return PermissionMatrix.compile(builder.build()).fingerprint();
    }

    /** The sum of nothing. */
    @Test
    void where_nothing_is_allowed_it_is_that_of_nothing() {
        String nothing = "0".repeat(64);
        assertThat(fingerprint(builder())).isEqualTo(nothing);
        assertThat(fingerprint(builder().assign("ada", "old", Target.team("a"))))
                .isEqualTo(nothing);
    }

    @Test
    void one_answer_more_or_less_or_another_is_another_fingerprint() {
        assertThat(new String[] {
                    fingerprint(builder()),
                    fingerprint(builder().assign("ada", "member", ACCOUNT)),
                    fingerprint(builder().assign("adb", "member", ACCOUNT)),
                    fingerprint(builder().assign("ada", "member", ACCOUNT).team("c")),
                    fingerprint(builder().assign("ada", "member", ACCOUNT).assign("adb", "member", ACCOUNT)),
                    fingerprint(builder().assign("ada", "lead", Target.team("a"))),
                    fingerprint(builder().assign("ada", "lead", Target.team("b"))),
                    fingerprint(builder().assign("ada", "far", Target.team("b"))),
                    fingerprint(builder().assign("ada", "first bit", Target.team("b"))),
                    fingerprint(builder().assign("ada", "first bit of the next word", Target.team("b"))),
                    fingerprint(
                            builder().assign("ada", "lead", Target.team("a")).assign("bob", "lead", Target.team("b"))),
                    fingerprint(
                            builder().assign("bob", "lead", Target.team("a")).assign("ada", "lead", Target.team("b")))
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void what_is_said_twice_counts_once() {
        assertThat(fingerprint(builder()
                        .chat("c", "a")
                        .assign("ada", "lead", Target.team("a"))
                        .assign("ada", "writer", Target.chat("c"))))
                .isEqualTo(fingerprint(builder().chat("c", "a").assign("ada", "lead", Target.team("a"))));
    }

    /** The same targets are allowed, once because one lies in the other and once by themselves. */
    @Test
    void where_a_target_lies_is_no_part_of_it_if_no_answer_depends_on_it() {
        String inside = fingerprint(builder().chat("c", "a").chat("d").assign("ada", "lead", Target.team("a")));
        String beside = fingerprint(builder()
                .chat("c")
                .chat("d", "b")
                .assign("ada", "writer", Target.chat("c"))
                .assign("ada", "lead", Target.team("a")));
        assertThat(inside).isEqualTo(beside);
        assertThat(inside)
                .isNotEqualTo(fingerprint(builder().chat("c", "b").chat("d").assign("ada", "lead", Target.team("a"))));
    }

    @Test
    void the_name_of_the_accounts_scope_is_no_part_of_it() {
        ScopeTree tree = ScopeTree.builder().scope("org").scope("team").build();
        PermissionCatalog other = PermissionCatalog.builder()
                .scopes(tree)
                .group("user", "update", "read")
                .build();
        Policy.Builder org = Policy.builder()
                .account("org")
                .catalog(other)
                .role(Role.builder("m", tree.account())
                        .name("M")
                        .defaultRole(true)
                        .rights(other.rights("user:read"))
                        .build())
                .target(tree.target("team/b"))
                .target(tree.target("team/a"))
                .assign("ada", "m", ACCOUNT);
        assertThat(fingerprint(org)).isEqualTo(fingerprint(builder().assign("ada", "member", ACCOUNT)));
    }
}
