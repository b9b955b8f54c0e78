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
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Policy;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Policy.class.getProtectionDomain().getCodeSource().getLocation());

    /** What is gathered or edited and then thrown away, and an iterator: everything else has final fields only. */
    private static final Set<String> WITH_CHANGING_FIELDS = Set.of(
            "io.rbac.engine.AdminGuard$Builder",
            "io.rbac.engine.EditedPolicy",
            "io.rbac.engine.EditedPolicy$Place",
            "io.rbac.engine.EditedRole",
            "io.rbac.engine.GuardedEdit",
            "io.rbac.engine.PermissionEngine$Builder",
            "io.rbac.model.AssignmentDraft",
            "io.rbac.model.IdNumbers",
            "io.rbac.model.IdTableEditor",
            "io.rbac.model.Pages$Editor",
            "io.rbac.model.PermissionCatalog$Builder",
            "io.rbac.model.PolicyDraft",
            "io.rbac.model.PolicyRules$Builder",
            "io.rbac.model.Rights$BitIterator",
            "io.rbac.model.Role$Builder",
            "io.rbac.model.RoleSetDraft",
            "io.rbac.model.RoleUpdate$Builder",
            "io.rbac.model.TableDraft",
            "io.rbac.model.TableEditor",
            "io.rbac.model.Violation$Collector");

    /** What lives and changes with the engine, by whichever thread: told apart, as only there a field may be guarded. */
    private static final Set<String> LIVE = Set.of(
            "io.rbac.engine.AccountHolder",
            "io.rbac.engine.AccountLoader",
            "io.rbac.engine.AccountRegistry$Use",
            "io.rbac.engine.Doubt",
            "io.rbac.engine.ListenerQueue",
            "io.rbac.engine.Load",
            "io.rbac.engine.MatrixCache");

    /** What shares its fields with an editor beside it, and drafts: all else has private fields. */
    private static final Set<String> WITH_SHARED_FIELDS =
            Set.of("io.rbac.model.IdTable", "io.rbac.model.PolicyDraft", "io.rbac.model.PolicyTable");

    private static final String[] BASE = {
        "io.rbac..",
        "java.lang..",
        "java.nio.charset..",
        "java.text..",
        "java.time..",
        "java.util..",
        "org.jspecify.annotations.."
    };

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "engine stands on matrix, matrix on model, and nothing points back",
                        layeredArchitecture()
                                .consideringOnlyDependenciesInAnyPackage("io.rbac..")
                                .layer("model")
                                .definedBy("io.rbac.model")
                                .layer("matrix")
                                .definedBy("io.rbac.matrix")
                                .layer("engine")
                                .definedBy("io.rbac.engine")
                                .whereLayer("model")
                                .mayOnlyBeAccessedByLayers("matrix", "engine")
                                .whereLayer("matrix")
                                .mayOnlyBeAccessedByLayers("engine")
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
                        "engine uses of the matrix only what is public",
                        noClasses()
                                .that()
                                .resideInAPackage("io.rbac.engine")
                                .should()
                                .dependOnClassesThat(are(resideInAnyPackage("io.rbac.matrix", "io.rbac.model"))
                                        .and(are(not(reachable()))))),
                rule(
                        "matrix uses of the model only what is public",
                        noClasses()
                                .that()
                                .resideInAPackage("io.rbac.matrix")
                                .should()
                                .dependOnClassesThat(
                                        are(resideInAPackage("io.rbac.model")).and(are(not(reachable()))))),
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
    void the_house_is_built_as_planned(String name, ArchRule rule) {
        rule.as(name).check(CORE);
    }

    @Test
    void the_whole_core_is_looked_at() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct().filter(p -> !p.isEmpty()))
                .containsExactlyInAnyOrder("io.rbac.model", "io.rbac.matrix", "io.rbac.engine");
        assertThat(CORE.contain(Policy.class)).isTrue();
        assertThat(CORE.contain(PermissionMatrix.class)).isTrue();
        assertThat(CORE.contain(ArchitectureTest.class)).isFalse();
    }

    private static class Open implements Serializable {
        private static final long serialVersionUID = 1L;
        private int field;

        int field() {
            return field++;
        }
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
        assertThat(noClasses()
                        .should()
                        .dependOnClassesThat(are(not(reachable())))
                        .evaluate(CORE)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void classes_with_changing_fields_exist_and_have_some() {
        Stream.concat(WITH_CHANGING_FIELDS.stream(), LIVE.stream())
                .forEach(name -> assertThat(CORE.get(name).getFields()).as(name).isNotEmpty());
    }

    private static DescribedPredicate<JavaClass> reachable() {
        return DescribedPredicate.describe(
                "public, with all that they are nested in",
                c -> c.getModifiers().contains(JavaModifier.PUBLIC)
                        && c.getEnclosingClass()
                                .map(e -> e.getModifiers().contains(JavaModifier.PUBLIC))
                                .orElse(true));
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
