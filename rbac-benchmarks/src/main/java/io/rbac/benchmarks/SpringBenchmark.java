package io.rbac.benchmarks;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.spring.AccountResolver;
import io.rbac.spring.DecisionSampler;
import io.rbac.spring.EnableRbac;
import io.rbac.spring.ObservationSampler;
import io.rbac.spring.RequiresPermission;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.aop.Advisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A call of a method of a bean that needs a permission in a chat, beside the same call with {@code hasAuthority} of Spring
 * Security, which knows of no chat, and with no security.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"})
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class SpringBenchmark {

    private static final int CHATS = 1 << 10;
    private static final int AUTHORITIES = 10;

    private @Nullable AnnotationConfigApplicationContext context;
    private @Nullable AnnotationConfigApplicationContext observing;
    private Work unprotected = new Work();
    private Work authority = new Work();
    private Work permission = new Work();
    private Work observed = new Work();
    private String[] chats = {};
    private int next;

    /** What is called. */
    public static class Work {

        public int length(String chat) {
            return chat.length();
        }
    }

    /** Asks for an authority. */
    public static class NeedsAuthority extends Work {

        @Override
        @PreAuthorize("hasAuthority('message:delete')")
        public int length(String chat) {
            return super.length(chat);
        }
    }

    /** Asks for a permission. */
    public static class NeedsPermission extends Work {

        @Override
        @RequiresPermission(value = "message:delete", at = "chat/{chat}")
        public int length(String chat) {
            return super.length(chat);
        }
    }

    /** An application with all three. */
    @Configuration(proxyBeanMethods = false)
    @EnableRbac
    static class Application {

        @Bean
        PermissionEngine engine() {
            PermissionCatalog catalog = PermissionCatalog.builder()
                    .group("message", "read", "create", "delete")
                    .build();
            Policy.Builder policy = Policy.builder()
                    .account("acme")
                    .catalog(catalog)
                    .role(Role.builder("member", Scope.ACCOUNT)
                            .name("Member")
                            .defaultRole(true)
                            .build())
                    .role(Role.builder("moderator", Scope.CHAT)
                            .name("Moderator")
                            .rights(catalog.rights("message:read", "message:delete"))
                            .build());
            for (int i = 0; i < CHATS; i++) {
                policy.chat(chat(i)).assign("bob", "moderator", Target.chat(chat(i)));
            }
            PermissionEngine engine =
                    PermissionEngine.builder().catalog(catalog).build();
            engine.create(policy.chat("other").build());
            return engine;
        }

        @Bean
        AccountResolver accounts() {
            return AccountResolver.fixed("acme");
        }

        @Bean
        @org.springframework.context.annotation.Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor preAuthorize() {
            return AuthorizationManagerBeforeMethodInterceptor.preAuthorize();
        }

        @Bean
        Work unprotected() {
            return new Work();
        }

        @Bean
        NeedsAuthority authority() {
            return new NeedsAuthority();
        }

        @Bean
        NeedsPermission permission() {
            return new NeedsPermission();
        }
    }

    /** The same, with a timer of one decision in a hundred, as the starter has it. */
    @Configuration(proxyBeanMethods = false)
    static class Observing {

        @Bean
        DecisionSampler sampler() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig()
                    .observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
            return new ObservationSampler(registry, 0.01);
        }
    }

    private static String chat(int number) {
        return "c-" + number;
    }

    @Setup
    public void setUp() {
        AnnotationConfigApplicationContext started = new AnnotationConfigApplicationContext(Application.class);
        context = started;
        unprotected = started.getBean("unprotected", Work.class);
        authority = started.getBean(NeedsAuthority.class);
        permission = started.getBean(NeedsPermission.class);
        AnnotationConfigApplicationContext startedObserving =
                new AnnotationConfigApplicationContext(Application.class, Observing.class);
        observing = startedObserving;
        observed = startedObserving.getBean(NeedsPermission.class);
        chats = IntStream.range(0, CHATS).mapToObj(SpringBenchmark::chat).toArray(String[]::new);
        signIn("eve");
        requireDenied(authority, chats[0]);
        requireDenied(permission, chats[0]);
        signIn(
                "bob",
                IntStream.range(0, AUTHORITIES)
                        .mapToObj(i -> i == AUTHORITIES - 1 ? "message:delete" : "message:other-" + i)
                        .toArray(String[]::new));
        requireDenied(permission, "other");
        requireDenied(observed, "other");
        for (Work work : new Work[] {unprotected, authority, permission, observed}) {
            if (work.length(chats[1]) != chats[1].length()) {
                throw new IllegalStateException("a wrong answer of " + work.getClass());
            }
        }
    }

    private static void signIn(String user, String... authorities) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        user,
                        "",
                        Arrays.stream(authorities)
                                .map(SimpleGrantedAuthority::new)
                                .toList()));
    }

    private static void requireDenied(Work work, String chat) {
        try {
            work.length(chat);
        } catch (AccessDeniedException e) {
            return;
        }
        throw new IllegalStateException(work.getClass() + " let somebody in who may not");
    }

    @TearDown
    public void tearDown() {
        SecurityContextHolder.clearContext();
        if (context != null) {
            context.close();
        }
        if (observing != null) {
            observing.close();
        }
    }

    private String following() {
        next = next + 1 & CHATS - 1;
        return chats[next];
    }

    @Benchmark
    public int unprotected() {
        return unprotected.length(following());
    }

    @Benchmark
    public int authority() {
        return authority.length(following());
    }

    @Benchmark
    public int permission() {
        return permission.length(following());
    }

    @Benchmark
    public int permissionWithTimer() {
        return observed.length(following());
    }
}
