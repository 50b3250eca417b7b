//! Pages for an employer or a mentor: making one, how often each was opened, and withdrawing it.

use super::act::{self, Act};
use crate::{
    browser::{
        clipboard,
        dom::{El, el, slot, text_of},
        focus, online,
    },
    components::{
        Errors, Radios, Row, TextField, button, error_summary, fingerprint, go, radios, rows, text_field, tick, title,
    },
    data::{api::Fault, sync},
    route::Route,
    signal::{Memo, RwSignal},
    state::{app::App, order},
};
use contract::{
    act::Deed,
    share::{NewShare, Share, Shared, Shows, Unshare, WHOM_MAX},
};

const WHOM: &str = "share-whom";
const WHAT: &str = "share-what";
const HOW_LONG: &str = "share-long";
const MADE: &str = "share-made";
/// As the answers stand, in weeks.
const WEEKS: [u32; 3] = [1, 4, 13];

/// What its learner shows to whom, by their own choice.
#[must_use]
pub fn sharing(app: App) -> El {
    let t = app.text.sharing();
    let errors = Errors::new(app);
    let made = RwSignal::new(None::<Shared>);
    let known = Memo::new(move || known(app));
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Course, app.text.course().title)))
        .child(error_summary(errors))
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(el("p").child(t.limits))
        .child(slot(move || made.get().map(|made| while_open(app, made))))
        .child(slot(move || known.with(|(open, over)| pages(app, open, over))))
        .child(form(app, errors, made))
}

/// The pages that are open, and those that are over; the newest first.
fn known(app: App) -> (Vec<Share>, Vec<Share>) {
    let now = app.now.get();
    let mut all = app.records.with(|r| r.of::<Share>());
    order::sort(&mut all, |a, b| a.made_at > b.made_at);
    all.into_iter().partition(|share| share.withdrawn_at.is_none() && share.ends_at > now)
}

fn pages(app: App, open: &[Share], over: &[Share]) -> Vec<El> {
    let t = app.text.sharing();
    let list = |heading: &str, cards: Vec<El>| {
        el("section").child(el("h2").child(heading)).child(el("ul").class("cards").child(cards))
    };
    let yours = if open.is_empty() {
        el("section").child(el("h2").child(t.yours)).child(el("p").child(t.none))
    } else {
        list(t.yours, open.iter().map(|share| el("li").child(card(app, share))).collect())
            .child(el("p").class("hint").child(t.opened_hint))
    };
    let mut page = vec![yours];
    if !over.is_empty() {
        page.push(list(t.before, over.iter().map(|share| el("li").child(past(app, share))).collect()));
    }
    page
}

fn card(app: App, share: &Share) -> El {
    let t = app.text.sharing();
    let shown: Vec<_> = share.shows.iter().map(|shown| (t.shows)(*shown)).collect();
    let opened = match share.opened.last() {
        Some(last) => (t.opened_times)(share.opened.iter().map(|day| day.times).sum(), &app.dates().day(last.day)),
        None => t.opened_never.into(),
    };
    let facts = vec![
        Row::new(t.on_it, shown.join("; ")),
        Row::new(t.until, app.dates().date_time(share.ends_at)),
        Row::new(t.opened, opened),
    ];
    let name = format!("act/unshare/{}", share.id);
    let withdraw = Act { name, label: t.withdraw_button, title: t.withdrawal.into() };
    let id = share.id.clone();
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(share.whom.as_str()))
        .child(rows(facts))
        .child(act::act(app, withdraw, move || Deed::Unshare(Unshare { share: id.clone() })))
}

fn past(app: App, share: &Share) -> El {
    let t = app.text.sharing();
    let how = match share.withdrawn_at {
        Some(at) => (t.withdrawn)(&app.dates().date(at)),
        None => (t.over)(&app.dates().date(share.ends_at)),
    };
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(share.whom.as_str()))
        .child(el("p").child(how))
}

