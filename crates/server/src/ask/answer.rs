//! What staff answer: from what they send to a step of the request.

use crate::{
    db::StaffStep,
    error::{Error, Result},
    evidence::sha256_hex,
    working_days::{end_of_day, london_instant},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use contract::{
    ids::ChangeId,
    request::{About, Agreed, AskKind, Call, Decision, Granted, Refused, Request, Status, WORDS_MAX, Words},
    staff::Person,
};
use serde::{Deserialize, Serialize};

/// A step of staff's: a status, a reply, a decision, or several of them at once.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct Answer {
    /// A UUID made by who sends it: the same again is the same step. Without one each is a new step.
    pub id: Option<String>,
    /// `answered` where there is a reply or a decision and no other is given.
    pub status: Option<Status>,
    /// What the learner reads, of at most 5,000 characters.
    pub text: Option<String>,
    pub decision: Option<Decide>,
}

/// `{"granted": {"date": "2026-12-04"}}` and so on. Dates and times are London's.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decide {
    /// More time, until a time (as 17:00) of a day, or its end.
    Granted { date: NaiveDate, time: Option<NaiveTime> },
    /// In words for the learner.
    Refused { reason: String },
    /// How the delivery is adapted, and from when.
    Agreed { what: String, from: NaiveDate },
    /// When somebody calls.
    Call { date: NaiveDate, time: NaiveTime },
}

impl Answer {
    /// The step that it is, under an id, by someone of the staff.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn step(
        &self,
        request: &Request,
        id: ChangeId,
        (staff, person): (String, Person),
        now: DateTime<Utc>,
    ) -> Result<StaffStep> {
        let text = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(|text| words(text, "/text")).transpose()?;
        let decision = self.decision.as_ref().map(|decide| decide.on(request, now)).transpose()?;
        let status = match self.status {
            Some(Status::Received | Status::Withdrawn) => {
                let detail = "Give seen, in-progress, answered or closed: the others are the learner's.";
                return Err(Error::field("/status", detail));
            }
            Some(status) => status,
            None if text.is_some() || decision.is_some() => Status::Answered,
            None => return Err(Error::field("", "Give a status, a text or a decision.")),
        };
        let said = serde_json::to_vec(self).map_err(|_| Error::Internal)?;
        let says = text.map(|text| Words { text: Some(text.into()), ..Words::default() });
        Ok(StaffStep { id, at: now, staff, person, status, says, decision, sha256: sha256_hex(&said) })
    }
}

impl Decide {
    fn on(&self, request: &Request, now: DateTime<Utc>) -> Result<Decision> {
        let fits = !request.private
            && match self {
                Self::Granted { .. } => {
                    request.kind == AskKind::MoreTime && matches!(request.about, Some(About::Assignment(_)))
                }
                Self::Agreed { .. } => matches!(request.kind, AskKind::GetOnline | AskKind::AnotherFormat),
                Self::Call { .. } => request.kind == AskKind::CallBack,
                Self::Refused { .. } => true,
            };
        if !fits {
            return Err(Error::field("/decision", "This kind of request has no such decision. Answer it in words."));
        }
        Ok(match self {
            Self::Granted { date, time } => {
                let until = time.map_or_else(|| end_of_day(*date), |time| london_instant(*date, time));
                Decision::Granted(Granted { until: in_future(until, now, "/decision/granted")? })
            }
            Self::Refused { reason } => {
                words(reason, "/decision/refused/reason")?;
                Decision::Refused(Refused { reason: reason.trim().into() })
            }
            Self::Agreed { what, from } => {
                words(what, "/decision/agreed/what")?;
                Decision::Agreed(Agreed { what: what.trim().into(), from: *from })
            }
            Self::Call { date, time } => {
                Decision::Call(Call { at: in_future(london_instant(*date, *time), now, "/decision/call")? })
            }
        })
    }
}

fn in_future(at: Option<DateTime<Utc>>, now: DateTime<Utc>, pointer: &str) -> Result<DateTime<Utc>> {
    let skipped = "The clocks change at that time. Give a time before 01:00 or from 02:00 on.";
    match at {
        Some(at) if at > now => Ok(at),
        Some(_) => Err(Error::field(pointer, "This is over already. Give a later day or time.")),
        None => Err(Error::field(pointer, skipped)),
    }
}

fn words(text: &str, pointer: &str) -> Result<()> {
    if text.trim().is_empty() || text.chars().count() > WORDS_MAX {
        return Err(Error::field(pointer, &format!("Say it in 1 to {WORDS_MAX} characters.")));
    }
    Ok(())
}
