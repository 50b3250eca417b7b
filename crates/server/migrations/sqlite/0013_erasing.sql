-- What was erased when its years were over. What is named here may go, in the one way that follows from it; nothing else may, ever.
CREATE TABLE erased (
    -- change: with all that says what was in it. entry, share: the row. access_log: what a line was about.
    kind TEXT NOT NULL CHECK (kind IN ('change', 'entry', 'share', 'access_log')),
    id TEXT NOT NULL,
    -- The link that says so in the chain; nothing where no change went.
    link INTEGER REFERENCES evidence (sequence),
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_by_link ON erased (link);

-- Cursors of before this revision get everything anew: some of what they told of is erased.
ALTER TABLE learner ADD COLUMN sync_from INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER erased_needs_link BEFORE INSERT ON erased
WHEN new.kind = 'change' AND NOT EXISTS (SELECT 1 FROM evidence WHERE sequence = new.link AND kind = 'erasure')
BEGIN SELECT RAISE (ABORT, 'a change is erased by a link of evidence'); END;
CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased BEGIN SELECT RAISE (ABORT, 'erased is append-only'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased BEGIN SELECT RAISE (ABORT, 'erased is append-only'); END;

-- A link stays, and its payload goes. What says that something was erased never does.
DROP TRIGGER evidence_no_update;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
WHEN NOT (
    new.sequence IS old.sequence AND new.kind IS old.kind AND new.change_id IS old.change_id AND new.sha256 IS old.sha256
    AND new.previous IS old.previous AND new.received_at IS old.received_at AND new.payload IS '' AND old.kind <> 'erasure'
    AND EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.change_id))
BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;

-- A change keeps what tells it from a new one. `/` is a learner that nobody can be.
DROP TRIGGER change_no_update;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change
WHEN NOT (
    new.id IS old.id AND new.client IS old.client AND new.seq IS old.seq AND new.sha256 IS old.sha256
    AND new.received_at IS old.received_at AND new.learner IS '/' AND length(new.bytes) IS 0 AND new.answer IS ''
    AND EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.id))
BEGIN SELECT RAISE (ABORT, 'change is append-only'); END;

DROP TRIGGER declaration_no_delete;
CREATE TRIGGER declaration_no_delete BEFORE DELETE ON declaration
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.change_id)
BEGIN SELECT RAISE (ABORT, 'declaration is append-only'); END;
DROP TRIGGER withdrawal_no_delete;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.change_id)
BEGIN SELECT RAISE (ABORT, 'withdrawal is append-only'); END;
DROP TRIGGER countersignature_no_delete;
CREATE TRIGGER countersignature_no_delete BEFORE DELETE ON countersignature
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.declaration)
BEGIN SELECT RAISE (ABORT, 'countersignature is append-only'); END;
DROP TRIGGER request_no_delete;
CREATE TRIGGER request_no_delete BEFORE DELETE ON request
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.id)
BEGIN SELECT RAISE (ABORT, 'request is append-only'); END;
DROP TRIGGER request_step_no_delete;
CREATE TRIGGER request_step_no_delete BEFORE DELETE ON request_step
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.request)
BEGIN SELECT RAISE (ABORT, 'request_step is append-only'); END;
DROP TRIGGER act_no_delete;
CREATE TRIGGER act_no_delete BEFORE DELETE ON act
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'change' AND id = old.id)
BEGIN SELECT RAISE (ABORT, 'act is append-only'); END;

DROP TRIGGER entry_no_delete;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'entry' AND id = old.id)
BEGIN SELECT RAISE (ABORT, 'entry is append-only'); END;
DROP TRIGGER share_no_delete;
CREATE TRIGGER share_no_delete BEFORE DELETE ON share
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'share' AND id = old.id)
BEGIN SELECT RAISE (ABORT, 'share is append-only'); END;

-- Who read something, and when, stays; what they read goes with it.
DROP TRIGGER access_log_no_update;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
WHEN NOT (
    new.number IS old.number AND new.at IS old.at AND new.staff IS old.staff AND new.name IS old.name AND new.role IS old.role
    AND new.action IS old.action AND new.subject IS ''
    AND EXISTS (SELECT 1 FROM erased WHERE kind = 'access_log' AND id = CAST(old.number AS TEXT)))
BEGIN SELECT RAISE (ABORT, 'access_log is append-only'); END;
