package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example in the package-info is the code of a test. */
class PackageExampleTest {

    private static final Path PACKAGE = Path.of("io", "rbac", "roleapi");
    private static final Path INFO =
            Path.of("src", "main", "java").resolve(PACKAGE).resolve("package-info.java");
    private static final Path THIS =
            Path.of("src", "test", "java").resolve(PACKAGE).resolve("PackageExampleTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>", Pattern.DOTALL);

    private final PermissionCatalog catalog =
            PermissionCatalog.builder().group("agents", "view", "edit").build();
    private final Map<String, Caller> callersByKey = Map.of("secret", Caller.account("acme"));
    private final Map<String, List<String>> headers =
            Map.of("x-api-key", List.of("secret"), "x-workspace-id", List.of("acme"));

    @Test
    void the_example_answers_a_request() {
        RoleDialect dialect = RoleDialect.trillet();
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .rules(dialect.rules())
                .guard(dialect.guard(catalog))
                .ids(dialect.ids())
                .build();
        RoleApi api = RoleApi.builder(engine, dialect)
                .authentication(request -> request.header("x-api-key").map(callersByKey::get))
                .build();
        engine.create(Policy.builder()
                .account("acme")
                .catalog(catalog)
                .rules(dialect.rules())
                .build());
        RoleRequest request =
                RoleRequest.of("GET", dialect.basePath() + "/roles").headers(headers);
        RoleResponse response = api.handle(request);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("[]");
    }

    @Test
    void the_example_in_the_package_info_is_the_code_of_the_test() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(INFO));
        assertThat(example.find()).isTrue();
        List<String> code = lines(Files.readString(THIS));
        assertThat(code).containsSubsequence(lines(example.group(1)));
    }

    /** Returns lines without leading white space and without the asterisks of a comment. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceFirst("^\\*", "").strip())
                .toList();
    }
}
