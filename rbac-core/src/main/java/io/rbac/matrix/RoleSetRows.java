package io.rbac.matrix;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyTable;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One row of bits for each role set: what its active roles grant together. */
final class RoleSetRows {

    /** The most words of a page that holds more than one row: 32 KB, so that a changed page is cheap to copy. */
    private static final int MAX_PAGE_WORDS = 1 << 12;

    private static final int MAX_PAGE_BITS = 9;

    private final long[][] pages;
    private final int pageBits;
    private final int words;

    private RoleSetRows(long[][] pages, int pageBits, int words) {
        this.pages = pages;
        this.pageBits = pageBits;
        this.words = words;
    }

    static RoleSetRows of(PolicyTable table, PermissionCatalog catalog) {
        int words = (catalog.size() + Long.SIZE - 1) / Long.SIZE;
        int pageBits = MAX_PAGE_BITS;
        while (pageBits > 0 && (words << pageBits) > MAX_PAGE_WORDS) {
            pageBits--;
        }
        int pageSize = 1 << pageBits;
        long[][] pages = new long[(table.roleSets() + pageSize - 1) >>> pageBits][];
        Grants grants = new Grants(table, catalog);
        for (int page = 0; page < pages.length; page++) {
            int from = page << pageBits;
            int to = Math.min(table.roleSets(), from + pageSize);
            pages[page] = new long[pageSize * words];
            for (int roleSet = from; roleSet < to; roleSet++) {
                grants.fill(pages[page], (roleSet - from) * words, words, roleSet);
            }
        }
        return new RoleSetRows(pages, pageBits, words);
    }

    /** Returns the rows of a changed table of the same account and catalog: pages without a changed row are shared. */
    RoleSetRows updated(PolicyTable before, PolicyTable table, PermissionCatalog catalog) {
        int pageSize = 1 << pageBits;
        int pageCount = (table.roleSets() + pageSize - 1) >>> pageBits;
        long[][] newPages = Arrays.copyOf(pages, Math.max(pageCount, pages.length));
        Grants grants = new Grants(table, catalog);
        BitSet changed = table.roleSetsOtherThanIn(before);
        for (int roleSet = changed.nextSetBit(0); roleSet >= 0; roleSet = changed.nextSetBit(roleSet + 1)) {
            int page = roleSet >>> pageBits;
            long[] old = page < pages.length ? pages[page] : null;
            if (newPages[page] == null) {
                newPages[page] = new long[pageSize * words];
            } else if (newPages[page] == old) {
                newPages[page] = old.clone();
            }
            grants.fill(newPages[page], (roleSet & pageSize - 1) * words, words, roleSet);
        }
        return new RoleSetRows(newPages, pageBits, words);
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

        /** Writes the row of a role set over what stands there. */
        void fill(long[] page, int offset, int words, int roleSet) {
            Arrays.fill(page, offset, offset + words, 0);
            for (int i = 0; i < table.size(roleSet); i++) {
                long[] granted = of(table.role(roleSet, i));
                for (int word = 0; word < granted.length; word++) {
                    page[offset + word] |= granted[word];
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
        return 64 + pages.length * (24L + 8L * (words << pageBits));
    }

    int words() {
        return words;
    }

    /** Tells whether a permission is in one of three rows. All are looked at: a processor cannot foresee which has it. */
    boolean haveAny(int first, int second, int third, int permission) {
        int word = permission >>> 6;
        return ((word(first, word) | word(second, word) | word(third, word)) & 1L << permission) != 0;
    }

    private long word(int roleSet, int word) {
        return pages[roleSet >>> pageBits][(roleSet & (1 << pageBits) - 1) * words + word];
    }

    /** Adds the bits of a row to others. */
    void addTo(long[] bits, int roleSet) {
        long[] page = pages[roleSet >>> pageBits];
        int row = (roleSet & (1 << pageBits) - 1) * words;
        for (int word = 0; word < words; word++) {
            bits[word] |= page[row + word];
        }
    }
}
