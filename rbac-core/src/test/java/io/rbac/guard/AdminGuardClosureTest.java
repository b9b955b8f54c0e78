package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No sequence of guarded edits of users who help one another gives them together anything that none of them had, at any
 * place that was there after each edit: tried out in full in a small world.
 *
 * <p>{@code x} and {@code y} collude. No permission is needed for any change, so that only the rights that are given away
 * stand in their way; nobody holds the escalation permission. {@code v} holds what they lack.
 */
@Tag("P70")
@Tag("deep")
class AdminGuardClosureTest {

    /** As the standard tree, but for teams that nest. */
    private static final ScopeTree TREE = ScopeTree.builder()
            .scope("account")
            .nestingScope("team")
            .scope("chat")
            .build();

    private static final Scope TEAM = TREE.scope("team");
    private static final Scope CHAT = TREE.scope("chat");

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(TREE)
            .group("doc", "p", "q")
            .group("admin", "escalate")
            .build();

    private static final AdminGuard GUARD = guard();

    private static final List<String> COLLUDERS = List.of("x", "y");

    private static final Target ACCOUNT = Target.account();
    private static final Target T1 = Target.of(TEAM, "t1");
    private static final Target T2 = Target.of(TEAM, "t2");
    private static final Target C = Target.of(CHAT, "c");
    private static final Target D = Target.of(CHAT, "d");

    private static final Instant AT = Instant.EPOCH;

    private long accepted;
    private long refused;

    private static AdminGuard guard() {
        return AdminGuard.builder(CATALOG)
                .escalation(CATALOG.permission("admin:escalate"))
                .free(Stream.of(Change.Kind.values())
                        .filter(kind -> !kind.isHostOnly())
                        .toArray(Change.Kind[]::new))
                .build();
    }

    private static Rights rights(String keys) {
        return CATALOG.rights(keys.chars()
                .mapToObj(key -> key == 'e' ? "admin:escalate" : "doc:" + (char) key)
                .toList());
    }

    private static RoleUpdate update(String keys) {
        return RoleUpdate.builder().rights(rights(keys)).build();
    }

    private static Role role(String id, Scope scope, String keys, boolean isDefault, boolean active) {
        return Role.builder(id, scope)
                .name(id)
                .rights(rights(keys))
                .defaultRole(isDefault)
                .discardedAt(active ? null : AT)
                .build();
    }

    /** Three roles of {@code a} (account), {@code t} (team), {@code c} (chat) and {@code n} (a second one). */
    private static Policy.Builder world(Deletion deletion, Role... roles) {
        Policy.Builder world = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(PolicyRules.builder().deletion(deletion).build())
                .target(T1)
                .target(T2)
                .target(C, T1);
        List.of(roles).forEach(world::role);
        return world;
    }

