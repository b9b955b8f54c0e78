package io.rbac.test;

/** The choices of a list. Not thread-safe. */
final class ListedChoices implements Choices {
    private final int[] list;
    private int next;

    ListedChoices(int[] list) {
        this.list = list.clone();
    }

    @Override
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("expected a bound of at least 1, but found `" + bound + "`");
        }
        return next < list.length ? Math.floorMod(list[next++], bound) : 0;
    }
}
