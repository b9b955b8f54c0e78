package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports from Casbin. The answers are those that its documentation gives for the models of its pages "Supported Models", "RBAC"
 * and "RBAC with Domains": {@code m} of the model, worked out by hand for each request.
 */
class CasbinImportTest {

    static final String MODEL = """
            [request_definition]
            r = sub, obj, act

            [policy_definition]
            p = sub, obj, act

            [role_definition]
            g = _, _

            [policy_effect]
            e = some(where (p.eft == allow))

            [matchers]
            m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act
            """;

    static final String DOMAINS = MODEL.replace("sub, obj", "sub, dom, obj")
            .replace("g = _, _", "g = _, _, _")
            .replace("g(r.sub, p.sub)", "g(r.sub, p.sub, r.dom) && r.dom == p.dom");

    private static final String ACL =
            MODEL.replace("[role_definition]\ng = _, _\n", "").replace("g(r.sub, p.sub)", "r.sub == p.sub");

    @TempDir
    private Path folder;

    private String file(String name, String text) {
        return Acme.file(folder, name, text);
    }

    private Imported imported(String policy, String model) {
        return Imported.by("casbin", file("policy.csv", policy), "--model", file("model.conf", model));
    }

    private Rbac run(String policy, String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "import";
        args[1] = "casbin";
        args[2] = file("policy.csv", policy);
        System.arraycopy(options, 0, args, 3, options.length);
        return Rbac.run(args);
    }

    @Test
    void users_roles_and_inherited_roles_have_the_answers_of_the_model_for_rbac() {
        String policy = """
                # the reader reads, and whoever writes is a reader, too
                p, reader, report, read
                p, writer, report, write
                p, carol, ledger, audit

                g, alice, writer
                g, writer, reader
                g, bob, reader
                g, carol, reader
                """;
        Imported imported = Imported.by("casbin", file("policy.csv", policy));
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("""
                alice report:read  account yes
                alice report:write account yes
                alice ledger:audit account no
                bob   report:read  account yes
                bob   report:write account no
                bob   ledger:audit account no
                carol report:read  account yes
                carol report:write account no
                carol ledger:audit account yes
                dave  report:read  account no
                """);
        assertThat(imported.policy().account()).isEqualTo("imported");
        assertThat(imported(policy, MODEL)).isEqualTo(imported);
    }

    @Test
    void a_role_counts_in_its_domain_only() {
        Imported imported = imported("""
                p, admin, red, data, read
                p, admin, red, data, write
                p, admin, blue, data, read
                p, eve, blue, log, read
                g, alice, admin, red
                g, bob, admin, blue
                g, chief, admin, red
                g, zoe, chief, red
                g, zoe, admin, green
                """, DOMAINS);
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("""
                alice data:read  domain/red   yes
                alice data:write domain/red   yes
                alice data:read  domain/blue  no
                alice data:read  account      no
                bob   data:read  domain/blue  yes
                bob   data:write domain/blue  no
                bob   data:read  domain/red   no
                eve   log:read   domain/blue  yes
                eve   log:read   domain/red   no
                eve   data:read  domain/blue  no
                zoe   data:write domain/red   yes
                zoe   data:read  domain/green no
                zoe   data:read  domain/blue  no
                """);
    }

