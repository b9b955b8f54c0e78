package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users may do under one policy and not under another: exactly the checks that are answered differently, for all users,
 * permissions and targets that either policy knows.
 *
 * <p>A <em>gain</em> is allowed after and not before, a <em>loss</em> the other way round. Both are told by {@linkplain Entry
 * entries}, each of which names the highest place and stands for everything that lies there; {@link #gainedCells()} and {@link
 * #lostCells()} derive the single checks. A target that was added is a gain of all who have rights in what it lies in, one that
 * was moved a loss of some and a gain of others. Users and targets are the same under both policies if their ids are, targets if
 * the names of their scopes are, too; permissions if their keys are.
 *
 * <p>Nothing is computed ahead: entries are found as a stream is read. Where {@linkplain Policy#apply changes} led from one policy
 * to the other, what they share is skipped, so that this takes time in proportion to the users whose assignments changed, who hold
 * a role that changed, or who hold a role above a target that was added or moved; otherwise it is linear in both policies.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class AccessDiff {

    private final PermissionMatrix before;
    private final PermissionMatrix after;

    private AccessDiff(PermissionMatrix before, PermissionMatrix after) {
        this.before = before;
        this.after = after;
    }

    /** Returns the difference between the answers of two matrices, of the same account or of two. Constant time. */
    public static AccessDiff between(PermissionMatrix before, PermissionMatrix after) {
        return new AccessDiff(requireNonNull(before, "before"), requireNonNull(after, "after"));
    }

    /** Returns the difference between the answers under two policies. Compiles the first one, and of the other what differs. */
    public static AccessDiff between(Policy before, Policy after) {
        requireNonNull(after, "after");
        PermissionMatrix compiled = PermissionMatrix.compile(before);
        return between(compiled, compiled.updatedTo(after));
    }

    /**
     * Rights that a user has at a target under one of the policies only. They hold at the target and at everything that lies in it
     * there, except where the user has them under the other policy, too; and they hold at nothing that the target lies in.
     *
     * <p>This record is immutable and thread-safe.
     *
     * @param user the id of the user
     * @param target the highest target at which the rights were gained or lost
     * @param rights what was gained or lost, of the catalog of the policy under which the user has it; not empty
     * @since 0.1
     */
    public record Entry(String user, Target target, Rights rights) {

        /** Creates an entry. */
        public Entry {
            requireNonNull(user, "user");
            requireNonNull(target, "target");
            requireNonNull(rights, "rights");
        }

        /** Returns who, what and where, human-readable. */
        @Override
        public String toString() {
            return Violation.quote(user) + ": " + rights + " at " + Violation.quote(target.toString());
        }
    }

    /**
     * One check that the policies answer differently.
     *
     * <p>This record is immutable and thread-safe.
     *
     * @param user the id of the user
     * @param permission the permission
     * @param target the target
     * @since 0.1
     */
    public record Cell(String user, Permission permission, Target target) {

        /** Creates a cell. */
        public Cell {
            requireNonNull(user, "user");
            requireNonNull(permission, "permission");
            requireNonNull(target, "target");
        }
    }

    /**
     * The entries with the same rights by the same roles: one line of a readable summary.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class Group {

        /** How many entries of a group are kept. */
        static final int MAX_EXAMPLES = 10;

        private final List<String> roles;
        private final Rights rights;
        private final long entryCount;
        private final List<Entry> examples;

        Group(List<String> roles, Rights rights, long entryCount, List<Entry> examples) {
            this.roles = List.copyOf(roles);
            this.rights = rights;
            this.entryCount = entryCount;
            this.examples = List.copyOf(examples);
        }

        /** Returns the ids of the roles that give these rights to each user of the group, in the order of their code points. */
        public List<String> roles() {
            return roles;
        }

        /** Returns what was gained or lost. */
        public Rights rights() {
            return rights;
        }

        /** Returns how many entries there are. */
        public long entryCount() {
            return entryCount;
        }

        /** Returns the first ten entries, all if there are no more. */
        public List<Entry> examples() {
            return examples;
        }

        /** Returns rights, roles and some users and targets, human-readable. */
        @Override
        public String toString() {
            String shown = examples.stream()
                    .map(entry -> Violation.quote(entry.user()) + " at "
                            + Violation.quote(entry.target().toString()))
                    .collect(Collectors.joining(", "));
            long hidden = entryCount - examples.size();
            return rights + " by "
                    + roles.stream().map(Violation::quote).collect(Collectors.joining(", ")) + ": " + shown
                    + (hidden == 0 ? "" : " and " + hidden + " more");
        }
    }

    /** Returns the matrix whose answers come first. */
    public PermissionMatrix before() {
        return before;
    }

    /** Returns the matrix with whose answers they are compared. */
    public PermissionMatrix after() {
        return after;
    }

    /** Returns whether every check is answered in the same way. Stops at the first that is not. */
    public boolean isEquivalent() {
        return gains().findAny().isEmpty() && losses().findAny().isEmpty();
    }

    /**
     * Returns what is allowed after and was not before: by user, then by target, and after that what was gained at targets that
     * were added or moved, by target, then by user. Found as the stream is read.
     */
    public Stream<Entry> gains() {
        return new GainSearch(before, after).entries();
    }

    /** Returns what was allowed before and is not after, in the order of {@link #gains()}. Found as the stream is read. */
    public Stream<Entry> losses() {
        return new GainSearch(after, before).entries();
    }

    /** Returns the gains grouped by rights and the roles that give them after, the largest groups first. */
    public List<Group> gainGroups() {
        return new GainSearch(before, after).groups();
    }

    /** Returns the losses grouped by rights and the roles that gave them before, the largest groups first. */
    public List<Group> lossGroups() {
        return new GainSearch(after, before).groups();
    }

    /** Returns every check that is allowed after and was not before, each once. Derived from {@link #gains()} as it is read. */
    public Stream<Cell> gainedCells() {
        return new GainSearch(before, after).cells();
    }

    /** Returns every check that was allowed before and is not after, each once. Derived from {@link #losses()} as it is read. */
    public Stream<Cell> lostCells() {
        return new GainSearch(after, before).cells();
    }

    /**
     * Does nothing if nobody gains anything: a gate for changes that are only to take away. What is gained at a target that was
     * added counts, too.
     *
     * @throws AccessGainedException with everything that is gained, grouped
     */
    public void requireNoGain() {
        if (gains().findAny().isPresent()) {
            throw new AccessGainedException(gainGroups());
        }
    }

    /** Returns what is compared, human-readable. */
    @Override
    public String toString() {
        return "AccessDiff from " + before + " to " + after;
    }
}
