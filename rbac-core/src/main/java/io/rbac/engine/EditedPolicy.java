package io.rbac.engine;

import io.rbac.model.Change;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.PolicyTable;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the middle of an edit: the revision that it commits on, and what its earlier changes did, as far as it
 * decides what the next one gives to whom and where.
 *
 * <p>A place or role that is removed and added again is another one. What is said of who holds a role errs to the side of
 * holding less.
 *
 * <p>This class is not thread-safe.
 */
final class EditedPolicy {

    /** A role that users get at a target. */
    record Gift(EditedRole role, Target target, List<String> users) {}

    /** Something that a role was taken from: a user, a user at a place, a role at a place, or all three. */
    private record Loss(
            @Nullable String user,
            @Nullable EditedRole role,
            @Nullable Place place) {}

    private record Holder(String user, Place place) {}

    private final Policy base;
    private final Place account = new Place(Target.account(), true, null);
    private final Map<String, EditedRole> roles = new LinkedHashMap<>();
    private final Map<Target, Place> places = new HashMap<>();
    private final Map<Scope, List<EditedRole>> defaults = new EnumMap<>(Scope.class);
    private final Map<Holder, Map<EditedRole, Integer>> given = new HashMap<>();
    private final Map<Loss, Integer> taken = new HashMap<>();
    private @Nullable String newcomer;
    private int step;

    EditedPolicy(Policy base) {
        this.base = base;
    }

    // what stands

    /** The role of this id, {@code null} for an unknown one. */
    @Nullable
    EditedRole role(String id) {
        EditedRole role = roles.get(id);
        if (role == null) {
            Optional<Role> before = base.role(id);
            if (before.isPresent()) {
                role = new EditedRole(before.get());
                roles.put(id, role);
            }
        }
        return role == null || role.isGone() ? null : role;
    }

    /** Whether a place exists. */
    boolean exists(Target target) {
        return place(target) != null;
    }

    /** The team or account that a chat lies in; the account for an unknown one. */
    Target placeOf(String chat) {
        Place place = place(Target.chat(chat));
        return place == null || place.team == null ? Target.account() : place.team.target;
    }

    /** The nearest place to a target, from itself to the account, that existed before the edit. */
    Target nearest(Target target) {
        Place place = place(target);
        while (place != null && !place.old) {
            place = place.team;
        }
        return place == null ? Target.account() : place.target;
    }

    private @Nullable Place place(Target target) {
        if (target.scope() == Scope.ACCOUNT) {
            return account;
        }
        Place place = places.get(target);
        if (place == null && base.table().target(target) >= 0) {
            place = oldPlace(target);
            places.put(target, place);
        }
        return place == null || !place.exists() ? null : place;
    }

    /** A place that existed before and was not looked at until now; it went if the team that it lay in did. */
    private Place oldPlace(Target target) {
        Target team = target.scope() == Scope.TEAM
                ? null
                : base.teamOf(target.id()).map(Target::team).orElse(null);
        Place parent = team == null ? null : place(team);
        Place place = new Place(target, true, parent);
        place.gone = team != null && (parent == null || !parent.old);
        return place;
    }

    /** Whether a user of a gift did not hold the role there before the edit. */
    boolean isNew(Gift gift) {
        Place place = place(gift.target());
        if (place == null || !place.old || !gift.role().isOld()) {
            return !gift.users().isEmpty();
        }
        int target = base.table().target(gift.target());
        int role = base.table().role(gift.role().id());
        return gift.users().stream().anyMatch(user -> !wasHeld(base.table().user(user), role, target));
    }

    private boolean wasHeld(int user, int role, int target) {
        PolicyTable table = base.table();
        int roleSet = user < 0 ? 0 : table.roleSet(user, target);
        for (int i = 0; i < table.size(roleSet); i++) {
            if (table.role(roleSet, i) == role) {
                return true;
            }
        }
        return false;
    }

    // what a change gives

    /** The roles that users get by a change, among them such as they already have. */
    List<Gift> gifts(Change change) {
        if (change instanceof Change.Assign assign) {
            return named(List.of(assign.user()), List.of(assign.role()), assign.target());
        } else if (change instanceof Change.SetUsers set) {
            return named(set.users(), List.of(set.role()), set.target());
        } else if (change instanceof Change.AssignToAll assign) {
            return named(someUserWithout(assign.role()), List.of(assign.role()), Target.account());
        } else if (change instanceof Change.Connect connect) {
            return holdsActive(connect.user(), connect.target())
                    ? List.of()
                    : connecting(connect.user(), connect.target());
        } else if (change instanceof Change.SetRoles set) {
            return set.roles().isEmpty() && base.rules().emptyRoles() == EmptyRoles.DEFAULTS
                    ? connecting(set.user(), set.target())
                    : named(List.of(set.user()), set.roles(), set.target());
        }
        return List.of();
    }

    private List<Gift> named(List<String> users, List<String> ids, Target target) {
        List<Gift> gifts = new ArrayList<>();
        for (String id : ids) {
            EditedRole role = role(id);
            if (role != null) {
                gifts.add(new Gift(role, target, users));
            }
        }
        return gifts;
    }

    private List<Gift> connecting(String user, Target target) {
        List<Gift> gifts = new ArrayList<>();
        defaults(target.scope()).forEach(role -> gifts.add(new Gift(role, target, List.of(user))));
        if (target.scope() != Scope.ACCOUNT && !holdsActive(user, Target.account())) {
            defaults(Scope.ACCOUNT).forEach(role -> gifts.add(new Gift(role, Target.account(), List.of(user))));
        }
        return gifts;
    }

    private List<EditedRole> defaults(Scope scope) {
        return defaults.computeIfAbsent(scope, this::findDefaults);
    }

