package io.rbac.engine;

import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyTable;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges one edit of an actor, see {@link AdminGuard}.
 *
 * <p>A change that is refused is left out while the later ones are judged.
 */
final class GuardedEdit {

    /*
     * Why no batch gives what its changes could not give one by one. All that is compared is of the base, so that nothing
     * depends on what else the batch does. Let a user hold p at an old place n after the batch, through a role r at m.
     * - p is not of r in the base (r is new, or gained p): it was judged at the account, which is on every path.
     * - r was discarded in the base: it was restored, and all its rights were judged at the account.
     * - The batch gave him r at m: p was judged at m. If m is not on the path of n in the base, n was moved into m; the
     *   actor holds p at m, so that he himself gains p at n by that move unless he held it there: judged at n.
     * - He held r at m, and n was moved into m: judged at n. Else he held p at n before.
     * What stands in the middle of a batch decides one thing only: which roles a change gives to whom (EditedPolicy).
     */

    /** The kinds of change that an actor can make: all but those for the host alone, by name. */
    static final List<Class<? extends Change>> KINDS = kinds();

    private final AdminGuard guard;
    private final Policy base;
    private final Actor actor;
    private final EditedPolicy edited;
    private final Violation.Collector violations = new Violation.Collector();
    private @Nullable Rights teamRights;

    GuardedEdit(AdminGuard guard, Actor actor) {
        this.guard = guard;
        this.base = actor.policy();
        this.actor = actor;
        this.edited = new EditedPolicy(base);
    }

    private static List<Class<? extends Change>> kinds() {
        List<Class<? extends Change>> kinds = new ArrayList<>();
        for (Class<?> kind : Change.class.getPermittedSubclasses()) {
            kinds.add(kind.asSubclass(Change.class));
        }
        kinds.removeAll(List.of(Change.PurgeRole.class, Change.PutSystemRole.class));
        kinds.sort(Comparator.comparing(Class::getSimpleName));
        return List.copyOf(kinds);
    }

