package io.rbac.benchmarks.simulation;

/** A call to the store, as that of PostgreSQL makes it. */
public enum Call {
    /** An account that is not in memory: its row, permissions, roles, targets and assignments, in one transaction. */
    LOAD(7),
    /** The versions of up to a thousand accounts, without a transaction. */
    VERSIONS(1),
    /** The commits that followed one version: the row of the account and the commits, in one transaction. */
    HISTORY(4),
    /** The row of the account with that of the commit, that of an assignment, and the end of the transaction. */
    COMMIT(3);

    private final int roundTrips;

    Call(int roundTrips) {
        this.roundTrips = roundTrips;
    }

    /** Returns how often the database is asked and waited for. */
    public int roundTrips() {
        return roundTrips;
    }
}
