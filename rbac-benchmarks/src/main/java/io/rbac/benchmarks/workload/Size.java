package io.rbac.benchmarks.workload;

/**
 * How large a generated account is. Every user has one account role, three team roles and ten chat roles.
 *
 * @param users how many users
 * @param roles how many roles, over all scopes
 * @param teams how many teams
 * @param chats how many chats, each in one team
 * @param groups how many rights groups, of four actions each
 */
public record Size(int users, int roles, int teams, int chats, int groups) {

    public static final Size S = new Size(100, 10, 10, 100, 26);
    public static final Size M = new Size(10_000, 50, 500, 10_000, 26);
    public static final Size L = new Size(1_000_000, 200, 20_000, 500_000, 26);

    /** Returns the size of a name: {@code S}, {@code M} or {@code L}. */
    public static Size named(String name) {
        return switch (name) {
            case "S" -> S;
            case "M" -> M;
            case "L" -> L;
            default -> throw new IllegalArgumentException("`" + name + "` is no size: expected `S`, `M` or `L`");
        };
    }

    public Size withRoles(int newRoles) {
        return new Size(users, newRoles, teams, chats, groups);
    }

    public Size withGroups(int newGroups) {
        return new Size(users, roles, teams, chats, newGroups);
    }
}