    /**
     * Judges the changes in order.
     *
     * @throws PolicyViolationException with every refusal
     */
    void judge(List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            long before = violations.total();
            judge(changes.get(i), Violation.pointer("changes", i));
            if (violations.total() == before) {
                edited.take(changes.get(i));
            }
        }
        violations.throwIfAny();
    }

    private void judge(Change change, String path) {
        if (change instanceof Change.PutSystemRole put) {
            systemRole(put.role().id(), path);
        } else if (change instanceof Change.PurgeRole purge) {
            if (isSystemRole(purge.role())) {
                systemRole(purge.role(), path);
            } else {
                violations.add(
                        Code.FORBIDDEN,
                        path,
                        actor.user(),
                        actor + " may not purge role " + Violation.quote(purge.role()) + ": expected the host itself");
            }
        } else {
            judgePermission(change, path);
            String frozen = systemRoleTouched(change);
            if (frozen != null) {
                systemRole(frozen, path);
            } else {
                judgeGifts(change, path);
            }
        }
    }

    // the needed permission

    private void judgePermission(Change change, String path) {
        for (Target place : places(change)) {
            if (!guard.allows(actor, change.getClass(), place.scope(), edited.nearest(place))) {
                violations.add(
                        Code.FORBIDDEN,
                        path,
                        actor.user(),
                        actor + " may not do this at " + Violation.quote(place.toString()) + ": expected "
                                + quoted(guard.needed(change.getClass(), place.scope()), " or ") + " there");
            }
        }
    }

    /** The places where the needed permission is looked for. */
    private Collection<Target> places(Change change) {
        if (change instanceof Change.Assign assign) {
            return List.of(assign.target());
        } else if (change instanceof Change.Unassign unassign) {
            return List.of(unassign.target());
        } else if (change instanceof Change.Connect connect) {
            return List.of(connect.target());
        } else if (change instanceof Change.SetRoles set) {
            return List.of(set.target());
        } else if (change instanceof Change.SetUsers set) {
            return List.of(set.target());
        } else if (change instanceof Change.AddChat add) {
            return List.of(teamOrAccount(add.teamOrNull()));
        } else if (change instanceof Change.RemoveChat remove) {
            return List.of(edited.placeOf(remove.chat()));
        } else if (change instanceof Change.MoveChat move) {
            return new LinkedHashSet<>(List.of(edited.placeOf(move.chat()), teamOrAccount(move.teamOrNull())));
        }
        return List.of(Target.account());
    }

    private static Target teamOrAccount(@Nullable String team) {
        return team == null ? Target.account() : Target.team(team);
    }

    // system roles

    private @Nullable String systemRoleTouched(Change change) {
        if (change instanceof Change.DeleteRole delete) {
            return isSystemRole(delete.role()) ? delete.role() : null;
        } else if (change instanceof Change.RestoreRole restore) {
            Role role = base.role(restore.role()).orElse(null);
            return isSystemRole(restore.role()) && role != null && !role.isActive() ? restore.role() : null;
        } else if (change instanceof Change.UpdateRole update) {
            Rights rights = update.update().rights().orElse(null);
            Role role = base.role(update.role()).orElse(null);
            return isSystemRole(update.role()) && role != null && rights != null && !rights.equals(role.rights())
                    ? update.role()
                    : null;
        }
        return null;
    }

    private boolean isSystemRole(String id) {
        return base.role(id).filter(role -> role.type() == RoleType.SYSTEM).isPresent();
    }

    private void systemRole(String id, String path) {
        violations.add(
                Code.SYSTEM_ROLE,
                path,
                id,
                "role " + Violation.quote(id)
                        + " is a system role: expected the host itself to create, delete or restore"
                        + " it and to change its rights");
    }

    // what is given away

    private void judgeGifts(Change change, String path) {
        Map<Target, Rights> missing = new LinkedHashMap<>();
        if (change instanceof Change.MoveChat move) {
            add(missing, Target.chat(move.chat()), gainedByMove(move));
        } else if (change instanceof Change.CreateRole create) {
            add(missing, Target.account(), lacking(rights(create.attributes()), Target.account()));
        } else if (change instanceof Change.UpdateRole update) {
            add(missing, Target.account(), lacking(gainedByUpdate(update), Target.account()));
        } else if (change instanceof Change.RestoreRole restore) {
            add(missing, Target.account(), lacking(gainedByRestore(restore), Target.account()));
        } else {
            for (EditedPolicy.Gift gift : edited.gifts(change)) {
                if (edited.isNew(gift)) {
                    add(missing, gift.target(), lacking(gift.role().judgedRights(), gift.target()));
                }
            }
        }
        if (!missing.isEmpty()) {
            escalation(missing, path);
        }
    }

    private void add(Map<Target, Rights> missing, Target place, Rights rights) {
        if (!rights.isEmpty()) {
            missing.merge(place, rights, Rights::union);
        }
    }

    private Rights lacking(Rights rights, Target place) {
        return guard.lacking(actor, rights, edited.nearest(place));
    }

    private static Rights rights(RoleUpdate attributes) {
        return attributes.rights().orElse(Rights.none());
    }

    private Rights gainedByUpdate(Change.UpdateRole change) {
        EditedRole role = edited.role(change.role());
        if (role == null) {
            return Rights.none();
        }
        Rights rights = change.update().rights().orElse(role.rights());
        boolean isDefault = change.update().defaultRole().orElse(role.isDefault());
        return isDefault && !role.wasDefault() ? rights : rights.minus(role.rightsBefore());
    }

    private Rights gainedByRestore(Change.RestoreRole change) {
        EditedRole role = edited.role(change.role());
        return role == null || !role.wasDiscarded() ? Rights.none() : role.rights();
    }

    /** What any user gains at a chat by a move, and the actor does not hold there before it. */
    private Rights gainedByMove(Change.MoveChat move) {
        Target chat = edited.nearest(Target.chat(move.chat()));
        Target place = edited.nearest(teamOrAccount(move.teamOrNull()));
        if (place.scope() != Scope.TEAM || !edited.exists(Target.chat(move.chat()))) {
            return Rights.none();
        }
        Rights open = guard.lacking(actor, teamRights(), chat);
        return open.isEmpty() ? open : gainedAt(chat, place, open);
    }

    /** What all roles of teams grant together; more is never gained by a move. */
    private Rights teamRights() {
        if (teamRights == null) {
            teamRights = base.catalog().noRights();
            for (int i = 0; i < base.table().roles(); i++) {
                Role role = base.table().roleOf(i);
                if (role != null && role.scope() == Scope.TEAM) {
                    teamRights = teamRights.union(granted(role));
                }
            }
        }
        return teamRights;
    }

    private Rights gainedAt(Target chat, Target team, Rights open) {
        PolicyTable table = base.table();
        int target = table.target(team);
        Map<Integer, Rights> granted = new HashMap<>();
        Rights gained = base.catalog().noRights();
        for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
            String id = table.userId(user);
            Rights rights = granted.computeIfAbsent(table.roleSet(user, target), this::granted);
            Rights candidates = rights.intersect(open).minus(gained);
            if (id != null && !candidates.isEmpty()) {
                gained = gained.union(candidates.minus(actor.matrix().rightsOf(id, chat)));
            }
        }
        return gained;
    }

    private Rights granted(int roleSet) {
        Rights rights = base.catalog().noRights();
        for (int i = 0; i < base.table().size(roleSet); i++) {
            Role role = base.table().roleOf(base.table().role(roleSet, i));
            if (role != null) {
                rights = rights.union(granted(role));
            }
        }
        return rights;
    }

    private Rights granted(Role role) {
        return role.isActive()
                ? base.catalog().allRights().intersect(role.rights())
                : base.catalog().noRights();
    }

    private void escalation(Map<Target, Rights> missing, String path) {
        Rights all = base.catalog().noRights();
        StringBuilder places = new StringBuilder();
        for (Map.Entry<Target, Rights> lacked : missing.entrySet()) {
            all = all.union(lacked.getValue());
            places.append(places.isEmpty() ? "" : ", ")
                    .append(quoted(lacked.getValue(), ", "))
                    .append(" at ")
                    .append(Violation.quote(lacked.getKey().toString()));
        }
        violations.add(
                Code.ESCALATION,
                path,
                String.join(", ", all.stream().map(Permission::key).toList()),
                actor + " gives away what he does not hold: expected him to hold " + places);
    }

    private static String quoted(Iterable<Permission> permissions, String separator) {
        StringBuilder text = new StringBuilder();
        for (Permission permission : permissions) {
            text.append(text.isEmpty() ? "" : separator).append(Violation.quote(permission.key()));
        }
        return text.toString();
    }
}
