package io.rbac.model;

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
 * An immutable list in pages of at most 512 elements, under as many levels of directory as needed, so that a changed
 * copy shares all pages but those that changed.
 *
 * @param <T> the elements
 */
final class Pages<T extends @Nullable Object> {

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

    static <T extends @Nullable Object> Pages<T> of(List<? extends T> elements) {
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

    int size() {
        return size;
    }

    /** Returns an element; an index out of range is an {@link IndexOutOfBoundsException}, never another element. */
    T get(int index) {
        return element(root, levels, Objects.checkIndex(index, size));
    }

    // Only elements of type T were put in, null where T allows it; directories have no holes.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T extends @Nullable Object> T element(@Nullable Object[] root, int levels, int index) {
        @Nullable Object[] page = root;
        for (int level = levels; level > 0; level--) {
            page = (@Nullable Object[]) page[index >>> level * PAGE_BITS & PAGE_MASK];
        }
        return (T) page[index & PAGE_MASK];
    }

    /** Visits each index at which this list has another element than another has, or the other none; shared pages are skipped. */
    void forEachOther(Pages<T> other, IntConsumer visitor) {
        visitOther(root, other.levels == levels ? other.root : new Object[0], levels, 0, visitor);
    }

    @SuppressWarnings("ReferenceEquality") // a page or an element that is the same was not changed
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

    /** Returns what is not null of a list, or of an editor's. */
    static <E> List<E> present(int size, IntFunction<? extends @Nullable E> elements) {
        List<E> present = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            E element = elements.apply(i);
            if (element != null) {
                present.add(element);
            }
        }
        return present;
    }

    /** Returns a changeable copy, which shares every page until it is written to. */
    Editor<T> edit() {
        return new Editor<>(this);
    }

    /** Changes a copy of a list; not for several threads. */
    static final class Editor<T extends @Nullable Object> {

        private final Set<Object> owned = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable Object[] root;
        private int levels;
        private int size;

        private Editor(Pages<T> pages) {
            this.root = pages.root;
            this.levels = pages.levels;
            this.size = pages.size;
        }

        int size() {
            return size;
        }

        T get(int index) {
            return element(root, levels, Objects.checkIndex(index, size));
        }

        /** Replaces an element, or appends one where {@code index} is the size. */
        void set(int index, T element) {
            if (index == 1L << (levels + 1) * PAGE_BITS) {
                root = new Object[] {root};
                levels++;
            }
            root = set(root, levels, index, element);
            size = Math.max(size, index + 1);
        }

        /** Puts null in the place of an element. */
        void clear(int index) {
            root = set(root, levels, index, null);
        }

        private @Nullable Object[] set(@Nullable Object[] page, int level, int index, @Nullable T element) {
            int place = index >>> level * PAGE_BITS & PAGE_MASK;
            @Nullable Object[] own = page;
            if (place == page.length || !owned.contains(page)) {
                own = Arrays.copyOf(page, Math.max(page.length, place + 1));
                owned.remove(page);
                owned.add(own);
            }
            own[place] = level == 0
                    ? element
                    : set(
                            own[place] == null ? new Object[0] : (@Nullable Object[]) own[place],
                            level - 1,
                            index,
                            element);
            return own;
        }

        /** Returns the list as it is now; the editor is not used afterwards. */
        Pages<T> done() {
            owned.clear();
            return new Pages<>(root, levels, size);
        }
    }
}
