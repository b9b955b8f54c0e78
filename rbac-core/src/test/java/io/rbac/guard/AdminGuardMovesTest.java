package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Steps;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What it takes to move targets, however deep they lie. The actor is {@code ann}; what they hold is said by each test. Most
 * guards let everybody make every change, so that only the rights that are given away are judged.
 */
@Tag("P69")
class AdminGuardMovesTest {

    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();
    private static final Scope FOLDER = TREE.scope("folder");
    private static final Scope PAGE = TREE.scope("page");

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(TREE)
            .group("doc", "read", "write", "share")
            .group("admin", "place", "escalate")
            .build();

    private static final AdminGuard GUARD = free().build();

    private static final Target ACCOUNT = Target.account();

    /** In one another, the first in the account. */
    private static final Target MINE = folder("mine");

    private static final Target MINE2 = folder("mine-2");
    private static final Target MINE3 = folder("mine-3");

    private static final Target THEIRS = folder("theirs");
    private static final Target THEIRS2 = folder("theirs-2");

    /** In {@link #THEIRS2}, with {@link #INNER} in it and {@link #DEEP} in that. */
    private static final Target VAULT = folder("vault");

    private static final Target INNER = folder("inner");
    private static final Target DEEP = page("deep");

    /** In {@link #THEIRS2}. */
    private static final Target SECRET = page("secret");

    private static Target folder(String id) {
        return Target.of(FOLDER, id);
    }

    private static Target page(String id) {
        return Target.of(PAGE, id);
    }

    private static AdminGuard.Builder free() {
        return AdminGuard.builder(CATALOG)
                .escalation(CATALOG.permission("admin:escalate"))
                .free(Stream.of(Change.Kind.values())
                        .filter(kind -> !kind.isHostOnly())
                        .toArray(Change.Kind[]::new));
    }

