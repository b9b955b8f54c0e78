package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the examples in README.md. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");

    @TempDir
    Path classes;

    @Test
    void the_first_example_gives_the_answer_in_its_comment() throws Exception {
        String example = examples().get(0);
        assertThat(example).contains("hasPermission").contains("// true");
        assertThat(compileAndRun(example, "allowed")).isTrue();
    }

    @Test
    void the_example_with_scopes_of_its_own_gives_the_answer_in_its_comment() throws Exception {
        String example = examples().get(1);
        assertThat(example).contains("ScopeTree").contains("// true");
        assertThat(compileAndRun(example, "reads")).isTrue();
    }

    @Test
    void the_example_about_one_user_continues_the_first_and_gives_the_answers_in_its_comments() throws Exception {
        String user = examples().get(2);
        assertThat(user).contains("matrix.user(").contains("// true").contains("// false");
        assertThat(compileAndRun(
                        examples().get(0) + user, "may && !all && editable.toString().equals(\"[chat/c-42]\")"))
                .isTrue();
    }

    @Test
    void the_live_example_continues_the_first_and_gives_the_results_in_its_comments() throws Exception {
        String live = examples().get(3);
        assertThat(live).contains("revision(); // 2").contains("// false");
        assertThat(compileAndRun(examples().get(0) + live, "allowed && revision == 2 && !stillAllowed"))
                .isTrue();
    }

    @Test
    void the_example_of_many_processes_continues_the_first_and_gives_the_answer_in_its_comment() throws Exception {
        String stored = examples().get(4);
        assertThat(stored).contains("JdbcPolicyStore").contains("// true");
        String file = "java.nio.file.Path file = java.nio.file.Path.of(\""
                + classes.resolve("rbac.db").toString().replace("\\", "\\\\") + "\");\n";
        assertThat(compileAndRun(
                        file + examples().get(0) + stored + "shared.close();\nstore.close();", "allowed && mayUpdate"))
                .isTrue();
    }

    @Test
    void the_example_of_a_review_continues_the_first_and_gives_the_answers_in_its_comments() throws Exception {
        String review = examples().get(5);
        assertThat(review).contains("// [bob]").contains("// [team/support, chat/c-42]");
        assertThat(compileAndRun(
                        examples().get(0) + review,
                        "why.isGranted() && who.equals(List.of(\"bob\")) && !findings.isEmpty()"
                                + " && where.toString().equals(\"[team/support, chat/c-42]\")"
                                + " && gains.toString().equals(\"[`eve`: [user:update] at `team/support`]\")"))
                .isTrue();
    }

    @Test
    void the_example_of_an_import_gives_the_answers_in_its_comments() throws Exception {
        String imported = examples().get(6);
        assertThat(imported)
                .contains("PolicyImport")
                .contains("// true")
                .contains("// [role `chief`, which user `eve`");
        assertThat(compileAndRun(
                        imported,
                        "writes && lost.toString()"
                                + ".equals(\"[role `chief`, which user `eve` holds at `account`, is not a role]\")"))
                .isTrue();
    }

    private static List<String> examples() throws IOException {
        String[] parts = Files.readString(README).split("```java\n", -1);
        return Arrays.stream(parts)
                .skip(1)
                .map(part -> part.substring(0, part.indexOf("```")))
                .toList();
    }

    private boolean compileAndRun(String example, String result) throws Exception {
        String source =
                "import io.rbac.engine.*; import io.rbac.matrix.*; import io.rbac.model.*; import io.rbac.policy.*;"
                        + " import io.rbac.review.*; import io.rbac.store.jdbc.*; import java.time.Duration;"
                        + " import java.time.Instant; import java.util.List; import java.util.Map; import java.util.Set;\n"
                        + "public class Example { public static boolean run() {\n" + example + "\nreturn " + result
                        + "; } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-classpath", classPath()),
                        null,
                        List.of(file))
                .call();
        assertThat(compiled).as(output.toString()).isTrue();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return (boolean) loader.loadClass("Example").getMethod("run").invoke(null);
        }
    }

    private static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        return System.getProperty("java.class.path") + System.getProperty("path.separator") + modules;
    }
}
