package io.rbac.spring.boot;

import io.rbac.roleapi.RoleDialect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The dialect of the product whose role API a property mounts. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnRoleApiProduct.class)
final class RoleDialectConfiguration {

    private static final String SET_ONE = "Set one of `rbac.role-api.trillet`, `rbac.role-api.pulse` and"
            + " `rbac.role-api.freya` to a path, such as `/api/v1`.";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RoleDialect.class)
    static final class Dialect {

        @Bean
        @ConditionalOnMissingBean
        RoleDialect rbacRoleDialect(RbacProperties properties) {
            RbacProperties.RoleApi paths = properties.roleApi();
            List<RoleDialect> dialects = new ArrayList<>();
            add(RoleDialect.trillet(), paths.trillet(), dialects);
            add(RoleDialect.pulse(), paths.pulse(), dialects);
            add(RoleDialect.freya(), paths.freya(), dialects);
            if (dialects.size() != 1) {
                throw new MissingRbacSettingException(
                        "an engine has the rules of one product, and the role APIs of " + dialects.size()
                                + " are to be mounted",
                        SET_ONE);
            }
            return dialects.get(0);
        }

        private static void add(RoleDialect dialect, @Nullable String path, List<RoleDialect> dialects) {
            if (path == null) {
                return;
            }
            if (path.isEmpty()) {
                throw new MissingRbacSettingException(
                        "the path of the role API of " + dialect.name() + " is empty", SET_ONE);
            }
            dialects.add(dialect.withBasePath(path));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static final class OnWebFlux {

        OnWebFlux() {
            throw new MissingRbacSettingException(
                    "a role API is to be mounted, and only Spring MVC can have one",
                    "Remove the properties `rbac.role-api`, and have a handler of your own ask a RoleApi.");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.rbac.roleapi.RoleDialect")
    static final class Missing {

        Missing() {
            throw new MissingRbacSettingException(
                    "a role API is to be mounted, and there is none", "Add the dependency io.rbac:rbac-role-api.");
        }
    }
}
