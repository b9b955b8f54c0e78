package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.UnknownTargets;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Random histories of large policies: users, targets, roles and role sets fill several pages of their tables,
 * permissions several words of bits, and their numbers cross the ends of pages on the way.
 */
class LargeHistoryProperties {
    private static final int TRIES = 8;
    private static final int BATCHES = 8;
    private static final int KINDS_OF_CHANGE = 16;
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    /** One page of a table has 512 elements. */
    private static final int PAGE = 512;

    private static final List<Integer> AROUND_PAGES =
            List.of(PAGE - 1, PAGE, PAGE + 1, PAGE + 40, 2 * PAGE - 1, 2 * PAGE + 1);

    private static final List<Integer> AROUND_WORDS = List.of(63, 64, 65, 127, 128, 129, 200);
    private static final int SCOPES = 3;
    private static final int DEEPEST = 14;

    private static final List<ScopeTree> TREES = List.of(
            ScopeTree.standard(),
            ScopeTree.builder()
                    .scope("org")
                    .nestingScope("folder")
                    .scope("page")
                    .build());
    private static final PolicyRules RULES = PolicyRules.builder()
            .defaults(Scope.ACCOUNT, 0, null)
            .unknownTargets(UnknownTargets.TRUSTED)
            .build();

    private int applied;
    private int crossed;
    private int finished;

    @AfterProperty
    void pages_were_crossed() {
        if (finished == TRIES) {
            assertThat(applied).as("batches applied").isGreaterThan(TRIES * BATCHES * 3 / 4);
            assertThat(crossed).as("batches that crossed the end of a page").isGreaterThan(1);
        }
    }

    /** The scopes of a history and the names of what it has had so far, from which its changes choose. */
    private static final class Names {
        private final Choices choices;
        private final ScopeTree tree;
        private final Scope inner;
        private final Scope last;
        private int users;
        private int inners;
        private int lasts;
        private int roles;

        Names(Choices choices) {
            this.choices = choices;
            this.tree = choices.oneOf(TREES);
            this.inner = tree.scopes().get(1);
            this.last = tree.scopes().get(2);
        }

        String user() {
            return "u" + choices.below(users);
        }

        Target inner() {
            return inner(choices.below(inners));
        }

        Target inner(int number) {
            return Target.of(inner, "t" + number);
        }

        /** Returns what another inner target may lie in: the account, or one of its own scope where this nests. */
        Target aboveInner() {
            return inner.nests() && !choices.oneIn(3) ? inner() : Target.account();
        }

        Target last() {
            return last(choices.below(lasts));
        }

        Target last(int number) {
            return Target.of(last, "c" + number);
        }

        Scope scopeOf(int role) {
            return tree.scopes().get(role % SCOPES);
        }

        String roleId(int role) {
            return scopeOf(role).name() + role / SCOPES;
        }

        String role(Scope scope) {
            return scope.name() + choices.below(roles / SCOPES);
        }

        Scope scope() {
            return choices.oneOf(tree.scopes());
        }

        Target target(Scope scope) {
            return scope.isAccount() ? Target.account() : scope.equals(inner) ? inner() : last();
        }
    }

