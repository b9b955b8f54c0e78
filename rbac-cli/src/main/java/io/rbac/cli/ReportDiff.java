package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What changes for whom: gains and losses by the roles that are behind them, and how far each changed role reaches. */
final class ReportDiff {

    private final Policy before;
    private final Policy after;
    private final List<Role> roles;
    private final ReportCatalog catalog;
    private final Map<String, Integer> roleNumbers = new HashMap<>();
    private final Side gains;
    private final Side losses;

    /**
     * Creates what is shown of a difference.
     *
     * @param roles the roles of both policies, as they are numbered in the page
     */
    ReportDiff(AccessDiff diff, List<Role> roles, ReportCatalog catalog) {
        this.before = diff.before().policy();
        this.after = diff.after().policy();
        this.roles = roles;
        this.catalog = catalog;
        roles.forEach(role -> roleNumbers.put(role.id(), roleNumbers.size()));
        this.gains = new Side(after, diff.gains());
        this.losses = new Side(before, diff.losses());
    }

    /** Returns what a role of a policy grants; nothing if the policy has no such role. */
    static Rights granted(Policy policy, String role) {
        return policy.role(role)
                .map(policy.catalog()::grantedBy)
                .orElse(policy.catalog().noRights());
    }

    /** Returns how the page names a target: the account is the same whatever its scope is called. */
    private static String nameOf(Target target) {
        return target.isAccount() ? Target.account().toString() : target.toString();
    }

    long gainCount() {
        return gains.count;
    }

    long lossCount() {
        return losses.count;
    }

