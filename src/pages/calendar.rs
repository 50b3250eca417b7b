use crate::{
    browser::{
        clipboard,
        dom::{El, el, slot, text_of},
        focus, hash, save,
    },
    components::{action, button, go, title},
    data::api::Fault,
    route::{My, Route},
    signal::RwSignal,
    state::{app::App, records},
};
use contract::{
    auth::Device,
    calendar::{Calendar, NewCalendar},
    deadline::Assignment,
    ics::{self, Event},
};
use leptos::prelude::untrack;

/// The file's name: nothing of the learner's.
const FILE: &str = "deadline.ics";
const MADE: &str = "calendar-address";
/// The first minute of 2026, since 1970.
const MINUTES_FROM: i64 = 29_453_760;

/// The address of the learner's calendar: making it, showing it once, ending it. All of it asks the service.
#[must_use]
pub fn calendar(app: App) -> El {
    let t = app.text.calendar();
    let page = Page { app, known: RwSignal::new(None), made: RwSignal::new(None), said: RwSignal::new(String::new()) };
    page.ask();
    let ways: Vec<_> = t.ways.iter().map(|way| el("li").child(*way)).collect();
    el("div")
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(el("h2").child(t.who_sees))
        .child(el("p").child(t.who_sees_text))
        .child(slot(move || is_shared(app).then(|| el("p").class("notice notice--bad").child(t.shared))))
        .child(slot(move || page.address()))
        .child(slot(move || page.standing()))
        .child(el("p").attr("role", "status").child(text_of(move || page.said.get())))
        .child(el("h2").child(t.how))
        .child(el("ul").child(ways))
        .child(el("p").child(t.alone))
}

pub fn is_shared(app: App) -> bool {
    app.who().is_some_and(|who| who.device == Device::Shared)
}

#[derive(Clone, Copy)]
struct Page {
    app: App,
    known: RwSignal<Option<Result<Calendar, Fault>>>,
    /// As long as this page is open, and nowhere else.
    made: RwSignal<Option<NewCalendar>>,
    said: RwSignal<String>,
}

impl Page {
    fn ask(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let answer = self.app.api().calendar().await;
            self.known.set(Some(answer));
        });
    }

    fn make(self) {
        wasm_bindgen_futures::spawn_local(async move {
            match self.app.api().make_calendar().await {
                Ok(made) => {
                    self.said.set(String::new());
                    let since = Some(made.since);
                    self.made.set(Some(made));
                    self.known.set(Some(Ok(Calendar { since })));
                    focus::later(MADE);
                }
                Err(fault) => self.said.set(why(fault, self.app.text.calendar().offline)),
            }
        });
    }

    fn end(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let t = self.app.text.calendar();
            match self.app.api().end_calendar().await {
                Ok(()) => {
                    self.made.set(None);
                    self.known.set(Some(Ok(Calendar { since: None })));
                    self.said.set(t.ended.into());
                }
                Err(fault) => self.said.set(why(fault, t.offline)),
            }
        });
    }

    /// The new address, and the ways to take it along.
    fn address(self) -> Option<El> {
        let t = self.app.text.calendar();
        let NewCalendar { address, .. } = self.made.get()?;
        let open = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}")).unwrap_or_default();
        let copy = move || {
            let address = address.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let copied = clipboard::copy(&address).await;
                self.said.set(if copied { t.copied } else { t.not_copied }.into());
            });
        };
        let shown = self.made.get().map(|made| made.address).unwrap_or_default();
        Some(
            el("section")
                .class("notice")
                .child(el("h2").id(MADE).attr("tabindex", "-1").child(t.made))
                .child(el("p").child(t.made_text))
                .child(el("p").class("fingerprint").child(shown))
                .child(
                    el("div")
                        .class("buttons")
                        .child(button("button", t.copy, copy))
                        .child(el("a").class("button button--second").attr("href", &open).child(t.open)),
                ),
        )
    }

    fn standing(self) -> El {
        let (app, t) = (self.app, self.app.text.calendar());
        let make = |class: &str, text: &str| button(class, text, move || self.make());
        match self.known.get() {
            None => el("p").child(t.checking),
            Some(Err(fault)) => {
                let again = button("button button--second", app.text.common.try_again, move || self.ask());
                el("div").child(el("p").class("notice").child(why(fault, t.offline))).child(again)
            }
            Some(Ok(Calendar { since: None })) => el("div").child(el("p").child(t.none)).child(make("button", t.make)),
            Some(Ok(Calendar { since: Some(since) })) => {
                let new = untrack(|| self.made.with(Option::is_some));
                let said = (!new).then(|| el("p").child((t.since)(&app.dates().date(since))));
                el("div").child(said).child(
                    el("div").class("buttons").child(make("button button--second", t.make_new)).child(button(
                        "button button--second",
                        t.end,
                        move || self.end(),
                    )),
                )
            }
        }
    }
}

/// What the service says, or that it cannot be reached.
pub fn why(fault: Fault, offline: &str) -> String {
    match fault {
        Fault::Problem(problem) => problem.detail.unwrap_or(problem.title),
        Fault::Unreachable | Fault::SignedOut => offline.into(),
    }
}

/// One deadline as a file for a calendar, made here; and the ways to all of them.
pub fn add(app: App, assignment: &Assignment) -> El {
    let t = app.text.calendar();
    let said = RwSignal::new(String::new());
    let assignment = assignment.clone();
    let save = move || {
        let assignment = assignment.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let file = file(app, &assignment).await;
            let saved = file.is_some_and(|file| save::text(FILE, "text/calendar", &file).is_ok());
            said.set(if saved { t.added } else { t.not_added }.into());
        });
    };
    let way = |page: My, text: &str| el("p").class("more").child(go(&Route::from(page), text));
    el("div")
        .class("no-print")
        .child(el("p").class("more").child(action(t.add, save)))
        .child(el("p").attr("role", "status").child(text_of(move || said.get())))
        .child(way(My::Calendar, t.all))
        .child(way(My::Week, t.week))
}

/// The file of a deadline. A later one takes the place of an earlier one in the same calendar.
async fn file(app: App, assignment: &Assignment) -> Option<String> {
    let sha256 = hash::sha256_hex(ics::named("work", assignment.id.as_str()).as_bytes()).await.ok()?;
    let modified = untrack(|| app.now.get());
    let event = Event {
        uid: ics::uid(&sha256),
        sequence: modified.timestamp() / 60 - MINUTES_FROM,
        modified,
        starts: untrack(|| app.records.with(|r| records::due(r, assignment))),
        ends: None,
        title: (app.text.calendar().work_due)(assignment.course.as_str()),
        cancelled: assignment.cancelled,
    };
    Some(ics::calendar(None, &[event]))
}
