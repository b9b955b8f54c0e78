package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.text.Messages;
import io.rbac.text.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy, a document, a request or a change, as data.
 *
 * <p>The {@linkplain #code() code} is stable; the {@linkplain #message() message} is human-readable and may change. The
 * {@linkplain #path() path} is a JSON Pointer (RFC 6901) into what was given: the policy document, the request, or the
 * batch of changes. A policy that is built is addressed like the document that it would be written as: {@code
 * /roles/2/name} is the name of the third role given to the builder.
 *
 * <p>Two violations are equal if all their parts are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Violation {

    private static final int MAX_QUOTED_CODE_POINTS = 80;
    private static final int MAX_MESSAGE_BYTES = 700;
    private static final int MAX_PATH_BYTES = 200;

    private final Code code;
    private final String path;
    private final @Nullable String value;
    private final String message;
    private final int line;
    private final int column;

    private Violation(Code code, String path, @Nullable String value, String message, int line, int column) {
        this.code = requireNonNull(code, "code");
        this.path = requireNonNull(path, "path");
        this.value = value;
        this.message = Messages.cut(message, MAX_MESSAGE_BYTES);
        this.line = line;
        this.column = column;
    }

    /**
     * Returns a violation.
     *
     * @param code the kind of violation
     * @param path a JSON Pointer, see {@link #pointer(Object...)}
     * @param value the rejected value as a string, {@code null} if there is none
     * @param message human-readable; quote foreign strings with {@link #quote(String)}
     */
    public static Violation of(Code code, String path, @Nullable String value, String message) {
        return new Violation(code, path, value, message, 0, 0);
    }

    /** Returns this violation with its line and column in the text that was read, both counted from one. */
    public Violation at(int newLine, int newColumn) {
        return new Violation(code, path, value, message, newLine, newColumn);
    }

    /** Returns this violation with another path. */
    public Violation withPath(String newPath) {
        return new Violation(code, newPath, value, message, line, column);
    }

    /** Returns the stable code. */
    public Code code() {
        return code;
    }

    /** Returns the JSON Pointer to what is wrong; the empty string points to the whole. */
    public String path() {
        return path;
    }

    /** Returns the rejected value as a string, if there is one: as it was given, unescaped and of any length. */
    public Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /** Returns what is wrong and what was expected: human-readable, at most 1 KB, control characters escaped. */
    public String message() {
        return message;
    }

    /** Returns the line in the text that was read, counted from one, or zero if no text was read. */
    public int line() {
        return line;
    }

    /** Returns the column in that line, counted from one, or zero if no text was read. */
    public int column() {
        return column;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Violation that
                && code == that.code
                && path.equals(that.path)
                && Objects.equals(value, that.value)
                && message.equals(that.message)
                && line == that.line
                && column == that.column;
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, path, value, message, line, column);
    }

    /** Returns the code, path, message, line and column in human-readable form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(code.name());
        if (!path.isEmpty()) {
            text.append(" at ").append(Messages.cut(Messages.printable(path, MAX_PATH_BYTES), MAX_PATH_BYTES));
        }
        text.append(": ").append(message);
        if (line > 0) {
            text.append(" (line ")
                    .append(line)
                    .append(", column ")
                    .append(column)
                    .append(')');
        }
        return text.toString();
    }

    /** Returns a foreign string for use in a message: in backticks, control characters escaped, cut if it is long. */
    public static String quote(String text) {
        return '`' + Messages.printable(text, MAX_QUOTED_CODE_POINTS) + '`';
    }

    /** Returns the JSON Pointer made of these names and positions, outermost first: {@code pointer("roles", 2)}. */
    public static String pointer(Object... tokens) {
        StringBuilder pointer = new StringBuilder();
        for (Object token : tokens) {
            pointer.append('/').append(token.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /**
     * The kind of violation. Codes are stable across releases; new ones may be added.
     *
     * @since 0.1
     */
    public enum Code {
        /** A role has no name. */
        NAME_MISSING,
        /** A name is empty or blank, and the rules do not allow that. */
        NAME_BLANK,
        /** A name has more code points than the rules allow. */
        NAME_TOO_LONG,
        /** A name, title or description has a character that it may not have, or a name has too few code points. */
        NAME_INVALID,
        /** Another active role has this name, and the rules ask for unique names. */
        NAME_TAKEN,
        /** A description is given, and the rules allow none. */
        DESCRIPTION_UNSUPPORTED,
        /** A description has more code points than the rules allow. */
        DESCRIPTION_TOO_LONG,
        /** A role is created without rights, and the rules ask for them. */
        RIGHTS_REQUIRED,
        /** No permission of the catalog has this key. */
        UNKNOWN_PERMISSION,
        /** No rights group of the catalog has this name. */
        UNKNOWN_GROUP,
        /** The rights group has no such action. */
        ACTION_NOT_ALLOWED,
        /** Roles of this scope may not hold this permission. */
        PERMISSION_NOT_IN_SCOPE,
        /** The string is not a scope, the rules do not allow it, or a required scope is not given. */
        SCOPE_INVALID,
        /** The scope of a role is fixed at its creation. */
        SCOPE_IMMUTABLE,
        /** A role is assigned at a target of another kind than its scope. */
        SCOPE_MISMATCH,
        /** A request sets an attribute that only the library sets. */
        READ_ONLY_ATTRIBUTE,
        /** A field or parameter of this name is not known here. */
        UNKNOWN_FIELD,
        /** A JSON object has a key twice, or a request has a parameter twice. */
        DUPLICATE_KEY,
        /** An id, a key or an assignment is given twice, or something with this id already exists. */
        DUPLICATE_ID,
        /** The string is not an id: see {@code Policy} for what an id may be. */
        ID_INVALID,
        /** A value of another type was expected. */
        WRONG_TYPE,
        /** The value is {@code null}, and a value is required. */
        NULL_VALUE,
        /** A required field is not given. */
        MISSING_FIELD,
        /** The text cannot be read at all, or a description has a character that cannot be stored. */
        MALFORMED,
        /** Something follows the document. */
        TRAILING_CONTENT,
        /** The document has a format that this release does not read. */
        UNSUPPORTED_FORMAT,
        /** A size or number is outside its limits. */
        LIMIT_EXCEEDED,
        /** There would be fewer active default roles of a scope than the rules ask for. */
        LAST_DEFAULT_ROLE,
        /** There would be more active default roles of a scope than the rules allow. */
        TOO_MANY_DEFAULTS,
        /** A user is to get the default roles of a scope that has none. */
        NO_DEFAULT_ROLE,
        /** A user would hold more roles at one target than the rules allow. */
        TOO_MANY_ROLES,
        /** The role belongs to the host. */
        SYSTEM_ROLE,
        /** No role of the account has this id. */
        ROLE_NOT_FOUND,
        /** The role is discarded. */
        ROLE_DISCARDED,
        /** The role has users and the rules keep roles that have any, or an active role is to be purged. */
        ROLE_IN_USE,
        /** No target of this scope in the account has this id. */
        TARGET_NOT_FOUND,
        /** The target cannot lie in this parent: by its scope, or because of a cycle or a path that would be too long. */
        PARENT_INVALID,
        /** Nobody would be left holding a permission that the rules protect from lockout. */
        LAST_HOLDER,
        /** There is no such account. */
        ACCOUNT_NOT_FOUND,
        /** The account to be created exists already. */
        ACCOUNT_EXISTS,
        /** The policy is at another revision than was expected. */
        CONFLICT,
        /** The store does not have the version that was asked for yet. */
        STALE,
        /** The actor lacks the permission that the guard needs for this change, or there is no guard. */
        FORBIDDEN,
        /** The actor would give away rights that they do not hold. */
        ESCALATION;

        /** Returns the kind of answer that a client needs. */
        public Kind kind() {
            return switch (this) {
                case MALFORMED, TRAILING_CONTENT, DUPLICATE_KEY, UNSUPPORTED_FORMAT, LIMIT_EXCEEDED -> Kind.INVALID;
                case FORBIDDEN, ESCALATION, SYSTEM_ROLE -> Kind.FORBIDDEN;
                case ACCOUNT_NOT_FOUND, ROLE_NOT_FOUND, TARGET_NOT_FOUND -> Kind.NOT_FOUND;
                case ACCOUNT_EXISTS,
                        DUPLICATE_ID,
                        NAME_TAKEN,
                        ROLE_DISCARDED,
                        ROLE_IN_USE,
                        LAST_DEFAULT_ROLE,
                        LAST_HOLDER -> Kind.CONFLICT;
                case CONFLICT -> Kind.PRECONDITION_FAILED;
                case STALE -> Kind.UNAVAILABLE;
                case NAME_MISSING,
                        NAME_BLANK,
                        NAME_TOO_LONG,
                        NAME_INVALID,
                        DESCRIPTION_UNSUPPORTED,
                        DESCRIPTION_TOO_LONG,
                        RIGHTS_REQUIRED,
                        UNKNOWN_PERMISSION,
                        UNKNOWN_GROUP,
                        ACTION_NOT_ALLOWED,
                        PERMISSION_NOT_IN_SCOPE,
                        SCOPE_INVALID,
                        SCOPE_IMMUTABLE,
                        SCOPE_MISMATCH,
                        READ_ONLY_ATTRIBUTE,
                        UNKNOWN_FIELD,
                        ID_INVALID,
                        WRONG_TYPE,
                        NULL_VALUE,
                        MISSING_FIELD,
                        TOO_MANY_DEFAULTS,
                        NO_DEFAULT_ROLE,
                        TOO_MANY_ROLES,
                        PARENT_INVALID -> Kind.UNPROCESSABLE;
            };
        }
    }

    /**
     * What kind of answer a client needs: the kinds of {@linkplain Code codes} that a transport tells apart, so that nobody
     * has to sort the codes again.
     *
     * @since 0.1
     */
    public enum Kind {
        /** What was given cannot be read, or is too large. */
        INVALID(400),
        /** The actor may not do this. */
        FORBIDDEN(403),
        /** What is named does not exist. */
        NOT_FOUND(404),
        /** The state of the policy is against it. */
        CONFLICT(409),
        /** The policy is not at the version that was expected. */
        PRECONDITION_FAILED(412),
        /** It can be read, and breaks a rule. */
        UNPROCESSABLE(422),
        /** It cannot be answered now; later it may be. */
        UNAVAILABLE(503);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        /** Returns the status code of HTTP that says the same. */
        public int httpStatus() {
            return httpStatus;
        }
    }

    /**
     * Collects violations: keeps the first 1,000 and counts all.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Collector {

        private static final int MAX_KEPT = 1_000;
        private static final int MAX_SUGGESTIONS = 10;

        private final List<Violation> kept = new ArrayList<>();
        private long total;

        /** Creates an empty collector. */
        public Collector() {}

        /** Adds a violation. */
        public void add(Violation violation) {
            requireNonNull(violation, "violation");
            total++;
            if (kept.size() < MAX_KEPT) {
                kept.add(violation);
            }
        }

        /** Adds the violation with these parts: see {@link Violation#of}. */
        public void add(Code code, String path, @Nullable String value, String message) {
            add(of(code, path, value, message));
        }

        /** Adds all violations of an exception, including those that it only counted. */
        public void addAll(PolicyViolationException exception) {
            exception.violations().forEach(this::add);
            total += exception.total() - exception.violations().size();
        }

        /** Returns how many violations were added. */
        public long total() {
            return total;
        }

        /** Returns whether no violation was added. */
        public boolean isEmpty() {
            return total == 0;
        }

        /** Returns the violations that were kept, in the order in which they were added. */
        public List<Violation> violations() {
            return List.copyOf(kept);
        }

        /**
         * Returns the end of a message that suggests the known name nearest to an unknown one, or the empty string if
         * none is near. Once ten violations have been added, nothing is suggested.
         */
        public String didYouMean(String unknown, Collection<String> known) {
            requireNonNull(known, "known");
            return didYouMean(unknown, () -> known);
        }

        /** Does the same, but gets the known names only if they are needed. */
        public String didYouMean(String unknown, Supplier<? extends Collection<String>> known) {
            requireNonNull(unknown, "unknown");
            requireNonNull(known, "known");
            return total < MAX_SUGGESTIONS ? Suggestions.didYouMean(unknown, known.get()) : "";
        }

        /**
         * Throws all violations that were added.
         *
         * @throws PolicyViolationException if any was added
         */
        public void throwIfAny() {
            if (total > 0) {
                throw new PolicyViolationException(kept, total);
            }
        }
    }
}