    /** Writes everything as the field {@code changes}. */
    void writeField(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("changes");
        gains.writeField("gains", json);
        losses.writeField("losses", json);
        json.writeArrayFieldStart("roles");
        for (Role role : roles) {
            write(role.id(), json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes the change of a role and how far it reaches, if it has changed. */
    private void write(String role, JsonGenerator json) throws IOException {
        Rights gained = minus(granted(after, role), granted(before, role));
        Rights lost = minus(granted(before, role), granted(after, role));
        Optional<Role> was = before.role(role);
        Optional<Role> is = after.role(role);
        if (!gained.isEmpty() || !lost.isEmpty() || !was.map(ReportDiff::traits).equals(is.map(ReportDiff::traits))) {
            Set<String> holders = new HashSet<>(before.usersOf(role));
            holders.addAll(after.usersOf(role));
            Set<Target> places = places(before, role);
            places.addAll(places(after, role));
            json.writeStartObject();
            json.writeNumberField("role", Objects.requireNonNull(roleNumbers.get(role)));
            if (was.isPresent() && is.isPresent()) {
                writeTraits("was", was.get(), json);
            }
            catalog.write("gained", gained, json);
            catalog.write("lost", lost, json);
            json.writeNumberField("holders", holders.size());
            json.writeNumberField("places", places.size());
            json.writeNumberField("reach", reach(places));
            json.writeNumberField("gaining", gains.usersBy(role).size());
            json.writeNumberField("losing", losses.usersBy(role).size());
            json.writeEndObject();
        }
    }

    /** Returns what else than its rights makes a role a changed one. */
    private static List<Object> traits(Role role) {
        return List.of(role.name(), role.scope().name(), role.isActive(), role.isDefault());
    }

    private static void writeTraits(String field, Role role, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("name", role.name());
        json.writeStringField("scope", role.scope().name());
        json.writeBooleanField("active", role.isActive());
        json.writeBooleanField("default", role.isDefault());
        json.writeEndObject();
    }

    /** Returns those of some rights whose keys others lack. */
    private static Rights minus(Rights rights, Rights others) {
        List<String> keys = rights.stream()
                .map(Permission::key)
                .filter(key -> !others.contains(key))
                .toList();
        return rights.catalog().rights(keys);
    }

    private static Set<Target> places(Policy policy, String role) {
        Set<Target> places = new HashSet<>();
        for (String user : policy.usersOf(role)) {
            policy.rolesOf(user).stream()
                    .filter(assignment -> assignment.role().equals(role))
                    .forEach(assignment -> places.add(assignment.target()));
        }
        return places;
    }

    /** Returns how many targets of either policy are among some or lie in one of them. */
    private int reach(Set<Target> places) {
        Set<String> reached = new HashSet<>();
        for (Policy policy : List.of(before, after)) {
            Set<Target> found = new HashSet<>(places);
            Deque<Target> open = new ArrayDeque<>(places);
            while (!open.isEmpty()) {
                Target next = open.remove();
                reached.add(nameOf(next));
                policy.targetsIn(next).stream().filter(found::add).forEach(open::add);
            }
        }
        return reached.size();
    }

    /** Returns a target and what it lies in, up to the account. */
    private static List<Target> path(Policy policy, Target target) {
        List<Target> path = new ArrayList<>();
        for (Optional<Target> next = Optional.of(target); next.isPresent(); next = policy.parentOf(next.get())) {
            path.add(next.get());
        }
        return path;
    }

    /** The gains or the losses. */
    private final class Side {

        /** The policy under which users have what is gained or lost. */
        private final Policy policy;

        private final Map<String, Rights> granted = new HashMap<>();
        private final Map<List<Object>, Group> groups = new LinkedHashMap<>();
        private final Map<String, Set<String>> users = new HashMap<>();
        private final Set<String> allUsers = new HashSet<>();
        private long count;

        Side(Policy policy, Stream<AccessDiff.Entry> entries) {
            this.policy = policy;
            entries.forEach(this::add);
        }

        private void add(AccessDiff.Entry entry) {
            List<String> by = rolesOf(entry);
            groups.computeIfAbsent(List.of(by, entry.rights()), key -> new Group(by, entry.rights()))
                    .add(entry);
            by.forEach(
                    role -> users.computeIfAbsent(role, key -> new HashSet<>()).add(entry.user()));
            allUsers.add(entry.user());
            count++;
        }

        /** Returns the roles that give a user the rights of an entry, in the order of the page. */
        private List<String> rolesOf(AccessDiff.Entry entry) {
            return path(policy, entry.target()).stream()
                    .flatMap(place -> policy.rolesOf(entry.user(), place).stream())
                    .map(Role::id)
                    .filter(role -> granted.computeIfAbsent(role, id -> ReportDiff.granted(policy, id))
                            .intersects(entry.rights()))
                    .distinct()
                    .sorted(Comparator.comparingInt(role -> Objects.requireNonNull(roleNumbers.get(role))))
                    .toList();
        }

        Set<String> usersBy(String role) {
            return users.getOrDefault(role, Set.of());
        }

        void writeField(String name, JsonGenerator json) throws IOException {
            json.writeObjectFieldStart(name);
            json.writeNumberField("count", count);
            json.writeNumberField("users", allUsers.size());
            json.writeArrayFieldStart("groups");
            List<Group> sorted = groups.values().stream()
                    .sorted(Comparator.comparingLong((Group group) -> group.count)
                            .reversed())
                    .toList();
            for (Group group : sorted) {
                group.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** The entries with the same rights by the same roles. */
    private final class Group {

        /** How many entries of a group the page lists; it says how many more there are. */
        private static final int MAX_LISTED = 1000;

        private final List<String> by;
        private final Rights rights;
        private final List<AccessDiff.Entry> listed = new ArrayList<>();
        private long count;

        Group(List<String> by, Rights rights) {
            this.by = by;
            this.rights = rights;
        }

        void add(AccessDiff.Entry entry) {
            count++;
            if (listed.size() < MAX_LISTED) {
                listed.add(entry);
            }
        }

        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("count", count);
            json.writeArrayFieldStart("roles");
            for (String role : by) {
                json.writeNumber(Objects.requireNonNull(roleNumbers.get(role)));
            }
            json.writeEndArray();
            catalog.write("rights", rights, json);
            json.writeArrayFieldStart("entries");
            for (AccessDiff.Entry entry : listed) {
                json.writeStartArray();
                json.writeString(entry.user());
                json.writeString(nameOf(entry.target()));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
