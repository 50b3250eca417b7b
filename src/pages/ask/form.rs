use super::Subject;
use crate::{
    browser::{
        clock,
        dom::{El, el, text_of},
        page,
    },
    components::{Errors, TextField, text_field, tick},
    data::{
        drafts,
        outbox::Work,
        submit::{self, NotSigned},
    },
    route::{Help, Route},
    signal::{RwSignal, StoredValue},
    state::{
        app::App,
        asking::{self, AskDraft, Field, Wanted},
    },
};
use chrono::NaiveDate;
use contract::{
    change::What,
    request::{About, Ask, AskKind, Need},
};
use std::mem;

/// The form of one kind. What is written in it is kept on the device, but for what is private.
#[derive(Clone, Copy)]
pub struct Form {
    app: App,
    errors: Errors,
    kind: AskKind,
    subject: StoredValue<Subject>,
    draft: RwSignal<AskDraft>,
}

impl Form {
    pub fn new(app: App, errors: Errors, kind: AskKind, subject: Subject, about: Option<&str>) -> Self {
        app.signing.set(false);
        let name = asking::name(kind, about);
        let learner = app.who().map(|who| who.learner).unwrap_or_default();
        let draft = AskDraft { learner, assignment: name.clone(), ..AskDraft::default() };
        let form = Self { app, errors, kind, subject: StoredValue::new(subject), draft: RwSignal::new(draft.clone()) };
        if !kind.is_private() {
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(kept) = drafts::ask(app, &name).await
                    && form.draft.try_get_untracked() == Some(draft)
                {
                    form.draft.set(kept);
                }
            });
        }
        form
    }

    pub fn show(self) -> El {
        let t = self.app.text.ask();
        let boxes: Vec<_> = Field::ALL.into_iter().filter_map(|field| self.field(field)).collect();
        let label = move || if self.app.signing.get() { t.sending } else { t.send };
        let keeps = !self.kind.is_private() && self.app.cache().persistent();
        el("form")
            .attr("method", "post")
            .attr("novalidate", "")
            .instead_of("submit", move || self.send())
            .child(boxes)
            .child(el("p").class("hint").child(if keeps { t.kept } else { t.not_kept }))
            .child(el("p").class("hint").child((t.next)(self.kind)))
            .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())))
    }

    fn field(self, field: Field) -> Option<El> {
        let t = self.app.text.ask();
        let wanted = asking::wanted(self.kind, field, self.has_subject());
        if wanted == Wanted::No {
            return None;
        }
        let (label, hint) = match field {
            Field::Needs => return Some(self.needs()),
            Field::Text => ((t.text)(self.kind), None),
            Field::Telephone if wanted == Wanted::Must => (t.telephone, Some(t.telephone_hint)),
            Field::Telephone => (t.telephone_if, Some(t.telephone_hint)),
            Field::Suits => (t.suits, None),
            Field::Until => (t.until, Some(t.until_hint)),
            Field::Day => (t.day, None),
            Field::Minutes => (t.minutes, Some(t.minutes_hint)),
            Field::Format => (t.format, Some(t.format_hint)),
            Field::What => ((t.what)(self.kind), None),
        };
        let kind = match field {
            Field::Telephone => Some("tel"),
            Field::Until | Field::Day => Some("date"),
            Field::Minutes => Some("number"),
            _ => None,
        };
        let shown = TextField { id: field.id(), label, hint, long: field == Field::Text, kind, ..TextField::default() };
        let value = move || place(&mut self.draft.get(), field).map(mem::take).unwrap_or_default();
        Some(text_field(self.errors, &shown, value, move |typed| {
            self.edit(|draft| {
                if let Some(text) = place(draft, field) {
                    *text = typed;
                }
            });
        }))
    }

    fn needs(self) -> El {
        let t = self.app.text.ask();
        let box_of = |(n, need): (usize, &Need)| {
            let need = *need;
            // A fault's link leads to the first.
            let id = if n == 0 { Field::Needs.id().to_owned() } else { format!("{}-{n}", Field::Needs.id()) };
            tick(
                self.errors,
                &id,
                (t.need)(need),
                None,
                move || self.draft.with(|draft| draft.needs.contains(&need)),
                move |on| {
                    self.edit(|draft| {
                        draft.needs.retain(|one| *one != need);
                        draft.needs.extend(on.then_some(need));
                    });
                },
            )
        };
        let boxes: Vec<_> = Need::ALL.iter().enumerate().map(box_of).collect();
        el("fieldset")
            .class("field")
            .attr("aria-describedby", "ask-needs-about")
            .child(el("legend").class("label").child(t.needs))
            .child(el("p").class("hint").id("ask-needs-about").child(t.needs_hint))
            .child(boxes)
    }

    fn has_subject(self) -> bool {
        self.subject.with_value(|subject| subject.about.is_some())
    }

    fn edit(self, change: impl FnOnce(&mut AskDraft)) {
        if self.draft.update(change).is_some() && !self.kind.is_private() {
            let draft = self.draft.get_untracked();
            wasm_bindgen_futures::spawn_local(async move {
                drafts::keep_ask(self.app, &draft).await;
            });
        }
    }

    /// Sends: only once, and only when it is really kept does the page go on.
    fn send(self) {
        let day = |at| {
            let day = i32::try_from(self.app.dates().zone_day(at)).ok();
            day.and_then(NaiveDate::from_epoch_days)
        };
        let today = day(self.app.now.get_untracked());
        let due = self.subject.with_value(|subject| subject.due).and_then(day);
        let say = self.app.text.ask().fault;
        let faults = self.draft.with_untracked(|draft| draft.faults(self.kind, self.has_subject(), today.max(due)));
        let faults = faults.into_iter().map(|(field, fault)| (field.id().to_owned(), say(field, fault))).collect();
        if self.app.signing.get_untracked() || !self.errors.show(faults) {
            return;
        }
        self.app.signing.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let kept = self.keep().await;
            self.app.signing.set(false);
            if let Err(what) = kept {
                // Every form has this box.
                self.errors.show(vec![(Field::Text.id().into(), what)]);
            }
        });
    }

    /// Makes the request and keeps it; then goes to its page.
    async fn keep(self) -> Result<(), String> {
        let app = self.app;
        let Some(who) = app.who() else { return Ok(()) };
        let draft = self.draft.get_untracked();
        let Subject { about, title, .. } = self.subject.get_value();
        let private = self.kind.is_private();
        let words = draft.words();
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let ask = Ask {
            learner: who.learner.clone(),
            kind: self.kind,
            about: about.or_else(|| given(&draft.what).map(About::Material)),
            says: if private { None } else { words.clone() },
            sealed: None,
            until: draft.until().filter(|_| !private),
            needs: draft.needs.clone(),
            format: given(&draft.format),
            device_time: clock::now(),
            clock_offset_ms: app.clock_offset_ms.get_untracked(),
        };
        let t = app.text.requests();
        let kind = (t.kind)(self.kind);
        let title = title.map_or(kind.into(), |title| (t.about)(kind, &title));
        let work = Work { assignment: draft.assignment, title, attempt: 0 };
        let private = private.then(|| words.unwrap_or_default());
        match submit::ask(app, who.learner, What::Ask(Box::new(ask)), private, work).await {
            Ok(id) => {
                page::set_hash(&Route::from(Help::Request(id)).href());
                Ok(())
            }
            Err(why) => Err(not_sent(app, why)),
        }
    }
}

/// The box's text in a draft.
fn place(draft: &mut AskDraft, field: Field) -> Option<&mut String> {
    match field {
        Field::Text => Some(&mut draft.text),
        Field::Telephone => Some(&mut draft.telephone),
        Field::Suits => Some(&mut draft.suits),
        Field::Until | Field::Day => Some(&mut draft.until),
        Field::Minutes => Some(draft.minutes.get_or_insert_default()),
        Field::Format => Some(&mut draft.format),
        Field::What => Some(&mut draft.what),
        Field::Needs => None,
    }
}

/// Why nothing was kept or sent, and what to do.
pub fn not_sent(app: App, why: NotSigned) -> String {
    let t = app.text.ask();
    match why {
        NotSigned::Full => t.full.into(),
        NotSigned::NowhereToKeep => t.nowhere.into(),
        NotSigned::Insecure => t.insecure.into(),
        NotSigned::TooLarge => t.too_large.into(),
        NotSigned::Refused(problem) => problem.detail.unwrap_or(problem.title),
    }
}
