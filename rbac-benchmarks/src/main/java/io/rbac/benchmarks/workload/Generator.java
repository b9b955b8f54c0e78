package io.rbac.benchmarks.workload;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Generates accounts of a given size, the same in every run: with teams and chats or, to see what a long path costs, with
 * folders in folders.
 */
public final class Generator {

    private static final int ACTIONS = 4;
    private static final int ROLES_PER_USER = 14;
    private static final int TEAM_ROLES = 3;

    private static final ScopeTree FOLDERS =
            ScopeTree.builder().scope("account").nestingScope("folder").build();

    /** Each role holds a quarter of the permissions. */
    private static final int SHARE = 4;

    private final Size size;
    private final SplittableRandom random;

    private Generator(Size size, long seed) {
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    /** Returns the account of a size. */
    public static World world(Size size) {
        return new Generator(size, 20_261_121).world("acme");
    }

    /** Returns an account of a size under another id. */
    public static World world(Size size, String account) {
        return new Generator(size, 20_261_121).world(account);
    }

    /** Returns one of many accounts of a size, by its number. */
    public static World world(Size size, PermissionCatalog catalog, int number) {
        return new Generator(size, number).world("account-" + number, catalog);
    }

    /**
     * Returns an account of a size whose places are folders in folders: as many at the bottom as there would be chats, and
     * above them, in chains of the same length, as many as there would be teams. A user has one account role, as
     * elsewhere, and the others at folders of random depth.
     *
     * @param depth how many targets the path of a folder at the bottom has, counting the folder and the account: 3 to 16
     */
    public static World folders(Size size, int depth) {
        if (depth < 3 || depth > ScopeTree.MAX_PATH) {
            throw new IllegalArgumentException(
                    "the depth is `" + depth + "`: expected 3 to " + ScopeTree.MAX_PATH + " targets on a path");
        }
        return new Generator(size, 20_261_121).nested(depth);
    }

    private World world(String account) {
        return world(account, catalog(size.groups()));
    }

    /** Returns a catalog of groups of four actions each. */
    public static PermissionCatalog catalog(int groups) {
        return catalog(groups, ScopeTree.standard());
    }

    private static PermissionCatalog catalog(int groups, ScopeTree scopes) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder().scopes(scopes);
        for (int i = 0; i < groups; i++) {
            builder.group("group_" + i, "create", "read", "update", "delete");
        }
        return builder.build();
    }

    private World world(String account, PermissionCatalog catalog) {
        Role[] roles = roles(catalog);
        Target[] targets = new Target[1 + size.teams() + size.chats()];
        int[] parents = new int[targets.length];
        targets[0] = Target.account();
        parents[0] = -1;
        for (int i = 1; i <= size.teams(); i++) {
            targets[i] = Target.team(id());
        }
        for (int i = size.teams() + 1; i < targets.length; i++) {
            targets[i] = Target.chat(id());
            parents[i] = 1 + random.nextInt(size.teams());
        }
        int teamRoles = Math.min(TEAM_ROLES, size.teams());
        int chatRoles = Math.min(ROLES_PER_USER - TEAM_ROLES - 1, size.chats());
        return assigned(account, catalog, roles, targets, parents, 1 + teamRoles + chatRoles, (drawn, from) -> {
            draw(drawn, from, teamRoles, () -> 1 + random.nextInt(size.teams()));
            draw(drawn, from + teamRoles, chatRoles, () -> 1 + size.teams() + random.nextInt(size.chats()));
        });
    }

    private World nested(int depth) {
        PermissionCatalog catalog = catalog(size.groups(), FOLDERS);
        Role[] roles = roles(catalog);
        int levels = depth - 2;
        int chains = Math.max(1, size.teams() / levels);
        int bottom = 1 + chains * levels;
        Target[] targets = new Target[bottom + size.chats()];
        int[] parents = new int[targets.length];
        targets[0] = Target.account();
        parents[0] = -1;
        for (int i = 1; i < targets.length; i++) {
            targets[i] = Target.of(FOLDERS.scope("folder"), id());
            parents[i] = i < bottom ? Math.max(0, i - chains) : bottom - chains + random.nextInt(chains);
        }
        return assigned("acme", catalog, roles, targets, parents, ROLES_PER_USER, (drawn, from) -> {
            draw(drawn, from, ROLES_PER_USER - 1, () -> {
                int level = random.nextInt(depth - 1);
                return level < levels
                        ? 1 + level * chains + random.nextInt(chains)
                        : bottom + random.nextInt(size.chats());
            });
        });
    }

    private Role[] roles(PermissionCatalog catalog) {
        return IntStream.range(0, size.roles()).mapToObj(i -> role(i, catalog)).toArray(Role[]::new);
    }

    private Role role(int number, PermissionCatalog catalog) {
        List<Scope> scopes = catalog.scopes().scopes();
        Scope scope = scopes.get(Math.min((number % 5 + 1) / 2, scopes.size() - 1));
        int permissions = size.groups() * ACTIONS;
        int[] granted = random.ints(permissions / SHARE, 0, permissions).toArray();
        Rights rights = catalog.rights(Arrays.stream(granted)
                .distinct()
                .mapToObj(i -> catalog.permissions().get(i).key())
                .toArray(String[]::new));
        return Role.builder("role-" + number, scope)
                .name("Role " + number)
                .defaultRole(number == 0)
                .rights(rights)
                .build();
    }

    private World assigned(
            String account,
            PermissionCatalog catalog,
            Role[] roles,
            Target[] targets,
            int[] parents,
            int perUser,
            Places places) {
        int[][] byLevel = catalog.scopes().scopes().stream()
                .map(scope -> IntStream.range(0, roles.length)
                        .filter(i -> roles[i].scope().equals(scope))
                        .toArray())
                .toArray(int[][]::new);
        String[] users = new String[size.users()];
        int[] starts = new int[users.length + 1];
        int[] assignedRoles = new int[users.length * perUser];
        int[] assignedTargets = new int[assignedRoles.length];
        for (int user = 0; user < users.length; user++) {
            users[user] = id();
            int from = user * perUser;
            starts[user + 1] = from + perUser;
            assignedRoles[from] = one(byLevel[0]);
            places.draw(assignedTargets, from + 1);
            for (int i = from + 1; i < from + perUser; i++) {
                assignedRoles[i] =
                        one(byLevel[targets[assignedTargets[i]].scope().level()]);
            }
        }
        return new World(
                account,
                catalog,
                PolicyRules.standard(),
                users,
                roles,
                targets,
                parents,
                starts,
                assignedRoles,
                assignedTargets);
    }

    /** Returns an id like those of many databases: 24 hexadecimal digits. */
    private String id() {
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextInt());
    }

    private int one(int[] numbers) {
        return numbers[random.nextInt(numbers.length)];
    }

    /** Draws the places of the roles that a user has beside that of the account. */
    @FunctionalInterface
    private interface Places {
        void draw(int[] targets, int from);
    }

    /** Draws distinct numbers. */
    private static void draw(int[] numbers, int from, int count, IntSupplier number) {
        for (int i = from; i < from + count; ) {
            int drawn = number.getAsInt();
            boolean isNew = Arrays.stream(numbers, from, i).noneMatch(known -> known == drawn);
            if (isNew) {
                numbers[i++] = drawn;
            }
        }
    }
}
