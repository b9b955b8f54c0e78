package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies batches of edits to plain policies, by loops over tuples.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class EditModel {
    private EditModel() {}

    /**
     * Applies a batch (S12): its edits in order, leaving out each one that fails, then the checks of the whole policy.
     *
     * @param before the policy; it may break rules, or hold unknown permissions (S2)
     * @param edits the batch
     * @param atMillis the time of the commit, in milliseconds since 1970
     */
    public static Outcome apply(PlainPolicy before, List<Edit> edits, long atMillis) {
        PlainPolicy start = withoutRetired(before);
        EditViolations violations = new EditViolations();
        PlainPolicy result = withNetTimes(start, fold(start, edits, atMillis, violations), atMillis);
        List<EditEffect> effects = NetEffects.between(start, result);
        if (effects.isEmpty() && violations.all().isEmpty()) {
            return new Applied(before, effects);
        }
        checkWhole(start, result, violations);
        return violations.all().isEmpty()
                ? new Applied(result.withRevision(before.revision() + 1), effects)
                : new Refused(violations.all());
    }

    /** S2: a policy that is read holds no retired permission. */
    private static PlainPolicy withoutRetired(PlainPolicy plain) {
        return plain.withRoles(plain.roles().stream()
                .map(role -> {
                    Set<String> keys = new LinkedHashSet<>(role.permissions());
                    plain.retired().forEach(keys::remove);
                    return role.withPermissions(keys);
                })
                .toList());
    }

    /** Applies the edits in order, leaving out those that fail, without the checks of the whole policy. */
    static PlainPolicy fold(PlainPolicy start, List<Edit> edits, long atMillis, EditViolations violations) {
        PlainPolicy plain = start;
        for (int k = 0; k < edits.size(); k++) {
            violations.enterEdit(k);
            PlainPolicy next = step(plain, edits.get(k), atMillis, violations);
            plain = violations.hasNew() ? plain : next;
        }
        return plain;
    }

    private static PlainPolicy step(PlainPolicy plain, Edit edit, long atMillis, EditViolations violations) {
        RoleEdits roles = new RoleEdits(plain, atMillis, violations);
        AssignmentEdits assignments = new AssignmentEdits(plain, violations);
        TargetEdits targets = new TargetEdits(plain, violations);
        return switch (edit.kind()) {
            case CREATE_ROLE -> roles.create((Edit.CreateRole) edit);
            case UPDATE_ROLE -> roles.update((Edit.UpdateRole) edit);
            case DELETE_ROLE -> roles.delete((Edit.DeleteRole) edit);
            case RESTORE_ROLE -> roles.restore((Edit.RestoreRole) edit);
            case PURGE_ROLE -> roles.purge((Edit.PurgeRole) edit);
            case PUT_SYSTEM_ROLE -> roles.putSystem((Edit.PutSystemRole) edit);
            case ASSIGN -> assignments.assign((Edit.Assign) edit);
            case UNASSIGN -> assignments.unassign((Edit.Unassign) edit);
            case CONNECT -> assignments.connect((Edit.Connect) edit);
            case SET_ROLES -> assignments.setRoles((Edit.SetRoles) edit);
            case SET_USERS -> assignments.setUsers((Edit.SetUsers) edit);
            case ASSIGN_TO_ALL -> assignments.assignToAll((Edit.AssignToAll) edit);
            case REMOVE_USER -> plain.withoutUser(((Edit.RemoveUser) edit).user());
            case ADD_TARGET -> targets.add((Edit.AddTarget) edit);
            case MOVE_TARGET -> targets.move((Edit.MoveTarget) edit);
            case REMOVE_TARGET -> targets.remove((Edit.RemoveTarget) edit);
        };
    }

    /** S3: a role that is the same as before the batch keeps its times; any other was updated now. */
    private static PlainPolicy withNetTimes(PlainPolicy before, PlainPolicy after, long atMillis) {
        List<PlainRole> roles = new ArrayList<>();
        for (PlainRole role : after.roles()) {
            PlainRole old = RoleEdits.find(before, role.id());
            boolean isSame = old != null && withoutTimes(old).equals(withoutTimes(role));
            roles.add(isSame ? old : role.withTimes(role.createdAt(), atMillis, role.discardedAt()));
        }
        return after.withRoles(roles);
    }

    private static PlainRole withoutTimes(PlainRole role) {
        return role.withTimes(null, null, role.isActive() ? null : Long.valueOf(0));
    }

    /** S2: whatever is wrong with the whole policy was wrong before, and is no worse. */
    private static void checkWhole(PlainPolicy before, PlainPolicy result, EditViolations violations) {
        violations.enterBatch();
        checkDefaults(before, result, violations);
        checkUniqueNames(before, result, violations);
        checkRolesPerTarget(before, result, violations);
        for (String key : result.rules().lockout()) {
            if (hasHolder(before, key) && !hasHolder(result, key)) {
                violations.report("LAST_HOLDER", "");
            }
        }
    }

    /** S8: no scope has more default roles too few or too many than before. */
    private static void checkDefaults(PlainPolicy before, PlainPolicy result, EditViolations violations) {
        for (PlainScope scope : result.scopes()) {
            PlainRules.Defaults bounds = result.rules().defaultsOf(scope);
            int max = bounds.max() == null ? Integer.MAX_VALUE : bounds.max();
            int old = defaultCount(before, scope);
            int count = defaultCount(result, scope);
            if (Math.max(0, bounds.min() - count) > Math.max(0, bounds.min() - old)) {
                violations.report("LAST_DEFAULT_ROLE", "");
            }
            if (Math.max(0, count - max) > Math.max(0, old - max)) {
                violations.report("TOO_MANY_DEFAULTS", "");
            }
        }
    }

    private static int defaultCount(PlainPolicy plain, PlainScope scope) {
        int count = 0;
        for (PlainRole role : plain.roles()) {
            count += role.scope().equals(scope) && role.isDefault() && role.isActive() ? 1 : 0;
        }
        return count;
    }

    /** S15: active roles have one name only if all of them had these names before, and were active. */
    private static void checkUniqueNames(PlainPolicy before, PlainPolicy result, EditViolations violations) {
        if (!result.rules().name().unique()) {
            return;
        }
        Map<String, List<PlainRole>> rolesByName = new HashMap<>();
        for (PlainRole role : result.roles()) {
            if (role.isActive() && role.name() != null) {
                rolesByName
                        .computeIfAbsent(Spelling.comparableName(role.name()), name -> new ArrayList<>())
                        .add(role);
            }
        }
        for (List<PlainRole> roles : rolesByName.values()) {
            if (roles.size() > 1 && !roles.stream().allMatch(role -> hadName(before, role))) {
                violations.report("NAME_TAKEN", "");
            }
        }
    }

    private static boolean hadName(PlainPolicy before, PlainRole role) {
        PlainRole old = RoleEdits.find(before, role.id());
        return old != null && old.isActive() && Objects.equals(old.name(), role.name());
    }

    /**
     * Roles, active or discarded, that a user holds at one target are too many only if they were as many before (S9).
     */
    private static void checkRolesPerTarget(PlainPolicy before, PlainPolicy result, EditViolations violations) {
        Integer max = result.rules().rolesPerTarget();
        if (max == null) {
            return;
        }
        Map<List<Object>, Integer> old = rolesPerTarget(before);
        rolesPerTarget(result).forEach((userAndTarget, count) -> {
            if (count > max && count > old.getOrDefault(userAndTarget, 0)) {
                violations.report("TOO_MANY_ROLES", "");
            }
        });
    }

    private static Map<List<Object>, Integer> rolesPerTarget(PlainPolicy plain) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        for (Assignment assignment : plain.assignments()) {
            counts.merge(List.of(assignment.user(), assignment.target()), 1, Integer::sum);
        }
        return counts;
    }

    /** S17: an active account role that grants the permission has a user. */
    private static boolean hasHolder(PlainPolicy plain, String key) {
        if (plain.actions().stream()
                .noneMatch(action -> action.key().equals(key) && action.scopes().contains(PlainScope.ACCOUNT))) {
            return false;
        }
        for (Assignment assignment : plain.assignments()) {
            PlainRole role = RoleEdits.find(plain, assignment.role());
            if (assignment.target().equals(PlainTarget.account())
                    && role != null
                    && role.isActive()
                    && role.permissions().contains(key)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The outcome of a batch.
     *
     * @since 0.1
     */
    public sealed interface Outcome {}

    /**
     * The batch was applied.
     *
     * @param result the policy at the next revision; the edited one itself if there is no effect
     * @param effects the net differences: first what was removed (assignments, roles, targets), then what was added or
     *     changed (targets, roles, assignments), each in the order of S3, except that a target comes after what it lies
     *     in where this is added or moved too, and before what it lay in where this is removed too
     * @since 0.1
     */
    public record Applied(PlainPolicy result, List<EditEffect> effects) implements Outcome {
        public Applied {
            effects = List.copyOf(effects);
        }
    }

    /**
     * The batch was refused; nothing of it was applied.
     *
     * @param violations what is wrong; the path is that of an edit, such as {@code /changes/3/role}, or {@code
     *     /changes} for the whole policy
     * @since 0.1
     */
    public record Refused(Set<PlainViolation> violations) implements Outcome {
        public Refused {
            violations = Collections.unmodifiableSet(new LinkedHashSet<>(violations));
        }
    }
}
