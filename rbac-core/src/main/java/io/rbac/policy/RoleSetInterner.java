package io.rbac.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each different set of roles a number, from 1 up, and counts its uses; the empty set is 0. */
final class RoleSetInterner {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<char[]> sets = new ArrayList<>(List.of(new char[0]));
    private int[] uses = new int[16];

    /** The numbers of the sets of one role, by the role. */
    private int[] singles = new int[16];

    /** Returns the number of the set of the roles in the low bits of a range of ascending keys. */
    int number(long[] keys, int from, int to, int roleMask) {
        int number = to - from == 1 ? single((int) keys[from] & roleMask) : several(keys, from, to, roleMask);
        uses[number]++;
        return number;
    }

    private int single(int role) {
        if (role >= singles.length) {
            singles = Arrays.copyOf(singles, Math.max(role + 1, 2 * singles.length));
        }
        if (singles[role] == 0) {
            singles[role] = added(new char[] {(char) role});
        }
        return singles[role];
    }

    private int several(long[] keys, int from, int to, int roleMask) {
        char[] roles = new char[to - from];
        for (int i = 0; i < roles.length; i++) {
            roles[i] = (char) (keys[from + i] & roleMask);
        }
        return numbers.computeIfAbsent(RoleSet.text(roles), text -> added(roles));
    }

    private int added(char[] roles) {
        sets.add(roles);
        if (sets.size() > uses.length) {
            uses = Arrays.copyOf(uses, 2 * uses.length);
        }
        return sets.size() - 1;
    }

    int count() {
        return sets.size();
    }

    List<RoleSet> roleSets() {
        List<RoleSet> roleSets = new ArrayList<>(sets.size());
        for (int number = 0; number < sets.size(); number++) {
            roleSets.add(new RoleSet(number, sets.get(number), uses[number]));
        }
        return roleSets;
    }
}
