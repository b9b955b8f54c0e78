package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rbac matrix}: shows which role holds which permission. */
@Command(
        name = "matrix",
        sortOptions = false,
        description = "Shows which role holds which permission.",
        exitCodeList = {"0:shown", "2:error: invalid arguments, or a file that is invalid or cannot be read"},
        footer = {
            "",
            "The id of each role stands over its column if the terminal, or the variable COLUMNS, is wide",
            "enough for all of them; otherwise numbers do.",
            "",
            "Example:",
            "  rbac matrix policy.json --scope team"
        })
final class MatrixCommand implements Callable<Integer> {

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = ArgumentHelp.POLICY)
    private String file = "";

    @Option(
            names = "--role",
            paramLabel = "ID",
            description = "Show this role and the permissions that it may hold. Can be given several times.")
    private Set<String> ids = new LinkedHashSet<>();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            completionCandidates = StandardScopes.class,
            description =
                    "Show the roles of this scope of the policy, for example `team`, and the permissions that they may hold.")
    private @Nullable String scopeName;

    @Option(names = "--json", description = "Print the roles and the keys of their permissions as a JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    MatrixCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Policy policy = documents.policy(file);
        Scope scope = scopeName == null ? null : Arguments.scope(spec, "`--scope`", scopeName, policy);
        List<Role> roles = shown(policy, scope);
        if (json) {
            printJson(policy, roles);
        } else {
            boolean all = ids.isEmpty() && scope == null;
            terminal.out().print(new MatrixTable(policy, roles, all, terminal.width()).text());
        }
        return ExitCode.YES;
    }

    private List<Role> shown(Policy policy, @Nullable Scope scope) {
        for (String id : ids) {
            requireShown(policy, id, scope);
        }
        List<Role> shown = new ArrayList<>();
        for (Role role : policy.roles()) {
            if ((ids.isEmpty() || ids.contains(role.id()))
                    && (scope == null || role.scope().equals(scope))) {
                shown.add(role);
            }
        }
        return shown;
    }

    private static void requireShown(Policy policy, String id, @Nullable Scope scope) {
        Role role = policy.role(id)
                .orElseThrow(() -> new CommandFailure(Violation.quote(id)
                        + " is not a role of account " + Violation.quote(policy.account())
                        + new Violation.Collector()
                                .didYouMean(
                                        id,
                                        policy.roles().stream().map(Role::id).toList())));
        if (scope != null && !role.scope().equals(scope)) {
            throw new CommandFailure("role " + Violation.quote(id) + " has the scope `"
                    + role.scope().name() + "`, not `" + scope.name() + "`");
        }
    }

    private void printJson(Policy policy, List<Role> roles) {
        terminal.print(fields -> {
            fields.writeStringField("account", policy.account());
            fields.writeNumberField("revision", policy.revision());
            JsonStrings.write("scopes", policy.catalog().scopes().scopes(), Scope::name, fields);
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
        json.writeStringField("scope", role.scope().name());
        json.writeStringField("type", role.type().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("default", role.isDefault());
        json.writeBooleanField("active", role.isActive());
        json.writeNumberField("users", policy.userCount(role.id()));
        JsonStrings.write("permissions", role.rights(), Permission::key, json);
        json.writeEndObject();
    }
}
