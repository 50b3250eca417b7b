-- What learners do that is small and dated. What was done stands in `change` too; what came of it, in the records that sync tells.
CREATE TABLE act (
    id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    -- The deed's name in the contract.
    kind TEXT NOT NULL,
    -- What it is about: an id, or several with / between them.
    subject TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    device_time INTEGER NOT NULL,
    -- The JSON of the contract's Deed.
    body TEXT NOT NULL
) STRICT;
CREATE INDEX act_by_subject ON act (kind, subject, received_at);
CREATE INDEX act_by_learner ON act (learner, kind, received_at);

-- What staff enter, for ever. What learners see of it is in the records that sync tells.
CREATE TABLE entry (
    -- A UUID of who sent it: the same again is the same entry.
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Whom it is about; empty for what is about nobody.
    learner TEXT NOT NULL,
    -- The id in `staff`.
    staff TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- Of what asked for it.
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX entry_by_subject ON entry (kind, subject, at);
CREATE INDEX entry_by_learner ON entry (learner, kind, at);

CREATE TRIGGER act_no_update BEFORE UPDATE ON act BEGIN SELECT RAISE (ABORT, 'act is append-only'); END;
CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN SELECT RAISE (ABORT, 'act is append-only'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE (ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'entry is append-only'); END;
