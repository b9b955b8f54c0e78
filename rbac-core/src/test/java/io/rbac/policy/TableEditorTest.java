package io.rbac.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table in the middle of an edit, and after it, held against plain sets. */
class TableEditorTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.empty();

    /** Of which paths get as long as they may. */
    private static final ScopeTree NESTING = ScopeTree.builder()
            .scope("org")
            .nestingScope("area")
            .nestingScope("folder")
            .scope("page")
            .nestingScope("part")
            .build();

    private static final PolicyRules RULES = PolicyRules.builder()
            .defaults(Scope.ACCOUNT, 0, null)
            .deletion(PolicyRules.Deletion.DELETE)
            .build();

    private static Policy.Builder policy() {
        return policy(CATALOG);
    }

    private static Policy.Builder policy(PermissionCatalog catalog) {
        return Policy.builder().account("acme").catalog(catalog).rules(RULES);
    }

    private static ScopeTree tree(long seed) {
        return seed % 2 == 0 ? ScopeTree.standard() : NESTING;
    }

    private static Role role(String id, Scope scope) {
        return Role.builder(id, scope).name(id).build();
    }

    /** What an editor holds, as sets; and the editor, which does the same. */
    private static final class Model {

        private static final int USERS = 12;

        private final SplittableRandom random;
        private final ScopeTree tree;
        private final PermissionCatalog catalog;
        private final TableEditor editor;
        private final Map<String, Role> roles = new TreeMap<>();
        private final Map<Target, Target> parents = new TreeMap<>(Comparator.comparing(Target::toString));
        private final Set<Assignment> assignments = new HashSet<>();

        Model(ScopeTree tree, long seed) {
            this.tree = tree;
            this.random = new SplittableRandom(seed);
            this.catalog = PermissionCatalog.builder().scopes(tree).build();
            this.editor = new TableEditor(policy(catalog).build().table());
        }

        void step() {
            String user = "u" + random.nextInt(USERS);
            switch (random.nextInt(16)) {
                case 0 -> toggleRole("r" + random.nextInt(9));
                case 1, 2 -> toggleTarget(anyTarget());
                case 3 -> moveTarget(anyTarget());
                case 4 -> {
                    assignments.removeIf(a -> a.user().equals(user));
                    editor.removeUser(user);
                }
                case 5, 6 -> setRoles(user);
                case 7 -> assignToAll();
                case 8 -> discardOrRestore("r" + random.nextInt(9));
                case 9, 10, 11 -> assign(user, false);
                default -> assign(user, true);
            }
        }

        private void toggleRole(String id) {
            if (roles.remove(id) == null) {
                Role added = role(id, any(tree.scopes())).toBuilder()
                        .defaultRole(random.nextBoolean())
                        .build();
                roles.put(id, added);
                editor.addRole(added);
            } else {
                assignments.removeIf(a -> a.role().equals(id));
                editor.removeRole(id);
            }
        }

        private void discardOrRestore(String id) {
            Role old = roles.get(id);
            if (old != null) {
                Role replaced = old.toBuilder()
                        .discardedAt(old.isActive() ? Instant.EPOCH : null)
                        .build();
                roles.put(id, replaced);
                editor.replaceRole(replaced);
            }
        }

        private void toggleTarget(Target target) {
            if (parents.containsKey(target)) {
                remove(target);
                editor.removeTarget(requireNonNull(editor.target(target)));
            } else {
                Target parent = any(possibleParents(target));
                parents.put(target, parent);
                editor.addTarget(target, requireNonNull(editor.target(parent)));
            }
        }

        private void remove(Target target) {
            List.copyOf(parents.keySet()).stream()
                    .filter(child -> target.equals(parents.get(child)))
                    .forEach(this::remove);
            parents.remove(target);
            assignments.removeIf(a -> a.target().equals(target));
        }

        private void moveTarget(Target target) {
            if (parents.containsKey(target)) {
                Target parent = any(possibleParents(target));
                parents.put(target, parent);
                editor.moveTarget(requireNonNull(editor.target(target)), requireNonNull(editor.target(parent)));
            }
        }

        private Target anyTarget() {
            Scope scope = tree.scopes().get(1 + random.nextInt(tree.scopes().size() - 1));
            return Target.of(scope, "t" + random.nextInt(5));
        }

        /** What a target can lie in, with all that lies in it. */
        private List<Target> possibleParents(Target target) {
            List<Target> possible = new ArrayList<>();
            for (Target parent : targets()) {
                List<Target> path = path(parent);
                if (target.scope().canLieIn(parent.scope())
                        && !path.contains(target)
                        && path.size() + height(target) <= ScopeTree.MAX_PATH) {
                    possible.add(parent);
                }
            }
            return possible;
        }

        private List<Target> path(Target target) {
            List<Target> path = new ArrayList<>();
            for (Target next = target; !next.isAccount(); next = parents.get(next)) {
                path.add(next);
            }
            path.add(Target.account());
            return path;
        }

        private int height(Target target) {
            return 1
                    + parents.keySet().stream()
                            .filter(child -> target.equals(parents.get(child)))
                            .mapToInt(this::height)
                            .max()
                            .orElse(0);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private List<Target> targets() {
            List<Target> targets = new ArrayList<>(List.of(Target.account()));
            targets.addAll(parents.keySet());
            return targets;
        }

        private List<Target> targets(Scope scope) {
            return targets().stream()
                    .filter(target -> target.scope().equals(scope))
                    .toList();
        }

        private void assign(String user, boolean given) {
            if (roles.isEmpty()) {
                return;
            }
            Role role = any(List.copyOf(roles.values()));
            if (targets(role.scope()).isEmpty()) {
                return;
            }
            Target target = any(targets(role.scope()));
            RoleEntry entry = requireNonNull(editor.role(role.id()));
            Assignment assignment = new Assignment(user, role.id(), target);
            if (given) {
                assignments.add(assignment);
                editor.assign(user, entry, target);
            } else {
                assignments.remove(assignment);
                editor.unassign(user, entry, target);
            }
        }

        private void setRoles(String user) {
            Scope scope = any(tree.scopes());
            if (targets(scope).isEmpty()) {
                return;
            }
            Target target = any(targets(scope));
            List<RoleEntry> wanted = roles.values().stream()
                    .filter(role -> role.scope().equals(scope) && random.nextBoolean())
                    .map(role -> requireNonNull(editor.role(role.id())))
                    .toList();
            assignments.removeIf(a -> a.user().equals(user) && a.target().equals(target));
            wanted.forEach(
                    entry -> assignments.add(new Assignment(user, entry.role().id(), target)));
            editor.setRoles(user, target, wanted);
        }

        private void assignToAll() {
            List<Role> ofAccount =
                    roles.values().stream().filter(r -> r.scope().isAccount()).toList();
            if (!ofAccount.isEmpty()) {
                Role role = any(ofAccount);
                users().forEach(user -> assignments.add(new Assignment(user, role.id(), Target.account())));
                editor.assignToAll(requireNonNull(editor.role(role.id())));
            }
        }

        private Set<String> users() {
            return assignments.stream().map(Assignment::user).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whatever is asked in the middle of an edit is answered from what was written so far. */
        void assertReads() {
            for (Scope scope : tree.scopes()) {
                assertThat(editor.defaults(scope).stream().map(RoleEntry::role))
                        .containsExactlyInAnyOrderElementsOf(roles.values().stream()
                                .filter(role -> role.scope().equals(scope) && role.isDefault() && role.isActive())
                                .toList());
                assertThat(editor.defaultCount(scope))
                        .isEqualTo(editor.defaults(scope).size());
                for (Target target : targets(scope)) {
                    assertReadsAt(target);
                }
            }
            assertThat(editor.roleEntries().stream().map(RoleEntry::role))
                    .containsExactlyInAnyOrderElementsOf(roles.values());
            assertThat(editor.countAt("u0", Target.team("gone"))).isZero();
            assertThat(editor.role("gone")).isNull();
        }

        private void assertReadsAt(Target target) {
            for (Role role : roles.values()) {
                int ordinal = requireNonNull(editor.role(role.id())).ordinal();
                assertThat(editor.usersAt(target, ordinal))
                        .containsExactlyInAnyOrderElementsOf(assignments.stream()
                                .filter(a ->
                                        a.target().equals(target) && a.role().equals(role.id()))
                                .map(Assignment::user)
                                .toList());
            }
            for (int i = 0; i < USERS; i++) {
                String user = "u" + i;
                List<Role> held = assignments.stream()
                        .filter(a -> a.user().equals(user) && a.target().equals(target))
                        .map(a -> roles.get(a.role()))
                        .toList();
                assertThat(editor.countAt(user, target)).isEqualTo(held.size());
                assertThat(editor.holdsActive(user, target))
                        .isEqualTo(held.stream().anyMatch(Role::isActive));
            }
        }

        Policy built() {
            Policy.Builder builder = policy(catalog);
            roles.values().forEach(builder::role);
            parents.forEach(builder::target);
            assignments.forEach(a -> builder.assign(a.user(), a.role(), a.target()));
            return builder.build();
        }

        Policy sealed() {
            return new Policy("acme", Version.UNCOMMITTED, catalog, RULES, editor.seal(), true);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 5", "5, 20", "6, 100", "7, 100", "8, 1000"})
    @Tag("P52")
    void an_edited_table_equals_one_compiled_from_plain_sets(long seed, int stepsBeforeSeal) {
        Model model = new Model(tree(seed), seed);
        for (int step = 1; step <= 1_000; step++) {
            model.step();
            if (step % 20 == 0) {
                model.assertReads();
            }
            if (step % stepsBeforeSeal == 0) {
                Policy sealed = model.sealed();
                if (step % 20 == 0) {
                    Rebuilt.assertLike(sealed, model.built());
                }
            }
        }
        Rebuilt.assertLike(model.sealed(), model.built());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void what_is_held_is_the_same_whenever_it_is_settled(long seed) {
        Model model = new Model(tree(seed), seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 1_000; step++) {
            model.step();
            if (random.nextInt(7) == 0) {
                model.editor.settle();
            }
            if (step % 25 == 0) {
                model.assertReads();
            }
        }
        Rebuilt.assertLike(model.sealed(), model.built());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void what_is_written_after_seal_never_reaches_the_sealed_table(long seed) {
        Model model = new Model(tree(seed), seed);
        List<Policy> sealed = new ArrayList<>();
        List<Policy> expected = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            for (int step = 0; step < 30; step++) {
                model.step();
            }
            sealed.add(model.sealed());
            expected.add(model.built());
        }
        for (int i = 0; i < sealed.size(); i++) {
            Rebuilt.assertLike(sealed.get(i), expected.get(i));
        }
    }

    @Test
    void a_new_user_takes_the_ordinal_of_one_who_left_in_the_same_edit_and_is_listed_where_that_one_was() {
        Policy before = policy().role(role("member", Scope.ACCOUNT))
                .assign("ada", "member", Target.account())
                .build();
        for (List<Change> changes : List.of(
                List.of(Change.assign("eve", "member", Target.account()), Change.removeUser("ada")),
                List.of(Change.removeUser("ada"), Change.assign("eve", "member", Target.account())))) {
            Policy after = before.apply(changes, Instant.EPOCH).policy();

            assertThat(after.table().user("eve")).isEqualTo(before.table().user("ada"));
            assertThat(after.usersAt(Target.account())).containsExactly("eve");
            assertThat(after.usersOf("member")).containsExactly("eve");
            Rebuilt.assertLike(after, Rebuilt.of(after));
        }
    }

    /** A batch that gives one user many roles makes one role set of them. */
    @Test
    void roles_that_are_given_one_by_one_make_one_role_set() {
        Policy.Builder builder = policy().team("t");
        IntStream.range(0, 300).forEach(i -> builder.role(role("r" + i, Scope.TEAM)));
        Policy before = builder.build();
        List<Change> changes = IntStream.range(0, 300)
                .mapToObj(i -> Change.assign("u", "r" + i, Target.team("t")))
                .toList();
        Policy after = before.apply(changes, Instant.EPOCH).policy();

        assertThat(after.table().roleSets()).isEqualTo(2);
        assertThat(after.table().size(1)).isEqualTo(300);
        Rebuilt.assertLike(after, Rebuilt.of(after));
    }

    /** As many roles as there may be, of which u holds the first, and v the last. */
    private static Policy full() {
        Policy.Builder builder = policy().team("t");
        IntStream.range(0, Policy.MAX_ROLES).forEach(i -> builder.role(role("r" + i, Scope.TEAM)));
        return builder.assign("u", "r0", Target.team("t"))
                .assign("v", "r" + (Policy.MAX_ROLES - 1), Target.team("t"))
                .build();
    }

    private static Change create(String id) {
        return Change.createRole(id, Scope.TEAM, RoleUpdate.builder().name(id).build());
    }

    @Test
    void where_no_other_ordinal_is_left_a_role_takes_that_of_one_removed_before_and_nothing_that_it_granted() {
        Policy full = full();
        Policy after = full.apply(
                        List.of(
                                Change.assign("w", "r0", Target.team("t")),
                                Change.assign("w", "r1", Target.team("t")),
                                Change.deleteRole("r0"),
                                create("new"),
                                Change.assign("x", "new", Target.team("t"))),
                        Instant.EPOCH)
                .policy();

        assertThat(after.table().role("new")).isEqualTo(full.table().role("r0"));
        assertThat(after.usersOf("new")).containsExactly("x");
        assertThat(after.rolesOf("u")).isEmpty();
        assertThat(after.rolesOf("v")).isEqualTo(full.rolesOf("v"));
        assertThat(after.rolesOf("w")).containsExactly(new Assignment("w", "r1", Target.team("t")));
        Rebuilt.assertLike(after, Rebuilt.of(after));
    }

    @Test
    void there_is_no_role_beyond_the_most() {
        Policy full = full();
        String message = "LIMIT_EXCEEDED at /changes: there would be more than 65536 roles";

        for (List<Change> changes : List.of(
                List.of(create("one too many")),
                List.of(Change.deleteRole("r0"), create("new"), create("one too many")))) {
            assertThat(catchThrowableOfType(PolicyViolationException.class, () -> full.apply(changes, Instant.EPOCH)))
                    .hasMessage(message);
        }
        assertThat(full.apply(List.of(Change.deleteRole("r0")), Instant.EPOCH)
                        .policy()
                        .apply(List.of(create("new")), Instant.EPOCH)
                        .policy()
                        .roles())
                .hasSize(Policy.MAX_ROLES);
    }
}
