package io.rbac.matrix;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyTable;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the active roles of each role set grant together, in bits. */
final class RoleSetRows {

    /*
     * A page holds one word of the bits of up to 512 role sets, so that a check of a permission, which needs one word of
     * three role sets, finds them side by side, and a change copies only the words that it changes.
     */
    private static final int PAGE_BITS = 9;

    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    private final long[][] pages;
    private final int words;
    private final long retainedBytes;

    private RoleSetRows(long[][] pages, int words) {
        this.pages = pages;
        this.words = words;
        long sum = 48 + 4L * pages.length;
        for (long[] page : pages) {
            sum += 16 + 8L * page.length;
        }
        this.retainedBytes = sum;
    }

    static RoleSetRows of(PolicyTable table, PermissionCatalog catalog) {
        int words = (catalog.size() + Long.SIZE - 1) / Long.SIZE;
        long[][] pages = pages(new long[0][], table.roleSets(), words);
        Grants grants = new Grants(table, catalog);
        long[] row = new long[words];
        for (int roleSet = 0; roleSet < table.roleSets(); roleSet++) {
            grants.fill(row, roleSet);
            for (int word = 0; word < words; word++) {
                pages[(roleSet >>> PAGE_BITS) * words + word][roleSet & PAGE_SIZE - 1] = row[word];
            }
        }
        return new RoleSetRows(pages, words);
    }

    /** Returns the pages for so many role sets: those from before, longer or new ones only where they do not reach. */
    private static long[][] pages(long[][] before, int roleSets, int words) {
        int blocks = (roleSets + PAGE_SIZE - 1) >>> PAGE_BITS;
        long[][] pages = Arrays.copyOf(before, Math.max(before.length, blocks * words));
        for (int i = 0; i < blocks * words; i++) {
            int length = Math.min(PAGE_SIZE, roleSets - (i / words << PAGE_BITS));
            if (pages[i] == null) {
                pages[i] = new long[length];
            } else if (pages[i].length < length) {
                pages[i] = Arrays.copyOf(pages[i], length);
            }
        }
        return pages;
    }

    /** Returns the rows of a changed table of the same account and catalog: pages without a changed word are shared. */
    RoleSetRows updated(PolicyTable before, PolicyTable table, PermissionCatalog catalog) {
        BitSet changed = table.roleSetsOtherThanIn(before);
        if (changed.isEmpty()) {
            return this;
        }
        long[][] newPages = pages(pages, table.roleSets(), words);
        Grants grants = new Grants(table, catalog);
        long[] row = new long[words];
        for (int roleSet = changed.nextSetBit(0); roleSet >= 0; roleSet = changed.nextSetBit(roleSet + 1)) {
            grants.fill(row, roleSet);
            int first = (roleSet >>> PAGE_BITS) * words;
            int index = roleSet & PAGE_SIZE - 1;
            for (int word = 0; word < words; word++) {
                long[] page = newPages[first + word];
                if (page[index] != row[word]) {
                    if (first + word < pages.length && page == pages[first + word]) {
                        page = page.clone();
                        newPages[first + word] = page;
                    }
                    page[index] = row[word];
                }
            }
        }
        return new RoleSetRows(newPages, words);
    }

    /** What the roles of a table grant; each is asked for its rights once. */
    private static final class Grants {

        private final PolicyTable table;
        private final PermissionCatalog catalog;
        private final long[] @Nullable [] byRole;

        Grants(PolicyTable table, PermissionCatalog catalog) {
            this.table = table;
            this.catalog = catalog;
            this.byRole = new long[table.roles()][];
        }

        /** Writes what a role set grants over what stands in a row. */
        void fill(long[] row, int roleSet) {
            Arrays.fill(row, 0);
            for (int i = 0; i < table.size(roleSet); i++) {
                long[] granted = of(table.role(roleSet, i));
                for (int word = 0; word < granted.length; word++) {
                    row[word] |= granted[word];
                }
            }
        }

        private long[] of(int ordinal) {
            long[] known = byRole[ordinal];
            if (known != null) {
                return known;
            }
            Role role = table.roleOf(ordinal);
            Rights rights = role != null && role.isActive() ? role.rights() : Rights.none();
            // A role of a stored policy may hold permissions that the catalog lacks: they grant nothing.
            long[] granted = catalog.allRights().intersect(rights).toLongArray();
            byRole[ordinal] = granted;
            return granted;
        }
    }

    long retainedBytes() {
        return retainedBytes;
    }

    int words() {
        return words;
    }

    /** Tells whether a permission is in one of three rows. All are looked at: a processor cannot foresee which has it. */
    boolean haveAny(int first, int second, int third, int permission) {
        int word = permission >>> 6;
        if ((first | second | third) < PAGE_SIZE) {
            long[] page = pages[word];
            return ((page[first] | page[second] | page[third]) & 1L << permission) != 0;
        }
        return ((word(first, word) | word(second, word) | word(third, word)) & 1L << permission) != 0;
    }

    private long word(int roleSet, int word) {
        return pages[(roleSet >>> PAGE_BITS) * words + word][roleSet & PAGE_SIZE - 1];
    }

    /** Adds the bits of a row to others. */
    void addTo(long[] bits, int roleSet) {
        for (int word = 0; word < words; word++) {
            bits[word] |= word(roleSet, word);
        }
    }
}
