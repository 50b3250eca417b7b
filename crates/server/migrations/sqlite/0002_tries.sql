-- Sign-ins that did not succeed, by the reference as it was typed, in lower case; forgotten after an hour without one.
CREATE TABLE tries (
    who TEXT PRIMARY KEY,
    failed INTEGER NOT NULL,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tries_by_age ON tries (last);
