package io.rbac.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image needs to know: expressions call the methods of the bean {@code rbac} by their names. */
final class RbacHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection()
                .registerType(Rbac.class, MemberCategory.INVOKE_PUBLIC_METHODS)
                .registerType(Rbac.Place.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
}
