package io.rbac.matrix;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.text.CodePoints;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Computes the fingerprint of everything that a matrix allows. */
final class AnswerFingerprint {

    /*
     * What is allowed is, for each user and permission, a set of targets. Where targets lie is no part of it: a set may be one
     * team with its chats in one policy, and a team and two chats by themselves in another. So each set is hashed as the sum of the
     * hashes of its targets, which does not depend on how it is cut into pieces. The sum over everything that lies in a target is
     * computed once. Then a set is the sum of those of its highest targets, which lie beside each other: no target is counted twice.
     *
     * Users and permissions are hashed in the order of their ids and keys, those without an allowed target left out.
     */

    /** How many words a hash and a sum of hashes has. */
    private static final int WORDS = 4;

    private final Policy policy;
    private final PolicyTable table;
    private final PolicyTable.RoleSetBits granted;
    private final MessageDigest digest = sha256();

    /** The sum of the hashes of each target and everything in it. */
    private final long[] sums;

    private final List<Permission> byKey;
    private final byte[][] keys;

    AnswerFingerprint(PermissionMatrix matrix) {
        this.policy = matrix.policy();
        this.table = policy.table();
        this.granted = matrix.granted();
        this.sums = sums(table);
        this.byKey = new ArrayList<>(policy.catalog().permissions());
        byKey.sort(Comparator.comparing(Permission::key, CodePoints.ORDER));
        this.keys = byKey.stream()
                .map(permission -> permission.key().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static long[] sums(PolicyTable table) {
        long[] sums = new long[Math.multiplyExact(WORDS, table.targets())];
        MessageDigest sha256 = sha256();
        for (int target = 0; target < table.targets(); target++) {
            if (table.level(target) >= 0) {
                byte[] hash =
                        sha256.digest(name(table.targetOf(target).orElseThrow()).getBytes(StandardCharsets.UTF_8));
                for (int place : table.path(target)) {
                    for (int word = 0; word < WORDS; word++) {
                        sums[place * WORDS + word] += word(hash, word);
                    }
                }
            }
        }
        return sums;
    }

    /** Returns the name of a target, under which no other has it; the account is the same whatever its scope is called. */
    private static String name(Target target) {
        return target.isAccount() ? "" : target.toString();
    }

    private static long word(byte[] hash, int word) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | hash[word * Long.BYTES + i] & 0xFF;
        }
        return value;
    }

    String value() {
        PermissionCatalog catalog = policy.catalog();
        long[] ofUser = new long[Math.multiplyExact(WORDS, catalog.size())];
        for (String user : policy.users()) {
            BitSet allowed = addUser(user, ofUser);
            if (!allowed.isEmpty()) {
                addText(user.getBytes(StandardCharsets.UTF_8));
                addNumber(allowed.cardinality());
                for (int i = 0; i < keys.length; i++) {
                    int permission = catalog.indexOf(byKey.get(i));
                    if (allowed.get(permission)) {
                        addText(keys[i]);
                        addSum(ofUser, permission);
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Sums up, by permission, the targets at which a user has it, and returns the permissions. */
    private BitSet addUser(String user, long[] ofUser) {
        BitSet allowed = new BitSet();
        PolicyTable.HeldRoleSets held = table.heldBy(user);
        for (int target : held.targets()) {
            int[] path = table.path(target);
            for (int word = 0; word < policy.catalog().noRights().words(); word++) {
                long added = granted.word(held.roleSet(target), word);
                for (int i = 1; i < path.length && added != 0; i++) {
                    added &= ~granted.word(held.roleSet(path[i]), word);
                }
                for (; added != 0; added &= added - 1) {
                    int permission = word * Long.SIZE + Long.numberOfTrailingZeros(added);
                    addTargets(target, permission, ofUser, !allowed.get(permission));
                    allowed.set(permission);
                }
            }
        }
        return allowed;
    }

    private void addTargets(int target, int permission, long[] ofUser, boolean isFirst) {
        int at = permission * WORDS;
        if (isFirst) {
            Arrays.fill(ofUser, at, at + WORDS, 0);
        }
        for (int word = 0; word < WORDS; word++) {
            ofUser[at + word] += sums[target * WORDS + word];
        }
    }

    private void addText(byte[] text) {
        addNumber(text.length);
        digest.update(text);
    }

    private void addSum(long[] ofUser, int permission) {
        for (int word = 0; word < WORDS; word++) {
            addNumber(ofUser[permission * WORDS + word]);
        }
    }

    private void addNumber(long number) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (number >>> (Long.BYTES - 1 - i) * Byte.SIZE);
        }
        digest.update(bytes);
    }
}
