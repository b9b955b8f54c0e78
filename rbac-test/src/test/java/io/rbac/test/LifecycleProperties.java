package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the life of roles, chats, teams and users means for what is granted, in states that some edits led to. */
@Domain(Sketches.class)
@Domain(Histories.class)
class LifecycleProperties {
    private static final int TRIES = 150;
    private static final Instant AT = Instant.ofEpochMilli(EditedPolicy.time(100));

    /** The state after a history, under rules by which a role is discarded when it is deleted, and no other limit. */
    private static EditedPolicy reached(Sketch start, History history) {
        SketchRules rules =
                start.rules().withEdits("none", "discard", start.rules().systemRoles());
        for (Scope scope : Scope.values()) {
            rules = rules.withDefaults(scope, 0, null);
        }
        SketchRules.Name name = rules.name();
        rules = rules.withName(name.min(), name.max(), name.blank(), false)
                .withRolesPerTarget(null)
                .withLockout(List.of());
        EditedPolicy state = EditedPolicy.of(start.withRules(rules));
        for (int i = 0; i < history.batches().size(); i++) {
            List<Edit> batch = RandomBatches.next(history.batches().get(i).choices(), state.sketch());
            state = state.after(batch, EditedPolicy.time(i));
        }
        return state;
    }

    private static Policy applied(Policy policy, Change... changes) {
        return policy.apply(List.of(changes), AT).policy();
    }

    private static List<Role> active(Policy policy) {
        return policy.roles().stream().filter(Role::isActive).toList();
    }

    /** P30, P31. */
    @Property(tries = TRIES)
    void rights_that_are_given_are_the_whole_rights_and_given_again_change_nothing(
            @ForAll Sketch start, @ForAll History history, @ForAll Dice dice) {
        Policy policy = reached(start, history).policy();
        Choices choices = dice.choices();
        for (Role role : active(policy)) {
            List<String> keys = policy.catalog().permissions().stream()
                    .filter(p -> p.scopes().contains(role.scope()) && choices.oneIn(2))
                    .map(Permission::key)
                    .toList();
            Rights rights = policy.catalog().rights(keys);
            Change update = Change.updateRole(
                    role.id(), RoleUpdate.builder().rights(rights).build());
            try {
                Policy updated = applied(policy, update);
                assertThat(updated.role(role.id()).map(Role::rights)).contains(rights);
                assertThat(applied(updated, update)).isSameAs(updated);
            } catch (PolicyViolationException e) {
                assertThat(e.violations()).extracting(v -> v.code().name()).containsExactly("SYSTEM_ROLE");
                assertThat(rights).isNotEqualTo(role.rights());
            }
        }
    }

    /** P34. */
    @Property(tries = TRIES)
    void a_discarded_role_grants_nothing_and_a_restored_one_what_it_did(@ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (Role role : active(state.policy())) {
            Policy discarded = applied(state.policy(), Change.deleteRole(role.id()));
            PermissionMatrix matrix = state.matrix().updatedTo(discarded);
            Sketch without = state.sketch().withoutRole(role.id());
            assertSameAnswers(matrix, PermissionMatrix.compile(SketchPolicy.policy(without)), state);
            Policy restored = applied(discarded, Change.restoreRole(role.id()));
            assertSameAnswers(matrix.updatedTo(restored), state.matrix(), state);
            assertThat(applied(restored, Change.restoreRole(role.id()))).isSameAs(restored);
            assertThat(applied(state.policy(), Change.deleteRole(role.id()), Change.restoreRole(role.id())))
                    .isSameAs(state.policy());
        }
    }

    private static void assertSameAnswers(PermissionMatrix matrix, PermissionMatrix expected, EditedPolicy state) {
        for (String user : state.policy().users()) {
            for (Place place : Universe.places(state.sketch())) {
                Target target = SketchPolicy.target(place);
                assertThat(keys(matrix.rightsOf(user, target)))
                        .as("%s at %s under\n%s", user, place, state.sketch())
                        .isEqualTo(keys(expected.rightsOf(user, target)));
            }
        }
    }

    private static List<String> keys(Rights rights) {
        return rights.stream().map(Permission::key).toList();
    }

