//! One event, or one occurrence of it, as a deadline or a session.

use super::{
    component::Component,
    join::{Joining, joining},
    when::{Span, When},
    words::{self, words},
};
use crate::{
    batch::Refusal,
    gather::Item,
    london,
    report::{Fault, Place},
    value,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::{Europe::London, Tz};
use contract::{
    deadline::{Assignment, Mode},
    ids::{AssignmentId, CourseId, WebinarId},
    webinar::Webinar,
};

/// The longest text of an event that is looked into, in bytes: HTML and a program's own lines are still in it.
const BYTES_MAX: usize = 64 * 1024;

/// What all occurrences of an event share.
pub(super) struct Event {
    title: String,
    joining: Joining,
    course: CourseId,
    cancelled: bool,
    place: Place,
}

/// What is known of an event besides its own lines.
pub(super) struct About<'a> {
    pub file: &'a str,
    pub course: CourseId,
    /// The whole calendar is called off.
    pub cancelled: bool,
}

impl Event {
    pub fn read(component: &Component, about: About) -> Result<Self, Refusal> {
        let at = |name: &str| {
            let property = component.property(name);
            Place::new(about.file, property.map_or(component.line, |property| property.line))
        };
        for name in ["SUMMARY", "DESCRIPTION", "LOCATION"] {
            if component.property(name).is_some_and(|property| property.value.len() > BYTES_MAX) {
                let fault = Fault::new(format!("The text is longer than {BYTES_MAX} bytes."), "Shorten it.");
                return Err(fault.at(&at(name), name));
            }
        }
        let title = component.property("SUMMARY").map(|property| words::line(&property.value)).unwrap_or_default();
        if title.is_empty() {
            let fault = Fault::new("The event has no SUMMARY, so there is no title to show.", "Give it a title.");
            return Err(fault.at(&at("SUMMARY"), "SUMMARY"));
        }
        let title = value::title(without_course(component, &title, &about.course))
            .map_err(|fault| fault.at(&at("SUMMARY"), "SUMMARY"))?;
        let described = ["DESCRIPTION", "X-ALT-DESC"]
            .into_iter()
            .find_map(|name| component.property(name).filter(|property| !property.value.trim().is_empty()));
        let words = described.map(|property| words(&property.value)).unwrap_or_default();
        value::text(&words.text).map_err(|fault| fault.at(&at("DESCRIPTION"), "DESCRIPTION"))?;
        let joining = joining(about.file, component, words);
        if let Some(place) = &joining.place {
            value::title(place).map_err(|fault| fault.at(&at("LOCATION"), "LOCATION"))?;
        }
        let cancelled = about.cancelled || component.is("STATUS", "CANCELLED");
        let place = at("DTSTART");
        Ok(Self { title, joining, course: about.course, cancelled, place })
    }

    /// An occurrence. `span` is nothing where the event has no end of its own.
    pub fn item(&self, id: String, start: &When, span: Option<Span>) -> Result<Item, Refusal> {
        match whole_days(start, span) {
            Some(last) => {
                let due = london::end_of_day(last).map_err(|fault| fault.at(&self.place, "DTSTART"))?;
                Ok(Item::Assignment(self.deadline(id, due, true)))
            }
            None => {
                let starts = start.instant().unwrap_or_default();
                let ends = match span {
                    None => starts,
                    Some(Span::Exact(length)) => starts + length,
                    Some(Span::Days(days)) => {
                        let last = start.date() + TimeDelta::days(days);
                        start.on(last).instant().unwrap_or(starts)
                    }
                };
                if ends <= starts {
                    return Ok(Item::Assignment(self.deadline(id, starts, false)));
                }
                self.session(id, starts, ends).map(Item::Session)
            }
        }
    }

    /// Addresses that were left out: a session is refused without its link, so these are of deadlines, or spare ones.
    pub fn bad_links(&self) -> &[Refusal] {
        &self.joining.bad
    }

