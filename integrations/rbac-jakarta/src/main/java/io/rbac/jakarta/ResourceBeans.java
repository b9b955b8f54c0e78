package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.Set;

/** The beans of an application that also has JAX-RS; without it this class is never loaded. */
final class ResourceBeans {

    /** The type of a bean that spares one of the type {@link Caller}. */
    static final String ACCOUNTS = AccountResolver.class.getName();

    private boolean hasAccounts;
    private boolean hasFeature;

    void note(Set<Type> types) {
        hasAccounts |= types.contains(AccountResolver.class);
        hasFeature |= types.contains(RbacFeature.class);
    }

    void addTo(AfterBeanDiscovery event, boolean hasCaller) {
        event.<CurrentRequest>addBean()
                .addType(CurrentRequest.class)
                .scope(Singleton.class)
                .produceWith(beans ->
                        new CurrentRequest(beans.select(RequestPins.class).get()));
        if (hasAccounts && !hasCaller) {
            event.<Caller>addBean()
                    .addType(Caller.class)
                    .scope(Singleton.class)
                    .produceWith(beans -> beans.select(CurrentRequest.class)
                            .get()
                            .caller(beans.select(AccountResolver.class).get()));
        }
        if (!hasFeature) {
            event.<RbacFeature>addBean()
                    .addType(RbacFeature.class)
                    .scope(Singleton.class)
                    .produceWith(ResourceBeans::feature);
        }
    }

    private static RbacFeature feature(Instance<Object> beans) {
        Instance<Caller> caller = beans.select(Caller.class);
        RbacFeature feature = RbacFeature.of(
                        beans.select(PermissionEngine.class).get(), request -> Callers.current(caller))
                .with(beans.select(CurrentRequest.class).get());
        return beans.select(ProblemOptions.class).stream()
                .findFirst()
                .map(feature::with)
                .orElse(feature);
    }
}
