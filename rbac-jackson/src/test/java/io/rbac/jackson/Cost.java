package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares the processor time of a task for two inputs: the ratio shows how the cost grows, whatever the machine and its
 * load.
 */
final class Cost {

    /** Far below what quadratic cost makes of the sizes that tests use. */
    private static final int MAX_COLLIDING_RATIO = 8;

    private static final int GROWTH = 8;

    /** Between the growth and its square. */
    private static final int MAX_GROWTH_RATIO = 4 * GROWTH;

    private static final int MIN_ROUNDS = 3;
    private static final int MAX_ROUNDS = 10;

    private Cost() {}

    /** Expects that a task takes about as long with ids of equal hash code as with random ones. */
    static void expectNoMoreForCollidingIds(int count, Consumer<List<String>> task) {
        List<String> colliding = collidingIds(count);
        assertThat(colliding.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
        List<String> random = randomIds(count, colliding.get(0).length());
        expectRatio(() -> task.accept(random), () -> task.accept(colliding), MAX_COLLIDING_RATIO);
    }

    /** Expects that the time of a task grows about as fast as the number of its ids. */
    static void expectLinear(int count, Consumer<List<String>> task) {
        List<String> few = randomIds(count, 16);
        List<String> many = randomIds(count * GROWTH, 16);
        expectRatio(() -> task.accept(few), () -> task.accept(many), MAX_GROWTH_RATIO);
    }

    /** Returns so many ids of equal hash code, which make a hash map slow unless its keys are comparable. */
    static List<String> collidingIds(int count) {
        int pairs = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder id = new StringBuilder();
            for (int pair = 0; pair < pairs; pair++) {
                id.append((i >> pair & 1) == 0 ? "Aa" : "BB");
            }
            ids.add(id.toString());
        }
        return ids;
    }

    private static List<String> randomIds(int count, int length) {
        Random random = new Random(count);
        Set<String> ids = new LinkedHashSet<>();
        while (ids.size() < count) {
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < length; i++) {
                id.append((char) ('a' + random.nextInt(26)));
            }
            ids.add(id.toString());
        }
        return List.copyOf(ids);
    }

    private static void expectRatio(Runnable task, Runnable other, int max) {
        long least = Long.MAX_VALUE;
        long leastOfOther = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            least = Math.min(least, nanos(task));
            leastOfOther = Math.min(leastOfOther, nanos(other));
            if (round >= MIN_ROUNDS && leastOfOther <= max * least) {
                return;
            }
        }
        assertThat((double) leastOfOther / least).isLessThanOrEqualTo(max);
    }

    private static long nanos(Runnable task) {
        long start = processorNanos();
        task.run();
        return processorNanos() - start;
    }

    /** By reflection, as this module does not read that of the bean. */
    private static long processorNanos() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (long) Class.forName("java.lang.management.ThreadMXBean")
                    .getMethod("getCurrentThreadCpuTime")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
