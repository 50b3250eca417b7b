use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        focus, online,
    },
    components::{Errors, Row, TextField, error_summary, fingerprint, rows, text_field, title, when},
    data::api::Fault,
    signal::RwSignal,
    state::app::App,
};
use contract::receipt::{ReceiptCheck, parse_code};
use std::{cell::RefCell, rc::Rc};

const CODE: &str = "receipt-code";
const RESULT: &str = "check-result";
/// Eight symbols and the check symbol.
const SYMBOLS: usize = 9;

/// What came of a check.
enum Outcome {
    Found(Box<ReceiptCheck>),
    None,
    /// Not known: a heading and what to do.
    Unknown(&'static str, String),
}

/// Looking up a receipt by its code. For everybody, signed in or not.
#[must_use]
pub fn check(app: App) -> El {
    let t = app.text.check();
    let errors = Errors::new(app);
    let typed = RwSignal::new(String::new());
    let working = RwSignal::new(false);
    // How many answers have come, and the last of them.
    let answers = RwSignal::new(0_usize);
    let last = Rc::new(RefCell::new(None));
    let field = TextField { id: CODE, label: t.code, hint: Some(t.hint), code: true, ..TextField::default() };
    // A whole code that cannot be one is said before anything is asked.
    let wrong = move || match typed.with(|typed| symbols(typed) >= SYMBOLS && parse_code(typed).is_none()) {
        true if errors.of(CODE).is_none() => t.wrong.into(),
        _ => String::new(),
    };
    let answer = last.clone();
    let submit = move || {
        let faults: Vec<_> =
            fault(app, &typed.get_untracked()).into_iter().map(|what| (CODE.to_owned(), what)).collect();
        if working.get_untracked() || !errors.show(faults) {
            return;
        }
        let Some(code) = parse_code(&typed.get_untracked()) else { return };
        working.set(true);
        app.say.set(t.working.into());
        let last = answer.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = app.api().check_receipt(&code).await;
            app.say.set(String::new());
            working.set(false);
            last.replace(Some(read(app, answer)));
            if answers.update(|n| *n += 1).is_some() {
                focus::later(RESULT);
            }
        });
    };
    let form = el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", submit)
        .child(text_field(errors, &field, move || typed.get(), move |text| typed.set(text)))
        .child(el("p").class("error").attr("role", "status").child(text_of(wrong)))
        .child(
            el("button")
                .class("button")
                .attr("type", "submit")
                .child(text_of(move || if working.get() { t.working } else { t.submit }.into())),
        );
    el("div").child(error_summary(errors)).child(title(app, t.title)).child(el("p").child(t.intro)).child(form).child(
        slot(move || {
            answers.track();
            last.borrow().as_ref().map(|outcome| result(app, outcome))
        }),
    )
}

fn symbols(typed: &str) -> usize {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').count()
}

/// What is wrong with a code, by itself.
fn fault(app: App, typed: &str) -> Option<String> {
    let t = app.text.check();
    match symbols(typed) {
        0 => Some(t.missing.into()),
        SYMBOLS => parse_code(typed).is_none().then(|| t.wrong.into()),
        other => Some((t.short)(other)),
    }
}

fn read(app: App, answer: Result<Option<ReceiptCheck>, Fault>) -> Outcome {
    let t = app.text.check();
    match answer {
        Ok(Some(receipt)) => Outcome::Found(Box::new(receipt)),
        Ok(None) => Outcome::None,
        Err(Fault::Problem(problem)) => Outcome::Unknown(t.too_many_title, problem.detail.unwrap_or(problem.title)),
        Err(_) if !online::is_online() => Outcome::Unknown(t.offline_title, t.offline.into()),
        Err(_) => Outcome::Unknown(t.unreachable_title, t.unreachable.into()),
    }
}

/// The answer takes focus, so that a screen reader goes on with it.
fn result(app: App, outcome: &Outcome) -> El {
    let t = app.text.check();
    let heading = |text: &str| el("h2").id(RESULT).attr("tabindex", "-1").child(text);
    match outcome {
        Outcome::Found(receipt) => found(app, receipt, heading),
        Outcome::None => {
            let ways: Vec<_> = t.none.iter().map(|way| el("li").child(*way)).collect();
            el("section").class("notice").child(heading(t.none_title)).child(el("ul").child(ways))
        }
        Outcome::Unknown(title, text) => {
            el("section").class("notice").child(heading(title)).child(el("p").child(text.as_str()))
        }
    }
}

fn found(app: App, receipt: &ReceiptCheck, heading: impl Fn(&str) -> El) -> El {
    let t = app.text.check();
    let r = &app.text.receipts;
    let date = |at, none: &str| match at {
        Some(at) => when(app, at, false),
        None => el("span").child(none),
    };
    let mut list = vec![
        Row::new(r.code, el("span").class("code").child(receipt.code.as_str())),
        Row::new(r.work, receipt.assignment_title.as_str()),
        Row::new(r.received_at, when(app, receipt.received_at, false)),
        Row::new(t.countersigned, date(receipt.countersigned_at, t.not_countersigned)),
        Row::new(r.withdrawn_at, date(receipt.withdrawn_at, t.not_withdrawn)),
        Row::new(app.text.declaration().files_fingerprint, fingerprint(&receipt.sha256)),
    ];
    list.extend(receipt.signature.as_ref().map(|s| Row::new(r.signature, el("span").child((r.signature_key)(&s.key)))));
    let (title, class, more) = match receipt.withdrawn_at {
        Some(_) => (t.found_withdrawn_title, "receipt receipt--past", Some(el("p").child(t.found_withdrawn))),
        None => (t.found_title, "receipt", None),
    };
    el("section")
        .child(el("div").class(class).child(heading(title)).child(more))
        .child(rows(list))
        .child(el("p").class("hint").child(t.compare))
}
