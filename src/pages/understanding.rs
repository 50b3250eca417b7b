use super::{
    act, deadlines, requests,
    voice::{self, Standing},
};
use crate::{
    browser::dom::{El, el, slot},
    components::{
        Errors, Radios, Row, TextField, Tone, error_summary, go, go_button, radios, rows, tag, text_field, tick, title,
    },
    data::{drafts, outbox::Item},
    route::{My, Route},
    signal::{Memo, RwSignal, StoredValue},
    state::{
        app::App,
        asking::AskDraft,
        understanding::{fault, known, long, name, questions, result, short},
    },
};
use contract::{
    act::Deed,
    check::{CheckAnswer, CheckAnswers, Judged, Question, QuestionKind},
    ids::AssignmentId,
    json::{from_json, to_json},
};
use leptos::prelude::untrack;

/// Where the check of a session stands.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    /// Nothing can be answered.
    Not(Standing),
    Open,
    Waits,
    Told,
}

#[derive(Clone, Copy)]
struct Check {
    app: App,
    errors: Errors,
    /// The session's id.
    id: StoredValue<String>,
    given: RwSignal<Vec<CheckAnswer>>,
}

/// The questions on a session; once they are answered, what was right and why.
#[must_use]
pub fn check(app: App, id: String) -> El {
    let t = app.text.understanding();
    let errors = Errors::new(app);
    let check = Check { app, errors, id: StoredValue::new(id.clone()), given: RwSignal::default() };
    // Only where it stands: news while the learner answers must not take the form away.
    let stands = Memo::new(move || check.stands());
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Live, app.text.live.title)))
        .child(error_summary(errors))
        .child(title(app, t.title))
        .child(slot(move || voice::session_line(app, &id)))
        .child(slot(move || match stands.get() {
            Stands::Not(Standing::NothingCame) => deadlines::waiting(app),
            Stands::Not(Standing::NotYet(when)) => el("p").child((t.not_yet)(&app.dates().date_time(when))),
            Stands::Not(_) => el("div").child(el("p").child(t.gone)).child(go_button(&Route::Live, t.to_live)),
            Stands::Open => untrack(|| check.form()),
            Stands::Waits => check.forget_draft().child(slot(move || check.waits())),
            Stands::Told => check.forget_draft().child(slot(move || check.told())),
        }))
}

impl Check {
    fn stands(self) -> Stands {
        let id = self.id.get_value();
        let (asked, answered) = self.app.records.with(|r| known(r, &id));
        match voice::standing(self.app, &id) {
            _ if answered => Stands::Told,
            Standing::Begun { .. } if self.item().is_some() => Stands::Waits,
            Standing::Begun { .. } if asked => Stands::Open,
            Standing::Begun { .. } => Stands::Not(Standing::Gone),
            other => Stands::Not(other),
        }
    }

    fn questions(self) -> Vec<Question> {
        self.id.with_value(|id| self.app.records.with(|r| questions(r, id)))
    }

    /// The name of the draft; what waits has one more part.
    fn name(self) -> String {
        self.id.with_value(|id| name(id))
    }

    /// The answers that wait on this device.
    fn item(self) -> Option<Item> {
        let name = self.name() + "/";
        requests::waiting(self.app).into_iter().find(|item| item.work.assignment.as_str().starts_with(&name))
    }

