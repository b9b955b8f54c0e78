package io.rbac.table;

import java.util.Arrays;

/** An immutable ascending list of numbers in pages of at most 512, so that a changed copy shares all pages but one. */
public final class SortedLongs {

    private static final int PAGE_SIZE = 512;

    private final long[][] pages;
    private final long[] firsts;
    private final int size;

    private SortedLongs(long[][] pages, long[] firsts, int size) {
        this.pages = pages;
        this.firsts = firsts;
        this.size = size;
    }

    /** Returns the list of the first {@code count} numbers, at least one, which must be ascending. */
    public static SortedLongs of(long[] ascending, int count) {
        int pageCount = (count + PAGE_SIZE - 1) / PAGE_SIZE;
        long[][] pages = new long[pageCount][];
        long[] firsts = new long[pageCount];
        for (int i = 0; i < pageCount; i++) {
            pages[i] = Arrays.copyOfRange(ascending, i * PAGE_SIZE, Math.min(count, (i + 1) * PAGE_SIZE));
            firsts[i] = pages[i][0];
        }
        return new SortedLongs(pages, firsts, count);
    }

    public int size() {
        return size;
    }

    /** Returns the least number that is not below {@code bound}, or -1 if there is none; no number is negative. */
    public long ceiling(long bound) {
        int page = pageOf(bound);
        long[] numbers = pages[page];
        int index = indexOf(numbers, bound);
        if (index < numbers.length) {
            return numbers[index];
        }
        return page + 1 < firsts.length ? firsts[page + 1] : -1;
    }

    /** Returns the index of the page that contains a number, or would contain it. */
    private int pageOf(long number) {
        int page = Arrays.binarySearch(firsts, number);
        return page >= 0 ? page : Math.max(0, -page - 2);
    }

    /** Returns the index of a number in a page, or the index at which it would be inserted. */
    private static int indexOf(long[] numbers, long number) {
        int index = Arrays.binarySearch(numbers, number);
        return index >= 0 ? index : -index - 1;
    }

    /** Returns all numbers. */
    public long[] toArray() {
        long[] all = new long[size];
        int length = 0;
        for (long[] page : pages) {
            System.arraycopy(page, 0, all, length, page.length);
            length += page.length;
        }
        return all;
    }

    /** Returns this list with a number that it does not contain. */
    public SortedLongs with(long number) {
        int page = pageOf(number);
        long[] numbers = pages[page];
        int index = indexOf(numbers, number);
        long[] longer = Arrays.copyOf(numbers, numbers.length + 1);
        System.arraycopy(numbers, index, longer, index + 1, numbers.length - index);
        longer[index] = number;
        if (longer.length <= PAGE_SIZE) {
            return withPages(page, longer);
        }
        int half = longer.length / 2;
        return withPages(page, Arrays.copyOf(longer, half), Arrays.copyOfRange(longer, half, longer.length));
    }

    /** Returns this list without a number that it contains, which must not be the only one. */
    public SortedLongs without(long number) {
        int page = pageOf(number);
        long[] numbers = pages[page];
        if (numbers.length == 1) {
            return withPages(page);
        }
        int index = indexOf(numbers, number);
        long[] shorter = Arrays.copyOf(numbers, numbers.length - 1);
        System.arraycopy(numbers, index + 1, shorter, index, shorter.length - index);
        return withPages(page, shorter);
    }

    /** Returns this list with one page replaced by others. */
    private SortedLongs withPages(int page, long[]... replacement) {
        int count = pages.length - 1 + replacement.length;
        long[][] newPages = Arrays.copyOf(pages, count);
        System.arraycopy(replacement, 0, newPages, page, replacement.length);
        System.arraycopy(pages, page + 1, newPages, page + replacement.length, pages.length - page - 1);
        long[] newFirsts = Arrays.copyOf(firsts, count);
        int newSize = size - pages[page].length;
        for (int i = 0; i < replacement.length; i++) {
            newFirsts[page + i] = replacement[i][0];
            newSize += replacement[i].length;
        }
        System.arraycopy(firsts, page + 1, newFirsts, page + replacement.length, firsts.length - page - 1);
        return new SortedLongs(newPages, newFirsts, newSize);
    }

    /** Returns roughly how many bytes this list takes. */
    public long retainedBytes() {
        return 64 + 32L * pages.length + 8L * size;
    }
}
