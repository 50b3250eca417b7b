use super::gone;
use crate::{
    browser::{
        clock,
        dom::{El, el, slot, text_of},
        page,
    },
    components::{Errors, TextField, error_summary, go, text_field, tick, title},
    data::{
        outbox::Item,
        submit::{self, NotSigned},
    },
    route::Route,
    signal::{Memo, RwSignal},
    state::{
        app::App,
        draft::{Fault, Field},
    },
};
use contract::{
    change::What,
    declaration::{NAME_MAX, TEXT_MAX},
    ids::ChangeId,
    withdrawal::Withdrawal,
};
use leptos::prelude::untrack;

const REASON: &str = "reason";
const AGREED: &str = "agreed";
const NAME: &str = "name";

#[derive(Clone, Copy)]
struct Form {
    app: App,
    errors: Errors,
    /// The change that declared.
    declaration: RwSignal<String>,
    reason: RwSignal<String>,
    agreed: RwSignal<bool>,
    name: RwSignal<String>,
}

/// Taking a declaration back: what it does and does not, then the words that are signed. One page, because there is little to ask.
#[must_use]
pub fn withdraw(app: App, id: ChangeId) -> El {
    let t = app.text.withdrawal();
    let wanted = id.clone();
    // Only whether it is known: news while the learner writes must not take the form away.
    let known = Memo::new(move || declared(app, &wanted).is_some());
    let withdrawn = untrack(|| is_withdrawn(app, &id));
    el("div").child(slot(move || {
        known.track();
        match untrack(|| declared(app, &id)) {
            Some(_) if withdrawn => gone(app, t.already_title, t.already, &Route::Receipt(id.clone()), t.to_receipt),
            Some((title, attempt)) => form(app, &id, format!("{title}, {}", (app.text.receipts.attempt)(attempt))),
            None => {
                let r = &app.text.receipts;
                gone(app, r.gone_title, r.gone, &Route::Receipts, r.to_list)
            }
        }
    }))
}

/// The withdrawal of a declaration that waits on this device.
#[must_use]
pub fn waiting_for(app: App, declaration: &ChangeId) -> Option<Item> {
    app.unsent().into_iter().find(|item| item.withdraws.as_ref() == Some(declaration))
}

fn is_withdrawn(app: App, id: &ChangeId) -> bool {
    let arrived = app.records.with(|r| r.receipts.iter().any(|x| x.change == *id && x.withdrawn_at.is_some()));
    arrived || waiting_for(app, id).is_some()
}

/// The title and attempt of a declaration of this learner, received or still on this device.
#[must_use]
pub fn declared(app: App, id: &ChangeId) -> Option<(String, u32)> {
    let received = app
        .records
        .with(|r| r.receipts.iter().find(|x| x.change == *id).map(|x| (x.assignment_title.clone(), x.attempt)));
    received.or_else(|| {
        let item = app.unsent().into_iter().find(|item| item.id == *id && item.declares())?;
        Some((item.work.title, item.work.attempt))
    })
}

fn form(app: App, id: &ChangeId, work: String) -> El {
    let t = app.text.withdrawal();
    app.signing.set(false);
    let form = Form {
        app,
        errors: Errors::new(app),
        declaration: RwSignal::new(id.0.clone()),
        reason: RwSignal::default(),
        agreed: RwSignal::new(false),
        name: RwSignal::default(),
    };
    let list = |lines: &[&'static str]| {
        let lines: Vec<_> = lines.iter().map(|line| el("li").child(*line)).collect();
        el("ul").child(lines)
    };
    let statements: Vec<_> = (t.statements)().statements.into_iter().map(|s| el("li").child(s)).collect();
    let label = move || if app.signing.get() { app.text.declaration().signing } else { t.sign };
    let fields = el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", move || form.sign())
        .child(form.text(&TextField {
            id: REASON,
            label: t.reason,
            hint: Some(t.reason_hint),
            long: true,
            ..TextField::default()
        }))
        .child(el("h2").child(t.wording))
        .child(el("ul").class("rules").child(statements))
        .child(tick(
            form.errors,
            AGREED,
            app.text.declaration().agree,
            None,
            move || form.agreed.get(),
            move |agreed| form.agreed.set(agreed),
        ))
        .child(form.text(&TextField {
            id: NAME,
            label: app.text.declaration().name,
            hint: Some(app.text.declaration().name_hint),
            ..TextField::default()
        }))
        .child(el("p").class("hint").child(t.sign_hint))
        .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())));
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Receipt(id.clone()), app.text.common.back)))
        .child(error_summary(form.errors))
        .child(title(app, t.title))
        .child(el("p").class("work").child(work))
        .child(el("h2").child(t.does))
        .child(list(&t.does_list))
        .child(el("h2").child(t.does_not))
        .child(list(&t.does_not_list))
        .child(el("p").child(t.talk))
        .child(fields)
}

