package io.rbac.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.RefusalListener;
import io.rbac.guard.AdminGuard;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import io.rbac.spring.AccountResolver;
import io.rbac.spring.ProblemOptions;
import io.rbac.spring.Rbac;
import io.rbac.spring.RequiresPermission;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

class RbacAutoConfigurationTest {

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RbacAutoConfiguration.class,
                    RbacMetricsAutoConfiguration.class,
                    RbacActuatorAutoConfiguration.class));
    private final ApplicationContextRunner runner =
            bare.withPropertyValues("rbac.catalog=classpath:catalog.json", "rbac.account.fixed=acme");

    static Policy policy(PermissionCatalog catalog) {
        return Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("writer", Scope.CHAT)
                        .name("Writer")
                        .rights(catalog.rights("message:read", "message:create"))
                        .build())
                .chat("c-1")
                .assign("bob", "writer", Target.chat("c-1"))
                .build();
    }

    static void as(String user, Runnable work) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, "", List.of()));
        try {
            work.run();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    static class Service {

        @RequiresPermission(value = "message:create", at = "chat/{chat}")
        void write(String chat) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class WithService {

        @Bean
        Service service() {
            return new Service();
        }
    }

    @Test
    void a_catalog_and_an_account_are_all_that_is_needed() {
        runner.withUserConfiguration(WithService.class).run(context -> {
            PermissionEngine engine = context.getBean(PermissionEngine.class);
            engine.create(policy(engine.catalog()));
            assertThat(engine.catalog().keys())
                    .containsExactly("message:read", "message:create", "message:delete", "role:manage");
            assertThat(context).hasSingleBean(Rbac.class).hasSingleBean(InMemoryPolicyStore.class);
            assertThat(context).doesNotHaveBean(AdminGuard.class);
            assertThat(context).hasSingleBean(PermissionEvaluator.class);
            // one of ours would hide the role hierarchy and the factors that an application has its expressions ask for
            assertThat(context).doesNotHaveBean(MethodSecurityExpressionHandler.class);
            Service service = context.getBean(Service.class);
            as("bob", () -> service.write("c-1"));
            as(
                    "eve",
                    () -> assertThatThrownBy(() -> service.write("c-1"))
                            .isInstanceOf(AuthorizationDeniedException.class));
        });
    }

    @Test
    void the_engine_is_closed_with_the_context() {
        List<PermissionEngine> engines = new ArrayList<>();
        runner.run(context -> engines.add(context.getBean(PermissionEngine.class)));
        assertThatIllegalStateException()
                .isThrownBy(() -> engines.get(0).hasPermission("acme", "bob", "message:read", Target.account()));
    }

    @Test
    void without_a_catalog_the_application_does_not_start_and_says_what_to_do() {
        bare.withPropertyValues("rbac.account.fixed=acme").run(context -> {
            FailureAnalysis analysis = new MissingRbacSettingAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).isEqualTo("rbac: there is no catalog of permissions.");
            assertThat(analysis.getAction()).contains("rbac.catalog");
        });
    }

    @Test
    void the_account_is_found_in_exactly_one_way() {
        ApplicationContextRunner cataloged = bare.withPropertyValues("rbac.catalog=classpath:catalog.json");
        cataloged.run(context -> assertThat(new MissingRbacSettingAnalyzer()
                        .analyze(context.getStartupFailure())
                        .getDescription())
                .isEqualTo("rbac: it is not said how the account of a request is found."));
        cataloged
                .withPropertyValues("rbac.account.fixed=acme", "rbac.account.claim=tenant")
                .run(context -> assertThat(new MissingRbacSettingAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .isEqualTo("rbac: it is said in 2 ways how the account of a request is found."));
        for (String property : List.of("claim", "path-variable", "header")) {
            cataloged
                    .withPropertyValues("rbac.account." + property + "=x")
                    .run(context -> assertThat(context).hasSingleBean(AccountResolver.class));
        }
    }

    static class Misspelt {

        @RequiresPermission("mesage:read")
        void read() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class WithMisspelt {

        @Bean
        Misspelt misspelt() {
            return new Misspelt();
        }
    }

    @Test
    void a_misspelt_permission_stops_the_application_and_names_the_nearest() {
        runner.withUserConfiguration(WithMisspelt.class).run(context -> {
            FailureAnalysis analysis = new InvalidRulesAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains(
                            Misspelt.class.getName() + ".read(): `mesage:read` is not a permission of the catalog; did"
                                    + " you mean `message:read`?");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        static final PermissionCatalog CATALOG =
                PermissionCatalog.builder().group("own", "read").build();
        static final PolicyRules RULES = PolicyRules.builder().nameMax(7).build();
        static final PolicyStore STORE = new InMemoryPolicyStore();
        static final AccountResolver ACCOUNTS = AccountResolver.fixed("own");
        static final AdminGuard GUARD = AdminGuard.builder(CATALOG)
                .needsForRoles(CATALOG.permission("own:read"))
                .needsForMemberships(CATALOG.permission("own:read"))
                .needsForTargets(CATALOG.permission("own:read"))
                .build();
        static final ProblemOptions OPTIONS =
                new ProblemOptions(ProblemOptions.Details.PERMISSION, Set.of("team"), Duration.ofSeconds(9));

        @Bean
        PermissionCatalog catalog() {
            return CATALOG;
        }

        @Bean
        PolicyRules rules() {
            return RULES;
        }

        @Bean
        PolicyStore store() {
            return STORE;
        }

        @Bean
        AccountResolver accounts() {
            return ACCOUNTS;
        }

        @Bean
        AdminGuard guard() {
            return GUARD;
        }

        @Bean
        ProblemOptions options() {
            return OPTIONS;
        }
    }

    @Test
    void every_bean_gives_way_to_one_of_the_application() {
        bare.withUserConfiguration(Own.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(PermissionEngine.class).catalog()).isSameAs(Own.CATALOG);
            assertThat(context.getBean(PolicyRules.class)).isSameAs(Own.RULES);
            assertThat(context.getBean(PolicyStore.class)).isSameAs(Own.STORE);
            assertThat(context.getBean(AccountResolver.class)).isSameAs(Own.ACCOUNTS);
            assertThat(context.getBean(AdminGuard.class)).isSameAs(Own.GUARD);
            assertThat(context.getBean(ProblemOptions.class)).isSameAs(Own.OPTIONS);
        });
        PermissionEngine engine =
                PermissionEngine.builder().catalog(Own.CATALOG).build();
        runner.withBean("mine", PermissionEngine.class, () -> engine)
                .run(context ->
                        assertThat(context.getBean(PermissionEngine.class)).isSameAs(engine));
    }

    @Test
    void the_guard_is_made_of_three_properties() {
        runner.withPropertyValues(
                        "rbac.guard.roles=role:manage",
                        "rbac.guard.memberships=role:manage",
                        "rbac.guard.targets=role:manage")
                .run(context -> assertThat(context).hasSingleBean(AdminGuard.class));
        runner.withPropertyValues(
                        "rbac.guard.roles=role:mange",
                        "rbac.guard.memberships=role:manage",
                        "rbac.guard.targets=role:manage")
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining("did you mean `role:manage`?"));
    }

    @Test
    void a_guard_of_which_only_a_part_is_set_stops_the_application() {
        runner.withPropertyValues("rbac.guard.roles=role:manage", "rbac.guard.memberships=role:manage")
                .run(context -> {
                    FailureAnalysis analysis = new MissingRbacSettingAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getAction()).contains("rbac.guard.targets");
                });
    }

    private static void refusesToGive(PermissionEngine engine, String... permissions) {
        assertThatThrownBy(() -> engine.commit(
                        "acme",
                        Change.updateRole(
                                "writer",
                                RoleUpdate.builder()
                                        .rights(engine.catalog().rights(permissions))
                                        .build())))
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        refusal -> assertThat(refusal.violations().get(0).code())
                                .isEqualTo(Violation.Code.INVARIANT_BROKEN));
    }

    @Test
    void invariants_are_read_from_a_file_and_found_as_beans() {
        runner.withPropertyValues("rbac.invariants=classpath:invariants.json")
                .withBean(AccessInvariant.class, () -> AccessInvariant.excludes("message:delete", "message:create"))
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    refusesToGive(engine, "message:delete");
                    refusesToGive(engine, "message:read", "message:delete", "message:create");
                    engine.commit(
                            "acme",
                            Change.updateRole(
                                    "writer",
                                    RoleUpdate.builder()
                                            .rights(engine.catalog().rights("message:read", "message:delete"))
                                            .build()));
                });
    }

    @Test
    void a_misspelt_secret_scope_stops_the_application() {
        runner.withPropertyValues("rbac.problem.secret-scopes=chat,taem")
                .run(context -> assertThat(new MissingRbacSettingAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .isEqualTo("rbac: `rbac.problem.secret-scopes` has `taem`, which is not a scope of the"
                                + " catalog."));
    }

    @Test
    void policies_are_kept_in_a_file_of_sqlite(@TempDir Path folder) {
        ApplicationContextRunner sqlite =
                runner.withPropertyValues("rbac.store.type=sqlite", "rbac.store.file=" + folder.resolve("policies.db"));
        sqlite.run(context -> {
            assertThat(context).hasSingleBean(JdbcPolicyStore.class);
            PermissionEngine engine = context.getBean(PermissionEngine.class);
            engine.create(policy(engine.catalog()));
        });
        sqlite.run(context -> assertThat(context.getBean(PermissionEngine.class)
                        .hasPermission("acme", "bob", "message:read", Target.chat("c-1")))
                .isTrue());
        runner.withPropertyValues("rbac.store.type=sqlite")
                .run(context -> assertThat(new MissingRbacSettingAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .isEqualTo("rbac: the store has the type `sqlite` and no file."));
        sqlite.withClassLoader(new FilteredClassLoader(JdbcPolicyStore.class))
                .run(context -> assertThat(new MissingRbacSettingAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .isEqualTo("rbac: there is no store of the type `SQLITE`."));
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        final List<String> refused = Collections.synchronizedList(new ArrayList<>());

        @EventListener
        void on(PolicyCommitted event) {
            events.add("committed " + event.commit().revision());
        }

        @EventListener
        void on(AccountRemoved event) {
            events.add("removed " + event.account());
        }

        @Bean
        RefusalListener audit() {
            return new RefusalListener() {
                @Override
                public void refused(PolicyEdit edit, PolicyViolationException refusal) {
                    refused.add("refused " + refusal.kind());
                }

                @Override
                public void denied(PermissionDeniedException denial) {
                    refused.add("denied " + denial.user());
                }
            };
        }
    }

    @Test
    void commits_are_events_and_listeners_are_found_as_beans() {
        runner.withUserConfiguration(Listening.class, WithService.class).run(context -> {
            PermissionEngine engine = context.getBean(PermissionEngine.class);
            Listening listening = context.getBean(Listening.class);
            engine.create(policy(engine.catalog()));
            engine.commit("acme", Change.addChat("c-2"));
            engine.remove("acme");
            for (String expected : List.of("committed 1", "committed 2", "removed acme")) {
                assertThat(listening.events.poll(1, TimeUnit.MINUTES)).isEqualTo(expected);
            }
            engine.create(policy(engine.catalog()));
            as(
                    "eve",
                    () -> assertThatThrownBy(
                                    () -> context.getBean(Service.class).write("c-1"))
                            .isInstanceOf(AuthorizationDeniedException.class));
            assertThatThrownBy(
                            () -> engine.commit(PolicyEdit.of("acme").by("eve").changes(Change.addChat("c-3"))))
                    .isInstanceOf(PolicyViolationException.class);
            assertThat(listening.refused).containsExactly("denied eve", "refused FORBIDDEN");
        });
    }

    @Test
    void everything_is_measured_where_there_is_a_registry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withUserConfiguration(WithService.class)
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    Service service = context.getBean(Service.class);
                    as("bob", () -> service.write("c-1"));
                    as(
                            "eve",
                            () -> assertThatThrownBy(() -> service.write("c-1"))
                                    .isInstanceOf(AuthorizationDeniedException.class));
                    assertThatThrownBy(() -> engine.commit("acme", Change.addChat("c-1")))
                            .isInstanceOf(PolicyViolationException.class);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    context.getBean(RbacGauges.class).bindTo(registry);
                    assertThat(registry.get("rbac.decisions")
                                    .tag("outcome", "allowed")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("rbac.decisions")
                                    .tag("outcome", "denied")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("rbac.denials").counter().count()).isEqualTo(1);
                    assertThat(registry.get("rbac.refusals")
                                    .tag("code", "DUPLICATE_ID")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("rbac.cache.accounts").gauge().value())
                            .isEqualTo(1);
                    assertThat(registry.get("rbac.cache.size").gauge().value()).isPositive();
                    assertThat(registry.get("rbac.cache.hits").functionCounter().count())
                            .isEqualTo(2);
                    assertThat(registry.getMeters())
                            .extracting(meter -> meter.getId().getName())
                            .contains("rbac.commits", "rbac.cache.age", "rbac.cache.misses", "rbac.loads");
                });
        runner.run(context -> assertThat(context).doesNotHaveBean(RbacCounters.class));
    }

    @Test
    void operators_see_figures_and_accounts() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=rbac")
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    RbacEndpoint endpoint = context.getBean(RbacEndpoint.class);
                    assertThat(endpoint.figures())
                            .containsEntry("permissions", 4)
                            .containsEntry("accounts", 1L);
                    assertThat(endpoint.figures().get("inMemory"))
                            .asInstanceOf(InstanceOfAssertFactories.LIST)
                            .singleElement()
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("account", "version", "ageMillis", "bytes")
                            .containsEntry("account", "acme")
                            .containsEntry(
                                    "version", engine.policy("acme").version().toString())
                            .containsEntry("bytes", engine.matrix("acme").retainedBytes());
                    assertThat(endpoint.account("acme"))
                            .containsEntry("revision", 1L)
                            .containsEntry("users", 1)
                            .containsEntry("targets", 1)
                            .containsEntry("violations", List.of());
                    assertThat(endpoint.account("globex")).isNull();
                });
    }

    @Test
    void only_so_many_accounts_are_listed() {
        try (PermissionEngine engine =
                PermissionEngine.builder().catalog(Own.CATALOG).build()) {
            Role member = Role.builder("member", Scope.ACCOUNT)
                    .name("M")
                    .defaultRole(true)
                    .build();
            for (int i = 0; i <= RbacEndpoint.MAX_LISTED; i++) {
                engine.create(Policy.builder()
                        .account("account-" + i)
                        .catalog(Own.CATALOG)
                        .role(member)
                        .build());
            }
            Map<String, Object> figures = new RbacEndpoint(engine).figures();
            assertThat(figures).containsEntry("accounts", RbacEndpoint.MAX_LISTED + 1L);
            assertThat(figures.get("inMemory"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(RbacEndpoint.MAX_LISTED);
        }
    }

    @Test
    void operators_are_told_why_a_check_is_answered_as_it_is() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=rbac")
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    RbacEndpoint endpoint = context.getBean(RbacEndpoint.class);
                    assertThat(endpoint.explain("acme", "bob", "message:read", "chat/c-1"))
                            .containsEntry("allowed", true)
                            .containsEntry("text", "`bob` has `message:read` at `chat/c-1` by `writer` at `chat/c-1`")
                            .containsEntry("grants", List.of("`writer` at `chat/c-1`"))
                            .doesNotContainKey("reason");
                    assertThat(endpoint.explain("acme", "bob", "message:read", null))
                            .containsEntry("allowed", false)
                            .containsEntry("reason", "NOTHING_HELD")
                            .containsEntry("held", List.of())
                            .containsEntry("nearest", List.of());
                    assertThat(endpoint.explain("acme", "eve", "message:read", "chat/c-1"))
                            .containsEntry("reason", "UNKNOWN_USER")
                            .containsEntry(
                                    "nearest",
                                    List.of(Map.of(
                                            "role", "writer", "at", "chat/c-1", "adds", List.of("message:create"))));
                    assertThat(endpoint.explain("acme", "bob", "message:read", "chat/c-9"))
                            .containsEntry("reason", "UNKNOWN_TARGET");
                });
    }

    @Test
    void a_question_that_names_what_there_is_not_has_an_answer_that_says_so() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=rbac")
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    RbacEndpoint endpoint = context.getBean(RbacEndpoint.class);
                    assertThat(endpoint.explain("globex", "bob", "message:read", "chat/c-1"))
                            .isNull();
                    assertThat(endpoint.explain("acme", "bob", "mesage:read", "chat/c-1"))
                            .containsEntry(
                                    "error",
                                    "`mesage:read` is not a permission of the catalog; did you mean `message:read`?")
                            .doesNotContainKey("allowed");
                    assertThat(endpoint.explain("acme", "bob", "message:read", "room/c-1"))
                            .hasEntrySatisfying(
                                    "error",
                                    error -> assertThat(error.toString()).contains("room/c-1"));
                });
    }

    @Test
    void health_is_out_of_service_while_answers_are_too_old() {
        runner.run(context -> assertThat(context.getBean("rbacHealthIndicator", HealthIndicator.class)
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP));
        PermissionEngine engine =
                PermissionEngine.builder().catalog(Own.CATALOG).build();
        engine.create(Policy.builder()
                .account("acme")
                .catalog(Own.CATALOG)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("M")
                        .defaultRole(true)
                        .build())
                .build());
        assertThat(new RbacHealth(engine, Duration.ofNanos(1)).health().getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(new RbacHealth(engine, Duration.ofDays(1)).health().getStatus())
                .isEqualTo(Status.UP);
        assertThat(new RbacHealth(engine, null).health().getDetails()).containsEntry("accounts", 1L);
        engine.close();
    }

    @Test
    void properties_reach_the_engine() {
        runner.withPropertyValues(
                        "rbac.cache.max-size=0B",
                        "rbac.refresh.every=1h",
                        "rbac.max-staleness=10h",
                        "rbac.store.timeout=2s",
                        "rbac.problem.details=permission",
                        "rbac.problem.secret-scopes=chat,team",
                        "rbac.problem.retry-after=3s")
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(policy(engine.catalog()));
                    assertThat(engine.statistics().accounts()).isZero();
                    assertThat(context.getBean(ProblemOptions.class))
                            .isEqualTo(new ProblemOptions(
                                    ProblemOptions.Details.PERMISSION, Set.of("chat", "team"), Duration.ofSeconds(3)));
                });
    }
}
