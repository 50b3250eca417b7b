-- What learners do that is small and dated. What was done stands in `change` too; what came of it, in the records that sync tells.
CREATE TABLE act (
    id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    -- The deed's name in the contract.
    kind TEXT NOT NULL,
    -- What it is about: an id, or several with / between them.
    subject TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    device_time BIGINT NOT NULL,
    -- The JSON of the contract's Deed.
    body TEXT NOT NULL
);
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
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    -- Of what asked for it.
    sha256 TEXT NOT NULL
);
CREATE INDEX entry_by_subject ON entry (kind, subject, at);
CREATE INDEX entry_by_learner ON entry (learner, kind, at);

CREATE TRIGGER act_append_only BEFORE UPDATE OR DELETE ON act FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER act_no_truncate BEFORE TRUNCATE ON act FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION append_only();
