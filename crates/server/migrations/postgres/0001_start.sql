-- As migrations/sqlite has it, step by step: one schema in two languages. Times are BIGINT milliseconds since 1970 in UTC; hashes
-- are lower-case hexadecimal SHA-256.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The counter of everything that sync tells; its last value is half of every cursor.
CREATE TABLE counter (
    "only" BIGINT PRIMARY KEY CHECK ("only" = 1),
    revision BIGINT NOT NULL
);
INSERT INTO counter ("only", revision) VALUES (1, 0);

CREATE TABLE learner (
    -- By its bytes, so that lower() means the same whatever the database's locale.
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT NOT NULL,
    passphrase_hash TEXT,
    code_sha256 TEXT,
    code_expires BIGINT,
    -- Has a passphrase that is printed in public: the server then listens on loopback alone.
    example BOOLEAN NOT NULL DEFAULT FALSE
);
-- A reference is found whatever its case: telephones like to begin with a capital letter.
CREATE INDEX learner_by_reference ON learner (lower(id));
CREATE INDEX learner_example ON learner (example) WHERE example;

CREATE TABLE session (
    token_sha256 TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id),
    device TEXT NOT NULL CHECK (device IN ('shared', 'own')),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    ended BIGINT
);
CREATE INDEX session_by_learner ON session (learner);

CREATE TABLE enrolment (
    learner TEXT NOT NULL REFERENCES learner (id),
    course TEXT NOT NULL,
    revision BIGINT NOT NULL,
    removed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (learner, course)
);

-- Whatever sync tells: one row a record, its body the JSON of the contract's type.
CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    audience_kind TEXT NOT NULL CHECK (audience_kind IN ('everyone', 'course', 'learner')),
    -- Empty for everyone.
    audience_id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision BIGINT NOT NULL,
    removed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (kind, id)
);
-- Sync seeks here, once an audience: its cost is what changed, never how much there is.
CREATE INDEX record_for_sync ON record (audience_kind, audience_id, revision);

-- A record that went from one audience to another: those left behind are told.
CREATE TABLE departure (
    audience_kind TEXT NOT NULL,
    audience_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (audience_kind, audience_id, kind, id)
);
CREATE INDEX departure_for_sync ON departure (audience_kind, audience_id, revision);

CREATE TABLE change (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id),
    client TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    -- As they came, to the byte.
    bytes BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    -- The JSON of the contract's Ack: what a repeat gets.
    answer TEXT NOT NULL
);

CREATE TABLE declaration (
    change_id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    assignment TEXT NOT NULL,
    assignment_title TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    device_time BIGINT NOT NULL,
    -- The deadline with its extension as the server had them; nothing if it had none.
    counted_due BIGINT,
    late BOOLEAN NOT NULL,
    UNIQUE (learner, assignment, attempt)
);

-- A hash chain: each row's sha256 covers the row before it. See docs/api.md for the exact bytes.
CREATE TABLE evidence (
    sequence BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    change_id TEXT NOT NULL REFERENCES change (id),
    payload TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    previous TEXT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER evidence_no_truncate BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER change_no_truncate BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER declaration_append_only BEFORE UPDATE OR DELETE ON declaration FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER declaration_no_truncate BEFORE TRUNCATE ON declaration FOR EACH STATEMENT EXECUTE FUNCTION append_only();
