-- Pages that learners make for an employer or a mentor. What is shown is read when one is opened; here is who may open which.
CREATE TABLE share (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id),
    -- What stands in the address is known to its learner alone.
    secret_sha256 TEXT NOT NULL UNIQUE,
    -- For whom, in the learner's words.
    whom TEXT NOT NULL,
    -- The JSON of a list of the contract's Shows.
    shows TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX share_by_learner ON share (learner, made_at);

-- How often each was opened on a day in London. From where is not kept.
CREATE TABLE share_opening (
    share TEXT NOT NULL REFERENCES share (id),
    -- As 2026-11-30.
    day TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (share, day)
) STRICT;

-- What is withdrawn stays so, and a page never shows more than when it was made.
CREATE TRIGGER share_no_update BEFORE UPDATE ON share
WHEN old.withdrawn_at IS NOT NULL OR new.withdrawn_at IS NULL OR new.id <> old.id OR new.learner <> old.learner
    OR new.secret_sha256 <> old.secret_sha256 OR new.whom <> old.whom OR new.shows <> old.shows
    OR new.made_at <> old.made_at OR new.ends_at <> old.ends_at
BEGIN SELECT RAISE (ABORT, 'a share is only withdrawn, once'); END;
CREATE TRIGGER share_no_delete BEFORE DELETE ON share BEGIN SELECT RAISE (ABORT, 'share is append-only'); END;
