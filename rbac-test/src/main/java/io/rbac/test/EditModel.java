package io.rbac.test;

import io.rbac.test.Sketch.Assignment;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a batch of edits makes of a policy, by loops over tuples. Stateless and safe for use by several threads.
 *
 * @since 0.1
 */
public final class EditModel {
    private static final Set<String> OF_THE_WHOLE_POLICY =
            Set.of("NAME_TAKEN", "TOO_MANY_ROLES", "LAST_DEFAULT_ROLE", "TOO_MANY_DEFAULTS");

    private EditModel() {}

    /**
     * Applies a batch (S12): its edits in order, one that fails left out, then what concerns the whole policy.
     *
     * @param before the policy; it may break rules, or hold unknown permissions (S2)
     * @param edits the batch
     * @param atMillis the time of the commit, in milliseconds since 1970
     * @return what came of it
     * @since 0.1
     */
    public static Outcome apply(Sketch before, List<Edit> edits, long atMillis) {
        Sketch start = withoutRetired(before);
        Findings findings = new Findings();
        Sketch result = withNetTimes(start, fold(start, edits, atMillis, findings), atMillis);
        List<EditEffect> effects = NetEffects.between(start, result);
        if (effects.isEmpty() && findings.all().isEmpty()) {
            return new Applied(before, effects);
        }
        checkWhole(start, result, findings);
        return findings.all().isEmpty()
                ? new Applied(result.withRevision(before.revision() + 1), effects)
                : new Refused(findings.all());
    }

    /** S2: a policy that is read holds no retired permission. */
    private static Sketch withoutRetired(Sketch sketch) {
        return sketch.withRoles(sketch.roles().stream()
                .map(role -> {
                    Set<String> keys = new LinkedHashSet<>(role.permissions());
                    sketch.retired().forEach(keys::remove);
                    return role.withPermissions(keys);
                })
                .toList());
    }

    /** The edits in order, without those that fail and without what concerns the whole policy. */
    static Sketch fold(Sketch start, List<Edit> edits, long atMillis, Findings findings) {
        Sketch sketch = start;
        for (int k = 0; k < edits.size(); k++) {
            findings.enter(k);
            Sketch next = step(sketch, edits.get(k), atMillis, findings);
            sketch = findings.failed() ? sketch : next;
        }
        return sketch;
    }

    private static Sketch step(Sketch sketch, Edit edit, long atMillis, Findings findings) {
        RoleEdits roles = new RoleEdits(sketch, atMillis, findings);
        AssignmentEdits assignments = new AssignmentEdits(sketch, findings);
        PlaceEdits places = new PlaceEdits(sketch, findings);
        if (edit instanceof Edit.CreateRole create) {
            return roles.create(create);
        } else if (edit instanceof Edit.UpdateRole update) {
            return roles.update(update);
        } else if (edit instanceof Edit.DeleteRole delete) {
            return roles.delete(delete);
        } else if (edit instanceof Edit.RestoreRole restore) {
            return roles.restore(restore);
        } else if (edit instanceof Edit.PurgeRole purge) {
            return roles.purge(purge);
        } else if (edit instanceof Edit.PutSystemRole put) {
            return roles.putSystem(put);
        } else if (edit instanceof Edit.Assign assign) {
            return assignments.assign(assign);
        } else if (edit instanceof Edit.Unassign unassign) {
            return assignments.unassign(unassign);
        } else if (edit instanceof Edit.Connect connect) {
            return assignments.connect(connect);
        } else if (edit instanceof Edit.SetRoles set) {
            return assignments.setRoles(set);
        } else if (edit instanceof Edit.SetUsers set) {
            return assignments.setUsers(set);
        } else if (edit instanceof Edit.AssignToAll all) {
            return assignments.assignToAll(all);
        } else if (edit instanceof Edit.RemoveUser remove) {
            return sketch.withoutUser(remove.user());
        } else if (edit instanceof Edit.AddTeam add) {
            return places.addTeam(add);
        } else if (edit instanceof Edit.RemoveTeam remove) {
            return places.removeTeam(remove);
        } else if (edit instanceof Edit.AddChat add) {
            return places.addChat(add);
        } else if (edit instanceof Edit.MoveChat move) {
            return places.moveChat(move);
        } else if (edit instanceof Edit.RemoveChat remove) {
            return places.removeChat(remove);
        }
        throw new AssertionError(edit);
    }

    /** S3: a role that is what it was before the batch keeps its times; another one was updated now. */
    private static Sketch withNetTimes(Sketch before, Sketch after, long atMillis) {
        List<SketchRole> roles = new ArrayList<>();
        for (SketchRole role : after.roles()) {
            SketchRole old = RoleEdits.find(before, role.id());
            boolean same = old != null && withoutTimes(old).equals(withoutTimes(role));
            roles.add(same ? old : role.withTimes(role.createdAt(), atMillis, role.discardedAt()));
        }
        return after.withRoles(roles);
    }

    private static SketchRole withoutTimes(SketchRole role) {
        return role.withTimes(null, null, role.isActive() ? null : Long.valueOf(0));
    }

    /** S2: the result breaks nothing, be it by what was there before. */
    private static void checkWhole(Sketch before, Sketch result, Findings findings) {
        findings.enterWhole();
        for (Problem problem : Validity.problems(result)) {
            if (OF_THE_WHOLE_POLICY.contains(problem.code())) {
                findings.report(problem.code(), "");
            } else {
                findings.reportOld(problem);
            }
        }
        for (String key : result.rules().lockout()) {
            if (hasHolder(before, key) && !hasHolder(result, key)) {
                findings.report("LAST_HOLDER", "");
            }
        }
    }

    /** S17: an active account role that grants the permission has a user. */
    private static boolean hasHolder(Sketch sketch, String key) {
        if (sketch.actions().stream().map(Action::key).noneMatch(key::equals)) {
            return false;
        }
        for (Assignment assignment : sketch.assignments()) {
            SketchRole role = RoleEdits.find(sketch, assignment.role());
            if (assignment.target().equals(Place.account())
                    && role != null
                    && role.isActive()
                    && role.permissions().contains(key)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What came of a batch: {@link Applied} or {@link Refused}.
     *
     * @since 0.1
     */
    public sealed interface Outcome {}

    /**
     * The batch was applied.
     *
     * @param result the policy at the next revision; the very one that was edited when there is no effect
     * @param effects the net differences: what went (assignments, roles, chats, teams), then what changed or came
     *     (teams, chats, roles, assignments), each in list order
     * @since 0.1
     */
    public record Applied(Sketch result, List<EditEffect> effects) implements Outcome {
        /**
         * Makes the outcome.
         *
         * @param result the policy that results
         * @param effects the net differences
         */
        public Applied {
            effects = List.copyOf(effects);
        }
    }

    /**
     * The batch was refused; nothing of it was applied.
     *
     * @param problems what is wrong, paths as {@code /changes/3/role}, or {@code /changes} for the whole policy; of an
     *     attribute of a role that was wrong before, the path in the policy document
     * @since 0.1
     */
    public record Refused(Set<Problem> problems) implements Outcome {
        /**
         * Makes the outcome.
         *
         * @param problems what is wrong
         */
        public Refused {
            problems = Collections.unmodifiableSet(new LinkedHashSet<>(problems));
        }
    }
}
