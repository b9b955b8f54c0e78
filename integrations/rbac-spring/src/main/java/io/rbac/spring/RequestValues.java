package io.rbac.spring;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link AccountResolver} may look at in the current request. Outside a request there are no values.
 *
 * <p>Implementations are thread-safe as far as the request is.
 *
 * @since 0.1
 */
public interface RequestValues {

    /** Returns the value of a header, {@code null} if it is absent or given more than once. */
    @Nullable
    String header(String name);

    /** Returns the value of a variable of the path, {@code null} if there is none of this name. */
    @Nullable
    String pathVariable(String name);
}
