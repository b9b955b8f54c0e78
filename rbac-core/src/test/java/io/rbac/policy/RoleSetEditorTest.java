package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.table.IdTable;
import io.rbac.table.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Role sets in the middle of an edit, held against plain counts. */
class RoleSetEditorTest {

    private static RoleSetEditor editor() {
        return new RoleSetEditor(Policy.builder()
                .account("acme")
                .catalog(PermissionCatalog.empty())
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build())
                .build()
                .table());
    }

    private static SortedSet<Integer> roles(int... ordinals) {
        SortedSet<Integer> roles = new TreeSet<>();
        for (int ordinal : ordinals) {
            roles.add(ordinal);
        }
        return roles;
    }

    private static SortedSet<Integer> rolesOf(RoleSet set) {
        SortedSet<Integer> roles = new TreeSet<>();
        for (int i = 0; i < set.size(); i++) {
            roles.add(set.role(i));
        }
        return roles;
    }

    @Test
    void the_same_roles_have_one_number_and_no_roles_have_zero() {
        RoleSetEditor editor = editor();
        int first = editor.intern(roles(1, 2));
        int second = editor.intern(roles(1));

        assertThat(editor.intern(roles())).isZero();
        assertThat(first).isPositive();
        assertThat(second).isPositive().isNotEqualTo(first);
        assertThat(editor.intern(roles(2, 1))).isEqualTo(first);
        assertThat(editor.get(first).uses()).isEqualTo(2);
        assertThat(editor.get(second).uses()).isEqualTo(1);
        assertThat(rolesOf(editor.get(0))).isEmpty();
    }

    @Test
    void a_set_is_kept_as_long_as_it_is_used() {
        RoleSetEditor editor = editor();
        int number = editor.intern(roles(7, 65_535));
        editor.intern(roles(7, 65_535));

        editor.release(editor.get(number));
        assertThat(editor.get(number).uses()).isEqualTo(1);
        assertThat(editor.intern(roles(8))).isNotEqualTo(number);
        editor.release(editor.get(number));
        assertThat(editor.intern(roles(9)))
                .as("the number of a set that went is given again")
                .isEqualTo(number);
        assertThat(rolesOf(editor.get(number))).isEqualTo(roles(9));
        assertThat(editor.intern(roles(7, 65_535))).isNotEqualTo(number);
    }

    @Test
    void releasing_the_empty_set_changes_nothing() {
        RoleSetEditor editor = editor();
        editor.release(RoleSet.EMPTY);
        editor.release(RoleSet.EMPTY);

        assertThat(editor.intern(roles())).isZero();
        assertThat(editor.moreBytes()).isZero();
        assertThat(editor.sealFree()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sets_are_used_as_often_as_they_were_interned_and_not_released(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoleSetEditor editor = editor();
        Map<SortedSet<Integer>, Integer> uses = new HashMap<>();
        List<Integer> held = new ArrayList<>();
        List<Runnable> sealed = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            if (random.nextInt(1_000) < (step / 1_000 % 2 == 0 ? 700 : 300)) {
                SortedSet<Integer> roles = roles(random.nextInt(12), random.nextInt(12), 60_000 + random.nextInt(3));
                held.add(editor.intern(roles));
                uses.merge(roles, 1, Integer::sum);
            } else if (!held.isEmpty()) {
                RoleSet released = editor.get(held.remove(random.nextInt(held.size())));
                uses.merge(rolesOf(released), -1, (a, b) -> a + b == 0 ? null : a + b);
                editor.release(released);
            }
            if (step % 500 == 0) {
                Map<SortedSet<Integer>, Integer> then = new HashMap<>(uses);
                IdTable<RoleSet> byText = editor.sealByText();
                Pages<@Nullable RoleSet> byNumber = editor.sealByNumber();
                long bytes = editor.moreBytes();
                sealed.add(() -> assertHolds(byText, byNumber, bytes, then));
            }
        }
        sealed.forEach(Runnable::run);
    }

    private static void assertHolds(
            IdTable<RoleSet> byText,
            Pages<@Nullable RoleSet> byNumber,
            long bytes,
            Map<SortedSet<Integer>, Integer> uses) {
        assertThat(byText.size()).isEqualTo(uses.size());
        Map<SortedSet<Integer>, Integer> found = new HashMap<>();
        long expectedBytes = 0;
        for (int number = 1; number < byNumber.size(); number++) {
            RoleSet set = byNumber.get(number);
            if (set != null) {
                assertThat(set.number()).isEqualTo(number);
                assertThat(byText.get(set.text())).isSameAs(set);
                found.put(rolesOf(set), set.uses());
                expectedBytes += PolicyTable.roleSetBytes(set);
            }
        }
        assertThat(found).isEqualTo(uses);
        assertThat(bytes).isEqualTo(expectedBytes);
    }
}
