package io.rbac.cli;

import io.rbac.model.Permission;
import io.rbac.model.RightsGroup;
import io.rbac.model.Role;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * A human-readable table of roles and permissions: a list of the roles, then a line for each permission with a mark for each
 * role. The id of a role stands over its column. If there is no room for all ids, numbers of the list do; if not even those
 * fit side by side, the permissions are repeated with the next roles.
 */
final class MatrixTable {

    private static final int MAX_LABEL = 60;
    private static final int MAX_ID = 40;
    private static final int INDENT = 2;
    private static final int GAP = 2;

    private static final String HELD = "x";
    private static final String HELD_BY_DISCARDED = "o";
    private static final String NOT_HELD = ".";
    private static final String NOT_IN_SCOPE = "";

    private final Policy policy;
    private final List<Role> roles;
    private final List<RightsGroup> groups;
    private final boolean all;
    private final int width;
    private final List<String> ids;
    private final boolean named;
    private final StringBuilder text = new StringBuilder();

    /**
     * Creates a table of some roles of a policy.
     *
     * @param all whether to show all permissions, not only those that one of the roles may hold
     * @param width how wide a line may be
     */
    MatrixTable(Policy policy, List<Role> roles, boolean all, int width) {
        this.policy = policy;
        this.roles = roles;
        this.groups = policy.catalog().groups();
        this.all = all;
        this.width = width;
        this.ids = roles.stream().map(role -> SafeText.of(role.id())).toList();
        this.named = labelWidth()
                        + ids.stream()
                                .mapToInt(id -> GAP + TextColumns.width(id))
                                .sum()
                <= width;
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
        int label = labelWidth();
        int perBlock = named ? roles.size() : Math.max(1, (width - label) / numberWidth());
        for (int from = 0; from < roles.size(); from += perBlock) {
            line("");
            addMarks(label, from, Math.min(from + perBlock, roles.size()));
        }
        return text.toString();
    }

    // roles

    private void addRoles() {
        List<List<String>> rows = new ArrayList<>();
        addRow(rows, "", List.of("role", "scope", "type", "users", "", "name"));
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            addRow(
                    rows,
                    String.valueOf(i + 1),
                    List.of(
                            ids.get(i),
                            role.scope().name(),
                            role.type().word(),
                            String.valueOf(policy.userCount(role.id())),
                            role.isActive() ? role.isDefault() ? "default" : "" : "discarded",
                            SafeText.of(role.name())));
        }
        int[] maxWidths = new int[rows.get(0).size() - 1];
        Arrays.fill(maxWidths, MAX_ID);
        text.append(TextColumns.of(width, rows, maxWidths));
    }

    private void addRow(List<List<String>> rows, String number, List<String> cells) {
        List<String> row = new ArrayList<>(cells);
        if (!named) {
            row.add(0, number);
        }
        rows.add(row);
    }

    // permissions

    private void addMarks(int label, int from, int to) {
        for (RightsGroup group : groups) {
            List<Permission> shown =
                    group.permissions().stream().filter(this::isShown).toList();
            if (shown.isEmpty()) {
                continue;
            }
            Column[] columns = new Column[1 + to - from];
            columns[0] = new Column(label, 0, Overflow.WRAP);
            for (int i = 1; i < columns.length; i++) {
                columns[i] = new Column(cellWidth(from + i - 1), 0, Overflow.TRUNCATE);
            }
            TextTable heading = TextColumns.table(columns);
            TextColumns.add(heading, row(SafeText.of(group.name()), headings(from, to), from));
            heading.toString(text);
            columns[0] = new Column(label, INDENT, Overflow.WRAP);
            TextTable table = TextColumns.table(columns);
            for (Permission permission : shown) {
                TextColumns.add(table, row(SafeText.of(permission.key()), marks(permission, from, to), from));
            }
            table.toString(text);
        }
    }

    private int cellWidth(int role) {
        return named ? GAP + TextColumns.width(ids.get(role)) : numberWidth();
    }

    private int numberWidth() {
        return String.valueOf(roles.size()).length() + 1;
    }

    private List<String> headings(int from, int to) {
        List<String> headings = new ArrayList<>();
        for (int i = from; i < to; i++) {
            headings.add(named ? ids.get(i) : String.valueOf(i + 1));
        }
        return headings;
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

    /** Returns a row whose cells begin below the ids, or end below the numbers. */
    private List<String> row(String label, List<String> cells, int from) {
        List<String> row = new ArrayList<>();
        row.add(label);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            row.add(named ? ' ' + cell : " ".repeat(cellWidth(from + i) - cell.length()) + cell);
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
