package io.rbac.guard;

import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One target in the middle of an edit: its parent, and the steps of the edit at which roles were last given and revoked
 * here. A target that is removed and added again counts as another one, at which nobody holds anything.
 *
 * <p>This class is not thread-safe.
 */
final class SimulatedTarget {

    /** No path is longer unless the edit is refused anyway, since it makes a cycle or a path that is too long. */
    private static final int MAX_STEPS = 2 * ScopeTree.MAX_PATH;

    private final Target target;
    private final boolean existedBefore;
    private final Map<String, Map<SimulatedRole, Integer>> given = new HashMap<>();
    private final Map<String, Map<SimulatedRole, Integer>> revoked = new HashMap<>();
    private final Map<String, Integer> revokedFromUser = new HashMap<>();
    private final Map<SimulatedRole, Integer> revokedFromAll = new HashMap<>();
    private @Nullable SimulatedTarget parent;
    private boolean removed;

    /**
     * Creates the target.
     *
     * @param target the target
     * @param existedBefore whether it existed before the edit
     * @param parent what it lies in, {@code null} for the account
     */
    SimulatedTarget(Target target, boolean existedBefore, @Nullable SimulatedTarget parent) {
        this.target = target;
        this.existedBefore = existedBefore;
        this.parent = parent;
    }

    Target target() {
        return target;
    }

    /** Returns whether it existed before the edit. */
    boolean existedBefore() {
        return existedBefore;
    }

    /** Returns what it lies in, {@code null} for the account. */
    @Nullable
    SimulatedTarget parent() {
        return parent;
    }

    /** Returns whether neither it nor anything above it was removed. */
    boolean exists() {
        SimulatedTarget next = this;
        for (int step = 0; step < MAX_STEPS && !next.removed; step++) {
            if (next.parent == null) {
                return true;
            }
            next = next.parent;
        }
        return false;
    }

    void moveTo(SimulatedTarget newParent) {
        parent = newParent;
    }

    void remove() {
        removed = true;
    }

    void give(SimulatedRole role, String user, int step) {
        given.computeIfAbsent(user, id -> new HashMap<>()).put(role, step);
    }

    /** Takes one role away from one user. */
    void revoke(SimulatedRole role, String user, int step) {
        revoked.computeIfAbsent(user, id -> new HashMap<>()).put(role, step);
    }

    /** Takes one role away from all users. */
    void revokeFromAll(SimulatedRole role, int step) {
        revokedFromAll.put(role, step);
    }

    /** Takes all roles away from one user. */
    void revokeAllFrom(String user, int step) {
        revokedFromUser.put(user, step);
    }

    /** Returns the roles that the edit gave here, by user; some may have been revoked again. */
    Map<String, Map<SimulatedRole, Integer>> given() {
        return given;
    }

    /** Returns the roles that the edit gave to a user here, each with the last step that did. */
    Map<SimulatedRole, Integer> givenTo(String user) {
        return given.getOrDefault(user, Map.of());
    }

    /** Returns the last step that took a role away from a user here, 0 if none did. */
    int lastRevoked(String user, SimulatedRole role) {
        int alone = revoked.getOrDefault(user, Map.of()).getOrDefault(role, 0);
        int all = Math.max(revokedFromUser.getOrDefault(user, 0), revokedFromAll.getOrDefault(role, 0));
        return Math.max(alone, all);
    }
}
