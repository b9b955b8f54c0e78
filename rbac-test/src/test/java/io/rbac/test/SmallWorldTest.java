package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import io.rbac.test.EditEffect.TargetMoved;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import io.rbac.test.PlainPolicy.Located;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A world of three folders, which nest, and one page, in full: every way in which they lie in one another. */
class SmallWorldTest {
    private static final List<PlainScope> TREE = PlainScope.tree("org", "folder*", "page");
    private static final PlainTarget ACCOUNT = PlainTarget.account();
    private static final PlainTarget PAGE = PlainTarget.of(TREE.get(2), "p");
    private static final List<PlainTarget> TARGETS = List.of(folder("a"), folder("b"), folder("c"), PAGE);
    private static final PlainTarget GONE = folder("gone");

    /** As many as there are forests of three folders, each with a page in one of four places. */
    private static final int WORLDS = 16 * 4;

    private static final PlainPolicy EMPTY = PlainPolicy.of("acme", PlainGroup.of("page", TREE, "read"))
            .withScopes(TREE)
            .withRole(PlainRole.of("at0", TREE.get(0), "page:read").withDefault(true))
            .withRole(PlainRole.of("at1", TREE.get(1), "page:read"))
            .withRole(PlainRole.of("at2", TREE.get(2), "page:read"));

    /** The users who hold something at one target only. */
    private static final int[] AT_ONE_TARGET = {1, 2, 4, 8, 16};

    private static PlainTarget folder(String id) {
        return PlainTarget.of(TREE.get(1), id);
    }

    private static List<PlainTarget> withAccount(List<PlainTarget> targets) {
        List<PlainTarget> all = new ArrayList<>(List.of(ACCOUNT));
        all.addAll(targets);
        return all;
    }

    /** Returns the policies in which each target lies in any one of some, itself and what cannot be its parent too. */
    private static List<PlainPolicy> all(List<PlainTarget> parents) {
        List<PlainPolicy> all = List.of(EMPTY);
        for (PlainTarget target : TARGETS) {
            all = all.stream()
                    .flatMap(plain -> parents.stream().map(parent -> plain.withTarget(target, parent)))
                    .toList();
        }
        return all;
    }

    private static List<PlainPolicy> worlds() {
        List<PlainPolicy> worlds = all(withAccount(TARGETS)).stream()
                .filter(plain -> Validity.violations(plain).isEmpty())
                .toList();
        assertThat(worlds).hasSize(WORLDS);
        return worlds;
    }

    /** Returns a policy in which users hold what they may at the targets of their bits; that of the account is the first. */
    private static PlainPolicy assigned(PlainPolicy world, int... users) {
        List<PlainTarget> targets = withAccount(TARGETS);
        PlainPolicy plain = world;
        for (int user : users) {
            for (int bit = 0; bit < targets.size(); bit++) {
                PlainTarget target = targets.get(bit);
                if ((user >>> bit & 1) != 0) {
                    plain = plain.withAssignment(
                            "u" + user, "at" + target.scope().level(), target);
                }
            }
        }
        return plain;
    }

    /** Returns every target, known or not, alone and with every parent. */
    private static List<PlainTarget> questions() {
        List<PlainTarget> questions = new ArrayList<>(List.of(ACCOUNT));
        List<PlainTarget> asked = new ArrayList<>(TARGETS);
        asked.add(GONE);
        asked.add(PlainTarget.of(TREE.get(2), "gone"));
        asked.add(PlainTarget.of(TREE.get(2), "a"));
        asked.add(PlainTarget.team("a"));
        for (PlainTarget target : asked) {
            questions.add(target);
            withAccount(asked).forEach(parent -> questions.add(target.in(parent)));
        }
        return questions;
    }

    @Test
    @Tag("P27")
    @Tag("P77")
    @Tag("B123")
    @Tag("S5")
    void every_way_to_lie_is_accepted_or_refused_as_the_model_says() {
        List<PlainTarget> parents = withAccount(TARGETS);
        parents.add(GONE);
        int accepted = 0;
        for (PlainPolicy plain : all(parents)) {
            Set<PlainViolation> expected = new HashSet<>(Validity.violations(plain));
            Set<PlainViolation> found = Set.of();
            try {
                assertThat(PolicyConverter.plain(PolicyConverter.policy(plain)).targets())
                        .isEqualTo(plain.targets());
                accepted++;
            } catch (PolicyViolationException e) {
                found = PolicyConverter.violations(e);
            }
            assertThat(found).as("%s", plain.targets()).isEqualTo(expected);
        }
        assertThat(accepted).isEqualTo(WORLDS);
    }

    /** By every set of targets at which a user may be assigned, under either rule for unknown targets. */
    @Test
    @Tag("P01")
    @Tag("P16")
    @Tag("P17")
    @Tag("P18")
    @Tag("P21")
    void every_question_is_answered_as_by_the_oracle() {
        List<PlainTarget> questions = questions();
        for (PlainPolicy world : worlds()) {
            PlainPolicy assigned = assigned(
                    world, IntStream.range(1, 1 << (1 + TARGETS.size())).toArray());
            for (String word : List.of("refused", "trusted")) {
                PlainPolicy plain = assigned.withRules(assigned.rules().withUnknownTargets(word));
                Compiled compiled = Compiled.of(plain);
                List<String> users = compiled.oracle().users();
                for (PlainTarget target : questions) {
                    List<PlainTarget> path = compiled.oracle().path(target);
                    for (String user : users) {
                        Question question = new Question(user, "page:read", target);
                        boolean expected = holdsOn(path, Integer.parseInt(user.substring(1)));
                        if (compiled.allows(question) != expected) {
                            throw new AssertionError(question + " should be answered by " + expected + " under " + word
                                    + " in " + world.targets());
                        }
                    }
                }
            }
        }
    }

