-- Sign-ins that did not succeed, by the reference as it was typed, in lower case; forgotten after an hour without one.
CREATE TABLE tries (
    who TEXT PRIMARY KEY,
    failed BIGINT NOT NULL,
    last BIGINT NOT NULL
);
CREATE INDEX tries_by_age ON tries (last);
