package io.rbac.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Holds if a property mounts the role API of a product. */
final class OnRoleApiProduct extends AnyNestedCondition {

    OnRoleApiProduct() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("rbac.role-api.trillet")
    static final class Trillet {}

    @ConditionalOnProperty("rbac.role-api.pulse")
    static final class Pulse {}

    @ConditionalOnProperty("rbac.role-api.freya")
    static final class Freya {}
}
