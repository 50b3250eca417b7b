-- What the server signs, seals and derives by. `kind` is one of: root, from which tokens and device keys are derived; sealing
-- (P-256), which opens envelopes; receipt (Ed25519), which signs receipts. The newest of a kind is used, the others go on being read.
CREATE TABLE server_key (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('root', 'sealing', 'receipt')),
    made INTEGER NOT NULL,
    -- Both in base64url without padding; a root key has no public part.
    secret TEXT NOT NULL,
    public TEXT NOT NULL
) STRICT;

-- Upload tokens of before this moment no longer add anything.
ALTER TABLE learner ADD COLUMN uploads_from INTEGER NOT NULL DEFAULT 0;

CREATE TABLE withdrawal (
    change_id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    -- The declaration that it takes back, once.
    declaration TEXT NOT NULL UNIQUE REFERENCES declaration (change_id),
    received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE countersignature (
    -- The declaration that it confirms, once.
    declaration TEXT PRIMARY KEY REFERENCES declaration (change_id),
    assessor TEXT NOT NULL,
    -- The points that were confirmed, as JSON: a list of texts.
    statements TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

-- Every change that ever reached us, by its bytes, kept or not: shows what a client numbered and never sent, and a second text under
-- an id that is taken.
CREATE TABLE arrival (
    change_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    client TEXT NOT NULL,
    seq INTEGER NOT NULL,
    learner TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- kept, refused, id-taken
    outcome TEXT NOT NULL,
    PRIMARY KEY (change_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrival_by_client ON arrival (client, seq);
INSERT INTO arrival (change_id, sha256, client, seq, learner, at, outcome)
    SELECT id, sha256, client, seq, learner, received_at, 'kept' FROM change;

CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE (ABORT, 'withdrawal is append-only'); END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal BEGIN SELECT RAISE (ABORT, 'withdrawal is append-only'); END;
CREATE TRIGGER countersignature_no_update BEFORE UPDATE ON countersignature BEGIN SELECT RAISE (ABORT, 'countersignature is append-only'); END;
CREATE TRIGGER countersignature_no_delete BEFORE DELETE ON countersignature BEGIN SELECT RAISE (ABORT, 'countersignature is append-only'); END;
