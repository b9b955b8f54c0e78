package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A state of an account: a revision of one of its <em>lives</em>. Each creation of an account begins a new life, with a
 * random id, and its revisions count from 1; so a version of an account that was removed never fits one that was created
 * later under the same id, nor does one of another account.
 *
 * <p>To a client a version is an opaque string, {@link #toString()}: an {@code ETag}, what an edit {@linkplain
 * io.rbac.engine.PolicyEdit#expecting expects}, or what an answer must be {@linkplain
 * io.rbac.engine.PermissionEngine#matrix(String, Version, java.time.Duration) at least}.
 *
 * <p>Two versions are equal if life and revision are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Version {

    /** The version of a policy that was built and never committed. */
    public static final Version UNCOMMITTED = new Version("0".repeat(16), 0);

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})\\.(0|[1-9][0-9]{0,18})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String life;
    private final long revision;

    private Version(String life, long revision) {
        this.life = life;
        this.revision = revision;
    }

    /**
     * Returns the version with these parts.
     *
     * @param life the id of the life, 16 lower-case hexadecimal digits
     * @param revision the revision, zero or more
     * @throws IllegalArgumentException if one of them is not of that form
     */
    public static Version of(String life, long revision) {
        return parse(requireNonNull(life, "life") + '.' + revision);
    }

    /**
     * Returns the version of this form.
     *
     * @throws IllegalArgumentException if the string is not one that {@link #toString()} returns
     */
    public static Version parse(String version) {
        Version parsed = find(version);
        if (parsed == null) {
            throw new IllegalArgumentException("the version is " + Violation.quote(version)
                    + ": expected 16 lower-case hexadecimal digits, a point and a revision");
        }
        return parsed;
    }

    private static @Nullable Version find(String version) {
        var matcher = FORM.matcher(requireNonNull(version, "version"));
        if (!matcher.matches()) {
            return null;
        }
        try {
            return new Version(matcher.group(1), Long.parseLong(matcher.group(2)));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** Returns the first version of a new life. */
    public static Version first() {
        byte[] id = new byte[8];
        RANDOM.nextBytes(id);
        return new Version(HexFormat.of().formatHex(id), 1);
    }

    /** Returns the id of the life. */
    public String life() {
        return life;
    }

    /** Returns the revision. */
    public long revision() {
        return revision;
    }

    /** Returns whether another version is of the same life. */
    public boolean isOfSameLife(Version other) {
        return life.equals(other.life);
    }

    /** Returns whether this version is of the same life as another one, and of the same revision or a later one. */
    public boolean isAtLeast(Version other) {
        return isOfSameLife(other) && revision >= other.revision;
    }

    /**
     * Returns this version at another revision.
     *
     * @throws IllegalArgumentException for a negative revision
     */
    public Version at(long newRevision) {
        return of(life, newRevision);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version that && revision == that.revision && life.equals(that.life);
    }

    @Override
    public int hashCode() {
        return 31 * life.hashCode() + Long.hashCode(revision);
    }

    /** Returns the opaque form, which {@link #parse} reads: life and revision. */
    @Override
    public String toString() {
        return life + '.' + revision;
    }
}