    /** P25, P35: a role of the same id is another role. */
    @Property(tries = TRIES)
    void a_role_that_comes_again_holds_nothing_of_the_old_one(@ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (Role role : active(state.policy())) {
            Change again = Change.createRole(
                    role.id(),
                    role.scope(),
                    RoleUpdate.builder()
                            .name(role.name())
                            .rights(role.rights())
                            .defaultRole(role.isDefault())
                            .build());
            Policy policy = applied(state.policy(), Change.deleteRole(role.id()), Change.purgeRole(role.id()), again);
            assertThat(policy.userCount(role.id())).isZero();
            assertThat(policy.usersOf(role.id())).isEmpty();
            Sketch without = state.sketch().withoutRole(role.id());
            assertSameAnswers(
                    state.matrix().updatedTo(policy), PermissionMatrix.compile(SketchPolicy.policy(without)), state);
        }
    }

    /** P22: one step, and all that holds at the new place holds of the chat, nothing that held at the old one. */
    @Property(tries = TRIES)
    void a_moved_chat_has_what_its_new_place_grants(@ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (Chat chat : state.sketch().chats()) {
            List<Optional<String>> places = new ArrayList<>(List.of(Optional.empty()));
            state.sketch().teams().forEach(team -> places.add(Optional.of(team)));
            for (Optional<String> team : places) {
                Change move = new Change.MoveChat(chat.id(), team.orElse(null));
                Policy policy = applied(state.policy(), move);
                Sketch moved = state.sketch()
                        .withChats(state.sketch().chats().stream()
                                .map(c -> c.equals(chat) ? new Chat(chat.id(), team.orElse(null)) : c)
                                .toList());
                assertThat(policy.teamOf(chat.id())).isEqualTo(team);
                assertSameAnswers(
                        state.matrix().updatedTo(policy), PermissionMatrix.compile(SketchPolicy.policy(moved)), state);
            }
        }
    }

    /** P23. */
    @Property(tries = TRIES)
    void a_place_that_goes_denies_everything_and_comes_again_empty(@ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (String team : state.sketch().teams()) {
            Policy gone = applied(state.policy(), Change.removeTeam(team));
            assertThat(gone.assignments())
                    .allSatisfy(assignment -> assertThat(assignment.target()).isNotEqualTo(Target.team(team)));
            Policy again = applied(gone, Change.addTeam(team));
            assertNobodyAt(again, Target.team(team));
            for (Chat chat : state.sketch().chats()) {
                if (team.equals(chat.team())) {
                    assertThat(gone.table().target(Target.chat(chat.id()))).isEqualTo(-1);
                    assertNobodyAt(applied(again, Change.addChat(chat.id(), team)), Target.chat(chat.id()));
                }
            }
        }
        for (Chat chat : state.sketch().chats()) {
            Change back = new Change.AddChat(chat.id(), chat.team());
            assertNobodyAt(applied(state.policy(), Change.removeChat(chat.id()), back), Target.chat(chat.id()));
        }
    }

    private static void assertNobodyAt(Policy policy, Target target) {
        assertThat(policy.usersAt(target)).isEmpty();
        for (Assignment assignment : SketchPolicy.sketch(policy).assignments()) {
            assertThat(SketchPolicy.target(assignment.target())).isNotEqualTo(target);
        }
    }

    /** P24. */
    @Property(tries = TRIES)
    void a_user_who_goes_is_unknown_and_comes_again_with_what_he_is_given(
            @ForAll Sketch start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (String user : state.policy().users()) {
            Policy gone = applied(state.policy(), Change.removeUser(user));
            assertThat(gone.users()).doesNotContain(user);
            assertThat(applied(gone, Change.removeUser(user))).isSameAs(gone);
            for (Role role : active(gone)) {
                if (role.scope() == Scope.ACCOUNT) {
                    Policy again = applied(gone, Change.assign(user, role.id(), Target.account()));
                    assertThat(again.rolesOf(user)).hasSize(1);
                    PermissionMatrix matrix = state.matrix().updatedTo(again);
                    for (Place place : Oracle.of(state.sketch()).targets()) {
                        assertThat(keys(matrix.rightsOf(user, SketchPolicy.target(place))))
                                .isEqualTo(keys(role.rights()));
                    }
                }
            }
        }
    }
}
