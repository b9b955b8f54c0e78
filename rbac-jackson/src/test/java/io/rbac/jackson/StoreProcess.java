package io.rbac.jackson;

import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** What another process does with a store: hold it open, or write to it as fast as it can. */
final class StoreProcess {

    static final long LOG_BYTES = 6_000;

    /** In so many calls an account is created, changed and removed. */
    private static final int CYCLE = 60;

    private StoreProcess() {}

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = System.out;
        try (FilePolicyStore store = FilePolicyStore.open(Path.of(args[1]), LOG_BYTES)) {
            out.println("open");
            if (args[0].equals("hold")) {
                Thread.sleep(Long.MAX_VALUE);
            }
            for (int call = Integer.parseInt(args[2]); ; call++) {
                write(store, call);
                out.println(call);
            }
        } catch (PolicyStoreException e) {
            out.println(e.getMessage());
        }
    }

    private static void write(FilePolicyStore store, int call) {
        boolean done;
        int position = call % CYCLE;
        if (position == 0) {
            done = store.create(StoreScript.first());
        } else if (position == CYCLE - 1) {
            done = store.remove(StoreScript.ACCOUNT);
        } else {
            Policy policy = store.load(StoreScript.ACCOUNT).orElseThrow();
            done = StoreScript.next(policy, change(call)).in(store);
        }
        if (!done) {
            throw new IllegalStateException("call " + call + " was refused");
        }
    }

    private static Change change(int call) {
        String team = "t-" + call % 7;
        return call / 7 % 2 == 0 ? Change.addTeam(team + "-" + call) : Change.addChat("c-" + call, "support");
    }

    /** Returns what is stored after a call, which depends on the calls since the account was created. */
    static Optional<Policy> after(int call) {
        int position = call % CYCLE;
        if (call < 0 || position == CYCLE - 1) {
            return Optional.empty();
        }
        Policy policy = StoreScript.first();
        for (int i = call - position + 1; i <= call; i++) {
            policy = StoreScript.next(policy, change(i)).result();
        }
        return Optional.of(policy);
    }
}
