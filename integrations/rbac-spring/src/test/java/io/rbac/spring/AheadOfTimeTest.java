package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** An application is processed before it is started, as for a native image; none is built here. */
class AheadOfTimeTest {

    @Test
    void beans_and_what_expressions_call_are_known_ahead_of_time() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(AheadOfTimeTest.class)), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(RbacTest.App.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
                .anyMatch(name -> name.endsWith("RbacConfiguration__BeanDefinitions.java"));
        for (Class<?> called : List.of(Rbac.class, Rbac.Place.class, ReactiveRbac.class, ReactiveRbac.Place.class)) {
            assertThat(RuntimeHintsPredicates.reflection()
                            .onType(called)
                            .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                    .accepts(generation.getRuntimeHints());
        }
    }

    @Test
    void without_reactor_nothing_is_said_about_what_needs_it() {
        ClassLoader without = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("reactor.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        RuntimeHints hints = new RuntimeHints();
        new RbacHints().registerHints(hints, without);
        assertThat(RuntimeHintsPredicates.reflection().onType(Rbac.class)).accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(ReactiveRbac.class))
                .rejects(hints);
    }
}
