package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import io.rbac.text.CodePoints;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is valid in a policy and still looks wrong, or can be said with less.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyLint {

    private static final List<String> READ_ACTIONS = List.of("read", "view", "list", "get");

    private final Set<String> readActions;

    private PolicyLint(Collection<String> readActions) {
        Set<String> ordered = new TreeSet<>(CodePoints.ORDER);
        ordered.addAll(readActions);
        this.readActions = Collections.unmodifiableSet(ordered);
    }

    /** Returns the lint for which {@code read}, {@code view}, {@code list} and {@code get} are the actions that only read. */
    public static PolicyLint standard() {
        return new PolicyLint(READ_ACTIONS);
    }

    /** Returns this lint with other names of actions that only read, for {@link Rule#DEFAULT_WITH_WRITE}. */
    public PolicyLint withReadActions(Set<String> actions) {
        return new PolicyLint(actions);
    }

    boolean isRead(Permission permission) {
        return readActions.contains(permission.action());
    }

    /**
     * Returns everything that is found, in the order of the rules, then in the order of lists. One pass over all assignments, and
     * for each pair of roles of a scope one comparison.
     */
    public List<Finding> check(PermissionMatrix matrix) {
        return new LintSearch(this, requireNonNull(matrix, "matrix")).findings();
    }

    /** Returns which actions only read, human-readable. */
    @Override
    public String toString() {
        return "PolicyLint, actions that only read: " + readActions;
    }

    /**
     * How much a finding matters.
     *
     * @since 0.1
     */
    public enum Severity {
        /** Somebody may be able to do more than was meant. */
        WARNING,
        /** Something has no effect, or can be said with less. */
        NOTE
    }

    /**
     * The rules. Their {@linkplain #id() ids} are stable across releases; new rules may be added.
     *
     * @since 0.1
     */
    public enum Rule {
        /** A user has every permission that roles of the account may hold, at the account: they can do everything everywhere. */
        HOLDS_EVERYTHING("holds-everything", Severity.WARNING),
        /** An active default role grants more than reading: whoever is connected to a target gets it. */
        DEFAULT_WITH_WRITE("default-with-write", Severity.WARNING),
        /**
         * An assignment of an active role that grants something, each permission of which the user has at its target by other
         * assignments: revoking it changes no answer. Where two assignments grant the same, each of them is found, but only one can
         * be revoked without effect.
         */
        REDUNDANT_ASSIGNMENT("redundant-assignment", Severity.NOTE),
        /** An active role grants exactly what an earlier one of the same scope grants, and that is something. */
        DUPLICATE_ROLE("duplicate-role", Severity.NOTE),
        /** An active role grants something, and another active role of the same scope all of that and more. */
        SUBSUMED_ROLE("subsumed-role", Severity.NOTE),
        /** Nobody holds an active role, and it is no default. */
        UNUSED_ROLE("unused-role", Severity.NOTE),
        /** An active role grants nothing. */
        ROLE_WITHOUT_RIGHTS("role-without-rights", Severity.NOTE),
        /** No active role grants a permission: nobody can have it. */
        UNGRANTED_PERMISSION("ungranted-permission", Severity.NOTE);

        private final String id;
        private final Severity severity;

        Rule(String id, Severity severity) {
            this.id = id;
            this.severity = severity;
        }

        /** Returns the id for reports and suppressions, such as {@code redundant-assignment}. */
        public String id() {
            return id;
        }

        /** Returns how much its findings matter. */
        public Severity severity() {
            return severity;
        }
    }

    /**
     * One thing that was found.
     *
     * <p>Two findings are equal if rule, place and message are. This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class Finding {

        private final Rule rule;
        private final String place;
        private final String message;
        private final @Nullable Change suggestion;

        private Finding(Rule rule, String place, String message, @Nullable Change suggestion) {
            this.rule = rule;
            this.place = place;
            this.message = message;
            this.suggestion = suggestion;
        }

        static Finding about(Role role, Rule rule, String problem, @Nullable Change suggestion) {
            String message = "role " + Violation.quote(role.id()) + ' ' + problem;
            return new Finding(rule, "role/" + role.id(), message, suggestion);
        }

        static Finding aboutUser(String user, Rule rule, String problem, @Nullable Change suggestion) {
            return new Finding(rule, "user/" + user, "user " + Violation.quote(user) + ' ' + problem, suggestion);
        }

        static Finding about(Permission permission, Rule rule, String problem) {
            String message = "permission " + Violation.quote(permission.key()) + ' ' + problem;
            return new Finding(rule, "permission/" + permission.key(), message, null);
        }

        /** Returns the rule that found it. */
        public Rule rule() {
            return rule;
        }

        /** Returns what it is about: {@code role/ID}, {@code user/ID} or {@code permission/KEY}. */
        public String place() {
            return place;
        }

        /** Returns what was found, human-readable. */
        public String message() {
            return message;
        }

        /** Returns a change that removes what was found, if there is one that changes no answer. */
        public Optional<Change> suggestion() {
            return Optional.ofNullable(suggestion);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Finding that
                    && rule == that.rule
                    && place.equals(that.place)
                    && message.equals(that.message);
        }

        @Override
        public int hashCode() {
            return place.hashCode() * 31 + message.hashCode();
        }

        /** Returns severity, message and the id of the rule, human-readable. */
        @Override
        public String toString() {
            return (rule.severity() == Severity.WARNING ? "warning: " : "note: ") + message + " [" + rule.id() + ']';
        }
    }
}