    /** Every change that says something about these roles, places and users. */
    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>(fewChanges());
        for (String role : List.of("a", "t", "c")) {
            changes.add(Change.updateRole(role, update("q")));
            changes.add(Change.updateRole(role, update("pqe")));
        }
        changes.add(
                Change.updateRole("c", RoleUpdate.builder().defaultRole(true).build()));
        changes.add(Change.updateRole(
                "t", RoleUpdate.builder().defaultRole(true).rights(rights("")).build()));
        changes.add(Change.createRole(
                "n",
                TEAM,
                RoleUpdate.builder()
                        .name("n")
                        .defaultRole(true)
                        .rights(rights("pq"))
                        .build()));
        changes.add(Change.setRoles("y", ACCOUNT, List.of("a")));
        changes.add(Change.setRoles("x", T1, List.of("t", "n")));
        changes.add(Change.setUsers("t", T1, List.of("v", "x")));
        changes.add(Change.setUsers("a", ACCOUNT, List.of("y")));
        changes.add(Change.assign("y", "n", T2));
        changes.add(Change.unassign("y", "a", ACCOUNT));
        changes.add(Change.unassign("y", "t", T2));
        changes.add(Change.connect("y", T1));
        changes.add(Change.connect("y", C));
        changes.add(Change.removeUser("y"));
        changes.add(Change.removeTarget(T1));
        changes.add(Change.addTarget(T1));
        changes.add(Change.addTarget(C));
        changes.add(Change.addTarget(D, T2));
        changes.add(Change.moveTarget(C, T1));
        changes.add(Change.moveTarget(D, T1));
        changes.add(Change.moveTarget(T1, ACCOUNT));
        changes.add(Change.moveTarget(T2, T1));
        changes.add(Change.addTarget(T1, T2));
        return changes;
    }

    /** Those of which three can be combined in every order. */
    private static List<Change> fewChanges() {
        List<Change> changes = new ArrayList<>();
        for (String role : List.of("a", "t", "c")) {
            changes.add(Change.updateRole(role, update("")));
            changes.add(Change.updateRole(role, update("p")));
        }
        changes.add(
                Change.updateRole("t", RoleUpdate.builder().defaultRole(true).build()));
        changes.add(Change.createRole(
                "n", TEAM, RoleUpdate.builder().name("n").rights(rights("")).build()));
        changes.add(Change.updateRole("n", update("p")));
        changes.add(Change.deleteRole("t"));
        changes.add(Change.deleteRole("c"));
        changes.add(Change.restoreRole("t"));
        changes.add(Change.createRole(
                "t", TEAM, RoleUpdate.builder().name("t").rights(rights("p")).build()));
        changes.add(Change.assign("x", "a", ACCOUNT));
        changes.add(Change.assign("x", "t", T1));
        changes.add(Change.assign("x", "t", T2));
        changes.add(Change.assign("x", "c", C));
        changes.add(Change.assign("y", "t", T2));
        changes.add(Change.assign("x", "n", T1));
        changes.add(Change.unassign("x", "a", ACCOUNT));
        changes.add(Change.unassign("x", "t", T1));
        changes.add(Change.unassign("x", "t", T2));
        changes.add(Change.unassign("x", "c", C));
        changes.add(Change.unassign("x", "n", T1));
        changes.add(Change.unassign("x", "n", ACCOUNT));
        changes.add(Change.deleteRole("n"));
        changes.add(Change.connect("x", ACCOUNT));
        changes.add(Change.connect("x", T1));
        changes.add(Change.connect("x", T2));
        changes.add(Change.connect("x", C));
        changes.add(Change.setRoles("x", T2, List.of()));
        changes.add(Change.setRoles("x", ACCOUNT, List.of()));
        changes.add(Change.setUsers("t", T2, List.of("x")));
        changes.add(Change.setUsers("t", T2, List.of()));
        changes.add(Change.assignToAll("a"));
        changes.add(Change.removeUser("x"));
        changes.add(Change.removeTarget(T2));
        changes.add(Change.addTarget(T2));
        changes.add(Change.removeTarget(C));
        changes.add(Change.addTarget(C, T2));
        changes.add(Change.moveTarget(C, ACCOUNT));
        changes.add(Change.moveTarget(C, T2));
        changes.add(Change.moveTarget(T1, T2));
        return changes;
    }

    /** Worlds in which the colluders hold little, something in one place, or different things. */
    private static List<Policy> starts() {
        List<Policy> starts = new ArrayList<>();
        for (Deletion deletion : List.of(Deletion.DISCARD, Deletion.DELETE)) {
            starts.add(world(
                            deletion,
                            role("a", Scope.ACCOUNT, "p", true, true),
                            role("t", TEAM, "p", false, true),
                            role("c", CHAT, "p", true, true))
                    .assign("v", "a", ACCOUNT)
                    .build());
            starts.add(world(
                            deletion,
                            role("a", Scope.ACCOUNT, "", true, true),
                            role("t", TEAM, "p", true, true),
                            role("c", CHAT, "q", false, true))
                    .assign("x", "a", ACCOUNT)
                    .assign("x", "t", T2)
                    .assign("v", "c", C)
                    .build());
            starts.add(world(
                            deletion,
                            role("a", Scope.ACCOUNT, "q", true, true),
                            role("t", TEAM, "p", true, false),
                            role("c", CHAT, "p", false, true))
                    .assign("x", "t", T1)
                    .assign("y", "t", T2)
                    .assign("y", "c", C)
                    .build());
        }
        starts.add(world(
                        Deletion.DISCARD,
                        role("a", Scope.ACCOUNT, "", true, true),
                        role("t", TEAM, "p", true, true),
                        role("n", TEAM, "", false, true))
                .assign("x", "a", ACCOUNT)
                .assign("x", "n", T1)
                .assign("v", "t", T1)
                .build());
        starts.add(world(
                        Deletion.DISCARD,
                        role("a", Scope.ACCOUNT, "p", true, true),
                        role("t", TEAM, "", true, true),
                        role("n", Scope.ACCOUNT, "", false, true))
                .assign("x", "n", ACCOUNT)
                .build());
        starts.add(world(
                        Deletion.DISCARD,
                        role("a", Scope.ACCOUNT, "", true, true),
                        role("t", TEAM, "p", true, true),
                        role("n", TEAM, "", false, false))
                .assign("x", "a", ACCOUNT)
                .assign("x", "n", T1)
                .build());
        return starts;
    }

    /** Makes an edit of an actor, if the guard and the rules allow it. */
    private Optional<Policy> edit(Policy before, PermissionMatrix matrix, String actor, List<Change> changes) {
        try {
            GUARD.check(matrix, actor, changes);
        } catch (PolicyViolationException e) {
            refused++;
            return Optional.empty();
        }
        try {
            Policy after = before.apply(changes, AT).policy();
            accepted++;
            return Optional.of(after);
        } catch (PolicyViolationException e) {
            return Optional.empty();
        }
    }

    private static void assertWithin(Reach after, Reach before, Policy start, Object edits) {
        if (!after.isWithin(before)) {
            throw new AssertionError(edits + " leads from " + before + " to " + after + ", starting with "
                    + start.roles() + ' ' + start.assignments());
        }
    }

    private void assertBothHappen() {
        assertThat(accepted).isGreaterThan((accepted + refused) / 20);
        assertThat(refused).isGreaterThan((accepted + refused) / 20);
    }

    @Test
    void one_edit_from_every_state_gives_the_colluders_nothing() {
        List<Change> changes = changes();
        for (int state = 0; state < 1 << 12; state++) {
            Policy start = state(state);
            Reach before = Reach.of(start, COLLUDERS);
            PermissionMatrix matrix = PermissionMatrix.compile(start);
            for (Change change : changes) {
                Optional<Policy> after = edit(start, matrix, "x", List.of(change));
                if (after.isPresent()) {
                    Reach known = before.through(after.get());
                    assertWithin(Reach.of(after.get(), COLLUDERS), known, start, change);
                }
            }
        }
        assertBothHappen();
    }

    /** One of 4,096 states: each bit of the number is a right of a role, something about a role, or an assignment. */
    private static Policy state(int bits) {
        String a = (bits & 1) == 0 ? "" : "p";
        String t = ((bits & 2) == 0 ? "" : "p") + ((bits & 4) == 0 ? "" : "q");
        String c = (bits & 8) == 0 ? "" : "p";
        Policy.Builder policy = world(
                Deletion.DISCARD,
                role("a", Scope.ACCOUNT, a, true, true),
                role("t", TEAM, t, (bits & 16) == 0, (bits & 32) == 0),
                role("c", CHAT, c, false, true));
        assign(policy, bits & 64, "x", "a", ACCOUNT);
        assign(policy, bits & 128, "x", "t", T1);
        assign(policy, bits & 256, "x", "t", T2);
        assign(policy, bits & 512, "x", "c", C);
        assign(policy, bits & 1024, "y", "t", T2);
        assign(policy, bits & 2048, "y", "c", C);
        return policy.build();
    }

    private static void assign(Policy.Builder policy, int bit, String user, String role, Target target) {
        if (bit != 0) {
            policy.assign(user, role, target);
        }
    }

    @Test
    void three_edits_one_after_the_other_give_the_colluders_nothing() {
        for (Policy start : starts()) {
            Set<Object> seen = new HashSet<>();
            List<State> frontier = List.of(new State(start, Reach.of(start, COLLUDERS), List.of()));
            for (int depth = 1; depth <= 3; depth++) {
                frontier = next(start, frontier, seen, depth < 3);
            }
        }
        assertBothHappen();
    }

    /** Where some edits led to, with what the colluders could do before at the places that are still the same. */
    private record State(Policy policy, Reach before, List<Change> edits) {}

    private List<State> next(Policy start, List<State> states, Set<Object> seen, boolean goesOn) {
        List<State> next = new ArrayList<>();
        for (State state : states) {
            PermissionMatrix matrix = PermissionMatrix.compile(state.policy());
            for (String actor : COLLUDERS) {
                for (Change change : goesOn ? changes() : fewChanges()) {
                    edit(state.policy(), matrix, actor, List.of(change)).ifPresent(policy -> {
                        Reach before = state.before().through(policy);
                        List<Change> edits = new ArrayList<>(state.edits());
                        edits.add(change);
                        assertWithin(Reach.of(policy, COLLUDERS), before, start, edits);
                        if (goesOn && seen.add(List.of(policy.withRevision(0), before))) {
                            next.add(new State(policy, before, edits));
                        }
                    });
                }
            }
        }
        return next;
    }

    @Test
    void a_batch_of_two_changes_gives_the_colluders_nothing() {
        List<Change> changes = changes();
        for (Policy start : starts()) {
            for (String actor : COLLUDERS) {
                Reach before = Reach.of(start, COLLUDERS);
                PermissionMatrix matrix = PermissionMatrix.compile(start);
                for (Change first : passing(matrix, actor, List.of(), changes)) {
                    for (Change second : changes) {
                        tryBatch(start, matrix, before, actor, List.of(first, second));
                    }
                }
            }
        }
        assertBothHappen();
    }

    @Test
    void a_batch_of_three_changes_gives_the_colluders_nothing() {
        List<Change> changes = fewChanges();
        for (Policy start : starts()) {
            if (start.rules().deletion() == Deletion.DELETE) {
                continue; // what is deleted for good is tried in twos
            }
            Reach before = Reach.of(start, COLLUDERS);
            PermissionMatrix matrix = PermissionMatrix.compile(start);
            for (Change first : passing(matrix, "x", List.of(), changes)) {
                for (Change second : passing(matrix, "x", List.of(first), changes)) {
                    for (Change third : changes) {
                        tryBatch(start, matrix, before, "x", List.of(first, second, third));
                    }
                }
            }
        }
        assertBothHappen();
    }

    /**
     * The changes that the guard lets an actor make after others: what it refuses is refused whatever follows, unless for
     * where a target lies in the end.
     */
    private static List<Change> passing(
            PermissionMatrix matrix, String actor, List<Change> before, List<Change> changes) {
        List<Change> passing = new ArrayList<>();
        for (Change change : changes) {
            List<Change> batch = new ArrayList<>(before);
            batch.add(change);
            try {
                GUARD.check(matrix, actor, batch);
                passing.add(change);
            } catch (PolicyViolationException e) {
                if (e.violations().stream().allMatch(refusal -> isForWhereATargetLies(refusal, batch))) {
                    passing.add(change);
                }
            }
        }
        return passing;
    }

    private static boolean isForWhereATargetLies(Violation refusal, List<Change> batch) {
        int position = Integer.parseInt(refusal.path().substring("/changes/".length()));
        return refusal.code() == Violation.Code.ESCALATION
                && (batch.get(position) instanceof Change.AddTarget
                        || batch.get(position) instanceof Change.MoveTarget);
    }

    private void tryBatch(Policy start, PermissionMatrix matrix, Reach before, String actor, List<Change> batch) {
        Optional<Policy> after = edit(start, matrix, actor, batch);
        if (after.isPresent()) {
            assertWithin(Reach.of(after.get(), COLLUDERS), before.through(after.get()), start, batch);
        }
    }
}
