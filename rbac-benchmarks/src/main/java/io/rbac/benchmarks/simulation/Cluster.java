package io.rbac.benchmarks.simulation;

/**
 * What is simulated.
 *
 * @param processes how many processes there are
 * @param accounts how many accounts there are; one is asked about the more often, and changed the more often, the lower its
 *     number
 * @param cached how many accounts a process keeps in memory
 * @param questions how many questions a process is asked in a second, on average over all processes
 * @param commits how many commits all processes make in a second
 * @param periodMillis how often a process compares its accounts with the database
 * @param hints whether the database tells the processes of a commit
 * @param hintMillis how long it takes from a commit to where a hint, or a comparison, has brought a process up to date
 * @param lostHints the share of hints that get lost
 * @param groups into how many groups the processes are divided, each of which is asked about its own share of the accounts
 * @param seconds how long it is simulated, after a warm-up
 * @param seed says what happens
 */
public record Cluster(
        int processes,
        int accounts,
        int cached,
        double questions,
        double commits,
        long periodMillis,
        boolean hints,
        double hintMillis,
        double lostHints,
        int groups,
        int seconds,
        long seed) {

    public Cluster {
        require(processes >= 1 && accounts >= 1 && cached >= 1, "at least one process, account and place in memory");
        require(questions > 0 && commits >= 0, "some questions, and no negative number of commits");
        require(periodMillis >= 1 && hintMillis >= 0 && seconds >= 1, "positive times");
        require(lostHints >= 0 && lostHints <= 1, "a share of lost hints from 0 to 1");
        require(groups >= 1 && groups <= processes && groups <= accounts, "a group for each process at most");
    }

    private static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("such processes cannot be simulated: expected " + expected);
        }
    }

    /** Returns the group whose processes are asked about an account. */
    int groupOf(int account) {
        return account % groups;
    }
}
