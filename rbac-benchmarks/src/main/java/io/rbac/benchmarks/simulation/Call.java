package io.rbac.benchmarks.simulation;

/** A call to the store, which is one transaction. */
public enum Call {
    /** An account that is not in memory: its row, permissions, roles, targets and assignments. */
    LOAD(5),
    /** The versions of up to a thousand accounts. */
    VERSIONS(1),
    /** The commits that followed one version. */
    HISTORY(2),
    /** The row of the account, that of an assignment, and that of the commit. */
    COMMIT(3);

    /** The beginning and the end of a transaction are statements too. */
    private static final int AROUND = 2;

    private final int statements;

    Call(int statements) {
        this.statements = statements;
    }

    /** Returns how many statements the database gets. */
    public int statements() {
        return statements + AROUND;
    }
}
