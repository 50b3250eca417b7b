//! From what all files brought to one batch: no id twice, no reference to nothing, in the order of writing.

use crate::{
    batch::{Audience, Batch, EnrolmentRow, LearnerRow, RecordKind, RecordRow, event_of},
    read::Known,
    report::{Fault, Place, Report},
    value::quoted,
};
use contract::{
    check::Question,
    course::{Contact, Course, Policy},
    deadline::{Assignment, Extension},
    delta::Kind,
    guidance::Guidance,
    hours::{Holiday, StaffedHours},
    ids::{AssignmentId, ContactId, CourseId, LearnerId, WebinarId},
    json::to_json,
    kept::Certification,
    late::kind,
    webinar::Webinar,
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that a file brought, good in itself.
#[derive(Debug)]
pub(crate) struct Found {
    pub place: Place,
    pub item: Item,
    pub removed: bool,
}

#[derive(Debug)]
pub(crate) enum Item {
    Learner(LearnerRow),
    Course(Course),
    Enrolment(EnrolmentRow),
    Assignment(Assignment),
    Extension(LearnerId, Extension),
    Session(Webinar),
    Contact(Contact),
    Policy(Policy),
    Guidance(Guidance),
    Holiday(Holiday),
    Hours(StaffedHours),
    Check(Question),
    Certification(LearnerId, Certification),
}

impl Found {
    pub fn course_brought(&self) -> Option<&CourseId> {
        match &self.item {
            Item::Course(course) => Some(&course.id),
            _ => None,
        }
    }
}

/// `calendars` are the ids of events that were read whole; one of which something is refused here is not.
pub(crate) fn gather(mut found: Vec<Found>, calendars: BTreeSet<String>, known: &Known, report: &mut Report) -> Batch {
    // What is referred to comes before what refers to it; the sort keeps the order of reading within a kind.
    found.sort_by_key(|found| rank(&found.item));
    let batch = Batch { calendars, ..Batch::default() };
    let mut gathering = Gathering { batch, known: known.clone(), ..Gathering::default() };
    for found in found {
        gathering.add(found, report);
    }
    gathering.batch
}

fn rank(item: &Item) -> u8 {
    match item {
        Item::Learner(_) => 0,
        Item::Course(_) => 1,
        Item::Assignment(_) => 2,
        Item::Session(_) => 3,
        Item::Contact(_) => 4,
        Item::Policy(_) => 5,
        Item::Guidance(_) => 6,
        Item::Extension(..) => 7,
        Item::Enrolment(_) => 8,
        Item::Holiday(_) => 9,
        Item::Hours(_) => 10,
        Item::Check(_) => 11,
        Item::Certification(..) => 12,
    }
}

#[derive(Default)]
struct Gathering {
    batch: Batch,
    /// The database's and the batch's own.
    known: Known,
    /// Where each id was first, by what it is the id of.
    first: BTreeMap<(&'static str, String), Place>,
    due: BTreeMap<AssignmentId, chrono::DateTime<chrono::Utc>>,
}

impl Gathering {
    fn add(&mut self, found: Found, report: &mut Report) {
        let Found { place, item, removed } = found;
        let (what, id) = identity(&item);
        if let Some((column, fault)) = self.unknown_reference(&item) {
            self.batch.calendars.remove(event_of(&id));
            return report.refused.push(fault.at(&place, column));
        }
        if let Some(first) = self.first.get(&(what, id.clone())) {
            let fault = Fault::new(
                format!("The {what} {} is there already, at {}:{}.", quoted(&id), first.file, first.line),
                "Keep one of the two, or give this one another id.",
            );
            self.batch.calendars.remove(event_of(&id));
            return report.refuse_line(&place, fault);
        }
        self.first.insert((what, id.clone()), place.clone());
        self.keep(item, id, removed, &place, report);
    }

    /// The column and what is wrong, where the item refers to what neither the database nor a file has.
    fn unknown_reference(&self, item: &Item) -> Option<(&'static str, Fault)> {
        match item {
            Item::Learner(_) | Item::Course(_) | Item::Policy(_) | Item::Guidance(_) | Item::Holiday(_) => None,
            Item::Hours(hours) => self.contact(&hours.contact),
            Item::Check(question) => self.session(&question.webinar),
            Item::Assignment(assignment) => self.course(&assignment.course),
            Item::Session(session) => self.course(&session.course),
            Item::Contact(contact) => contact.course.as_ref().and_then(|course| self.course(course)),
            Item::Enrolment(row) => self.learner(&row.learner).or_else(|| self.course(&row.course)),
            Item::Certification(learner, certified) => self.learner(learner).or_else(|| self.course(&certified.course)),
            Item::Extension(learner, extension) => {
                self.learner(learner).or_else(|| self.assignment(&extension.assignment))
            }
        }
    }

    fn course(&self, id: &CourseId) -> Option<(&'static str, Fault)> {
        let fault = || missing("course", "courses.csv", id.as_str(), self.known.courses.iter().map(CourseId::as_str));
        (!self.known.courses.contains(id)).then(|| ("course", fault()))
    }

    fn learner(&self, id: &LearnerId) -> Option<(&'static str, Fault)> {
        let fault =
            || missing("learner", "learners.csv", id.as_str(), self.known.learners.iter().map(LearnerId::as_str));
        (!self.known.learners.contains(id)).then(|| ("learner", fault()))
    }

    fn assignment(&self, id: &AssignmentId) -> Option<(&'static str, Fault)> {
        let ids = || self.known.assignments.iter().map(AssignmentId::as_str);
        let fault = || missing("assignment", "assignments.csv", id.as_str(), ids());
        (!self.known.assignments.contains(id)).then(|| ("assignment", fault()))
    }

    fn contact(&self, id: &ContactId) -> Option<(&'static str, Fault)> {
        let ids = || self.known.contacts.keys().map(ContactId::as_str);
        let fault = || missing("contact", "contacts.csv", id.as_str(), ids());
        (!self.known.contacts.contains_key(id)).then(|| ("contact", fault()))
    }

    fn session(&self, id: &WebinarId) -> Option<(&'static str, Fault)> {
        let ids = || self.known.sessions.keys().map(WebinarId::as_str);
        let fault = || missing("session", "sessions.csv", id.as_str(), ids());
        (!self.known.sessions.contains_key(id)).then(|| ("session", fault()))
    }

    fn keep(&mut self, item: Item, id: String, removed: bool, place: &Place, report: &mut Report) {
        let course = |course: &CourseId| Audience::Course(course.clone());
        let record = match item {
            Item::Learner(row) => {
                self.known.learners.insert(row.id.clone());
                return self.batch.learners.push(row);
            }
            Item::Enrolment(row) => return self.batch.enrolments.push(EnrolmentRow { removed, ..row }),
            Item::Course(body) => {
                self.known.courses.insert(body.id.clone());
                record(Kind::Course, id, course(&body.id), &body, removed)
            }
            Item::Assignment(body) => {
                self.known.assignments.insert(body.id.clone());
                self.due.insert(body.id.clone(), body.due);
                record(Kind::Assignment, id, course(&body.course), &body, removed)
            }
            Item::Extension(learner, body) => {
                if self.due.get(&body.assignment).is_some_and(|due| body.due <= *due) && !removed {
                    report.note(place, "the extension is not later than the deadline itself.");
                }
                record(Kind::Extension, id, Audience::Learner(learner), &body, removed)
            }
            Item::Session(body) => {
                self.known.sessions.insert(body.id.clone(), body.course.clone());
                record(Kind::Webinar, id, course(&body.course), &body, removed)
            }
            Item::Contact(body) => {
                let audience = body.course.as_ref().map_or(Audience::Everyone, course);
                self.known.contacts.insert(body.id.clone(), body.course.clone());
                record(Kind::Contact, id, audience, &body, removed)
            }
            Item::Policy(body) => record(Kind::Policy, id, Audience::Everyone, &body, removed),
            Item::Guidance(body) => record(Kind::Guidance, id, Audience::Everyone, &body, removed),
            Item::Holiday(body) => record(RecordKind::Late(kind::HOLIDAY), id, Audience::Everyone, &body, removed),
            Item::Hours(body) => {
                // For whoever sees the contact.
                let of = self.known.contacts.get(&body.contact).cloned().flatten();
                let audience = of.map_or(Audience::Everyone, Audience::Course);
                record(RecordKind::Late(kind::STAFFED_HOURS), id, audience, &body, removed)
            }
            Item::Check(body) => {
                let of = self.known.sessions.get(&body.webinar).map_or(Audience::Everyone, course);
                record(RecordKind::Late(kind::CHECK), id, of, &body, removed)
            }
            Item::Certification(learner, body) => {
                record(RecordKind::Late(kind::CERTIFICATION), id, Audience::Learner(learner), &body, removed)
            }
        };
        match record {
            Ok(row) => self.batch.records.push(row),
            Err(error) => {
                let what = format!("It cannot be written as JSON: {error}.");
                report.refuse_line(place, Fault::new(what, "Report this, with the file."));
            }
        }
    }
}

/// What an item is called in a refusal, and the id that it may not share with another of its kind.
fn identity(item: &Item) -> (&'static str, String) {
    match item {
        Item::Learner(row) => ("learner", row.id.0.clone()),
        Item::Course(course) => ("course", course.id.0.clone()),
        Item::Enrolment(row) => ("enrolment", format!("{}/{}", row.learner, row.course)),
        Item::Assignment(assignment) => ("assignment", assignment.id.0.clone()),
        Item::Extension(learner, extension) => ("extension", format!("{learner}/{}", extension.assignment)),
        Item::Session(session) => ("session", session.id.0.clone()),
        Item::Contact(contact) => ("contact", contact.id.0.clone()),
        Item::Policy(policy) => ("policy", policy.id.0.clone()),
        Item::Guidance(page) => ("guidance page", page.id.0.clone()),
        Item::Certification(learner, certified) => ("certification", format!("{learner}/{}", certified.course)),
        Item::Holiday(holiday) => {
            ("holiday", format!("{}/{}", to_json(&holiday.nation).trim_matches('"'), holiday.date))
        }
        Item::Check(question) => ("question", format!("{}/{}", question.webinar, question.number)),
        Item::Hours(hours) => {
            ("hours", format!("{}/{}/{:02}:{:02}", hours.contact, hours.weekday, hours.from / 60, hours.from % 60))
        }
    }
}

fn record(
    kind: impl Into<RecordKind>,
    id: String,
    audience: Audience,
    body: &impl serde::Serialize,
    removed: bool,
) -> serde_json::Result<RecordRow> {
    Ok(RecordRow { kind: kind.into(), id, audience, body: serde_json::to_string(body)?, removed })
}

fn missing<'a>(what: &str, file: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Fault {
    let alike: BTreeSet<_> = known.filter(|other| other.eq_ignore_ascii_case(id)).collect();
    let mend = match alike.first() {
        Some(other) => format!("There is {}: write it the same way.", quoted(other)),
        None => format!("Add it to {file}, or correct the id."),
    };
    Fault::new(format!("There is no {what} {}.", quoted(id)), mend)
}