    @Test
    void subjects_have_rights_of_their_own_in_the_model_without_roles() {
        Imported imported = imported("p, alice, data1, read\np, bob, data2, write\n", ACL);
        assertThat(imported.notExpressed()).isEmpty();
        imported.hasAnswers("""
                alice data1:read  account yes
                alice data2:write account no
                bob   data2:write account yes
                bob   data1:read  account no
                """);
        assertThat(run("p, alice, data1, read\ng, alice, admin", "--model", file("model.conf", ACL)))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: " + folder.resolve("policy.csv")
                                + ":2: the model has no roles, but a line begins with `g`\n"));
    }

    @Test
    void roles_are_followed_for_ten_steps_as_the_role_manager_does() {
        String chain = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "p, r%d, data, a%d\ng, %s, r%d".formatted(i, i, i == 1 ? "user" : "r" + (i - 1), i))
                .collect(Collectors.joining("\n"));
        Imported imported = Imported.by("casbin", file("policy.csv", chain));
        imported.hasAnswers("""
                user data:a1  account yes
                user data:a10 account yes
                user data:a11 account no
                user data:a12 account no
                """);
        assertThat(imported.notExpressed())
                .containsExactly(
                        "role `r1` inherits over more than 10 steps, which Casbin does not follow unless it is told to",
                        "role `r2` inherits over more than 10 steps, which Casbin does not follow unless it is told to");
    }

    @Test
    void roles_that_inherit_in_a_circle_have_the_rights_of_all() {
        Imported imported = Imported.by("casbin", file("policy.csv", """
                p, a, data, x
                p, b, data, y
                g, a, b
                g, b, a
                g, ann, a
                """));
        imported.hasAnswers("""
                ann data:x account yes
                ann data:y account yes
                """);
        assertThat(imported.notExpressed()).isEmpty();
    }

    @Test
    void quoted_values_are_read_as_comma_separated_values_are() {
        Imported imported = Imported.by("casbin", file("policy.csv", """
                p, "ann, or ""ana\""", "data, all", read
                p,bob,data,read
                """));
        assertThat(imported.policy().users()).containsExactlyInAnyOrder("ann, or \"ana\"", "bob");
        assertThat(imported.policy().catalog().keys()).containsExactly("data, all:read", "data:read");
    }

    @Test
    void what_cannot_be_expressed_is_left_out_and_listed() {
        String csv = file("policy.csv", """
                p, alice, data, read
                p2, alice, data, write
                g2, data, group
                p, bob , data, read
                p, "car\u0000ol", data, read
                p, dave, "da\u200bta", read
                """);
        Imported imported = Imported.by("casbin", csv);
        assertThat(imported.policy().users()).containsExactlyInAnyOrder("alice", "dave");
        assertThat(imported.allows(List.of("alice", "bob", "dave"))).isEqualTo(1);
        assertThat(imported.notExpressed()).hasSize(5);
        assertThat(imported.notExpressed().subList(0, 3))
                .containsExactly(
                        csv + ":2: the model has no `p2`",
                        csv + ":3: the model has no `g2`",
                        csv + ":4: `bob ` has space at its end, which Casbin keeps in one language and drops in"
                                + " another");
        assertThat(imported.notExpressed().get(3)).startsWith("authority `da\\u{200B}ta:read` of role `direct 2` has ");
        assertThat(imported.notExpressed().get(4)).startsWith("user `car\\u{0}ol` has ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    p, alice, data, read, deny         | :1: `p` has 4 values, but 3 in the model RBAC: give the right one
                    p, alice, data                     | :1: `p` has 2 values, but 3 in the model RBAC
                    g, alice, admin, red               | :1: `g` has 3 values, but 2 in the model RBAC
                    p, "alice, data, read              | :1: a quote is not closed
                    p, "alice" x, data, read           | :1: something follows a quote, expected a comma
                    p, al"ice, data, read              | :1: a quote stands within a value
                    """)
    void a_line_that_the_model_does_not_explain_is_an_error(String line, String message) {
        Rbac run = run(line);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("policy.csv" + message);
    }

    @Test
    void two_rights_that_would_have_one_key_are_an_error() {
        assertThat(run("p, alice, a:b, c\np, bob, a, b:c").err())
                .isEqualTo("rbac: `a:b:c` would stand for two things, `[a:b, c]` and `[a, b:c]`: rename one of them\n");
        Rbac domains =
                run("p, b/c, a, data, read\np, c, a/b, data, write", "--model", file("model.conf", DOMAINS), "--json");
        assertThat(domains.error("error")).startsWith("`a/b/c` would stand for two things");
    }

    @Test
    void a_model_is_read_whatever_its_spaces_comments_and_order() {
        String model = """
                ; ours
                [matchers]
                m = r.act==p.act && r.obj == p.obj && \\
                  g(r.sub,p.sub)
                # the rest
                [policy_effect]
                e=some(where(p.eft==allow))
                [role_definition]
                g=_,_
                [policy_definition]
                p=sub,obj,act
                [request_definition]
                r=sub,obj,act
                """;
        assertThat(CasbinModel.of(model.lines().toList(), "model")).isEqualTo(CasbinModel.RBAC);
        assertThat(CasbinModel.of(ACL.lines().toList(), "model")).isEqualTo(CasbinModel.ACL);
        assertThat(CasbinModel.of(DOMAINS.lines().toList(), "model")).isEqualTo(CasbinModel.RBAC_WITH_DOMAINS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "some(where (p.eft == allow)) && !some(where (p.eft == deny))",
                "!some(where (p.eft == deny))",
                "priority(p.eft) || deny"
            })
    void a_model_with_another_effect_is_refused(String effect) {
        refuses(MODEL.replace("some(where (p.eft == allow))", effect));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g(r.sub, p.sub) && keyMatch(r.obj, p.obj) && r.act == p.act",
                "g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act || r.sub == \"root\"",
                "g(r.sub, p.sub) && r.obj == p.obj",
                "g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act && r.sub.Age > 18"
            })
    void a_model_with_another_matcher_is_refused(String matcher) {
        refuses(MODEL.replace("g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act", matcher));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c = _", "g2 = _, _", "p = sub, obj, act", "x"})
    void a_model_with_more_or_less_is_refused(String line) {
        refuses(line.isEmpty() ? "" : MODEL.replace("g = _, _", "g = _, _\n" + line));
    }

    private void refuses(String model) {
        Rbac run = run("p, alice, data, read", "--model", file("model.conf", model));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("model.conf").containsPattern("is (not )?a model");
    }

    @Test
    void the_policy_goes_to_a_file_for_an_account() throws Exception {
        String out = folder.resolve("out.json").toString();
        Rbac run = run("p, alice, data, read", "-o", out, "--account", "acme");
        assertThat(run).isEqualTo(new Rbac(0, "account `acme`: 1 permission, 2 roles, 1 user, 1 assignment\n", ""));
        assertThat(Rbac.run("check", out, "alice", "data:read", "account").exitCode())
                .isZero();
        assertThat(Files.readString(Path.of(out))).contains("\"account\": \"acme\"");
        Rbac json = run("p2, alice, data, read", "-o", out, "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.json().get("file").textValue()).isEqualTo(out);
        assertThat(json.json().get("notExpressed")).hasSize(1);
    }

    @Test
    void a_file_that_is_read_is_not_replaced() {
        String read = file("read.csv", "p, alice, data, read\n");
        Rbac run = Rbac.run("import", "casbin", read, "-o", read);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith(" is read and would be lost: expected another file\n");
        assertThat(Path.of(read)).content().isEqualTo("p, alice, data, read\n");
        assertThat(Rbac.run("import", "casbin", read, "-o", "-").err()).startsWith("rbac: `-` is no file: ");
    }

    @Test
    void a_file_that_cannot_be_read_or_written_is_an_error() throws Exception {
        assertThat(Rbac.run("import", "casbin", "missing.csv").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("import", "casbin", "-", "--model", "-").err()).contains("`-` is given twice");
        String nowhere = folder.resolve("no/out.json").toString();
        assertThat(run("p, a, b, c", "-o", nowhere))
                .isEqualTo(new Rbac(2, "", "rbac: `" + nowhere + "` cannot be written: no such file or directory\n"));
        assertThat(run("p, a, b, c", "--account", "a\u0007").err()).contains("no policy can be made");
        Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'p', ',', (byte) 0xE4});
        assertThat(Rbac.run("import", "casbin", latin.toString()).err()).endsWith("is not valid UTF-8\n");
    }
}
