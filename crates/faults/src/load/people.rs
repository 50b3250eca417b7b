//! Who is there: learners, their courses and all that sync tells them, written straight into the database.

use super::{
    bulk::{Bulk, Table, Value},
    past,
};
use crate::{
    book::sha256,
    dice::Dice,
    store::{Database, token},
};
use anyhow::{Context, Result};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use contract::{
    course::{Contact, Course, Policy, Role},
    deadline::{AiLevel, Assignment, Extension, Mode},
    guidance::Guidance,
    webinar::Webinar,
};
use serde::Serialize;

pub const COHORT: usize = 25;
/// Pieces of work a course; the first [`PAST`] are due, and declared by everybody.
pub const WORK: usize = 20;
pub const PAST: usize = 9;
const WEBINARS: usize = 8;
/// How many changes of others came after the last that was for everybody.
pub const OTHERS: i64 = 1_000;
/// Sessions of each learner: one whose use was noted lately, and one that was last used yesterday.
pub const LATELY: usize = 0;
pub const YESTERDAY: usize = 1;

/// Who and what is in the database, by numbers from 0.
#[derive(Clone, Copy, Debug)]
pub struct People {
    pub seed: u64,
    pub learners: usize,
    pub now: DateTime<Utc>,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub rows: u64,
    /// Before the second import, by which two pieces of work of each course changed.
    pub before_news: i64,
    /// After it: nobody has anything newer.
    pub after_news: i64,
    pub epoch: String,
}

impl People {
    #[must_use]
    pub fn learner(&self, number: usize) -> String {
        format!("L{:06}", number + 1)
    }

    /// The courses of a learner: one, and for every other learner a second.
    #[must_use]
    pub fn courses(&self, learner: usize) -> Vec<usize> {
        let first = learner / COHORT;
        if learner.is_multiple_of(2) {
            vec![first, self.learners.div_ceil(COHORT) + learner / 2 / COHORT]
        } else {
            vec![first]
        }
    }

    #[must_use]
    pub fn assignment(&self, course: usize, number: usize) -> String {
        format!("{}-{:02}", code(course), number + 1)
    }

    #[must_use]
    pub fn course(&self, number: usize) -> String {
        code(number)
    }

    #[must_use]
    pub fn due(&self, number: usize) -> DateTime<Utc> {
        let weeks = number as i64 - PAST as i64;
        self.now + Duration::days(weeks * 7 + 3)
    }

    fn all_courses(&self) -> usize {
        self.learners.div_ceil(COHORT) + self.learners.div_ceil(2).div_ceil(COHORT)
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }
}

fn code(course: usize) -> String {
    format!("C{:05}", course + 1)
}

const LEARNER: Table = ("learner", "id,name,passphrase_hash,example");
const SESSION: Table = ("session", "token_sha256,learner,device,created,last_seen");
const ENROLMENT: Table = ("enrolment", "learner,course,revision,removed");
pub const RECORD: Table = ("record", "kind,id,audience_kind,audience_id,body,revision,removed");

/// Fills a database whose schema is there. All get the passphrase of the learner `model`.
///
/// # Errors
/// The database does not take it.
pub async fn settle(database: &Database, people: People, model: &str) -> Result<Made> {
    let mut store = database.connect().await?;
    let mut one = async |sql: &str| -> Result<String> {
        let rows: Vec<(String,)> = store.rows(sql).await?;
        Ok(rows.into_iter().next().context("the database is not one of this server's")?.0)
    };
    let hash = one(&format!("SELECT passphrase_hash FROM learner WHERE id = '{model}'")).await?;
    let epoch = one("SELECT value FROM setting WHERE name = 'epoch'").await?;
    let key_id = one("SELECT id FROM server_key WHERE kind = 'receipt' ORDER BY made DESC LIMIT 1").await?;
    let secret = one(&format!("SELECT secret FROM server_key WHERE id = '{key_id}'")).await?;
    store.close().await?;

    let mut bulk = Bulk::begin(database).await?;
    everyone(&mut bulk, people).await?;
    for number in 0..people.all_courses() {
        course(&mut bulk, people, number).await?;
    }
    for number in 0..people.learners {
        learner(&mut bulk, people, number, &hash).await?;
    }
    let before_news = past::declare(&mut bulk, people, &key_id, &secret).await?;
    let after_news = before_news + 1;
    for number in 0..people.all_courses() {
        for last in WORK - 2..WORK {
            put_work(&mut bulk, people, number, last, after_news).await?;
        }
    }
    bulk.execute(&format!("UPDATE counter SET revision = {}", after_news + OTHERS)).await?;
    Ok(Made { rows: bulk.end().await?, before_news, after_news, epoch })
}

