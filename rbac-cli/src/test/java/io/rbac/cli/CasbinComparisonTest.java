package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.persist.file_adapter.FileAdapter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of random policies of Casbin, compared with the answers of Casbin itself. */
class CasbinComparisonTest {

    private static final List<String> OBJECTS = List.of("data1", "data2");
    private static final List<String> ACTIONS = List.of("read", "write");
    private static final List<String> DOMAINS = List.of("red", "blue");
    private static final int USERS = 5;
    private static final int ROLES = 6;

    @TempDir
    private Path folder;

    private long questions;
    private long allowed;

    @Test
    void some_random_policies_have_the_answers_of_casbin() {
        compare(6);
    }

    @Test
    @Tag("deep")
    void many_random_policies_have_the_answers_of_casbin() {
        compare(150);
    }

    private void compare(int policies) {
        for (int seed = 0; seed < policies; seed++) {
            Random random = new Random(seed);
            compare(random, false, seed);
            compare(random, true, seed);
        }
        assertThat(allowed).isBetween(questions / 10, questions * 9 / 10);
    }

    private void compare(Random random, boolean withDomains, long seed) {
        String policy = randomPolicy(random, withDomains);
        String csv = Acme.file(folder, "policy.csv", policy);
        String model = withDomains ? CasbinImportTest.DOMAINS : CasbinImportTest.MODEL;
        Model casbinModel = new Model();
        casbinModel.loadModelFromText(model);
        Enforcer casbin = new Enforcer(casbinModel, new FileAdapter(csv));
        casbin.enableLog(false);
        Imported imported = Imported.by("casbin", csv, "--model", Acme.file(folder, "model.conf", model));
        assertThat(imported.notExpressed()).isEmpty();
        PermissionMatrix matrix = PermissionMatrix.compile(imported.policy());
        for (int user = 0; user <= USERS; user++) {
            for (String object : OBJECTS) {
                for (String action : ACTIONS) {
                    for (String domain : withDomains ? DOMAINS : List.of("")) {
                        Object[] request = withDomains
                                ? new Object[] {"u" + user, domain, object, action}
                                : new Object[] {"u" + user, object, action};
                        Target target = withDomains
                                ? imported.policy().catalog().scopes().target("domain/" + domain)
                                : Target.account();
                        boolean expected = casbin.enforce(request);
                        assertThat(matrix.hasPermission("u" + user, object + ':' + action, target))
                                .as("seed %d, %s in%n%s", seed, List.of(request), policy)
                                .isEqualTo(expected);
                        questions++;
                        allowed += expected ? 1 : 0;
                    }
                }
            }
        }
    }

    /** Returns lines for users, of whom the last has none, and roles, which may inherit in circles. */
    private static String randomPolicy(Random random, boolean withDomains) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String subject = random.nextInt(3) == 0 ? "u" + random.nextInt(USERS) : "r" + random.nextInt(ROLES);
            String domain = withDomains ? DOMAINS.get(random.nextInt(2)) + ", " : "";
            lines.add("p, " + subject + ", " + domain + OBJECTS.get(random.nextInt(2)) + ", "
                    + ACTIONS.get(random.nextInt(2)));
        }
        for (int i = 0; i < 10; i++) {
            String subject = random.nextBoolean() ? "u" + random.nextInt(USERS) : "r" + random.nextInt(ROLES);
            String domain = withDomains ? ", " + DOMAINS.get(random.nextInt(2)) : "";
            lines.add("g, " + subject + ", r" + random.nextInt(ROLES) + domain);
        }
        return String.join("\n", lines) + '\n';
    }
}
