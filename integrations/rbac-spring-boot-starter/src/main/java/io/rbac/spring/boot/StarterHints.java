package io.rbac.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image needs to know: the handler of a role API is found by its name, and so are the usual files. */
final class StarterHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        // by its name: where there is no role API, the class cannot be loaded
        hints.reflection()
                .registerTypeIfPresent(
                        classLoader, "io.rbac.spring.boot.RoleApiController", MemberCategory.INVOKE_DECLARED_METHODS);
        hints.resources().registerPattern("catalog.json").registerPattern("invariants.json");
    }
}
