-- Who works for the provider, and by which key the server knows them. A key that is revoked stays, with the day.
CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('tutor', 'assessor', 'safeguarding-lead', 'learner-support', 'administrator')),
    key_sha256 TEXT NOT NULL UNIQUE,
    added BIGINT NOT NULL,
    revoked BIGINT
);

-- Who read or exported what, and when: never any text of it.
CREATE TABLE access_log (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- The id in `staff`; `staff-key` for the key of the configuration, `command-line` for whoever runs the server.
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    -- The id of what was read; empty for an export.
    subject TEXT NOT NULL
);

CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION append_only();
