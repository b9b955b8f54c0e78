package io.rbac.benchmarks;

import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.Comparator;

/** One assignment that is added to an account and removed again, and the question that tells whether it is there. */
final class StoredEdit {

    /** Has no other assignment. */
    static final String USER = "someone-new";

    private final Role role;
    private final Target team;

    private StoredEdit(Role role, Target team) {
        this.role = role;
        this.team = team;
    }

    /** Returns the edit of an account, which has a team and a role for teams. */
    static StoredEdit of(Policy policy) {
        Role role = policy.roles().stream()
                .filter(some ->
                        some.scope().equals(Scope.TEAM) && !some.rights().isEmpty())
                .min(Comparator.comparing(Role::id))
                .orElseThrow();
        Target team = policy.targets().stream()
                .filter(target -> target.scope().equals(Scope.TEAM))
                .min(Comparator.comparing(Target::id))
                .orElseThrow();
        return new StoredEdit(role, team);
    }

    Change change(boolean adds) {
        return adds ? Change.assign(USER, role.id(), team) : Change.unassign(USER, role.id(), team);
    }

    /** Returns the key of a permission that the user has at {@link #team} while the assignment is there. */
    String permission() {
        return role.rights().iterator().next().key();
    }

    Target team() {
        return team;
    }
}
