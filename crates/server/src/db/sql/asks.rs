//! Keeping what a learner asks: the request, its first step, and what sync tells of it.

use super::{
    Connection,
    changes::{self, Keeping},
    evidence, promises,
    requests::{self, Step},
};
use crate::{
    ask,
    db::{Result, text},
    declare,
    evidence::{Asked, Kind},
    working_days::london_day,
};
use chrono::NaiveDate;
use contract::{
    change::Ack,
    course::Contact,
    deadline::{Assignment, Extension},
    ids::ChangeId,
    problem::Problem,
    request::{About, Ask, AskKind, More, Request, Status, Words},
    seal::SealedWords,
};

type Judged<T> = Result<std::result::Result<T, Problem>>;

/// In the caller's transaction; a problem means that nothing was written.
pub async fn keep(connection: &mut Connection, keeping: &Keeping<'_>, ask: &Ask) -> Judged<Ack> {
    let step = match first_step(connection, keeping, ask).await? {
        Ok(step) => step,
        Err(problem) => return Ok(Err(problem)),
    };
    let private = ask.kind.is_private();
    let promised_by =
        if ask.kind == AskKind::StudyTime { None } else { promised_by(connection, keeping, ask.kind).await? };
    let request = Request {
        id: keeping.change.id.clone(),
        kind: ask.kind,
        private,
        about: ask.about.clone(),
        until: ask.until,
        needs: ask.needs.clone(),
        format: ask.format.clone(),
        asked_at: ask.device_time,
        received_at: keeping.now,
        status: Status::Received,
        promised_by,
        said: Vec::new(),
        decision: None,
    };
    let ack = changes::insert(connection, keeping, None).await?;
    requests::insert(connection, keeping.learner, &request).await?;
    link(connection, keeping, &request.id).await?;
    requests::step(connection, keeping.learner, request, step).await?;
    Ok(Ok(ack))
}

/// The same, for what follows.
pub async fn go_on(connection: &mut Connection, keeping: &Keeping<'_>, more: &More) -> Judged<Ack> {
    let found = requests::of(connection, more.request.as_str()).await?;
    let Some(mut request) = found.filter(|(learner, _)| learner == keeping.learner).map(|(_, request)| request) else {
        return Ok(Err(declare::no_such_request()));
    };
    if matches!(request.status, Status::Closed | Status::Withdrawn) {
        return Ok(Err(declare::request_closed()));
    }
    let step = match next_step(keeping, more, &request) {
        Ok(step) => step,
        Err(problem) => return Ok(Err(problem)),
    };
    if more.share.is_some() {
        request.private = false;
    }
    let is_asked_again = request.status == Status::Answered && !more.withdraw;
    if more.share.is_some() || is_asked_again && (request.private || request.kind != AskKind::StudyTime) {
        request.promised_by = promised_by(connection, keeping, request.kind).await?;
    }
    let ack = changes::insert(connection, keeping, None).await?;
    link(connection, keeping, &request.id).await?;
    requests::step(connection, keeping.learner, request, step).await?;
    Ok(Ok(ack))
}

async fn link(connection: &mut Connection, keeping: &Keeping<'_>, request: &ChangeId) -> Result<()> {
    let said = Asked {
        learner: keeping.learner.clone(),
        request: request.clone(),
        received_at: keeping.now,
        sha256: keeping.sha256.into(),
    };
    evidence::append(connection, Kind::Asked, keeping.change.id.as_str(), keeping.now, &said).await?;
    Ok(())
}

async fn first_step(connection: &mut Connection, keeping: &Keeping<'_>, ask: &Ask) -> Judged<Step> {
    if let Some(sealed) = &ask.sealed {
        if keeping.keys.confidential().is_none() {
            return Ok(Err(declare::no_private_route(&numbers(connection).await?)));
        }
        return Ok(private_step(keeping, ask.kind, sealed, true));
    }
    if let Some(problem) = unseen(connection, keeping, ask).await? {
        return Ok(Err(problem));
    }
    Ok(Ok(requests::by_learner(keeping, Status::Received, ask.says.clone())))
}