    private List<EditedRole> findDefaults(Scope scope) {
        for (int i = 0; i < base.table().roles(); i++) {
            Role role = base.table().roleOf(i);
            if (role != null && role.scope() == scope && role.isDefault()) {
                role(role.id());
            }
        }
        return roles.values().stream()
                .filter(role -> role.scope() == scope && role.isDefault() && role.isActive())
                .toList();
    }

    private boolean holdsActive(String user, Target target) {
        Place place = place(target);
        if (place == null) {
            return false;
        }
        Map<EditedRole, Integer> gifts = given.getOrDefault(new Holder(user, place), Map.of());
        for (Map.Entry<EditedRole, Integer> gift : gifts.entrySet()) {
            if (gift.getKey().isActive() && gift.getValue() >= lastTaken(user, gift.getKey(), place)) {
                return true;
            }
        }
        for (Role held : place.old ? base.rolesOf(user, target) : List.<Role>of()) {
            EditedRole role = role(held.id());
            if (role != null && role.isOld() && role.isActive() && lastTaken(user, role, place) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The last step at which a user was deprived of a role at a place, 0 if he was not. */
    private int lastTaken(String user, EditedRole role, Place place) {
        int last = taken.getOrDefault(new Loss(user, null, null), 0);
        last = Math.max(last, taken.getOrDefault(new Loss(user, null, place), 0));
        last = Math.max(last, taken.getOrDefault(new Loss(null, role, place), 0));
        return Math.max(last, taken.getOrDefault(new Loss(user, role, place), 0));
    }

    /** A user who lacks a role at the account: one stands for all. None if every user has it. */
    private List<String> someUserWithout(String id) {
        EditedRole role = role(id);
        int account = base.table().target(Target.account());
        int ordinal = role == null || !role.isOld() ? -1 : base.table().role(id);
        for (int i = 0; i < base.table().users(); i++) {
            String user = base.table().userId(i);
            if (user != null && !wasHeld(i, ordinal, account)) {
                return List.of(user);
            }
        }
        return newcomer == null ? List.of() : List.of(newcomer);
    }

    // what a change does

    /** Takes the next change in. One that cannot be applied may do anything: it never is. */
    void take(Change change) {
        step++;
        takeAway(change);
        if (change instanceof Change.AssignToAll) {
            return; // whom it reaches is left open: they count as holding less
        }
        gifts(change).forEach(this::take);
        takeRole(change);
        takePlace(change);
    }

    private void take(Gift gift) {
        Place place = place(gift.target());
        if (place == null) {
            return;
        }
        for (String user : gift.users()) {
            given.computeIfAbsent(new Holder(user, place), holder -> new HashMap<>())
                    .put(gift.role(), step);
            if (base.table().user(user) < 0) {
                newcomer = user;
            }
        }
    }

    private void takeAway(Change change) {
        if (change instanceof Change.Unassign unassign) {
            taken.put(new Loss(unassign.user(), role(unassign.role()), place(unassign.target())), step);
        } else if (change instanceof Change.SetRoles set) {
            taken.put(new Loss(set.user(), null, place(set.target())), step);
        } else if (change instanceof Change.SetUsers set) {
            taken.put(new Loss(null, role(set.role()), place(set.target())), step);
        } else if (change instanceof Change.RemoveUser remove) {
            taken.put(new Loss(remove.user(), null, null), step);
        }
    }

    private void takeRole(Change change) {
        if (change instanceof Change.CreateRole create) {
            Optional<Scope> scope = create.scope().or(base.rules()::defaultScope);
            if (create.id().isPresent() && scope.isPresent() && role(create.id().get()) == null) {
                roles.put(create.id().get(), new EditedRole(create.id().get(), scope.get(), create.attributes()));
            }
        } else if (change instanceof Change.UpdateRole update) {
            EditedRole role = role(update.role());
            if (role != null) {
                role.update(update.update());
            }
        } else if (change instanceof Change.DeleteRole delete) {
            EditedRole role = role(delete.role());
            if (role != null) {
                role.delete(base.rules().deletion() == Deletion.DISCARD);
            }
        } else if (change instanceof Change.RestoreRole restore) {
            EditedRole role = role(restore.role());
            if (role != null) {
                role.restore();
            }
        } else {
            return;
        }
        defaults.clear();
    }

    private void takePlace(Change change) {
        if (change instanceof Change.AddTeam add) {
            add(Target.team(add.team()), null);
        } else if (change instanceof Change.AddChat add) {
            add(Target.chat(add.chat()), team(add.teamOrNull()));
        } else if (change instanceof Change.MoveChat move) {
            Place chat = place(Target.chat(move.chat()));
            if (chat != null) {
                chat.team = team(move.teamOrNull());
            }
        } else if (change instanceof Change.RemoveTeam remove) {
            remove(Target.team(remove.team()));
        } else if (change instanceof Change.RemoveChat remove) {
            remove(Target.chat(remove.chat()));
        }
    }

    private void add(Target target, @Nullable Place team) {
        if (place(target) == null) {
            places.put(target, new Place(target, false, team));
        }
    }

    private @Nullable Place team(@Nullable String id) {
        return id == null ? null : place(Target.team(id));
    }

    private void remove(Target target) {
        Place place = place(target);
        if (place != null) {
            place.gone = true;
        }
    }

    /** One place from when it is added to when it is removed. */
    private static final class Place {

        private final Target target;
        private final boolean old;
        private @Nullable Place team;
        private boolean gone;

        private Place(Target target, boolean old, @Nullable Place team) {
            this.target = target;
            this.old = old;
            this.team = team;
        }

        private boolean exists() {
            return !gone && (team == null || team.exists());
        }
    }
}
