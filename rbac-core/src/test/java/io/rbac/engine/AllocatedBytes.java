package io.rbac.engine;

import java.lang.reflect.Method;
import org.assertj.core.api.Assumptions;

/**
 * How many bytes the current thread has allocated. Read by reflection: the module of the library does not, and need not, read
 * the one for management. A test that needs it is skipped where the JVM does not tell.
 */
public final class AllocatedBytes {

    private final Object bean;
    private final Method method;

    /** Creates a meter. */
    public AllocatedBytes() {
        try {
            bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            Assumptions.assumeThat(type.isInstance(bean)).isTrue();
            method = type.getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Returns the number so far; asking takes less than a kilobyte. */
    @SuppressWarnings("deprecation") // the id of the thread, under the name that Java 17 has for it
    public long bytes() {
        try {
            return (long) method.invoke(bean, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
