package io.rbac.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import io.rbac.table.FreeNumbers;
import io.rbac.table.IdTable;
import io.rbac.table.Pages;
import io.rbac.table.Row;
import io.rbac.table.SortedLongs;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Policy.class.getProtectionDomain().getCodeSource().getLocation());

    /** The packages of users; the others are for the library alone. */
    static final Set<String> EXPORTED = Set.of(
            "io.rbac.engine", "io.rbac.guard", "io.rbac.matrix", "io.rbac.model", "io.rbac.policy", "io.rbac.review");

    private static final Set<String> HIDDEN = Set.of("io.rbac.table", "io.rbac.text");

    private static final int MAX_FILES = 30;

    private static final int MAX_PUBLIC_TYPES = 47;

    /** What is gathered or edited and then thrown away, and an iterator: everything else has final fields only. */
    private static final Set<String> WITH_CHANGING_FIELDS = Set.of(
            "io.rbac.engine.PermissionEngine$Builder",
            "io.rbac.guard.AdminGuard$Builder",
            "io.rbac.guard.SimulatedPolicy",
            "io.rbac.guard.SimulatedRole",
            "io.rbac.guard.SimulatedTarget",
            "io.rbac.model.PermissionCatalog$Builder",
            "io.rbac.model.PolicyRules$Builder",
            "io.rbac.model.Rights$BitIterator",
            "io.rbac.model.Role$Builder",
            "io.rbac.model.RoleUpdate$Builder",
            "io.rbac.model.Violation$Collector",
            "io.rbac.policy.AssignmentBuffer",
            "io.rbac.policy.MembershipEditor",
            "io.rbac.policy.MembershipEditor$RoleCountEdit",
            "io.rbac.policy.Policy$Builder",
            "io.rbac.policy.PolicyDigest$Hash",
            "io.rbac.policy.PolicyDigest$Sum",
            "io.rbac.policy.RoleSetEditor",
            "io.rbac.policy.RoleSetInterner",
            "io.rbac.policy.TableCompiler",
            "io.rbac.policy.TableEditor",
            "io.rbac.policy.UserEdit",
            "io.rbac.table.FreeNumbers$Editor",
            "io.rbac.table.IdInterner",
            "io.rbac.table.IdTable$Editor",
            "io.rbac.table.Ordinals$Editor",
            "io.rbac.table.Pages$Editor",
            "io.rbac.table.Row$Editor");

    /** What lives and changes with the engine, by whichever thread: told apart, as only there a field may be guarded. */
    private static final Set<String> LIVE = Set.of(
            "io.rbac.engine.AccountHolder",
            "io.rbac.engine.AccountLoader",
            "io.rbac.engine.AccountRegistry$Lease",
            "io.rbac.engine.CommitGate",
            "io.rbac.engine.ListenerQueue",
            "io.rbac.engine.Load",
            "io.rbac.engine.MatrixCache",
            "io.rbac.engine.Refresher",
            "io.rbac.engine.UnresolvedWrite");

    /** What shares its fields with an editor beside it, and drafts: all else has private fields. */
    private static final Set<String> WITH_SHARED_FIELDS = Set.of(
            "io.rbac.policy.PolicyDraft",
            "io.rbac.policy.PolicyTable",
            "io.rbac.policy.UserEdit",
            "io.rbac.policy.UserEdit$HeldRoles");

    private static final String[] BASE = {
        "io.rbac..",
        "java.lang..",
        "java.nio.charset..",
        "java.security..",
        "java.text..",
        "java.time..",
        "java.util..",
        "org.jspecify.annotations.."
    };

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "each package knows only those below it",
                        layeredArchitecture()
                                .consideringOnlyDependenciesInAnyPackage("io.rbac..")
                                .layer("text")
                                .definedBy("io.rbac.text")
                                .layer("table")
                                .definedBy("io.rbac.table")
                                .layer("model")
                                .definedBy("io.rbac.model")
                                .layer("policy")
                                .definedBy("io.rbac.policy")
                                .layer("matrix")
                                .definedBy("io.rbac.matrix")
                                .layer("review")
                                .definedBy("io.rbac.review")
                                .layer("guard")
                                .definedBy("io.rbac.guard")
                                .layer("engine")
                                .definedBy("io.rbac.engine")
                                .whereLayer("text")
                                .mayNotAccessAnyLayer()
                                .whereLayer("table")
                                .mayNotAccessAnyLayer()
                                .whereLayer("model")
                                .mayOnlyAccessLayers("text")
                                .whereLayer("policy")
                                .mayOnlyAccessLayers("text", "table", "model")
                                .whereLayer("matrix")
                                .mayOnlyAccessLayers("text", "table", "model", "policy")
                                .whereLayer("review")
                                .mayOnlyAccessLayers("text", "table", "model", "policy", "matrix")
                                .whereLayer("guard")
                                .mayOnlyAccessLayers("text", "table", "model", "policy", "matrix")
                                .whereLayer("engine")
                                .mayNotBeAccessedByAnyLayer()
                                .ensureAllClassesAreContainedInArchitectureIgnoring("")),
                rule(
                        "there is no cycle between packages",
                        slices().matching("io.rbac.(*)..").should().beFreeOfCycles()),
                rule(
                        "only the JDK's base and annotations of nullness are used",
                        classes()
                                .that()
                                .haveNameNotMatching("io\\.rbac\\.engine\\.MatrixCache(\\$.*)?")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(BASE)),
                rule(
                        "one class uses Caffeine, and nothing else of others",
                        classes()
                                .that()
                                .haveNameMatching("io\\.rbac\\.engine\\.MatrixCache(\\$.*)?")
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(BASE)
                                        .or(resideInAPackage("com.github.benmanes.caffeine.cache")))),
                rule(
                        "a package uses of others only what is public",
                        classes().should(useOfOtherPackagesOnly(reachable()))),
                rule(
                        "no exported signature names a hidden type",
                        classes()
                                .that()
                                .resideInAnyPackage(EXPORTED.toArray(String[]::new))
                                .and(are(reachable()))
                                .should(nameNoHiddenType())),
                rule(
                        "no package is a drawer",
                        noClasses()
                                .should()
                                .resideInAnyPackage(
                                        "..internal..", "..impl..", "..util..", "..utils..", "..common..", "..helper..")
                                .because("a package is named after the stage that it owns")),
                rule(
                        "nothing states that it is serializable",
                        noClasses().should(implementDirectly(Serializable.class))),
                rule(
                        "nothing is kept by thread",
                        noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class))),
                rule(
                        "nothing is locked outside the engine",
                        methods()
                                .that()
                                .areDeclaredInClassesThat(not(resideInAPackage("io.rbac.engine")))
                                .should()
                                .notHaveModifier(JavaModifier.SYNCHRONIZED)),
                rule(
                        "no letter case depends on the locale of the machine",
                        noClasses()
                                .should()
                                .callMethod(String.class, "toLowerCase")
                                .orShould()
                                .callMethod(String.class, "toUpperCase")
                                .orShould()
                                .callMethod(String.class, "format", String.class, Object[].class)
                                .orShould()
                                .callMethod(String.class, "formatted", Object[].class)
                                .orShould()
                                .callMethod(String.class, "equalsIgnoreCase", String.class)),
                rule(
                        "nothing is logged or printed",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("java.util.logging..", "org.slf4j..")),
                rule("no standard stream is used", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),
                rule(
                        "nothing is done by reflection",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..")
                                .orShould()
                                .callMethod(Class.class, "forName", String.class)),
                rule(
                        "every public class is closed",
                        classes().that().arePublic().and().areNotInterfaces().should(beClosed())),
                rule(
                        "every field of an object is final",
                        fields().that()
                                .areNotStatic()
                                .and()
                                .areDeclaredInClassesThat(
                                        are(not(named(WITH_CHANGING_FIELDS))).and(are(not(named(LIVE)))))
                                .should()
                                .beFinal()),
                rule(
                        "every field of an object is private",
                        fields().that()
                                .areNotStatic()
                                .and()
                                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                                .and()
                                .areDeclaredInClassesThat(are(not(named(WITH_SHARED_FIELDS))))
                                .should()
                                .bePrivate()),
                rule(
                        "every field of a class is final",
                        fields().that().areStatic().should().beFinal()));
    }

    private static Arguments rule(String name, ArchRule rule) {
        return Arguments.of(name, rule);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    @Tag("B58")
    void the_house_is_built_as_planned(String name, ArchRule rule) {
        rule.as(name).check(CORE);
    }

    @Test
    void the_whole_core_is_looked_at() {
        assertThat(topLevel(CORE).map(JavaClass::getPackageName).distinct().filter(p -> !p.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(EXPORTED.stream(), HIDDEN.stream()).toList());
        assertThat(CORE.contain(Policy.class)).isTrue();
        assertThat(CORE.contain(PermissionMatrix.class)).isTrue();
        assertThat(CORE.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void the_module_exports_what_users_have_a_word_for_and_opens_nothing() throws Exception {
        Path classes = Path.of(
                Policy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        assertThat(module.name()).isEqualTo("io.rbac.core");
        assertThat(module.exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrderElementsOf(EXPORTED);
        assertThat(module.isOpen()).isFalse();
        assertThat(module.opens()).isEmpty();
        assertThat(module.requires().stream().map(ModuleDescriptor.Requires::name))
                .containsExactlyInAnyOrder("java.base", "com.github.benmanes.caffeine", "org.jspecify");
    }

    @Test
    void no_package_is_large() {
        Map<String, Long> files =
                topLevel(CORE).collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files)
                .containsKey("io.rbac.policy")
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
    }

    @Test
    void the_public_types_can_be_learnt() {
        assertThat(topLevel(CORE)
                        .filter(type -> EXPORTED.contains(type.getPackageName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .contains("Policy", "PermissionMatrix", "PermissionEngine")
                .hasSizeLessThanOrEqualTo(MAX_PUBLIC_TYPES);
    }

    private static Stream<JavaClass> topLevel(JavaClasses classes) {
        return classes.stream().filter(JavaClass::isTopLevelClass);
    }

    private static class Open implements Serializable {
        private static final long serialVersionUID = 1L;
        private int field;

        int field() {
            return field++;
        }
    }

    /** Each names a hidden type where users would see it. */
    public static final class Offenders {

        /** By what it returns. */
        public interface Returned {
            IdTable.Editor<String> edit();
        }

        /** By an argument, within another type. */
        public interface Taken {
            void take(List<? extends Map<String, Pages<String>[]>> pages);
        }

        /** By what stands for a type. */
        public interface Bound {
            <T extends SortedLongs> T bound(T longs);
        }

        /** By what is thrown away with it. */
        public record Component(FreeNumbers numbers) {}

        /** By a constructor. */
        public static final class Constructor {
            public Constructor(Row.Editor row) {
                requireNonNull(row);
            }
        }

        /** By a field of those who extend it. */
        public abstract static class Field {
            protected final List<SortedLongs> longs = List.of();
        }

        /** By a super type. */
        public interface Extended extends Supplier<SortedLongs> {}

        /** By its own parameter. */
        public interface Parameter<T extends SortedLongs> extends Supplier<T> {}
    }

    /** Names hidden types only where nobody sees them. */
    public static final class NoOffender {

        private final SortedLongs longs = SortedLongs.of(new long[] {1}, 1);

        private static final class Nested extends NamedSupplier<SortedLongs> {
            @Override
            public SortedLongs get() {
                return new NoOffender().longs();
            }
        }

        private abstract static class NamedSupplier<T> implements Supplier<T> {}

        SortedLongs longs() {
            return longs;
        }

        public long size() {
            return new Nested().get().size();
        }
    }

    static Stream<Class<?>> offenders() {
        return Stream.of(Offenders.class.getDeclaredClasses());
    }

    private static final JavaClasses ACCUSED = new ClassFileImporter()
            .importClasses(
                    Stream.concat(offenders(), Stream.of(NoOffender.class)).toList());

    private static boolean namesHiddenType(Class<?> type) {
        return classes()
                .that(are(named(Set.of(type.getName()))))
                .should(nameNoHiddenType())
                .evaluate(ACCUSED)
                .hasViolation();
    }

    @ParameterizedTest
    @MethodSource("offenders")
    void a_signature_that_names_a_hidden_type_is_found(Class<?> offender) {
        assertThat(namesHiddenType(offender)).isTrue();
    }

    @Test
    void hidden_types_that_no_signature_names_are_no_offence() {
        assertThat(offenders()).hasSize(8);
        assertThat(new NoOffender().size()).isEqualTo(1);
        assertThat(namesHiddenType(NoOffender.class)).isFalse();
    }

    @Test
    void a_package_that_climbs_is_found() {
        assertThat(layeredArchitecture()
                        .consideringOnlyDependenciesInAnyPackage("io.rbac..")
                        .layer("guard")
                        .definedBy("io.rbac.guard")
                        .layer("engine")
                        .definedBy("io.rbac.engine")
                        .whereLayer("engine")
                        .mayNotAccessAnyLayer()
                        .evaluate(CORE)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void what_the_rules_are_against_is_found() {
        JavaClasses open = new ClassFileImporter().importClasses(Open.class);
        assertThat(new Open().field()).isZero();
        assertThat(classes().should(beClosed()).evaluate(open).hasViolation()).isTrue();
        assertThat(noClasses()
                        .should(implementDirectly(Serializable.class))
                        .evaluate(open)
                        .hasViolation())
                .isTrue();
        assertThat(fields().should().beFinal().evaluate(open).hasViolation()).isTrue();
        assertThat(classes()
                        .should(useOfOtherPackagesOnly(not(assignableTo(Policy.class))))
                        .evaluate(CORE)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void classes_with_changing_fields_exist_and_have_some() {
        Stream.concat(WITH_CHANGING_FIELDS.stream(), LIVE.stream())
                .forEach(name -> assertThat(CORE.get(name).getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL)))
                        .as(name)
                        .isNotEmpty());
        WITH_SHARED_FIELDS.forEach(name -> assertThat(CORE.get(name).getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE)))
                .as(name)
                .isNotEmpty());
    }

    private static DescribedPredicate<JavaClass> reachable() {
        return DescribedPredicate.describe(
                "public, with all that they are nested in",
                c -> c.getModifiers().contains(JavaModifier.PUBLIC)
                        && c.getEnclosingClass()
                                .map(e -> e.getModifiers().contains(JavaModifier.PUBLIC))
                                .orElse(true));
    }

    private static ArchCondition<JavaClass> useOfOtherPackagesOnly(DescribedPredicate<JavaClass> allowed) {
        return new ArchCondition<>("use of other packages only what is " + allowed.getDescription()) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    boolean ours = used.getPackageName().startsWith("io.rbac");
                    boolean other = !used.getPackageName().equals(item.getPackageName());
                    events.add(new SimpleConditionEvent(
                            item, !ours || !other || allowed.test(used), dependency.getDescription()));
                });
            }
        };
    }

    /** Of what users see of a type, which are its public and protected members and its super types. */
    private static ArchCondition<JavaClass> nameNoHiddenType() {
        return new ArchCondition<>("name no hidden type") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                List<JavaType> named = new ArrayList<>(item.getInterfaces());
                item.getSuperclass().ifPresent(named::add);
                named.addAll(item.getTypeParameters());
                for (JavaCodeUnit unit : item.getCodeUnits()) {
                    if (isSeen(unit)) {
                        named.add(unit.getReturnType());
                        named.addAll(unit.getParameterTypes());
                        named.addAll(unit.getExceptionTypes());
                        named.addAll(unit.getTypeParameters());
                    }
                }
                item.getFields().stream()
                        .filter(ArchitectureTest::isSeen)
                        .map(JavaField::getType)
                        .forEach(named::add);
                named.stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .forEach(type -> events.add(new SimpleConditionEvent(
                                item,
                                !HIDDEN.contains(type.getPackageName()),
                                item.getName() + " names " + type.getName())));
            }
        };
    }

    private static boolean isSeen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return DescribedPredicate.describe("named " + names, c -> names.contains(c.getName()));
    }

    private static ArchCondition<JavaClass> implementDirectly(Class<?> type) {
        return new ArchCondition<>("implement " + type.getName()) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean does = item.getRawInterfaces().stream().anyMatch(i -> i.isEquivalentTo(type));
                events.add(new SimpleConditionEvent(item, does, item.getName() + " implements " + type.getName()));
            }
        };
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be final or sealed") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean closed = item.getModifiers().contains(JavaModifier.FINAL)
                        || item.isEnum()
                        || item.reflect().isSealed();
                events.add(new SimpleConditionEvent(item, closed, item.getName() + " is open"));
            }
        };
    }
}
