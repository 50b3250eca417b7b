-- What learners ask for. What was asked stands in `change`; how it stands now, also in the record that sync tells.
CREATE TABLE request (
    -- The change that asked.
    id TEXT PRIMARY KEY REFERENCES change (id),
    learner TEXT NOT NULL REFERENCES learner (id),
    kind TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('received', 'seen', 'in-progress', 'answered', 'closed', 'withdrawn')),
    -- A day in London, as 2026-11-30; empty where no answer is promised.
    promised_by TEXT NOT NULL,
    -- Lost study time stops being so when its learner shares it; nothing else does.
    private INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX request_by_time ON request (received_at, id);

-- Every step, for ever.
CREATE TABLE request_step (
    -- The change's, for a step of the learner's.
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES request (id),
    -- 1, 2, 3 ... within its request.
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- The id in `staff`; empty for the learner.
    staff TEXT NOT NULL,
    -- After it.
    status TEXT NOT NULL,
    -- The JSON of what is said: the contract's Words in clear or, where the request is private, its SealedWords. Empty for nothing.
    said TEXT NOT NULL,
    sealed INTEGER NOT NULL DEFAULT 0,
    -- The JSON of the contract's Decision; empty for none.
    decision TEXT NOT NULL,
    -- Of what asked for this step: the same again is the same step.
    sha256 TEXT NOT NULL,
    UNIQUE (request, number)
) STRICT;

CREATE TRIGGER request_no_update BEFORE UPDATE OF id, learner, kind, received_at ON request BEGIN SELECT RAISE (ABORT, 'request is append-only'); END;
CREATE TRIGGER request_no_delete BEFORE DELETE ON request BEGIN SELECT RAISE (ABORT, 'request is append-only'); END;
CREATE TRIGGER request_step_no_update BEFORE UPDATE ON request_step BEGIN SELECT RAISE (ABORT, 'request_step is append-only'); END;
CREATE TRIGGER request_step_no_delete BEFORE DELETE ON request_step BEGIN SELECT RAISE (ABORT, 'request_step is append-only'); END;
