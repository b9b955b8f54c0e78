package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** The guard over random policies and edits: closure, exact refusals, monotonicity. */
class AdminGuardProperties {

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
            .group("doc", "p0", "p1", "p2", "p3")
            .group("msg", Set.of(TEAM, CHAT), "post")
            .group("admin", "escalate")
            .build();

    private static final Permission ESCALATE = CATALOG.permission("admin:escalate");
    private static final List<String> COLLUDERS = List.of("u0", "u1", "u2");
    private static final List<Scope> SCOPES = TREE.scopes();
    private static final int TEAMS = 4;
    private static final Instant AT = Instant.EPOCH;

    /** The kinds of change that an actor can make, by name. */
    private static final List<Change.Kind> KINDS = Stream.of(Change.Kind.values())
            .filter(kind -> !kind.isHostOnly())
            .sorted(Comparator.comparing(Change.Kind::name))
            .toList();

    /** Everything is free, so that only what is given away is judged. */
    private static final AdminGuard FREE = free();

    private static AdminGuard free() {
        return AdminGuard.builder(CATALOG)
                .escalation(ESCALATE)
                .free(KINDS.toArray(Change.Kind[]::new))
                .build();
    }

    /** Some changes need a permission, some one of two. */
    private static final AdminGuard NEEDING = needing();

    private static AdminGuard needing() {
        AdminGuard.Builder guard = AdminGuard.builder(CATALOG).escalation(ESCALATE);
        for (int i = 0; i < KINDS.size(); i++) {
            Change.Kind kind = KINDS.get(i);
            switch (i % 3) {
                case 0 -> guard.free(kind);
                case 1 -> guard.needs(CATALOG.permission("doc:p0"), kind);
                default -> guard.needsAny(List.of(CATALOG.permission("doc:p1"), CATALOG.permission("doc:p2")), kind);
            }
        }
        return guard.build();
    }

    /** Numbers from which worlds and edits are made; zeros when they run out, so that a failing case shrinks. */
    private static final class Choices {

        private final Iterator<Integer> numbers;

        Choices(List<Integer> numbers) {
            this.numbers = numbers.iterator();
        }

        int next(int bound) {
            return numbers.hasNext() ? numbers.next() % bound : 0;
        }