    private static boolean holdsOn(List<PlainTarget> path, int user) {
        List<PlainTarget> targets = withAccount(TARGETS);
        for (PlainTarget step : path) {
            if (targets.contains(step) && (user >>> targets.indexOf(step) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What lies below moves along or is removed along; the matrix is updated, and so equals the new policy compiled. */
    @Test
    @Tag("P22")
    @Tag("P23")
    @Tag("P27")
    @Tag("P52")
    @Tag("P77")
    @Tag("B123")
    @Tag("S11")
    void every_edit_of_a_target_leads_where_the_model_says() {
        int refused = 0;
        int applied = 0;
        for (PlainPolicy world : worlds()) {
            EditedPolicy state = EditedPolicy.of(assigned(world, AT_ONE_TARGET));
            for (Edit edit : edits()) {
                EditedPolicy next = state.after(List.of(edit), 1);
                refused += EditModel.apply(state.plain(), List.of(edit), 1) instanceof Refused ? 1 : 0;
                if (next.policy().revision() > state.policy().revision()) {
                    applied++;
                    assertSameAnswers(next.matrix(), PermissionMatrix.compile(next.policy()));
                    PolicyInvariants.check(next.policy());
                }
            }
        }
        assertThat(applied).isEqualTo(WORLDS * edits().size() - refused - WORLDS * TARGETS.size());
        assertThat(refused).isGreaterThan(applied);
    }

    private static List<Edit> edits() {
        List<PlainTarget> all = withAccount(TARGETS);
        all.add(GONE);
        List<Edit> edits = new ArrayList<>();
        for (PlainTarget target : all) {
            edits.add(new Edit.RemoveTarget(target));
            for (PlainTarget parent : all) {
                edits.add(new Edit.MoveTarget(target, parent));
                edits.add(new Edit.AddTarget(target, parent));
            }
        }
        return edits;
    }

    private static void assertSameAnswers(PermissionMatrix matrix, PermissionMatrix expected) {
        for (int user : AT_ONE_TARGET) {
            for (PlainTarget target : TARGETS) {
                boolean answer = matrix.hasPermission("u" + user, "page:read", PolicyConverter.target(target));
                if (answer != expected.hasPermission("u" + user, "page:read", PolicyConverter.target(target))) {
                    throw new AssertionError("u" + user + " at " + target + ": " + answer + " in " + matrix.policy());
                }
            }
        }
    }

    /** Whatever two moves of one batch lead to, through whatever lies in between; the effects are net. */
    @Test
    @Tag("P27")
    @Tag("P39")
    @Tag("P53")
    @Tag("S12")
    void every_two_moves_of_one_batch_lead_where_the_model_says() {
        for (PlainPolicy world : worlds()) {
            Policy policy = PolicyConverter.policy(world);
            for (Edit first : moves()) {
                for (Edit second : moves()) {
                    List<Edit> batch = List.of(first, second);
                    assertThat(outcome(policy, world, batch))
                            .as("%s in %s", batch, world.targets())
                            .isEqualTo(expected(world, batch));
                }
            }
        }
    }

    private static List<Edit> moves() {
        List<Edit> moves = new ArrayList<>();
        for (PlainTarget target : TARGETS) {
            withAccount(TARGETS).forEach(parent -> moves.add(new Edit.MoveTarget(target, parent)));
        }
        return moves;
    }

    /** Returns where the targets lie after a batch, and its effects, or its violations. */
    private static List<Object> outcome(Policy policy, PlainPolicy world, List<Edit> batch) {
        List<Change> changes = EditConverter.changes(batch, world, policy.catalog());
        try {
            AppliedChanges applied = policy.apply(changes, Instant.EPOCH);
            return List.of(PolicyConverter.plain(applied.policy()).targets(), EditConverter.effects(applied.effects()));
        } catch (PolicyViolationException e) {
            return List.of(PolicyConverter.violations(e));
        }
    }

    private static List<Object> expected(PlainPolicy world, List<Edit> batch) {
        Outcome outcome = EditModel.apply(world, batch, 0);
        if (outcome instanceof Applied applied) {
            List<Located> targets = applied.result().targets();
            assertThat(moved(world, applied.effects())).hasSameElementsAs(targets);
            return List.of(targets.stream().sorted(Oracle.TARGET_ORDER).toList(), applied.effects());
        }
        return List.of(((Refused) outcome).violations());
    }

    /** Returns where targets lie after moves, one after the other. */
    private static List<Located> moved(PlainPolicy world, List<EditEffect> effects) {
        PlainPolicy plain = world;
        for (EditEffect effect : effects) {
            TargetMoved moved = (TargetMoved) effect;
            assertThat(plain.targets()).contains(new Located(moved.target(), moved.before()));
            plain = plain.withMoved(moved.target(), moved.after());
        }
        return plain.targets();
    }
}
