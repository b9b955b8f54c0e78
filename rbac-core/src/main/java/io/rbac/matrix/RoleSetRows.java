package io.rbac.matrix;

import io.rbac.model.PermissionCatalog;
import io.rbac.policy.PolicyTable;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The permissions that the active roles of each role set grant together, in bits. */
final class RoleSetRows implements PolicyTable.RoleSetBits {

    /*
     * A page holds the same word of up to 512 role sets. So a check, which needs one word of few role sets,
     * finds them side by side, and an update copies only the pages in which a word changes.
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

    /** Returns the pages for this many role sets: those from before, extended or added to only as far as needed. */
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
        BitSet changed = new BitSet();
        table.forEachChangedRoleSet(before, changed::set);
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

    /** The permissions that the roles of a table grant, in bits; computed once per role. */
    private static final class Grants {

        private final PolicyTable table;
        private final PermissionCatalog catalog;
        private final long[] @Nullable [] byRole;

        Grants(PolicyTable table, PermissionCatalog catalog) {
            this.table = table;
            this.catalog = catalog;
            this.byRole = new long[table.roles()][];
        }

        /** Overwrites a row with what a role set grants. */
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
            long[] granted = table.roleOf(ordinal)
                    .map(catalog::grantedBy)
                    .orElse(catalog.noRights())
                    .toLongArray();
            byRole[ordinal] = granted;
            return granted;
        }
    }

    long retainedBytes() {
        return retainedBytes;
    }

    @Override
    public long word(int roleSet, int word) {
        return roleSet < PAGE_SIZE ? pages[word][roleSet] : paged(roleSet, word);
    }

    /** Reads one page where all three are in the first one, as they mostly are. */
    @Override
    public long union(int first, int second, int third, int word) {
        if ((first | second | third) < PAGE_SIZE) {
            long[] page = pages[word];
            return page[first] | page[second] | page[third];
        }
        return paged(first, word) | paged(second, word) | paged(third, word);
    }

    private long paged(int roleSet, int word) {
        return pages[(roleSet >>> PAGE_BITS) * words + word][roleSet & PAGE_SIZE - 1];
    }
}
