-- Times are INTEGER milliseconds since 1970 in UTC; hashes are lower-case hexadecimal SHA-256.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The counter of everything that sync tells; its last value is half of every cursor.
CREATE TABLE counter (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO counter (only, revision) VALUES (1, 0);

CREATE TABLE learner (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    passphrase_hash TEXT,
    code_sha256 TEXT,
    code_expires INTEGER,
    -- Has a passphrase that is printed in public: the server then listens on loopback alone.
    example INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- A reference is found whatever its case: telephones like to begin with a capital letter.
CREATE INDEX learner_by_reference ON learner (lower(id));
CREATE INDEX learner_example ON learner (example) WHERE example = 1;

CREATE TABLE session (
    token_sha256 TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id),
    device TEXT NOT NULL CHECK (device IN ('shared', 'own')),
    created INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_learner ON session (learner);

CREATE TABLE enrolment (
    learner TEXT NOT NULL REFERENCES learner (id),
    course TEXT NOT NULL,
    revision INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (learner, course)
) STRICT, WITHOUT ROWID;

-- Whatever sync tells: one row a record, its body the JSON of the contract's type.
CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    audience_kind TEXT NOT NULL CHECK (audience_kind IN ('everyone', 'course', 'learner')),
    -- Empty for everyone.
    audience_id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, id)
) STRICT;
-- Sync seeks here, once an audience: its cost is what changed, never how much there is.
CREATE INDEX record_for_sync ON record (audience_kind, audience_id, revision);

-- A record that went from one audience to another: those left behind are told.
CREATE TABLE departure (
    audience_kind TEXT NOT NULL,
    audience_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (audience_kind, audience_id, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX departure_for_sync ON departure (audience_kind, audience_id, revision);

CREATE TABLE change (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id),
    client TEXT NOT NULL,
    seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    -- As they came, to the byte.
    bytes BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    -- The JSON of the contract's Ack: what a repeat gets.
    answer TEXT NOT NULL
) STRICT;

CREATE TABLE declaration (
    change_id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    assignment TEXT NOT NULL,
    assignment_title TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    device_time INTEGER NOT NULL,
    -- The deadline with its extension as the server had them; nothing if it had none.
    counted_due INTEGER,
    late INTEGER NOT NULL,
    UNIQUE (learner, assignment, attempt)
) STRICT;

-- A hash chain: each row's sha256 covers the row before it. See docs/api.md for the exact bytes.
CREATE TABLE evidence (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    change_id TEXT NOT NULL REFERENCES change (id),
    payload TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    previous TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'change is append-only'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'change is append-only'); END;
CREATE TRIGGER declaration_no_update BEFORE UPDATE ON declaration BEGIN SELECT RAISE (ABORT, 'declaration is append-only'); END;
CREATE TRIGGER declaration_no_delete BEFORE DELETE ON declaration BEGIN SELECT RAISE (ABORT, 'declaration is append-only'); END;
