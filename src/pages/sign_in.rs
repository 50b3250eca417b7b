use crate::{
    browser::{
        clock,
        dom::{El, el, slot, text_of},
        early::{Early, Field},
        focus, online,
    },
    components::{Errors, Radios, TextField, error_summary, radios, text_field, title},
    data::{api::Fault, session},
    signal::RwSignal,
    state::{
        app::{Account, App},
        idle::{self, Stage},
    },
};
use contract::auth::{self, Device, PASSPHRASE_MAX, PASSPHRASE_MIN};

// The first three are those of the form in index.html, so that the keyboard finds its place again.
const LEARNER: &str = "sign-in-learner";
const PASSPHRASE: &str = "sign-in-passphrase";
const SHARED: &str = "sign-in-shared-yes";
const NOT_SHARED: &str = "sign-in-shared-yes-1";
const SUBMIT: &str = "sign-in-submit";
const CODE: &str = "sign-in-code";
const NEW: &str = "sign-in-new";

/// What is on the form.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    errors: Errors,
    learner: RwSignal<String>,
    passphrase: RwSignal<String>,
    code: RwSignal<String>,
    new_passphrase: RwSignal<String>,
    shared: RwSignal<bool>,
    first_time: RwSignal<bool>,
    working: RwSignal<bool>,
    /// What the service said, where it is not about one field.
    said: RwSignal<String>,
}

/// `typed`: what was typed into the first picture, which this page takes up.
#[must_use]
pub fn sign_in(app: App, typed: Option<Early>) -> El {
    let t = &app.text.sign_in;
    let idle = || idle::stage(app.touched.get_untracked(), clock::now()) == Stage::Lock;
    let (heading, notice, ended) = match app.account.get_untracked() {
        Account::Left => (app.text.sign_out.signed_out_title, None, None),
        Account::Ended(who) => (t.ended_title, Some(t.ended), Some(who)),
        Account::Locked if idle() => (t.ended_title, Some(t.idle), None),
        Account::Locked => (t.locked_title, Some(t.locked), None),
        Account::Nobody | Account::In(_) => (t.title, None, None),
    };
    // On their own device they need not type their reference again.
    let known = ended.as_ref().filter(|w| w.device == Device::Own).map(|w| w.learner.0.clone());
    let learner = typed.as_ref().map(|e| e.learner.clone()).filter(|l| !l.is_empty()).or(known);
    let form = Form {
        app,
        errors: Errors::new(app),
        learner: RwSignal::new(learner.unwrap_or_default()),
        passphrase: RwSignal::new(typed.as_ref().map(|e| e.passphrase.clone()).unwrap_or_default()),
        code: RwSignal::default(),
        new_passphrase: RwSignal::default(),
        shared: RwSignal::new(typed.as_ref().is_none_or(|e| e.shared)),
        first_time: RwSignal::new(false),
        working: RwSignal::new(false),
        said: RwSignal::default(),
    };
    if typed.is_some_and(|early| early.submitted) {
        form.submit();
    }
    let intro = match notice {
        Some(notice) => el("p").class("notice").child(notice),
        None => el("p").child(t.intro),
    };
    let offline = (!online::is_online()).then(|| el("p").class("notice").child(t.offline_hint));
    let switch = el("button")
        .attr("type", "button")
        .class("plain")
        .child(text_of(move || if form.first_time.get() { t.know_passphrase } else { t.first_time }.into()))
        .on_click(move || form.switch());
    el("div")
        .child(error_summary(form.errors))
        .child(title(app, heading))
        .child(intro)
        .child(offline)
        .child(form.view())
        .child(el("p").child(switch))
        .child(el("p").child(t.forgotten))
}

impl Form {
    fn view(self) -> El {
        let t = &self.app.text.sign_in;
        let learner = TextField {
            id: LEARNER,
            label: t.learner,
            hint: Some(t.learner_hint),
            autocomplete: Some("username"),
            forgets: Some(self.shared),
            ..TextField::default()
        };
        let shared =
            Radios { id: SHARED, question: t.shared, hint: Some(t.shared_hint), answers: &[t.shared_yes, t.shared_no] };
        let said = slot(move || {
            let said = self.said.get();
            (!said.is_empty()).then(|| el("p").class("error").attr("role", "alert").child(said))
        });
        let submit = el("button")
            .class("button")
            .attr("type", "submit")
            .id(SUBMIT)
            .child(text_of(move || if self.working.get() { t.working } else { t.submit }.into()));
        el("form")
            .attr("method", "post")
            .attr("novalidate", "")
            .instead_of("submit", move || self.submit())
            .child(self.text(&learner, self.learner))
            .child(slot(move || self.secrets()))
            .child(radios(
                self.errors,
                &shared,
                move || Some(usize::from(!self.shared.get())),
                move |n| self.shared.set(n == 0),
            ))
            .child(said)
            .child(submit)
    }