async fn everyone(bulk: &mut Bulk, people: People) -> Result<()> {
    let to = ("everyone", "");
    let (issued_on, renewal_on) = (people.today() - Days::new(200), Some(people.today() + Days::new(165)));
    let link = Some("https://college.example.org/policies/blended-learning".into());
    let (title, version) = ("Blended Learning Policy".into(), "3".into());
    let policy = Policy {
        id: "blended".into(),
        title,
        version,
        issued_on,
        renewal_on,
        changes: None,
        link,
        link_bytes: None,
        link_reviewed_on: None,
    };
    record(bulk, "policy", "blended", to, &policy, 1).await?;
    for (order, title) in ["Staying safe online", "Meeting people online", "Who to call"].into_iter().enumerate() {
        let id = format!("safe-{order}");
        let html = "<p>If something online worries you, stop. Tell your tutor or the safeguarding lead today.</p>\
            <ul><li>Keep your passphrase to yourself.</li><li>Do not share where you live.</li></ul>"
            .repeat(4);
        let (reviewed_on, order) = (people.today() - Days::new(90), order as i32);
        let page = Guidance {
            id: (*id).into(),
            title: title.into(),
            version: "2".into(),
            reviewed_on,
            html,
            order,
            changes: None,
        };
        record(bulk, "guidance", &id, to, &page, 1).await?;
    }
    let contacts = [(Role::SafeguardingLead, "Rosa Okafor"), (Role::LearnerSupport, "Learner Support")];
    for (at, (role, name)) in contacts.into_iter().enumerate() {
        let id = format!("all-{at}");
        record(bulk, "contact", &id, to, &contact(&id, role, name, None), 1).await?;
    }
    Ok(())
}

async fn course(bulk: &mut Bulk, people: People, number: usize) -> Result<()> {
    let id = code(number);
    let to = ("course", id.as_str());
    let title = format!("Welding and fabrication, level 2, group {}", number + 1);
    let awarding_body = Some("Example Awards".into());
    let course = Course { id: (*id).into(), title, awarding_body, blended_agreed_on: Some(people.today()) };
    record(bulk, "course", &id, to, &course, 1).await?;
    let contacts = [(Role::Tutor, "Tom Hughes"), (Role::Assessor, "Ada Bello"), (Role::Technical, "Help desk")];
    for (at, (role, name)) in contacts.into_iter().enumerate() {
        let contact_id = format!("{id}-{at}");
        record(bulk, "contact", &contact_id, to, &contact(&contact_id, role, name, Some(&id)), 1).await?;
    }
    // The last two come again with the second import.
    for work in 0..WORK - 2 {
        put_work(bulk, people, number, work, 1).await?;
    }
    for webinar in 0..WEBINARS {
        let webinar_id = format!("{id}-w{webinar}");
        let starts = people.now + Duration::days(webinar as i64 * 7 - 14);
        let session = Webinar {
            id: (*webinar_id).into(),
            course: (*id).into(),
            title: format!("Live session {}: reading drawings", webinar + 1),
            starts,
            ends: starts + Duration::minutes(90),
            mode: Mode::LiveWebinar,
            join: Some(format!("https://meet.example.org/j/{webinar_id}")),
            telephone: Some("020 7946 0000".into()),
            pin: Some("4711".into()),
            data_mb_per_hour: Some(600),
            place: None,
            about: Some("Bring your drawings. You can join by telephone.".into()),
            cancelled: false,
        };
        record(bulk, "webinar", &webinar_id, to, &session, 1).await?;
    }
    Ok(())
}

