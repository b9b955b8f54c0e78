package io.rbac.cli;

/** Numbers with the noun that they count. */
final class Counted {

    private Counted() {}

    /** Returns {@code 1 role}, {@code 2 roles}. */
    static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** Returns {@code 1 loss}, {@code 2 losses}. */
    static String of(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