    fn deadline(&self, id: String, due: DateTime<Utc>, all_day: bool) -> Assignment {
        let joining = &self.joining;
        let link = joining.more.clone().or_else(|| joining.join.clone());
        Assignment {
            id: AssignmentId(id),
            course: self.course.clone(),
            title: self.title.strip_suffix(" is due").unwrap_or(&self.title).to_owned(),
            due,
            all_day,
            mode: if joining.place.is_some() { Mode::FaceToFace } else { Mode::Distance },
            ai_level: None,
            hand_in: joining.whole_text(joining.place.as_deref(), link.as_ref()),
            awarding_body: None,
            feedback_by: None,
            attempts: None,
            group: false,
            cancelled: self.cancelled,
            link,
            link_bytes: None,
            link_reviewed_on: None,
        }
    }

    fn session(&self, id: String, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Result<Webinar, Refusal> {
        let joining = &self.joining;
        // An event's URL is a page about it; any other address was meant for joining.
        let bad = joining.bad.iter().find(|bad| bad.column.as_deref() != Some("URL"));
        if let (None, Some(bad)) = (&joining.join, bad) {
            return Err(bad.clone());
        }
        let online = joining.join.is_some() || joining.telephone.is_some() || joining.online;
        let mode = match (&joining.place, online) {
            (Some(_), true) => Mode::Blended,
            (None, true) => Mode::LiveWebinar,
            (_, false) => Mode::FaceToFace,
        };
        Ok(Webinar {
            id: WebinarId(id),
            course: self.course.clone(),
            title: self.title.clone(),
            starts,
            ends,
            mode,
            join: joining.join.clone(),
            telephone: joining.telephone.clone(),
            pin: joining.pin.clone(),
            data_mb_per_hour: None,
            place: joining.place.clone(),
            about: joining.whole_text(None, joining.join.as_ref()),
            cancelled: self.cancelled,
        })
    }
}

/// The last day of an event of whole days: by its days, or from one midnight to another in London or in its own zone.
fn whole_days(start: &When, span: Option<Span>) -> Option<NaiveDate> {
    let last = |first: NaiveDate, days: i64| first.checked_add_signed(TimeDelta::days((days - 1).max(0)));
    match (start, span) {
        (When::Day(first), None) => Some(*first),
        (When::Day(first), Some(Span::Days(days))) => last(*first, days),
        (When::Day(first), Some(Span::Exact(length))) => last(*first, length.num_days()),
        (When::At { .. }, None) => None,
        (When::At { wall, zone, .. }, Some(span)) => {
            let starts = start.instant()?;
            let ends = match span {
                Span::Exact(length) => starts + length,
                Span::Days(days) => start.on(wall.date() + TimeDelta::days(days)).instant()?,
            };
            if ends <= starts {
                return None;
            }
            [London, *zone, Tz::UTC].into_iter().find_map(|zone| {
                let (first, end) = (starts.with_timezone(&zone).naive_local(), ends.with_timezone(&zone).naive_local());
                let midnights = first.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN;
                midnights.then(|| end.date().pred_opt()).flatten()
            })
        }
    }
}

/// The title without Canvas's ` [COURSE]`.
fn without_course<'a>(component: &Component, title: &'a str, course: &CourseId) -> &'a str {
    let canvas = component.property("UID").is_some_and(|uid| uid.value.starts_with("event-"));
    match bracketed(title) {
        Some((rest, name)) if !rest.is_empty() && (canvas || name.eq_ignore_ascii_case(course.as_str())) => rest,
        _ => title,
    }
}

/// `Essay [WELD2]` is `Essay` and `WELD2`.
pub(super) fn bracketed(title: &str) -> Option<(&str, &str)> {
    let (rest, name) = title.strip_suffix(']')?.rsplit_once('[')?;
    Some((rest.trim_end(), name.trim()))
}
