//! What a row of each kind becomes.

use super::{Kind, row::Row};
use crate::{
    batch::{EnrolmentRow, LearnerRow},
    gather::Item,
    link, london,
    report::Fault,
    value::{self, Value},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use contract::{
    check::{ANSWER_MAX, Choice, QUESTIONS_MAX, Question, QuestionKind},
    course::{Contact, Course, Policy, Role},
    deadline::{Assignment, Extension, Mode},
    hours::{Holiday, Nation, StaffedHours},
    ids::{AssignmentId, ContactId, CourseId, LearnerId, PolicyId, WebinarId},
    kept::Certification,
    webinar::Webinar,
};

/// The largest size that a link can be given: 4 GB.
const LINK_BYTES_MAX: u32 = 4_000_000_000;

pub(super) fn item(kind: Kind, row: &mut Row) -> Item {
    match kind {
        Kind::Learners => learner(row),
        Kind::Courses => course(row),
        Kind::Enrolments => enrolment(row),
        Kind::Assignments => assignment(row),
        Kind::Extensions => extension(row),
        Kind::Sessions => session(row),
        Kind::Contacts => contact(row),
        Kind::Policies => policy(row),
        Kind::Holidays => holiday(row),
        Kind::Hours => hours(row),
        Kind::Checks => check(row),
        Kind::Certifications => certification(row),
    }
}

fn learner(row: &mut Row) -> Item {
    Item::Learner(LearnerRow { id: LearnerId(row.need("id", value::id)), name: row.need("name", value::name) })
}

fn course(row: &mut Row) -> Item {
    Item::Course(Course {
        id: CourseId(row.need("id", value::id)),
        title: row.need("title", value::title),
        awarding_body: row.may("awarding_body", value::name),
        blended_agreed_on: row.may("blended_agreed_on", value::date),
    })
}

fn enrolment(row: &mut Row) -> Item {
    Item::Enrolment(EnrolmentRow {
        learner: LearnerId(row.need("learner", value::id)),
        course: CourseId(row.need("course", value::id)),
        removed: false,
    })
}

fn assignment(row: &mut Row) -> Item {
    let (due, all_day) = due(row);
    Item::Assignment(Assignment {
        id: AssignmentId(row.need("id", value::id)),
        course: CourseId(row.need("course", value::id)),
        title: row.need("title", value::title),
        due,
        all_day,
        mode: row.may("mode", value::mode).unwrap_or_default(),
        ai_level: row.may("ai_level", value::ai_level),
        hand_in: row.may("hand_in", value::text),
        awarding_body: row.may("awarding_body", value::name),
        feedback_by: row.may("feedback_by", value::moment),
        attempts: row.may("attempts", value::count(99)),
        group: row.flag("group"),
        cancelled: row.flag("cancelled"),
        link: row.may("link", link::https),
        link_bytes: link_bytes(row),
        link_reviewed_on: link_reviewed_on(row),
    })
}

fn extension(row: &mut Row) -> Item {
    let (due, _) = due(row);
    let extension = Extension {
        assignment: AssignmentId(row.need("assignment", value::id)),
        due,
        reason: row.may("reason", value::text),
    };
    Item::Extension(LearnerId(row.need("learner", value::id)), extension)
}

fn session(row: &mut Row) -> Item {
    let date = row.need("date", value::date);
    let start = row.need("start", value::time);
    let end = row.may("end", value::time);
    let (starts, ends) = span(row, date, start, end);
    let join = row.may("join_link", link::https);
    let default = if join.is_some() { Mode::LiveWebinar } else { Mode::FaceToFace };
    Item::Session(Webinar {
        id: WebinarId(row.need("id", value::id)),
        course: CourseId(row.need("course", value::id)),
        title: row.need("title", value::title),
        starts,
        ends,
        mode: row.may("mode", value::mode).unwrap_or(default),
        join,
        telephone: row.may("telephone", value::telephone),
        pin: row.may("pin", value::pin),
        data_mb_per_hour: row.may("data_mb_per_hour", value::count(100_000)),
        place: row.may("place", value::title),
        about: row.may("about", value::text),
        cancelled: row.flag("cancelled"),
    })
}

fn contact(row: &mut Row) -> Item {
    Item::Contact(Contact {
        id: ContactId(row.need("id", value::id)),
        // `Role` has no default of its own: 'other' is what a reader makes of an unknown role, and never written.
        role: row.need("role", |cell| value::role(cell).map(Some)).unwrap_or(Role::Other),
        name: row.need("name", value::name),
        telephone: row.may("telephone", value::telephone),
        email: row.may("email", value::email),
        hours: row.may("hours", value::title),
        course: row.may("course", value::id).map(CourseId),
    })
}

fn policy(row: &mut Row) -> Item {
    let policy = Policy {
        id: PolicyId(row.need("id", value::id)),
        title: row.need("title", value::title),
        version: row.need("version", value::name),
        issued_on: row.need("issued_on", value::date),
        renewal_on: row.may("renewal_on", value::date),
        changes: row.may("changes", value::text),
        link: row.may("link", link::https),
        link_bytes: link_bytes(row),
        link_reviewed_on: link_reviewed_on(row),
    };
    if policy.renewal_on.is_some_and(|renewal| renewal < policy.issued_on) && !row.is_refused() {
        row.refuse("renewal_on", Fault::new("The renewal is before the day of issue.", "Check both dates."));
    }
    Item::Policy(policy)
}

/// What a link opens, in bytes. Without a link there is nothing to be told the size of.
fn link_bytes(row: &mut Row) -> Option<u64> {
    let bytes = row.may("link_bytes", value::count(LINK_BYTES_MAX)).map(u64::from);
    if bytes.is_some() && !has_link(row) {
        row.refuse("link_bytes", Fault::new("There is a size, but no link.", "Fill in the link, or empty this cell."));
    }
    bytes
}

/// The day on which somebody last looked at what a link opens.
fn link_reviewed_on(row: &mut Row) -> Option<NaiveDate> {
    let day = row.may("link_reviewed_on", value::date);
    if day.is_some() && !has_link(row) {
        let fault = Fault::new("There is a day of review, but no link.", "Fill in the link, or empty this cell.");
        row.refuse("link_reviewed_on", fault);
    }
    day
}

fn has_link(row: &mut Row) -> bool {
    row.may("link", |link| Ok(link.len())).is_some()
}

fn holiday(row: &mut Row) -> Item {
    Item::Holiday(Holiday {
        date: row.need("date", value::date),
        name: row.need("name", value::name),
        nation: row.may("nation", nation).unwrap_or_default(),
    })
}

fn hours(row: &mut Row) -> Item {
    let hours = StaffedHours {
        contact: ContactId(row.need("contact", value::id)),
        weekday: row.need("weekday", weekday),
        from: row.need("from", value::time).num_seconds_from_midnight() / 60,
        until: row.need("until", value::time).num_seconds_from_midnight() / 60,
    };
    if hours.until <= hours.from && !row.is_refused() {
        row.refuse("until", Fault::new("The end is not after the start.", "Give a later time of the same day."));
    }
    Item::Hours(hours)
}

fn check(row: &mut Row) -> Item {
    let choices = ["a", "b", "c", "d", "e", "f"].map(|letter| (letter, row.may(letter, value::title)));
    let right = row.may("right", letters).unwrap_or_default();
    let nowhere =
        right.iter().find(|one| !choices.iter().any(|(letter, text)| *letter == one.as_str() && text.is_some()));
    if let Some(letter) = nowhere {
        let what = format!("There is no answer {letter} in this row.");
        row.refuse("right", Fault::new(what, "Give letters of the answers that are there, such as a, or a c."));
    }
    let is_right = |letter: &str| right.iter().any(|one| one == letter);
    let choices =
        choices.into_iter().filter_map(|(letter, text)| Some(Choice { text: text?, right: is_right(letter) }));
    let question = Question {
        webinar: WebinarId(row.need("session", value::id)),
        number: row.need("number", value::count(QUESTIONS_MAX)),
        // A stand-in where it is refused.
        kind: row.need("kind", |cell| question_kind(cell).map(Some)).unwrap_or(QuestionKind::Text),
        question: row.need("question", value::title),
        choices: choices.collect(),
        explanation: row.need("explanation", explanation),
    };
    if let Some((field, mend)) = question.fault().filter(|_| !row.is_refused()) {
        let column = if field == "choices" { "a" } else { field };
        row.refuse(column, Fault::new("The question is not whole.", mend));
    }
    Item::Check(question)
}

fn certification(row: &mut Row) -> Item {
    let certified = Certification {
        course: CourseId(row.need("course", value::id)),
        certified_on: row.need("certified_on", value::date),
    };
    Item::Certification(LearnerId(row.need("learner", value::id)), certified)
}

/// The instant of `due_date` and `due_time`, and whether it is a whole day: `due_time` is empty.
fn due(row: &mut Row) -> (DateTime<Utc>, bool) {
    let date = row.need("due_date", value::date);
    let (time, refused) = (row.may("due_time", value::time), row.is_refused());
    match (refused, time) {
        (true, _) => (DateTime::default(), false),
        (false, Some(time)) => (row.made("due_time", london::instant(date, time)), false),
        (false, None) => (row.made("due_date", london::end_of_day(date)), true),
    }
}

/// A session's start and end on one day; without an end both are the start.
fn span(row: &mut Row, date: NaiveDate, start: NaiveTime, end: Option<NaiveTime>) -> (DateTime<Utc>, DateTime<Utc>) {
    if row.is_refused() {
        return Default::default();
    }
    let starts = row.made("start", london::instant(date, start));
    let ends = end.map_or(starts, |end| row.made("end", after(start, end, london::instant(date, end))));
    (starts, ends)
}

fn after(start: NaiveTime, end: NaiveTime, instant: Value<DateTime<Utc>>) -> Value<DateTime<Utc>> {
    if end <= start {
        return Err(Fault::new(
            "The end is not after the start.",
            "Give a later time of the same day, or leave it empty.",
        ));
    }
    instant
}

fn question_kind(text: &str) -> Value<QuestionKind> {
    let kinds = [("one", QuestionKind::One), ("several", QuestionKind::Several), ("text", QuestionKind::Text)];
    value::one_of(text, &kinds)
}

/// Letters with blanks, commas or semicolons between them.
fn letters(text: &str) -> Value<Vec<String>> {
    let words = text.split([' ', ',', ';']).filter(|word| !word.is_empty());
    Ok(words.map(str::to_ascii_lowercase).collect())
}

fn explanation(text: &str) -> Value<String> {
    let text = value::text(text)?;
    if text.chars().count() > ANSWER_MAX {
        return Err(Fault::new("The text is longer than 2,000 characters.", "Make it shorter."));
    }
    Ok(text)
}

fn nation(text: &str) -> Value<Nation> {
    value::one_of(
        text,
        &[
            ("england", Nation::England),
            ("wales", Nation::Wales),
            ("scotland", Nation::Scotland),
            ("northern-ireland", Nation::NorthernIreland),
        ],
    )
}

/// 1 for Monday to 7 for Sunday.
fn weekday(text: &str) -> Value<u32> {
    value::one_of(
        text,
        &[
            ("monday", 1),
            ("tuesday", 2),
            ("wednesday", 3),
            ("thursday", 4),
            ("friday", 5),
            ("saturday", 6),
            ("sunday", 7),
        ],
    )
}
