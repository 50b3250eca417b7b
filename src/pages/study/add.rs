use super::keep;
use crate::{
    browser::{
        dom::{El, el},
        focus,
    },
    components::{Errors, TextField, text_field},
    signal::RwSignal,
    state::{
        app::App,
        studying::{date, date_text, minutes, take_name},
    },
    text::format,
};
use chrono::NaiveDate;
use contract::{
    act::Deed,
    study::{Study, WHAT_MAX},
};

const DAY: &str = "study-day";
const MINUTES: &str = "study-minutes";
const WHAT: &str = "study-what";

/// The form by which time is added, or put right.
#[derive(Clone, Copy)]
pub struct Adding {
    app: App,
    errors: Errors,
    day: RwSignal<String>,
    minutes: RwSignal<String>,
    what: RwSignal<String>,
}

impl Adding {
    pub fn new(app: App, errors: Errors) -> Self {
        app.signing.set(false);
        let [day, minutes, what] = [(); 3].map(|()| RwSignal::new(String::new()));
        let adding = Self { app, errors, day, minutes, what };
        day.set(date_text(adding.today()));
        adding
    }

    fn today(self) -> NaiveDate {
        let day = self.app.dates().zone_day(self.app.now.get_untracked());
        i32::try_from(day).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default()
    }

    pub fn form(self) -> El {
        let t = self.app.text.study();
        let field = |field: &TextField, text: RwSignal<String>| {
            text_field(self.errors, field, move || text.get(), move |typed| text.set(typed))
        };
        let day = TextField { id: DAY, label: t.day, kind: Some("date"), ..TextField::default() };
        let minutes = TextField {
            id: MINUTES,
            label: t.minutes,
            hint: Some(t.minutes_hint),
            kind: Some("number"),
            ..TextField::default()
        };
        let what = TextField { id: WHAT, label: t.what, hint: Some(t.what_hint), ..TextField::default() };
        let form = el("form")
            .attr("method", "post")
            .attr("novalidate", "")
            .instead_of("submit", move || self.send())
            .child(field(&day, self.day))
            .child(field(&minutes, self.minutes))
            .child(field(&what, self.what))
            .child(el("button").class("button").attr("type", "submit").child(t.send));
        el("section").class("no-print").child(el("h2").child(t.add)).child(form)
    }

    /// Fills in what is to be put right.
    pub fn correct(self, study: &Study) {
        self.day.set(date_text(study.date));
        self.minutes.set(study.minutes.to_string());
        self.what.set(study.what.clone().unwrap_or_default());
        focus::to_id(MINUTES);
    }

    fn send(self) {
        let (app, t) = (self.app, self.app.text.study());
        let day = date(&self.day.get_untracked()).filter(|day| *day <= self.today());
        let length = minutes(&self.minutes.get_untracked(), 0);
        let what = self.what.get_untracked().trim().to_owned();
        let mut faults = Vec::new();
        let mut unless = |fine: bool, id: &str, why: String| {
            if !fine {
                faults.push((id.to_owned(), why));
            }
        };
        unless(day.is_some(), DAY, t.day_fault.into());
        unless(length.is_some(), MINUTES, t.minutes_fault.into());
        unless(what.chars().count() <= WHAT_MAX, WHAT, (t.what_fault)(WHAT_MAX));
        if app.signing.get_untracked() || !self.errors.show(faults) {
            return;
        }
        let (Some(date), Some(minutes)) = (day, length) else { return };
        let study = Study { date, minutes, what: Some(what).filter(|what| !what.is_empty()) };
        let title = (t.saved_title)(&format::length(minutes), &app.dates().full_day(date));
        let name = (take_name(&study), title);
        keep(app, self.errors, MINUTES, Deed::Study(study), name, move || {
            self.minutes.set(String::new());
            self.what.set(String::new());
            focus::later(MINUTES);
        });
    }
}
