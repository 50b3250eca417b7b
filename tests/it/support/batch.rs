//! What an import would have read.

use super::at;
use contract::{
    course::Course,
    deadline::{Assignment, Extension, Mode},
    delta::Kind,
    guidance::Guidance,
    webinar::Webinar,
};
use import::{Audience, Batch, EnrolmentRow, LearnerRow, RecordRow};
use serde::Serialize;

/// A learner and the one course they are on.
pub fn learner_on(id: &str, course: &str) -> Batch {
    Batch {
        learners: vec![LearnerRow { id: id.into(), name: format!("{id} Name") }],
        enrolments: vec![enrolment(id, course, false)],
        ..Batch::default()
    }
}

pub fn enrolment(learner: &str, course: &str, removed: bool) -> EnrolmentRow {
    EnrolmentRow { learner: learner.into(), course: course.into(), removed }
}

pub fn left(learner: &str, course: &str) -> Batch {
    Batch { enrolments: vec![enrolment(learner, course, true)], ..Batch::default() }
}

/// The course `weld` with two pieces of work, the second by a group, and guidance for everyone.
pub fn weld() -> Batch {
    records([
        course("weld", "Welding level 2"),
        assignment("weld-1", "weld", "Report on welding safety"),
        of_group("weld-2", "weld"),
        guidance("passwords", "Keep your passphrase to yourself"),
    ])
}

pub fn records(records: impl IntoIterator<Item = RecordRow>) -> Batch {
    Batch { records: records.into_iter().collect(), ..Batch::default() }
}

pub fn course(id: &str, title: &str) -> RecordRow {
    let course = Course { id: id.into(), title: title.into(), awarding_body: None, blended_agreed_on: None };
    record(Kind::Course, id, Audience::Course(id.into()), &course)
}

pub fn assignment(id: &str, course: &str, title: &str) -> RecordRow {
    record(Kind::Assignment, id, Audience::Course(course.into()), &work(id, course, title))
}

pub fn of_group(id: &str, course: &str) -> RecordRow {
    let work = Assignment { group: true, ..work(id, course, "A bench, by four") };
    record(Kind::Assignment, id, Audience::Course(course.into()), &work)
}

/// Due on 1 December 2026, a minute before midnight in London.
fn work(id: &str, course: &str, title: &str) -> Assignment {
    Assignment {
        id: id.into(),
        course: course.into(),
        title: title.into(),
        due: at("2026-12-01T23:59:00Z"),
        all_day: false,
        mode: Mode::Distance,
        ai_level: None,
        hand_in: None,
        awarding_body: None,
        feedback_by: None,
        attempts: None,
        group: false,
        cancelled: false,
        link: None,
        link_bytes: None,
        link_reviewed_on: None,
    }
}

/// On 23 November 2026, from 11:00 to 12:30 in London: it is on when a test begins.
pub fn session(id: &str, course: &str) -> RecordRow {
    session_at(id, course, "Arc welding: questions", "2026-11-23T11:00:00Z")
}

/// For an hour and a half.
pub fn session_at(id: &str, course: &str, title: &str, starts: &str) -> RecordRow {
    let starts = at(starts);
    let session = Webinar {
        id: id.into(),
        course: course.into(),
        title: title.into(),
        starts,
        ends: starts + chrono::Duration::minutes(90),
        mode: Mode::LiveWebinar,
        join: None,
        telephone: None,
        pin: None,
        data_mb_per_hour: None,
        place: None,
        about: None,
        cancelled: false,
    };
    record(Kind::Webinar, id, Audience::Course(course.into()), &session)
}

pub fn extension(learner: &str, assignment: &str, due: &str) -> RecordRow {
    let extension = Extension { assignment: assignment.into(), due: at(due), reason: None };
    let id = format!("{learner}/{assignment}");
    record(Kind::Extension, &id, Audience::Learner(learner.into()), &extension)
}

pub fn guidance(id: &str, title: &str) -> RecordRow {
    let guidance = Guidance {
        id: id.into(),
        title: title.into(),
        version: "1".into(),
        reviewed_on: at("2026-09-01T00:00:00Z").date_naive(),
        html: "<p>Ask your tutor.</p>".into(),
        order: 0,
        changes: None,
    };
    record(Kind::Guidance, id, Audience::Everyone, &guidance)
}

fn record(kind: Kind, id: &str, audience: Audience, body: &impl Serialize) -> RecordRow {
    RecordRow { kind: kind.into(), id: id.into(), audience, body: serde_json::to_string(body).unwrap(), removed: false }
}
