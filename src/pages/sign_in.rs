use crate::{
    browser::{early::{self, Early}, focus, online},
    components::{ErrorSummary, Errors, PageTitle, Radios, TextField, focus_later},
    data::{api::Fault, session},
    state::app::{Account, App},
};
use contract::auth::{self, Device, PASSPHRASE_MAX, PASSPHRASE_MIN};
use leptos::prelude::*;

const LEARNER: &str = "sign-in-learner";
const PASSPHRASE: &str = "sign-in-passphrase";
const CODE: &str = "sign-in-code";
const NEW: &str = "sign-in-new";
const SHARED: &str = "sign-in-shared-yes";
const NOT_SHARED: &str = "sign-in-shared-yes-1";
const SUBMIT: &str = "sign-in-submit";

/// What is on the form.
#[derive(Clone, Copy)]
struct Form {
    learner: RwSignal<String>,
    passphrase: RwSignal<String>,
    code: RwSignal<String>,
    new_passphrase: RwSignal<String>,
    shared: RwSignal<bool>,
    first_time: RwSignal<bool>,
    working: RwSignal<bool>,
    /// What the service said, where it is not about one field.
    said: RwSignal<Option<String>>,
}

#[component]
pub fn SignIn() -> impl IntoView {
    let app = App::here();
    let t = &app.text.sign_in;
    let errors = Errors::provide();
    // What was typed into the first picture, once.
    let early = use_context::<StoredValue<Option<Early>, LocalStorage>>()
        .and_then(|early| early.try_update_value(Option::take).flatten());
    let ended = match app.account.get_untracked() {
        Account::Ended(who) => Some(who),
        _ => None,
    };
    let known = ended.as_ref().filter(|w| w.device == Device::Own).map(|w| w.learner.0.clone());
    let (typed, passphrase, shared) =
        early.as_ref().map_or_else(Default::default, |e| (e.learner.clone(), e.passphrase.clone(), Some(e.shared)));
    let learner = if typed.is_empty() { known.unwrap_or_default() } else { typed };
    let form = Form {
        learner: RwSignal::new(learner),
        passphrase: RwSignal::new(passphrase),
        code: RwSignal::default(),
        new_passphrase: RwSignal::default(),
        shared: RwSignal::new(shared.unwrap_or(true)),
        first_time: RwSignal::new(false),
        working: RwSignal::new(false),
        said: RwSignal::new(None),
    };
    match early {
        Some(early) if early.submitted => submit(app, errors, form),
        Some(Early { focus: Some(field), selection, .. }) => take_up(field, selection),
        _ => {}
    }
    let title = match app.account.get_untracked() {
        Account::Left => app.text.device.signed_out_title,
        Account::Ended(_) => t.ended_title,
        _ => t.title,
    };
    let secrets = move || {
        if form.first_time.get() {
            view! {
                <TextField id=CODE label=t.code hint=t.code_hint value=form.code autocomplete="one-time-code"
                    on_input=move |v| form.code.set(v) />
                <TextField id=NEW label=t.new_passphrase hint=t.new_passphrase_hint value=form.new_passphrase
                    kind="password" autocomplete="new-password" on_input=move |v| form.new_passphrase.set(v) />
            }
            .into_any()
        } else {
            view! {
                <TextField id=PASSPHRASE label=t.passphrase hint=t.passphrase_hint value=form.passphrase
                    kind="password" autocomplete="current-password" name="password"
                    on_input=move |v| form.passphrase.set(v) />
            }
            .into_any()
        }
    };
    let switch = move |_| {
        form.first_time.update(|first| *first = !*first);
        errors.show(Vec::new());
        focus_later(if form.first_time.get_untracked() { CODE } else { PASSPHRASE });
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submit(app, errors, form);
    };
    view! {
        <ErrorSummary />
        <PageTitle title=title />
        {if ended.is_some() {
            view! { <p class="notice">{t.ended}</p> }.into_any()
        } else {
            view! { <p>{t.intro}</p> }.into_any()
        }}
        {(!online::is_online()).then(|| view! { <p class="notice">{t.offline_hint}</p> })}
        <form method="post" on:submit=on_submit novalidate>
            <TextField id=LEARNER label=t.learner hint=t.learner_hint value=form.learner autocomplete="username"
                name="username" on_input=move |v| form.learner.set(v) />
            {secrets}
            <Radios id=SHARED question=t.shared hint=t.shared_hint
                answers=vec![t.shared_yes.into(), t.shared_no.into()]
                chosen=Signal::derive(move || Some(usize::from(!form.shared.get())))
                on_choose=move |n| form.shared.set(n == 0) />
            {move || form.said.get().map(|said| view! { <p class="error" role="alert">{said}</p> })}
            <button class="button" type="submit" id=SUBMIT>
                {move || if form.working.get() { t.working } else { t.submit }}
            </button>
        </form>
        <p>
            <button type="button" class="plain" on:click=switch>
                {move || if form.first_time.get() { t.know_passphrase } else { t.first_time }}
            </button>
        </p>
        <p>{t.forgotten}</p>
    }
}