fn form(app: App, errors: Errors, made: RwSignal<Option<Shared>>) -> El {
    let t = app.text.sharing();
    app.signing.set(false);
    let whom = RwSignal::new(String::new());
    let shows = RwSignal::new(Vec::new());
    let long = RwSignal::new(None::<usize>);
    let attends = app.records.with_untracked(|r| r.more.iter().any(|late| late.kind == "attendance"));
    let kinds = Shows::ALL.into_iter().filter(|shown| attends || *shown != Shows::Attendance);
    let ticks: Vec<_> = kinds
        .enumerate()
        .map(|(n, shown)| {
            // A fault's link leads to the first.
            let id = if n == 0 { WHAT.to_owned() } else { format!("{WHAT}-{n}") };
            let ticked = move || shows.with(|shows: &Vec<Shows>| shows.contains(&shown));
            tick(errors, &id, (t.shows)(shown), None, ticked, move |on| {
                shows.update(|shows| {
                    shows.retain(|one| *one != shown);
                    shows.extend(on.then_some(shown));
                });
            })
        })
        .collect();
    let send = move || {
        let name = whom.get_untracked().trim().to_owned();
        let mut faults = Vec::new();
        if name.is_empty() || name.chars().count() > WHOM_MAX {
            faults.push((WHOM.to_owned(), t.whom_fault.to_owned()));
        }
        if shows.with_untracked(Vec::is_empty) {
            faults.push((WHAT.into(), t.what_fault.into()));
        }
        let Some(weeks) = long.get_untracked().and_then(|n| WEEKS.get(n).copied()) else {
            faults.push((HOW_LONG.into(), t.how_long_fault.into()));
            errors.show(faults);
            return;
        };
        if app.signing.get_untracked() || !errors.show(faults) {
            return;
        }
        make(app, NewShare { whom: name, shows: shows.get_untracked(), weeks }, errors, made, whom);
    };
    let field = TextField { id: WHOM, label: t.whom, hint: Some(t.whom_hint), ..TextField::default() };
    let lengths = Radios { id: HOW_LONG, question: t.how_long, hint: None, answers: &t.lengths };
    let label = move || if app.signing.get() { t.sending } else { t.send };
    let offline = slot(move || {
        // Told anew after each exchange with the server.
        app.link.track();
        (!online::is_online()).then(|| el("p").class("notice").child(t.offline))
    });
    let form = el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", send)
        .child(text_field(errors, &field, move || whom.get(), move |typed| whom.set(typed)))
        .child(el("fieldset").class("field").child(el("legend").class("label").child(t.what)).child(ticks))
        .child(radios(errors, &lengths, move || long.get(), move |n| long.set(Some(n))))
        .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())));
    el("section").class("no-print").child(el("h2").child(t.make)).child(offline).child(form)
}

fn make(app: App, new: NewShare, errors: Errors, made: RwSignal<Option<Shared>>, whom: RwSignal<String>) {
    let t = app.text.sharing();
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        let answer = app.api().share(&new).await;
        app.signing.set(false);
        match answer {
            Ok(shared) => {
                made.set(Some(shared));
                whom.set(String::new());
                focus::later(MADE);
            }
            Err(Fault::Problem(problem)) => {
                errors.show(vec![(WHOM.into(), problem.detail.unwrap_or(problem.title))]);
            }
            Err(_) if !online::is_online() => {
                errors.show(vec![(WHOM.into(), t.offline.into())]);
            }
            Err(_) => {
                errors.show(vec![(WHOM.into(), t.unreachable.into())]);
            }
        }
        // It may have been made though no answer came.
        sync::kick(app);
    });
}

/// As long as it is not withdrawn.
fn while_open(app: App, made: Shared) -> El {
    let id = made.share.id.clone();
    let over = Memo::new(move || known(app).1.iter().any(|share| share.id == id));
    el("div").child(slot(move || (!over.get()).then(|| ready(app, &made))))
}

/// The address, which is shown this once; it takes the focus, so that a screen reader goes on with it.
fn ready(app: App, made: &Shared) -> El {
    let t = app.text.sharing();
    let said = RwSignal::new("");
    let address = made.address.clone();
    let copy = move || {
        let address = address.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let copied = clipboard::copy(&address).await;
            said.set(if copied { t.copied } else { t.not_copied });
        });
    };
    el("section")
        .class("notice")
        .child(el("h2").id(MADE).attr("tabindex", "-1").child((t.made)(&made.share.whom)))
        .child(el("p").child(t.made_text))
        .child(rows(vec![Row::new(t.address, fingerprint(&made.address))]))
        .child(button("button no-print", t.copy, copy))
        .child(el("p").attr("role", "status").child(text_of(move || said.get().into())))
}
