package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of permissions of one catalog: what a role grants, or what a user holds at a target.
 *
 * <p>Set operations and {@code size} take at most one pass over the bits, of which there is one per permission of the
 * catalog. {@code contains} tests one bit, after a lookup by key unless the permission is of the same catalog instance.
 * Permissions of different catalog instances are matched by key.
 *
 * <p>Two sets of rights are equal if they hold permissions with the same keys. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Rights implements Iterable<Permission> {

    private final PermissionCatalog catalog;
    private final long[] words;

    Rights(PermissionCatalog catalog, long[] words) {
        this.catalog = catalog;
        this.words = words;
    }

    /** Returns the rights without any permission, of the empty catalog. They can be used with every catalog. */
    public static Rights none() {
        return PermissionCatalog.empty().noRights();
    }

    /**
     * Returns the permissions of a catalog whose {@linkplain PermissionCatalog#indexOf(Permission) positions} are
     * set as bits: bit {@code n} of word {@code w} stands for position {@code 64 * w + n}.
     *
     * @throws IllegalArgumentException if a bit is set at a position where the catalog has no permission
     */
    public static Rights valueOf(PermissionCatalog catalog, long[] words) {
        long[] own = words(catalog);
        for (int i = 0; i < words.length; i++) {
            long beyond = i >= own.length ? words[i] : words[i] & ~mask(catalog.size(), i);
            if (beyond != 0) {
                int bit = i * Long.SIZE + Long.numberOfTrailingZeros(beyond);
                throw new IllegalArgumentException(
                        "no permission at position `" + bit + "`: the catalog has " + catalog.size());
            }
            if (i < own.length) {
                own[i] = words[i];
            }
        }
        return new Rights(catalog, own);
    }

    static Rights ofAll(PermissionCatalog catalog, Predicate<Permission> condition) {
        long[] words = words(catalog);
        for (Permission permission : catalog.permissions()) {
            if (condition.test(permission)) {
                set(words, permission.number());
            }
        }
        return new Rights(catalog, words);
    }

    static long[] words(PermissionCatalog catalog) {
        return new long[(catalog.size() + Long.SIZE - 1) / Long.SIZE];
    }

    static void set(long[] words, int number) {
        words[number / Long.SIZE] |= 1L << number;
    }

    /** Returns the bits of one word that a catalog of this size uses. */
    private static long mask(int size, int word) {
        int used = size - word * Long.SIZE;
        return used >= Long.SIZE ? -1L : used <= 0 ? 0L : (1L << used) - 1;
    }

    /** Returns the catalog that these permissions belong to. */
    public PermissionCatalog catalog() {
        return catalog;
    }

    /** Returns whether a permission is among these; one of another catalog instance is looked up by its key. */
    public boolean contains(Permission permission) {
        return catalog.isSame(permission.catalog())
                ? isSet(permission.number())
                : has(catalog.indexOf(permission.key()));
    }

    /** Returns whether the permission with this key is among these; false if the catalog lacks the key. */
    public boolean contains(String key) {
        return has(catalog.indexOf(key));
    }

    private boolean has(int number) {
        return number >= 0 && isSet(number);
    }

    private boolean isSet(int number) {
        return (words[number >>> 6] & 1L << number) != 0;
    }

    /** Returns whether all of the other permissions are among these; true if there are no others. */
    public boolean containsAll(Rights others) {
        if (catalog.isSame(others.catalog)) {
            for (int i = 0; i < words.length; i++) {
                if ((others.words[i] & ~words[i]) != 0) {
                    return false;
                }
            }
            return true;
        }
        for (Permission permission : others) {
            if (!contains(permission)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether these permissions and the others have one in common. */
    public boolean intersects(Rights others) {
        long[] theirs = catalog.isSame(others.catalog) ? others.words : others.wordsIn(catalog);
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & theirs[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the permissions that are among these or among the others.
     *
     * @throws PolicyViolationException ({@link Violation.Code#UNKNOWN_PERMISSION}) if the others hold a permission that
     *     this catalog lacks
     */
    public Rights union(Rights others) {
        requireNonNull(others, "others");
        if (isEmpty() && catalog.size() == 0) {
            return others;
        }
        for (Permission permission : catalog.isSame(others.catalog) ? none() : others) {
            catalog.permission(permission.key());
        }
        long[] result = others.wordsIn(catalog);
        for (int i = 0; i < result.length; i++) {
            result[i] |= words[i];
        }
        return new Rights(catalog, result);
    }

    /** Returns the permissions that are among these but not among the others. */
    public Rights minus(Rights others) {
        long[] result = others.wordsIn(catalog);
        for (int i = 0; i < result.length; i++) {
            result[i] = words[i] & ~result[i];
        }
        return new Rights(catalog, result);
    }

    /** Returns the permissions that are both among these and among the others. */
    public Rights intersect(Rights others) {
        long[] result = others.wordsIn(catalog);
        for (int i = 0; i < result.length; i++) {
            result[i] &= words[i];
        }
        return new Rights(catalog, result);
    }

    /** Returns a copy of the bits, at the positions of another catalog; permissions that it lacks are left out. */
    long[] wordsIn(PermissionCatalog other) {
        if (catalog.isSame(other)) {
            return words.clone();
        }
        long[] result = words(other);
        for (Permission permission : this) {
            int number = other.indexOf(permission);
            if (number >= 0) {
                set(result, number);
            }
        }
        return result;
    }

    /** Returns how many words of bits there are: as many as the catalog needs. */
    public int words() {
        return words.length;
    }

    /** Returns one word of the bits that {@link #toLongArray} returns, without copying them. */
    public long word(int index) {
        return words[index];
    }

    /** Returns whether there are no permissions. */
    public boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many permissions there are. */
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** Returns an iterator over the permissions in catalog order, without {@code remove}. */
    @Override
    public Iterator<Permission> iterator() {
        return new BitIterator();
    }

    /** Returns the permissions in catalog order. */
    public Stream<Permission> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Rights that && size() == that.size() && containsAll(that);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Permission permission : this) {
            hash += permission.hashCode();
        }
        return hash;
    }

    /** Returns the keys in catalog order, in square brackets. */
    @Override
    public String toString() {
        return stream().map(Permission::key).toList().toString();
    }

    private final class BitIterator implements Iterator<Permission> {

        private int next = nextSet(0);

        private int nextSet(int from) {
            int word = from >>> 6;
            if (word >= words.length) {
                return -1;
            }
            long rest = words[word] & -1L << from;
            while (rest == 0) {
                word++;
                if (word == words.length) {
                    return -1;
                }
                rest = words[word];
            }
            return word * Long.SIZE + Long.numberOfTrailingZeros(rest);
        }

        @Override
        public boolean hasNext() {
            return next >= 0;
        }

        @Override
        public Permission next() {
            if (next < 0) {
                throw new NoSuchElementException();
            }
            Permission permission = catalog.permissions().get(next);
            next = nextSet(next + 1);
            return permission;
        }
    }

    /** Returns the bits in the form that {@link #valueOf} takes: a new array, one bit per position of the catalog. */
    public long[] toLongArray() {
        return words.clone();
    }

    /**
     * Returns these rights as rights of another catalog, matched by key.
     *
     * @throws PolicyViolationException ({@link Violation.Code#UNKNOWN_PERMISSION}) for each permission that it lacks
     */
    public Rights in(PermissionCatalog other) {
        requireNonNull(other, "catalog");
        return catalog.isSame(other)
                ? this
                : other.rights(stream().map(Permission::key).toList());
    }
}
