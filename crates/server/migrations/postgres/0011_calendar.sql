-- The address of a learner's calendar, as the hash of its secret; a new one takes the place of the old.
CREATE TABLE calendar (
    learner TEXT PRIMARY KEY REFERENCES learner (id),
    secret_sha256 TEXT NOT NULL UNIQUE,
    made BIGINT NOT NULL
);

-- About when revisions were given, for calendars, which say when something last changed: at most one row a minute. A revision that has none
-- is of the time of the one before it.
CREATE TABLE revision_time (
    revision BIGINT PRIMARY KEY,
    at BIGINT NOT NULL
);
INSERT INTO revision_time (revision, at) VALUES (0, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT));

CREATE FUNCTION note_revision_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_ms BIGINT := CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT);
BEGIN
    IF (SELECT at FROM revision_time ORDER BY revision DESC LIMIT 1) <= now_ms - 60000 THEN
        INSERT INTO revision_time (revision, at) VALUES (NEW.revision, now_ms) ON CONFLICT (revision) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER revision_time_note AFTER UPDATE OF revision ON counter FOR EACH ROW EXECUTE FUNCTION note_revision_time();
