package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The lists of a policy say what was stated, in the order of S3, and nothing of what is unknown. */
@Domain(Sketches.class)
class ListProperties {

    private static List<String> ids(List<Role> roles) {
        return roles.stream().map(Role::id).toList();
    }

    private static List<String> sketchIds(List<SketchRole> roles) {
        return roles.stream().map(SketchRole::id).toList();
    }

    private static List<Assignment> assignments(List<Sketch.Assignment> assignments) {
        return assignments.stream()
                .map(a -> new Assignment(a.user(), a.role(), SketchPolicy.target(a.target())))
                .toList();
    }

    @Property
    void everything_is_listed_in_order(@ForAll Sketch sketch) {
        Oracle oracle = Oracle.of(sketch);
        Policy policy = SketchPolicy.policy(sketch);
        assertThat(ids(policy.roles())).isEqualTo(sketchIds(oracle.roles()));
        assertThat(policy.users()).isEqualTo(oracle.users());
        assertThat(policy.teams()).isEqualTo(oracle.teams());
        assertThat(policy.chats())
                .isEqualTo(oracle.chats().stream().map(Chat::id).toList());
        assertThat(policy.assignments()).isEqualTo(assignments(oracle.assignments()));
        for (Role role : policy.roles()) {
            assertThat(policy.role(role.id())).contains(role);
            assertThat(role.rights().catalog()).isSameAs(policy.catalog());
        }
    }

    @Property
    void users_are_found_by_their_roles_and_roles_by_their_users(@ForAll Sketch sketch) {
        Oracle oracle = Oracle.of(sketch);
        Policy policy = SketchPolicy.policy(sketch);
        List<String> roles = new ArrayList<>(sketchIds(sketch.roles()));
        roles.addAll(List.of("nothing", ""));
        for (String role : roles) {
            assertThat(policy.usersOf(role))
                    .as("users of %s in\n%s", role, sketch)
                    .isEqualTo(oracle.usersOf(role));
            assertThat(policy.userCount(role)).isEqualTo(oracle.userCount(role));
        }
        for (String user : usersAndOthers(oracle)) {
            assertThat(policy.rolesOf(user))
                    .as("roles of %s in\n%s", user, sketch)
                    .isEqualTo(assignments(oracle.assignments().stream()
                            .filter(a -> a.user().equals(user))
                            .toList()));
            assertThat(policy.rolesOf(user).stream().map(Assignment::role).distinct())
                    .containsExactlyInAnyOrderElementsOf(sketchIds(oracle.rolesOf(user)));
        }
    }

    private static List<String> usersAndOthers(Oracle oracle) {
        List<String> users = new ArrayList<>(oracle.users());
        users.addAll(List.of("nobody", ""));
        return users;
    }

    @Property
    void users_and_roles_are_found_at_a_target_itself(@ForAll Sketch sketch) {
        Oracle oracle = Oracle.of(sketch);
        Policy policy = SketchPolicy.policy(sketch);
        for (Place place : Universe.places(sketch)) {
            Target target = SketchPolicy.target(place);
            assertThat(policy.usersAt(target))
                    .as("users at %s in\n%s", place, sketch)
                    .isEqualTo(oracle.usersAt(place));
            for (String user : usersAndOthers(oracle)) {
                assertThat(ids(policy.rolesOf(user, target)))
                        .as("roles of %s at %s in\n%s", user, place, sketch)
                        .isEqualTo(sketchIds(oracle.rolesOf(user, place)));
            }
        }
    }

    @Property
    void chats_are_found_in_their_place(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        for (Chat chat : sketch.chats()) {
            assertThat(policy.teamOf(chat.id())).isEqualTo(Optional.ofNullable(chat.team()));
        }
        for (String team : sketch.teams()) {
            assertThat(policy.chatsIn(team))
                    .as("chats in %s of\n%s", team, sketch)
                    .isEqualTo(Oracle.of(sketch).chats().stream()
                            .filter(chat -> team.equals(chat.team()))
                            .map(Chat::id)
                            .toList());
        }
        assertThat(policy.chatsIn("gone")).isEmpty();
        assertThat(policy.teamOf("gone")).isEmpty();
    }

    /** P19. */
    @Property
    void every_assignment_is_at_a_target_of_the_scope_of_its_role(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        for (Assignment assignment : policy.assignments()) {
            assertThat(policy.role(assignment.role()).orElseThrow().scope())
                    .as("%s in\n%s", assignment, sketch)
                    .isEqualTo(assignment.target().scope());
            assertThat(policy.table().target(assignment.target())).isNotNegative();
        }
    }
}
