//! Who was at a session: marks over what learners say, follow-ups, and both as a table. Each has a person's name beside it.

mod table;

pub use table::{__path_export, __path_take, export, take};

use crate::{
    auth::staff::Staff,
    db::{Entered, Entering, Entry, Noted},
    error::{Error, Result},
    evidence::sha256_hex,
    handlers::sent_id,
    state::App,
    web::json::Json,
    working_days::london_day,
};
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    attendance::{Attendance, Ended, FollowUp, MINUTES_MAX, Mark, Marked, NOTE_MAX},
    declaration::NAME_MAX,
    ids::{LearnerId, WebinarId},
    problem::Problem,
    staff::StaffRole::{self, Administrator, LearnerSupport, Tutor},
};
use serde::{Deserialize, Serialize};

const MARKS: &[StaffRole] = &[Tutor, Administrator];

/// A tutor's mark.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct PutDown {
    /// A UUID made by who sends it: the same again is the same mark. Without one each is a new mark.
    id: Option<String>,
    learner: LearnerId,
    webinar: WebinarId,
    mark: Mark,
    /// For `late`, if it is known: 1 to 1,440.
    minutes_late: Option<u32>,
    /// What the learner reads, of at most 1,000 characters.
    note: Option<String>,
}

/// A follow-up that begins, or with `ended` ends.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct FollowsUp {
    /// A UUID made by who sends it: the same again is the same follow-up. Without one each is a new one.
    id: Option<String>,
    learner: LearnerId,
    webinar: WebinarId,
    /// Who follows up; whoever sends it, where nobody is named.
    who: Option<String>,
    /// By the end of which day in London. Needed where one begins.
    by: Option<NaiveDate>,
    /// What the learner reads, of at most 1,000 characters.
    text: Option<String>,
    /// The one that is open ends.
    #[serde(default)]
    ended: bool,
}

/// Mark attendance
///
/// The latest mark counts, over what the learner said themselves. Both stay.
#[utoipa::path(
    post,
    path = "/api/v1/admin/attendance",
    tag = "staff",
    request_body = PutDown,
    security(("staff" = [])),
    responses(
        (status = 200, description = "As the learner has it", body = Attendance),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn mark(
    State(app): State<App>,
    staff: Staff,
    Json(put_down): Json<PutDown>,
) -> Result<axum::Json<Attendance>> {
    staff.must_be_named(MARKS)?;
    answer(app.db.enter_attendance(&put_down.entered(&staff, app.now(), false)?).await?)
}

/// Follow up a missed session
///
/// The learner is told that they were missed, who follows up, and by when.
#[utoipa::path(
    post,
    path = "/api/v1/admin/follow-ups",
    tag = "staff",
    request_body = FollowsUp,
    security(("staff" = [])),
    responses(
        (status = 200, description = "As the learner has it", body = Attendance),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn follow_up(
    State(app): State<App>,
    staff: Staff,
    Json(follows_up): Json<FollowsUp>,
) -> Result<axum::Json<Attendance>> {
    staff.must_be_named(&[Tutor, LearnerSupport, Administrator])?;
    answer(app.db.enter_attendance(&follows_up.entered(&staff, app.now())?).await?)
}

impl PutDown {
    /// What it comes to. `unless_same`: nothing, where the mark is so already.
    ///
    /// # Errors
    /// A field is at fault.
    pub fn entered(&self, staff: &Staff, now: DateTime<Utc>, unless_same: bool) -> Result<Entered> {
        if self.mark == Mark::Other {
            return Err(Error::field("/mark", "Give present, late, absent or excused."));
        }
        let minutes = self.minutes_late;
        if minutes.is_some_and(|minutes| self.mark != Mark::Late || !(1..=MINUTES_MAX).contains(&minutes)) {
            let detail = format!("Give 1 to {MINUTES_MAX} minutes, and only with the mark late.");
            return Err(Error::field("/minutes_late", &detail));
        }
        let marked = Marked {
            mark: self.mark,
            minutes_late: minutes,
            note: words(self.note.as_deref(), NOTE_MAX, "/note")?,
            at: now,
            by: staff.person.clone(),
        };
        let entry = entry(staff, now, self.id.as_deref(), ("mark", &self.learner, &self.webinar), (&marked, self))?;
        let (learner, webinar) = (self.learner.clone(), self.webinar.clone());
        Ok(Entered { entry, learner, webinar, what: Noted::Mark { marked, unless_same } })
    }
}

impl FollowsUp {
    /// What it comes to.
    ///
    /// # Errors
    /// A field is at fault.
    pub fn entered(&self, staff: &Staff, now: DateTime<Utc>) -> Result<Entered> {
        let (at, by) = (now, staff.person.clone());
        let text = words(self.text.as_deref(), NOTE_MAX, "/text")?;
        let about = |kind| (kind, &self.learner, &self.webinar);
        let (learner, webinar) = (self.learner.clone(), self.webinar.clone());
        if self.ended {
            let ended = Ended { at, by, text };
            let entry = entry(staff, now, self.id.as_deref(), about("follow-up-ended"), (&ended, self))?;
            return Ok(Entered { entry, learner, webinar, what: Noted::End(ended) });
        }
        let until = self.by.filter(|day| *day >= london_day(now));
        let until = until.ok_or_else(|| Error::field("/by", "Give the day by which it is done: today or later."))?;
        let who = words(self.who.as_deref(), NAME_MAX, "/who")?.unwrap_or_else(|| by.name.clone());
        let follow_up = FollowUp { at, by, who, until, text, ended: None };
        let entry = entry(staff, now, self.id.as_deref(), about("follow-up"), (&follow_up, self))?;
        Ok(Entered { entry, learner, webinar, what: Noted::FollowUp(follow_up) })
    }
}

/// `body` is what is kept, and what asked for it.
fn entry(
    staff: &Staff,
    at: DateTime<Utc>,
    id: Option<&str>,
    (kind, learner, webinar): (&'static str, &LearnerId, &WebinarId),
    (kept, asked): (&impl Serialize, &impl Serialize),
) -> Result<Entry> {
    Ok(Entry {
        id: sent_id(id)?,
        kind,
        subject: format!("{learner}/{webinar}"),
        learner: Some(learner.clone()),
        staff: staff.id.clone(),
        at,
        body: serde_json::to_string(kept).map_err(|_| Error::Internal)?,
        sha256: sha256_hex(&serde_json::to_vec(asked).map_err(|_| Error::Internal)?),
    })
}

/// Without blanks around; nothing for none.
fn words(text: Option<&str>, most: usize, pointer: &str) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > most) {
        return Err(Error::field(pointer, &format!("Say it in at most {most} characters.")));
    }
    Ok(text.map(Into::into))
}

fn answer(entering: Entering) -> Result<axum::Json<Attendance>> {
    match entering {
        Entering::Done(attendance) => Ok(axum::Json(*attendance)),
        Entering::Taken => Err(Error::StepTaken),
        refused => Err(fault(&refused)),
    }
}

fn fault(refused: &Entering) -> Error {
    let (pointer, detail) = match refused {
        Entering::NoSuchLearner => ("/learner", "There is no learner of this reference."),
        Entering::NoSuchSession => ("/webinar", "This learner has no session of this id."),
        Entering::NotYet => ("/webinar", "This session has not begun. Until then a learner can only be excused."),
        Entering::NothingToEnd => ("/ended", "No follow-up of this session is open."),
        Entering::Taken => ("/id", "Something else was entered under this id."),
        Entering::Done(_) | Entering::Same => return Error::Internal,
    };
    Error::field(pointer, detail)
}
