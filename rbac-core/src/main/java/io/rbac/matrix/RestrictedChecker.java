package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;

/** Allows what both another checker allows and fixed rights contain. */
final class RestrictedChecker implements PermissionChecker {

    private final PermissionChecker checker;
    private final Rights rights;

    RestrictedChecker(PermissionChecker checker, Rights rights) {
        this.checker = checker;
        this.rights = rights;
    }

    @Override
    public boolean hasPermission(String user, String permission, Target target) {
        requireNonNull(user, "user");
        requireNonNull(target, "target");
        return rights.contains(permission) && checker.hasPermission(user, permission, target);
    }

    @Override
    public boolean hasPermission(String user, Permission permission, Target target) {
        requireNonNull(user, "user");
        requireNonNull(target, "target");
        return rights.contains(permission) && checker.hasPermission(user, permission, target);
    }

    @Override
    public boolean hasAny(String user, Rights asked, Target target) {
        if (rights.containsAll(asked)) {
            return checker.hasAny(user, asked, target);
        }
        requireNonNull(user, "user");
        requireNonNull(target, "target");
        return asked.intersects(rights) && checker.hasAny(user, common(asked), target);
    }

    private Rights common(Rights asked) {
        return asked.containsAll(rights) ? rights : asked.intersect(rights);
    }

    @Override
    public boolean hasAll(String user, Rights asked, Target target) {
        return checker.hasAll(user, asked, target) && rights.containsAll(asked);
    }

    @Override
    public String toString() {
        return checker + " restricted to " + rights;
    }
}