async fn put_work(bulk: &mut Bulk, people: People, course: usize, number: usize, revision: i64) -> Result<()> {
    let (id, course_id) = (people.assignment(course, number), code(course));
    let work = Assignment {
        id: (*id).into(),
        course: (*course_id).into(),
        title: title(number),
        due: people.due(number),
        all_day: false,
        mode: Mode::Distance,
        ai_level: Some(AiLevel::Plan),
        hand_in: Some("Write one page in your own words.\nHand it in on the course site, or on paper.".into()),
        awarding_body: None,
        feedback_by: Some(people.due(number) + Duration::days(14)),
        attempts: None,
        group: false,
        cancelled: false,
        link: Some(format!("https://learn.example.org/{course_id}/{id}")),
        link_bytes: None,
        link_reviewed_on: None,
    };
    record(bulk, "assignment", &id, ("course", &course_id), &work, revision).await
}

/// The title of a course's piece of work.
#[must_use]
pub fn title(number: usize) -> String {
    format!("Task {}: report on safe welding", number + 1)
}

async fn learner(bulk: &mut Bulk, people: People, number: usize, hash: &str) -> Result<()> {
    let id = people.learner(number);
    let mut dice = Dice::new(&[people.seed, 8, number as u64]);
    bulk.put(LEARNER, [id.as_str().into(), name(&mut dice).into(), hash.into(), Value::Truth(false)]).await?;
    let day = Duration::days(1);
    // Ahead of the clock: it stays 'within the last minute' for as long as this runs.
    for (session, last_seen) in [(LATELY, people.now + day), (YESTERDAY, people.now - day)] {
        let times = [people.now - day * 20, last_seen].map(|time| Value::Number(time.timestamp_millis()));
        let [created, last_seen] = times;
        let hash = sha256(token(&id, session).as_bytes());
        bulk.put(SESSION, [hash.as_str().into(), id.as_str().into(), "own".into(), created, last_seen]).await?;
    }
    for course in people.courses(number) {
        let row = [id.as_str().into(), code(course).as_str().into(), Value::Number(1), Value::Truth(false)];
        bulk.put(ENROLMENT, row).await?;
    }
    if dice.chance(200) {
        let assignment = people.assignment(number / COHORT, PAST);
        let reason = Some("Illness".into());
        let extension =
            Extension { assignment: (*assignment).into(), due: people.due(PAST) + Duration::days(7), reason };
        record(bulk, "extension", &format!("{id}/{assignment}"), ("learner", &id), &extension, 1).await?;
    }
    Ok(())
}

#[must_use]
pub fn name(dice: &mut Dice) -> &'static str {
    const NAMES: [&str; 8] = [
        "Amira Khan",
        "Ben O\u{2019}Connor",
        "Zo\u{eb} Adeyemi",
        "Li Wei",
        "Grace Mensah",
        "Tom Price",
        "Ioana Popescu",
        "Samir Haddad",
    ];
    NAMES[dice.below(NAMES.len())]
}

fn contact(id: &str, role: Role, name: &str, course: Option<&str>) -> Contact {
    Contact {
        id: id.into(),
        role,
        name: name.into(),
        telephone: Some("020 7946 0101".into()),
        email: Some("help@college.example.org".into()),
        hours: Some("Monday to Friday, 8am to 6pm".into()),
        course: course.map(Into::into),
    }
}

async fn record<T: Serialize>(
    bulk: &mut Bulk,
    kind: &str,
    id: &str,
    (audience_kind, audience_id): (&str, &str),
    body: &T,
    revision: i64,
) -> Result<()> {
    put_record(bulk, kind, id, (audience_kind, audience_id), serde_json::to_string(body)?, revision).await
}

/// The same, for a body that is written already.
pub async fn put_record(
    bulk: &mut Bulk,
    kind: &str,
    id: &str,
    (audience_kind, audience_id): (&str, &str),
    body: String,
    revision: i64,
) -> Result<()> {
    let (revision, removed) = (Value::Number(revision), Value::Truth(false));
    let row = [kind.into(), id.into(), audience_kind.into(), audience_id.into(), Value::Text(body), revision, removed];
    bulk.put(RECORD, row).await
}
