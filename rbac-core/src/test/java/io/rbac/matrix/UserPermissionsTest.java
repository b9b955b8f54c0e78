package io.rbac.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Folders;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPermissionsTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "create", "read", "update", "delete")
            .group("message", Set.of(Scope.CHAT), "create", "read")
            .build();
    private static final PermissionCatalog OTHER = PermissionCatalog.builder()
            .group("x", "a", "b")
            .group("user", "update", "read", "fly")
            .build();
    private static final Permission UPDATE = CATALOG.permission("user:update");
    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");
    private static final Target C1 = Target.chat("c-1");
    private static final Target C42 = Target.chat("c-42");
    private static final Target NOWHERE = Target.chat("nowhere");

    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(Policy.builder()
            .account("acme")
            .revision(7)
            .catalog(CATALOG)
            .role(Role.builder("member", Scope.ACCOUNT)
                    .name("Member")
                    .defaultRole(true)
                    .rights(CATALOG.rights("user:read"))
                    .build())
            .role(Role.builder("lead", Scope.TEAM)
                    .name("Team lead")
                    .rights(CATALOG.rights("user:update"))
                    .build())
            .role(Role.builder("writer", Scope.CHAT)
                    .name("Writer")
                    .rights(CATALOG.rights("message:create"))
                    .build())
            .team("sales")
            .team("support")
            .chat("c-1")
            .chat("c-42", "support")
            .assign("ada", "member", ACCOUNT)
            .assign("bob", "lead", SUPPORT)
            .assign("bob", "writer", C42)
            .build());

    private static final List<Target> TARGETS =
            List.of(ACCOUNT, SUPPORT, C1, C42, NOWHERE, C42.inTeam("support"), C42.inTeam("sales"));

    @Test
    @Tag("S6")
    void the_example_of_the_rule_is_answered() {
        UserPermissions bob = MATRIX.user("bob");
        assertThat(bob.has("user:update", C42)).isTrue();
        assertThat(bob.has("user:update", ACCOUNT)).isFalse();
        assertThat(bob.filter("user:update", List.of(C42, C1, SUPPORT, C42))).containsExactly(C42, SUPPORT, C42);
    }

    @Test
    @Tag("P79")
    void every_answer_is_that_of_the_matrix() {
        int allowed = 0;
        for (String user : List.of("ada", "bob", "nobody")) {
            UserPermissions permissions = MATRIX.user(user);
            assertThat(permissions.id()).isEqualTo(user);
            for (Permission permission : CATALOG.permissions()) {
                List<Target> expected = TARGETS.stream()
                        .filter(target -> MATRIX.hasPermission(user, permission, target))
                        .toList();
                allowed += expected.size();
                assertThat(permissions.filter(permission, TARGETS)).isEqualTo(expected);
                assertThat(permissions.filter(permission.key(), TARGETS)).isEqualTo(expected);
                for (Target target : TARGETS) {
                    assertThat(permissions.has(permission, target)).isEqualTo(expected.contains(target));
                    assertThat(permissions.has(permission.key(), target)).isEqualTo(expected.contains(target));
                }
            }
            for (Target target : TARGETS) {
                Rights held = MATRIX.rightsOf(user, target);
                assertThat(permissions.rightsAt(target)).isEqualTo(held);
                for (long bits = 1; bits < 1 << CATALOG.size(); bits++) {
                    Rights asked = Rights.valueOf(CATALOG, new long[] {bits});
                    assertThat(permissions.hasAny(asked, target)).isEqualTo(held.intersects(asked));
                    assertThat(permissions.hasAll(asked, target)).isEqualTo(held.containsAll(asked));
                }
            }
        }
        assertThat(allowed).isEqualTo(5 + 3 + 2);
    }

    @Test
    @Tag("P79")
    void commits_change_nothing() {
        UserPermissions bob = MATRIX.user("bob");
        List<Change> changes = List.of(
                Change.moveChat("c-42", "sales"), Change.unassign("bob", "lead", SUPPORT), Change.deleteRole("writer"));
        PermissionMatrix updated =
                MATRIX.updatedTo(MATRIX.policy().apply(changes, Instant.EPOCH).policy());
        assertThat(updated.user("bob").rightsAt(C42)).isEmpty();
        assertThat(bob.rightsAt(C42)).isEqualTo(CATALOG.rights("user:update", "message:create"));
        assertThat(bob).hasToString("UserPermissions of bob in acme at revision 7");
        assertThat(updated.user("eve")).hasToString("UserPermissions of eve in acme at revision 8");
    }

    @Test
    @Tag("B45")
    void an_unknown_user_is_denied_everything() {
        UserPermissions nobody = MATRIX.user("nobody");
        for (Target target : TARGETS) {
            assertThat(nobody.hasAny(CATALOG.allRights(), target)).isFalse();
            assertThat(nobody.hasAll(CATALOG.rights("user:read"), target)).isFalse();
            assertThat(nobody.rightsAt(target)).isEmpty();
        }
        assertThat(nobody.filter("user:read", TARGETS)).isEmpty();
        assertThat(nobody.restrictedTo(CATALOG.allRights()).hasAny(CATALOG.allRights(), ACCOUNT))
                .isFalse();
    }

    @Test
    @Tag("B53")
    void a_permission_of_another_catalog_is_asked_for_by_its_key_never_by_its_number() {
        UserPermissions ada = MATRIX.user("ada");
        for (Permission permission : OTHER.permissions()) {
            boolean expected = permission.key().equals("user:read");
            assertThat(ada.has(permission, C1)).as(permission.key()).isEqualTo(expected);
            assertThat(ada.filter(permission, List.of(C1))).hasSize(expected ? 1 : 0);
            assertThat(ada.hasAny(OTHER.rights(permission.key()), C1)).isEqualTo(expected);
            assertThat(ada.hasAll(OTHER.rights(permission.key()), C1)).isEqualTo(expected);
        }
        assertThat(ada.hasAny(OTHER.rights("x:a", "user:read"), ACCOUNT)).isTrue();
        assertThat(ada.hasAll(OTHER.rights("x:a", "user:read"), ACCOUNT)).isFalse();
        UserPermissions restricted = ada.restrictedTo(OTHER.rights("user:read", "x:b"));
        assertThat(restricted.rightsAt(C1)).isEqualTo(CATALOG.rights("user:read"));
        assertThat(ada.restrictedTo(OTHER.rights("user:update", "x:a", "x:b")).rightsAt(C1))
                .isEmpty();
    }

    @Test
    void restrictions_cut_every_answer_one_after_the_other() {
        UserPermissions bob = MATRIX.user("bob");
        Rights first = CATALOG.rights("user:update", "user:read");
        for (long bits = 0; bits < 1 << CATALOG.size(); bits++) {
            Rights cut = Rights.valueOf(CATALOG, new long[] {bits});
            UserPermissions restricted = bob.restrictedTo(first).restrictedTo(cut);
            Rights expected = MATRIX.rightsOf("bob", C42).intersect(first).intersect(cut);
            assertThat(restricted.rightsAt(C42)).isEqualTo(expected);
            for (Permission permission : CATALOG.permissions()) {
                Rights two = CATALOG.rights(permission.key(), "message:create");
                assertThat(restricted.has(permission, C42)).isEqualTo(expected.contains(permission));
                assertThat(restricted.has(permission.key(), C42)).isEqualTo(expected.contains(permission));
                assertThat(restricted.filter(permission, List.of(C42))).hasSize(expected.contains(permission) ? 1 : 0);
                assertThat(restricted.hasAny(two, C42)).isEqualTo(expected.intersects(two));
                assertThat(restricted.hasAll(two, C42)).isEqualTo(expected.containsAll(two));
            }
        }
        assertThat(bob.restrictedTo(CATALOG.rights("user:read", "user:update"))
                        .restrictedTo(CATALOG.rights("user:update")))
                .hasToString("UserPermissions of bob in acme at revision 7 restricted to [user:update]");
    }

    /** More permissions than a word has bits, on a path of three targets and on a longer one. */
    @Test
    @Tag("P15")
    void many_permissions_are_answered_whichever_word_they_are_in() {
        PermissionCatalog many = PermissionCatalog.builder()
                .scopes(Folders.TREE)
                .group("p", IntStream.range(0, 200).mapToObj(i -> "a" + i).toArray(String[]::new))
                .build();
        Policy.Builder builder =
                Folders.withChain(Policy.builder().account("acme").catalog(many).rules(Folders.RULES), 9);
        for (int i = 0; i < 10; i++) {
            int first = i;
            Rights rights = many.rights(IntStream.range(0, 200)
                    .filter(number -> number % 10 == first || number / 20 == first)
                    .mapToObj(number -> "p:a" + number)
                    .toList());
            builder.role(Role.builder("r" + i, i == 0 ? Folders.TREE.account() : Folders.FOLDER)
                            .name("r" + i)
                            .rights(rights)
                            .build())
                    .assign("bob", "r" + i, Folders.folder(i));
        }
        PermissionMatrix matrix = PermissionMatrix.compile(builder.build());
        UserPermissions bob = matrix.user("bob");
        Random random = new Random(5);
        int anyOfFew = 0;
        for (int i = 0; i < 1_000; i++) {
            Target target = Folders.folder(random.nextInt(10));
            Rights held = bob.rightsAt(target);
            int oneIn = 1 + random.nextInt(199);
            Rights few = Rights.valueOf(many, words(random, oneIn));
            Rights all = random.nextBoolean() ? held : held.intersect(Rights.valueOf(many, words(random, 2)));
            Rights tooMany = all.union(many.rights("p:a" + random.nextInt(200)));
            for (Rights asked : List.of(few, all, tooMany)) {
                if (!asked.isEmpty()) {
                    assertThat(bob.hasAny(asked, target)).isEqualTo(held.intersects(asked));
                    assertThat(bob.hasAll(asked, target)).isEqualTo(held.containsAll(asked));
                    assertThat(matrix.hasAny("bob", asked, target)).isEqualTo(held.intersects(asked));
                    assertThat(matrix.hasAll("bob", asked, target)).isEqualTo(held.containsAll(asked));
                }
            }
            anyOfFew += held.intersects(few) ? 1 : 0;
        }
        assertThat(anyOfFew).isBetween(300, 900);
    }

    private static long[] words(Random random, int oneIn) {
        long[] words = new long[4];
        for (int number = 0; number < 200; number++) {
            words[number / 64] |= random.nextInt(oneIn) == 0 ? 1L << number : 0;
        }
        return words;
    }

    @Test
    @Tag("B49")
    void asking_for_nothing_grants_nothing() {
        for (UserPermissions user : List.of(MATRIX.user("bob"), MATRIX.user("nobody"))) {
            for (Rights none : List.of(Rights.none(), CATALOG.noRights())) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> user.hasAny(none, C42))
                        .withMessage("no permission is given: expected at least one");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> user.hasAll(none, C42))
                        .withMessage("no permission is given: expected at least one");
            }
        }
        assertThat(MATRIX.policy().table().allOnPath("bob", C42, (set, word) -> -1, CATALOG.noRights()))
                .isFalse();
    }

    @Test
    @Tag("B48")
    void null_is_never_an_answer() {
        Rights rights = CATALOG.rights("user:read", "user:delete");
        List<ThrowingCallable> calls = new ArrayList<>(List.of(() -> MATRIX.user(null)));
        for (String id : List.of("bob", "nobody")) {
            for (UserPermissions user :
                    List.of(MATRIX.user(id), MATRIX.user(id).restrictedTo(CATALOG.rights("user:create")))) {
                calls.addAll(List.of(
                        () -> user.has((String) null, C42),
                        () -> user.has((Permission) null, C42),
                        () -> user.has("user:read", null),
                        () -> user.has("user:fly", null),
                        () -> user.has(UPDATE, null),
                        () -> user.hasAny(null, C42),
                        () -> user.hasAll(null, C42),
                        () -> user.hasAny(rights, null),
                        () -> user.hasAll(rights, null),
                        () -> user.hasAny(OTHER.allRights(), null),
                        () -> user.hasAll(OTHER.allRights(), null),
                        () -> user.rightsAt((Target) null),
                        () -> user.restrictedTo(null)));
                for (List<Target> targets :
                        Arrays.asList(null, Arrays.asList(C42, null), Collections.singletonList((Target) null))) {
                    calls.add(() -> user.rightsAt(targets));
                    calls.add(() -> user.filter("user:read", targets));
                    calls.add(() -> user.filter("user:fly", targets));
                    calls.add(() -> user.filter(UPDATE, targets));
                }
                calls.add(() -> user.filter((String) null, List.of()));
                calls.add(() -> user.filter((Permission) null, List.of()));
            }
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThatNullPointerException().as("call %d", i).isThrownBy(calls.get(i));
        }
    }

    // filter

    @Test
    void a_filtered_list_is_unmodifiable_and_keeps_the_targets_as_they_are() {
        List<Target> asked = new ArrayList<>(List.of(C42.inTeam("support"), C42, C42));
        List<Target> kept = MATRIX.user("bob").filter(UPDATE, asked);
        asked.clear();
        assertThat(kept).containsExactly(C42.inTeam("support"), C42, C42).isUnmodifiable();
        assertThat(MATRIX.user("bob").filter(UPDATE, List.of())).isEmpty();
        assertThat(MATRIX.user("bob").filter("user:fly", List.of(C42))).isUnmodifiable();
    }

    @Test
    @Tag("B59")
    @Tag("P57")
    void a_million_targets_are_answered_one_by_one() {
        List<Target> asked = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            asked.add(TARGETS.get(i % TARGETS.size()));
        }
        List<Target> kept = MATRIX.user("bob").filter(UPDATE, asked);
        List<Target> expected = asked.stream()
                .filter(target -> MATRIX.hasPermission("bob", UPDATE, target))
                .toList();
        assertThat(kept.equals(expected)).isTrue();
        assertThat(kept).hasSizeGreaterThan(400_000);
    }

    /** So many targets that what is known of them is fetched ahead. */
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 1_000})
    @Tag("P79")
    void among_many_targets_each_is_decided_as_if_asked_for_alone(int count) {
        PermissionMatrix matrix = manyTargets();
        assertThat(matrix.policy().table().targets()).isGreaterThan(1 << 14);
        Random random = new Random(count);
        int kept = 0;
        int denied = 0;
        for (String user : List.of("often", "once", "everywhere", "nobody")) {
            for (UserPermissions permissions :
                    List.of(matrix.user(user), matrix.user(user).restrictedTo(Folders.CATALOG.rights("doc:read")))) {
                List<Target> asked = random.ints(count)
                        .mapToObj(UserPermissionsTest::anyTarget)
                        .toList();
                for (Permission permission : Folders.CATALOG.permissions()) {
                    List<Target> expected = asked.stream()
                            .filter(target -> permissions.has(permission, target))
                            .toList();
                    assertThat(permissions.filter(permission, asked)).isEqualTo(expected);
                    kept += expected.size();
                    denied += count - expected.size();
                }
            }
        }
        assertThat(kept).isGreaterThan(count > 1 ? count / 2 : 0);
        assertThat(denied).isGreaterThan(count);
    }

    private static final int PAGES = 20_000;
    private static final int CHAIN = 13;

    private static PermissionMatrix manyTargets() {
        Policy.Builder builder = Folders.withChain(Folders.policy(), CHAIN)
                .rules(Folders.RULES.toBuilder()
                        .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                        .build())
                .role(role("member", Folders.TREE.account(), "doc:share"))
                .role(role("reader", Folders.FOLDER, "doc:read"))
                .role(role("writer", Folders.PAGE, "doc:write"))
                .assign("once", "reader", Folders.folder(2))
                .assign("everywhere", "member", ACCOUNT);
        for (int i = 0; i < PAGES; i++) {
            builder.target(Folders.page(id(i)), Folders.folder(i % (CHAIN + 1)));
            if (i % 2 == 0) {
                builder.assign("often", "writer", Folders.page(id(i)));
            }
        }
        return PermissionMatrix.compile(builder.build());
    }

    private static Role role(String id, Scope scope, String key) {
        return Role.builder(id, scope)
                .name(id)
                .rights(Folders.CATALOG.rights(key))
                .build();
    }

    /** Every eighth id has the hash code of many others. */
    private static String id(int number) {
        return number % 8 != 0
                ? "p-" + number
                : IntStream.range(0, 14)
                        .mapToObj(bit -> (number >>> bit & 8) == 0 ? "Aa" : "BB")
                        .reduce("", String::concat);
    }

    /** A page, a folder or the account; with the right parent, a wrong one or none; or one that is unknown. */
    private static Target anyTarget(int random) {
        int number = Math.floorMod(random, PAGES);
        Target folder = Folders.folder(number % (CHAIN + 1));
        return switch (Math.floorMod(random >>> 16, 10)) {
            case 0 -> folder;
            case 1 -> ACCOUNT;
            case 2 -> Folders.page(id(number)).in(folder);
            case 3 -> Folders.page(id(number)).in(Folders.folder((number + 1) % (CHAIN + 1)));
            case 4 -> Folders.page("unknown").in(folder);
            case 5 -> Folders.page("unknown");
            case 6 -> Target.chat(id(number));
            default -> Folders.page(id(number));
        };
    }

    @Test
    void all_rights_at_some_targets_are_those_at_each_of_them() {
        UserPermissions bob = MATRIX.user("bob");

        UserRights rights = bob.rightsAt(List.of(C42, ACCOUNT, NOWHERE, SUPPORT, C42));

        assertThat(rights.account()).isEqualTo("acme");
        assertThat(rights.user()).isEqualTo("bob");
        assertThat(rights.version()).isEqualTo(MATRIX.policy().version());
        assertThat(rights.rights()).isEqualTo(bob.rightsAt(ACCOUNT)).isEmpty();
        assertThat(rights.targets()).containsOnlyKeys(C42, NOWHERE, SUPPORT);
        assertThat(List.copyOf(rights.targets().keySet())).containsExactly(C42, NOWHERE, SUPPORT);
        assertThat(rights.targets().get(C42)).isEqualTo(CATALOG.rights("user:update", "message:create"));
        rights.targets().forEach((target, at) -> assertThat(at).isEqualTo(bob.rightsAt(target)));
        assertThat(bob.restrictedTo(CATALOG.rights("user:update"))
                        .rightsAt(List.of(C42))
                        .targets()
                        .get(C42))
                .isEqualTo(CATALOG.rights("user:update"));
    }

    @Test
    void a_target_that_is_given_twice_counts_as_it_is_given_first() {
        Target stated = NOWHERE.inTeam("support");
        UserPermissions bob = MATRIX.user("bob");

        assertThat(bob.rightsAt(List.of(stated, NOWHERE)).targets())
                .containsExactly(Map.entry(NOWHERE, bob.rightsAt(stated)));
        assertThat(bob.rightsAt(List.of(NOWHERE, stated)).targets())
                .containsExactly(Map.entry(NOWHERE, bob.rightsAt(NOWHERE)));
    }
}
