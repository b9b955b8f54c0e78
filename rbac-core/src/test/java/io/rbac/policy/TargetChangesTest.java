package io.rbac.policy;

import static io.rbac.policy.Folders.codesAndPaths;
import static io.rbac.policy.Folders.folder;
import static io.rbac.policy.Folders.page;
import static io.rbac.policy.Folders.withChain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.engine.Steps;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that are added, moved and removed by changes. */
@Tag("S11")
class TargetChangesTest {

    private static final Target ACCOUNT = Target.account();

    private static AppliedChanges applied(Policy policy, Change... changes) {
        return policy.apply(List.of(changes), Instant.EPOCH);
    }

    private static Policy after(Policy policy, Change... changes) {
        Policy after = applied(policy, changes).policy();
        Rebuilt.assertLike(after, Rebuilt.of(after));
        return after;
    }

    private static List<Violation> refused(Policy policy, Change... changes) {
        return catchThrowableOfType(PolicyViolationException.class, () -> applied(policy, changes))
                .violations();
    }

    private static List<Target> path(Policy policy, Target target) {
        List<Target> path = new ArrayList<>(List.of(target));
        while (!path.get(path.size() - 1).isAccount()) {
            path.add(policy.parentOf(path.get(path.size() - 1)).orElseThrow());
        }
        return path;
    }

    private static Policy chain(int folders) {
        return withChain(Folders.policy(), folders).build();
    }

    // one fault at a time

    static Stream<Arguments> faults() {
        return Stream.of(
                row(
                        Change.addTarget(folder("a"), page("p")),
                        "PARENT_INVALID at /changes/0/parent: `folder/a` cannot lie in `page/p`: expected the account"
                                + " or a target of a wider scope, or of its own"),
                row(
                        Change.addTarget(page("a"), page("p")),
                        "PARENT_INVALID at /changes/0/parent: `page/a` cannot lie in `page/p`: the scope `page` does"
                                + " not nest"),
                row(
                        Change.addTarget(page("a"), folder("nowhere")),
                        "TARGET_NOT_FOUND at /changes/0/parent: there is no folder `nowhere`"),
                row(
                        Change.addTarget(folder("a"), folder("a")),
                        "TARGET_NOT_FOUND at /changes/0/parent: there is no folder `a`"),
                row(
                        Change.addTarget(page("a"), Target.team("f1")),
                        "TARGET_NOT_FOUND at /changes/0/parent: there is no team `f1`"),
                row(
                        Change.addTarget(folder(1), ACCOUNT),
                        "DUPLICATE_ID at /changes/0/target: folder `f1` exists: expected another id"),
                row(
                        Change.addTarget(folder("a b "), ACCOUNT),
                        "ID_INVALID at /changes/0/target: folder id `a b ` has a space that does not stand alone"
                                + " between two other characters, at position 4"),
                row(
                        Change.addTeam("t"),
                        "SCOPE_INVALID at /changes/0/target: `team` is not a scope of the catalog: expected one of"
                                + " [org, folder, page]"),
                row(
                        Change.addTarget(ACCOUNT, ACCOUNT),
                        "SCOPE_INVALID at /changes/0/target: the account itself is not added, moved or removed:"
                                + " expected a target of another scope"),
                row(
                        Change.moveTarget(folder(1), folder(1)),
                        "PARENT_INVALID at /changes/0/parent: `folder/f1` cannot lie in `folder/f1`: it would lie in"
                                + " itself"),
                row(
                        Change.moveTarget(folder(1), folder(2)),
                        "PARENT_INVALID at /changes/0/parent: `folder/f1` cannot lie in `folder/f2`: it would lie in"
                                + " itself"),
                row(
                        Change.moveTarget(folder(1), folder(4)),
                        "PARENT_INVALID at /changes/0/parent: `folder/f1` cannot lie in `folder/f4`: it would lie in"
                                + " itself"),
                row(
                        Change.moveTarget(folder(2), page("p")),
                        "PARENT_INVALID at /changes/0/parent: `folder/f2` cannot lie in `page/p`: expected the account"
                                + " or a target of a wider scope, or of its own"),
                row(
                        Change.moveTarget(page("q"), page("p")),
                        "PARENT_INVALID at /changes/0/parent: `page/q` cannot lie in `page/p`: the scope `page` does"
                                + " not nest"),
                row(
                        Change.moveTarget(page("p"), page("p")),
                        "PARENT_INVALID at /changes/0/parent: `page/p` cannot lie in `page/p`: the scope `page` does"
                                + " not nest"),
                row(
                        Change.moveTarget(page("p"), folder("nowhere")),
                        "TARGET_NOT_FOUND at /changes/0/parent: there is no folder `nowhere`"),
                row(
                        Change.moveTarget(page("nowhere"), folder(1)),
                        "TARGET_NOT_FOUND at /changes/0/target: there is no page `nowhere`"),
                row(
                        Change.moveChat("p"),
                        "SCOPE_INVALID at /changes/0/target: `chat` is not a scope of the catalog: expected one of"
                                + " [org, folder, page]"),
                row(
                        Change.moveTarget(ACCOUNT, folder(1)),
                        "SCOPE_INVALID at /changes/0/target: the account itself is not added, moved or removed:"
                                + " expected a target of another scope"),
                row(
                        Change.removeTarget(page("nowhere")),
                        "TARGET_NOT_FOUND at /changes/0/target: there is no page `nowhere`"),
                row(
                        Change.removeTeam("f1"),
                        "SCOPE_INVALID at /changes/0/target: `team` is not a scope of the catalog: expected one of"
                                + " [org, folder, page]"),
                row(
                        Change.removeTarget(ACCOUNT),
                        "SCOPE_INVALID at /changes/0/target: the account itself is not added, moved or removed:"
                                + " expected a target of another scope"));
    }

