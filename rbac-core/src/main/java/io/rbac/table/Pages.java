package io.rbac.table;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list in pages of at most 512 elements, below as many levels of directories as needed, so that a changed
 * copy shares every page that did not change.
 *
 * @param <T> the elements
 */
public final class Pages<T extends @Nullable Object> {

    private static final int PAGE_BITS = 9;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_SIZE - 1;

    private final @Nullable Object[] root;
    private final int levels;
    private final int size;

    private Pages(@Nullable Object[] root, int levels, int size) {
        this.root = root;
        this.levels = levels;
        this.size = size;
    }

    public static <T extends @Nullable Object> Pages<T> of(List<? extends T> elements) {
        @Nullable Object[] root = elements.toArray();
        int levels = 0;
        while (root.length > PAGE_SIZE) {
            root = pagesOf(root);
            levels++;
        }
        return new Pages<>(root, levels, elements.size());
    }

    private static Object[] pagesOf(@Nullable Object[] elements) {
        Object[] pages = new Object[(elements.length + PAGE_MASK) >>> PAGE_BITS];
        for (int i = 0; i < pages.length; i++) {
            int from = i << PAGE_BITS;
            pages[i] = Arrays.copyOfRange(elements, from, Math.min(from + PAGE_SIZE, elements.length));
        }
        return pages;
    }

    public int size() {
        return size;
    }

    /** Returns an element; throws an {@link IndexOutOfBoundsException} if the index is out of range. */
    public T get(int index) {
        return element(root, levels, Objects.checkIndex(index, size));
    }

    // Only elements of type T were put in, null only if T allows it; directories have no holes.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T extends @Nullable Object> T element(@Nullable Object[] root, int levels, int index) {
        @Nullable Object[] page = root;
        for (int level = levels; level > 0; level--) {
            page = (@Nullable Object[]) page[index >>> level * PAGE_BITS & PAGE_MASK];
        }
        return (T) page[index & PAGE_MASK];
    }

    /**
     * Visits each index at which this list has an element that the other list does not have there. Shared pages are
     * skipped.
     */
    public void forEachOther(Pages<T> other, IntConsumer visitor) {
        visitOther(root, other.levels == levels ? other.root : new Object[0], levels, 0, visitor);
    }

    @SuppressWarnings("ReferenceEquality") // an identical page or element was not changed
    private static void visitOther(
            @Nullable Object[] page, @Nullable Object[] other, int level, int first, IntConsumer visitor) {
        for (int i = 0; i < page.length; i++) {
            Object there = i < other.length ? other[i] : null;
            if (page[i] != there) {
                int index = first + (i << level * PAGE_BITS);
                if (level == 0) {
                    visitor.accept(index);
                } else {
                    visitOther(
                            (@Nullable Object[]) requireNonNull(page[i]),
                            there == null ? new Object[0] : (@Nullable Object[]) there,
                            level - 1,
                            index,
                            visitor);
                }
            }
        }
    }

    /** Returns the elements of a list or an editor that are not null, in order. */
    public static <E> List<E> present(int size, IntFunction<? extends @Nullable E> elements) {
        List<E> present = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            E element = elements.apply(i);
            if (element != null) {
                present.add(element);
            }
        }
        return present;
    }

    /** Returns an editor of a copy, which shares every page until that page is written to. */
    public Editor<T> edit() {
        return new Editor<>(this);
    }

    /**
     * Edits a copy of a list. Not thread-safe.
     *
     * @param <T> the elements
     */
    public static final class Editor<T extends @Nullable Object> {

        private final Set<Object> owned = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable Object[] root;
        private int levels;
        private int size;

        private Editor(Pages<T> pages) {
            this.root = pages.root;
            this.levels = pages.levels;
            this.size = pages.size;
        }

        public int size() {
            return size;
        }

        public T get(int index) {
            return element(root, levels, Objects.checkIndex(index, size));
        }

        /** Replaces an element, or appends one if {@code index} is the size. */
        public void set(int index, T element) {
            if (index == 1L << (levels + 1) * PAGE_BITS) {
                root = new Object[] {root};
                levels++;
            }
            root = set(root, levels, index, element);
            size = Math.max(size, index + 1);
        }

        /** Replaces an element by null. */
        public void clear(int index) {
            root = set(root, levels, index, null);
        }

        private @Nullable Object[] set(@Nullable Object[] page, int level, int index, @Nullable T element) {
            int position = index >>> level * PAGE_BITS & PAGE_MASK;
            @Nullable Object[] own = page;
            if (position == page.length || !owned.contains(page)) {
                own = Arrays.copyOf(page, Math.max(page.length, position + 1));
                owned.remove(page);
                owned.add(own);
            }
            own[position] = level == 0
                    ? element
                    : set(
                            own[position] == null ? new Object[0] : (@Nullable Object[]) own[position],
                            level - 1,
                            index,
                            element);
            return own;
        }

        /** Returns the list as it is now, and gives up ownership of its pages: later writes go to copies. */
        public Pages<T> seal() {
            owned.clear();
            return new Pages<>(root, levels, size);
        }
    }
}
