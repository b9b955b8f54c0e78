package io.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.guard.AdminGuard;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example in the package-info of each exported package is the code of the method named after the package. */
class PackageExamplesTest {

    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path THIS = Path.of("src", "test", "java", "io", "rbac", "PackageExamplesTest.java");
    private static final Pattern EXPORT = Pattern.compile("exports io\\.rbac\\.(\\w+);");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>", Pattern.DOTALL);

    private final PermissionCatalog catalog = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .build();
    private final Role member = Role.builder("member", Scope.ACCOUNT)
            .name("Member")
            .defaultRole(true)
            .build();
    private final Role lead = Role.builder("lead", Scope.TEAM)
            .name("Team lead")
            .rights(catalog.rights("user:read", "user:update"))
            .build();
    private final Policy policy = Policy.builder()
            .account("acme")
            .catalog(catalog)
            .role(member)
            .role(lead)
            .team("support")
            .assign("bob", "lead", Target.team("support"))
            .build();
    private final PermissionMatrix matrix = PermissionMatrix.compile(policy);

    static Stream<String> exportedPackages() throws IOException {
        return EXPORT.matcher(Files.readString(MAIN.resolve("module-info.java")))
                .results()
                .map(export -> export.group(1));
    }

    @ParameterizedTest
    @MethodSource("exportedPackages")
    void each_exported_package_has_one_example_which_is_run_here(String name) throws IOException {
        String info = Files.readString(MAIN.resolve(Path.of("io", "rbac", name, "package-info.java")));
        List<MatchResult> examples = EXAMPLE.matcher(info).results().toList();
        assertThat(examples).hasSize(1);
        assertThat(bodyOf(name)).contains(withoutIndentation(examples.get(0).group(1)));
    }

    /** Returns the code of a test method of this class. */
    private static String bodyOf(String method) throws IOException {
        String source = Files.readString(THIS);
        int start = source.indexOf("\n    void " + method + "() {\n");
        assertThat(start).as("method " + method).isNotNegative();
        return withoutIndentation(source.substring(start, source.indexOf("\n    }\n", start)));
    }

    /** Returns lines without leading white space, and without the asterisk that each line of a comment begins with. */
    private static String withoutIndentation(String lines) {
        return lines.lines()
                .map(line -> line.strip().replaceFirst("^\\*", "").strip())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void model() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("user", "create", "read", "update", "delete")
                .build();
        Role lead = Role.builder("lead", Scope.TEAM)
                .name("Team lead")
                .rights(catalog.rights("user:read", "user:update"))
                .build();
        boolean granted = lead.rights().contains("user:update"); // true
        assertThat(granted).isTrue();
    }

    @Test
    void policy() {
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(member)
                .team("support")
                .build();
        Change assign = Change.assign("ada", "member", Target.account());
        Policy changed = policy.apply(List.of(assign), Instant.now()).policy(); // revision 1
        assertThat(changed.revision()).isEqualTo(1);
        assertThat(changed.usersOf("member")).containsExactly("ada");
    }

    @Test
    void matrix() {
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        boolean allowed = matrix.hasPermission("bob", "user:update", Target.team("support")); // true
        Rights rights = matrix.rightsOf("bob", Target.team("support")); // [user:read, user:update]
        PermissionChecker readOnly = matrix.restrictedTo(catalog.rights("user:read"));
        boolean stillAllowed = readOnly.hasPermission("bob", "user:update", Target.team("support")); // false
        UserPermissions bob = matrix.user("bob"); // looked up once, for many questions
        List<Target> kept = bob.filter("user:update", List.of(Target.team("support"))); // [team/support]
        assertThat(kept).hasToString("[team/support]");
        assertThat(allowed).isTrue();
        assertThat(rights).hasToString("[user:read, user:update]");
        assertThat(stillAllowed).isFalse();
    }

    @Test
    void review() {
        PolicyReview review = PolicyReview.of(matrix);
        Explanation why = review.explain("bob", "user:update", Target.team("support"));
        String because = why.toString(); // `bob` has `user:update` at `team/support` by `lead` at `team/support`
        List<String> who = review.whoCan("user:update", Target.team("support")).toList(); // [bob]
        List<Target> where = review.whereCan("bob", "user:update").toList(); // [team/support]
        assertThat(because).isEqualTo("`bob` has `user:update` at `team/support` by `lead` at `team/support`");
        assertThat(who).containsExactly("bob");
        assertThat(where).containsExactly(Target.team("support"));
    }

    @Test
    void guard() {
        Permission update = catalog.permission("user:update");
        AdminGuard guard = AdminGuard.builder(catalog)
                .needsForRoles(update)
                .needsForMemberships(update)
                .needsForTargets(update)
                .build();
        Change assign = Change.assign("eve", "lead", Target.team("support"));
        guard.check(matrix, "bob", List.of(assign)); // throws a PolicyViolationException if bob may not do this
        assertThatThrownBy(() -> guard.check(matrix, "eve", List.of(assign)))
                .isInstanceOf(PolicyViolationException.class);
    }

    @Test
    void engine() {
        PermissionEngine engine = PermissionEngine.builder().catalog(catalog).build(); // in memory by default
        engine.create(policy); // revision 1
        PermissionChecker acme = engine.checker("acme"); // always answers from the current policy
        Commit commit = engine.commit("acme", Change.assign("eve", "lead", Target.team("support"))); // revision 2
        boolean allowed = acme.hasPermission("eve", "user:update", Target.team("support")); // true
        engine.close();
        assertThat(commit.revision()).isEqualTo(2);
        assertThat(allowed).isTrue();
    }
}