        boolean oneIn(int bound) {
            return next(bound) == bound - 1;
        }
    }

    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers()
                .between(0, 5039)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases()
                .list()
                .ofSize(400);
    }

    private static Rights rights(Choices choices, Scope scope, boolean mayEscalate) {
        List<String> keys = new ArrayList<>();
        for (Permission permission : CATALOG.rightsOfScope(scope)) {
            if (choices.oneIn(3) && (mayEscalate || !permission.equals(ESCALATE))) {
                keys.add(permission.key());
            }
        }
        return CATALOG.rights(keys);
    }

    private static Policy policy(Choices choices, boolean mayEscalate) {
        Policy.Builder policy = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(PolicyRules.builder()
                        .deletion(choices.oneIn(3) ? Deletion.DELETE : Deletion.DISCARD)
                        .emptyRoles(choices.oneIn(4) ? EmptyRoles.NONE : EmptyRoles.DEFAULTS)
                        .build());
        for (int i = 0; i < 9; i++) {
            Scope scope = scope(i);
            policy.role(Role.builder("r" + i, scope)
                    .name("r" + i)
                    .rights(rights(choices, scope, mayEscalate))
                    .defaultRole(i == 0 || choices.oneIn(3))
                    .discardedAt(i > 0 && choices.oneIn(5) ? AT : null)
                    .build());
        }
        for (int i = 0; i < TEAMS; i++) {
            policy.target(team(i), choices.oneIn(2) && i > 0 ? team(choices.next(i)) : Target.account());
        }
        for (int i = 0; i < 4; i++) {
            policy.target(chat(i), choices.oneIn(3) ? Target.account() : team(choices.next(TEAMS)));
        }
        Set<Assignment> assignments = new HashSet<>();
        for (int i = choices.next(16); i >= 0; i--) {
            int role = choices.next(9);
            assignments.add(new Assignment("u" + choices.next(6), "r" + role, target(choices, scope(role))));
        }
        assignments.forEach(a -> policy.assign(a.user(), a.role(), a.target()));
        return policy.build();
    }

    private static Scope scope(int role) {
        return SCOPES.get(role % SCOPES.size());
    }

    private static Target target(Choices choices, Scope scope) {
        return switch (scope.level()) {
            case 0 -> Target.account();
            case 1 -> team(choices.next(TEAMS));
            default -> chat(choices.next(4));
        };
    }

    private static Target team(int number) {
        return Target.of(TEAM, "t" + number);
    }

    private static Target chat(int number) {
        return Target.of(CHAT, "c" + number);
    }

    private static Target parent(Choices choices) {
        return choices.oneIn(3) ? Target.account() : team(choices.next(TEAMS));
    }

    private static Change change(Choices choices) {
        String user = "u" + choices.next(7);
        int role = choices.next(9);
        String id = "r" + role;
        Target there = target(choices, scope(role));
        return switch (choices.next(21)) {
            case 0, 1 ->
                Change.updateRole(
                        id,
                        RoleUpdate.builder()
                                .rights(rights(choices, scope(role), true))
                                .build());
            case 2 ->
                Change.updateRole(
                        id, RoleUpdate.builder().defaultRole(choices.oneIn(2)).build());
            case 3 ->
                Change.createRole(
                        id,
                        scope(role),
                        RoleUpdate.builder()
                                .name("n")
                                .rights(rights(choices, scope(role), true))
                                .build());
            case 4 -> Change.deleteRole(id);
            case 5 -> Change.restoreRole(id);
            case 6, 7, 8 -> Change.assign(user, id, there);
            case 9 -> Change.unassign(user, id, there);
            case 10, 11 -> Change.connect(user, there);
            case 12 -> Change.setRoles(user, there, choices.oneIn(2) ? List.of() : List.of(id));
            case 13 -> Change.setUsers(id, there, choices.oneIn(2) ? List.of(user) : List.of(user, "u0"));
            case 14 -> Change.assignToAll("r" + choices.next(3) * 3);
            case 15 -> Change.removeUser(user);
            case 16 ->
                choices.oneIn(2)
                        ? Change.addTarget(team(choices.next(TEAMS)), parent(choices))
                        : Change.removeTarget(team(choices.next(TEAMS)));
            case 17 ->
                choices.oneIn(2)
                        ? Change.addTarget(chat(choices.next(4)), parent(choices))
                        : Change.removeTarget(chat(choices.next(4)));
            case 18 -> Change.moveTarget(team(choices.next(TEAMS)), parent(choices));
            case 19 -> Change.moveTarget(chat(choices.next(4)), team(choices.next(TEAMS)));
            default -> Change.moveTarget(chat(choices.next(4)), Target.account());
        };
    }

    private static List<Change> batch(Choices choices, int most) {
        List<Change> batch = new ArrayList<>();
        for (int i = choices.next(most); i >= 0; i--) {
            batch.add(change(choices));
        }
        return batch;
    }

    private static List<Violation> refusals(AdminGuard guard, Policy policy, String actor, List<Change> changes) {
        return refusals(guard, PermissionMatrix.compile(policy), new Who(actor, null), changes);
    }

    private static List<Violation> refusals(
            AdminGuard guard, PermissionMatrix matrix, Who actor, List<Change> changes) {
        try {
            actor.check(guard, matrix, changes);
            return List.of();
        } catch (PolicyViolationException e) {
            return e.violations();
        }
    }

    private static Optional<Policy> applied(Policy policy, List<Change> changes) {
        try {
            return Optional.of(policy.apply(changes, AT).policy());
        } catch (PolicyViolationException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 1_500)
    @Tag("P70")
    void guarded_edits_give_colluders_nothing(@ForAll("choices") List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        Policy policy = policy(choices, false);
        Reach before = Reach.of(policy, COLLUDERS);
        for (int edit = 0; edit < 12; edit++) {
            List<Change> batch = batch(choices, 4);
            boolean passes = refusals(FREE, policy, COLLUDERS.get(choices.next(3)), batch)
                    .isEmpty();
            Optional<Policy> after = passes ? applied(policy, batch) : Optional.empty();
            Statistics.label("edit").collect(!passes ? "refused" : after.isPresent() ? "made" : "impossible");
            if (after.isPresent()) {
                before = before.through(after.get());
                policy = after.get();
                Reach now = Reach.of(policy, COLLUDERS);
                assertThat(now.isWithin(before))
                        .as("%s after %s, %s before", now, batch, before)
                        .isTrue();
            }
        }
        Statistics.label("edit").coverage(coverage -> {
            coverage.check("refused").percentage(share -> share > 10);
            coverage.check("made").percentage(share -> share > 10);
        });
    }

    /** A user, all of whose edits or none are restricted, or nobody but a restriction. */
    private record Who(String user, Rights restriction) {

        static Who of(Choices choices) {
            String user = "u" + choices.next(7);
            return switch (choices.next(3)) {
                case 0 -> new Who(user, null);
                case 1 -> new Who(user, rights(choices, TEAM, true));
                default -> new Who(null, rights(choices, TEAM, true));
            };
        }

        void check(AdminGuard guard, PermissionMatrix matrix, List<Change> changes) {
            if (user == null) {
                guard.checkAccount(matrix, restriction, changes);
            } else if (restriction == null) {
                guard.check(matrix, user, changes);
            } else {
                guard.check(matrix, user, restriction, changes);
            }
        }

        Set<String> held(Policy policy, Target place) {
            Set<String> held = user == null
                    ? new TreeSet<>(
                            CATALOG.permissions().stream().map(Permission::key).toList())
                    : AdminGuardProperties.held(policy, user, place);
            if (restriction != null) {
                held.removeIf(key -> !restriction.contains(key));
            }
            return held;
        }
    }

    @Property(tries = 2_000)
    @Tag("P68")
    @Tag("P69")
    @Tag("P71")
    void a_refusal_names_exactly_what_the_effects_of_a_change_need(@ForAll("choices") List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        Policy policy = policy(choices, true);
        Who who = Who.of(choices);
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        for (int i = 0; i < 10; i++) {
            Change change = change(choices);
            if (applied(policy, List.of(change)).isEmpty()) {
                continue;
            }
            Set<String> missing = new TreeSet<>();
            for (Effect effect : policy.apply(List.of(change), AT).effects()) {
                missing.addAll(missing(policy, who, effect));
            }
            Set<String> named = new TreeSet<>();
            for (Violation violation : refusals(FREE, matrix, who, List.of(change))) {
                assertThat(violation.code()).isEqualTo(Violation.Code.ESCALATION);
                Collections.addAll(named, violation.value().orElseThrow().split(", "));
            }
            Statistics.label("change").collect(named.isEmpty() ? "allowed" : "refused");
            assertThat(named)
                    .as("%s by %s in %s %s", change, who, policy.roles(), policy.assignments())
                    .isEqualTo(missing);
        }
        Statistics.label("change").coverage(coverage -> {
            coverage.check("refused").percentage(share -> share > 10);
            coverage.check("allowed").percentage(share -> share > 10);
        });
    }

    @Property(tries = 1_000)
    void a_restriction_refuses_what_was_refused_and_one_to_all_rights_no_more(
            @ForAll("choices") List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        Policy policy = policy(choices, true);
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        String user = "u" + choices.next(7);
        List<Change> batch = batch(choices, 4);
        Rights restriction = rights(choices, TEAM, true);

        List<Violation> unrestricted = refusals(NEEDING, matrix, new Who(user, null), batch);
        boolean restrictedPasses =
                refusals(NEEDING, matrix, new Who(user, restriction), batch).isEmpty();
        Statistics.label("edit").collect(unrestricted.isEmpty(), restrictedPasses);
        Statistics.label("edit").coverage(coverage -> {
            coverage.check(true, true).percentage(share -> share > 2);
            coverage.check(true, false).percentage(share -> share > 1);
            coverage.check(false, false).percentage(share -> share > 5);
        });
        assertThat(restrictedPasses && !unrestricted.isEmpty()).isFalse();
        assertThat(refusals(NEEDING, matrix, new Who(user, CATALOG.allRights()), batch))
                .isEqualTo(unrestricted);
    }

    /** What an actor lacks for one effect of a single change, by nothing but sets. */
    private static Set<String> missing(Policy policy, Who actor, Effect effect) {
        if (effect instanceof Effect.RoleAdded added) {
            return lacking(policy, actor, keys(added.role()), Target.account());
        } else if (effect instanceof Effect.RoleChanged changed) {
            Set<String> gained = keys(changed.after());
            boolean comes = !changed.before().isActive() && changed.after().isActive();
            boolean madeDefault =
                    !changed.before().isDefault() && changed.after().isDefault();
            if (!comes && !madeDefault) {
                gained.removeAll(keys(changed.before()));
            }
            return lacking(policy, actor, gained, Target.account());
        } else if (effect instanceof Effect.AssignmentAdded added) {
            Role role = policy.role(added.assignment().role()).orElseThrow();
            return lacking(policy, actor, keys(role), added.assignment().target());
        } else if (effect instanceof Effect.TargetMoved moved) {
            Set<String> gained = new TreeSet<>();
            for (String user : policy.users()) {
                Set<String> theirs = new TreeSet<>(held(policy, user, moved.after()));
                theirs.removeAll(held(policy, user, moved.target()));
                gained.addAll(theirs);
            }
            return lacking(policy, actor, gained, moved.target());
        }
        return Set.of();
    }

    private static Set<String> lacking(Policy policy, Who actor, Set<String> given, Target place) {
        Set<String> held = actor.held(policy, place);
        Set<String> lacking = new TreeSet<>(given);
        lacking.removeAll(held);
        return held.contains(ESCALATE.key()) ? Set.of() : lacking;
    }

    private static Set<String> held(Policy policy, String user, Target place) {
        Set<String> held = new TreeSet<>();
        for (Target step : Reach.path(policy, place)) {
            policy.rolesOf(user, step).stream().filter(Role::isActive).forEach(role -> held.addAll(keys(role)));
        }
        return held;
    }

    private static Set<String> keys(Role role) {
        return new TreeSet<>(role.rights().stream().map(Permission::key).toList());
    }

    @Property(tries = 3_000)
    @Tag("P72")
    void an_actor_with_more_rights_is_never_refused_what_fewer_allow(@ForAll("choices") List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        Policy policy = policy(choices, true);
        String actor = policy.users().get(choices.next(policy.users().size()));
        List<Change> batch = batch(choices, 4);
        // what the actor holds in the team that a chat is moved into, they gain at the chat
        boolean moves = batch.stream().anyMatch(Change.MoveTarget.class::isInstance);
        Scope scope = moves ? Scope.ACCOUNT : scope(choices.next(3));
        Rights more = rights(choices, scope, true);
        Target place = target(choices, scope);
        List<Change> grow = List.of(
                Change.createRole(
                        "more",
                        scope,
                        RoleUpdate.builder().name("more").rights(more).build()),
                Change.assign(actor, "more", place));
        Policy grown = policy.apply(grow, AT).policy();

        boolean allowed = refusals(NEEDING, policy, actor, batch).isEmpty();
        boolean allowedWithMore = refusals(NEEDING, grown, actor, batch).isEmpty();
        Statistics.label("edit").collect(allowed, allowedWithMore);
        Statistics.label("edit").coverage(coverage -> {
            coverage.check(true, true).percentage(share -> share > 5);
            coverage.check(false, true).percentage(share -> share > 1);
            coverage.check(false, false).percentage(share -> share > 5);
        });
        assertThat(allowed && !allowedWithMore)
                .as("%s by %s, with %s at %s", batch, actor, more, place)
                .isFalse();
    }

    @Property(tries = 1_000)
    void a_batch_is_refused_if_its_beginning_is(@ForAll("choices") List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        Policy policy = policy(choices, true);
        String actor = "u" + choices.next(7);
        List<Change> batch = batch(choices, 6);

        List<Violation> whole = refusals(NEEDING, policy, actor, batch);
        for (int length = 0; length <= batch.size(); length++) {
            List<Violation> beginning = refusals(NEEDING, policy, actor, batch.subList(0, length));
            List<Violation> first = besidesMoves(batch, beginning);
            assertThat(besidesMoves(batch, whole).stream().limit(first.size()).toList())
                    .isEqualTo(first);
            if (batch.subList(length, batch.size()).stream().noneMatch(AdminGuardProperties::isOfTargets)) {
                assertThat(whole.stream().map(AdminGuardProperties::codeAndPath))
                        .containsAll(beginning.stream()
                                .map(AdminGuardProperties::codeAndPath)
                                .toList());
            }
        }
    }

    /** Moves are judged by where they lead to in the end. */
    private static List<Violation> besidesMoves(List<Change> batch, List<Violation> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.code() != Violation.Code.ESCALATION
                        || !isOfTargets(
                                batch.get(Integer.parseInt(refusal.path().substring("/changes/".length())))))
                .toList();
    }

    private static boolean isOfTargets(Change change) {
        return change instanceof Change.AddTarget
                || change instanceof Change.MoveTarget
                || change instanceof Change.RemoveTarget;
    }

    private static String codeAndPath(Violation violation) {
        return violation.code() + " " + violation.path();
    }
}
