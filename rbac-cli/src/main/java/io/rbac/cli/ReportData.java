package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows, as JSON. Roles, permissions and targets are numbered, so that a large account makes a small page; what a
 * role grants and what a target lies in is said by the library, and the page only puts it together.
 */
final class ReportData {

    private final PermissionMatrix matrix;
    private final Policy policy;
    private final @Nullable PermissionMatrix before;
    private final @Nullable ReportDiff diff;
    private final ReportCatalog catalog;
    private final List<Role> roles = new ArrayList<>();
    private final List<LintFinding> findings;

    private ReportData(PermissionMatrix matrix, @Nullable AccessDiff compared) {
        this.matrix = matrix;
        this.policy = matrix.policy();
        this.before = compared == null ? null : compared.before();
        this.catalog = new ReportCatalog(
                policy.catalog(), before == null ? null : before.policy().catalog());
        roles.addAll(policy.roles());
        if (before != null) {
            before.policy().roles().stream()
                    .filter(role -> policy.role(role.id()).isEmpty())
                    .forEach(roles::add);
        }
        this.findings = List.copyOf(LintFinding.in(matrix));
        this.diff = compared == null ? null : new ReportDiff(compared, roles, catalog);
    }

    /** Returns what is shown of a policy. */
    static ReportData of(Policy policy) {
        return new ReportData(PermissionMatrix.compile(policy), null);
    }

    /** Returns what is shown of a policy and of the one before it. */
    static ReportData of(Policy before, Policy policy) {
        AccessDiff diff = AccessDiff.between(before, policy);
        return new ReportData(diff.after(), diff);
    }

    /** Returns the policy that is shown: the later one of two. */
    Policy policy() {
        return policy;
    }

    List<LintFinding> findings() {
        return findings;
    }

    Optional<ReportDiff> diff() {
        return Optional.ofNullable(diff);
    }

    /** Returns in what the two policies differ that makes it worth a second look whether they are the right ones. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (before != null && !before.policy().account().equals(policy.account())) {
            remarks.add("the policies are of two accounts, "
                    + Violation.quote(before.policy().account()) + " and " + Violation.quote(policy.account()));
        }
        int added = catalog.addedCount();
        int removed = catalog.removedCount();
        if (added + removed > 0) {
            remarks.add("the catalogs differ: " + Counted.of(added, "permission") + " added, " + removed + " removed");
        }
        return remarks;
    }

    /** Writes everything as the fields of an object. */
    void write(JsonGenerator json) throws IOException {
        writeHead(matrix, json);
        if (before != null) {
            json.writeObjectFieldStart("old");
            writeHead(before, json);
            json.writeEndObject();
        }
        JsonStrings.write("scopes", policy.catalog().scopes().scopes(), Scope::name, json);
        catalog.writeFields(json);
        json.writeArrayFieldStart("roles");
        for (Role role : roles) {
            write(role, json);
        }
        json.writeEndArray();
        writeTargetsAndUsers(json);
        writeFindings(json);
        if (diff != null) {
            diff.writeField(json);
        }
    }

    private static void writeHead(PermissionMatrix matrix, JsonGenerator json) throws IOException {
        json.writeStringField("account", matrix.policy().account());
        json.writeNumberField("revision", matrix.policy().revision());
        json.writeStringField("fingerprint", matrix.fingerprint());
    }

    private void write(Role role, JsonGenerator json) throws IOException {
        boolean isRemoved = policy.role(role.id()).isEmpty();
        json.writeStartObject();
        json.writeStringField("id", role.id());
        json.writeStringField("name", role.name());
        if (role.description().isPresent()) {
            json.writeStringField("description", role.description().get());
        }
        json.writeStringField("scope", role.scope().name());
        json.writeBooleanField("system", role.type() == RoleType.SYSTEM);
        json.writeBooleanField("default", role.isDefault());
        json.writeBooleanField("active", role.isActive());
        json.writeNumberField("users", policy.userCount(role.id()));
        catalog.write("rights", isRemoved ? policy.catalog().noRights() : role.rights(), json);
        catalog.write("granted", ReportDiff.granted(policy, role.id()), json);
        if (before != null) {
            Policy then = before.policy();
            catalog.write("before", ReportDiff.granted(then, role.id()), json);
            if (isRemoved) {
                json.writeStringField("state", "removed");
            } else if (then.role(role.id()).isEmpty()) {
                json.writeStringField("state", "added");
            }
        }
        json.writeEndObject();
    }

    /** Writes each target as its scope, its id and what it lies in, and each user as what they hold where. */
    private void writeTargetsAndUsers(JsonGenerator json) throws IOException {
        List<Target> targets = new ArrayList<>();
        targets.add(Target.account());
        policy.targets().stream().filter(target -> !target.isAccount()).forEach(targets::add);
        Map<String, Integer> targetNumbers = new HashMap<>();
        targets.forEach(target -> targetNumbers.put(key(target), targetNumbers.size()));
        json.writeArrayFieldStart("targets");
        for (Target target : targets) {
            json.writeStartArray();
            json.writeNumber(target.scope().level());
            json.writeString(target.id());
            json.writeNumber(policy.parentOf(target)
                    .map(parent -> Objects.requireNonNull(targetNumbers.get(key(parent))))
                    .orElse(-1));
            json.writeEndArray();
        }
        json.writeEndArray();

        Map<String, Integer> roleNumbers = new HashMap<>();
        roles.forEach(role -> roleNumbers.put(role.id(), roleNumbers.size()));
        List<String> users = policy.users();
        JsonStrings.write("users", users, json);
        json.writeArrayFieldStart("held");
        for (String user : users) {
            json.writeStartArray();
            for (Assignment assignment : policy.rolesOf(user)) {
                json.writeNumber(Objects.requireNonNull(roleNumbers.get(assignment.role())));
                json.writeNumber(Objects.requireNonNull(targetNumbers.get(key(assignment.target()))));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Returns the name of a target; the account's own scope may have any. */
    private static String key(Target target) {
        return target.isAccount() ? "" : target.toString();
    }

    private void writeFindings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("findings");
        for (LintFinding finding : findings) {
            json.writeStartObject();
            json.writeStringField("rule", finding.rule().id());
            json.writeStringField("severity", finding.rule().level());
            json.writeStringField("message", finding.message());
            if (finding.suggestion() != null) {
                json.writeStringField("suggestion", LintFinding.suggestionText(finding.suggestion()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
