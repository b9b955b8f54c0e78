package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Effect;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.List;

/** Applies effects alone to a plain policy; each of them has to fit the result of the ones before it. */
final class EffectReplay {
    private EffectReplay() {}

    static PlainPolicy apply(PlainPolicy before, List<Effect> effects) {
        PlainPolicy plain = before;
        for (Effect effect : effects) {
            plain = step(plain, effect);
        }
        return plain;
    }

    private static PlainPolicy step(PlainPolicy plain, Effect effect) {
        return switch (effect.kind()) {
            case ROLE_ADDED -> {
                PlainRole role = PolicyConverter.plain(((Effect.RoleAdded) effect).role());
                assertThat(RoleEdits.find(plain, role.id())).isNull();
                yield plain.withRole(role);
            }
            case ROLE_CHANGED -> {
                PlainRole before = PolicyConverter.plain(((Effect.RoleChanged) effect).before());
                PlainRole after = PolicyConverter.plain(((Effect.RoleChanged) effect).after());
                assertThat(List.of(after.id(), after.scope(), after.system()))
                        .isEqualTo(List.of(before.id(), before.scope(), before.system()));
                yield plain.withRoles(without(plain.roles(), before)).withRole(after);
            }
            case ROLE_REMOVED ->
                plain.withRoles(without(plain.roles(), PolicyConverter.plain(((Effect.RoleRemoved) effect).role())));
            case TARGET_ADDED -> {
                Effect.TargetAdded added = (Effect.TargetAdded) effect;
                PlainTarget target = PolicyConverter.plain(added.target());
                assertThat(PlainPaths.isKnown(plain, target))
                        .as("known: %s", target)
                        .isFalse();
                yield with(plain, target, PolicyConverter.plain(added.parent()));
            }
            case TARGET_MOVED -> {
                Effect.TargetMoved moved = (Effect.TargetMoved) effect;
                PlainTarget target = PolicyConverter.plain(moved.target());
                assertThat(moved.after()).isNotEqualTo(moved.before());
                PlainPolicy rest = without(plain, target, PolicyConverter.plain(moved.before()));
                yield with(rest, target, PolicyConverter.plain(moved.after()));
            }
            case TARGET_REMOVED -> {
                Effect.TargetRemoved removed = (Effect.TargetRemoved) effect;
                yield without(plain, PolicyConverter.plain(removed.target()), PolicyConverter.plain(removed.parent()));
            }
            case ASSIGNMENT_ADDED -> {
                Assignment assignment = PolicyConverter.plain(((Effect.AssignmentAdded) effect).assignment());
                assertThat(plain.assignments()).doesNotContain(assignment);
                yield plain.withAssignment(assignment.user(), assignment.role(), assignment.target());
            }
            case ASSIGNMENT_REMOVED ->
                plain.withAssignments(without(
                        plain.assignments(), PolicyConverter.plain(((Effect.AssignmentRemoved) effect).assignment())));
        };
    }

    /** A target comes after what it lies in. */
    private static PlainPolicy with(PlainPolicy plain, PlainTarget target, PlainTarget parent) {
        PlainPolicy more = plain.withTarget(target, parent);
        assertThat(PlainPaths.path(more, target)).as("path of %s", target).isNotEmpty();
        return more;
    }

    private static PlainPolicy without(PlainPolicy plain, PlainTarget target, PlainTarget parent) {
        return plain.withTargets(without(plain.targets(), new Located(target, parent)));
    }

    private static <T> List<T> without(List<T> list, T removed) {
        List<T> rest = new ArrayList<>(list);
        assertThat(rest.remove(removed)).as("%s is among %s", removed, list).isTrue();
        return rest;
    }
}
