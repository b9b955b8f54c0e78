package io.rbac.policy;

import static io.rbac.policy.Folders.folder;
import static io.rbac.policy.Folders.withChain;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers on paths of up to sixteen targets, for users with few assignments and with many. */
@Tag("S6")
class DeepPathTest {

    private static final int FOLDERS = ScopeTree.MAX_PATH - 1;

    private static final PermissionCatalog CATALOG = Folders.CATALOG;
    private static final Permission READ = CATALOG.permission("doc:read");
    private static final Permission WRITE = CATALOG.permission("doc:write");
    private static final Rights NONE = CATALOG.noRights();

    /** Lies beside the folder of the chain with this number. */
    private static Target beside(int number) {
        return folder("beside-" + number);
    }

    private static Target page(int number) {
        return Folders.page("p" + number);
    }

    private static Target other(int number) {
        return folder("other-" + number);
    }

    /** A chain of folders, with another folder and a page beside each; and folders in the account. */
    private static Policy.Builder world(int others) {
        Policy.Builder builder = Folders.policy();
        IntStream.range(0, others).forEach(i -> builder.target(other(i)));
        withChain(builder, FOLDERS);
        for (int number = 1; number <= FOLDERS; number++) {
            builder.target(beside(number), folder(number - 1)).target(page(number), folder(number - 1));
        }
        return builder.role(role("reader", Folders.TREE.account(), "doc:read"))
                .role(role("folder-reader", Folders.FOLDER, "doc:read"))
                .role(role("folder-writer", Folders.FOLDER, "doc:write"));
    }

