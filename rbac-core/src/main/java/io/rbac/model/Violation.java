package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy, a document or a change, as data.
 *
 * <p>The {@linkplain #code() code} is stable; the {@linkplain #message() message} is for people and may change. The
 * {@linkplain #path() path} is a JSON Pointer (RFC 6901) into what was given: the policy document, the request, or the
 * batch of changes. A policy that is built is addressed like the document it would be written as: {@code /roles/2/name}
 * is the name of the third role given to the builder.
 *
 * <p>Two violations are equal when all their parts are. This class is immutable and thread-safe.
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
        this.message = Text.cut(message, MAX_MESSAGE_BYTES);
        this.line = line;
        this.column = column;
    }

    /**
     * Returns a violation.
     *
     * @param code what kind of thing is wrong
     * @param path a JSON Pointer, see {@link #pointer(Object...)}
     * @param value the rejected value as text, {@code null} where there is none
     * @param message for people; quote foreign text with {@link #quote(String)}
     */
    public static Violation of(Code code, String path, @Nullable String value, String message) {
        return new Violation(code, path, value, message, 0, 0);
    }

    /** Returns this violation with its place in a text, both counted from one. */
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

    /** Returns the JSON Pointer of the fault; the empty text is the whole. */
    public String path() {
        return path;
    }

    /** Returns the rejected value as text, where there is one. It is as it came: unescaped and of any length. */
    public Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /** Returns what is wrong and what was expected, for people: at most 1 KB, control characters escaped. */
    public String message() {
        return message;
    }

    /** Returns the line of the fault in the text that was read, from one; zero where nothing was read from a text. */
    public int line() {
        return line;
    }

    /** Returns the column of the fault in its line, from one; zero where nothing was read from a text. */
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

    /** Returns code, path, message and place, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(code.name());
        if (!path.isEmpty()) {
            text.append(" at ").append(Text.cut(Text.printable(path, MAX_PATH_BYTES), MAX_PATH_BYTES));
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

    /** Returns a foreign text for use in a message: in backticks, control characters escaped, cut when it is long. */
    public static String quote(String text) {
        return '`' + Text.printable(text, MAX_QUOTED_CODE_POINTS) + '`';
    }

    /** Returns the JSON Pointer of these names and positions, from the outermost: {@code pointer("roles", 2)}. */
    public static String pointer(Object... tokens) {
        StringBuilder pointer = new StringBuilder();
        for (Object token : tokens) {
            pointer.append('/').append(token.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /**
     * What kind of thing is wrong. Names are stable across releases; new ones may come.
     *
     * @since 0.1
     */
    public enum Code {
        /** A name is required and was not given. */
        NAME_MISSING,
        /** A name is empty, or nothing but white space where the rules refuse that. */
        NAME_BLANK,
        /** A name has more code points than the rules allow. */
        NAME_TOO_LONG,
        /** A name has a character that no name may have. */
        NAME_INVALID,
        /** Another active role has this name, and the rules ask for unique ones. */
        NAME_TAKEN,
        /** The rules know no description. */
        DESCRIPTION_UNSUPPORTED,
        /** A description has more code points than the rules allow. */
        DESCRIPTION_TOO_LONG,
        /** The rules ask for rights on creation, and none were given. */
        RIGHTS_REQUIRED,
        /** No permission of the catalog has this key. */
        UNKNOWN_PERMISSION,
        /** No rights group of the catalog has this name. */
        UNKNOWN_GROUP,
        /** The rights group has no such action. */
        ACTION_NOT_ALLOWED,
        /** Roles of this scope may not hold this permission. */
        PERMISSION_NOT_IN_SCOPE,
        /** Not a scope, or one that the rules do not allow. */
        SCOPE_INVALID,
        /** The scope of a role is fixed at its creation. */
        SCOPE_IMMUTABLE,
        /** A role is assigned at a target of another kind than its scope. */
        SCOPE_MISMATCH,
        /** An attribute that only the library sets was sent. */
        READ_ONLY_ATTRIBUTE,
        /** No field of this name is known here. */
        UNKNOWN_FIELD,
        /** A JSON object has a key twice. */
        DUPLICATE_KEY,
        /** An id, or an assignment, is stated twice. */
        DUPLICATE_ID,
        /** Not an id: see {@link Policy} for what one may be. */
        ID_INVALID,
        /** A value of another type was expected. */
        WRONG_TYPE,
        /** A value is required, and {@code null} was given. */
        NULL_VALUE,
        /** A required field was not given. */
        MISSING_FIELD,
        /** The text cannot be read at all. */
        MALFORMED,
        /** Something follows the document. */
        TRAILING_CONTENT,
        /** A document of a format that this release does not read. */
        UNSUPPORTED_FORMAT,
        /** Larger than allowed. */
        LIMIT_EXCEEDED,
        /** Fewer active default roles of a scope than the rules ask for. */
        LAST_DEFAULT_ROLE,
        /** More active default roles of a scope than the rules allow. */
        TOO_MANY_DEFAULTS,
        /** A user is connected where no active default role exists. */
        NO_DEFAULT_ROLE,
        /** A user holds more roles at one target than the rules allow. */
        TOO_MANY_ROLES,
        /** The role belongs to the host. */
        SYSTEM_ROLE,
        /** No role of the account has this id. */
        ROLE_NOT_FOUND,
        /** The role is discarded. */
        ROLE_DISCARDED,
        /** The role still has users, and the rules keep it while it has. */
        ROLE_IN_USE,
        /** No team or chat of the account has this id. */
        TARGET_NOT_FOUND,
        /** The last user of a permission that the rules protect from lockout would lose it. */
        LAST_HOLDER,
        /** There is no such account. */
        ACCOUNT_NOT_FOUND,
        /** There is such an account already. */
        ACCOUNT_EXISTS,
        /** The policy is at another revision than was expected. */
        CONFLICT,
        /** The actor may not do this. */
        FORBIDDEN,
        /** The actor would give away what he does not hold. */
        ESCALATION
    }

    /**
     * Gathers violations: keeps the first 1,000 and counts all.
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

        /** Adds the violation of these parts, see {@link Violation#of}. */
        public void add(Code code, String path, @Nullable String value, String message) {
            add(of(code, path, value, message));
        }

        /** Adds all that an exception carries. */
        public void addAll(PolicyViolationException exception) {
            exception.violations().forEach(this::add);
            total += exception.total() - exception.violations().size();
        }

        /** Returns how many were added. */
        public long total() {
            return total;
        }

        /** Tells whether none was added. */
        public boolean isEmpty() {
            return total == 0;
        }

        /** Returns those that were kept, in the order they came. */
        public List<Violation> violations() {
            return List.copyOf(kept);
        }

        /**
         * Returns the end of a message that names the known name nearest to an unknown one, or the empty text where
         * none is near. Nothing is looked for once ten violations were gathered.
         */
        public String didYouMean(String unknown, Collection<String> known) {
            requireNonNull(unknown, "unknown");
            requireNonNull(known, "known");
            return suggests() ? Text.didYouMean(unknown, known) : "";
        }

        /** Whether a known name is still looked for. */
        boolean suggests() {
            return total < MAX_SUGGESTIONS;
        }

        /**
         * Throws all that was gathered.
         *
         * @throws PolicyViolationException if anything was
         */
        public void throwIfAny() {
            if (total > 0) {
                throw new PolicyViolationException(kept, total);
            }
        }
    }
}
