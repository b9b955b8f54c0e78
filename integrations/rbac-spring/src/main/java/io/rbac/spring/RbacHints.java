package io.rbac.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * What a native image needs to know: expressions call the methods of the beans {@code rbac} and {@code reactiveRbac} by their
 * names.
 */
final class RbacHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection()
                .registerType(Rbac.class, MemberCategory.INVOKE_PUBLIC_METHODS)
                .registerType(Rbac.Place.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        // by their names: without Reactor they cannot be linked
        if (ClassUtils.isPresent("reactor.core.publisher.Mono", classLoader)) {
            for (String type : List.of("io.rbac.spring.ReactiveRbac", "io.rbac.spring.ReactiveRbac$Place")) {
                hints.reflection().registerType(TypeReference.of(type), MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        }
    }
}
