//! Understanding checks: setting the questions on a session, and what learners answered.

use crate::{
    auth::staff::Staff,
    db::{Checked, Entry, Named, Setting},
    error::{Error, Result},
    evidence::sha256_hex,
    handlers::sent_id,
    state::App,
    web::json::Json,
};
use axum::extract::{Path, State};
use contract::{
    check::{CheckResult, Choice, Judged, QUESTIONS_MAX, Question, QuestionKind},
    ids::WebinarId,
    problem::Problem,
    staff::StaffRole::{self, Administrator, Tutor},
};
use serde::{Deserialize, Serialize};

const WHO: &[StaffRole] = &[Tutor, Administrator];
/// Bytes of three questions, however their texts are written.
const BODY_MAX: usize = 128 * 1024;

/// The questions on a session.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct NewCheck {
    /// A UUID made by who sends it: the same again is the same check. Without one each is a new one.
    id: Option<String>,
    /// The session's id.
    webinar: WebinarId,
    /// At most three, in their order. They take the place of those that are there; none takes them away.
    questions: Vec<NewQuestion>,
}

/// A question. Its number is its place in the list.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct NewQuestion {
    kind: QuestionKind,
    /// At most 300 characters.
    question: String,
    /// Two to six, of at most 300 characters, where one or several are to be chosen.
    #[serde(default)]
    choices: Vec<Choice>,
    /// Shown when it is answered, at most 2,000 characters.
    explanation: String,
}

/// A session's questions, and what came of them. First answers alone are counted.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CheckSummary {
    webinar: WebinarId,
    title: String,
    /// How many learners have answered.
    answered: usize,
    /// How many of them did when the session was over.
    catch_up: usize,
    questions: Vec<QuestionSummary>,
    /// Who is on the course and has not answered.
    not_answered: Vec<Named>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct QuestionSummary {
    question: Question,
    answered: usize,
    /// How many are right; of a short text none is judged.
    right: usize,
    /// How often each choice was taken, in their order.
    chosen: Vec<usize>,
    /// How many answers took a choice that is not there any more.
    chosen_before: usize,
    /// What was written, with who wrote it.
    texts: Vec<WrittenAnswer>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct WrittenAnswer {
    #[serde(flatten)]
    by: Named,
    text: String,
}

/// Set the questions on a session
///
/// Learners of its course get them at their next sync, and can answer when it has begun. Answers that were given stay as they were judged.
#[utoipa::path(
    post,
    path = "/api/v1/admin/checks",
    tag = "staff",
    request_body = NewCheck,
    security(("staff" = [])),
    responses(
        (status = 200, body = CheckSummary),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set(
    State(app): State<App>,
    staff: Staff,
    Json(check): Json<NewCheck, BODY_MAX>,
) -> Result<axum::Json<CheckSummary>> {
    staff.must_be_named(WHO)?;
    let id = sent_id(check.id.as_deref())?;
    let body = serde_json::to_string(&check).map_err(|_| Error::Internal)?;
    let NewCheck { webinar, questions, .. } = check;
    let questions = judged(&webinar, questions)?;
    let entry = Entry {
        id,
        kind: "check",
        subject: webinar.0.clone(),
        learner: None,
        staff: staff.id,
        at: app.now(),
        sha256: sha256_hex(body.as_bytes()),
        body,
    };
    match app.db.set_check(&entry, &webinar, &questions).await? {
        Setting::Done => show(&app, webinar.as_str()).await,
        Setting::NoSuchSession => Err(Error::NoSuchSession),
        Setting::Taken => Err(Error::StepTaken),
    }
}

fn judged(webinar: &WebinarId, given: Vec<NewQuestion>) -> Result<Vec<Question>> {
    if given.len() > QUESTIONS_MAX as usize {
        return Err(Error::field("/questions", "A session has at most 3 questions. Leave some out."));
    }
    let mut questions = Vec::new();
    for (at, (number, new)) in (1..).zip(given).enumerate() {
        let trim = |text: String| text.trim().to_owned();
        let choices = new.choices.into_iter().map(|choice| Choice { text: trim(choice.text), ..choice }).collect();
        let (question, explanation) = (trim(new.question), trim(new.explanation));
        let question = Question { webinar: webinar.clone(), number, kind: new.kind, question, choices, explanation };
        if let Some((field, detail)) = question.fault() {
            let field = if field == "right" { "choices" } else { field };
            return Err(Error::field(&format!("/questions/{at}/{field}"), detail));
        }
        questions.push(question);
    }
    Ok(questions)
}

/// Read what learners answered
///
/// How many chose what, how many are right, what was written and by whom, and who has not answered.
#[utoipa::path(
    get,
    path = "/api/v1/admin/checks/{webinar}",
    tag = "staff",
    params(("webinar" = String, Path, description = "The session's id")),
    security(("staff" = [])),
    responses(
        (status = 200, body = CheckSummary),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn answers(
    State(app): State<App>,
    staff: Staff,
    Path(webinar): Path<String>,
) -> Result<axum::Json<CheckSummary>> {
    staff.must_be_named(WHO)?;
    show(&app, &webinar).await
}

async fn show(app: &App, webinar: &str) -> Result<axum::Json<CheckSummary>> {
    let Checked { session, questions, results, missing } = app.db.check(webinar).await?.ok_or(Error::NoSuchSession)?;
    Ok(axum::Json(CheckSummary {
        webinar: session.id,
        title: session.title,
        answered: results.len(),
        catch_up: results.iter().filter(|(_, result)| result.catch_up).count(),
        questions: questions.into_iter().map(|question| summary(question, &results)).collect(),
        not_answered: missing,
    }))
}

fn summary(question: Question, results: &[(Named, CheckResult)]) -> QuestionSummary {
    let mut all = QuestionSummary {
        answered: 0,
        right: 0,
        chosen: vec![0; question.choices.len()],
        chosen_before: 0,
        texts: Vec::new(),
        question,
    };
    for (by, result) in results {
        let answers = result.answers.iter().zip(&result.judged);
        for (answer, judged) in answers.filter(|(answer, _)| answer.number == all.question.number) {
            all.answered += 1;
            all.right += usize::from(*judged == Judged::Right);
            let place = |text: &String| all.question.choices.iter().position(|choice| choice.text == *text);
            let places: Vec<_> = answer.chosen.iter().map(place).collect();
            all.chosen_before += usize::from(places.contains(&None));
            places.into_iter().flatten().for_each(|at| all.chosen[at] += 1);
            all.texts.extend(answer.text.clone().map(|text| WrittenAnswer { by: by.clone(), text }));
        }
    }
    all
}
