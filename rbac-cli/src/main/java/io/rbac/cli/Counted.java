package io.rbac.cli;

/** Numbers with the noun that they count. */
final class Counted {

    private Counted() {}

    /** Returns {@code 1 role}, {@code 2 roles}. */
    static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
