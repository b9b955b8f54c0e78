package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first example of README.md, compiled and run as it stands there. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");

    @TempDir
    Path classes;

    @Test
    void the_first_example_compiles_and_allows_what_it_says() throws Exception {
        String readme = Files.readString(README);
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String example = readme.substring(start, readme.indexOf("```", start));
        assertThat(example).contains("hasPermission").contains("// true");
        assertThat(compileAndRun(example)).isTrue();
    }

    private boolean compileAndRun(String example) throws Exception {
        String source = "import io.rbac.matrix.*; import io.rbac.model.*;\n"
                + "public class Example { public static boolean run() {\n" + example + "\nreturn allowed; } }";
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
