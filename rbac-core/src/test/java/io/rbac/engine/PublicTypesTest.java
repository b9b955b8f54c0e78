package io.rbac.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.rbac.guard.AdminGuard;
import io.rbac.guard.Capabilities;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.matrix.UserPermissions;
import io.rbac.matrix.UserRights;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;
import io.rbac.policy.PolicyImport;
import io.rbac.policy.PolicyTable;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessGainedException;
import io.rbac.review.AccessInvariant;
import io.rbac.review.Answers;
import io.rbac.review.Explanation;
import io.rbac.review.PolicyLint;
import io.rbac.review.PolicyReview;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sweeps all public types: closed, immutable, values that compare, and hostile to null. */
class PublicTypesTest {

    private enum Kind {
        /** Compares by its parts. */
        VALUE,
        /** Immutable, compares by identity. */
        SERVICE,
        INTERFACE,
        ENUM,
        EXCEPTION,
        /** Lives: what it is asked depends on what was done. */
        LIVE,
        /** Gathers parts; its fields change. */
        BUILDER
    }

    private record Samples(Kind kind, List<Object> objects) {}

    private static final Map<Class<?>, Samples> SAMPLES = new LinkedHashMap<>();

    /** Arguments that are right, by the type of the parameter. */
    private static final Map<Class<?>, Object> ARGUMENTS = new LinkedHashMap<>();

    /** The same, by the type with its arguments, where any other is not right. */
    private static final Map<String, Object> GENERIC_ARGUMENTS = new LinkedHashMap<>();

    /** What a default does nothing with is not looked at. */
    private static final Set<String> UNREAD = Set.of(
            "PolicyListener.resync(String, long) 0",
            "PolicyListener.removed(String) 0",
            "PolicyListener.wentBack(String, Version, Version) 0",
            "PolicyListener.wentBack(String, Version, Version) 1",
            "PolicyListener.wentBack(String, Version, Version) 2",
            "RefusalListener.refused(PolicyEdit, PolicyViolationException) 0",
            "RefusalListener.refused(PolicyEdit, PolicyViolationException) 1",
            "RefusalListener.denied(PermissionDeniedException) 0");

    /** Parameters for which null has a meaning, method and position; so has it for components named {@code ...OrNull}. */
    private static final Set<String> NULLABLE = Set.of(
            "Commit.of(String, Version, PolicyDigest, String, Instant, String, List, List) 3",
            "Commit.of(String, Version, PolicyDigest, String, Instant, String, List, List) 5",
            "PolicyStore.accounts(String, int) 0",
            "InMemoryPolicyStore.accounts(String, int) 0",
            "PermissionEngine.accounts(String, int) 0",
            "PolicyStoreException.new(String, Throwable) 1",
            "PolicyStoreException.new(String, Throwable, boolean) 1",
            "PolicyRules$Builder.nameMax(Integer) 0",
            "PolicyRules$Builder.descriptionMax(Integer) 0",
            "PolicyRules$Builder.defaultScope(Scope) 0",
            "PolicyRules$Builder.defaults(Scope, int, Integer) 2",
            "PolicyRules$Builder.rolesPerTarget(Integer) 0",
            "Role$Builder.description(String) 0",
            "RoleUpdate$Builder.description(String) 0",
            "Role$Builder.createdAt(Instant) 0",
            "Role$Builder.updatedAt(Instant) 0",
            "Role$Builder.discardedAt(Instant) 0",
            "Violation.of(Code, String, String, String) 2",
            "Violation$Collector.add(Code, String, String, String) 2");

