-- What the server signs, seals and derives by. `kind` is one of: root, from which tokens and device keys are derived; sealing
-- (P-256), which opens envelopes; receipt (Ed25519), which signs receipts. The newest of a kind is used, the others go on being read.
CREATE TABLE server_key (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('root', 'sealing', 'receipt')),
    made BIGINT NOT NULL,
    -- Both in base64url without padding; a root key has no public part.
    secret TEXT NOT NULL,
    public TEXT NOT NULL
);

-- Upload tokens of before this moment no longer add anything.
ALTER TABLE learner ADD COLUMN uploads_from BIGINT NOT NULL DEFAULT 0;

CREATE TABLE withdrawal (
    change_id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    -- The declaration that it takes back, once.
    declaration TEXT NOT NULL UNIQUE REFERENCES declaration (change_id),
    received_at BIGINT NOT NULL
);

CREATE TABLE countersignature (
    -- The declaration that it confirms, once.
    declaration TEXT PRIMARY KEY REFERENCES declaration (change_id),
    assessor TEXT NOT NULL,
    -- The points that were confirmed, as JSON: a list of texts.
    statements TEXT NOT NULL,
    received_at BIGINT NOT NULL
);

-- Every change that ever reached us, by its bytes, kept or not: shows what a client numbered and never sent, and a second text under
-- an id that is taken.
CREATE TABLE arrival (
    change_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    client TEXT NOT NULL,
    seq BIGINT NOT NULL,
    learner TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- kept, refused, id-taken
    outcome TEXT NOT NULL,
    PRIMARY KEY (change_id, sha256)
);
CREATE INDEX arrival_by_client ON arrival (client, seq);
INSERT INTO arrival (change_id, sha256, client, seq, learner, at, outcome)
    SELECT id, sha256, client, seq, learner, received_at, 'kept' FROM change;

CREATE TRIGGER withdrawal_append_only BEFORE UPDATE OR DELETE ON withdrawal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER withdrawal_no_truncate BEFORE TRUNCATE ON withdrawal FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER countersignature_append_only BEFORE UPDATE OR DELETE ON countersignature FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER countersignature_no_truncate BEFORE TRUNCATE ON countersignature FOR EACH STATEMENT EXECUTE FUNCTION append_only();
