package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What an import printed. */
record Imported(Policy policy, List<String> notExpressed) {

    /** Runs an import, as text and as JSON, which must say the same. */
    static Imported by(String... args) {
        List<String> command = new ArrayList<>(List.of("import"));
        command.addAll(List.of(args));
        Rbac text = Rbac.run(command.toArray(String[]::new));
        assertThat(text.exitCode()).as(text.err()).isLessThan(2);
        Policy policy = PolicyJson.selfContained().read(text.out());
        command.add("--json");
        Rbac run = Rbac.run(command.toArray(String[]::new));
        JsonNode json = run.json();
        List<String> lost = StreamSupport.stream(json.get("notExpressed").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        assertThat(run.exitCode()).isEqualTo(text.exitCode()).isEqualTo(lost.isEmpty() ? 0 : 1);
        assertThat(run.err()).isEmpty();
        assertThat(PolicyJson.selfContained().read(json.get("policy").toString()))
                .isEqualTo(policy);
        assertThat(text.err().lines().toList())
                .isEqualTo(lost.stream()
                        .map(line -> "rbac: note: not expressed: " + line)
                        .toList());
        return new Imported(policy, lost);
    }

    /** Asserts the answers of a table: a line each with user, permission, target and {@code yes} or {@code no}. */
    void hasAnswers(String table) {
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<String> wrong = new ArrayList<>();
        table.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] cells = line.split(" +", -1);
            boolean allowed = matrix.hasPermission(
                    cells[0], cells[1], policy.catalog().scopes().target(cells[2]));
            if (allowed != cells[3].equals("yes")) {
                wrong.add(line);
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Returns how many questions about these users are answered with yes. */
    long allows(List<String> users) {
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<Target> targets = new ArrayList<>(policy.targets());
        targets.add(Target.account());
        long allowed = 0;
        for (String user : users) {
            for (String key : policy.catalog().keys()) {
                allowed += targets.stream()
                        .filter(target -> matrix.hasPermission(user, key, target))
                        .count();
            }
        }
        return allowed;
    }
}