    static {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("user", "read", "update")
                .group("empty")
                .retired("user:export")
                .build();
        Permission read = catalog.permission("user:read");
        Role member = Role.builder("member", Scope.ACCOUNT)
                .name("Member")
                .defaultRole(true)
                .rights(catalog.rights("user:read"))
                .build();
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(catalog)
                .role(member)
                .team("t")
                .chat("c", "t")
                .assign("x", "member", Target.account())
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        PolicyReview review = PolicyReview.of(matrix);
        Answers<String> readers = review.whoCan("user:read", Target.account());
        put(PolicyReview.class, Kind.SERVICE, review);
        put(Explanation.class, Kind.SERVICE, review.explain("x", "user:read", Target.account()));
        put(Explanation.Reason.class, Kind.ENUM, Explanation.Reason.NOTHING_HELD);
        AccessDiff diff = AccessDiff.between(matrix, PermissionMatrix.compile(policy.withRevision(1)));
        Policy without =
                policy.apply(List.of(Change.removeUser("x")), Instant.EPOCH).policy();
        put(AccessDiff.class, Kind.SERVICE, diff);
        put(
                AccessDiff.Group.class,
                Kind.SERVICE,
                AccessDiff.between(without, policy).gainGroups().get(0));
        put(
                AccessGainedException.class,
                Kind.EXCEPTION,
                catchThrowable(() -> AccessDiff.between(without, policy).requireNoGain()));
        List<PolicyLint.Finding> findings =
                PolicyLint.standard().withReadActions(Set.of("list")).check(matrix);
        put(PolicyLint.class, Kind.SERVICE, PolicyLint.standard());
        put(PolicyLint.Finding.class, Kind.VALUE, findings.get(0), findings.get(1));
        put(PolicyLint.Rule.class, Kind.ENUM, PolicyLint.Rule.UNUSED_ROLE);
        put(PolicyLint.Severity.class, Kind.ENUM, PolicyLint.Severity.NOTE);
        put(AccessInvariant.Kind.class, Kind.ENUM, AccessInvariant.Kind.IMPLIES);
        AccessInvariant atLeast = AccessInvariant.atLeast(2, "user:update", Target.account());
        put(
                AccessInvariant.class,
                Kind.VALUE,
                atLeast,
                AccessInvariant.implies("user:update", "user:read"),
                AccessInvariant.excludes("user:update", "user:read"),
                AccessInvariant.atLeast(3, "user:update", Target.account()));
        put(
                AccessInvariant.Counterexample.class,
                Kind.SERVICE,
                atLeast.counterexamples(matrix).get(0));
        put(Answers.class, Kind.SERVICE, readers);
        put(Answers.Page.class, Kind.SERVICE, readers.page(1));
        Violation violation = Violation.of(Violation.Code.MALFORMED, "/x", "v", "it is wrong");
        Violation.Collector full = new Violation.Collector();
        for (int i = 0; i < 20; i++) {
            full.add(violation);
        }

        put(PermissionCatalog.class, Kind.VALUE, catalog, PermissionCatalog.empty());
        put(
                Action.class,
                Kind.VALUE,
                Action.of("a"),
                Action.of("a").withKey("k").withScopes(Set.of(Scope.TEAM)));
        put(Permission.class, Kind.VALUE, read, catalog.permission("user:update"));
        put(
                RightsGroup.class,
                Kind.VALUE,
                catalog.groups().get(0),
                catalog.groups().get(1));
        put(Rights.class, Kind.VALUE, Rights.none(), catalog.allRights(), catalog.rights("user:update"));
        put(
                Target.class,
                Kind.VALUE,
                Target.account(),
                Target.team("t"),
                Target.chat("c"),
                Target.chat("c").inTeam("t"));
        put(
                Role.class,
                Kind.VALUE,
                member,
                member.toBuilder().discardedAt(Instant.EPOCH).build());
        put(
                Assignment.class,
                Kind.VALUE,
                new Assignment("u", "r", Target.account()),
                new Assignment("u", "r", Target.team("t")));
        put(
                PolicyRules.class,
                Kind.VALUE,
                PolicyRules.standard(),
                PolicyRules.builder().nameMax(null).build());
        put(
                Policy.class,
                Kind.VALUE,
                policy,
                Policy.builder().account("acne").catalog(catalog).role(member).build());
        PolicyImport.Builder importer = PolicyImport.builder("acme");
        put(PolicyImport.class, Kind.SERVICE, importer.build());
        put(PolicyImport.Builder.class, Kind.BUILDER, importer);
        put(Violation.class, Kind.VALUE, violation, violation.at(1, 1));
        put(
                RoleUpdate.class,
                Kind.VALUE,
                RoleUpdate.none(),
                RoleUpdate.builder().description(null).build());
        put(Change.class, Kind.INTERFACE, Change.addTeam("t"), Change.moveChat("c"));
        put(Change.Kind.class, Kind.ENUM, Change.Kind.ADD_TARGET);
        put(
                Effect.class,
                Kind.INTERFACE,
                new Effect.TargetAdded(Target.team("t"), Target.account()),
                new Effect.TargetRemoved(Target.team("t"), Target.account()));
        put(Effect.Kind.class, Kind.ENUM, Effect.Kind.TARGET_ADDED);
        put(RoleUpdate.Builder.class, Kind.BUILDER, RoleUpdate.builder());
        put(PolicyTable.class, Kind.SERVICE, policy.table());
        put(PolicyTable.RoleSetBits.class, Kind.INTERFACE, (PolicyTable.RoleSetBits) (roleSet, word) -> roleSet);
        put(
                PolicyTable.HeldRoleSets.class,
                Kind.SERVICE,
                policy.table().heldBy("x"),
                policy.table().heldBy("nobody"));
        put(PolicyTable.Holders.class, Kind.SERVICE, policy.table().holders(0));
        put(PermissionMatrix.class, Kind.SERVICE, matrix);
        put(
                UserPermissions.class,
                Kind.SERVICE,
                matrix.user("x"),
                matrix.user("nobody"),
                matrix.user("x").restrictedTo(Rights.none()));
        put(
                UserRights.class,
                Kind.VALUE,
                matrix.user("x").rightsAt(List.of()),
                matrix.user("nobody").rightsAt(List.of()),
                matrix.user("x").rightsAt(List.of(Target.team("t"))));
        GENERIC_ARGUMENTS.put("java.util.Collection<io.rbac.model.Target>", List.of(Target.team("t")));
        put(
                PermissionRequirement.class,
                Kind.SERVICE,
                PermissionRequirement.allOf(catalog, List.of("user:read"), "team/{id}"));
        PermissionChecker lambda = (user, permission, target) -> matrix.hasPermission(user, permission, target);
        put(PermissionChecker.class, Kind.INTERFACE, matrix, matrix.restrictedTo(Rights.none()), lambda);
        put(
                PolicyRules.Range.class,
                Kind.VALUE,
                PolicyRules.standard().nameLength(),
                PolicyRules.standard().defaults(Scope.TEAM));
        ScopeTree nesting =
                ScopeTree.builder().scope("org").nestingScope("folder").build();
        put(Scope.class, Kind.VALUE, Scope.TEAM, Scope.ACCOUNT, nesting.scope("folder"));
        put(ScopeTree.class, Kind.VALUE, ScopeTree.standard(), nesting);
        put(ScopeTree.Builder.class, Kind.BUILDER, ScopeTree.builder().scope("org"));
        put(RoleType.class, Kind.ENUM, RoleType.CUSTOM);
        put(PolicyRules.EmptyRoles.class, Kind.ENUM, PolicyRules.EmptyRoles.NONE);
        put(PolicyRules.Deletion.class, Kind.ENUM, PolicyRules.Deletion.DELETE);
        put(PolicyRules.UnknownTargets.class, Kind.ENUM, PolicyRules.UnknownTargets.TRUSTED);
        put(Violation.Code.class, Kind.ENUM, Violation.Code.CONFLICT);
        put(Violation.Kind.class, Kind.ENUM, Violation.Kind.CONFLICT);
        put(PolicyViolationException.class, Kind.EXCEPTION, PolicyViolationException.of(violation));
        put(
                PermissionDeniedException.class,
                Kind.EXCEPTION,
                catchThrowable(() -> matrix.require("nobody", read, Target.account())));
        put(PermissionCatalog.Builder.class, Kind.BUILDER, PermissionCatalog.builder());
        put(PolicyRules.Builder.class, Kind.BUILDER, PolicyRules.builder());
        put(Role.Builder.class, Kind.BUILDER, Role.builder("r", Scope.TEAM).name("R"));
        put(
                Policy.Builder.class,
                Kind.BUILDER,
                Policy.builder().account("acme").catalog(catalog).role(member));
        put(Violation.Collector.class, Kind.BUILDER, new Violation.Collector(), full);

        putEngine(catalog, policy, matrix, member);

        SAMPLES.forEach((type, samples) -> ARGUMENTS.put(type, samples.objects().get(0)));
        ARGUMENTS.put(Rights.class, catalog.allRights());
        ARGUMENTS.putAll(Map.of(
                String.class,
                "user:read",
                String[].class,
                new String[] {"user:read"},
                Object[].class,
                new Object[] {"x", 1},
                long[].class,
                new long[0],
                Set.class,
                Set.of(Scope.ACCOUNT),
                List.class,
                List.of(),
                Collection.class,
                List.of("user:read"),
                Instant.class,
                Instant.EPOCH,
                Integer.class,
                60));
        ARGUMENTS.putAll(Map.of(
                Consumer.class,
                (Consumer<Object>) x -> {},
                IntFunction.class,
                (IntFunction<Object[]>) Object[]::new,
                int.class,
                1,
                long.class,
                1L,
                boolean.class,
                true));
        publicTypes()
                .filter(type -> type.isRecord() && !SAMPLES.containsKey(type))
                .forEach(type -> put(type, Kind.VALUE, ofArguments(type)));
    }

