package io.rbac.engine;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One role in the middle of an edit, from when it is created to when it is deleted for good: as it was before the edit,
 * and as the changes so far leave it.
 *
 * <p>This class is not thread-safe.
 */
final class EditedRole {

    private final String id;
    private final Scope scope;
    private final @Nullable Role before;
    private Rights rights;
    private boolean isDefault;
    private boolean active;
    private boolean gone;

    /** Takes up a role that was there before the edit. */
    EditedRole(Role before) {
        this.id = before.id();
        this.scope = before.scope();
        this.before = before;
        this.rights = before.rights();
        this.isDefault = before.isDefault();
        this.active = before.isActive();
    }

    /** Takes up a role that the edit creates. */
    EditedRole(String id, Scope scope, RoleUpdate attributes) {
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

    boolean isGone() {
        return gone;
    }

    /** Whether the role was there before the edit. */
    boolean isOld() {
        return before != null;
    }

    boolean wasDefault() {
        return before != null && before.isDefault();
    }

    boolean wasDiscarded() {
        return before != null && !before.isActive();
    }

    /** What the role granted before the edit, nothing for one that the edit creates. */
    Rights rightsBefore() {
        return before == null ? Rights.none() : before.rights();
    }

    /** What is judged where the role is given to somebody: its rights before the edit, or those it was created with. */
    Rights judgedRights() {
        return before == null ? rights : before.rights();
    }

    void update(RoleUpdate update) {
        rights = update.rights().orElse(rights);
        isDefault = update.defaultRole().orElse(isDefault);
    }

    void delete(boolean canBeRestored) {
        active = false;
        gone = !canBeRestored;
    }

    void restore() {
        active = true;
    }
}