    private static Role role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(keys)).build();
    }

    /** A user who reads at one target of the chain, and writes at so many others that they hold a role at {@code size}. */
    private static String assign(Policy.Builder builder, int number, int size) {
        String user = "u" + number + "-" + size;
        builder.assign(user, number == 0 ? "reader" : "folder-reader", folder(number));
        IntStream.range(0, size - 1).forEach(i -> builder.assign(user, "folder-writer", other(i)));
        return user;
    }

    private static void assertRights(PermissionMatrix matrix, String user, Target target, Rights expected) {
        boolean reads = expected.contains("doc:read");
        boolean writes = expected.contains("doc:write");
        if (matrix.hasPermission(user, READ, target) != reads
                || matrix.hasPermission(user, "doc:read", target) != reads
                || matrix.hasPermission(user, WRITE, target) != writes
                || matrix.hasPermission(user, "doc:share", target)
                || !matrix.rightsOf(user, target).equals(expected)) {
            throw new AssertionError(user + " has " + matrix.rightsOf(user, target) + " at " + target + ", expected "
                    + expected + ": " + matrix.policy().rolesOf(user));
        }
    }

    /** Both forms of a short row, those of which all entries are counted, and the form of a long one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 14, 46, 47, 48, 49, 200, 256, 257, 1_000})
    @Tag("P16")
    @Tag("P17")
    @Tag("P18")
    void a_role_grants_at_its_target_and_below_and_nowhere_else(int size) {
        Policy.Builder builder = world(1_000);
        List<String> users = IntStream.rangeClosed(0, FOLDERS)
                .mapToObj(number -> assign(builder, number, size))
                .toList();
        Policy policy = builder.build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        Rights read = CATALOG.rights("doc:read");

        for (int held = 0; held <= FOLDERS; held++) {
            String user = users.get(held);
            assertThat(policy.table().row(user) instanceof int[]).isEqualTo(size <= 256);
            assertThat(policy.rolesOf(user)).hasSize(size);
            for (int asked = 0; asked <= FOLDERS; asked++) {
                assertRights(matrix, user, folder(asked), asked >= held ? read : NONE);
                if (asked > 0) {
                    assertRights(matrix, user, beside(asked), asked > held ? read : NONE);
                    assertRights(matrix, user, page(asked), asked > held ? read : NONE);
                }
            }
            Rights everywhere = held == 0 ? read : NONE;
            for (int i = 0; i < 1_000; i += i < 10 ? 1 : 97) {
                Rights own = i < size - 1 ? CATALOG.rights("doc:write") : NONE;
                assertRights(matrix, user, other(i), everywhere.union(own));
            }
        }
    }

    @Test
    @Tag("P10")
    void what_a_user_holds_at_all_targets_of_a_path_adds_up() {
        int size = 70;
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(Folders.TREE)
                .group("p", IntStream.range(0, size).mapToObj(i -> "a" + i).toArray(String[]::new))
                .build();
        Policy.Builder builder =
                withChain(Policy.builder().account("acme").catalog(catalog).rules(Folders.RULES), FOLDERS);
        List<Rights> rights = new ArrayList<>();
        Rights sum = catalog.noRights();
        for (int number = 0; number <= FOLDERS; number++) {
            Rights own = catalog.rights("p:a" + number, "p:a" + (size - 1 - 3 * number), "p:a" + 64 % (number + 1));
            Scope scope = folder(number).scope();
            builder.role(Role.builder("r" + number, scope).name("R").rights(own).build())
                    .assign("ada", "r" + number, folder(number));
            sum = sum.union(own);
            rights.add(sum);
        }
        PermissionMatrix matrix = PermissionMatrix.compile(builder.build());

        for (int number = 0; number <= FOLDERS; number++) {
            Rights expected = rights.get(number);
            assertThat(matrix.rightsOf("ada", folder(number))).isEqualTo(expected);
            for (Permission permission : catalog.permissions()) {
                assertThat(matrix.hasPermission("ada", permission, folder(number)))
                        .isEqualTo(expected.contains(permission));
            }
        }
    }

    /** Numbers of targets and of sets of roles that an int cannot hold together. */
    @Test
    @Tag("P16")
    @Tag("P17")
    @Tag("P18")
    void a_row_of_longs_answers_like_another() {
        int others = 1 << 17;
        int sets = 1 << 13;
        Policy.Builder builder = world(others).target(folder("many"));
        for (int bit = 0; bit < 14; bit++) {
            builder.role(role("bit" + bit, Folders.FOLDER));
        }
        for (int set = 1; set <= sets; set++) {
            for (int bit = 0; bit < 14; bit++) {
                if ((set >>> bit & 1) != 0) {
                    builder.assign("set" + set, "bit" + bit, folder("many"));
                }
            }
        }
        builder.role(role("late-reader", Folders.FOLDER, "doc:read", "doc:share"));
        List<String> users = new ArrayList<>();
        for (int held = 1; held <= FOLDERS; held++) {
            for (int size : new int[] {2, 14, 200}) {
                String user = "u" + held + "-" + size;
                users.add(user);
                builder.assign(user, "late-reader", folder(held)).assign(user, "folder-writer", beside(FOLDERS));
                int first = held;
                IntStream.range(0, size - 2)
                        .forEach(i -> builder.assign(user, "folder-writer", other(first + 500 * i)));
            }
        }
        Policy policy = builder.build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);

        assertThat(policy.table().target(folder(1))).isGreaterThan(others);
        for (String user : users) {
            int held = Integer.parseInt(user.substring(1, user.indexOf('-')));
            assertThat(policy.table().row(user)).as(user).isInstanceOf(long[].class);
            for (int asked = 0; asked <= FOLDERS; asked++) {
                Target target = folder(asked);
                Rights expected = asked >= held ? CATALOG.rights("doc:read", "doc:share") : NONE;
                assertThat(matrix.rightsOf(user, target))
                        .as("%s at %s", user, target)
                        .isEqualTo(expected);
                assertThat(matrix.hasPermission(user, READ, target)).isEqualTo(asked >= held);
                assertThat(matrix.hasPermission(user, WRITE, target)).isFalse();
            }
            assertThat(matrix.hasPermission(user, WRITE, beside(FOLDERS))).isTrue();
            assertThat(matrix.hasPermission(user, READ, beside(FOLDERS))).isEqualTo(FOLDERS > held);
            assertThat(matrix.hasPermission(user, WRITE, page(FOLDERS))).isFalse();
        }
    }

    @Test
    void every_target_of_a_long_path_is_tested_once_whatever_the_others_said() {
        Policy.Builder builder = world(0);
        for (int number = 0; number <= FOLDERS; number += 2) {
            builder.assign("ada", number == 0 ? "reader" : "folder-reader", folder(number));
        }
        builder.assign("ada", "folder-writer", folder(5)).assign("ada", "folder-writer", beside(6));
        PolicyTable table = builder.build().table();
        int ada = table.user("ada");

        for (int length = 4; length <= ScopeTree.MAX_PATH; length++) {
            List<Integer> expected = IntStream.range(0, length)
                    .mapToObj(number -> table.roleSet(ada, table.target(folder(number))))
                    .toList();
            List<Integer> tested = new ArrayList<>();
            int wanted = expected.get(length - 1);
            boolean any = table.anyOnPath(
                    "ada",
                    folder(length - 1),
                    (set, word) -> {
                        tested.add(set);
                        return set == wanted ? 1 : 0;
                    },
                    0);
            assertThat(any).isTrue();
            assertThat(tested).containsExactlyInAnyOrderElementsOf(expected);

            List<Integer> visited = new ArrayList<>();
            table.forEachOnPath("ada", folder(length - 1), visited::add);
            assertThat(visited)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().filter(set -> set != 0).toList());
        }
        assertThat(table.anyOnPath("nobody", folder(FOLDERS), (set, word) -> 1, 0))
                .isFalse();
    }

    // given parents

    /** Adm reads in the account, low in the lowest folder, mid in the fifth. */
    private static PermissionMatrix matrix(UnknownTargets unknown) {
        PolicyRules rules = Folders.RULES.toBuilder().unknownTargets(unknown).build();
        return PermissionMatrix.compile(world(0).rules(rules)
                .target(page("low"), folder(FOLDERS - 1))
                .target(page("high"))
                .assign("adm", "reader", Target.account())
                .assign("mid", "folder-reader", folder(5))
                .assign("low", "folder-reader", folder(FOLDERS))
                .build());
    }

    private static Target page(String id) {
        return Folders.page(id);
    }

    private static Target target(String text) {
        String[] parts = text.split(" in ", -1);
        Target target = parse(parts[0]);
        return parts.length == 1 ? target : target.in(parse(parts[1]));
    }

    private static Target parse(String text) {
        return text.startsWith("team/") || text.startsWith("chat/") ? Target.parse(text) : Folders.TREE.target(text);
    }

    /** The columns say for adm, mid and low whether they may read: where given parents are refused, and trusted. */
    @ParameterizedTest
    @CsvSource({
        // of a target that the policy knows, the parent is what the policy says
        "page/low, yes yes no, yes yes no",
        "page/low in folder/f14, yes yes no, yes yes no",
        "page/low in folder/f13, no no no, no no no",
        "page/low in folder/f15, no no no, no no no",
        "page/low in account, no no no, no no no",
        "page/low in page/high, no no no, no no no",
        "page/low in folder/nowhere, no no no, no no no",
        "page/high in account, yes no no, yes no no",
        "page/high in org, yes no no, yes no no",
        "page/high in folder/f5, no no no, no no no",
        "folder/f15 in folder/f14, yes yes yes, yes yes yes",
        "folder/f15 in folder/f1, no no no, no no no",
        "folder/f1 in account, yes no no, yes no no",
        "folder/f1 in folder/f1, no no no, no no no",
        // an unknown one lies nowhere, or where it is said to if it can
        "page/new, no no no, no no no",
        "page/new in account, no no no, yes no no",
        "page/new in folder/f4, no no no, yes no no",
        "page/new in folder/f5, no no no, yes yes no",
        "page/new in folder/f14, no no no, yes yes no",
        "page/new in folder/f15, no no no, no no no",
        "folder/new in folder/f14, no no no, yes yes no",
        "folder/new in folder/f15, no no no, no no no",
        "folder/new in account, no no no, yes no no",
        "folder/new in folder/new, no no no, no no no",
        "folder/new in page/low, no no no, no no no",
        "folder/new in page/high, no no no, no no no",
        "page/new in page/low, no no no, no no no",
        "page/new in page/high, no no no, no no no",
        "page/new in page/new, no no no, no no no",
        "page/new in folder/nowhere, no no no, no no no",
        "page/new in page/nowhere, no no no, no no no",
        // what is of another tree is unknown, and lies nowhere
        "team/f5, no no no, no no no",
        "team/f5 in account, no no no, no no no",
        "team/f5 in folder/f5, no no no, no no no",
        "chat/new in folder/f5, no no no, no no no",
        "page/new in team/f5, no no no, no no no",
        "page/low in team/f14, no no no, no no no"
    })
    @Tag("S5")
    @Tag("P21")
    void a_given_parent_counts_for_unknown_targets_where_it_is_trusted_and_could_be_theirs(
            String text, String refused, String trusted) {
        Target target = target(text);
        PermissionMatrix refusing = matrix(UnknownTargets.REFUSED);
        PermissionMatrix trusting = matrix(UnknownTargets.TRUSTED);
        List<String> users = List.of("adm", "mid", "low");
        for (int i = 0; i < users.size(); i++) {
            assertRights(refusing, users.get(i), target, rights(refused, i));
            assertRights(trusting, users.get(i), target, rights(trusted, i));
        }
        assertRights(trusting, "nobody", target, NONE);
    }

    private static Rights rights(String answers, int user) {
        return answers.split(" ", -1)[user].equals("yes") ? CATALOG.rights("doc:read") : NONE;
    }

    @Test
    @Tag("S5")
    void where_paths_are_short_a_trusted_parent_makes_them_longer() {
        PermissionMatrix trusting = matrix(UnknownTargets.TRUSTED);
        for (int number = 0; number <= FOLDERS; number++) {
            boolean possible = number < FOLDERS;
            assertThat(trusting.hasPermission("mid", READ, page("new").in(folder(number))))
                    .isEqualTo(possible && number >= 5);
            assertThat(trusting.hasPermission("adm", READ, folder("new").in(folder(number))))
                    .isEqualTo(possible);
        }
    }

    @Test
    @Tag("S5")
    @Tag("B47")
    void a_target_of_a_scope_of_another_tree_is_unknown_whatever_its_name_and_id() {
        ScopeTree flat =
                ScopeTree.builder().scope("org").scope("folder").scope("page").build();
        ScopeTree deeper = ScopeTree.builder()
                .scope("org")
                .scope("area")
                .nestingScope("folder")
                .scope("page")
                .nestingScope("part")
                .build();
        ScopeTree same = ScopeTree.builder()
                .scope("firm")
                .nestingScope("folder")
                .scope("page")
                .build();
        for (UnknownTargets unknown : UnknownTargets.values()) {
            PermissionMatrix matrix = matrix(unknown);
            for (Target foreign : List.of(
                    Target.team("f5"),
                    Target.chat("low"),
                    flat.target("folder/f5"),
                    deeper.target("folder/f5"),
                    deeper.target("page/low"),
                    deeper.target("area/f5"),
                    deeper.target("part/low"),
                    flat.target("folder/f5").in(folder(4)),
                    deeper.target("part/new").in(folder(4)),
                    page("new").in(flat.target("folder/f5")),
                    page("new").in(deeper.target("folder/f5")))) {
                assertRights(matrix, "adm", foreign, NONE);
                assertRights(matrix, "mid", foreign, NONE);
            }
            assertRights(matrix, "mid", same.target("folder/f5"), CATALOG.rights("doc:read"));
            assertRights(
                    matrix, "mid", same.target("page/low").in(same.target("folder/f14")), CATALOG.rights("doc:read"));
            assertRights(matrix, "adm", same.target("firm"), CATALOG.rights("doc:read"));
        }
        assertRights(
                matrix(UnknownTargets.TRUSTED),
                "mid",
                same.target("page/new").in(same.target("folder/f5")),
                CATALOG.rights("doc:read"));
    }
}