    private static Role role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(keys)).build();
    }

    private static Policy.Builder world() {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build())
                .role(role("boss", TREE.account(), "doc:read", "doc:write"))
                .role(role("reader", FOLDER, "doc:read"))
                .role(role("writer", FOLDER, "doc:write"))
                .role(role("placer", FOLDER, "admin:place"))
                .role(role("escalator", FOLDER, "admin:escalate"))
                .role(role("page-reader", PAGE, "doc:read"))
                .role(role("page-sharer", PAGE, "doc:share"))
                .target(MINE)
                .target(MINE2, MINE)
                .target(MINE3, MINE2)
                .target(THEIRS)
                .target(THEIRS2, THEIRS)
                .target(VAULT, THEIRS2)
                .target(INNER, VAULT)
                .target(DEEP, INNER)
                .target(SECRET, THEIRS2)
                .target(folder("empty"));
    }

    private static List<String> refusals(AdminGuard guard, Policy.Builder world, Change... changes) {
        try {
            guard.check(PermissionMatrix.compile(world.build()), "ann", List.of(changes));
            return List.of();
        } catch (PolicyViolationException e) {
            return e.violations().stream()
                    .map(v -> v.code() + " " + v.path()
                            + (v.code() == Violation.Code.FORBIDDEN
                                    ? ""
                                    : " " + v.value().orElseThrow()))
                    .toList();
        }
    }

    private static List<String> refusals(Policy.Builder world, Change... changes) {
        return refusals(GUARD, world, changes);
    }

    @Nested
    @Tag("B92")
    class A_folder_that_is_moved {

        @Test
        void gives_nobody_what_the_actor_does_not_hold_there() {
            Change move = Change.moveTarget(VAULT, MINE);

            assertThat(refusals(world().assign("ann", "reader", MINE), move))
                    .containsExactly("ESCALATION /changes/0 doc:read");
            assertThat(refusals(world().assign("max", "reader", MINE).assign("eve", "writer", MINE), move))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:write");
            assertThat(refusals(world().assign("max", "reader", MINE).assign("ann", "writer", VAULT), move))
                    .containsExactly("ESCALATION /changes/0 doc:read");
        }

        @Test
        void may_give_what_the_actor_holds_at_it_from_wherever_on_its_path() {
            for (Target held : List.of(VAULT, THEIRS2, THEIRS)) {
                assertThat(refusals(
                                world().assign("max", "reader", MINE).assign("ann", "reader", held),
                                Change.moveTarget(VAULT, MINE)))
                        .as(held.toString())
                        .isEmpty();
            }
            assertThat(refusals(
                            world().assign("max", "reader", MINE).assign("ann", "boss", ACCOUNT),
                            Change.moveTarget(VAULT, MINE)))
                    .isEmpty();
            assertThat(refusals(
                            world().assign("max", "reader", MINE).assign("ann", "reader", INNER),
                            Change.moveTarget(VAULT, MINE)))
                    .as("what the actor holds below it does not count")
                    .containsExactly("ESCALATION /changes/0 doc:read");
        }

        @Test
        void gives_nothing_to_who_holds_it_there_from_wherever_on_its_path() {
            for (Target held : List.of(VAULT, THEIRS2, THEIRS)) {
                assertThat(refusals(
                                world().assign("max", "reader", MINE).assign("max", "reader", held),
                                Change.moveTarget(VAULT, MINE)))
                        .as(held.toString())
                        .isEmpty();
            }
            assertThat(refusals(
                            world().assign("max", "reader", MINE).assign("max", "reader", INNER),
                            Change.moveTarget(VAULT, MINE)))
                    .as("what they hold below it does not count")
                    .containsExactly("ESCALATION /changes/0 doc:read");
        }

        @Test
        void gives_to_each_of_several_that_move_together_what_lacks_there() {
            Target other = page("other");
            Policy.Builder world =
                    world().target(other, THEIRS2).assign("max", "reader", MINE).assign("max", "page-reader", SECRET);
            Change moveOther = Change.moveTarget(other, MINE);
            Change moveSecret = Change.moveTarget(SECRET, MINE);

            assertThat(refusals(world, moveOther, moveSecret)).containsExactly("ESCALATION /changes/0 doc:read");
            assertThat(refusals(world, moveSecret, moveOther)).containsExactly("ESCALATION /changes/1 doc:read");
        }

        @Test
        void gives_what_users_hold_at_every_target_above_it() {
            for (Target held : List.of(MINE, MINE2, MINE3)) {
                for (Target moved : List.of(VAULT, SECRET, THEIRS2, THEIRS, INNER, DEEP)) {
                    assertThat(refusals(world().assign("ann", "reader", held), Change.moveTarget(moved, MINE3)))
                            .as("%s, %s", held, moved)
                            .containsExactly("ESCALATION /changes/0 doc:read");
                }
            }
            assertThat(refusals(
                            world().assign("max", "reader", MINE)
                                    .assign("eve", "writer", MINE2)
                                    .assign("zoe", "placer", MINE3),
                            Change.moveTarget(VAULT, MINE3)))
                    .containsExactly("ESCALATION /changes/0 doc:read, doc:write, admin:place");
            assertThat(refusals(
                            world().assign("max", "reader", MINE).assign("eve", "writer", MINE3),
                            Change.moveTarget(VAULT, MINE2)))
                    .as("what they hold beside it does not count")
                    .containsExactly("ESCALATION /changes/0 doc:read");
        }

        @Test
        void gives_nothing_where_nobody_holds_anything_above_it() {
            Policy.Builder world = world().assign("max", "reader", THEIRS)
                    .assign("eve", "writer", VAULT)
                    .assign("zoe", "page-sharer", DEEP)
                    .assign("joe", "boss", ACCOUNT);

            assertThat(refusals(world, Change.moveTarget(VAULT, ACCOUNT))).isEmpty();
            assertThat(refusals(world, Change.moveTarget(VAULT, MINE3))).isEmpty();
            assertThat(refusals(world, Change.moveTarget(VAULT, THEIRS))).isEmpty();
            assertThat(refusals(world, Change.moveTarget(SECRET, VAULT)))
                    .containsExactly("ESCALATION /changes/0 doc:write");
        }

        @Test
        void needs_the_escalation_permission_at_it_for_more() {
            Policy.Builder world = world().assign("max", "reader", MINE);

            assertThat(refusals(world.assign("ann", "escalator", MINE), Change.moveTarget(VAULT, MINE3)))
                    .containsExactly("ESCALATION /changes/0 doc:read, admin:escalate");
            assertThat(refusals(world.assign("ann", "escalator", THEIRS), Change.moveTarget(VAULT, MINE3)))
                    .isEmpty();
        }

        @Test
        void is_judged_by_where_it_lies_in_the_end() {
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(world, Change.moveTarget(VAULT, MINE3), Change.moveTarget(VAULT, THEIRS2)))
                    .as("back again")
                    .isEmpty();
            assertThat(refusals(world, Change.moveTarget(VAULT, MINE3), Change.moveTarget(VAULT, ACCOUNT)))
                    .isEmpty();
            assertThat(refusals(world, Change.moveTarget(VAULT, ACCOUNT), Change.moveTarget(VAULT, MINE3)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(world, Change.moveTarget(VAULT, MINE3), Change.moveTarget(MINE3, ACCOUNT)))
                    .isEmpty();
            assertThat(refusals(
                            world,
                            Change.moveTarget(VAULT, folder("empty")),
                            Change.moveTarget(folder("empty"), MINE3)))
                    .containsExactly("ESCALATION /changes/0 doc:read", "ESCALATION /changes/1 doc:read");
            assertThat(refusals(world, Change.moveTarget(VAULT, MINE3), Change.removeTarget(MINE3)))
                    .isEmpty();
        }

        @Test
        void is_judged_by_what_a_batch_gives_at_its_new_parents_before_the_move_and_after_it() {
            Policy.Builder world = world().assign("ann", "escalator", MINE);
            Change move = Change.moveTarget(VAULT, MINE3);
            for (Target given : List.of(MINE, MINE2, MINE3)) {
                Change give = Change.assign("zoe", "reader", given);
                assertThat(refusals(world, give)).isEmpty();
                assertThat(refusals(world, give, move))
                        .containsExactly("ESCALATION /changes/1 doc:read, admin:escalate");
                assertThat(refusals(world, move, give))
                        .containsExactly("ESCALATION /changes/0 doc:read, admin:escalate");
                assertThat(refusals(world, give, Change.unassign("zoe", "reader", given), move))
                        .containsExactly("ESCALATION /changes/2 doc:read, admin:escalate");
            }
            assertThat(refusals(world, Change.setUsers("reader", MINE2, List.of("zoe")), move))
                    .containsExactly("ESCALATION /changes/1 doc:read, admin:escalate");
            assertThat(refusals(world, Change.setRoles("zoe", MINE2, List.of("writer", "reader")), move))
                    .containsExactly("ESCALATION /changes/1 doc:read, doc:write, admin:escalate");
        }

        @Test
        void is_judged_by_what_users_held_at_its_new_parents_though_the_batch_takes_it() {
            Policy.Builder world = world().assign("max", "reader", MINE2);

            assertThat(refusals(
                            world,
                            Change.unassign("max", "reader", MINE2),
                            Change.moveTarget(VAULT, MINE3),
                            Change.removeUser("max")))
                    .containsExactly("ESCALATION /changes/1 doc:read");
        }

        @Test
        void is_judged_at_what_it_was_before_whatever_the_batch_gives_the_actor_there() {
            assertThat(refusals(
                            world().assign("max", "reader", MINE).assign("ann", "escalator", folder("empty")),
                            Change.moveTarget(folder("empty"), VAULT),
                            Change.moveTarget(VAULT, MINE)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
        }
    }

    @Nested
    class A_target_that_is_removed_and_added_again {

        @Test
        void is_judged_as_moved() {
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(world, Change.removeTarget(SECRET), Change.addTarget(SECRET, MINE)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(world, Change.removeTarget(SECRET), Change.addTarget(SECRET, MINE3)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(world, Change.removeTarget(SECRET), Change.addTarget(SECRET, folder("empty"))))
                    .isEmpty();
            assertThat(refusals(
                            world.assign("ann", "reader", THEIRS),
                            Change.removeTarget(SECRET),
                            Change.addTarget(SECRET, MINE3)))
                    .isEmpty();
        }

        @Test
        void is_judged_as_moved_by_the_change_that_adds_or_moves_it_last() {
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(
                            world,
                            Change.removeTarget(SECRET),
                            Change.addTarget(SECRET, ACCOUNT),
                            Change.moveTarget(SECRET, MINE2)))
                    .containsExactly("ESCALATION /changes/2 doc:read");
            assertThat(refusals(
                            world,
                            Change.removeTarget(SECRET),
                            Change.addTarget(SECRET, MINE2),
                            Change.moveTarget(SECRET, ACCOUNT)))
                    .isEmpty();
            assertThat(refusals(
                            world,
                            Change.moveTarget(SECRET, MINE),
                            Change.removeTarget(SECRET),
                            Change.addTarget(SECRET, THEIRS2)))
                    .isEmpty();
        }

        @Test
        void is_judged_as_moved_where_it_went_with_what_it_lay_in() {
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(world, Change.removeTarget(THEIRS), Change.addTarget(SECRET, MINE)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(
                            world,
                            Change.removeTarget(THEIRS2),
                            Change.addTarget(THEIRS2, THEIRS),
                            Change.addTarget(SECRET, MINE)))
                    .containsExactly("ESCALATION /changes/2 doc:read");
            assertThat(refusals(
                            world,
                            Change.removeTarget(THEIRS2),
                            Change.addTarget(THEIRS2, MINE),
                            Change.addTarget(SECRET, THEIRS2)))
                    .containsExactly("ESCALATION /changes/1 doc:read", "ESCALATION /changes/2 doc:read");
            assertThat(refusals(
                            world,
                            Change.removeTarget(THEIRS2),
                            Change.addTarget(THEIRS2, THEIRS),
                            Change.addTarget(SECRET, THEIRS2)))
                    .isEmpty();
        }

        @Test
        void is_judged_as_moved_where_its_new_parent_was_removed_and_added_too() {
            Policy.Builder world = world().assign("ann", "reader", MINE);
            Change[] changes = {
                Change.removeTarget(MINE),
                Change.addTarget(MINE, ACCOUNT),
                Change.assign("ann", "reader", MINE),
                Change.removeTarget(SECRET),
                Change.addTarget(SECRET, MINE)
            };

            assertThat(refusals(world, changes)).containsExactly("ESCALATION /changes/4 doc:read");
            assertThat(refusals(world.assign("ann", "page-reader", SECRET), changes))
                    .isEmpty();
        }

        @Test
        void may_be_given_roles_at_that_the_actor_held_there_before() {
            Change[] changes = {
                Change.removeTarget(SECRET),
                Change.addTarget(SECRET, folder("empty")),
                Change.assign("ann", "page-reader", SECRET)
            };

            assertThat(refusals(world().assign("ann", "reader", MINE), changes))
                    .containsExactly("ESCALATION /changes/2 doc:read");
            assertThat(refusals(world().assign("ann", "reader", folder("empty")), changes))
                    .as("what the actor holds where it lies now does not count")
                    .containsExactly("ESCALATION /changes/1 doc:read", "ESCALATION /changes/2 doc:read");
            assertThat(refusals(world().assign("ann", "reader", THEIRS), changes))
                    .isEmpty();
        }

        @Test
        void does_not_lend_the_rights_at_its_new_parents_to_what_is_added_in_it() {
            Policy.Builder world = world().assign("ann", "reader", folder("empty"));

            assertThat(refusals(
                            world,
                            Change.moveTarget(folder("empty"), ACCOUNT),
                            Change.removeTarget(VAULT),
                            Change.addTarget(VAULT, ACCOUNT),
                            Change.addTarget(page("new"), VAULT),
                            Change.assign("ann", "page-reader", page("new"))))
                    .containsExactly("ESCALATION /changes/4 doc:read");
        }
    }

    @Nested
    class A_target_that_the_batch_creates {

        private final Target fresh = folder("new");

        @Test
        void passes_on_what_users_hold_above_it() {
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(world, Change.addTarget(fresh, MINE3), Change.moveTarget(VAULT, fresh)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(
                            world,
                            Change.addTarget(fresh, ACCOUNT),
                            Change.moveTarget(VAULT, fresh),
                            Change.moveTarget(fresh, MINE3)))
                    .containsExactly("ESCALATION /changes/1 doc:read");
            assertThat(refusals(world, Change.addTarget(fresh, ACCOUNT), Change.moveTarget(VAULT, fresh)))
                    .isEmpty();
        }

        @Test
        void passes_on_what_the_batch_gives_at_it() {
            Policy.Builder world = world().assign("ann", "reader", MINE);
            Change add = Change.addTarget(fresh, MINE);
            Change give = Change.assign("max", "reader", fresh);
            Change out = Change.moveTarget(fresh, ACCOUNT);
            Change in = Change.moveTarget(VAULT, fresh);

            assertThat(refusals(world, add, give, out)).isEmpty();
            assertThat(refusals(world, add, give, out, in)).containsExactly("ESCALATION /changes/3 doc:read");
            assertThat(refusals(world, add, in, give, out)).containsExactly("ESCALATION /changes/1 doc:read");
        }

        @Test
        void is_not_judged_where_it_is_moved_itself() {
            assertThat(refusals(
                            world().assign("ann", "reader", MINE),
                            Change.addTarget(fresh, ACCOUNT),
                            Change.addTarget(page("p"), fresh),
                            Change.moveTarget(fresh, MINE3)))
                    .isEmpty();
        }

        @Test
        void lends_the_rights_at_the_nearest_target_above_it_that_was_there() {
            Change[] changes = {
                Change.addTarget(fresh, MINE3),
                Change.addTarget(page("p"), fresh),
                Change.assign("max", "page-reader", page("p"))
            };

            for (Target held : List.of(MINE, MINE2, MINE3)) {
                assertThat(refusals(world().assign("ann", "reader", held), changes))
                        .isEmpty();
            }
            assertThat(refusals(world().assign("ann", "reader", THEIRS), changes))
                    .containsExactly("ESCALATION /changes/2 doc:read");
        }
    }

    @Nested
    class The_needed_permission {

        private final AdminGuard guard = AdminGuard.builder(CATALOG)
                .needsForTargets(CATALOG.permission("admin:place"))
                .needsForRoles(CATALOG.permission("admin:place"))
                .needsForMemberships(CATALOG.permission("admin:place"))
                .build();

        private List<String> refused(Policy.Builder world, Change... changes) {
            return refusals(guard, world, changes);
        }

        @Test
        void is_needed_at_both_parents_of_what_is_moved_however_deep_they_lie() {
            Change move = Change.moveTarget(VAULT, MINE3);

            for (Target mine : List.of(MINE, MINE2, MINE3)) {
                for (Target theirs : List.of(THEIRS, THEIRS2)) {
                    Policy.Builder world = world().assign("ann", "placer", mine).assign("ann", "placer", theirs);
                    assertThat(refused(world, move)).isEmpty();
                }
                assertThat(refused(world().assign("ann", "placer", mine), move))
                        .containsExactly("FORBIDDEN /changes/0");
                assertThat(refused(world().assign("ann", "placer", mine).assign("ann", "placer", VAULT), move))
                        .as("at the folder itself is not enough")
                        .containsExactly("FORBIDDEN /changes/0");
            }
            assertThat(refused(world().assign("ann", "placer", THEIRS2), move)).containsExactly("FORBIDDEN /changes/0");
            assertThat(refused(world(), move)).containsExactly("FORBIDDEN /changes/0", "FORBIDDEN /changes/0");
        }

        @Test
        void is_named_with_the_parent_at_which_it_is_lacking() {
            assertThat(catchThrowableOfType(
                            PolicyViolationException.class,
                            () -> guard.check(
                                    PermissionMatrix.compile(world().build()),
                                    "ann",
                                    List.of(Change.moveTarget(VAULT, MINE3)))))
                    .hasMessageContainingAll(
                            "actor `ann` may not do this at `folder/theirs-2`: expected `admin:place` there",
                            "actor `ann` may not do this at `folder/mine-3`: expected `admin:place` there");
        }

        @Test
        void is_needed_at_the_parent_of_what_is_added_or_removed() {
            for (Target held : List.of(MINE, MINE2, MINE3)) {
                Policy.Builder world = world().assign("ann", "placer", held);
                assertThat(refused(
                                world,
                                Change.addTarget(page("p"), MINE3),
                                Change.addTarget(folder("f"), MINE3),
                                Change.addTarget(page("q"), folder("f")),
                                Change.removeTarget(folder("f"))))
                        .isEmpty();
                assertThat(refused(world, Change.removeTarget(MINE3)).isEmpty()).isEqualTo(!held.equals(MINE3));
                assertThat(refused(world, Change.addTarget(page("p"), THEIRS), Change.removeTarget(SECRET)))
                        .containsExactly("FORBIDDEN /changes/0", "FORBIDDEN /changes/1");
            }
        }

        @Test
        void is_needed_where_earlier_changes_put_the_target() {
            Policy.Builder world = world().assign("ann", "placer", MINE).assign("ann", "placer", THEIRS2);

            assertThat(refused(
                            world,
                            Change.moveTarget(VAULT, MINE3),
                            Change.moveTarget(VAULT, MINE),
                            Change.removeTarget(VAULT)))
                    .isEmpty();
            assertThat(refused(world, Change.moveTarget(VAULT, folder("empty")), Change.removeTarget(VAULT)))
                    .as("the first is left out")
                    .containsExactly("FORBIDDEN /changes/0");
        }

        @Test
        void may_differ_by_the_scope_of_the_parent() {
            AdminGuard byScope = AdminGuard.builder(CATALOG)
                    .needsForRoles(CATALOG.permission("admin:place"))
                    .needsForMemberships(CATALOG.permission("admin:place"))
                    .needsAt(TREE.account(), CATALOG.permission("doc:write"), Change.Kind.ADD_TARGET)
                    .needsAt(FOLDER, CATALOG.permission("doc:read"), Change.Kind.ADD_TARGET)
                    .freeAt(PAGE, Change.Kind.ADD_TARGET)
                    .free(Change.Kind.MOVE_TARGET, Change.Kind.REMOVE_TARGET)
                    .build();
            Policy.Builder world = world().assign("ann", "reader", MINE);

            assertThat(refusals(
                            byScope,
                            world,
                            Change.addTarget(page("a"), MINE3),
                            Change.addTarget(page("b"), THEIRS),
                            Change.addTarget(page("c"), ACCOUNT)))
                    .containsExactly("FORBIDDEN /changes/1", "FORBIDDEN /changes/2");
            assertThat(refusals(byScope, world.assign("ann", "boss", ACCOUNT), Change.addTarget(page("c"), ACCOUNT)))
                    .isEmpty();
        }
    }

    // what cannot be made

    /** Checks a batch, which may be refused, and then makes it, which must be. */
    private static List<String> impossible(List<Change> changes) {
        Policy policy = world().assign("ann", "boss", ACCOUNT)
                .assign("max", "reader", MINE)
                .build();
        GUARD.check(PermissionMatrix.compile(policy), "ann", changes);
        return catchThrowableOfType(PolicyViolationException.class, () -> policy.apply(changes, Instant.EPOCH))
                .violations()
                .stream()
                .map(violation -> violation.code() + " " + violation.path())
                .toList();
    }

    @Test
    @Timeout(60)
    void a_cycle_is_left_to_the_policy() {
        assertThat(impossible(List.of(Change.moveTarget(MINE, MINE3), Change.assign("max", "reader", MINE2))))
                .containsExactly("PARENT_INVALID /changes/0/parent");
        assertThat(impossible(List.of(
                        Change.moveTarget(MINE, THEIRS2),
                        Change.moveTarget(THEIRS, MINE3),
                        Change.addTarget(page("p"), MINE2),
                        Change.assign("max", "page-reader", DEEP),
                        Change.moveTarget(VAULT, MINE),
                        Change.removeTarget(SECRET),
                        Change.connect("max", INNER))))
                .startsWith("PARENT_INVALID /changes/1/parent");
        assertThat(impossible(List.of(
                        Change.moveTarget(MINE, MINE),
                        Change.removeTarget(MINE),
                        Change.addTarget(MINE, ACCOUNT),
                        Change.moveTarget(VAULT, MINE))))
                .containsExactly("PARENT_INVALID /changes/0/parent");
    }

    @Test
    @Timeout(60)
    void a_path_that_is_too_long_is_left_to_the_policy() {
        for (int length : new int[] {16, 17, 31, 32, 33, 64, 1_000}) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                changes.add(Change.addTarget(folder("n" + i), i == 0 ? MINE : folder("n" + (i - 1))));
            }
            changes.add(Change.moveTarget(VAULT, folder("n" + (length - 1))));
            changes.add(Change.assign("max", "reader", INNER));
            assertThat(impossible(changes))
                    .as("%d", length)
                    .startsWith("PARENT_INVALID /changes/14/parent")
                    .contains(
                            length == 16
                                    ? "TARGET_NOT_FOUND /changes/16/parent"
                                    : "TARGET_NOT_FOUND /changes/" + length + "/parent");
        }
    }

    // cost

    /** Moves as many pages as a folder has users into it. */
    private abstract static class ManyMoves implements IntConsumer {

        @Override
        public void accept(int size) {
            Policy.Builder world = world();
            IntStream.range(0, size).forEach(i -> world.assign("u" + i, "reader", MINE));
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                add(world, page("p" + i), i);
                changes.add(Change.moveTarget(page("p" + i), i % 2 == 0 ? MINE : MINE3));
            }
            PermissionMatrix matrix = PermissionMatrix.compile(world.build());
            PolicyViolationException refused =
                    catchThrowableOfType(PolicyViolationException.class, () -> GUARD.check(matrix, "ann", changes));
            assertThat(refused.total()).isEqualTo(size);
        }

        abstract void add(Policy.Builder world, Target page, int number);
    }

    /** From one folder that has none. */
    public static final class FromOneFolder extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(page, THEIRS2);
        }
    }

    /** From one folder that has many of its own. */
    public static final class FromOneFolderWithUsers extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(page, THEIRS2).assign("u" + (number + 1), "writer", THEIRS2);
        }
    }

    /** From a folder of its own each, below one that has many users. */
    public static final class FromManyFoldersBelowUsers extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(folder("f" + number), THEIRS2)
                    .target(page, folder("f" + number))
                    .assign("w" + number, "writer", THEIRS2);
        }
    }

    /** From a folder of its own each, which has a user. */
    public static final class FromManyFolders extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(folder("f" + number), THEIRS2)
                    .target(page, folder("f" + number))
                    .assign("u" + number, "writer", folder("f" + number));
        }
    }

    /** From one folder that has none, each with a user of its own. */
    public static final class EachWithAUser extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(page, THEIRS2).assign("v" + number, "page-sharer", page);
        }
    }

    /** From one folder that has many, each with a user of its own. */
    public static final class EachWithAUserFromOneFolderWithUsers extends ManyMoves {
        @Override
        void add(Policy.Builder world, Target page, int number) {
            world.target(page, THEIRS2)
                    .assign("v" + number, "page-sharer", page)
                    .assign("w" + number, "writer", THEIRS2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                FromOneFolder.class,
                FromOneFolderWithUsers.class,
                FromManyFoldersBelowUsers.class,
                FromManyFolders.class,
                EachWithAUser.class,
                EachWithAUserFromOneFolderWithUsers.class
            })
    void the_steps_to_judge_many_moves_grow_like_their_number(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 300);
        long many = Steps.of(work, 2_400);

        assertThat(few).isGreaterThan(300);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
