package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

/** The lists of a policy have what it was built of, in the order of S3, and nothing unknown. */
@Domain(PlainPolicyDomain.class)
class ListProperties {

    private static List<String> ids(List<Role> roles) {
        return roles.stream().map(Role::id).toList();
    }

    private static List<String> plainIds(List<PlainRole> roles) {
        return roles.stream().map(PlainRole::id).toList();
    }

    private static List<Assignment> assignments(List<PlainPolicy.Assignment> assignments) {
        return assignments.stream()
                .map(a -> new Assignment(a.user(), a.role(), PolicyConverter.target(a.target())))
                .toList();
    }

    private static List<Target> targets(List<PlainTarget> targets) {
        return targets.stream().map(PolicyConverter::target).toList();
    }

    @Property
    @Tag("S3")
    void everything_is_listed_in_order(@ForAll PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Policy policy = PolicyConverter.policy(plain);
        assertThat(ids(policy.roles())).isEqualTo(plainIds(oracle.roles()));
        assertThat(policy.users()).isEqualTo(oracle.users());
        assertThat(policy.userCount()).isEqualTo(oracle.users().size());
        List<Target> targets = targets(oracle.targets());
        assertThat(policy.targets()).isEqualTo(targets.subList(1, targets.size()));
        for (PlainScope scope : plain.scopes()) {
            assertThat(policy.targets(PolicyConverter.scope(scope)))
                    .isEqualTo(targets.stream()
                            .filter(target -> target.scope().level() == scope.level())
                            .toList());
        }
        assertThat(policy.targets(PolicyConverter.scope(new PlainScope("alien", 1, false))))
                .isEmpty();
        assertThat(policy.assignments()).isEqualTo(assignments(oracle.assignments()));
        for (Role role : policy.roles()) {
            assertThat(policy.role(role.id())).contains(role);
            assertThat(role.rights().catalog()).isSameAs(policy.catalog());
        }
    }

    @Property
    @Tag("S16")
    void users_are_found_by_their_roles_and_roles_by_their_users(@ForAll PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Policy policy = PolicyConverter.policy(plain);
        List<String> roles = new ArrayList<>(plainIds(plain.roles()));
        roles.addAll(List.of("nothing", ""));
        for (String role : roles) {
            assertThat(policy.usersOf(role))
                    .as("users of %s in\n%s", role, plain)
                    .isEqualTo(oracle.usersOf(role));
            assertThat(policy.userCount(role)).isEqualTo(oracle.userCount(role));
        }
        for (String user : usersAndUnknown(oracle)) {
            assertThat(policy.hasUser(user)).isEqualTo(oracle.users().contains(user));
            assertThat(policy.rolesOf(user))
                    .as("roles of %s in\n%s", user, plain)
                    .isEqualTo(assignments(oracle.assignments().stream()
                            .filter(a -> a.user().equals(user))
                            .toList()));
            assertThat(policy.rolesOf(user).stream().map(Assignment::role).distinct())
                    .containsExactlyInAnyOrderElementsOf(plainIds(oracle.rolesOf(user)));
        }
    }

    private static List<String> usersAndUnknown(Oracle oracle) {
        List<String> users = new ArrayList<>(oracle.users());
        users.addAll(List.of("nobody", ""));
        return users;
    }

    @Property
    void users_and_roles_are_found_at_the_very_target(@ForAll PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Policy policy = PolicyConverter.policy(plain);
        for (PlainTarget asked : Universe.targets(plain)) {
            Target target = PolicyConverter.target(asked);
            assertThat(policy.hasTarget(target)).isEqualTo(oracle.targets().contains(asked.withoutParent()));
            assertThat(policy.usersAt(target))
                    .as("users at %s in\n%s", asked, plain)
                    .isEqualTo(oracle.usersAt(asked));
            for (String user : usersAndUnknown(oracle)) {
                assertThat(ids(policy.rolesOf(user, target)))
                        .as("roles of %s at %s in\n%s", user, asked, plain)
                        .isEqualTo(plainIds(oracle.rolesOf(user, asked)));
            }
        }
    }

    @Property
    @Tag("S5")
    void targets_are_found_in_their_parent(@ForAll PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        Policy policy = PolicyConverter.policy(plain);
        for (PlainTarget asked : Universe.targets(plain)) {
            Target target = PolicyConverter.target(asked);
            PlainTarget parent = PlainPaths.parentOf(plain, asked);
            assertThat(policy.parentOf(target))
                    .isEqualTo(Optional.ofNullable(parent).map(PolicyConverter::target));
            assertThat(policy.targetsIn(target))
                    .as("targets in %s of\n%s", asked, plain)
                    .isEqualTo(targets(oracle.targetsIn(asked)));
        }
    }

    @Property
    @Tag("P19")
    void every_assignment_is_at_a_target_of_the_scope_of_its_role(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        for (Assignment assignment : policy.assignments()) {
            assertThat(policy.role(assignment.role()).orElseThrow().scope())
                    .as("%s in\n%s", assignment, plain)
                    .isEqualTo(assignment.target().scope());
            assertThat(policy.table().target(assignment.target())).isNotNegative();
        }
    }
}
