package io.rbac.store.jdbc;

import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes effects into the rows of one account. Rows are sent in the order of the effects wherever this matters: between
 * effects of different kinds. Not thread-safe.
 */
final class EffectRows implements AutoCloseable {

    private static final String REMOVE_ASSIGNMENT =
            "DELETE FROM rbac_assignments WHERE account = ? AND user_id = ? AND scope = ? AND target_id = ? AND role = ?";
    private static final String ADD_ASSIGNMENT =
            "INSERT INTO rbac_assignments (account, user_id, scope, target_id, role) VALUES (?, ?, ?, ?, ?)";
    private static final String REMOVE_TARGET = "DELETE FROM rbac_targets WHERE account = ? AND scope = ? AND id = ?";
    private static final String MOVE_TARGET =
            "UPDATE rbac_targets SET parent_scope = ?, parent_id = ? WHERE account = ? AND scope = ? AND id = ?";
    private static final String ADD_TARGET =
            "INSERT INTO rbac_targets (account, scope, id, parent_scope, parent_id) VALUES (?, ?, ?, ?, ?)";
    private static final String REMOVE_ROLE = "DELETE FROM rbac_roles WHERE account = ? AND id = ?";
    private static final String ADD_ROLE = """
            INSERT INTO rbac_roles
            (scope, name, description, type, is_default, created_at, updated_at, discarded_at, account, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String CHANGE_ROLE = """
            UPDATE rbac_roles
            SET scope = ?, name = ?, description = ?, type = ?, is_default = ?, created_at = ?, updated_at = ?,
            discarded_at = ? WHERE account = ? AND id = ?
            """;
    private static final String REMOVE_PERMISSIONS = "DELETE FROM rbac_role_permissions WHERE account = ? AND role = ?";
    private static final String ADD_PERMISSION = """
            INSERT INTO rbac_role_permissions (account, role, permission, permission_group, permission_action)
            VALUES (?, ?, ?, ?, ?)
            """;

    private final Session session;
    private final Long account;
    private final Map<String, RowBatch> batches = new HashMap<>();

    /** Those that have rows to be sent, in the order in which they are. */
    private final List<RowBatch> waiting = new ArrayList<>();

    private Effect.@Nullable Kind kind;

    EffectRows(Session session, long account) {
        this.session = session;
        this.account = account;
    }

    /** Writes effects. */
    void write(List<Effect> effects) throws SQLException {
        for (Effect effect : effects) {
            if (effect.kind() != kind) {
                flush();
                kind = effect.kind();
            }
            write(effect);
        }
        flush();
    }

    private void write(Effect effect) throws SQLException {
        switch (effect.kind()) {
            case ROLE_ADDED -> {
                Role role = ((Effect.RoleAdded) effect).role();
                putRole(ADD_ROLE, role);
                addPermissions(role);
            }
            case ROLE_CHANGED -> changeRole((Effect.RoleChanged) effect);
            case ROLE_REMOVED -> {
                String role = ((Effect.RoleRemoved) effect).role().id();
                batch(REMOVE_ROLE, true).add(account, role);
                batch(REMOVE_PERMISSIONS, false).add(account, role);
            }
            case TARGET_ADDED -> {
                Effect.TargetAdded added = (Effect.TargetAdded) effect;
                Target parent = added.parent();
                batch(ADD_TARGET, true)
                        .add(account, scope(added.target()), added.target().id(), scope(parent), parent.id());
            }
            case TARGET_MOVED -> {
                Effect.TargetMoved moved = (Effect.TargetMoved) effect;
                Target parent = moved.after();
                batch(MOVE_TARGET, true)
                        .add(
                                scope(parent),
                                parent.id(),
                                account,
                                scope(moved.target()),
                                moved.target().id());
            }
            case TARGET_REMOVED -> {
                Target target = ((Effect.TargetRemoved) effect).target();
                batch(REMOVE_TARGET, true).add(account, scope(target), target.id());
            }
            case ASSIGNMENT_ADDED -> assignment(ADD_ASSIGNMENT, ((Effect.AssignmentAdded) effect).assignment());
            case ASSIGNMENT_REMOVED -> assignment(REMOVE_ASSIGNMENT, ((Effect.AssignmentRemoved) effect).assignment());
        }
    }

    private static String scope(Target target) {
        return Scopes.name(target.scope());
    }

    private void assignment(String sql, Assignment assignment) throws SQLException {
        Target target = assignment.target();
        batch(sql, true).add(account, assignment.user(), scope(target), target.id(), assignment.role());
    }

    private void changeRole(Effect.RoleChanged changed) throws SQLException {
        Role role = changed.after();
        putRole(CHANGE_ROLE, role);
        Rights before = changed.before().rights();
        if (!before.equals(role.rights())) {
            batch(REMOVE_PERMISSIONS, false).add(account, role.id());
            addPermissions(role);
        }
    }

    private void addPermissions(Role role) throws SQLException {
        for (Permission permission : role.rights()) {
            batch(ADD_PERMISSION, true)
                    .add(account, role.id(), permission.key(), permission.group(), permission.action());
        }
    }

    private void putRole(String sql, Role role) throws SQLException {
        RowBatch batch = batch(sql, true);
        PreparedStatement statement = batch.statement();
        statement.setString(1, Scopes.name(role.scope()));
        statement.setString(2, role.name());
        statement.setString(3, role.description().orElse(null));
        statement.setString(4, role.type().word());
        statement.setBoolean(5, role.isDefault());
        set(statement, 6, role.createdAt());
        set(statement, 7, role.updatedAt());
        set(statement, 8, role.discardedAt());
        statement.setLong(9, account);
        statement.setString(10, role.id());
        batch.add();
    }

    private static void set(PreparedStatement statement, int position, Optional<Instant> instant) throws SQLException {
        if (instant.isPresent()) {
            statement.setLong(position, instant.get().toEpochMilli());
        } else {
            statement.setNull(position, Types.BIGINT);
        }
    }

    private RowBatch batch(String sql, boolean changesOneEach) throws SQLException {
        RowBatch batch = batches.get(sql);
        if (batch == null) {
            batch = new RowBatch(session, sql, changesOneEach);
            batches.put(sql, batch);
        }
        if (!waiting.contains(batch)) {
            waiting.add(batch);
        }
        return batch;
    }

    private void flush() throws SQLException {
        for (RowBatch batch : waiting) {
            batch.flush();
        }
        waiting.clear();
    }

    @Override
    public void close() throws SQLException {
        for (RowBatch batch : batches.values()) {
            batch.close();
        }
    }
}
