package io.rbac.spring.boot;

import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyListener;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.RefusalListener;
import io.rbac.guard.AdminGuard;
import io.rbac.jackson.CatalogJson;
import io.rbac.jackson.InvariantsJson;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.review.AccessInvariant;
import io.rbac.spring.AccountResolver;
import io.rbac.spring.EnableRbac;
import io.rbac.spring.ProblemOptions;
import io.rbac.spring.Rbac;
import io.rbac.spring.RbacPermissionEvaluator;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.security.access.PermissionEvaluator;

/**
 * Configures rbac: the engine over a store, the bean {@code rbac}, and everything that {@link EnableRbac} does. Each bean
 * gives way to one of the application's own.
 *
 * @since 0.1
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
        })
@EnableConfigurationProperties(RbacProperties.class)
@EnableRbac
@Import({
    JdbcStoreConfiguration.class,
    JsonConfiguration.class,
    RoleDialectConfiguration.class,
    RoleApiConfiguration.class
})
public final class RbacAutoConfiguration {

    /** Creates the configuration. */
    public RbacAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PermissionCatalog rbacCatalog(RbacProperties properties) throws IOException {
        Resource catalog = properties.catalog();
        if (catalog == null) {
            throw new MissingRbacSettingException(
                    "there is no catalog of permissions",
                    "Define a bean of the type PermissionCatalog, or set `rbac.catalog` to a file, such as"
                            + " `classpath:catalog.json`.");
        }
        try (InputStream stream = catalog.getInputStream()) {
            return CatalogJson.read(stream);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    PolicyRules rbacRules() {
        return PolicyRules.standard();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty({"rbac.guard.roles", "rbac.guard.memberships", "rbac.guard.targets"})
    AdminGuard rbacGuard(RbacProperties properties, PermissionCatalog catalog) {
        RbacProperties.Guard guard = properties.guard();
        return AdminGuard.builder(catalog)
                .needsForRoles(catalog.permission(Objects.requireNonNull(guard.roles())))
                .needsForMemberships(catalog.permission(Objects.requireNonNull(guard.memberships())))
                .needsForTargets(catalog.permission(Objects.requireNonNull(guard.targets())))
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "rbac.store.type", havingValue = "memory", matchIfMissing = true)
    PolicyStore rbacStore() {
        return new InMemoryPolicyStore();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    PermissionEngine rbacEngine(
            PermissionCatalog catalog,
            PolicyRules rules,
            ObjectProvider<PolicyStore> store,
            RbacProperties properties,
            ObjectProvider<AdminGuard> guard,
            ObjectProvider<AccessInvariant> invariants,
            ObjectProvider<InstantSource> clock,
            ObjectProvider<PolicyListener> listeners,
            ObjectProvider<RefusalListener> refusalListeners,
            ObjectProvider<PermissionEngineCustomizer> customizers)
            throws IOException {
        PermissionEngine.Builder builder = PermissionEngine.builder()
                .catalog(catalog)
                .rules(rules)
                .store(store.getIfAvailable(() -> {
                    throw new MissingRbacSettingException(
                            "there is no store of the type `"
                                    + properties.store().type() + "`",
                            "Add the dependency io.rbac:rbac-store-jdbc and a driver, or define a bean of the type"
                                    + " PolicyStore.");
                }))
                .storeTimeout(properties.store().timeout());
        guard.ifAvailable(builder::guard);
        if (guard.getIfAvailable() == null && properties.guard().isSet()) {
            throw new MissingRbacSettingException(
                    "only some of the permissions that edits need are set, so no edit would need any",
                    "Set all of `rbac.guard.roles`, `rbac.guard.memberships` and `rbac.guard.targets`, or none.");
        }
        builder.invariants(Stream.concat(invariants.orderedStream(), read(properties.invariants(), catalog).stream())
                .distinct()
                .toList());
        clock.ifAvailable(builder::clock);
        refusalListeners.orderedStream().forEach(builder::onRefusal);
        if (properties.cache().maxSize() != null) {
            builder.cacheBytes(properties.cache().maxSize().toBytes());
        }
        if (properties.refresh().every() != null) {
            builder.refreshEvery(properties.refresh().every());
        }
        if (properties.maxStaleness() != null) {
            builder.maxStaleness(properties.maxStaleness());
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        PermissionEngine engine = builder.build();
        listeners.orderedStream().forEach(engine::addListener);
        return engine;
    }

    private static List<AccessInvariant> read(@Nullable Resource invariants, PermissionCatalog catalog)
            throws IOException {
        if (invariants == null) {
            return List.of();
        }
        try (InputStream stream = invariants.getInputStream()) {
            return InvariantsJson.read(stream, catalog);
        }
    }

    @Bean
    PolicyListener rbacEventPublisher(ApplicationEventPublisher publisher) {
        return new EventPublishingListener(publisher);
    }

    @Bean
    @ConditionalOnMissingBean
    AccountResolver rbacAccounts(RbacProperties properties) {
        RbacProperties.Account account = properties.account();
        long given = Stream.of(account.fixed(), account.claim(), account.pathVariable(), account.header())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new MissingRbacSettingException(
                    given == 0
                            ? "it is not said how the account of a request is found"
                            : "it is said in " + given + " ways how the account of a request is found",
                    "Set exactly one of `rbac.account.fixed`, `rbac.account.claim`, `rbac.account.path-variable` and"
                            + " `rbac.account.header`, or define a bean of the type AccountResolver.");
        }
        if (account.fixed() != null) {
            return AccountResolver.fixed(account.fixed());
        }
        if (account.claim() != null) {
            return AccountResolver.claim(account.claim());
        }
        @Nullable String variable = account.pathVariable();
        return variable != null
                ? AccountResolver.pathVariable(variable)
                : AccountResolver.header(Objects.requireNonNull(account.header()));
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemOptions rbacProblemOptions(RbacProperties properties, PermissionCatalog catalog) {
        RbacProperties.Problem problem = properties.problem();
        for (String scope : problem.secretScopes()) {
            if (catalog.scopes().find(scope).isEmpty()) {
                throw new MissingRbacSettingException(
                        "`rbac.problem.secret-scopes` has `" + scope + "`, which is not a scope of the catalog",
                        "Set it to some of " + catalog.scopes().scopes() + ".");
            }
        }
        return new ProblemOptions(problem.details(), problem.secretScopes(), problem.retryAfter());
    }

    /** For {@code hasPermission(...)} in expressions: see the documentation for how an application has it asked. */
    @Bean
    @ConditionalOnMissingBean
    PermissionEvaluator rbacPermissionEvaluator(ObjectProvider<Rbac> rbac) {
        return RbacPermissionEvaluator.of(rbac::getObject);
    }
}
