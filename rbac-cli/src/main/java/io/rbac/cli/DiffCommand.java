package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rbac diff}: shows what users gain and lose between two policies. */
@Command(
        name = "diff",
        sortOptions = false,
        description = "Shows what users may do under one policy and not under the other.",
        exitCodeList = {
            "0:nobody gained anything",
            "1:somebody gained something",
            "2:error, no answer: invalid arguments, or a file that is invalid or cannot be read"
        },
        footer = {
            "",
            "`+` is gained, `-` is lost. Each line names a user and the highest target, and stands for",
            "everything that lies in it. Lines with the same roles and permissions are a group, of which ten",
            "are shown; `--json` has all of them.",
            "",
            "A pipeline that is to take rights away only can stop at the exit code 1.",
            "",
            "Example:",
            "  rbac diff old.json new.json"
        })
final class DiffCommand implements Callable<Integer> {

    private static final List<String> HEADING = List.of("", "by role", "permissions", "user", "at");
    private static final int MAX_SIGN = 1;
    private static final int MAX_ROLES = 22;
    private static final int MAX_PERMISSIONS = 34;
    private static final int MAX_USER = 20;

    private final Documents documents;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy before; `-` is standard input.")
    private String oldFile = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy after; `-` is standard input.")
    private String newFile = "";

    @Option(names = "--json", description = "Print all gains and losses as a JSON object.")
    private boolean json;

    DiffCommand(Documents documents, Terminal terminal) {
        this.documents = documents;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Documents.requireReadableOnce(List.of(oldFile, newFile));
        Policy before = documents.policy(oldFile);
        Policy after = documents.policy(newFile);
        AccessDiff diff = AccessDiff.between(before, after);
        if (json) {
            printJson(before, after, diff);
        } else {
            print(diff);
            if (!before.account().equals(after.account())) {
                terminal.note("the policies are of two accounts, " + Violation.quote(before.account()) + " and "
                        + Violation.quote(after.account()));
            }
        }
        return diff.gains().findAny().isPresent() ? ExitCode.NO : ExitCode.YES;
    }

    private void print(AccessDiff diff) {
        List<AccessDiff.Group> gains = diff.gainGroups();
        List<AccessDiff.Group> losses = diff.lossGroups();
        if (gains.isEmpty() && losses.isEmpty()) {
            terminal.print("no difference: every check has the same answer");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADING);
        gains.forEach(group -> addRows(rows, "+", group));
        losses.forEach(group -> addRows(rows, "-", group));
        terminal.out().print(TextColumns.of(terminal.width(), rows, MAX_SIGN, MAX_ROLES, MAX_PERMISSIONS, MAX_USER));
        terminal.print("");
        terminal.print(Counted.of(count(gains), "gain") + ", " + Counted.of(count(losses), "loss", "losses"));
    }

    private static void addRows(List<List<String>> rows, String sign, AccessDiff.Group group) {
        String roles = String.join(", ", group.roles());
        String permissions = group.rights().stream().map(Permission::key).collect(Collectors.joining(", "));
        for (AccessDiff.Entry entry : group.examples()) {
            boolean isFirst = entry.equals(group.examples().get(0));
            rows.add(List.of(
                    sign,
                    isFirst ? SafeText.of(roles) : "",
                    isFirst ? SafeText.of(permissions) : "",
                    SafeText.of(entry.user()),
                    SafeText.of(entry.target().toString())));
        }
        long more = group.entryCount() - group.examples().size();
        if (more > 0) {
            rows.add(List.of(sign, "", "", "and " + more + " more", ""));
        }
    }

    private static long count(List<AccessDiff.Group> groups) {
        return groups.stream().mapToLong(AccessDiff.Group::entryCount).sum();
    }

    private void printJson(Policy before, Policy after, AccessDiff diff) {
        terminal.print(fields -> {
            write("before", oldFile, before, fields);
            write("after", newFile, after, fields);
            fields.writeBooleanField("equivalent", diff.isEquivalent());
            write("gains", diff.gains(), fields);
            write("losses", diff.losses(), fields);
            write("gainGroups", diff.gainGroups(), fields);
            write("lossGroups", diff.lossGroups(), fields);
        });
    }

    private static void write(String name, String file, Policy policy, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("file", file);
        json.writeStringField("account", policy.account());
        json.writeNumberField("revision", policy.revision());
        json.writeEndObject();
    }

    private static void write(String name, Stream<AccessDiff.Entry> entries, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Iterator<AccessDiff.Entry> each = entries.iterator(); each.hasNext(); ) {
            AccessDiff.Entry entry = each.next();
            json.writeStartObject();
            json.writeStringField("user", entry.user());
            json.writeStringField("target", entry.target().toString());
            JsonStrings.write("permissions", entry.rights(), Permission::key, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(String name, List<AccessDiff.Group> groups, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (AccessDiff.Group group : groups) {
            json.writeStartObject();
            JsonStrings.write("roles", group.roles(), json);
            JsonStrings.write("permissions", group.rights(), Permission::key, json);
            json.writeNumberField("count", group.entryCount());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
