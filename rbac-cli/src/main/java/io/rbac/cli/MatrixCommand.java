package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac matrix}: which role holds which permission. */
@Command(
        name = "matrix",
        sortOptions = false,
        description = "Shows which role holds which permission.",
        exitCodeList = {"0:shown", "2:a mistake in the arguments or in the document"},
        footer = {"", "Example:", "  rbac matrix policy.json --scope team"})
final class MatrixCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy; `-` is standard input.")
    private String file = "";

    @Option(
            names = "--role",
            paramLabel = "ID",
            description = "Show this role, and what it may hold; can be given several times.")
    private Set<String> ids = new LinkedHashSet<>();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "Show the roles of a scope, and what they may hold: `account`, `team` or `chat`.")
    private @Nullable Scope scope;

    @Option(names = "--json", description = "Print roles and the keys of their permissions as a JSON object.")
    private boolean json;

    MatrixCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        List<Role> roles = shown(policy);
        if (json) {
            printJson(policy, roles);
        } else {
            boolean all = ids.isEmpty() && scope == null;
            terminal.out().print(new MatrixTable(policy, roles, all).text());
        }
        return ExitCode.YES;
    }

    private List<Role> shown(Policy policy) {
        for (String id : ids) {
            if (policy.role(id).isEmpty()) {
                List<String> known = policy.roles().stream().map(Role::id).toList();
                throw new CommandFailure(Violation.quote(id) + " is not a role of account "
                        + Violation.quote(policy.account()) + new Violation.Collector().didYouMean(id, known));
            }
        }
        List<Role> shown = new ArrayList<>();
        for (Role role : policy.roles()) {
            if ((ids.isEmpty() || ids.contains(role.id())) && (scope == null || role.scope() == scope)) {
                shown.add(role);
            }
        }
        return shown;
    }

    private void printJson(Policy policy, List<Role> roles) {
        terminal.print(fields -> {
            fields.writeStringField("account", policy.account());
            fields.writeNumberField("revision", policy.revision());
            fields.writeArrayFieldStart("roles");
            for (Role role : roles) {
                write(policy, role, fields);
            }
            fields.writeEndArray();
        });
    }

    private static void write(Policy policy, Role role, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", role.id());
        json.writeStringField("name", role.name());
        json.writeStringField("scope", role.scope().word());
        json.writeStringField("type", role.type().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("default", role.isDefault());
        json.writeBooleanField("active", role.isActive());
        json.writeNumberField("users", policy.userCount(role.id()));
        json.writeArrayFieldStart("permissions");
        for (Permission permission : role.rights()) {
            json.writeString(permission.key());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
