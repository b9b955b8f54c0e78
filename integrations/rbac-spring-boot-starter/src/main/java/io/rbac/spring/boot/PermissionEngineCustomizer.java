package io.rbac.spring.boot;

import io.rbac.engine.PermissionEngine;

/**
 * Sets options of the engine that is configured, beyond what properties and beans say. Each bean of this type is called once,
 * in order, before the engine is built.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PermissionEngineCustomizer {

    /** Sets options. */
    void customize(PermissionEngine.Builder builder);
}
