-- Says that the tables are those of rbac, and which script was the last.
CREATE TABLE rbac_schema (
    product TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
);

-- One row for each account; all other tables but rbac_commits name it by its number, which no two lives of an account share.
CREATE TABLE rbac_accounts (
    account BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    life TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL
);

-- Times are milliseconds since 1970.
CREATE TABLE rbac_roles (
    account BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C",
    type TEXT COLLATE "C" NOT NULL,
    is_default BOOLEAN NOT NULL,
    created_at BIGINT,
    updated_at BIGINT,
    discarded_at BIGINT,
    PRIMARY KEY (account, id)
);

CREATE TABLE rbac_role_permissions (
    account BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    permission TEXT COLLATE "C" NOT NULL,
    permission_group TEXT COLLATE "C" NOT NULL,
    permission_action TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, role, permission)
);

-- The scope 'account' with the empty id is the account itself.
CREATE TABLE rbac_targets (
    account BIGINT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    parent_scope TEXT COLLATE "C" NOT NULL,
    parent_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, scope, id)
);

CREATE INDEX rbac_targets_by_parent ON rbac_targets (account, parent_scope, parent_id);

CREATE TABLE rbac_assignments (
    account BIGINT NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    target_id TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL
);

-- Not all columns: ids of 256 characters would be too long together for an index.
CREATE INDEX rbac_assignments_by_user ON rbac_assignments (account, user_id, target_id);

-- What was changed, as JSON; NULL if that is too large. The checksum is the CRC-32 of the JSON.
CREATE TABLE rbac_commits (
    account_id TEXT COLLATE "C" NOT NULL,
    life TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    committed_at BIGINT NOT NULL,
    json TEXT COLLATE "C",
    checksum BIGINT NOT NULL,
    PRIMARY KEY (account_id, revision)
);

CREATE INDEX rbac_commits_by_time ON rbac_commits (committed_at);

INSERT INTO rbac_schema (product, version) VALUES ('rbac', 1);