    private static Arguments row(Change change, String message) {
        return Arguments.of(change, message);
    }

    /** Folders 1 to 4 lie in one another, the page p in the last of them and q in the account. */
    @ParameterizedTest
    @MethodSource("faults")
    @Tag("S5")
    void a_change_of_targets_that_cannot_be_is_refused(Change change, String message) {
        Policy policy = withChain(Folders.policy(), 4)
                .target(page("p"), folder(4))
                .target(page("q"))
                .build();

        assertThat(catchThrowableOfType(PolicyViolationException.class, () -> applied(policy, change)))
                .hasMessage(message);
    }

    @Test
    void both_ends_of_a_change_are_checked() {
        assertThat(codesAndPaths(refused(
                        chain(1),
                        Change.addTarget(folder(1), folder("x")),
                        Change.moveTarget(folder("x"), folder("y")),
                        Change.moveTarget(ACCOUNT, folder("x")),
                        Change.addTeam("t"))))
                .containsExactly(
                        "DUPLICATE_ID /changes/0/target",
                        "TARGET_NOT_FOUND /changes/0/parent",
                        "TARGET_NOT_FOUND /changes/1/target",
                        "TARGET_NOT_FOUND /changes/1/parent",
                        "SCOPE_INVALID /changes/2/target",
                        "TARGET_NOT_FOUND /changes/2/parent",
                        "SCOPE_INVALID /changes/3/target");
    }

    @Test
    void the_parents_that_the_targets_of_a_change_were_given_with_are_not_looked_at() {
        Policy after = after(
                chain(3),
                Change.addTarget(page("p").in(folder("nowhere")), folder(1).in(folder("nowhere"))),
                Change.moveTarget(folder(3).inAccount(), folder(1).in(folder("nowhere"))),
                Change.removeTarget(folder(2).in(folder("nowhere"))));

        assertThat(path(after, page("p"))).containsExactly(page("p"), folder(1), ACCOUNT);
        assertThat(path(after, folder(3))).containsExactly(folder(3), folder(1), ACCOUNT);
        assertThat(after.hasTarget(folder(2))).isFalse();
    }

    // long paths

