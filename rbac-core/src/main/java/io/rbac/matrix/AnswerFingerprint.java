package io.rbac.matrix;

import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Computes the fingerprint of everything that a matrix allows. */
final class AnswerFingerprint {

    /*
     * What a user may do is a set of pairs, a permission and a target. A pair is hashed as the product of the hashes of both, and a
     * set as the sum of its pairs, which depends neither on their order nor on how the set is cut into pieces: where targets lie is
     * no part of it, and a role at a team counts as one at each target in it does. So a permission at a target and at all that lies
     * in it is the product of its hash and one sum, that of the target, which is computed once; and all permissions of a role set
     * there are one product, too. Of the targets at which a user holds roles, one counts for what those above it do not grant.
     *
     * The fingerprint is the sum of a hash of each user who may do anything: of their id and their sum.
     */

    /** How many words a hash and a sum of hashes has; they are added and multiplied word by word. */
    private static final int WORDS = 4;

    private final PolicyTable table;
    private final PolicyTable.RoleSetBits granted;
    private final MessageDigest sha256 = sha256();

    /** How many words the bits of all permissions take. */
    private final int bitWords;

    /** The hash of each permission. */
    private final long[] ofPermission;

    /** The sum of the hashes of the permissions of each role set. */
    private final long[] ofRoleSet;

    /** The sum of the hashes of each target and everything in it. */
    private final long[] ofTarget;

    /** The sum of what the user who was added last may do. */
    private final long[] ofUser = new long[WORDS];

    AnswerFingerprint(PermissionMatrix matrix) {
        Policy policy = matrix.policy();
        table = policy.table();
        granted = matrix.granted();
        bitWords = policy.catalog().noRights().words();
        ofPermission = new long[Math.multiplyExact(WORDS, bitWords * Long.SIZE)];
        for (Permission permission : policy.catalog().permissions()) {
            add(hash(permission.key()), ofPermission, policy.catalog().indexOf(permission));
        }
        ofRoleSet = new long[Math.multiplyExact(WORDS, table.roleSets())];
        for (int roleSet = 0; roleSet < table.roleSets(); roleSet++) {
            for (int word = 0; word < bitWords; word++) {
                addPermissions(granted.word(roleSet, word), word, 1, ofRoleSet, roleSet);
            }
        }
        ofTarget = new long[Math.multiplyExact(WORDS, table.targets())];
        for (int target = 0; target < table.targets(); target++) {
            if (table.level(target) >= 0) {
                byte[] hash = hash(name(table.targetOf(target).orElseThrow()));
                for (int place : table.path(target)) {
                    add(hash, ofTarget, place);
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns the name of a target, under which no other has it; the account is the same whatever its scope is called. */
    private static String name(Target target) {
        return target.isAccount() ? "" : target.toString();
    }

    private byte[] hash(String text) {
        return sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(byte[] hash, long[] sums, int index) {
        for (int i = 0; i < hash.length; i += Long.BYTES) {
            long word = 0;
            for (int j = i; j < i + Long.BYTES; j++) {
                word = word << Byte.SIZE | hash[j] & 0xFF;
            }
            sums[index * WORDS + i / Long.BYTES] += word;
        }
    }

    private static byte[] bytes(long[] words) {
        byte[] bytes = new byte[WORDS * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / Long.BYTES] >>> (Long.BYTES - 1 - i % Long.BYTES) * Byte.SIZE);
        }
        return bytes;
    }

    /** Adds the hashes of the permissions of some bits, so many times. */
    private void addPermissions(long bits, int word, long times, long[] sums, int index) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            int permission = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            for (int i = 0; i < WORDS; i++) {
                sums[index * WORDS + i] += times * ofPermission[permission * WORDS + i];
            }
        }
    }

    String value() {
        long[] sum = new long[WORDS];
        for (int user = 0; user < table.users(); user++) {
            String id = table.userId(user).orElse(null);
            if (id != null && addUser(id)) {
                sha256.update(bytes(ofUser));
                add(hash(id), sum, 0);
            }
        }
        return HexFormat.of().formatHex(bytes(sum));
    }

    /** Sums up what a user may do; returns whether that is anything. */
    private boolean addUser(String user) {
        Arrays.fill(ofUser, 0);
        boolean isAllowed = false;
        long[] factor = new long[WORDS];
        PolicyTable.HeldRoleSets held = table.heldBy(user);
        for (int target : held.targets()) {
            int roleSet = held.roleSet(target);
            System.arraycopy(ofRoleSet, roleSet * WORDS, factor, 0, WORDS);
            int[] above = roleSetsAbove(held, target);
            for (int word = 0; word < bitWords; word++) {
                long own = granted.word(roleSet, word);
                long inherited = 0;
                for (int other : above) {
                    inherited |= granted.word(other, word);
                }
                addPermissions(own & inherited, word, -1, factor, 0);
                isAllowed |= (own & ~inherited) != 0;
            }
            for (int i = 0; i < WORDS; i++) {
                ofUser[i] += factor[i] * ofTarget[target * WORDS + i];
            }
        }
        return isAllowed;
    }

    /** Returns the role sets that a user holds at what a target lies in. */
    private int[] roleSetsAbove(PolicyTable.HeldRoleSets held, int target) {
        int[] path = table.path(target);
        int[] roleSets = new int[path.length - 1];
        int count = 0;
        for (int i = 1; i < path.length; i++) {
            int roleSet = held.roleSet(path[i]);
            if (roleSet != 0) {
                roleSets[count++] = roleSet;
            }
        }
        return count == roleSets.length ? roleSets : Arrays.copyOf(roleSets, count);
    }
}
