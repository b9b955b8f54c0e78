package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterProperty;

/** What the life of roles, targets and users means for what is granted, in states that edits led to. */
@Domain(PlainPolicyDomain.class)
@Domain(HistoryDomain.class)
class LifecycleProperties {
    private static final int TRIES = 40;
    private static final int TARGETS = 6;
    private static final int PARENTS = 5;
    private static final Instant AT = Instant.ofEpochMilli(EditedPolicy.time(100));

    private boolean triesSystemRoles;
    private boolean triesMoves;
    private int subtrees;
    private int impossible;
    private int refusedForSystemRoles;

    @AfterProperty
    void system_roles_were_tried() {
        assertThat(refusedForSystemRoles > 0).isEqualTo(triesSystemRoles);
    }

    /** Returns the state after a history, under rules by which deleting a role discards it, without limits. */
    private static EditedPolicy reached(PlainPolicy start, History history) {
        PlainRules rules =
                start.rules().withEdits("none", "discard", start.rules().systemRoles());
        for (PlainScope scope : start.scopes()) {
            rules = rules.withDefaults(scope, 0, null);
        }
        PlainRules.Name name = rules.name();
        rules = rules.withName(name.min(), name.max(), name.blank(), false)
                .withRolesPerTarget(null)
                .withLockout(List.of());
        EditedPolicy state = EditedPolicy.of(start.withRules(rules));
        for (int i = 0; i < history.batches().size(); i++) {
            List<Edit> batch = RandomBatches.next(history.batches().get(i).choices(), state.plain());
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

    @Property(tries = TRIES)
    @Tag("P30")
    @Tag("P31")
    @Tag("P32")
    @Tag("B62")
    void given_rights_are_the_whole_rights_and_change_nothing_if_given_again(
            @ForAll PlainPolicy start, @ForAll History history, @ForAll Dice dice) {
        triesSystemRoles = true;
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
            if (role.type() == RoleType.SYSTEM && !rights.equals(role.rights())) {
                refusedForSystemRoles++;
                assertThatThrownBy(() -> applied(policy, update))
                        .isInstanceOfSatisfying(
                                PolicyViolationException.class,
                                e -> assertThat(PolicyConverter.violations(e))
                                        .containsExactly(new PlainViolation("SYSTEM_ROLE", "/changes/0/rights")))
                        .hasMessage("SYSTEM_ROLE at /changes/0/rights: role " + Violation.quote(role.id())
                                + " is a system role: its rights belong to the host");
            } else {
                Policy updated = applied(policy, update);
                assertThat(updated.role(role.id()).map(Role::rights)).contains(rights);
                assertThat(applied(updated, update)).isSameAs(updated);
            }
        }
    }

    @Property(tries = TRIES)
    @Tag("P34")
    void a_discarded_role_grants_nothing_and_a_restored_one_grants_what_it_did(
            @ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (Role role : active(state.policy())) {
            Policy discarded = applied(state.policy(), Change.deleteRole(role.id()));
            PermissionMatrix matrix = state.matrix().updatedTo(discarded);
            PlainPolicy without = state.plain().withoutRole(role.id());
            assertSameAnswers(matrix, PermissionMatrix.compile(PolicyConverter.policy(without)), state);
            Policy restored = applied(discarded, Change.restoreRole(role.id()));
            assertSameAnswers(matrix.updatedTo(restored), state.matrix(), state);
            assertThat(applied(restored, Change.restoreRole(role.id()))).isSameAs(restored);
            assertThat(applied(state.policy(), Change.deleteRole(role.id()), Change.restoreRole(role.id())))
                    .isSameAs(state.policy());
        }
    }

    private static void assertSameAnswers(PermissionMatrix matrix, PermissionMatrix expected, EditedPolicy state) {
        for (String user : state.policy().users()) {
            for (PlainTarget known : Universe.targets(state.plain())) {
                Target target = PolicyConverter.target(known);
                assertThat(keys(matrix.rightsOf(user, target)))
                        .as("%s at %s under\n%s", user, target, state.plain())
                        .isEqualTo(keys(expected.rightsOf(user, target)));
            }
        }
    }

    private static List<String> keys(Rights rights) {
        return rights.stream().map(Permission::key).toList();
    }

    @Property(tries = TRIES)
    @Tag("P25")
    @Tag("P35")
    void a_role_created_again_holds_nothing_of_the_old_one(@ForAll PlainPolicy start, @ForAll History history) {
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
            PlainPolicy without = state.plain().withoutRole(role.id());
            assertSameAnswers(
                    state.matrix().updatedTo(policy), PermissionMatrix.compile(PolicyConverter.policy(without)), state);
        }
    }

