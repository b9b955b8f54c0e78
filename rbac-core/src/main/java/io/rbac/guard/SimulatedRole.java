package io.rbac.guard;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One role in the middle of an edit: as it was before the edit, and as the changes so far leave it. A role that is
 * deleted for good and created again counts as another one.
 *
 * <p>This class is not thread-safe.
 */
final class SimulatedRole {

    private final String id;
    private final Scope scope;
    private final @Nullable Role before;
    private Rights rights;
    private boolean isDefault;
    private boolean active;
    private boolean deleted;

    /** Creates the simulation of a role that existed before the edit. */
    SimulatedRole(Role before) {
        this.id = before.id();
        this.scope = before.scope();
        this.before = before;
        this.rights = before.rights();
        this.isDefault = before.isDefault();
        this.active = before.isActive();
    }

    /** Creates the simulation of a role that the edit creates. */
    SimulatedRole(String id, Scope scope, RoleUpdate attributes) {
        this.id = id;
        this.scope = scope;
        this.before = null;
        this.rights = attributes.rights().orElse(Rights.none());
        this.isDefault = attributes.defaultRole().orElse(false);
        this.active = true;
    }

    String id() {
        return id;
    }

    Scope scope() {
        return scope;
    }

    Rights rights() {
        return rights;
    }

    boolean isDefault() {
        return isDefault;
    }

    boolean isActive() {
        return active;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Returns whether the role existed before the edit. */
    boolean existedBefore() {
        return before != null;
    }

    boolean wasDefault() {
        return before != null && before.isDefault();
    }

    boolean wasDiscarded() {
        return before != null && !before.isActive();
    }

    /** Returns the rights of the role before the edit; none if the edit creates it. */
    Rights rightsBefore() {
        return before == null ? Rights.none() : before.rights();
    }

    /**
     * Returns the rights to judge if the role is given away: those before the edit, or the current ones of a new role.
     */
    Rights judgedRights() {
        return before == null ? rights : before.rights();
    }

    void update(RoleUpdate update) {
        rights = update.rights().orElse(rights);
        isDefault = update.defaultRole().orElse(isDefault);
    }

    void delete(boolean canBeRestored) {
        active = false;
        deleted = !canBeRestored;
    }

    void restore() {
        active = true;
    }
}