/// Puts the keyboard back where it was on the first picture.
fn take_up(field: early::Field, selection: Option<(u32, u32)>) {
    let id = match field {
        early::Field::Learner => LEARNER,
        early::Field::Passphrase => PASSPHRASE,
        early::Field::SharedYes => SHARED,
        early::Field::SharedNo => NOT_SHARED,
        early::Field::Submit => SUBMIT,
    };
    request_animation_frame(move || {
        focus::to_id(id);
        if let Some((start, end)) = selection {
            focus::select(id, start, end);
        }
    });
}

/// Checks what is typed, asks the service, and shows what it says. Nothing typed is lost on a failure.
fn submit(app: App, errors: Errors, form: Form) {
    if form.working.get_untracked() {
        return;
    }
    form.said.set(None);
    let first_time = form.first_time.get_untracked();
    if !errors.show(faults(app, form, first_time)) {
        return;
    }
    let device = if form.shared.get_untracked() { Device::Shared } else { Device::Own };
    let secret = |signal: RwSignal<String>, wanted: bool| wanted.then(|| signal.get_untracked());
    let request = auth::SignIn {
        learner: form.learner.get_untracked().trim().into(),
        passphrase: secret(form.passphrase, !first_time),
        code: secret(form.code, first_time),
        new_passphrase: secret(form.new_passphrase, first_time),
        device,
    };
    form.working.set(true);
    app.say.set(app.text.sign_in.working.into());
    leptos::task::spawn_local(async move {
        let outcome = session::sign_in(app, &request).await;
        // The page goes with a sign-in that worked, and its signals with it.
        form.working.try_set(false);
        match outcome {
            Ok(()) => app.say.set(String::new()),
            Err(Fault::Problem(problem)) if !problem.fields.is_empty() => {
                let fields = problem.fields.into_iter().map(|f| (field_of(&f.pointer).into(), f.detail)).collect();
                errors.show(fields);
            }
            Err(Fault::Problem(problem)) => {
                let said = problem.detail.unwrap_or_else(|| app.text.sign_in.wrong.into());
                errors.show(vec![(LEARNER.into(), said)]);
            }
            Err(Fault::Unreachable | Fault::SignedOut) => {
                form.said.try_set(Some(app.text.sign_in.unreachable.into()));
            }
        }
    });
}

fn faults(app: App, form: Form, first_time: bool) -> Vec<(String, String)> {
    let t = &app.text.sign_in;
    let mut faults = Vec::new();
    let mut need = |id: &str, signal: RwSignal<String>, what: &str| {
        if signal.with_untracked(|s| s.trim().is_empty()) {
            faults.push((id.to_string(), what.to_string()));
        }
    };
    need(LEARNER, form.learner, t.missing_learner);
    if first_time {
        need(CODE, form.code, t.missing_code);
        let length = form.new_passphrase.with_untracked(|p| p.chars().count());
        if length < PASSPHRASE_MIN {
            faults.push((NEW.into(), (t.short_passphrase)(PASSPHRASE_MIN)));
        } else if length > PASSPHRASE_MAX {
            faults.push((NEW.into(), (t.long_passphrase)(PASSPHRASE_MAX)));
        }
    } else {
        need(PASSPHRASE, form.passphrase, t.missing_passphrase);
    }
    faults
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
