package io.rbac.spring.boot;

import io.rbac.engine.PolicyStore;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stores of {@code rbac-store-jdbc}, where that is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdbcPolicyStore.class)
final class JdbcStoreConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(PolicyStore.class)
    @ConditionalOnProperty(name = "rbac.store.type", havingValue = "sqlite")
    JdbcPolicyStore rbacSqliteStore(RbacProperties properties) {
        Path file = properties.store().file();
        if (file == null) {
            throw new MissingRbacSettingException(
                    "the store has the type `sqlite` and no file", "Set `rbac.store.file`.");
        }
        return build(JdbcPolicyStore.sqlite(file), properties);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(PolicyStore.class)
    @ConditionalOnProperty(name = "rbac.store.type", havingValue = "jdbc")
    JdbcPolicyStore rbacJdbcStore(RbacProperties properties, DataSource source) {
        return build(JdbcPolicyStore.builder(source), properties);
    }

    private static JdbcPolicyStore build(JdbcPolicyStore.Builder builder, RbacProperties properties) {
        builder.timeout(properties.store().timeout());
        return (properties.store().createSchema() ? builder.createSchema() : builder).build();
    }
}
