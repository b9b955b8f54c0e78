package io.rbac.policy;

import java.util.Arrays;
import java.util.BitSet;

/** A set of roles that at least one user holds at one target. */
final class RoleSet {

    static final RoleSet EMPTY = new RoleSet(0, new char[0], 0);

    private final int number;
    private final char[] roles;
    private final int uses;

    /**
     * Creates a role set.
     *
     * @param number its number in the table
     * @param roles the ordinals of its roles, ascending
     * @param uses at how many pairs of a user and a target it is held
     */
    RoleSet(int number, char[] roles, int uses) {
        this.number = number;
        this.roles = roles;
        this.uses = uses;
    }

    /** The roles as a string whose characters are their ordinals: the key of the set, as strings hash well. */
    static String text(char[] roles) {
        return String.valueOf(roles);
    }

    RoleSet withUses(int newUses) {
        return new RoleSet(number, roles, newUses);
    }

    int number() {
        return number;
    }

    int size() {
        return roles.length;
    }

    int role(int index) {
        return roles[index];
    }

    boolean contains(int role) {
        return Arrays.binarySearch(roles, (char) role) >= 0;
    }

    boolean containsAny(BitSet others) {
        for (char each : roles) {
            if (others.get(each)) {
                return true;
            }
        }
        return false;
    }

    int uses() {
        return uses;
    }

    /** Whether this is a set of the very same roles under the same number, however often it is used. */
    boolean hasRolesOf(RoleSet other) {
        return number == other.number && Arrays.equals(roles, other.roles);
    }

    String text() {
        return text(roles);
    }
}
