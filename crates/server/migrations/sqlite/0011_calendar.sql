-- The address of a learner's calendar, as the hash of its secret; a new one takes the place of the old.
CREATE TABLE calendar (
    learner TEXT PRIMARY KEY REFERENCES learner (id),
    secret_sha256 TEXT NOT NULL UNIQUE,
    made INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- About when revisions were given, for calendars, which say when something last changed: at most one row a minute. A revision that has none
-- is of the time of the one before it.
CREATE TABLE revision_time (
    revision INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO revision_time (revision, at) VALUES (0, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));

CREATE TRIGGER revision_time_note AFTER UPDATE OF revision ON counter
WHEN (SELECT at FROM revision_time ORDER BY revision DESC LIMIT 1) <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) - 60000
BEGIN
    INSERT INTO revision_time (revision, at) VALUES (NEW.revision, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
    ON CONFLICT (revision) DO NOTHING;
END;
