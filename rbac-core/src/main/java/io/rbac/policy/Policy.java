package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.Ordinals;
import io.rbac.table.Row;
import io.rbac.text.CodePoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Roles, targets and assignments of one account, at one revision, under one catalog and one set of rules.
 *
 * <p><b>Ids</b> of accounts, users, roles and targets are strings of 1 to 256 code points, compared exactly: nothing is
 * trimmed, folded or matched by a pattern. Control characters, surrogates, noncharacters, private use characters, white
 * space and invisible characters are not allowed, except for a single space between two other characters (S14).
 *
 * <p><b>Lists</b> have a fixed order: roles by creation (those without an instant first), then by id; users by the
 * code points of their ids; targets by scope, widest first, then by id; assignments by user, then by target, the account
 * first, then by the id of the role (S3). Discarded roles and their assignments are listed like others; they grant nothing.
 *
 * <p>Looking up one role, or the number of its users, takes constant time; a list takes time in proportion to what it
 * contains, and {@link #usersOf} also to the targets of the role's assignments.
 *
 * <p>Two policies are equal when account, revision, catalog, rules, roles, targets and assignments are, whatever the life
 * of the account. This class
 * is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Policy {

    /** The most roles of a policy. */
    public static final int MAX_ROLES = 65_536;

    /** The most targets of a policy, not counting the account. */
    public static final int MAX_TARGETS = 1 << 27;

    /** The most users of a policy. */
    public static final int MAX_USERS = Row.MAX_OWNERS;

    /** The most assignments of a policy. */
    public static final int MAX_ASSIGNMENTS = 1 << 30;

    private final String account;
    private final Version version;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final PolicyTable table;
    private final boolean sound;

    /** Empty until it is first asked for; a race computes the same. */
    private final AtomicReference<@Nullable PolicyDigest> digest = new AtomicReference<>();

    Policy(
            String account,
            Version version,
            PermissionCatalog catalog,
            PolicyRules rules,
            PolicyTable table,
            boolean sound) {
        this.account = account;
        this.version = version;
        this.catalog = catalog;
        this.rules = rules;
        this.table = table;
        this.sound = sound;
    }

    /** Returns a builder; account and catalog are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the number of this state of the account's policy; 0 for one that was built and never committed. */
    public long revision() {
        return version.revision();
    }

    /** Returns the version: {@link Version#UNCOMMITTED} unless an engine created the account, or it was set. */
    public Version version() {
        return version;
    }

    /**
     * Returns the digest of what this policy says. Linear in the policy when it is first asked for; then, for this policy and
     * for those that {@linkplain #apply changes} lead to, constant, or of the cost of the change.
     */
    public PolicyDigest digest() {
        PolicyDigest known = digest.get();
        if (known == null) {
            known = PolicyDigest.of(this);
            digest.set(known);
        }
        return known;
    }

    /** Returns the catalog: the very instance that was given. */
    public PermissionCatalog catalog() {
        return catalog;
    }

    /** Returns the rules: the very instance that was given. */
    public PolicyRules rules() {
        return rules;
    }

    /** Returns the dense form of this policy. */
    public PolicyTable table() {
        return table;
    }

    /**
     * Returns this policy under another catalog: rights are mapped by key, and permissions that the other catalog lists as
     * retired are dropped.
     *
     * @throws PolicyViolationException with every permission that a role holds and the other catalog lacks ({@link
     *     Code#UNKNOWN_PERMISSION}) or does not allow for its scope ({@link Code#PERMISSION_NOT_IN_SCOPE}), and every
     *     {@linkplain PolicyRules#lockout() lockout} permission that it lacks; paths count roles in the order of
     *     {@link #roles()}
     */
    @SuppressWarnings("ReferenceEquality") // positions in rights are those of one catalog instance
    public Policy withCatalog(PermissionCatalog other) {
        return catalog == requireNonNull(other, "catalog") ? this : checked(other, rules);
    }

    /**
     * Returns this policy under other rules.
     *
     * @throws PolicyViolationException with everything that this policy breaks under them; paths count roles in the order of
     *     {@link #roles()}
     */
    public Policy withRules(PolicyRules other) {
        return checked(catalog, requireNonNull(other, "rules"));
    }

    private Policy checked(PermissionCatalog newCatalog, PolicyRules newRules) {
        Policy result = reboundTo(newCatalog, newRules);
        result.requireSound();
        return result;
    }

    /**
     * Returns this policy under another catalog and other rules, whatever it breaks under them: {@link #violations()} lists
     * that. A permission that a role holds and the catalog lacks grants nothing, and is kept. This is how a release answers
     * from a stored policy that it does not know all of. Scopes are found by their names in the other catalog's tree.
     *
     * @throws PolicyViolationException with every role and target of a scope that the other catalog lacks ({@link
     *     Code#SCOPE_INVALID}) and every target that cannot lie in its parent there ({@link Code#PARENT_INVALID})
     */
    public Policy reboundTo(PermissionCatalog newCatalog, PolicyRules newRules) {
        Rebinding rebinding = new Rebinding(newCatalog, newRules);
        Policy result = new Policy(account, version, newCatalog, newRules, rebinding.table(this), false);
        Violation.Collector violations = new Violation.Collector();
        rebinding.check(result, violations);
        if (violations.isEmpty()) {
            result = new Policy(account, version, newCatalog, newRules, result.table, true);
        }
        result.digest.set(digest.get());
        return result;
    }

    /**
     * Returns everything that this policy breaks under its catalog and rules: nothing, unless it comes from {@link
     * #reboundTo}. Paths are those in the policy document.
     */
    public List<Violation> violations() {
        return brokenRules().violations();
    }

    private Violation.Collector brokenRules() {
        Violation.Collector violations = new Violation.Collector();
        if (!sound) {
            new Rebinding(catalog, rules).check(this, violations);
        }
        return violations;
    }

    void requireSound() {
        brokenRules().throwIfAny();
    }

    /** Returns this policy at another revision of the same life. */
    public Policy withRevision(long newRevision) {
        return withVersion(version.at(newRevision));
    }

    /** Returns this policy at another version. */
    public Policy withVersion(Version newVersion) {
        return new Policy(account, requireNonNull(newVersion, "version"), catalog, rules, table, sound);
    }

    /** Returns the policy that changes lead to; it is sound if this one is, or if nothing is left that it breaks. */
    Policy with(long newRevision, PolicyTable newTable, List<Effect> effects) {
        Version newVersion = version.at(newRevision);
        Policy result = new Policy(account, newVersion, catalog, rules, newTable, sound);
        if (!sound && result.brokenRules().isEmpty()) {
            result = new Policy(account, newVersion, catalog, rules, newTable, true);
        }
        PolicyDigest known = digest.get();
        if (known != null) {
            result.digest.set(known.after(account, version, newVersion, effects));
        }
        return result;
    }

    /**
     * Returns the policy that the effects of a stored commit lead to, at the revision that follows. Nothing is checked but
     * that they fit: what they break under the rules, {@link #violations()} lists. The cost is that of what they touch.
     *
     * @param effects in the order of {@link AppliedChanges#effects()}; scopes are found by their names
     * @throws IllegalArgumentException if something that is removed or changed is not there, or something that is added is
     */
    public Policy after(List<Effect> effects) {
        return new EffectReplay(this).after(effects);
    }

    /** How many roles a user holds at a target itself. */
    int countAt(String user, Target target) {
        TargetEntry entry = table.entry(target);
        Object row = table.row(user);
        return entry == null || row == null ? 0 : table.size(Row.value(row, entry.ordinal()));
    }

    /**
     * Applies a batch of changes in order, all of them or none (S12). A change that fails is left out while the later ones are
     * checked, so that every violation is found.
     *
     * <p>If nothing but times would differ, the result is this very policy, without effects. Otherwise its revision is one
     * higher. The cost is that of what the changes touch, and of one pass over the roles if roles change.
     *
     * @param changes what to change; a role to be created has its id
     * @param at the time of the roles that are created or changed
     * @throws PolicyViolationException with everything that is wrong: {@code /changes/3/name} is the name in the fourth
     *     change, {@code /changes} what the changes lead to together
     */
    public AppliedChanges apply(List<Change> changes, Instant at) {
        return new ChangeBatch(this, at).apply(changes);
    }

    /**
     * Returns another policy as the revision after this one. Only what concerns both policies is checked.
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
        new RoleValidator(replacement.catalog, replacement.rules, violations)
                .checkHolders(this::hasHolder, replacement::hasHolder, "/assignments");
        violations.throwIfAny();
        return replacement.withVersion(version.at(nextRevision()));
    }

    private boolean hasHolder(String permission) {
        return RoleValidator.hasHolder(catalog, table.roleEntries(), permission);
    }

    /**
     * Returns what was added, changed and removed since another policy of this account, in the order of {@link
     * AppliedChanges#effects()}. A role of which only a time differs has changed, too. Linear in both policies.
     */
    public List<Effect> effectsSince(Policy before) {
        return List.copyOf(EffectDiff.whole(before.table, table).effects());
    }

    /** Returns everything in this policy as added, in the order of {@link AppliedChanges#effects()}. */
    public List<Effect> asEffects() {
        return List.copyOf(EffectDiff.whole(null, table).effects());
    }

    long nextRevision() {
        long revision = revision();
        if (revision == Long.MAX_VALUE) {
            throw PolicyViolationException.of(Violation.of(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(revision),
                    "the revision is `" + revision + "`, the highest that there is"));
        }
        return revision + 1;
    }

    /** Returns about how many bytes this policy retains, without catalog and rules. Constant time. */
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

    // targets

    /** Returns whether a target exists; a given parent is not looked at. Constant time. */
    public boolean hasTarget(Target target) {
        return table.entry(target) != null;
    }

    /** Returns all targets but the account. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (int i = PolicyTable.ACCOUNT + 1; i < table.targets(); i++) {
            table.targetOf(i).ifPresent(targets::add);
        }
        return inTargetOrder(targets);
    }

    /** Returns the targets of a scope; of the account's own, the account. */
    public List<Target> targets(Scope scope) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < table.targets(); i++) {
            TargetEntry entry = table.targets.get(i);
            if (entry != null && entry.level() == scope.level()) {
                targets.add(entry.target(table.scopes));
            }
        }
        return table.scopes.contains(scope) ? inTargetOrder(targets) : List.of();
    }

    /** Returns the target that a target lies in, or empty if it is unknown or the account. Constant time. */
    public Optional<Target> parentOf(Target target) {
        TargetEntry entry = table.entry(target);
        return entry == null || target.isAccount() ? Optional.empty() : table.targetOf(entry.parent());
    }

    /** Returns the targets that lie directly in a target, none in an unknown one. Linear in all targets for the account. */
    public List<Target> targetsIn(Target parent) {
        List<Target> targets = new ArrayList<>();
        int ordinal = table.target(parent);
        for (int child = ordinal < 0 ? -1 : table.nextChild(ordinal, -1);
                child >= 0;
                child = table.nextChild(ordinal, child)) {
            table.targetOf(child).ifPresent(targets::add);
        }
        return inTargetOrder(targets);
    }

    private static List<Target> inTargetOrder(List<Target> targets) {
        targets.sort(UserAssignments.TARGET_ORDER);
        return List.copyOf(targets);
    }

    // users and their roles

    /** Returns the ids of all users: whoever holds at least one assignment (S16). */
    public List<String> users() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < table.users(); i++) {
            String id = table.userIds.get(i);
            if (id != null) {
                ids.add(id);
            }
        }
        return inOrder(ids);
    }

    /** Returns the ids of the users who hold a role anywhere, none for an unknown role. */
    public List<String> usersOf(String role) {
        RoleEntry entry = table.roleEntry(role);
        return entry == null ? List.of() : inOrder(entry.userIds(table));
    }

    /** Returns how many users hold a role anywhere, zero for an unknown role. Constant time. */
    public int userCount(String role) {
        RoleEntry entry = table.roleEntry(role);
        return entry == null ? 0 : entry.users();
    }

    /** Returns whether a user is known: holds at least one assignment. Constant time. */
    public boolean hasUser(String user) {
        return table.row(user) != null;
    }

    /** Returns how many users there are. Constant time. */
    public int userCount() {
        return table.rows.size();
    }

    /** Returns the ids of the users who hold a role at this very target, none for an unknown target. */
    public List<String> usersAt(Target target) {
        List<String> ids = new ArrayList<>();
        TargetEntry entry = table.entry(target);
        if (entry != null) {
            for (int user : Ordinals.toArray(entry.users())) {
                ids.add(requireNonNull(table.userIds.get(user)));
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
            int roleSet = Row.value(row, entry.ordinal());
            for (int i = 0; i < table.size(roleSet); i++) {
                roles.add(
                        requireNonNull(table.roles.get(table.role(roleSet, i))).role());
            }
        }
        roles.sort(Role.LIST_ORDER);
        return List.copyOf(roles);
    }

    /** Returns all assignments. For a large policy, {@link #rolesOf(String)} user by user needs less memory at a time. */
    public List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        users().forEach(user -> assignments.addAll(rolesOf(user)));
        return List.copyOf(assignments);
    }

    private static List<String> inOrder(List<String> ids) {
        ids.sort(CodePoints.ORDER);
        return List.copyOf(ids);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Policy that
                        && account.equals(that.account)
                        && revision() == that.revision()
                        && catalog.equals(that.catalog)
                        && rules.equals(that.rules)
                        && roles().equals(that.roles())
                        && targets().equals(that.targets())
                        && targets().stream()
                                .allMatch(target -> parentOf(target).equals(that.parentOf(target)))
                        && users().equals(that.users())
                        && users().stream().allMatch(user -> rolesOf(user).equals(that.rolesOf(user)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, revision(), rules);
    }

    /** Returns account, revision and counts, human-readable. */
    @Override
    public String toString() {
        return "Policy of " + account + " at revision " + revision() + ": " + roles().size() + " roles, "
                + targets().size() + " targets, " + userCount() + " users";
    }

    /**
     * Builder for {@link Policy}: takes roles, targets and assignments in any order.
     *
     * <p>{@link #build()} checks everything at once. It is fastest if assignments are grouped by user.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final PolicyDraft draft = new PolicyDraft();
        private @Nullable String account;
        private @Nullable PermissionCatalog catalog;
        private PolicyRules rules = PolicyRules.standard();
        private long revision;

        private Builder() {}

        /** Sets the id of the account. Required. */
        public Builder account(String newAccount) {
            account = requireNonNull(newAccount, "account");
            return this;
        }

        /** Sets the catalog. Required. */
        public Builder catalog(PermissionCatalog newCatalog) {
            catalog = requireNonNull(newCatalog, "catalog");
            return this;
        }

        /** Sets the rules: the {@linkplain PolicyRules#standard() standard} ones by default. */
        public Builder rules(PolicyRules newRules) {
            rules = requireNonNull(newRules, "rules");
            return this;
        }

        /** Sets the revision, 0 by default. A negative one is refused by {@link #build()}. */
        public Builder revision(long newRevision) {
            revision = newRevision;
            return this;
        }

        /** Adds a role. Its rights are mapped by key if they are of another catalog instance. */
        public Builder role(Role role) {
            draft.roles.add(requireNonNull(role, "role"));
            return this;
        }

        /** Adds a target that lies directly in the account; a given parent is ignored. */
        public Builder target(Target target) {
            return target(target, Target.account());
        }

        /** Adds a target that lies in another one, which may be added later; given parents are ignored. */
        public Builder target(Target target, Target parent) {
            draft.target(target, parent);
            return this;
        }

        /** Adds a team. */
        public Builder team(String id) {
            return target(Target.team(id));
        }

        /** Adds a chat that lies directly in the account. */
        public Builder chat(String id) {
            return target(Target.chat(id));
        }

        /** Adds a chat that lies in a team. */
        public Builder chat(String id, String team) {
            return target(Target.chat(id), Target.team(team));
        }

        /**
         * Adds the assignment of a role to a user; a given parent of the target is ignored.
         *
         * @throws IllegalArgumentException if the targets given so far are of more than 16 scopes: a tree has at most
         *     {@value ScopeTree#MAX_SCOPES}
         */
        public Builder assign(String user, String role, Target target) {
            draft.assignments.add(requireNonNull(user, "user"), requireNonNull(role, "role"), target);
            return this;
        }

        /**
         * Returns the policy. More can be added to the builder afterwards, and another policy built.
         *
         * @throws IllegalStateException if no account or no catalog is given
         * @throws PolicyViolationException with everything that is wrong: ids ({@link Code#ID_INVALID}, {@link
         *     Code#DUPLICATE_ID}), names and descriptions ({@code NAME_...}, {@code DESCRIPTION_...}, {@link Code#MALFORMED}), rights ({@link
         *     Code#UNKNOWN_PERMISSION}, {@link Code#PERMISSION_NOT_IN_SCOPE}), scopes ({@link Code#SCOPE_INVALID},
         *     {@link Code#SCOPE_MISMATCH}), parents ({@link Code#PARENT_INVALID}), references ({@link Code#ROLE_NOT_FOUND}, {@link Code#TARGET_NOT_FOUND}),
         *     default roles ({@link Code#LAST_DEFAULT_ROLE}, {@link Code#TOO_MANY_DEFAULTS}), {@link
         *     Code#TOO_MANY_ROLES}, and sizes ({@link Code#LIMIT_EXCEEDED}); paths are those in the policy document,
         *     positions those in which things were added
         */
        public Policy build() {
            if (account == null || catalog == null) {
                throw new IllegalStateException("no " + (account == null ? "account" : "catalog")
                        + " is given: expected the id of an account and the catalog of the application");
            }
            return draft.build(account, catalog, rules, revision);
        }
    }
}
