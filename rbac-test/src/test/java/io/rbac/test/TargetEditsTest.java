package io.rbac.test;

import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.C1;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertEffects;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertUnchanged;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.Edit.AddTarget;
import io.rbac.test.Edit.MoveTarget;
import io.rbac.test.Edit.RemoveTarget;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.TargetAdded;
import io.rbac.test.EditEffect.TargetMoved;
import io.rbac.test.EditEffect.TargetRemoved;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TargetEditsTest {
    private static final Assignment EVE_WRITES = new Assignment("eve", "writer", C1);
    private static final PlainTarget ACCOUNT = PlainTarget.account();
    private static final PlainTarget SALES = PlainTarget.team("sales");
    private static final PlainTarget C2 = PlainTarget.chat("c2");

    private static final List<PlainScope> TREE = PlainScope.tree("org", "folder*", "page");

    /** Folder a with b in it, page p in b, page q in the account, and a reader of each. */
    private static final PlainPolicy DOCS = PlainPolicy.of("acme", PlainGroup.of("page", TREE, "read"))
            .withScopes(TREE)
            .withRole(PlainRole.of("member", PlainScope.ACCOUNT, "page:read").withDefault(true))
            .withRole(PlainRole.of("shelf", TREE.get(1), "page:read"))
            .withRole(PlainRole.of("reader", TREE.get(2), "page:read"))
            .withTarget(folder("a"), ACCOUNT)
            .withTarget(page("p"), folder("b"))
            .withTarget(folder("b"), folder("a"))
            .withTarget(page("q"), ACCOUNT)
            .withAssignment("ada", "shelf", folder("a"))
            .withAssignment("bob", "shelf", folder("b"))
            .withAssignment("eve", "reader", page("p"))
            .withAssignment("eve", "reader", page("q"));

    private static PlainTarget folder(String id) {
        return PlainTarget.of(TREE.get(1), id);
    }

    private static PlainTarget page(String id) {
        return PlainTarget.of(TREE.get(2), id);
    }

    /** Returns a policy whose longest path has so many targets, folders {@code f1}, {@code f2} and so on. */
    private static PlainPolicy withPathOf(int length) {
        PlainPolicy plain = DOCS;
        for (int i = 1; i < length; i++) {
            plain = plain.withTarget(folder("f" + i), i == 1 ? ACCOUNT : folder("f" + (i - 1)));
        }
        return plain;
    }

    @Test
    void a_target_is_added_under_an_id_that_none_of_its_scope_has() {
        assertEffects(ACME, List.of(Edit.addTeam("c1")), new TargetAdded(PlainTarget.team("c1"), ACCOUNT));
        assertRefused(ACME, Edit.addTeam("support"), "DUPLICATE_ID at /changes/0/target");
        assertRefused(ACME, Edit.addTeam("\uD800"), "ID_INVALID at /changes/0/target");
    }

    @Test
    @Tag("S11")
    void a_target_is_removed_with_all_below_it_and_every_assignment_at_any_of_them() {
        assertEffects(
                ACME,
                List.of(Edit.removeTeam("support")),
                new AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                new AssignmentRemoved(new Assignment("bob", "old", SUPPORT)),
                new AssignmentRemoved(EVE_WRITES),
                new TargetRemoved(C1, SUPPORT),
                new TargetRemoved(SUPPORT, ACCOUNT));
        assertRefused(ACME, Edit.removeTeam("c1"), "TARGET_NOT_FOUND at /changes/0/target");
        assertEffects(
                DOCS,
                List.of(new RemoveTarget(folder("a"))),
                new AssignmentRemoved(new Assignment("ada", "shelf", folder("a"))),
                new AssignmentRemoved(new Assignment("bob", "shelf", folder("b"))),
                new AssignmentRemoved(new Assignment("eve", "reader", page("p"))),
                new TargetRemoved(page("p"), folder("b")),
                new TargetRemoved(folder("b"), folder("a")),
                new TargetRemoved(folder("a"), ACCOUNT));
    }

    @Test
    @Tag("S11")
    void targets_added_again_hold_nothing_of_the_old_ones() {
        PlainPolicy result =
                applied(ACME, Edit.removeTeam("support"), Edit.addTeam("support"), Edit.addChat("c1", "support"));
        assertThat(result.assignments()).extracting(Assignment::toString).containsExactly("ada is member at account");
        PlainPolicy docs = applied(DOCS, new RemoveTarget(folder("a")), new AddTarget(folder("a"), ACCOUNT));
        assertThat(docs.targets())
                .containsExactlyInAnyOrder(new Located(folder("a"), ACCOUNT), new Located(page("q"), ACCOUNT));
        assertThat(docs.assignments()).extracting(Assignment::toString).containsExactly("eve is reader at page/q");
    }

    @Test
    void a_target_is_added_to_the_account_or_to_a_known_one_of_a_wider_scope() {
        PlainTarget c3 = PlainTarget.chat("c3");
        assertEffects(ACME, List.of(Edit.addChat("c3", null)), new TargetAdded(c3, ACCOUNT));
        PlainTarget support = PlainTarget.chat("support");
        assertEffects(ACME, List.of(Edit.addChat("support", "sales")), new TargetAdded(support, SALES));
        assertRefused(ACME, Edit.addChat("c2", null), "DUPLICATE_ID at /changes/0/target");
        assertRefused(ACME, Edit.addChat("c3", "c1"), "TARGET_NOT_FOUND at /changes/0/parent");
        assertRefused(
                ACME,
                Edit.addChat("", "gone"),
                "ID_INVALID at /changes/0/target",
                "TARGET_NOT_FOUND at /changes/0/parent");
    }

    @Test
    @Tag("S5")
    void a_target_is_added_to_one_of_its_own_scope_where_that_nests() {
        assertEffects(
                DOCS, List.of(new AddTarget(folder("c"), folder("b"))), new TargetAdded(folder("c"), folder("b")));
        String refused = "PARENT_INVALID at /changes/0/parent";
        assertRefused(DOCS, new AddTarget(page("r"), page("p")), refused);
        assertRefused(DOCS, new AddTarget(folder("c"), page("p")), refused);
        assertRefused(ACME, new AddTarget(PlainTarget.team("new"), SUPPORT), refused);
    }

    @Test
    @Tag("S5")
    void no_target_is_added_below_a_path_of_16() {
        PlainPolicy fifteen = withPathOf(15);
        applied(fifteen, new AddTarget(page("r"), folder("f14")));
        applied(fifteen, new AddTarget(folder("f15"), folder("f14")));
        PlainPolicy sixteen = withPathOf(16);
        assertRefused(sixteen, new AddTarget(page("r"), folder("f15")), "PARENT_INVALID at /changes/0/parent");
        assertRefused(sixteen, new AddTarget(folder("f16"), folder("f15")), "PARENT_INVALID at /changes/0/parent");
    }

    @Test
    @Tag("S11")
    void a_target_moves_with_its_assignments_and_all_below_it() {
        PlainPolicy result = applied(ACME, Edit.moveChat("c1", "sales"));
        assertThat(result.targets()).contains(new Located(C1, SALES));
        assertThat(result.assignments()).isEqualTo(ACME.assignments());
        assertEffects(ACME, List.of(Edit.moveChat("c1", null)), new TargetMoved(C1, SUPPORT, ACCOUNT));
        assertEffects(ACME, List.of(Edit.moveChat("c2", "sales")), new TargetMoved(C2, ACCOUNT, SALES));
        assertEffects(
                DOCS,
                List.of(new MoveTarget(folder("b"), ACCOUNT)),
                new TargetMoved(folder("b"), folder("a"), ACCOUNT));
        PlainPolicy docs = applied(DOCS, new MoveTarget(folder("b"), ACCOUNT));
        assertThat(PlainPaths.path(docs, page("p"))).containsExactly(page("p"), folder("b"), ACCOUNT);
        assertThat(docs.assignments()).isEqualTo(DOCS.assignments());
    }

    @Test
    @Tag("S11")
    void moving_a_target_to_where_it_lies_changes_nothing() {
        assertUnchanged(ACME, Edit.moveChat("c1", "support"));
        assertUnchanged(ACME, Edit.moveChat("c2", null));
        assertUnchanged(ACME, Edit.moveChat("c1", "sales"), Edit.moveChat("c1", "support"));
    }

    @Test
    void only_a_known_target_moves_and_only_to_a_known_one() {
        assertRefused(
                ACME,
                Edit.moveChat("support", "c1"),
                "TARGET_NOT_FOUND at /changes/0/target",
                "TARGET_NOT_FOUND at /changes/0/parent");
    }

    @Test
    @Tag("S11")
    void no_target_moves_into_itself_or_below_itself() {
        for (PlainTarget parent : List.of(folder("a"), folder("b"))) {
            assertRefused(DOCS, new MoveTarget(folder("a"), parent), "PARENT_INVALID at /changes/0/parent");
        }
        assertRefused(DOCS, new MoveTarget(folder("a"), page("p")), "PARENT_INVALID at /changes/0/parent");
        PlainPolicy turned =
                applied(DOCS, new MoveTarget(folder("b"), ACCOUNT), new MoveTarget(folder("a"), folder("b")));
        assertThat(PlainPaths.path(turned, folder("a"))).containsExactly(folder("a"), folder("b"), ACCOUNT);
    }

    @Test
    @Tag("S11")
    void no_target_moves_where_anything_below_it_would_have_a_path_of_17() {
        PlainPolicy plain = withPathOf(14);
        applied(plain, new MoveTarget(folder("b"), folder("f13")));
        assertRefused(plain, new MoveTarget(folder("a"), folder("f13")), "PARENT_INVALID at /changes/0/parent");
        applied(plain, new RemoveTarget(page("p")), new MoveTarget(folder("a"), folder("f13")));
    }

    @Test
    @Tag("S11")
    void the_account_and_targets_of_another_tree_are_not_added_moved_or_removed() {
        for (PlainTarget target : List.of(ACCOUNT, SUPPORT, PlainTarget.of(new PlainScope("folder", 1, false), "a"))) {
            for (Edit edit : List.of(
                    new AddTarget(target, ACCOUNT), new MoveTarget(target, folder("a")), new RemoveTarget(target))) {
                assertRefused(DOCS, edit, "SCOPE_INVALID at /changes/0/target");
            }
        }
        assertRefused(DOCS, new AddTarget(page("r"), SUPPORT), "TARGET_NOT_FOUND at /changes/0/parent");
        assertRefused(DOCS, new MoveTarget(page("p"), SUPPORT), "TARGET_NOT_FOUND at /changes/0/parent");
    }

    @Test
    @Tag("S12")
    void effects_name_a_parent_before_what_lies_in_it_and_removed_targets_the_other_way_round() {
        assertEffects(
                DOCS,
                List.of(
                        new AddTarget(folder("z"), ACCOUNT),
                        new AddTarget(folder("c"), folder("z")),
                        new AddTarget(page("a"), folder("c")),
                        new MoveTarget(folder("b"), folder("z")),
                        new RemoveTarget(folder("a"))),
                new AssignmentRemoved(new Assignment("ada", "shelf", folder("a"))),
                new TargetRemoved(folder("a"), ACCOUNT),
                new TargetAdded(folder("z"), ACCOUNT),
                new TargetMoved(folder("b"), folder("a"), folder("z")),
                new TargetAdded(folder("c"), folder("z")),
                new TargetAdded(page("a"), folder("c")));
    }

    @Test
    @Tag("S11")
    void a_chat_is_removed_with_its_assignments() {
        assertEffects(
                ACME,
                List.of(Edit.removeChat("c1")),
                new AssignmentRemoved(EVE_WRITES),
                new TargetRemoved(C1, SUPPORT));
        assertRefused(ACME, Edit.removeChat("support"), "TARGET_NOT_FOUND at /changes/0/target");
    }
}