fn next_step(keeping: &Keeping<'_>, more: &More, request: &Request) -> std::result::Result<Step, Problem> {
    if more.withdraw {
        return Ok(requests::by_learner(keeping, Status::Withdrawn, None));
    }
    let status = if request.status.is_open() { request.status } else { Status::Received };
    match (request.private, more) {
        (true, More { sealed: Some(sealed), .. }) => {
            Ok(Step { status, ..private_step(keeping, request.kind, sealed, false)? })
        }
        (true, More { share: Some(words), .. }) if request.kind == AskKind::StudyTime => {
            Ok(requests::by_learner(keeping, status, Some(words.clone())))
        }
        (false, More { says: Some(words), .. }) => Ok(requests::by_learner(keeping, status, Some(words.clone()))),
        (true, _) => Err(declare::not_sealed()),
        (false, _) => Err(declare::not_private()),
    }
}

/// Opened and looked at now: words that nobody could ever read must not be taken for received.
fn private_step(
    keeping: &Keeping<'_>,
    kind: AskKind,
    sealed: &SealedWords,
    is_first: bool,
) -> std::result::Result<Step, Problem> {
    let id = keeping.change.id.as_str();
    let keys = keeping.keys.confidential().ok_or_else(|| declare::no_private_route(""))?;
    let json = keys.open(sealed, id).ok_or_else(declare::not_opened)?;
    let words: Words = declare::confided(kind, &json, is_first)?;
    let locked = serde_json::to_string(&words).ok().and_then(|json| keys.lock(keeping.learner, &json, id));
    let locked = locked.ok_or_else(declare::not_opened)?;
    Ok(Step {
        sealed: Some(sealed.clone()),
        locked: Some(locked),
        ..requests::by_learner(keeping, Status::Received, None)
    })
}

/// Why what it is about cannot be what it is about.
async fn unseen(connection: &mut Connection, keeping: &Keeping<'_>, ask: &Ask) -> Result<Option<Problem>> {
    let (kind, id) = match &ask.about {
        Some(About::Assignment(id)) => ("assignment", id.as_str()),
        Some(About::Webinar(id)) => ("webinar", id.as_str()),
        Some(About::Contact(id)) => ("contact", id.as_str()),
        _ => return Ok(None),
    };
    let Some(body) = requests::seen(connection, keeping.learner, kind, id).await? else {
        return Ok(Some(declare::nothing_like_that("/what/ask/about")));
    };
    if let (AskKind::MoreTime, Some(until)) = (ask.kind, ask.until) {
        let extension = requests::extension(connection, keeping.learner, id).await?;
        let extended = extension.as_deref().map(text::parse::<Extension>).transpose()?.map(|extension| extension.due);
        let due = extended.unwrap_or(text::parse::<Assignment>(&body)?.due);
        if until <= london_day(due) {
            return Ok(Some(declare::not_later()));
        }
    }
    Ok(None)
}

async fn promised_by(connection: &mut Connection, keeping: &Keeping<'_>, kind: AskKind) -> Result<Option<NaiveDate>> {
    promises::by(connection, &ask::promise_setting(kind), ask::promise(kind), keeping.now).await
}

/// Whom to call instead, in words; empty where the provider has named nobody.
async fn numbers(connection: &mut Connection) -> Result<String> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM record WHERE kind = 'contact' AND audience_kind = 'everyone' AND NOT removed ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    let mut named = Vec::new();
    for body in bodies {
        use contract::course::Role::{LearnerSupport, SafeguardingLead};
        let contact: Contact = text::parse(&body)?;
        if let (SafeguardingLead | LearnerSupport, Some(number)) = (contact.role, contact.telephone) {
            named.push(format!("{} on {number}", contact.name));
        }
    }
    Ok(named.join(" or "))
}
