package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold in a policy for every user at every target: that whoever may do one thing may do another, that nobody
 * may do both, or that enough users may do something.
 *
 * <p>It is checked for all of them, not for samples, and a failure names counterexamples. Permissions are named by key. One that
 * the catalog lacks nobody has: {@link #isKnownTo} says whether an invariant names such a key.
 *
 * <p>Two invariants are equal if kind, permissions, target and number are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AccessInvariant {

    /**
     * What an invariant asks for.
     *
     * @since 0.1
     */
    public enum Kind {
        /** Whoever has one permission has another one: {@link AccessInvariant#implies}. */
        IMPLIES,
        /** Nobody has two permissions at the same target: {@link AccessInvariant#excludes}. */
        EXCLUDES,
        /** Enough users have a permission at one target: {@link AccessInvariant#atLeast}. */
        AT_LEAST
    }

    private final Kind kind;
    private final String permission;
    private final @Nullable String other;
    private final int count;
    private final Target target;

    private AccessInvariant(Kind kind, String permission, @Nullable String other, int count, Target target) {
        this.kind = kind;
        this.permission = requireNonNull(permission, "permission");
        this.other = other;
        this.count = count;
        this.target = target;
    }

    /** Returns that whoever has a permission at a target has another one there, too. */
    public static AccessInvariant implies(String permission, String implied) {
        return new AccessInvariant(Kind.IMPLIES, permission, requireNonNull(implied, "implied"), 0, Target.account());
    }

    /** Returns that nobody has both permissions at the same target: the separation of two duties. */
    public static AccessInvariant excludes(String permission, String excluded) {
        return new AccessInvariant(
                Kind.EXCLUDES, permission, requireNonNull(excluded, "excluded"), 0, Target.account());
    }

    /**
     * Returns that at least so many users have a permission at a target, such as the account. Nobody has it at a target that
     * the policy does not know; a given parent is dropped.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public static AccessInvariant atLeast(int count, String permission, Target target) {
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
        if (count <= 0) {
            throw new IllegalArgumentException("the number of users is `" + count + "`: expected at least 1");
        }
        return new AccessInvariant(Kind.AT_LEAST, permission, null, count, target.withoutParent());
    }

    /** Returns what is asked for. */
    public Kind kind() {
        return kind;
    }

    /** Returns the key of the permission: that of whoever is asked, the first of two, or the one that enough users have. */
    public String permission() {
        return permission;
    }

    /** Returns the key of the permission that is implied or excluded; empty for {@link Kind#AT_LEAST}. */
    public Optional<String> other() {
        return Optional.ofNullable(other);
    }

    /** Returns how many users are enough; zero for the other kinds. */
    public int count() {
        return count;
    }

    /** Returns the target at which enough users have the permission; the account for the other kinds. */
    public Target target() {
        return target;
    }

    /**
     * A user for whom an invariant does not hold at a target, or a target at which too few users have a permission.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class Counterexample {

        private final @Nullable String user;
        private final Target target;
        private final String message;

        private Counterexample(@Nullable String user, Target target, String message) {
            this.user = user;
            this.target = target;
            this.message = message;
        }

        /** Returns the id of the user; empty if there are too few users. */
        public Optional<String> user() {
            return Optional.ofNullable(user);
        }

        /** Returns the target, the highest one for this user: nothing that it lies in is such a counterexample. */
        public Target target() {
            return target;
        }

        /** Returns what is wrong, human-readable. */
        public String message() {
            return message;
        }

        /** Returns what is wrong, human-readable. */
        @Override
        public String toString() {
            return message;
        }
    }

    /** Returns whether the catalog of a policy has every permission that this invariant names. */
    public boolean isKnownTo(Policy policy) {
        return policy.catalog().indexOf(permission) >= 0
                && (other == null || policy.catalog().indexOf(other) >= 0);
    }

    /** Returns whether this holds in a policy. As long as {@link #counterexamples}. */
    public boolean holdsIn(PermissionMatrix matrix) {
        return counterexamples(matrix).isEmpty();
    }

    /**
     * Returns where this does not hold: for each user the highest targets, by user, then by target, in the order of lists; or the
     * one target at which there are too few users. One pass over all assignments, or over those on the path of that target.
     */
    public List<Counterexample> counterexamples(PermissionMatrix matrix) {
        return switch (kind) {
            case AT_LEAST -> tooFew(matrix);
            case IMPLIES, EXCLUDES -> violated(matrix);
        };
    }

    /**
     * Returns where this does not hold under the second of two policies, and did under the first: what an edit breaks. That is, for
     * each user the highest targets at which it fails after and did not fail before, in the order of {@link #counterexamples}; a
     * target that was not known before is compared with what it lies in. Of {@link #atLeast}, the one target if the users are too
     * few after, and fewer than before.
     *
     * <p>There are none where the second policy has no counterexample, and the same ones as of {@link #counterexamples} where the
     * first has none.
     *
     * <p>Where {@linkplain Policy#apply changes} led from one policy to the other, only users are looked at whose assignments
     * changed, who hold a role that changed as to these permissions, or who hold one above a target that was moved, there but not
     * here; each of them at all targets at which they hold roles. Of {@link #atLeast}, users are counted only if somebody may have
     * lost the permission, up to the number that is enough; all who hold a role on the path of the target if they are too few.
     * Otherwise it is linear in both policies.
     */
    public List<Counterexample> counterexamplesSince(AccessDiff diff) {
        return new InvariantSearch(this, diff.before(), diff.after()).added();
    }

    private List<Counterexample> tooFew(PermissionMatrix matrix) {
        int found = PolicyReview.of(matrix).whoCan(permission, target).count();
        return found >= count ? List.of() : List.of(tooFew(found));
    }

    Counterexample tooFew(int found) {
        return new Counterexample(
                null,
                target,
                "`" + found + "` users have " + Violation.quote(permission) + " at "
                        + Violation.quote(target.toString()) + ": expected at least " + count);
    }

    /*
     * The permissions of a user grow downward. So if there is a counterexample at a target, the user has the first permission,
     * or both, from some place on its path downward, and that highest place is one where they hold a role: only these are looked
     * at. A place below another counterexample is not listed again.
     */
    private List<Counterexample> violated(PermissionMatrix matrix) {
        PolicyTable table = matrix.policy().table();
        PermissionPair pair = PermissionPair.of(this, matrix);
        List<Counterexample> found = new ArrayList<>();
        for (String user : matrix.policy().users()) {
            PolicyTable.HeldRoleSets held = table.heldBy(user);
            List<Target> places = new ArrayList<>();
            for (int ordinal : held.targets()) {
                int[] path = table.path(ordinal);
                if (isHighest(path.length, from -> fails(pair.onPath(held, path, from)))) {
                    places.add(table.targetOf(ordinal).orElseThrow());
                }
            }
            addSorted(user, places, found);
        }
        return List.copyOf(found);
    }

    /** Returns whether something is true at the first position of a path, and at no other. */
    static boolean isHighest(int length, IntPredicate condition) {
        return condition.test(0) && IntStream.range(1, length).noneMatch(condition);
    }

    void addSorted(String user, List<Target> places, List<Counterexample> found) {
        places.sort(WhereCan.TARGET_ORDER);
        places.forEach(place -> found.add(new Counterexample(user, place, message(user, place))));
    }

    /** Returns whether a user who has this at a target contradicts an invariant about two permissions. */
    boolean fails(int has) {
        return has == (kind == Kind.EXCLUDES ? PermissionPair.BOTH : PermissionPair.FIRST);
    }

    private String message(String user, Target place) {
        return Violation.quote(user) + " has " + Violation.quote(permission)
                + (kind == Kind.EXCLUDES ? " and " : " and not ") + Violation.quote(requireNonNull(other)) + " at "
                + Violation.quote(place.toString());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof AccessInvariant that
                && kind == that.kind
                && permission.equals(that.permission)
                && Objects.equals(other, that.other)
                && count == that.count
                && target.equals(that.target);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, permission, other, count, target);
    }

    /** Returns what must hold, as a human-readable sentence. */
    @Override
    public String toString() {
        return switch (kind) {
            case IMPLIES ->
                "whoever has " + Violation.quote(permission) + " has " + Violation.quote(requireNonNull(other));
            case EXCLUDES ->
                "nobody has both " + Violation.quote(permission) + " and " + Violation.quote(requireNonNull(other));
            case AT_LEAST ->
                "at least " + count + " users have " + Violation.quote(permission) + " at "
                        + Violation.quote(target.toString());
        };
    }
}
