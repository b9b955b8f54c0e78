package io.rbac.cli;

import io.rbac.model.Permission;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * A human-readable table of roles and permissions: a numbered list of the roles, then a line for each permission with a
 * mark for each role. If the roles do not fit side by side, the permissions are repeated with the next roles.
 */
final class MatrixTable {

    private static final int MAX_LABEL = 60;
    private static final int MAX_ID = 40;
    private static final int INDENT = 2;

    private static final String HELD = "x";
    private static final String HELD_BY_DISCARDED = "o";
    private static final String NOT_HELD = ".";
    private static final String NOT_IN_SCOPE = "";

    private final Policy policy;
    private final List<Role> roles;
    private final List<RightsGroup> groups;
    private final boolean all;
    private final StringBuilder text = new StringBuilder();

    /**
     * Creates a table of some roles of a policy.
     *
     * @param all whether to show all permissions, not only those that one of the roles may hold
     */
    MatrixTable(Policy policy, List<Role> roles, boolean all) {
        this.policy = policy;
        this.roles = roles;
        this.groups = policy.catalog().groups();
        this.all = all;
    }

    String text() {
        line("account " + Violation.quote(policy.account()) + ", revision " + policy.revision() + ": "
                + Counted.of(roles.size(), "role") + ", " + Counted.of(rows(), "permission"));
        ScopeTree scopes = policy.catalog().scopes();
        if (!scopes.equals(ScopeTree.standard())) {
            line("scopes " + scopes);
        }
        if (roles.isEmpty()) {
            return text.toString();
        }
        line("");
        addRoles();
        line("");
        line("x held    o held by a discarded role: grants nothing    . not held    blank: not for this scope");
        int cell = String.valueOf(roles.size()).length() + 1;
        int label = labelWidth();
        int perBlock = Math.max(1, (TextColumns.WIDTH - label) / cell);
        for (int from = 0; from < roles.size(); from += perBlock) {
            line("");
            addMarks(label, cell, from, Math.min(from + perBlock, roles.size()));
        }
        return text.toString();
    }

    // roles

    private void addRoles() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "role", "scope", "type", "users", "", "name"));
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            rows.add(List.of(
                    String.valueOf(i + 1),
                    SafeText.of(role.id()),
                    role.scope().name(),
                    role.type().name().toLowerCase(Locale.ROOT),
                    String.valueOf(policy.userCount(role.id())),
                    role.isActive() ? role.isDefault() ? "default" : "" : "discarded",
                    SafeText.of(role.name())));
        }
        text.append(TextColumns.of(rows, MAX_ID, MAX_ID, MAX_ID, MAX_ID, MAX_ID, MAX_ID));
    }

    // permissions

    private void addMarks(int label, int cell, int from, int to) {
        for (RightsGroup group : groups) {
            List<Permission> shown =
                    group.permissions().stream().filter(this::isShown).toList();
            if (shown.isEmpty()) {
                continue;
            }
            Column[] columns = new Column[1 + to - from];
            columns[0] = new Column(label, 0, Overflow.WRAP);
            for (int i = 1; i < columns.length; i++) {
                columns[i] = new Column(cell, 0, Overflow.TRUNCATE);
            }
            TextTable heading = TextColumns.table(columns);
            TextColumns.add(heading, row(SafeText.of(group.name()), numbers(from, to), cell));
            heading.toString(text);
            columns[0] = new Column(label, INDENT, Overflow.WRAP);
            TextTable table = TextColumns.table(columns);
            for (Permission permission : shown) {
                TextColumns.add(table, row(SafeText.of(permission.key()), marks(permission, from, to), cell));
            }
            table.toString(text);
        }
    }

    private static List<String> numbers(int from, int to) {
        List<String> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(String.valueOf(i + 1));
        }
        return numbers;
    }

    private List<String> marks(Permission permission, int from, int to) {
        List<String> marks = new ArrayList<>();
        for (Role role : roles.subList(from, to)) {
            marks.add(mark(permission, role));
        }
        return marks;
    }

    private static String mark(Permission permission, Role role) {
        if (role.rights().contains(permission)) {
            return role.isActive() ? HELD : HELD_BY_DISCARDED;
        }
        return mayHold(role, permission) ? NOT_HELD : NOT_IN_SCOPE;
    }

    private static List<String> row(String label, List<String> cells, int width) {
        List<String> row = new ArrayList<>();
        row.add(label);
        for (String cell : cells) {
            row.add(" ".repeat(width - cell.length()) + cell);
        }
        return row;
    }

    private boolean isShown(Permission permission) {
        return all || roles.stream().anyMatch(role -> mayHold(role, permission));
    }

    private static boolean mayHold(Role role, Permission permission) {
        return permission.scopes().contains(role.scope());
    }

    private int rows() {
        return (int)
                policy.catalog().permissions().stream().filter(this::isShown).count();
    }

    private int labelWidth() {
        int width = 0;
        for (RightsGroup group : groups) {
            width = Math.max(width, TextColumns.width(SafeText.of(group.name())));
            for (Permission permission : group.permissions()) {
                width = Math.max(width, INDENT + TextColumns.width(SafeText.of(permission.key())));
            }
        }
        return Math.min(width, MAX_LABEL) + 1;
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