    @Test
    @Tag("S5")
    void what_is_added_may_have_a_path_of_sixteen_and_not_of_seventeen() {
        Policy policy = chain(14);
        Policy full = after(policy, Change.addTarget(folder(15), folder(14)), Change.addTarget(page("p"), folder(14)));

        assertThat(path(full, folder(15))).hasSize(ScopeTree.MAX_PATH);
        for (Target target : List.of(folder(16), page("q"))) {
            assertThat(catchThrowableOfType(
                            PolicyViolationException.class, () -> applied(full, Change.addTarget(target, folder(15)))))
                    .hasMessage("PARENT_INVALID at /changes/0/parent: `" + target + "` cannot lie in `folder/f15`: its"
                            + " path would have more than 16 targets");
        }
    }

    /** Beside a chain of ten folders lies a tree in which the way down is {@code height} targets long. */
    private static Policy chainAndTree(int height) {
        Policy.Builder builder = withChain(Folders.policy(), 10).target(folder("top"));
        for (int i = 1; i < height; i++) {
            builder.target(folder("top-" + i), i == 1 ? folder("top") : folder("top-" + (i - 1)))
                    .target(page("p" + i), i == 1 ? folder("top") : folder("top-" + (i - 1)));
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("S5")
    void a_target_is_moved_with_all_below_it_if_none_of_that_gets_a_path_of_seventeen(int height) {
        Policy policy = chainAndTree(height);
        for (int number = 1; number <= 10; number++) {
            Change move = Change.moveTarget(folder("top"), folder(number));
            Target lowest = height == 1 ? folder("top") : folder("top-" + (height - 1));
            if (1 + number + height <= ScopeTree.MAX_PATH) {
                Policy moved = after(policy, move);
                assertThat(path(moved, lowest)).hasSize(1 + number + height).endsWith(folder(1), ACCOUNT);
                assertThat(moved.targets()).isEqualTo(policy.targets());
                assertThat(after(moved, Change.moveTarget(folder("top"), ACCOUNT))
                                .withRevision(0))
                        .isEqualTo(policy);
            } else {
                assertThat(catchThrowableOfType(PolicyViolationException.class, () -> applied(policy, move)))
                        .hasMessage("PARENT_INVALID at /changes/0/parent: `folder/top` cannot lie in `folder/f" + number
                                + "`: its path, or one of what lies below it, would have more than 16 targets");
            }
        }
    }

    @Test
    @Tag("S5")
    void how_deep_it_goes_below_a_target_is_what_earlier_changes_made_of_it() {
        Policy policy = chainAndTree(5);
        Change move = Change.moveTarget(folder("top"), folder(10));
        Change deeper = Change.addTarget(folder("top-5"), folder("top-4"));

        assertThat(path(after(policy, move), folder("top-4"))).hasSize(16);
        assertThat(codesAndPaths(refused(policy, deeper, move))).containsExactly("PARENT_INVALID /changes/1/parent");
        assertThat(codesAndPaths(refused(policy, move, deeper))).containsExactly("PARENT_INVALID /changes/1/parent");
        assertThat(codesAndPaths(refused(policy, move, Change.moveTarget(folder("top-1"), folder("top-2")))))
                .containsExactly("PARENT_INVALID /changes/1/parent");
        assertThat(path(after(policy, deeper, Change.moveTarget(folder("top-2"), ACCOUNT), move), folder("top-5")))
                .hasSize(5);
        assertThat(after(policy, deeper, Change.removeTarget(folder("top-4")), move)
                        .parentOf(folder("top")))
                .contains(folder(10));
        assertThat(codesAndPaths(refused(
                        policy,
                        Change.moveTarget(folder("top-4"), ACCOUNT),
                        Change.addTarget(folder("x"), folder("top-4")),
                        Change.moveTarget(folder("top-4"), folder("top-3")),
                        move)))
                .containsExactly("PARENT_INVALID /changes/3/parent");
    }

    /** What was found out for the first move must be kept up. */
    @Test
    @Tag("S5")
    void how_deep_it_goes_below_a_target_changes_after_it_was_moved() {
        Policy policy = chainAndTree(5);
        Policy higher = chainAndTree(6);
        Change near = Change.moveTarget(folder("top"), folder(1));
        Change far = Change.moveTarget(folder("top"), folder(10));
        Change deeper = Change.addTarget(folder("top-5"), folder("top-4"));
        Change folderOut = Change.moveTarget(folder("top-5"), ACCOUNT);
        Change pageOut = Change.removeTarget(page("p5"));

        assertThat(codesAndPaths(refused(policy, near, deeper, far)))
                .containsExactly("PARENT_INVALID /changes/2/parent");
        assertThat(codesAndPaths(refused(higher, near, far))).containsExactly("PARENT_INVALID /changes/1/parent");
        assertThat(codesAndPaths(refused(higher, near, folderOut, far)))
                .as("the page is there still")
                .containsExactly("PARENT_INVALID /changes/2/parent");
        assertThat(path(after(higher, near, folderOut, pageOut, far), folder("top-4")))
                .hasSize(16);
        assertThat(path(after(higher, near, Change.removeTarget(folder("top-5")), pageOut, far), folder("top-4")))
                .hasSize(16);
        assertThat(path(after(higher, near, Change.removeTarget(folder("top-2")), far), page("p2")))
                .hasSize(14);
        assertThat(codesAndPaths(refused(
                        higher,
                        near,
                        folderOut,
                        pageOut,
                        Change.moveTarget(folder("top-3"), ACCOUNT),
                        Change.addTarget(page("q"), folder("top-4")),
                        Change.moveTarget(folder("top-3"), folder("top-2")),
                        far)))
                .containsExactly("PARENT_INVALID /changes/6/parent");
    }

    @Test
    @Tag("S5")
    void a_target_may_be_moved_on_after_one_above_it_was() {
        Policy after = after(
                chainAndTree(5),
                Change.moveTarget(folder("top"), folder(9)),
                Change.moveTarget(folder("top-2"), folder(10)),
                Change.moveTarget(folder(8), ACCOUNT),
                Change.addTarget(page("new"), folder("top-4")),
                Change.moveTarget(folder(1), folder(8)));

        assertThat(path(after, page("new")))
                .containsExactly(
                        page("new"),
                        folder("top-4"),
                        folder("top-3"),
                        folder("top-2"),
                        folder(10),
                        folder(9),
                        folder(8),
                        ACCOUNT);
        assertThat(path(after, folder("top-1")))
                .containsExactly(folder("top-1"), folder("top"), folder(9), folder(8), ACCOUNT);
        assertThat(path(after, folder(7))).hasSize(9).endsWith(folder(1), folder(8), ACCOUNT);
    }

    // cycles in several steps

    @Test
    @Tag("S5")
    void two_trees_cannot_be_moved_into_each_other() {
        Policy policy = Folders.policy()
                .target(folder("a"))
                .target(folder("a-1"), folder("a"))
                .target(folder("b"))
                .target(folder("b-1"), folder("b"))
                .target(folder("c"))
                .build();

        assertThat(codesAndPaths(refused(
                        policy,
                        Change.moveTarget(folder("a"), folder("b-1")),
                        Change.moveTarget(folder("b"), folder("a-1")))))
                .containsExactly("PARENT_INVALID /changes/1/parent");
        assertThat(codesAndPaths(refused(
                        policy,
                        Change.moveTarget(folder("a"), folder("b")),
                        Change.moveTarget(folder("b"), folder("c")),
                        Change.moveTarget(folder("c"), folder("a-1")))))
                .containsExactly("PARENT_INVALID /changes/2/parent");
    }

    @Test
    @Tag("S5")
    void a_parent_and_its_child_may_change_places_in_steps() {
        Policy after = after(chain(3), Change.moveTarget(folder(3), ACCOUNT), Change.moveTarget(folder(1), folder(3)));

        assertThat(path(after, folder(2))).containsExactly(folder(2), folder(1), folder(3), ACCOUNT);
    }

    @Test
    void a_move_that_is_refused_is_left_out_for_the_later_ones() {
        assertThat(codesAndPaths(refused(
                        chain(3),
                        Change.moveTarget(folder(1), folder(3)),
                        Change.moveTarget(folder(3), folder(1)),
                        Change.moveTarget(folder(1), folder(2)),
                        Change.removeTarget(folder(1)),
                        Change.removeTarget(folder(3)))))
                .containsExactly(
                        "PARENT_INVALID /changes/0/parent",
                        "PARENT_INVALID /changes/2/parent",
                        "TARGET_NOT_FOUND /changes/4/target");
    }

    // nothing

    @Test
    @Tag("S12")
    void what_comes_to_nothing_leaves_the_very_policy() {
        Policy policy = chainAndTree(4);
        List<List<Change>> nothing = List.of(
                List.of(Change.moveTarget(folder(3), folder(2))),
                List.of(Change.moveTarget(folder(1), ACCOUNT)),
                List.of(Change.moveTarget(folder("top"), folder(5)), Change.moveTarget(folder("top"), ACCOUNT)),
                List.of(
                        Change.moveTarget(folder(2), ACCOUNT),
                        Change.moveTarget(folder(1), folder("top-1")),
                        Change.moveTarget(folder(1), ACCOUNT),
                        Change.moveTarget(folder(2), folder(1))),
                List.of(
                        Change.addTarget(folder("x"), folder(10)),
                        Change.addTarget(page("y"), folder("x")),
                        Change.removeTarget(folder("x"))),
                List.of(
                        Change.removeTarget(folder("top-1")),
                        Change.removeTarget(page("p1")),
                        Change.addTarget(page("p1"), folder("top")),
                        Change.addTarget(folder("top-1"), folder("top")),
                        Change.addTarget(folder("top-2"), folder("top-1")),
                        Change.addTarget(page("p2"), folder("top-1")),
                        Change.addTarget(folder("top-3"), folder("top-2")),
                        Change.addTarget(page("p3"), folder("top-2"))));

        for (List<Change> changes : nothing) {
            AppliedChanges applied = policy.apply(changes, Instant.EPOCH);
            assertThat(applied.policy()).as(changes.toString()).isSameAs(policy);
            assertThat(applied.effects()).isEmpty();
        }
    }

    // removal

    private static Role role(String id, Scope scope) {
        return Role.builder(id, scope).name(id).build();
    }

    /** Ada is at every folder of five, bob at the lowest, eve at the highest and a page within the third. */
    private static Policy held() {
        Policy.Builder builder = withChain(Folders.policy(), 5)
                .role(role("reader", Folders.FOLDER))
                .role(role("writer", Folders.FOLDER))
                .role(role("editor", Folders.PAGE))
                .target(page("p"), folder(3))
                .assign("bob", "writer", folder(5))
                .assign("eve", "reader", folder(1))
                .assign("eve", "editor", page("p"));
        IntStream.rangeClosed(1, 5).forEach(i -> builder.assign("ada", "reader", folder(i)));
        return builder.build();
    }

    @Test
    @Tag("P23")
    void a_target_is_removed_with_all_below_it_and_every_assignment_there() {
        Policy policy = held();
        Policy after = after(policy, Change.removeTarget(folder(3)));

        assertThat(after.targets()).containsExactly(folder(1), folder(2));
        assertThat(after.rolesOf("ada").stream().map(Assignment::target)).containsExactly(folder(1), folder(2));
        assertThat(after.hasUser("bob")).isFalse();
        assertThat(after.rolesOf("eve")).containsExactly(new Assignment("eve", "reader", folder(1)));
        assertThat(after.usersOf("writer")).isEmpty();
        assertThat(after.userCount("editor")).isZero();
        assertThat(after.usersOf("reader")).containsExactly("ada", "eve");
        assertThat(after.usersAt(folder(4))).isEmpty();
    }

    @Test
    @Tag("P23")
    @Tag("B73")
    void what_is_added_again_under_the_id_of_something_removed_has_nothing_of_it() {
        Policy policy = held();
        Change[] addAgain = {
            Change.addTarget(folder(3), folder(2)),
            Change.addTarget(folder(5), folder(3)),
            Change.addTarget(page("p"), folder(5))
        };
        Policy inSteps = after(after(policy, Change.removeTarget(folder(3))), addAgain);
        Change[] both = Stream.concat(Stream.of(Change.removeTarget(folder(3))), Arrays.stream(addAgain))
                .toArray(Change[]::new);

        for (Policy after : List.of(inSteps, after(policy, both))) {
            assertThat(path(after, page("p")))
                    .containsExactly(page("p"), folder(5), folder(3), folder(2), folder(1), ACCOUNT);
            assertThat(after.hasTarget(folder(4))).isFalse();
            assertThat(Stream.of(folder(3), folder(5), page("p")).map(after::usersAt))
                    .allMatch(List::isEmpty);
            assertThat(after.users()).containsExactly("ada", "eve");
        }
    }

    @Test
    void what_was_moved_elsewhere_before_is_not_removed() {
        Policy after = after(held(), Change.moveTarget(folder(4), ACCOUNT), Change.removeTarget(folder(1)));

        assertThat(after.targets()).containsExactly(folder(4), folder(5));
        assertThat(after.rolesOf("ada").stream().map(Assignment::target)).containsExactly(folder(4), folder(5));
        assertThat(after.users()).containsExactly("ada", "bob");
    }

    @Test
    void what_was_moved_into_it_before_is_removed() {
        Policy policy = after(held(), Change.addTarget(folder("x"), ACCOUNT));
        Policy after = after(policy, Change.moveTarget(folder(2), folder("x")), Change.removeTarget(folder("x")));

        assertThat(after.targets()).containsExactly(folder(1));
        assertThat(after.users()).containsExactly("ada", "eve");
    }

    @Test
    void what_lies_in_something_removed_is_gone_for_the_later_changes() {
        assertThat(codesAndPaths(refused(
                        held(),
                        Change.removeTarget(folder(2)),
                        Change.removeTarget(page("p")),
                        Change.moveTarget(folder(5), ACCOUNT),
                        Change.addTarget(page("q"), folder(4)),
                        Change.assign("ada", "reader", folder(3)))))
                .containsExactly(
                        "TARGET_NOT_FOUND /changes/1/target",
                        "TARGET_NOT_FOUND /changes/2/target",
                        "TARGET_NOT_FOUND /changes/3/parent",
                        "TARGET_NOT_FOUND /changes/4/target");
    }

    @Test
    void the_ordinals_of_what_was_removed_are_given_again() {
        Policy policy = held();
        Policy removed = after(policy, Change.removeTarget(folder(2)));
        Policy added = after(
                removed,
                Change.addTarget(page("a"), folder(1)),
                Change.addTarget(folder("b"), folder(1)),
                Change.addTarget(folder("c"), folder("b")),
                Change.addTarget(page("d"), folder("c")),
                Change.addTarget(folder("e"), ACCOUNT));

        assertThat(removed.table().targets()).isEqualTo(policy.table().targets());
        assertThat(added.table().targets()).isEqualTo(policy.table().targets());
        assertThat(added.users()).containsExactly("ada", "eve");
        assertThat(Stream.of(page("a"), folder("b"), folder("c"), page("d"), folder("e"))
                        .map(added::usersAt))
                .allMatch(List::isEmpty);
        assertThat(after(added, Change.addTarget(folder("f"), folder("c")))
                        .table()
                        .targets())
                .isEqualTo(policy.table().targets() + 1);
    }

    // effects

    @Test
    void what_is_removed_goes_from_the_lowest_up_and_what_is_added_or_moved_comes_from_the_highest_down() {
        Policy policy = withChain(Folders.policy(), 3)
                .role(role("reader", Folders.FOLDER))
                .target(page("p"), folder(1))
                .target(page("q"), folder(3))
                .target(folder("z"))
                .target(folder("keep"), folder("z"))
                .target(page("kept"), folder("keep"))
                .assign("ada", "reader", folder(3))
                .assign("ada", "reader", folder("keep"))
                .build();
        AppliedChanges applied = applied(
                policy,
                Change.addTarget(folder("b"), ACCOUNT),
                Change.addTarget(folder("a"), folder("b")),
                Change.addTarget(page("new"), folder("a")),
                Change.addTarget(page("also new"), ACCOUNT),
                Change.moveTarget(folder("keep"), folder("a")),
                Change.moveTarget(page("p"), folder("z")),
                Change.assign("eve", "reader", folder("a")),
                Change.removeTarget(folder(1)));

        assertThat(applied.effects())
                .containsExactly(
                        new Effect.AssignmentRemoved(new Assignment("ada", "reader", folder(3))),
                        new Effect.TargetRemoved(page("q"), folder(3)),
                        new Effect.TargetRemoved(folder(3), folder(2)),
                        new Effect.TargetRemoved(folder(2), folder(1)),
                        new Effect.TargetRemoved(folder(1), ACCOUNT),
                        new Effect.TargetAdded(folder("b"), ACCOUNT),
                        new Effect.TargetAdded(folder("a"), folder("b")),
                        new Effect.TargetMoved(folder("keep"), folder("z"), folder("a")),
                        new Effect.TargetAdded(page("also new"), ACCOUNT),
                        new Effect.TargetAdded(page("new"), folder("a")),
                        new Effect.TargetMoved(page("p"), folder(1), folder("z")),
                        new Effect.AssignmentAdded(new Assignment("eve", "reader", folder("a"))));
        assertThat(applied.policy().effectsSince(policy)).isEqualTo(applied.effects());
    }

    @Test
    void what_moves_with_its_parent_is_not_among_the_effects() {
        AppliedChanges applied = applied(chain(8), Change.moveTarget(folder(2), ACCOUNT));

        assertThat(applied.effects()).containsExactly(new Effect.TargetMoved(folder(2), folder(1), ACCOUNT));
    }

    @Test
    void what_is_removed_and_added_elsewhere_has_moved() {
        AppliedChanges applied =
                applied(chain(3), Change.removeTarget(folder(2)), Change.addTarget(folder(3), ACCOUNT));

        assertThat(applied.effects())
                .containsExactly(
                        new Effect.TargetRemoved(folder(2), folder(1)),
                        new Effect.TargetMoved(folder(3), folder(2), ACCOUNT));
    }

    // cost

    /** A folder with many pages is moved to and fro. */
    public static final class ManyMovesOfALargeFolder implements IntConsumer {
        @Override
        public void accept(int size) {
            Policy.Builder builder = withChain(Folders.policy(), 2).target(folder("large"));
            IntStream.range(0, size).forEach(i -> builder.target(page("p" + i), folder("large")));
            Policy policy = builder.build();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                changes.add(Change.moveTarget(folder("large"), folder(1 + i % 2)));
            }
            assertThat(policy.apply(changes, Instant.EPOCH).effects()).hasSize(1);
        }
    }

    /** Many folders, each with a page, are moved one into the other as deep as may be, and the first of them at last. */
    public static final class ManyMovesOnePerFolder implements IntConsumer {
        @Override
        public void accept(int size) {
            Policy.Builder builder = Folders.policy().target(folder("from")).target(folder("to"));
            IntStream.range(0, size)
                    .forEach(i ->
                            builder.target(folder("a" + i), folder("from")).target(page("p" + i), folder("a" + i)));
            Policy policy = builder.build();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                changes.add(Change.moveTarget(folder("a" + i), i % 12 == 0 ? folder("to") : folder("a" + (i - 1))));
            }
            changes.add(Change.moveTarget(folder("to"), folder("from")));
            assertThat(policy.apply(changes, Instant.EPOCH).effects()).hasSize(size + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ManyMovesOfALargeFolder.class, ManyMovesOnePerFolder.class})
    void the_steps_of_many_moves_grow_like_their_number(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 500);
        long many = Steps.of(work, 4_000);

        assertThat(few).isGreaterThan(500);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
