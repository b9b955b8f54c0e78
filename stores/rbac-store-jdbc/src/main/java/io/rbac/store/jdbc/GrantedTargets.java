package io.rbac.store.jdbc;

import io.rbac.model.Permission;
import java.util.stream.Collectors;

/** The query behind {@link JdbcPolicyStore#grantedTargets}: from what a user holds, down to all that lies in it. */
final class GrantedTargets {

    private GrantedTargets() {}

    static String query(Permission permission) {
        String scopes = permission.scopes().stream()
                .map(scope -> '\'' + Scopes.name(scope) + '\'')
                .collect(Collectors.joining(", "));
        return """
                WITH RECURSIVE granted (account, scope, target_id) AS (
                    SELECT a.account, a.scope, a.target_id
                    FROM rbac_accounts n
                    JOIN rbac_assignments a ON a.account = n.account
                    JOIN rbac_roles r ON r.account = a.account AND r.id = a.role
                    JOIN rbac_role_permissions p ON p.account = a.account AND p.role = a.role
                    WHERE p.permission = ? AND a.user_id = ? AND n.id = ?
                    AND r.discarded_at IS NULL AND r.scope IN (SCOPES)
                    UNION
                    SELECT t.account, t.scope, t.id
                    FROM granted g
                    JOIN rbac_targets t ON t.account = g.account AND t.parent_scope = g.scope AND t.parent_id = g.target_id
                )
                SELECT scope, target_id FROM granted""".replace("SCOPES", scopes);
    }
}
