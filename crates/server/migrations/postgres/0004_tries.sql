-- How full the buckets are that slow guessing down, each under a hash of what it counts; `until` is when it is empty again. The same for
-- addresses at which a learner has signed in, where `until` is when that is forgotten. A row that is over is deleted at the next try.
DROP TABLE tries;
CREATE TABLE tries (
    key TEXT PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX tries_by_end ON tries (until);
