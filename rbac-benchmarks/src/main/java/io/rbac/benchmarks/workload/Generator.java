package io.rbac.benchmarks.workload;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Generates accounts of a given size; they are the same in every run. */
public final class Generator {

    private static final int ACTIONS = 4;
    private static final int ROLES_PER_USER = 14;
    private static final int TEAM_ROLES = 3;

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

    /** Returns one of many accounts of a size, by its number. */
    public static World world(Size size, PermissionCatalog catalog, int number) {
        return new Generator(size, number).world("account-" + number, catalog);
    }

    private World world(String account) {
        return world(account, catalog(size.groups()));
    }

    /** Returns a catalog of groups of four actions each. */
    public static PermissionCatalog catalog(int groups) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        for (int i = 0; i < groups; i++) {
            builder.group("group_" + i, "create", "read", "update", "delete");
        }
        return builder.build();
    }

    private World world(String account, PermissionCatalog catalog) {
        Role[] roles =
                IntStream.range(0, size.roles()).mapToObj(i -> role(i, catalog)).toArray(Role[]::new);
        int[][] byScope = Arrays.stream(Scope.values())
                .map(scope -> IntStream.range(0, roles.length)
                        .filter(i -> roles[i].scope() == scope)
                        .toArray())
                .toArray(int[][]::new);
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
        return assigned(account, catalog, roles, byScope, targets, parents);
    }

    private Role role(int number, PermissionCatalog catalog) {
        Scope scope = number % 5 == 0 ? Scope.ACCOUNT : number % 5 < 3 ? Scope.TEAM : Scope.CHAT;
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
            String account, PermissionCatalog catalog, Role[] roles, int[][] byScope, Target[] targets, int[] parents) {
        int teamRoles = Math.min(TEAM_ROLES, size.teams());
        int chatRoles = Math.min(ROLES_PER_USER - TEAM_ROLES - 1, size.chats());
        int perUser = 1 + teamRoles + chatRoles;
        String[] users = new String[size.users()];
        int[] starts = new int[users.length + 1];
        int[] assignedRoles = new int[users.length * perUser];
        int[] assignedTargets = new int[assignedRoles.length];
        for (int user = 0; user < users.length; user++) {
            users[user] = id();
            int from = user * perUser;
            starts[user + 1] = from + perUser;
            assignedRoles[from] = one(byScope[0]);
            draw(assignedTargets, from + 1, teamRoles, 1, size.teams());
            draw(assignedTargets, from + 1 + teamRoles, chatRoles, 1 + size.teams(), size.chats());
            for (int i = 1; i < perUser; i++) {
                assignedRoles[from + i] = one(byScope[i <= teamRoles ? 1 : 2]);
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

    /** Draws distinct numbers from a range. */
    private void draw(int[] numbers, int from, int count, int least, int range) {
        for (int i = from; i < from + count; ) {
            int drawn = least + random.nextInt(range);
            boolean isNew = Arrays.stream(numbers, from, i).noneMatch(known -> known == drawn);
            if (isNew) {
                numbers[i++] = drawn;
            }
        }
    }
}
