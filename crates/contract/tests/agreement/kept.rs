//! A learner's calendar, and what is kept of them.

use super::{agree, at, day, text};
use contract::{
    calendar::{Calendar, NewCalendar},
    kept::{Certification, Kept, KeptCourse},
};

#[test]
fn the_calendar_is_the_same() {
    let since = at("2026-11-26T10:00:00.001Z");
    agree(Calendar { since: None });
    agree(Calendar { since: Some(since) });
    agree(NewCalendar { address: "https://portal.example.org/api/v1/calendar/x.ics".into(), since });
}

#[test]
fn what_is_kept_and_until_when_is_the_same() {
    agree(Certification { course: "WELD2".into(), certified_on: day("2026-11-26") });
    let bare = KeptCourse {
        course: "WELD2".into(),
        title: text(),
        awarding_body: None,
        certified_on: None,
        years: None,
        kept_until: None,
    };
    let full = KeptCourse {
        awarding_body: Some(text()),
        certified_on: Some(day("2026-11-26")),
        years: Some(3),
        kept_until: Some(day("2029-11-26")),
        ..bare.clone()
    };
    agree(Kept { bytes: 5_000_000_000, page_bytes: 1, courses: vec![bare, full] });
}