    fn secrets(self) -> Vec<El> {
        let t = &self.app.text.sign_in;
        let secret = |id, label, hint, autocomplete| TextField {
            id,
            label,
            hint: Some(hint),
            kind: (id != CODE).then_some("password"),
            autocomplete: Some(autocomplete),
            forgets: Some(self.shared),
            ..TextField::default()
        };
        if self.first_time.get() {
            vec![
                self.text(&secret(CODE, t.code, t.code_hint, "one-time-code"), self.code),
                self.text(&secret(NEW, t.new_passphrase, t.new_passphrase_hint, "new-password"), self.new_passphrase),
            ]
        } else {
            let field = secret(PASSPHRASE, t.passphrase, t.passphrase_hint, "current-password");
            vec![self.text(&field, self.passphrase)]
        }
    }

    fn text(self, field: &TextField, value: RwSignal<String>) -> El {
        text_field(self.errors, field, move || value.get(), move |text| value.set(text))
    }

    /// Between the passphrase and the first-use code.
    fn switch(self) {
        self.first_time.update(|first| *first = !*first);
        self.errors.show(Vec::new());
        focus::later(if self.first_time.get_untracked() { CODE } else { PASSPHRASE });
    }

    /// Checks what is typed, asks the service, and shows what it says. Nothing typed is lost on a failure.
    fn submit(self) {
        let app = self.app;
        if self.working.get_untracked() {
            return;
        }
        self.said.set(String::new());
        if !self.errors.show(self.faults()) {
            return;
        }
        self.working.set(true);
        app.say.set(app.text.sign_in.working.into());
        let request = self.request();
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = session::sign_in(app, &request).await;
            // The page goes with a sign-in that worked, and its signals with it.
            self.working.set(false);
            app.say.set(String::new());
            match outcome {
                Ok(()) => {}
                Err(Fault::Problem(problem)) if problem.fields.is_empty() => {
                    let said = problem.detail.unwrap_or_else(|| app.text.sign_in.wrong.into());
                    self.errors.show(vec![(LEARNER.into(), said)]);
                }
                Err(Fault::Problem(problem)) => {
                    let fields = problem.fields.into_iter();
                    self.errors.show(fields.map(|f| (field_of(&f.pointer).into(), f.detail)).collect());
                }
                Err(Fault::Unreachable | Fault::SignedOut) => {
                    self.said.set(app.text.sign_in.unreachable.into());
                }
            }
        });
    }

    fn request(self) -> auth::SignIn {
        let first_time = self.first_time.get_untracked();
        let secret = |signal: RwSignal<String>, wanted: bool| wanted.then(|| signal.get_untracked());
        auth::SignIn {
            learner: self.learner.get_untracked().trim().into(),
            passphrase: secret(self.passphrase, !first_time),
            code: secret(self.code, first_time),
            new_passphrase: secret(self.new_passphrase, first_time),
            device: if self.shared.get_untracked() { Device::Shared } else { Device::Own },
        }
    }

    fn faults(self) -> Vec<(String, String)> {
        let t = &self.app.text.sign_in;
        let mut faults = Vec::new();
        let mut need = |id: &str, signal: RwSignal<String>, what: &str| {
            if signal.with_untracked(|s| s.trim().is_empty()) {
                faults.push((id.to_owned(), what.to_owned()));
            }
        };
        need(LEARNER, self.learner, t.missing_learner);
        if self.first_time.get_untracked() {
            need(CODE, self.code, t.missing_code);
            let length = self.new_passphrase.with_untracked(|p| p.chars().count());
            if length < PASSPHRASE_MIN {
                faults.push((NEW.into(), (t.short_passphrase)(PASSPHRASE_MIN)));
            } else if length > PASSPHRASE_MAX {
                faults.push((NEW.into(), (t.long_passphrase)(PASSPHRASE_MAX)));
            }
        } else {
            need(PASSPHRASE, self.passphrase, t.missing_passphrase);
        }
        faults
    }
}

/// Puts the keyboard back where it was on the first picture, as soon as this page stands in its place: not a key is lost.
pub fn take_up(field: Field, selection: Option<(u32, u32)>) {
    let id = match field {
        Field::Learner => LEARNER,
        Field::Passphrase => PASSPHRASE,
        Field::SharedYes => SHARED,
        Field::SharedNo => NOT_SHARED,
        Field::Submit => SUBMIT,
    };
    if focus::to_id(id)
        && let Some((start, end)) = selection
    {
        focus::select(id, start, end);
    }
}

/// The box that a problem's pointer is about.
fn field_of(pointer: &str) -> &'static str {
    match pointer {
        "/passphrase" => PASSPHRASE,
        "/code" => CODE,
        "/new_passphrase" => NEW,
        _ => LEARNER,
    }
}