    private static Rights someRights(PermissionCatalog catalog, Choices choices) {
        List<String> keys = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            keys.add(choices.oneOf(catalog.permissions()).key());
        }
        return choices.oneIn(40) ? catalog.allRights() : catalog.rights(keys);
    }

    private static Policy start(Names names) {
        Choices choices = names.choices;
        PermissionCatalog catalog = catalog(names.tree, choices.oneOf(AROUND_WORDS));
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(catalog).rules(RULES);
        names.roles = choices.oneOf(AROUND_PAGES);
        for (int i = 0; i < names.roles; i++) {
            builder.role(Role.builder(names.roleId(i), names.scopeOf(i))
                    .name("Role")
                    .defaultRole(i < SCOPES)
                    .rights(someRights(catalog, choices))
                    .build());
        }
        int targets = choices.oneOf(AROUND_PAGES) - 1;
        names.inners = targets / 3;
        int[] depths = new int[names.inners];
        for (int i = 0; i < names.inners; i++) {
            int above = i == 0 || !names.inner.nests() ? -1 : i - 1 - choices.below(Math.min(i, 3));
            boolean isNested = above >= 0 && depths[above] < DEEPEST && !choices.oneIn(8);
            depths[i] = isNested ? depths[above] + 1 : 1;
            builder.target(names.inner(i), isNested ? names.inner(above) : Target.account());
        }
        names.lasts = targets - names.inners;
        for (int i = 0; i < names.lasts; i++) {
            if (choices.oneIn(4)) {
                builder.target(names.last(i));
            } else {
                builder.target(names.last(i), names.inner());
            }
        }
        names.users = choices.oneOf(AROUND_PAGES);
        Set<List<Object>> triples = new LinkedHashSet<>();
        for (int i = 0; i < names.users; i++) {
            for (Scope scope : names.tree.scopes()) {
                Target target = names.target(scope);
                for (int k = choices.below(3); k > 0; k--) {
                    triples.add(List.of("u" + i, names.role(scope), target));
                }
            }
        }
        triples.forEach(t -> builder.assign((String) t.get(0), (String) t.get(1), (Target) t.get(2)));
        return builder.build();
    }

    private static PermissionCatalog catalog(ScopeTree tree, int size) {
        return PermissionCatalog.builder()
                .scopes(tree)
                .group("p", IntStream.range(0, size).mapToObj(i -> "" + i).toArray(String[]::new))
                .build();
    }

    /** Returns changes of one kind or of all; some may name what was removed. */
    private static List<Change> batch(Policy policy, Names names) {
        Choices choices = names.choices;
        int size = choices.oneOf(List.of(1, 4, 40, 300));
        int kind = choices.oneIn(2) ? choices.below(KINDS_OF_CHANGE) : -1;
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            changes.add(change(kind < 0 ? choices.below(KINDS_OF_CHANGE) : kind, policy, names));
        }
        return changes;
    }

    private static Change change(int kind, Policy policy, Names names) {
        Choices choices = names.choices;
        Scope scope = names.scope();
        return switch (kind) {
            case 0, 1 -> Change.assign("u" + names.users++, names.role(scope), names.target(scope));
            case 2 -> Change.assign(names.user(), names.role(scope), names.target(scope));
            case 3 -> Change.setRoles(names.user(), names.target(scope), List.of(names.role(scope), names.role(scope)));
            case 4 -> Change.removeUser(names.user());
            case 5 -> Change.connect(names.user(), names.target(scope));
            case 6 -> Change.addTarget(names.inner(names.inners++), names.aboveInner());
            case 7 -> Change.addTarget(names.last(names.lasts++), names.inner());
            case 8 ->
                choices.oneIn(2)
                        ? Change.moveTarget(names.last(), names.inner())
                        : Change.moveTarget(names.inner(), names.aboveInner());
            case 9 -> Change.removeTarget(choices.oneIn(5) ? names.inner() : names.last());
            case 10 -> {
                int role = names.roles++;
                RoleUpdate given = RoleUpdate.builder()
                        .name("Role")
                        .rights(someRights(policy.catalog(), choices))
                        .build();
                yield Change.createRole(names.roleId(role), names.scopeOf(role), given);
            }
            case 11, 12 ->
                Change.updateRole(
                        names.role(scope),
                        RoleUpdate.builder()
                                .rights(someRights(policy.catalog(), choices))
                                .build());
            case 13 -> Change.deleteRole(names.role(scope));
            case 14 -> Change.restoreRole(names.role(scope));
            default ->
                choices.oneIn(20)
                        ? Change.assignToAll(names.role(names.tree.account()))
                        : Change.setUsers(names.role(scope), names.target(scope), List.of(names.user(), names.user()));
        };
    }

    /** Applies what can be applied of a batch: changes that are refused are left out. */
    private static Policy applied(Policy policy, List<Change> batch) {
        List<Change> rest = new ArrayList<>(batch);
        while (!rest.isEmpty()) {
            try {
                return policy.apply(rest, AT).policy();
            } catch (PolicyViolationException e) {
                Set<Integer> refused = new HashSet<>();
                for (Violation violation : e.violations()) {
                    refused.add(Integer.valueOf(violation.path().split("/", -1)[2]));
                }
                List<Change> accepted = new ArrayList<>();
                for (int i = 0; i < rest.size(); i++) {
                    if (!refused.contains(i)) {
                        accepted.add(rest.get(i));
                    }
                }
                rest = accepted;
            }
        }
        return policy;
    }

    private static boolean crossesPage(Policy before, Policy after) {
        return pages(before.table().users()) != pages(after.table().users())
                || pages(before.table().targets()) != pages(after.table().targets())
                || pages(before.table().roles()) != pages(after.table().roles())
                || pages(before.table().roleSets()) != pages(after.table().roleSets());
    }

    private static int pages(int size) {
        return (size + PAGE - 1) / PAGE;
    }

    @Property(tries = TRIES)
    @Tag("P52")
    @Tag("P37")
    void a_matrix_updated_across_pages_answers_as_its_policy_compiled(@ForAll long seed) {
        Names names = new Names(Choices.seeded(seed));
        Policy policy = start(names);
        PermissionMatrix updated = PermissionMatrix.compile(policy);
        PermissionMatrix older = updated;
        for (int i = 0; i < BATCHES; i++) {
            Policy next = applied(policy, batch(policy, names));
            applied += next.revision() > policy.revision() ? 1 : 0;
            crossed += crossesPage(policy, next) ? 1 : 0;
            policy = next;
            updated = updated.updatedTo(policy);
            PermissionMatrix compiled = PermissionMatrix.compile(policy);
            assertSameAnswers(updated, compiled, names);
            assertSameAnswers(older.updatedTo(policy), compiled, names);
            assertSameAnswers(updated.updatedTo(older.policy()), older, names);
            older = i % 3 == 0 ? updated : older;
        }
        if (names.choices.oneIn(4)) {
            PolicyInvariants.check(policy);
        }
        Policy rebuilt = PolicyConverter.policy(PolicyConverter.plain(policy), policy.catalog());
        assertThat(policy).isEqualTo(rebuilt);
        assertSameAnswers(updated, PermissionMatrix.compile(rebuilt), names);
        finished++;
    }

    /** Compares all that users have at the account and at the targets where they hold a role, and at some others. */
    private static void assertSameAnswers(PermissionMatrix matrix, PermissionMatrix expected, Names names) {
        for (String user : expected.policy().users()) {
            Set<Target> targets = new LinkedHashSet<>(List.of(Target.account()));
            expected.policy().rolesOf(user).forEach(assignment -> targets.add(assignment.target()));
            targets.add(names.inner());
            targets.add(names.last());
            targets.add(names.last().in(names.inner()));
            for (Target target : targets) {
                Rights rights = expected.rightsOf(user, target);
                if (!matrix.rightsOf(user, target).equals(rights)) {
                    throw new AssertionError("expected " + user + " to have " + rights + " at " + target
                            + ", but found " + matrix.rightsOf(user, target));
                }
                String key = names.choices
                        .oneOf(expected.policy().catalog().permissions())
                        .key();
                assertThat(matrix.hasPermission(user, key, target)).isEqualTo(rights.contains(key));
            }
        }
    }

    @Example
    @Tag("P52")
    @Tag("P76")
    void the_last_role_up_to_the_limit_is_itself_and_one_more_is_refused() {
        PermissionCatalog catalog = catalog(ScopeTree.standard(), 3);
        Policy.Builder builder =
                Policy.builder().account("acme").catalog(catalog).rules(RULES);
        for (int i = 0; i < Policy.MAX_ROLES - 1; i++) {
            builder.role(Role.builder("r" + i, Scope.ACCOUNT)
                    .name("Role")
                    .rights(catalog.rights("p:0"))
                    .build());
        }
        Policy before = builder.assign("u0", "r0", Target.account()).build();
        RoleUpdate given =
                RoleUpdate.builder().name("Last").rights(catalog.rights("p:1")).build();
        Change last = Change.createRole("last", Scope.ACCOUNT, given);
        Change more = Change.createRole("more", Scope.ACCOUNT, given);
        Change assign = Change.assign("u1", "last", Target.account());
        Policy full = before.apply(List.of(last, assign), AT).policy();
        PermissionMatrix matrix = PermissionMatrix.compile(before).updatedTo(full);
        assertThat(matrix.rightsOf("u0", Target.account())).isEqualTo(catalog.rights("p:0"));
        assertThat(matrix.rightsOf("u1", Target.account())).isEqualTo(catalog.rights("p:1"));
        assertRefused(full, more);
        assertRefused(before, last, more);
        Policy swapped = full.apply(List.of(Change.deleteRole("r7"), Change.purgeRole("r7"), more), AT)
                .policy();
        assertThat(swapped.roles()).hasSize(Policy.MAX_ROLES);
        assertThat(matrix.updatedTo(swapped).rightsOf("u0", Target.account())).isEqualTo(catalog.rights("p:0"));
    }

    private static void assertRefused(Policy policy, Change... changes) {
        assertThatThrownBy(() -> policy.apply(List.of(changes), AT))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessage("LIMIT_EXCEEDED at /changes: there would be more than 65536 roles");
    }
}