impl Form {
    fn text(self, field: &TextField) -> El {
        let text = if field.id == NAME { self.name } else { self.reason };
        text_field(self.errors, field, move || text.get(), move |typed| text.set(typed))
    }

    fn faults(self) -> Vec<(String, String)> {
        let too_long = |text: RwSignal<String>, max| {
            text.with_untracked(|text| text.trim().chars().count() > max).then_some(Fault::TooLong(max))
        };
        let unsigned = self.name.with_untracked(|name| name.trim().is_empty()).then_some(Fault::Missing);
        let disagreed = (!self.agreed.get_untracked()).then_some(Fault::NotTicked);
        // In the words of the declaration's own form.
        let say = self.app.text.declaration().fault;
        let mut faults = Vec::new();
        let mut add = |id: &str, field, fault: Option<Fault>| {
            if let Some(fault) = fault {
                faults.push((id.to_owned(), say(field, fault)));
            }
        };
        add(REASON, Field::OwnPart, too_long(self.reason, TEXT_MAX));
        add(AGREED, Field::Agreed, disagreed);
        add(NAME, Field::Name, unsigned.or(too_long(self.name, NAME_MAX)));
        faults
    }

    /// Signs: only once, and only when it is really kept does the page go on.
    fn sign(self) {
        if self.app.signing.get_untracked() || !self.errors.show(self.faults()) {
            return;
        }
        self.app.signing.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(what) = self.keep().await {
                self.app.signing.set(false);
                self.errors.show(vec![(NAME.into(), what)]);
            }
        });
    }

    /// Makes the withdrawal and keeps it; then goes to the declaration's receipt.
    async fn keep(self) -> Result<(), String> {
        let app = self.app;
        let t = app.text.withdrawal();
        let d = app.text.declaration();
        let declaration = ChangeId(self.declaration.get_untracked());
        // Another tab may have withdrawn it.
        submit::look_again(app).await;
        if untrack(|| is_withdrawn(app, &declaration)) {
            return Err(t.already_title.into());
        }
        let Some(who) = untrack(|| app.who()) else { return Ok(()) };
        let reason = self.reason.get_untracked().trim().to_owned();
        let withdrawal = Withdrawal {
            learner: who.learner.clone(),
            declaration: declaration.clone(),
            reason: (!reason.is_empty()).then_some(reason),
            wording: (t.statements)(),
            signed_name: self.name.get_untracked().trim().into(),
            device_time: clock::now(),
            clock_offset_ms: app.clock_offset_ms.get_untracked(),
        };
        match submit::submit(app, who.learner, What::Withdraw(Box::new(withdrawal))).await {
            Ok(_) => {
                page::set_hash(&Route::Receipt(declaration).href());
                Ok(())
            }
            Err(NotSigned::Full) => Err(t.not_signed_full.into()),
            Err(NotSigned::NowhereToKeep) => Err(t.not_signed_storage.into()),
            Err(NotSigned::Insecure) => Err(d.not_signed_insecure.into()),
            Err(NotSigned::TooLarge) => Err(t.too_large.into()),
            Err(NotSigned::Refused(problem)) => Err(problem.detail.unwrap_or(problem.title)),
        }
    }
}
