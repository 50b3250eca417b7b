//! Why a change is refused, in words for the learner.

use crate::{error::problem, web::text};
use contract::problem::{FieldProblem, Problem};

pub fn unreadable(error: &serde_json::Error) -> Problem {
    problem(
        422,
        "unreadable-change",
        "This cannot be read",
        format!("The app sent something unreadable ({error}). Tell your tutor."),
    )
}

pub fn unreadable_item(position: usize, error: &serde_json::Error) -> Problem {
    let problem = unreadable(error);
    field(problem, &format!("/{position}"), "This is not an id with a change.")
}

pub fn no_uuid() -> Problem {
    fields(vec![FieldProblem { pointer: "/id".into(), detail: "This must be a UUID.".into() }])
}

pub fn null_character(pointer: &str) -> Problem {
    fields(vec![FieldProblem { pointer: pointer.into(), detail: text::NULL.into() }])
}

pub fn too_long(most: usize) -> Problem {
    problem(
        413,
        "change-too-large",
        "This is too long",
        format!("One change may have {most} bytes. Make your answers shorter and sign again."),
    )
}

pub fn other_id() -> Problem {
    let problem = problem(
        422,
        "other-id",
        "Two ids for one change",
        "The change was sent under another id than its own. Tell your tutor.".into(),
    );
    field(problem, "/id", "This is not the id it was sent under.")
}

pub fn other_learner(pointer: &str) -> Problem {
    let detail = "This was signed by another learner. Its own learner must sign in to send it.";
    field(problem(403, "other-learner", "Not yours to send", detail.into()), pointer, "This is not who is signed in.")
}

pub fn id_taken() -> Problem {
    let detail =
        "Something else was kept under this id before, and stays as it was. Sign or send it again to make a new one.";
    problem(409, "id-taken", "Already used", detail.into())
}

pub fn erased() -> Problem {
    let detail = "This was kept for as long as it had to be, and is erased. There is nothing more to do.";
    problem(410, "erased", "Erased", detail.into())
}

pub fn fields(fields: Vec<FieldProblem>) -> Problem {
    let detail = "Change what is named below, then sign again.";
    Problem { fields, ..problem(422, "fields", "Something needs changing", detail.into()) }
}

pub fn no_such_work() -> Problem {
    let detail = "This work is not in your list. If you think it should be, ask your tutor to add it, then send again.";
    field(
        problem(404, "no-such-work", "Not your work", detail.into()),
        "/what/declare/assignment",
        "You do not have this work.",
    )
}

/// Says nothing of a person, as anybody may have sent it.
pub fn needs_its_learner() -> Problem {
    let detail = "Something on this device was not taken. Its learner can sign in here to see why and what to do.";
    problem(403, "needs-its-learner", "Its learner is needed", detail.into())
}

pub fn sealed_elsewhere() -> Problem {
    let detail =
        "This was sealed for another service, or for one that has lost its keys. Keep it, and tell the provider.";
    problem(422, "sealed-elsewhere", "Not sealed for this service", detail.into())
}

pub fn damaged() -> Problem {
    let detail = "This was changed on its way, or is not what the app sealed. Keep it, and tell the provider.";
    problem(422, "damaged-envelope", "This cannot be opened", detail.into())
}

pub fn no_such_declaration() -> Problem {
    let detail = "There is no declaration of yours like that. Look at your receipts, and withdraw it from there.";
    field(
        problem(404, "no-such-declaration", "Nothing to withdraw", detail.into()),
        "/what/withdraw/declaration",
        "This is not a declaration of yours.",
    )
}

pub fn already_withdrawn() -> Problem {
    let detail = "You have withdrawn this declaration already. There is nothing more to do.";
    field(
        problem(409, "already-withdrawn", "Already withdrawn", detail.into()),
        "/what/withdraw/declaration",
        "This is withdrawn.",
    )
}

pub fn already_declared(attempt: u32) -> Problem {
    let detail = format!(
        "You have signed for attempt {attempt} of this work already, and that stays. If you did the work again, sign for attempt {}.",
        attempt.saturating_add(1)
    );
    field(
        problem(409, "already-declared", "Already signed", detail),
        "/what/declare/attempt",
        "This attempt is signed already.",
    )
}

pub fn no_own_part() -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/declare/own_part".into(),
        detail: "This is group work: say in your own words which part you did.".into(),
    }])
}

fn field(problem: Problem, pointer: &str, detail: &str) -> Problem {
    Problem { fields: vec![FieldProblem { pointer: pointer.into(), detail: detail.into() }], ..problem }
}

/// `numbers`: whom to call instead, in words; may be empty.
pub fn no_private_route(numbers: &str) -> Problem {
    let whom = if numbers.is_empty() { "your tutor or the safeguarding lead" } else { numbers };
    let detail = format!(
        "We cannot take private messages here now, so nothing was kept. Call {whom}. If someone is in danger now, call 999."
    );
    problem(422, "no-private-route", "Please call instead", detail)
}

pub fn not_opened() -> Problem {
    let detail = "We cannot open this private message, so nothing was kept. Sign in again and write it once more, or call. If someone \
                  is in danger now, call 999.";
    problem(422, "not-opened", "We cannot open this", detail.into())
}

pub fn not_sealed() -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/more/sealed".into(),
        detail: "This request is private: seal what you add on the device.".into(),
    }])
}

pub fn not_private() -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/more/says".into(),
        detail: "This request is not private: send what you add as `says`.".into(),
    }])
}

pub fn no_such_request() -> Problem {
    let detail = "You have no request like that. Look at your requests, and write from there.";
    field(
        problem(404, "no-such-request", "No such request", detail.into()),
        "/what/more/request",
        "This is not a request of yours.",
    )
}

pub fn request_closed() -> Problem {
    let detail = "This request is closed, and stays as it is. Ask again in a new one.";
    field(problem(409, "request-closed", "This is closed", detail.into()), "/what/more/request", "This is closed.")
}

/// `pointer`: to what names it.
pub fn nothing_like_that(pointer: &str) -> Problem {
    let detail = "What this is about is not in your list. If you think it should be, ask your tutor.";
    field(problem(404, "no-such-thing", "Not in your list", detail.into()), pointer, "You do not have this.")
}

/// `pointer`: to what names the session.
pub fn not_begun(pointer: &str) -> Problem {
    let detail = "This session has not begun. Do this when it has.";
    field(problem(409, "not-begun", "Not begun yet", detail.into()), pointer, "This has not begun.")
}

pub fn not_later() -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/ask/until".into(),
        detail: "Choose a day after the day on which it is due.".into(),
    }])
}

pub fn too_early() -> Problem {
    let detail = "This session has not begun. Say that you are here from 15 minutes before it.";
    field(
        problem(422, "too-early", "It is too early", detail.into()),
        "/what/act/deed/arrive/webinar",
        "This session cannot be joined yet.",
    )
}

pub fn still_to_come() -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/act/deed/study/date".into(),
        detail: "This day is still to come. Add your time when you have taken it.".into(),
    }])
}

/// `most`: pieces of time in a week.
pub fn too_much_study(most: usize) -> Problem {
    fields(vec![FieldProblem {
        pointer: "/what/act/deed/study".into(),
        detail: format!(
            "A week takes {most} pieces of time. Add this to one that is there: the same day and word correct it."
        ),
    }])
}