    fn form(self) -> El {
        let (app, t) = (self.app, self.app.text.understanding());
        let draft = AssignmentId(self.name());
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(kept) = drafts::ask(app, &draft).await
                && let Ok(kept) = from_json::<CheckAnswers>(&kept.text)
                && self.given.try_get_untracked() == Some(Vec::new())
            {
                self.given.set(kept.answers);
            }
        });
        let over = self.id.with_value(|id| voice::standing(app, id)) == Standing::Begun { over: true };
        let mut parts = vec![el("p").child(t.intro)];
        parts.extend(over.then(|| el("p").child(t.catch_up)));
        parts.extend(self.questions().iter().map(|question| self.field(question)));
        parts.push(el("p").class("hint").child(t.once));
        act::form(app, t.send, parts, move || self.send())
    }

    fn field(self, question: &Question) -> El {
        let t = self.app.text.understanding();
        let number = question.number;
        let (id, label) = (box_of(number), (t.numbered)(number, &question.question));
        let texts: Vec<String> = question.choices.iter().map(|choice| choice.text.clone()).collect();
        match question.kind {
            QuestionKind::Text => {
                let shown = TextField { id: &id, label: &label, long: true, ..TextField::default() };
                let value = move || self.answer(number).and_then(|answer| answer.text).unwrap_or_default();
                text_field(self.errors, &shown, value, move |typed| {
                    self.edit(number, |answer| answer.text = Some(typed))
                })
            }
            QuestionKind::One => {
                let answers: Vec<&str> = texts.iter().map(String::as_str).collect();
                let group = Radios { id: &id, question: &label, hint: None, answers: &answers };
                let all = texts.clone();
                let chosen = move || all.iter().position(|text| self.is_chosen(number, text));
                let all = texts.clone();
                radios(self.errors, &group, chosen, move |at| {
                    self.edit(number, |answer| answer.chosen = all.get(at).cloned().into_iter().collect());
                })
            }
            QuestionKind::Several => {
                let boxes = texts.into_iter().enumerate().map(|(at, text)| {
                    // A fault's link leads to the first.
                    let id = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                    let (shown, wanted) = (text.clone(), text.clone());
                    let on_tick = move |on: bool| {
                        self.edit(number, |answer| {
                            answer.chosen.retain(|one| *one != text);
                            answer.chosen.extend(on.then(|| text.clone()));
                        });
                    };
                    tick(self.errors, &id, &shown, None, move || self.is_chosen(number, &wanted), on_tick)
                });
                let hint = format!("{id}-about");
                el("fieldset")
                    .class("field")
                    .attr("aria-describedby", &hint)
                    .child(el("legend").class("label").child(label))
                    .child(el("p").class("hint").id(&hint).child(t.several))
                    .child(boxes.collect::<Vec<_>>())
            }
        }
    }

    fn answer(self, number: u32) -> Option<CheckAnswer> {
        self.given.with(|given| given.iter().find(|answer| answer.number == number).cloned())
    }

    fn is_chosen(self, number: u32, text: &str) -> bool {
        self.answer(number).is_some_and(|answer| answer.chosen.iter().any(|one| one == text))
    }

    fn edit(self, number: u32, change: impl FnOnce(&mut CheckAnswer)) {
        let mut answer =
            untrack(|| self.answer(number)).unwrap_or(CheckAnswer { number, chosen: Vec::new(), text: None });
        change(&mut answer);
        self.given.update(|given| {
            given.retain(|one| one.number != number);
            given.push(answer);
        });
        let Some(who) = untrack(|| self.app.who()) else { return };
        let text = to_json(&self.answers(self.given.get_untracked()));
        let draft =
            AskDraft { learner: who.learner, assignment: AssignmentId(self.name()), text, ..AskDraft::default() };
        wasm_bindgen_futures::spawn_local(async move { drafts::keep_ask(self.app, &draft).await });
    }

    fn answers(self, answers: Vec<CheckAnswer>) -> CheckAnswers {
        CheckAnswers { webinar: self.id.with_value(|id| id.as_str().into()), answers }
    }

    /// Sends: only once, and only when it is really kept does the page go on.
    fn send(self) {
        let (app, t) = (self.app, self.app.text.understanding());
        let questions = untrack(|| self.questions());
        let mut answers = Vec::new();
        let mut faults = Vec::new();
        for question in &questions {
            let answer = untrack(|| self.answer(question.number));
            if let Some(fault) = fault(question, answer.as_ref()) {
                faults.push((box_of(question.number), (t.fault)(question.number, fault)));
            }
            answers.extend(answer);
        }
        if app.signing.get_untracked() || !self.errors.show(faults) {
            return;
        }
        let name = format!("{}/{}", self.name(), short(&questions, &answers));
        let title = (t.act)(&self.id.with_value(|id| voice::title_of(app, id)));
        let deed = Deed::Answer(self.answers(answers));
        let first = questions.first().map_or(1, |question| question.number);
        act::keep(app, self.errors, box_of(first), (deed, name, title), || {});
    }

    /// What is sealed for sending is not to be written on.
    fn forget_draft(self) -> El {
        let name = AssignmentId(self.name());
        wasm_bindgen_futures::spawn_local(async move { drafts::discard(self.app, &name).await });
        el("div")
    }

    fn waits(self) -> El {
        let Some(item) = self.item() else { return el("div") };
        let questions = self.questions();
        let little = item.work.assignment.as_str().rsplit('/').next().unwrap_or_default();
        let mut answers = self.given.get_untracked();
        if answers.is_empty() {
            answers = long(&questions, little);
        }
        let judged = questions.iter().map(|question| {
            let answer = answers.iter().find(|answer| answer.number == question.number).cloned();
            let judged = answer.as_ref().map_or(Judged::NotJudged, |answer| question.judge(answer));
            (question, answer, judged)
        });
        el("div").child(act::waiting(self.app, item)).child(self.outcome(judged.collect(), true))
    }

    fn told(self) -> El {
        let (app, t) = (self.app, self.app.text.understanding());
        let Some(result) = self.id.with_value(|id| app.records.with(|r| result(r, id))) else { return el("div") };
        let questions = self.questions();
        let of = |question: &Question| result.answers.iter().position(|answer| answer.number == question.number);
        let judged = questions.iter().filter_map(|question| {
            let at = of(question)?;
            Some((question, result.answers.get(at).cloned(), *result.judged.get(at)?))
        });
        let said = self.id.with_value(|id| go(&My::Session(id.clone()).into(), app.text.voice().title));
        el("div")
            .child(el("p").child((t.answered)(&app.dates().date_time(result.answered_at))))
            .child(result.catch_up.then(|| el("p").child(t.was_catch_up)))
            .child((result.changes.len() > 1).then(|| el("p").child(t.more_than_once)))
            .child(self.outcome(judged.collect(), false))
            .child(el("p").class("more no-print").child(said))
    }

    /// What was right, and why. `waits`: what was written may not be readable here any more.
    fn outcome(self, all: Vec<(&Question, Option<CheckAnswer>, Judged)>, waits: bool) -> El {
        let t = self.app.text.understanding();
        let right = all.iter().filter(|(.., judged)| *judged == Judged::Right).count();
        let choices = all.iter().filter(|(question, ..)| question.kind != QuestionKind::Text).count();
        let sum = (choices > 0).then(|| el("p").class("card__main").child((t.sum)(right, choices)));
        let cards = all.into_iter().map(|(question, answer, judged)| {
            let is_text = question.kind == QuestionKind::Text;
            let tone = match judged {
                Judged::Right => Tone::Good,
                Judged::Wrong => Tone::Bad,
                Judged::NotJudged => Tone::Plain,
            };
            let list = |texts: Vec<String>| {
                let lines: Vec<_> = texts.into_iter().map(|text| el("p").class("lines").child(text)).collect();
                el("div").child(lines)
            };
            let (mut chosen, written) = answer.map(|answer| (answer.chosen, answer.text)).unwrap_or_default();
            chosen.extend(written);
            if chosen.is_empty() && waits && is_text {
                chosen.push(t.you_waits.into());
            }
            let mut facts = vec![Row::new(t.you, list(chosen))];
            if judged != Judged::Right && !is_text {
                let right = question.choices.iter().filter(|choice| choice.right).map(|choice| choice.text.clone());
                facts.push(Row::new(t.right_is, list(right.collect())));
            }
            let why = if is_text { t.good_answer } else { t.why };
            facts.push(Row::new(why, el("p").class("lines").child(question.explanation.as_str())));
            let card = el("article")
                .class("card")
                .child(el("h2").class("card__title").child((t.numbered)(question.number, &question.question)))
                .child((!is_text).then(|| el("p").class("tags").child(tag(tone, (t.judged)(judged)))))
                .child(rows(facts));
            el("li").child(card)
        });
        el("div").child(sum).child(el("ul").class("cards").child(cards.collect::<Vec<_>>()))
    }
}

fn box_of(number: u32) -> String {
    format!("question-{number}")
}

/// The way to the questions on a session that has begun, or to what was right; nothing where there are none.
#[must_use]
pub fn has_check(app: App, id: &str) -> Option<El> {
    let t = app.text.understanding();
    let (asked, answered) = app.records.with(|r| known(r, id));
    let begun = matches!(voice::standing(app, id), Standing::Begun { .. });
    let label = if answered { t.link_done } else { t.link };
    let link = go(&My::Check(id.into()).into(), &label(&voice::title_of(app, id)));
    (begun && (asked || answered)).then(|| el("p").class("more no-print").child(link))
}
