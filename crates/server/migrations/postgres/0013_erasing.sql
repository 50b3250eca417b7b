-- What was erased when its years were over. What is named here may go, in the one way that follows from it; nothing else may, ever.
CREATE TABLE erased (
    -- change: with all that says what was in it. entry, share: the row. access_log: what a line was about.
    kind TEXT NOT NULL CHECK (kind IN ('change', 'entry', 'share', 'access_log')),
    id TEXT NOT NULL,
    -- The link that says so in the chain; nothing where no change went.
    link BIGINT REFERENCES evidence (sequence),
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX erased_by_link ON erased (link);

-- Cursors of before this revision get everything anew: some of what they told of is erased.
ALTER TABLE learner ADD COLUMN sync_from BIGINT NOT NULL DEFAULT 0;

CREATE FUNCTION is_erased(a_kind TEXT, an_id TEXT) RETURNS BOOLEAN LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN EXISTS (SELECT 1 FROM erased WHERE kind = a_kind AND id = an_id); END $$;
CREATE FUNCTION is_erasure(link BIGINT) RETURNS BOOLEAN LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN EXISTS (SELECT 1 FROM evidence WHERE sequence = link AND kind = 'erasure'); END $$;
CREATE FUNCTION needs_link() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a change is erased by a link of evidence'; END $$;
CREATE TRIGGER erased_needs_link BEFORE INSERT ON erased FOR EACH ROW
    WHEN (new.kind = 'change' AND NOT is_erasure(new.link)) EXECUTE FUNCTION needs_link();
CREATE TRIGGER erased_append_only BEFORE UPDATE OR DELETE ON erased FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER erased_no_truncate BEFORE TRUNCATE ON erased FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A link stays, and its payload goes. What says that something was erased never does.
DROP TRIGGER evidence_append_only ON evidence;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence FOR EACH ROW WHEN (NOT (
    new.sequence = old.sequence AND new.kind = old.kind AND new.change_id = old.change_id AND new.sha256 = old.sha256
    AND new.previous = old.previous AND new.received_at = old.received_at AND new.payload = '' AND old.kind <> 'erasure'
    AND is_erased('change', old.change_id))) EXECUTE FUNCTION append_only();
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION append_only();

-- A change keeps what tells it from a new one. `/` is a learner that nobody can be.
DROP TRIGGER change_append_only ON change;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change FOR EACH ROW WHEN (NOT (
    new.id = old.id AND new.client = old.client AND new.seq = old.seq AND new.sha256 = old.sha256
    AND new.received_at = old.received_at AND new.learner = '/' AND length(new.bytes) = 0 AND new.answer = ''
    AND is_erased('change', old.id))) EXECUTE FUNCTION append_only();
CREATE TRIGGER change_no_delete BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION append_only();

DROP TRIGGER declaration_append_only ON declaration;
CREATE TRIGGER declaration_no_update BEFORE UPDATE ON declaration FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER declaration_no_delete BEFORE DELETE ON declaration FOR EACH ROW
    WHEN (NOT is_erased('change', old.change_id)) EXECUTE FUNCTION append_only();
DROP TRIGGER withdrawal_append_only ON withdrawal;
CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal FOR EACH ROW
    WHEN (NOT is_erased('change', old.change_id)) EXECUTE FUNCTION append_only();
DROP TRIGGER countersignature_append_only ON countersignature;
CREATE TRIGGER countersignature_no_update BEFORE UPDATE ON countersignature FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER countersignature_no_delete BEFORE DELETE ON countersignature FOR EACH ROW
    WHEN (NOT is_erased('change', old.declaration)) EXECUTE FUNCTION append_only();
DROP TRIGGER request_no_delete ON request;
CREATE TRIGGER request_no_delete BEFORE DELETE ON request FOR EACH ROW
    WHEN (NOT is_erased('change', old.id)) EXECUTE FUNCTION append_only();
DROP TRIGGER request_step_append_only ON request_step;
CREATE TRIGGER request_step_no_update BEFORE UPDATE ON request_step FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER request_step_no_delete BEFORE DELETE ON request_step FOR EACH ROW
    WHEN (NOT is_erased('change', old.request)) EXECUTE FUNCTION append_only();
DROP TRIGGER act_append_only ON act;
CREATE TRIGGER act_no_update BEFORE UPDATE ON act FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER act_no_delete BEFORE DELETE ON act FOR EACH ROW
    WHEN (NOT is_erased('change', old.id)) EXECUTE FUNCTION append_only();

DROP TRIGGER entry_append_only ON entry;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry FOR EACH ROW
    WHEN (NOT is_erased('entry', old.id)) EXECUTE FUNCTION append_only();
DROP TRIGGER share_no_delete ON share;
CREATE TRIGGER share_no_delete BEFORE DELETE ON share FOR EACH ROW
    WHEN (NOT is_erased('share', old.id)) EXECUTE FUNCTION append_only();

-- Who read something, and when, stays; what they read goes with it.
DROP TRIGGER access_log_append_only ON access_log;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log FOR EACH ROW WHEN (NOT (
    new.number = old.number AND new.at = old.at AND new.staff = old.staff AND new.name = old.name AND new.role = old.role
    AND new.action = old.action AND new.subject = '' AND is_erased('access_log', CAST(old.number AS TEXT))))
    EXECUTE FUNCTION append_only();
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION append_only();
