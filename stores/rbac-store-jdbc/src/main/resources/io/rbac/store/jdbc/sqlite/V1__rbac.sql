-- Says that the tables are those of rbac, and which script was the last.
CREATE TABLE rbac_schema (
    product TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;

-- One row for each account; all other tables but rbac_commits name it by its number, which no two lives of an account share.
CREATE TABLE rbac_accounts (
    account INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    life TEXT NOT NULL,
    revision INTEGER NOT NULL,
    digest TEXT NOT NULL,
    scopes TEXT NOT NULL
) STRICT;

-- Times are milliseconds since 1970.
CREATE TABLE rbac_roles (
    account INTEGER NOT NULL,
    id TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL,
    is_default INTEGER NOT NULL,
    created_at INTEGER,
    updated_at INTEGER,
    discarded_at INTEGER,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rbac_role_permissions (
    account INTEGER NOT NULL,
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    permission_group TEXT NOT NULL,
    permission_action TEXT NOT NULL,
    PRIMARY KEY (account, role, permission)
) STRICT, WITHOUT ROWID;

-- The scope 'account' with the empty id is the account itself.
CREATE TABLE rbac_targets (
    account INTEGER NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    parent_scope TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    PRIMARY KEY (account, scope, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rbac_targets_by_parent ON rbac_targets (account, parent_scope, parent_id);

CREATE TABLE rbac_assignments (
    account INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    target_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (account, user_id, scope, target_id, role)
) STRICT, WITHOUT ROWID;

-- What was changed, as JSON; NULL if that is too large. The checksum is the CRC-32 of the JSON.
CREATE TABLE rbac_commits (
    account_id TEXT NOT NULL,
    life TEXT NOT NULL,
    revision INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    json TEXT,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (account_id, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX rbac_commits_by_time ON rbac_commits (committed_at);

INSERT INTO rbac_schema (product, version) VALUES ('rbac', 1);
