//! A calendar that is imported again: what its events no longer have goes, and what is over stays. It is 23 November 2026.

use crate::{
    support::{Portal, batch},
    sync::{ids, welder},
};
use import::{Batch, Options, read_text};
use portal_server::{clock::Clock, db::Count};
use serde_json::Value;

const WEEKLY: &str = "DTSTART;TZID=Europe/London:20261110T170000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5";
const ONCE: &str = "DTSTART;TZID=Europe/London:20261201T170000\nDURATION:PT1H";

#[tokio::test(flavor = "multi_thread")]
async fn a_series_at_another_time_of_day_is_the_same_records() {
    let (portal, browser) = welder().await;
    again(&portal, &[WEEKLY]).await;
    let before = ids(&portal.sync(&browser, None).await, "webinars");
    let count = again(&portal, &[&WEEKLY.replace("T17", "T18")]).await;
    assert_eq!((count.added, count.changed, count.removed), (0, 5, 0));
    let now = portal.sync(&browser, None).await;
    assert_eq!(ids(&now, "webinars"), before);
    let hours = starts(&now).into_iter().map(|start| start[11..13].to_owned());
    assert_eq!(hours.collect::<Vec<_>>(), ["18"; 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_calendar_again_changes_nothing() {
    let (portal, browser) = welder().await;
    let moved = "RECURRENCE-ID;TZID=Europe/London:20261201T170000\nDTSTART:20261202T170000Z\nDURATION:PT1H";
    let without = format!("{WEEKLY}\nEXDATE;TZID=Europe/London:20261208T170000");
    for events in [vec![WEEKLY], vec![&without, moved], vec![ONCE], vec![WEEKLY, moved]] {
        again(&portal, &events).await;
        let cursor = portal.sync(&browser, None).await["cursor"].clone();
        let count = again(&portal, &events).await;
        assert!(!count.writes() && count.unchanged > 0, "{events:?}: {count:?}");
        assert_eq!(portal.sync(&browser, None).await["cursor"], cursor, "{events:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_that_ends_earlier_loses_its_later_days_and_keeps_those_that_are_over() {
    for shorter in ["COUNT=1", "UNTIL=20261110T235959Z"] {
        let (portal, browser) = welder().await;
        again(&portal, &[WEEKLY]).await;
        let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
        let shorter = WEEKLY.replace("COUNT=5", shorter);
        let dry = portal.db.import(&read(&[&shorter]), portal.clock.now(), true).await.unwrap();
        assert_eq!(dry.counts.0["webinar"].removed, 3, "a dry run counts the same");
        assert_eq!(again(&portal, &[&shorter]).await.removed, 3);
        assert_eq!(starts(&portal.sync(&browser, None).await), ["2026-11-10T17:00:00Z", "2026-11-17T17:00:00Z"]);
        let news = portal.sync(&browser, Some(&cursor)).await;
        assert_eq!(news["removed"].as_array().unwrap().len(), 3, "a device is told to forget them");
        // They come back with the series.
        assert_eq!(again(&portal, &[WEEKLY]).await.added, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_on_another_weekday_leaves_no_day_of_the_old_one() {
    let (portal, browser) = welder().await;
    again(&portal, &[&WEEKLY.replace("20261110", "20261124")]).await;
    let count = again(&portal, &[&WEEKLY.replace("20261110", "20261125").replace("=5", "=2")]).await;
    assert_eq!((count.added, count.removed), (2, 5));
    assert_eq!(starts(&portal.sync(&browser, None).await), ["2026-11-25T17:00:00Z", "2026-12-02T17:00:00Z"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_on_is_not_over() {
    let (portal, browser) = welder().await;
    // It is noon: this one ends at one o'clock, and the one of the week before is over.
    let on = "DTSTART;TZID=Europe/London:20261116T113000\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY;COUNT=2";
    again(&portal, &[on]).await;
    assert_eq!(again(&portal, &[&on.replace("COUNT=2", "COUNT=1")]).await.removed, 1);
    assert_eq!(starts(&portal.sync(&browser, None).await), ["2026-11-16T11:30:00Z"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_event_that_becomes_a_series_is_there_once() {
    let (portal, browser) = welder().await;
    let series = format!("{ONCE}\nRRULE:FREQ=WEEKLY;COUNT=2");
    again(&portal, &[ONCE]).await;
    let count = again(&portal, &[&series]).await;
    assert_eq!((count.added, count.removed), (2, 1));
    assert_eq!(starts(&portal.sync(&browser, None).await), ["2026-12-01T17:00:00Z", "2026-12-08T17:00:00Z"]);
    let count = again(&portal, &[ONCE]).await;
    assert_eq!((count.added, count.removed), (1, 2), "and back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_is_given_an_end_is_a_session_and_no_deadline_any_more() {
    let (portal, browser) = welder().await;
    again(&portal, &["DTSTART:20261201T170000Z"]).await;
    let before = portal.sync(&browser, None).await;
    assert_eq!((ids(&before, "assignments").len(), ids(&before, "webinars").len()), (3, 0));
    again(&portal, &["DTSTART:20261201T170000Z\nDURATION:PT1H"]).await;
    let after = portal.sync(&browser, None).await;
    assert_eq!(
        (ids(&after, "assignments"), ids(&after, "webinars").len()),
        (vec!["weld-1".into(), "weld-2".into()], 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_is_over_stays() {
    let (portal, browser) = welder().await;
    again(&portal, &["DTSTART:20261120T170000Z"]).await;
    again(&portal, &["DTSTART:20261120T170000Z\nDURATION:PT1H"]).await;
    let after = portal.sync(&browser, None).await;
    assert_eq!((ids(&after, "assignments").len(), ids(&after, "webinars").len()), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_with_only_a_moved_day_or_without_the_event_removes_nothing() {
    let (portal, browser) = welder().await;
    again(&portal, &[WEEKLY]).await;
    let moved = "RECURRENCE-ID;TZID=Europe/London:20261201T170000\nDTSTART:20261202T170000Z\nDURATION:PT1H";
    let count = again(&portal, &[moved]).await;
    assert_eq!((count.changed, count.added, count.removed), (1, 0, 0));
    let other = read(&[ONCE]).records.remove(0);
    portal.import(batch::records([import::RecordRow { id: "ics-0123456789abcdef".into(), ..other }])).await;
    let refused = format!("{WEEKLY}\nEXDATE:never").replace("COUNT=5", "COUNT=1");
    portal.import(read(&[&refused])).await;
    assert_eq!(starts(&portal.sync(&browser, None).await).len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_events_days_are_left_alone() {
    let (portal, browser) = welder().await;
    again(&portal, &[WEEKLY]).await;
    let mut longer = read(&[ONCE]);
    let id = longer.records[0].id.clone();
    // Ids of others that begin alike, as a table may name them.
    longer.records = [format!("{id}0-20261201"), "ics-".into(), "ics-20261201".into()]
        .map(|id| import::RecordRow { id, ..longer.records[0].clone() })
        .into();
    portal.import(Batch { calendars: Default::default(), ..longer }).await;
    again(&portal, &[&WEEKLY.replace("COUNT=5", "COUNT=1")]).await;
    assert_eq!(starts(&portal.sync(&browser, None).await).len(), 2 + 3);
}

/// What a calendar has of one UID.
fn read(events: &[&str]) -> Batch {
    let event = |lines: &&str| format!("BEGIN:VEVENT\nUID:class@example.org\nSUMMARY:Class\n{lines}\nEND:VEVENT\n");
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.iter().map(event).collect::<String>());
    let mut options = Options::default();
    options.known.courses.insert("weld".into());
    read_text("weld.ics", text.as_bytes(), &options).batch
}

/// Imports it, and gives what became of sessions.
async fn again(portal: &Portal, events: &[&str]) -> Count {
    let counts = portal.db.import(&read(events), portal.clock.now(), false).await.unwrap();
    counts.counts.0.get("webinar").copied().unwrap_or_default()
}

/// When each session starts, in order of time.
fn starts(delta: &Value) -> Vec<String> {
    let sessions = delta["changed"]["webinars"].as_array().into_iter().flatten();
    let mut starts: Vec<_> = sessions.map(|session| session["starts"].as_str().unwrap().to_owned()).collect();
    starts.sort();
    starts
}
