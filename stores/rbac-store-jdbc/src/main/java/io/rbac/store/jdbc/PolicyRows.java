package io.rbac.store.jdbc;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.policy.Policy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one account as a policy. */
final class PolicyRows {

    /** Allow whatever was stored: what a policy breaks is judged by the rules of the application. */
    private static final PolicyRules ANYTHING = PolicyRules.builder()
            .nameMin(0)
            .nameMax(null)
            .allowsBlankNames(true)
            .requiresUniqueNames(false)
            .allowsDescriptions(true)
            .descriptionMax(null)
            .defaults(Scope.ACCOUNT, 0, null)
            .build();

    private static final Map<String, RoleType> TYPES =
            Arrays.stream(RoleType.values()).collect(Collectors.toMap(RoleType::word, Function.identity()));

    private final Session session;
    private final AccountRow account;
    private final ScopeTree tree;
    private final Policy.Builder builder = Policy.builder();

    private PolicyRows(Session session, AccountRow account) {
        this.session = session;
        this.account = account;
        this.tree = Scopes.tree(account.scopes());
    }

    /**
     * Returns the policy of an account, under a catalog of what its roles hold.
     *
     * @throws IllegalArgumentException if the rows make no policy
     * @throws io.rbac.model.PolicyViolationException if the rows make no policy
     */
    static Policy read(Session session, AccountRow account) throws SQLException {
        return new PolicyRows(session, account).read();
    }

    private Policy read() throws SQLException {
        StoredCatalog permissions = readPermissions();
        PermissionCatalog catalog = permissions.build(tree);
        builder.account(account.id()).catalog(catalog).rules(ANYTHING);
        readRoles(permissions, catalog);
        permissions.requireNoMore();
        readTargets();
        readAssignments();
        return builder.build().withVersion(account.version());
    }

    private PreparedStatement rows(String sql) throws SQLException {
        return session.prepare(sql, account.number());
    }

    private StoredCatalog readPermissions() throws SQLException {
        StoredCatalog permissions = new StoredCatalog();
        try (PreparedStatement statement = rows("""
                        SELECT role, permission, permission_group, permission_action
                        FROM rbac_role_permissions WHERE account = ?
                        """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                permissions.add(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
            }
        }
        return permissions;
    }

    private void readRoles(StoredCatalog permissions, PermissionCatalog catalog) throws SQLException {
        try (PreparedStatement statement = rows("""
                        SELECT id, scope, name, description, type, is_default, created_at, updated_at, discarded_at
                        FROM rbac_roles WHERE account = ?
                        """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String id = rows.getString(1);
                RoleType type = TYPES.get(rows.getString(5));
                if (type == null) {
                    throw new IllegalArgumentException("the type of the role `" + id + "` is unknown");
                }
                builder.role(Role.builder(id, roleScope(rows.getString(2)))
                        .name(rows.getString(3))
                        .description(rows.getString(4))
                        .type(type)
                        .defaultRole(rows.getBoolean(6))
                        .rights(permissions.rightsOf(id, catalog))
                        .createdAt(instant(rows, 7))
                        .updatedAt(instant(rows, 8))
                        .discardedAt(instant(rows, 9))
                        .build());
            }
        }
    }

    private Scope roleScope(String name) {
        Scope scope = tree.scope(name);
        if (!name.equals(Scopes.name(scope))) {
            throw new IllegalArgumentException("the account is named `" + name + '`');
        }
        return scope;
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        long millis = rows.getLong(column);
        return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private void readTargets() throws SQLException {
        try (PreparedStatement statement =
                        rows("SELECT scope, id, parent_scope, parent_id FROM rbac_targets WHERE account = ?");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                builder.target(
                        Scopes.target(tree, rows.getString(1), rows.getString(2)),
                        Scopes.target(tree, rows.getString(3), rows.getString(4)));
            }
        }
    }

    /** The policy is built fastest if assignments are grouped by user. */
    private void readAssignments() throws SQLException {
        try (PreparedStatement statement = rows("""
                        SELECT user_id, role, scope, target_id FROM rbac_assignments WHERE account = ?
                        ORDER BY account, user_id
                        """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                builder.assign(
                        rows.getString(1),
                        rows.getString(2),
                        Scopes.target(tree, rows.getString(3), rows.getString(4)));
            }
        }
    }
}
