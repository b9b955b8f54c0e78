package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.policy.PolicyTable;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one user may do, at one revision: the answers of a {@link PermissionMatrix} about a user who was looked up once.
 * Meant for the handler of a request, which asks many questions about the same user.
 *
 * <p>Every answer is that of the matrix. A commit changes none of them, and a user whom the policy does not know is denied
 * everything. Questions throw nothing because of their arguments, except a {@link NullPointerException} if one of them is
 * {@code null}.
 *
 * <p>A question takes a look-up of the target, and a search that is logarithmic in the number of targets at which this user
 * holds roles. It allocates nothing but the rights or the list that it returns, and takes no lock.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class UserPermissions {

    private final PermissionMatrix matrix;
    private final String id;
    private final PermissionCatalog catalog;
    private final PolicyTable.HeldRoleSets held;
    private final PolicyTable.RoleSetBits granted;
    private final @Nullable Rights restriction;

    UserPermissions(PermissionMatrix matrix, String id) {
        this(matrix, id, matrix.policy().table().heldBy(id), matrix.granted(), null);
    }

    private UserPermissions(
            PermissionMatrix matrix,
            String id,
            PolicyTable.HeldRoleSets held,
            PolicyTable.RoleSetBits granted,
            @Nullable Rights restriction) {
        this.matrix = matrix;
        this.id = id;
        this.catalog = matrix.policy().catalog();
        this.held = held;
        this.granted = granted;
        this.restriction = restriction;
    }

    /** Returns the id of the user, known to the policy or not. */
    public String id() {
        return id;
    }

    /** Returns whether the user has the permission with this key at a target; false if the catalog lacks the key. */
    public boolean has(String permission, Target target) {
        return has(catalog.indexOf(permission), target);
    }

    /** Returns whether the user has a permission at a target; one of another catalog is looked up by its key. */
    public boolean has(Permission permission, Target target) {
        return has(catalog.indexOf(permission), target);
    }

    private boolean has(int permission, Target target) {
        if (permission < 0) {
            requireNonNull(target, "target");
            return false;
        }
        return held.anyOnPath(target, granted, permission);
    }

    /**
     * Returns whether the user has at least one of these permissions at a target.
     *
     * @throws IllegalArgumentException if the rights are empty
     */
    public boolean hasAny(Rights rights, Target target) {
        requireSome(rights);
        if (matrix.isOwn(rights)) {
            return held.anyOnPath(target, granted, rights);
        }
        boolean any = false;
        for (Permission permission : rights) {
            any |= has(permission, target);
        }
        return any;
    }

    /**
     * Returns whether the user has all of these permissions at a target.
     *
     * @throws IllegalArgumentException if the rights are empty: asking for nothing grants nothing
     */
    public boolean hasAll(Rights rights, Target target) {
        requireSome(rights);
        if (matrix.isOwn(rights)) {
            return held.allOnPath(target, granted, rights);
        }
        boolean all = true;
        for (Permission permission : rights) {
            all &= has(permission, target);
        }
        return all;
    }

    static void requireSome(Rights rights) {
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("no permission is given: expected at least one");
        }
    }

    /** Returns all permissions that the user has at a target, none if the target is unknown. */
    public Rights rightsAt(Target target) {
        long[] words = new long[catalog.noRights().words()];
        held.forEachOnPath(target, roleSet -> {
            for (int word = 0; word < words.length; word++) {
                words[word] |= granted.word(roleSet, word);
            }
        });
        return Rights.valueOf(catalog, words);
    }

    /**
     * Returns those of some targets at which the user has the permission with this key, as {@link #has(String, Target)}
     * answers: in their order, and as often as they are given. The list is unmodifiable. Takes less time than asking for each
     * target where the policy has thousands of them.
     */
    public List<Target> filter(String permission, List<Target> targets) {
        return filter(catalog.indexOf(permission), List.copyOf(targets));
    }

    /** Returns those of some targets at which the user has a permission; otherwise as {@link #filter(String, List)}. */
    public List<Target> filter(Permission permission, List<Target> targets) {
        return filter(catalog.indexOf(permission), List.copyOf(targets));
    }

    private List<Target> filter(int permission, List<Target> targets) {
        if (permission < 0) {
            return List.of();
        }
        BitSet positions = held.positionsOnPath(targets, granted, permission);
        Target[] kept = new Target[positions.cardinality()];
        int position = -1;
        for (int i = 0; i < kept.length; i++) {
            position = positions.nextSetBit(position + 1);
            kept[i] = targets.get(position);
        }
        return List.of(kept);
    }

    /** Returns the permissions of this user as far as some rights contain them: for an API key of theirs, for instance. */
    public UserPermissions restrictedTo(Rights rights) {
        Rights own = catalog.allRights().intersect(rights);
        Rights both = restriction == null ? own : restriction.intersect(own);
        return new UserPermissions(matrix, id, held, new RestrictedBits(matrix.granted(), both), both);
    }

    /** Restricts bits to those at the positions of some rights. */
    private record RestrictedBits(PolicyTable.RoleSetBits bits, Rights rights) implements PolicyTable.RoleSetBits {

        @Override
        public long word(int roleSet, int word) {
            return bits.word(roleSet, word) & rights.word(word);
        }

        @Override
        public long union(int first, int second, int third, int word) {
            return bits.union(first, second, third, word) & rights.word(word);
        }
    }

    /** Returns the user, the account and the revision in human-readable form. */
    @Override
    public String toString() {
        String text = "UserPermissions of " + id + " in " + matrix.policy().account() + " at revision "
                + matrix.policy().revision();
        return restriction == null ? text : text + " restricted to " + restriction;
    }
}
