package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Roles, teams, chats and assignments of one account, at one revision, under one catalog and one set of rules.
 *
 * <p><b>Ids</b> of accounts, users, roles, teams and chats are texts of 1 to 256 code points that are compared exactly:
 * nothing is trimmed, folded or matched by a pattern. Control characters, surrogates, noncharacters, private use
 * characters, white space and invisible characters are not allowed, but for a single space between two others.
 *
 * <p><b>Lists</b> come in a fixed order: roles by creation (those without an instant first), then by id; users, teams
 * and chats by the code points of their ids; assignments by user, then account, teams and chats, then by the id of the
 * target and of the role. Discarded roles and their assignments are listed like others; what they grant is nothing.
 *
 * <p>Lookups of one role or of the number of its users are done in constant time; a list takes time for what it
 * contains, and {@link #usersOf} for the targets of the role's assignments as well.
 *
 * <p>Two policies are equal when account, revision, catalog, rules, roles, teams, chats and assignments are. This class
 * is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Policy {

    private final String account;
    private final long revision;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final PolicyTable table;
    private final boolean sound;

    Policy(
            String account,
            long revision,
            PermissionCatalog catalog,
            PolicyRules rules,
            PolicyTable table,
            boolean sound) {
        this.account = account;
        this.revision = revision;
        this.catalog = catalog;
        this.rules = rules;
        this.table = table;
        this.sound = sound;
    }

    /** Returns a builder of a policy under the {@linkplain PolicyRules#standard() standard rules}. */
    public static Builder builder(String account, PermissionCatalog catalog) {
        return builder(account, catalog, PolicyRules.standard());
    }

    /** Returns a builder of a policy. */
    public static Builder builder(String account, PermissionCatalog catalog, PolicyRules rules) {
        return new Builder(account, catalog, rules);
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the number of this state of the account's policy; 0 for one that was built and never committed. */
    public long revision() {
        return revision;
    }

    /** Returns the catalog, the very instance that was given. */
    public PermissionCatalog catalog() {
        return catalog;
    }

    /** Returns the rules, the very instance that was given. */
    public PolicyRules rules() {
        return rules;
    }

    /** Returns the dense form of this policy. */
    public PolicyTable table() {
        return table;
    }

    /**
     * Returns this policy under another catalog: rights are taken over by key, and what the other catalog lists as
     * retired is dropped.
     *
     * @throws PolicyViolationException with every permission that a role holds and the other catalog lacks ({@link
     *     Code#UNKNOWN_PERMISSION}) or does not allow for its scope ({@link Code#PERMISSION_NOT_IN_SCOPE}), and every
     *     {@linkplain PolicyRules#lockout() lockout} permission that it lacks; paths count roles in the order of
     *     {@link #roles()}
     */
    public Policy withCatalog(PermissionCatalog other) {
        if (catalog.isSame(requireNonNull(other, "catalog"))) {
            return this;
        }
        return checked(other, rules);
    }

    /**
     * Returns this policy under other rules.
     *
     * @throws PolicyViolationException with everything that it breaks under them; paths count roles in the order of
     *     {@link #roles()}
     */
    public Policy withRules(PolicyRules other) {
        return checked(catalog, requireNonNull(other, "rules"));
    }

    private Policy checked(PermissionCatalog newCatalog, PolicyRules newRules) {
        Policy result = under(newCatalog, newRules);
        result.requireSound();
        return result;
    }

    /**
     * Returns this policy under another catalog and other rules, whatever it breaks under them: what it breaks is told by
     * {@link #violations()}. A permission that a role holds and the catalog lacks grants nothing, and is kept. This is
     * how a stored policy is answered from by a release that does not know all of it.
     */
    public Policy under(PermissionCatalog newCatalog, PolicyRules newRules) {
        Adoption adoption = new Adoption(newCatalog, newRules);
        Violation.Collector violations = new Violation.Collector();
        adoption.check(this, violations);
        return new Policy(account, revision, newCatalog, newRules, adoption.table(this), violations.isEmpty());
    }

    /**
     * Returns everything that this policy breaks under its catalog and rules: nothing, unless it comes from {@link
     * #under}. Paths are those of the policy document.
     */
    public List<Violation> violations() {
        return brokenRules().violations();
    }

    private Violation.Collector brokenRules() {
        Violation.Collector violations = new Violation.Collector();
        if (!sound) {
            new Adoption(catalog, rules).check(this, violations);
        }
        return violations;
    }

    boolean isSound() {
        return sound;
    }

    void requireSound() {
        brokenRules().throwIfAny();
    }

    /** Returns this policy at another revision. */
    public Policy withRevision(long newRevision) {
        return new Policy(account, newRevision, catalog, rules, table, sound);
    }

    /**
     * Returns the policy that changes lead to.
     *
     * @throws PolicyViolationException if this policy breaks its rules and the result still does
     */
    Policy with(long newRevision, PolicyTable newTable) {
        Policy result = new Policy(account, newRevision, catalog, rules, newTable, sound);
        result.requireSound();
        return new Policy(account, newRevision, catalog, rules, newTable, true);
    }

    /**
     * Applies changes in their order. The changes of a batch take effect together or not at all; those that fail are left
     * out while the rest is checked, so that every violation is found.
     *
     * <p>The result is this very policy, without effects, where nothing but times would differ. Otherwise its revision is
     * one higher. The cost is that of what the changes touch, and of one pass over the roles where roles change.
     *
     * @param changes what to change; a role that is created has its id
     * @param at the time that roles which come or change are given
     * @throws PolicyViolationException with everything that is wrong: {@code /changes/3/name} is the name in the fourth
     *     change, {@code /changes} what the changes lead to together
     */
    public AppliedChanges apply(List<Change> changes, Instant at) {
        return new ChangeBatch(this, at).apply(changes);
    }

    /**
     * Returns another policy as the revision after this one: what stands in its place from then on. It is not checked
     * again but for what concerns both.
     *
     * @throws IllegalArgumentException if it is of another account
     * @throws PolicyViolationException ({@link Code#LAST_HOLDER}) for each {@linkplain PolicyRules#lockout() lockout}
     *     permission that a user holds here and none there, ({@link Code#LIMIT_EXCEEDED}) if there is no higher revision
     */
    public Policy replacedBy(Policy replacement) {
        if (!replacement.account.equals(account)) {
            throw new IllegalArgumentException("the policy is of account " + Violation.quote(replacement.account)
                    + ": expected one of " + Violation.quote(account));
        }
        Violation.Collector violations = new Violation.Collector();
        new RoleCheck(replacement.catalog, replacement.rules, violations)
                .checkHolders(table::roleEntries, replacement.table::roleEntries, "/assignments");
        violations.throwIfAny();
        return replacement.withRevision(nextRevision());
    }

    long nextRevision() {
        if (revision == Long.MAX_VALUE) {
            throw PolicyViolationException.of(Violation.of(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(revision),
                    "the revision is `" + revision + "`, the highest that there is"));
        }
        return revision + 1;
    }

    /** Returns about how many bytes this policy takes, without catalog and rules. Constant time. */
    public long retainedBytes() {
        return table.retainedBytes();
    }

    // roles

    /** Returns the role of this id, empty for an unknown one. */
    public Optional<Role> role(String id) {
        return Optional.ofNullable(table.roleEntry(id)).map(RoleEntry::role);
    }

    /** Returns all roles, discarded ones too. */
    public List<Role> roles() {
        return table.roleEntries().stream()
                .map(RoleEntry::role)
                .sorted(Role.LIST_ORDER)
                .toList();
    }

    // places

    /** Returns the ids of the teams. */
    public List<String> teams() {
        return ids(Scope.TEAM);
    }

    /** Returns the ids of the chats. */
    public List<String> chats() {
        return ids(Scope.CHAT);
    }

    private List<String> ids(Scope scope) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < table.targets(); i++) {
            TargetEntry entry = table.targets.get(i);
            if (entry != null && entry.scope() == scope) {
                ids.add(entry.id());
            }
        }
        return inOrder(ids);
    }

    /** Returns the team that a chat lies in, empty for a chat that lies in the account or is unknown. */
    public Optional<String> teamOf(String chat) {
        TargetEntry entry = table.entry(Target.chat(chat));
        return entry == null || entry.team() < 0
                ? Optional.empty()
                : Optional.ofNullable(table.targetOf(entry.team())).map(Target::id);
    }

    /** Returns the chats that lie in a team, none for an unknown team. */
    public List<String> chatsIn(String team) {
        List<String> ids = new ArrayList<>();
        TargetEntry entry = table.entry(Target.team(team));
        if (entry != null) {
            for (int chat : Ordinals.toArray(entry.chats())) {
                ids.add(requireNonNull(table.targetOf(chat)).id());
            }
        }
        return inOrder(ids);
    }

    // users and their roles

    /** Returns the ids of all users: those who hold at least one assignment. */
    public List<String> users() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < table.users(); i++) {
            String id = table.userId(i);
            if (id != null) {
                ids.add(id);
            }
        }
        return inOrder(ids);
    }

    /** Returns the ids of the users who hold a role anywhere, none for an unknown role. */
    public List<String> usersOf(String role) {
        RoleEntry entry = table.roleEntry(role);
        return entry == null ? List.of() : inOrder(new RoleUsers(table, entry).ids());
    }

    /** Returns how many users hold a role anywhere, zero for an unknown role. Constant time. */
    public int userCount(String role) {
        RoleEntry entry = table.roleEntry(role);
        return entry == null ? 0 : entry.users();
    }

    /** Returns the ids of the users who hold a role at this very target, none for an unknown target. */
    public List<String> usersAt(Target target) {
        List<String> ids = new ArrayList<>();
        TargetEntry entry = table.entry(target);
        if (entry != null) {
            for (int user : Ordinals.toArray(entry.users())) {
                ids.add(requireNonNull(table.userId(user)));
            }
        }
        return inOrder(ids);
    }

    /** Returns the assignments of a user everywhere, none for an unknown user. */
    public List<Assignment> rolesOf(String user) {
        return UserAssignments.of(table, user);
    }

    /** Returns the roles that a user holds at this very target, none for an unknown user or target. */
    public List<Role> rolesOf(String user, Target target) {
        List<Role> roles = new ArrayList<>();
        TargetEntry entry = table.entry(target);
        Object row = table.row(user);
        if (entry != null && row != null) {
            int roleSet = UserRow.roleSet(row, entry.ordinal());
            for (int i = 0; i < table.size(roleSet); i++) {
                roles.add(requireNonNull(table.roleOf(table.role(roleSet, i))));
            }
        }
        roles.sort(Role.LIST_ORDER);
        return List.copyOf(roles);
    }

    /** Returns all assignments. For large policies {@link #rolesOf(String)} user by user needs less memory at a time. */
    public List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        users().forEach(user -> assignments.addAll(rolesOf(user)));
        return List.copyOf(assignments);
    }

    private static List<String> inOrder(List<String> ids) {
        ids.sort(Text.CODE_POINT_ORDER);
        return List.copyOf(ids);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Policy that
                        && account.equals(that.account)
                        && revision == that.revision
                        && catalog.equals(that.catalog)
                        && rules.equals(that.rules)
                        && roles().equals(that.roles())
                        && teams().equals(that.teams())
                        && chats().equals(that.chats())
                        && chats().stream().allMatch(chat -> teamOf(chat).equals(that.teamOf(chat)))
                        && users().equals(that.users())
                        && users().stream().allMatch(user -> rolesOf(user).equals(that.rolesOf(user)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, revision, rules);
    }

    /** Returns account, revision and how much there is of everything, for people. */
    @Override
    public String toString() {
        return "Policy of " + account + " at revision " + revision + ": " + roles().size() + " roles, " + teams().size()
                + " teams, " + chats().size() + " chats, " + users().size() + " users";
    }

    /**
     * Gathers roles, teams, chats and assignments, in any order, and builds a {@link Policy}.
     *
     * <p>What is added is judged by {@link #build()}, all at once. Assignments come fastest grouped by user.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final PolicyDraft draft;

        private Builder(String account, PermissionCatalog catalog, PolicyRules rules) {
            this.draft = new PolicyDraft(
                    requireNonNull(account, "account"),
                    requireNonNull(catalog, "catalog"),
                    requireNonNull(rules, "rules"));
        }

        /** Sets the id of the account, in the place of that which the builder was made with. */
        public Builder account(String id) {
            draft.account = requireNonNull(id, "id");
            return this;
        }

        /** Sets the catalog, in the place of that which the builder was made with. */
        public Builder catalog(PermissionCatalog catalog) {
            draft.catalog = requireNonNull(catalog, "catalog");
            return this;
        }

        /** Sets the rules, in the place of those which the builder was made with. */
        public Builder rules(PolicyRules rules) {
            draft.rules = requireNonNull(rules, "rules");
            return this;
        }

        /** Sets the revision, 0 unless it is set. */
        public Builder revision(long revision) {
            draft.revision = revision;
            return this;
        }

        /** Adds a role. Its rights are taken over by key where they are of another catalog instance. */
        public Builder role(Role role) {
            draft.roles.add(requireNonNull(role, "role"));
            return this;
        }

        /** Adds a team. */
        public Builder team(String id) {
            draft.team(requireNonNull(id, "id"));
            return this;
        }

        /** Adds a chat that lies directly in the account. */
        public Builder chat(String id) {
            draft.chat(requireNonNull(id, "id"), null);
            return this;
        }

        /** Adds a chat that lies in a team. */
        public Builder chat(String id, String team) {
            draft.chat(requireNonNull(id, "id"), requireNonNull(team, "team"));
            return this;
        }

        /** Adds the assignment of a role to a user; a stated place of the target is not looked at. */
        public Builder assign(String user, String role, Target target) {
            draft.assignments.add(requireNonNull(user, "user"), requireNonNull(role, "role"), target);
            return this;
        }

        /**
         * Returns the policy. The builder can be added to and used again.
         *
         * @throws PolicyViolationException with everything that is wrong: ids ({@link Code#ID_INVALID}, {@link
         *     Code#DUPLICATE_ID}), names and descriptions ({@code NAME_...}, {@code DESCRIPTION_...}, {@link Code#MALFORMED}), rights ({@link
         *     Code#UNKNOWN_PERMISSION}, {@link Code#PERMISSION_NOT_IN_SCOPE}), scopes ({@link Code#SCOPE_INVALID},
         *     {@link Code#SCOPE_MISMATCH}), references ({@link Code#ROLE_NOT_FOUND}, {@link Code#TARGET_NOT_FOUND}),
         *     default roles ({@link Code#LAST_DEFAULT_ROLE}, {@link Code#TOO_MANY_DEFAULTS}), {@link
         *     Code#TOO_MANY_ROLES}, and sizes ({@link Code#LIMIT_EXCEEDED}); paths are those of the policy document,
         *     positions those in which things were added
         */
        public Policy build() {
            return draft.build();
        }
    }
}
