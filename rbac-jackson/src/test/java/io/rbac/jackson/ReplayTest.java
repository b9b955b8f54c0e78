package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.Commit;
import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {

    private static final Policy BASE = StoreScript.first();
    private static final Role LEAD = BASE.role("lead").orElseThrow();

    private static Commit commit(long revision, List<Effect> effects) {
        return Commit.of(BASE.account(), revision, null, Instant.EPOCH, null, List.of(), effects);
    }

    private static Role role(String id) {
        return Role.builder(id, Scope.ACCOUNT).name("Role").build();
    }

    private static Effect added(String user, String role, Target target) {
        return new Effect.AssignmentAdded(new Assignment(user, role, target));
    }

    private static Effect removed(String user, String role, Target target) {
        return new Effect.AssignmentRemoved(new Assignment(user, role, target));
    }

    /** Replays additions and then the removals that undo them. */
    private static void replayThereAndBack(List<Effect> additions, List<Effect> removals) {
        Replay there = new Replay(BASE);
        there.apply(commit(2, additions));
        Replay back = new Replay(there.policy());
        back.apply(commit(3, removals));
        assertThat(back.policy().assignments()).isEqualTo(BASE.assignments());
        assertThat(back.policy().roles()).isEqualTo(BASE.roles());
    }

    @Test
    @Tag("B19")
    void users_of_equal_hash_code_are_not_slow() {
        Cost.expectNoMoreForCollidingIds(
                1 << 13,
                ids -> replayThereAndBack(
                        ids.stream()
                                .map(id -> added(id, "member", Target.account()))
                                .toList(),
                        ids.stream()
                                .map(id -> removed(id, "member", Target.account()))
                                .toList()));
    }

    @Test
    @Tag("B19")
    void roles_and_teams_of_equal_hash_code_are_not_slow() {
        Cost.expectNoMoreForCollidingIds(
                1 << 12, ids -> replayThereAndBack(rolesAndTeamsAdded(ids), rolesAndTeamsRemoved(ids)));
    }

    @Test
    void the_cost_grows_with_the_number_of_effects_though_all_are_on_one_user() {
        Cost.expectLinear(1 << 10, ids -> replayThereAndBack(rolesAndTeamsAdded(ids), rolesAndTeamsRemoved(ids)));
    }

    /** Roles and teams of these ids, and a user with all the roles and with one role in all the teams. */
    private static List<Effect> rolesAndTeamsAdded(List<String> ids) {
        List<Effect> effects = new ArrayList<>();
        ids.forEach(id -> effects.add(new Effect.RoleAdded(role(id))));
        ids.forEach(id -> effects.add(new Effect.TargetAdded(Target.team(id), Target.account())));
        ids.forEach(id -> effects.add(added("zoe", id, Target.account())));
        ids.forEach(id -> effects.add(added("zoe", "lead", Target.team(id))));
        return effects;
    }

    private static List<Effect> rolesAndTeamsRemoved(List<String> ids) {
        List<Effect> effects = new ArrayList<>();
        ids.forEach(id -> effects.add(removed("zoe", id, Target.account())));
        ids.forEach(id -> effects.add(removed("zoe", "lead", Target.team(id))));
        ids.forEach(id -> effects.add(new Effect.TargetRemoved(Target.team(id), Target.account())));
        ids.forEach(id -> effects.add(new Effect.RoleRemoved(role(id))));
        return effects;
    }

    @Test
    void a_user_keeps_what_no_commit_touched() {
        Replay replay = new Replay(BASE);
        replay.apply(commit(2, List.of(added("bob", "member", Target.account()))));
        replay.apply(commit(3, List.of(removed("bob", "lead", Target.team("support")))));
        assertThat(replay.policy().assignments())
                .containsExactly(
                        new Assignment("ada", "member", Target.account()),
                        new Assignment("bob", "member", Target.account()));
    }

    static Stream<Arguments> misfits() {
        Role other = LEAD.toBuilder().name("Other").build();
        Target support = Target.team("support");
        Target c = Target.chat("c");
        return Stream.of(
                Arguments.of(new Effect.RoleAdded(other), "adds role `lead`, which is already there"),
                Arguments.of(new Effect.RoleChanged(other, LEAD), "changes role `lead`, which is not there as it was"),
                Arguments.of(
                        new Effect.RoleChanged(LEAD, role("x")), "changes role `lead`, which is not there as it was"),
                Arguments.of(new Effect.RoleRemoved(other), "removes role `lead`, which is not there as it was"),
                Arguments.of(
                        new Effect.TargetAdded(support, Target.account()),
                        "adds target `team/support`, which is already there"),
                Arguments.of(
                        new Effect.TargetRemoved(Target.team("x"), Target.account()),
                        "removes target `team/x`, which is not there as it was"),
                Arguments.of(
                        new Effect.TargetAdded(c, Target.account()), "adds target `chat/c`, which is already there"),
                Arguments.of(
                        new Effect.TargetMoved(c, Target.account(), support),
                        "moves target `chat/c`, which is not there as it was"),
                Arguments.of(
                        new Effect.TargetMoved(Target.chat("x"), Target.account(), support),
                        "moves target `chat/x`, which is not there as it was"),
                Arguments.of(
                        new Effect.TargetMoved(Target.chat("support"), Target.account(), support),
                        "moves target `chat/support`, which is not there as it was"),
                Arguments.of(
                        new Effect.TargetRemoved(c, Target.account()),
                        "removes target `chat/c`, which is not there as it was"),
                Arguments.of(
                        added("bob", "lead", support),
                        "adds the assignment of role `lead` to user `bob` at `team/support`, which is already there"),
                Arguments.of(
                        removed("ada", "lead", support),
                        "removes the assignment of role `lead` to user `ada` at `team/support`, which is not there"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    @Tag("P53")
    void an_effect_that_does_not_fit_is_refused(Effect effect, String message) {
        Replay replay = new Replay(BASE);
        replay.apply(commit(2, List.of(new Effect.TargetAdded(Target.chat("c"), Target.team("support")))));
        assertThatThrownBy(() -> replay.apply(commit(3, List.of(effect))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the commit " + message);
    }
}