    private static void putEngine(PermissionCatalog catalog, Policy policy, PermissionMatrix matrix, Role member) {
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .executor(Runnable::run)
                .build();
        engine.create(policy);
        PolicyEdit edit = PolicyEdit.of("acme").changes(Change.addTeam("new"));
        AdminGuard guard = guard(catalog).build();
        Version version = Acme.version(2);
        PolicyDigest digest = policy.digest();
        Commit commit = Commit.of("acme", version, digest, null, Instant.EPOCH, null, List.of(), List.of());
        put(Version.class, Kind.VALUE, version, Acme.version(3));
        put(PolicyDigest.class, Kind.VALUE, digest, policy.withRevision(7).digest());
        put(PolicyStore.Watch.class, Kind.INTERFACE, (PolicyStore.Watch) () -> {});
        ARGUMENTS.put(Duration.class, Duration.ofSeconds(1));
        put(PermissionEngine.class, Kind.LIVE, engine);
        put(
                PermissionEngine.Builder.class,
                Kind.BUILDER,
                PermissionEngine.builder().catalog(catalog));
        engine.create(Policy.builder()
                .account("removed")
                .catalog(catalog)
                .role(member)
                .build());
        AccountChecker orphan = engine.checker("removed");
        engine.remove("removed");
        put(AccountChecker.class, Kind.LIVE, engine.checker("acme"), orphan);
        put(InMemoryPolicyStore.class, Kind.LIVE, new InMemoryPolicyStore());
        put(PolicyStore.class, Kind.INTERFACE, new InMemoryPolicyStore());
        put(PolicyStoreException.class, Kind.EXCEPTION, new PolicyStoreException("it cannot", null, true));
        put(PolicyListener.class, Kind.INTERFACE, (PolicyListener) committed -> requireNonNull(committed));
        put(RefusalListener.class, Kind.INTERFACE, new RefusalListener() {});
        put(CacheStatistics.class, Kind.SERVICE, engine.statistics());
        put(Preview.class, Kind.SERVICE, engine.preview(edit));
        put(
                PolicyEdit.class,
                Kind.VALUE,
                edit,
                edit.by("ada"),
                edit.expecting(Acme.version(2)),
                edit.because("reason"));
        put(
                Commit.class,
                Kind.VALUE,
                commit,
                Commit.of("acme", version, digest, "ada", Instant.EPOCH, "reason", List.of(), List.of()));
        put(
                AdminGuard.class,
                Kind.VALUE,
                guard,
                guard(catalog).refusesEscalation(false).build());
        put(AdminGuard.Builder.class, Kind.BUILDER, AdminGuard.builder(catalog));
        put(
                Capabilities.class,
                Kind.VALUE,
                Capabilities.of(guard, matrix, "x", member, Target.account()),
                Capabilities.ofAccount(policy, member, Target.account()));
        ARGUMENTS.put(Change.Kind[].class, new Change.Kind[] {Change.Kind.ADD_TARGET});
        ARGUMENTS.put(Change[].class, new Change[] {Change.addTeam("new")});
        ARGUMENTS.put(Permission[].class, new Permission[] {catalog.permission("user:read")});
        ARGUMENTS.put(Map.class, Map.of());
        GENERIC_ARGUMENTS.put("java.util.List<io.rbac.model.Permission>", List.of(catalog.permission("user:read")));
        ARGUMENTS.put(OptionalInt.class, OptionalInt.of(1));
        ARGUMENTS.put(IntConsumer.class, (IntConsumer) number -> {});
        ARGUMENTS.put(Throwable.class, new IllegalStateException("thrown"));
        ARGUMENTS.put(InstantSource.class, InstantSource.system());
        ARGUMENTS.put(Supplier.class, (Supplier<String>) () -> "id");
        ARGUMENTS.put(Function.class, (Function<Object, Object>) name -> name);
        ARGUMENTS.put(Executor.class, (Executor) Runnable::run);
        ARGUMENTS.put(BiConsumer.class, (BiConsumer<Object, Object>) (listener, thrown) -> {});
    }