    /** It is one step, after which nothing of the old parent counts. */
    @Property(tries = TRIES)
    @Tag("P22")
    @Tag("B123")
    void a_moved_target_has_what_its_new_parent_grants_and_so_has_what_lies_below(
            @ForAll PlainPolicy start, @ForAll History history) {
        triesMoves = true;
        EditedPolicy state = reached(start, history);
        for (Located located : some(state)) {
            PlainTarget target = located.target();
            List<PlainTarget> parents = RandomTargets.parents(state.plain(), target.scope());
            for (PlainTarget parent : parents.subList(0, Math.min(PARENTS, parents.size()))) {
                Change move = Change.moveTarget(PolicyConverter.target(target), PolicyConverter.target(parent));
                if (isPossible(state.plain(), target, parent)) {
                    Policy policy = applied(state.policy(), move);
                    PlainPolicy moved = state.plain().withMoved(target, parent);
                    assertThat(policy.parentOf(PolicyConverter.target(target)))
                            .contains(PolicyConverter.target(parent));
                    assertSameAnswers(
                            state.matrix().updatedTo(policy),
                            PermissionMatrix.compile(PolicyConverter.policy(moved)),
                            state);
                    subtrees += PlainPaths.height(state.plain(), target) > 1 ? 1 : 0;
                } else {
                    impossible++;
                    assertThatThrownBy(() -> applied(state.policy(), move))
                            .isInstanceOfSatisfying(
                                    PolicyViolationException.class,
                                    e -> assertThat(PolicyConverter.violations(e))
                                            .containsExactly(
                                                    new PlainViolation("PARENT_INVALID", "/changes/0/parent")));
                }
            }
        }
    }

    /** Returns whether no target comes to lie in itself, and no path becomes too long. */
    private static boolean isPossible(PlainPolicy plain, PlainTarget target, PlainTarget parent) {
        List<PlainTarget> path = PlainPaths.path(plain, parent);
        return !path.contains(target) && path.size() + PlainPaths.height(plain, target) <= PlainPaths.LONGEST;
    }

    /** Returns some of the targets of a state: those that are listed first. */
    private static List<Located> some(EditedPolicy state) {
        List<Located> all = state.plain().targets();
        return all.subList(0, Math.min(TARGETS, all.size()));
    }

    @AfterProperty
    void subtrees_were_moved_and_impossible_moves_tried() {
        assertThat(subtrees > 0 && impossible > 0).isEqualTo(triesMoves);
    }

    @Property(tries = TRIES)
    @Tag("P23")
    void a_removed_target_is_denied_and_empty_if_it_is_added_again(@ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (Located located : some(state)) {
            Target target = PolicyConverter.target(located.target());
            Target parent = PolicyConverter.target(located.parent());
            Policy without = applied(state.policy(), Change.removeTarget(target));
            assertThat(PolicyConverter.plain(without))
                    .isEqualTo(EditedPolicy.listed(
                            state.plain().withoutTarget(located.target()).withRevision(without.revision())));
            Policy again = applied(without, Change.addTarget(target, parent));
            assertNobodyAt(again, target);
            assertThat(PolicyConverter.plain(applied(
                                    state.policy(), Change.removeTarget(target), Change.addTarget(target, parent)))
                            .withRevision(again.revision()))
                    .isEqualTo(PolicyConverter.plain(again));
            for (PlainTarget below : PlainPaths.atOrBelow(state.plain(), located.target())) {
                Target lost = PolicyConverter.target(below);
                assertThat(without.hasTarget(lost))
                        .as("%s without %s", lost, target)
                        .isFalse();
                for (String user : state.policy().users()) {
                    assertThat(state.matrix().updatedTo(without).rightsOf(user, lost))
                            .isEmpty();
                }
            }
            for (PlainTarget child : Oracle.of(state.plain()).targetsIn(located.target())) {
                Target lost = PolicyConverter.target(child);
                assertNobodyAt(applied(again, Change.addTarget(lost, target)), lost);
            }
        }
    }

    private static void assertNobodyAt(Policy policy, Target target) {
        assertThat(policy.usersAt(target)).isEmpty();
        for (Assignment assignment : PolicyConverter.plain(policy).assignments()) {
            assertThat(PolicyConverter.target(assignment.target())).isNotEqualTo(target);
        }
    }

    @Property(tries = TRIES)
    @Tag("P24")
    void a_removed_user_is_unknown_and_starts_with_nothing_if_added_again(
            @ForAll PlainPolicy start, @ForAll History history) {
        EditedPolicy state = reached(start, history);
        for (String user : state.policy().users()) {
            Policy without = applied(state.policy(), Change.removeUser(user));
            assertThat(without.users()).doesNotContain(user);
            assertThat(applied(without, Change.removeUser(user))).isSameAs(without);
            for (Role role : active(without)) {
                if (role.scope().isAccount()) {
                    Policy again = applied(without, Change.assign(user, role.id(), Target.account()));
                    assertThat(again.rolesOf(user)).hasSize(1);
                    PermissionMatrix matrix = state.matrix().updatedTo(again);
                    for (PlainTarget target : Oracle.of(state.plain()).targets()) {
                        assertThat(keys(matrix.rightsOf(user, PolicyConverter.target(target))))
                                .isEqualTo(keys(role.rights()));
                    }
                }
            }
        }
    }
}
