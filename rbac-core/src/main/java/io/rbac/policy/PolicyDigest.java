package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.table.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A digest of 128 bits of what a policy says: its account and version, roles, targets and assignments; not its catalog and
 * rules, which are the application's. Policies that say the same have equal digests, in whatever order it was said and
 * whatever edits led there. A retired permission is said for as long as a stored role holds it: until that role is changed.
 *
 * <p>It is there to detect damage, such as a flipped bit or a row that was lost, doubled or exchanged. It is no protection
 * from somebody who can write to the store.
 *
 * <p>Two digests are equal if their bits are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyDigest {

    /*
     * The sum of a well-mixed hash of each fact. A sum does not depend on the order, so an edit adds the facts that came and
     * subtracts those that went.
     */

    private static final int ROLE = 1;
    private static final int TARGET = 2;
    private static final int ASSIGNMENT = 3;
    private static final int VERSION = 4;
    private static final int PERMISSION = 5;

    private final long high;
    private final long low;

    private PolicyDigest(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /**
     * Returns the digest of this form.
     *
     * @throws IllegalArgumentException if the string is not one that {@link #toString()} returns
     */
    public static PolicyDigest parse(String digest) {
        if (digest.length() == 32 && digest.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return new PolicyDigest(
                    HexFormat.fromHexDigitsToLong(digest, 0, 16), HexFormat.fromHexDigitsToLong(digest, 16, 32));
        }
        throw new IllegalArgumentException(
                "the digest is " + Violation.quote(digest) + ": expected 32 lower-case hexadecimal digits");
    }

    static PolicyDigest of(Policy policy) {
        Sum sum = new Sum();
        sum.addVersion(policy.account(), policy.version(), 1);
        sum.addTable(policy.table());
        return sum.digest();
    }

    /** Returns the digest of what effects lead to, at another version. */
    PolicyDigest after(String account, Version before, Version after, List<Effect> effects) {
        Sum sum = new Sum();
        sum.high = high;
        sum.low = low;
        sum.addVersion(account, before, -1);
        sum.addVersion(account, after, 1);
        effects.forEach(sum::add);
        return sum.digest();
    }

    /** Adds up hashes of facts. Not thread-safe. */
    private static final class Sum {

        private long high;
        private long low;

        PolicyDigest digest() {
            return new PolicyDigest(high, low);
        }

        private void add(Hash fact, int sign) {
            high += sign * fact.high();
            low += sign * fact.low();
        }

        void addVersion(String account, Version version, int sign) {
            add(new Hash(VERSION).with(account).with(version.life()).with(version.revision()), sign);
        }

        void add(Effect effect) {
            switch (effect.kind()) {
                case ROLE_ADDED -> addRole(((Effect.RoleAdded) effect).role(), 1);
                case ROLE_CHANGED -> {
                    addRole(((Effect.RoleChanged) effect).before(), -1);
                    addRole(((Effect.RoleChanged) effect).after(), 1);
                }
                case ROLE_REMOVED -> addRole(((Effect.RoleRemoved) effect).role(), -1);
                case TARGET_ADDED -> {
                    Effect.TargetAdded added = (Effect.TargetAdded) effect;
                    addTarget(added.target(), added.parent(), 1);
                }
                case TARGET_MOVED -> {
                    Effect.TargetMoved moved = (Effect.TargetMoved) effect;
                    addTarget(moved.target(), moved.before(), -1);
                    addTarget(moved.target(), moved.after(), 1);
                }
                case TARGET_REMOVED -> {
                    Effect.TargetRemoved removed = (Effect.TargetRemoved) effect;
                    addTarget(removed.target(), removed.parent(), -1);
                }
                case ASSIGNMENT_ADDED -> addAssignment(((Effect.AssignmentAdded) effect).assignment(), 1);
                case ASSIGNMENT_REMOVED -> addAssignment(((Effect.AssignmentRemoved) effect).assignment(), -1);
            }
        }

        private void addRole(Role role, int sign) {
            Hash hash = new Hash(ROLE)
                    .with(role.id())
                    .with(nameOf(role.scope()))
                    .with(role.name())
                    .with(role.description().isPresent() ? 1 : 0)
                    .with(role.description().orElse(""))
                    .with(role.type().name())
                    .with(role.isDefault() ? 1 : 0);
            hash.with(role.createdAt()).with(role.updatedAt()).with(role.discardedAt());
            Sum rights = new Sum();
            for (Permission permission : role.rights()) {
                rights.add(new Hash(PERMISSION).with(permission.key()), 1);
            }
            add(hash.with(rights.high).with(rights.low), sign);
        }

        private void addTarget(Target target, Target parent, int sign) {
            Hash place = parent.isAccount() ? hashOf(Target.account()) : hashOf(parent);
            Hash hash = hashOf(target);
            add(new Hash(TARGET).with(hash).with(place), sign);
        }

        private void addAssignment(Assignment assignment, int sign) {
            add(assignment(hashOf(assignment.user()), hashOf(assignment.role()), hashOf(assignment.target())), sign);
        }

        private static Hash assignment(Hash user, Hash role, Hash target) {
            return new Hash(ASSIGNMENT).with(user).with(role).with(target);
        }

        /** The account is the same, whatever its scope is called. */
        private static String nameOf(Scope scope) {
            return scope.isAccount() ? "" : scope.name();
        }

        private static Hash hashOf(String id) {
            return new Hash(0).with(id);
        }

        private static Hash hashOf(Target target) {
            return target.isAccount()
                    ? new Hash(TARGET)
                    : new Hash(TARGET).with(nameOf(target.scope())).with(target.id());
        }

        /** Hashes each id once, however many assignments have it. */
        void addTable(PolicyTable table) {
            @Nullable Hash[] roles = new Hash[table.roles()];
            for (int i = 0; i < roles.length; i++) {
                RoleEntry role = table.roles.get(i);
                if (role != null) {
                    addRole(role.stored(), 1);
                    roles[i] = hashOf(role.stored().id());
                }
            }
            @Nullable Hash[] targets = new Hash[table.targets()];
            for (int i = 0; i < targets.length; i++) {
                Optional<Target> target = table.targetOf(i);
                if (target.isPresent()) {
                    targets[i] = hashOf(target.get());
                    if (i != PolicyTable.ACCOUNT) {
                        addTarget(target.get(), table.targetOf(table.parent(i)).orElseThrow(), 1);
                    }
                }
            }
            for (int i = 0; i < table.users(); i++) {
                Optional<String> user = table.userId(i);
                if (user.isPresent()) {
                    addRow(table, hashOf(user.get()), requireNonNull(table.row(user.get())), roles, targets);
                }
            }
        }

        private void addRow(
                PolicyTable table, Hash user, Object row, @Nullable Hash[] roles, @Nullable Hash[] targets) {
            for (int target = Row.nextKey(row, -1); target >= 0; target = Row.nextKey(row, target)) {
                int roleSet = Row.value(row, target);
                for (int i = 0; i < table.size(roleSet); i++) {
                    add(
                            assignment(
                                    user,
                                    requireNonNull(roles[table.role(roleSet, i)]),
                                    requireNonNull(targets[target])),
                            1);
                }
            }
        }
    }

    /**
     * Hashes a sequence of strings and numbers: two lanes of 64 bits, each mixed after each step with another constant, so
     * that what one lane confuses the other tells apart.
     *
     * <p>This class is not thread-safe.
     */
    private static final class Hash {

        private static final long HIGH = 0x9E3779B97F4A7C15L;
        private static final long LOW = 0xD1B54A32D192ED03L;

        private long high;
        private long low;

        Hash(int kind) {
            this.high = kind;
            this.low = ~kind;
        }

        /** Mixes in a string, with its length: two strings are not taken for two others that are the same when joined. */
        Hash with(String string) {
            with(string.length());
            long four = 0;
            for (int i = 0; i < string.length(); i++) {
                four = four << 16 | string.charAt(i);
                if ((i & 3) == 3) {
                    with(four);
                    four = 0;
                }
            }
            return (string.length() & 3) == 0 ? this : with(four);
        }

        Hash with(Optional<Instant> time) {
            return with(time.isPresent() ? time.get().toEpochMilli() : Long.MIN_VALUE);
        }

        Hash with(Hash other) {
            return with(other.high).with(other.low);
        }

        Hash with(long value) {
            high = mix(high * HIGH + value);
            low = mix(low * LOW ^ value * HIGH);
            return this;
        }

        private static long mix(long value) {
            long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
            mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
            return mixed ^ mixed >>> 32;
        }

        long high() {
            return high;
        }

        long low() {
            return low;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyDigest that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low);
    }

    /** Returns the 32 hexadecimal digits that {@link #parse} reads. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