    private static AdminGuard.Builder guard(PermissionCatalog catalog) {
        Permission update = catalog.permission("user:update");
        return AdminGuard.builder(catalog)
                .needsForRoles(update)
                .needsForMemberships(update)
                .needsForTargets(update);
    }

    /** A record of the arguments that are right for its components. */
    private static Object ofArguments(Class<?> type) {
        try {
            Constructor<?> constructor = type.getConstructors()[0];
            return constructor.newInstance(arguments(constructor));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot be made: " + type, e);
        }
    }

    private static void put(Class<?> type, Kind kind, Object... objects) {
        SAMPLES.put(type, new Samples(kind, List.of(objects)));
    }

    static Stream<Class<?>> publicTypes() {
        return ArchitectureTest.CORE.stream()
                .filter(type -> ArchitectureTest.EXPORTED.contains(type.getPackageName()))
                .filter(PublicTypesTest::isReachable)
                .<Class<?>>map(JavaClass::reflect)
                .sorted((a, b) -> a.getName().compareTo(b.getName()));
    }

    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicTypesTest::isReachable).orElse(true);
    }

    private static Samples samples(Class<?> type) {
        assertThat(SAMPLES.containsKey(type)).as("a sample of %s", type).isTrue();
        return SAMPLES.get(type);
    }

    @Test
    void every_public_type_has_samples_of_its_own_and_no_other_has() {
        assertThat(SAMPLES.keySet())
                .containsExactlyInAnyOrderElementsOf(publicTypes().toList());
        SAMPLES.forEach((type, samples) ->
                assertThat(samples.objects()).as(type.getName()).isNotEmpty().allMatch(type::isInstance));
    }

    /** An exception that an implementation throws has a constructor, as exceptions do. */
    private static final Set<Class<?>> WITH_CONSTRUCTORS = Set.of(PolicyStoreException.class);

    @ParameterizedTest
    @MethodSource("publicTypes")
    void every_public_type_is_closed(Class<?> type) {
        assertThat(type.isInterface() || type.isEnum() || type.isSealed() || Modifier.isFinal(type.getModifiers()))
                .isTrue();
        boolean constructed = type.isRecord() || WITH_CONSTRUCTORS.contains(type);
        assertThat(Stream.of(type.getConstructors()).filter(c -> !constructed && c.getParameterCount() > 0))
                .as("public constructors: a factory names what it does")
                .isEmpty();
        assertThat(Stream.of(type.getFields()).filter(f -> !Modifier.isStatic(f.getModifiers())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    void every_public_type_but_a_builder_has_final_fields_only_however_deep(Class<?> type) {
        if (samples(type).kind() != Kind.BUILDER && samples(type).kind() != Kind.LIVE) {
            assertThat(changingFields(type, new HashSet<>())).isEmpty();
        }
    }

    private static List<String> changingFields(Class<?> type, Set<Class<?>> seen) {
        List<String> changing = new ArrayList<>();
        for (Class<?> c = type; c != null && c.getName().startsWith("io.rbac.") && seen.add(c); c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
                    continue;
                }
                if (!Modifier.isFinal(field.getModifiers())) {
                    changing.add(field.toString());
                }
                changing.addAll(changingFields(field.getType(), seen));
            }
        }
        return changing;
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    void every_value_compares_by_its_parts_and_has_a_text(Class<?> type) throws ReflectiveOperationException {
        if (samples(type).kind() != Kind.VALUE) {
            return;
        }
        assertThat(type.getMethod("equals", Object.class).getDeclaringClass()).isEqualTo(type);
        assertThat(type.getMethod("hashCode").getDeclaringClass()).isEqualTo(type);
        assertThat(type.getMethod("toString").getDeclaringClass()).isEqualTo(type);
        if (type.isRecord()) {
            assertThat(ofArguments(type)).isEqualTo(ofArguments(type)).hasSameHashCodeAs(ofArguments(type));
        }
        List<Object> objects = samples(type).objects();
        for (int i = 0; i < objects.size(); i++) {
            Object object = objects.get(i);
            assertThat(object.equals(null)).isFalse();
            assertThat(object).isNotEqualTo("text").isNotEqualTo(new Object()).hasSameHashCodeAs(object);
            assertThat(object.toString()).doesNotContain(type.getSimpleName() + "@");
            for (int j = 0; j < objects.size(); j++) {
                assertThat(object.equals(objects.get(j))).isEqualTo(i == j);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    @Tag("B28")
    void null_is_refused_wherever_it_has_no_meaning(Class<?> type) {
        List<String> accepted = new ArrayList<>();
        for (Executable executable : executables(type)) {
            Parameter[] parameters = executable.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                boolean unread = UNREAD.contains(name(executable) + " " + i);
                if (!parameters[i].getType().isPrimitive() && !isNullable(executable, i) && !unread) {
                    for (Object sample : targetsOf(executable, type)) {
                        Object[] arguments = arguments(executable);
                        arguments[i] = null;
                        Throwable thrown = thrownBy(executable, sample, arguments);
                        if (!(thrown instanceof NullPointerException)) {
                            accepted.add(name(executable) + " " + i + " of " + sample + " gives " + thrown);
                        }
                    }
                }
            }
        }
        assertThat(accepted).isEmpty();
    }

    private static boolean isNullable(Executable executable, int position) {
        return NULLABLE.contains(name(executable) + " " + position)
                || executable.getParameters()[position].getName().endsWith("OrNull");
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    void null_is_refused_among_several(Class<?> type) {
        for (Executable executable : executables(type)) {
            if (executable.isVarArgs()) {
                Object[] arguments = arguments(executable);
                int last = arguments.length - 1;
                arguments[last] = Arrays.copyOf(
                        new Object[1], 1, arguments[last].getClass().asSubclass(Object[].class));
                for (Object sample : targetsOf(executable, type)) {
                    assertThat(thrownBy(executable, sample, arguments))
                            .as(name(executable))
                            .isInstanceOf(NullPointerException.class);
                }
            }
        }
    }

    @Test
    void null_is_taken_where_it_has_a_meaning() {
        Set<String> missing = new HashSet<>(NULLABLE);
        publicTypes().flatMap(type -> executables(type).stream()).forEach(executable -> {
            for (int i = 0; i < executable.getParameterCount(); i++) {
                if (isNullable(executable, i)) {
                    missing.remove(name(executable) + " " + i);
                    Object[] arguments = arguments(executable);
                    arguments[i] = null;
                    for (Object sample : targetsOf(executable, executable.getDeclaringClass())) {
                        assertThat(thrownBy(executable, sample, arguments))
                                .as(name(executable))
                                .isNull();
                    }
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void public_collectors_can_be_made() {
        assertThatCode(Violation.Collector::new).doesNotThrowAnyException();
    }

    /** Public methods and constructors written in the core, those that only throw away the argument apart. */
    private static List<Executable> executables(Class<?> type) {
        List<Executable> executables = new ArrayList<>(List.of(type.getConstructors()));
        for (Method method : type.getMethods()) {
            boolean own = method.getDeclaringClass().getName().startsWith("io.rbac.");
            boolean equals = method.getName().equals("equals") && method.getParameterCount() == 1;
            if (own && !equals && !method.isSynthetic()) {
                executables.add(method);
            }
        }
        return executables;
    }

    private static List<Object> targetsOf(Executable executable, Class<?> type) {
        boolean needsNone = !(executable instanceof Method) || Modifier.isStatic(executable.getModifiers());
        return needsNone ? List.of("none") : samples(type).objects();
    }

    private static String name(Executable executable) {
        List<String> types = Stream.of(executable.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        String type = executable.getDeclaringClass().getName().replaceFirst(".*\\.", "");
        String name = executable instanceof Method ? executable.getName() : "new";
        return type + "." + name + "(" + String.join(", ", types) + ")";
    }

    private static Object[] arguments(Executable executable) {
        return Stream.of(executable.getParameters())
                .map(parameter -> {
                    Object generic = GENERIC_ARGUMENTS.get(
                            parameter.getParameterizedType().getTypeName());
                    Object argument = generic == null ? ARGUMENTS.get(parameter.getType()) : generic;
                    assertThat(argument)
                            .as("a %s for %s", parameter.getType(), executable)
                            .isNotNull();
                    return argument;
                })
                .toArray();
    }

    private static Throwable thrownBy(Executable executable, Object sample, Object[] arguments) {
        try {
            if (executable instanceof Method method) {
                method.setAccessible(true);
                method.invoke(sample, arguments);
            } else {
                ((Constructor<?>) executable).newInstance(arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot be called: " + executable, e);
        }
    }
}
