-- Who works for the provider, and by which key the server knows them. A key that is revoked stays, with the day.
CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('tutor', 'assessor', 'safeguarding-lead', 'learner-support', 'administrator')),
    key_sha256 TEXT NOT NULL UNIQUE,
    added INTEGER NOT NULL,
    revoked INTEGER
) STRICT;

-- Who read or exported what, and when: never any text of it.
CREATE TABLE access_log (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- The id in `staff`; `staff-key` for the key of the configuration, `command-line` for whoever runs the server.
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    -- The id of what was read; empty for an export.
    subject TEXT NOT NULL
) STRICT;

CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE (ABORT, 'access_log is append-only'); END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log BEGIN SELECT RAISE (ABORT, 'access_log is append-only'); END;
