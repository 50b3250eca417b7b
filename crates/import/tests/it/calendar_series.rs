//! An event keeps its id when it is changed, and a batch says which events were read whole.

use crate::{options, places, sessions, utc};
use contract::delta::Kind;
use import::{Batch, Outcome, read_text};

fn calendar(events: &[&str]) -> Outcome {
    let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", events.join("\n")).replace('\n', "\r\n");
    read_text("WELD2.ics", text.as_bytes(), &options(None))
}

/// An event of one UID, an hour long if it begins at a time.
fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:class@example.org\nSUMMARY:Class\nDURATION:PT1H\n{lines}\nEND:VEVENT")
}

fn ids(batch: &Batch) -> Vec<String> {
    batch.records.iter().map(|row| row.id.clone()).collect()
}

/// The ids without what all of the UID begin with.
fn ends(outcome: &Outcome) -> Vec<String> {
    let whole = event("DTSTART:20261201T100000Z");
    let first = ids(&calendar(&[&whole]).batch).remove(0);
    assert_eq!((first.len(), &first[..4]), (20, "ics-"));
    ids(&outcome.batch).iter().map(|id| id.strip_prefix(&first).unwrap().to_owned()).collect()
}

const WEEKLY: &str = "DTSTART;TZID=Europe/London:20261201T170000\nRRULE:FREQ=WEEKLY;COUNT=3";

#[test]
fn a_series_has_the_day_in_its_ids_so_that_another_time_of_day_is_a_change() {
    let before = calendar(&[&event(WEEKLY)]);
    assert_eq!(ends(&before), ["-20261201", "-20261208", "-20261215"]);
    let after = calendar(&[&event(&WEEKLY.replace("T17", "T18"))]);
    assert_eq!(ids(&before.batch), ids(&after.batch));
    assert_eq!(utc(sessions(&after)[0].starts), "2026-12-01T18:00:00Z");
    assert_eq!(ends(&calendar(&[&event("DTSTART:20261201T100000Z")])), [""]);
}

#[test]
fn the_day_is_the_one_of_the_series_own_zone() {
    // 00:30 in London's summer is the day before in UTC.
    let series = event("DTSTART;TZID=Europe/London:20270706T003000\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20270719T233000Z");
    let moved = event("RECURRENCE-ID:20270712T233000Z\nDTSTART:20270714T100000Z");
    assert_eq!(ends(&calendar(&[&series, &moved])), ["-20270706", "-20270720", "-20270713"]);
}

#[test]
fn two_of_a_series_on_one_day_are_numbered_by_time() {
    let twice =
        |more: &str| event(&format!("{WEEKLY}\nRDATE;TZID=Europe/London:20261208T190000,20261208T090000{more}"));
    assert_eq!(ends(&calendar(&[&twice("")])), ["-20261201", "-20261208-2", "-20261215", "-20261208-3", "-20261208"]);

    let out = calendar(&[&twice("\nEXDATE;TZID=Europe/London:20261208T170000")]);
    let removed: Vec<_> = out.batch.records.iter().map(|row| row.removed).collect();
    assert_eq!(ends(&out), ends(&calendar(&[&twice("")])), "the others keep their numbers");
    assert_eq!(removed, [false, true, false, false, false]);

    let moved = event("RECURRENCE-ID;TZID=Europe/London:20261208T190000\nDTSTART:20261209T190000Z");
    let replaced = calendar(&[&twice(""), &moved]);
    assert_eq!(ends(&replaced), ["-20261201", "-20261208-2", "-20261215", "-20261208", "-20261208-3"]);
    // One that names the day alone means the series' time of day.
    let moved = event("RECURRENCE-ID;VALUE=DATE:20261208\nDTSTART:20261209T190000Z");
    let replaced = calendar(&[&twice(""), &moved]);
    assert_eq!(ends(&replaced), ["-20261201", "-20261215", "-20261208-3", "-20261208", "-20261208-2"]);
}

#[test]
fn a_moved_day_that_the_series_no_longer_has_is_a_record_of_its_own() {
    let late = event(&WEEKLY.replace("T17", "T18"));
    let stale = event("RECURRENCE-ID;TZID=Europe/London:20261208T170000\nDTSTART:20261209T170000Z");
    let outcome = calendar(&[&late, &stale]);
    assert_eq!(ends(&outcome), ["-20261201", "-20261208-2", "-20261215", "-20261208"]);
    assert_eq!(places(&outcome), Vec::<String>::new());
}

#[test]
fn an_event_is_read_whole_with_its_series_and_nothing_refused() {
    let whole = |events: &[&str]| {
        let batch = calendar(events).batch;
        ids(&batch).iter().any(|id| batch.is_of_whole_event(id))
    };
    let series = event(WEEKLY);
    let moved = event("RECURRENCE-ID;TZID=Europe/London:20261208T170000\nDTSTART:20261209T170000Z");
    assert!(whole(&[&series]));
    assert!(whole(&[&series, &moved]));
    assert!(whole(&[&event("DTSTART:20261201T100000Z")]));

    assert!(!whole(&[&moved]), "the series itself is not in the file");
    assert!(!whole(&[&series, &moved.replace("SUMMARY:Class\n", "")]), "one of its days is refused");
    assert!(!whole(&[&series, &moved.replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;")]));
    assert!(!whole(&[&series, &series]), "a copy is refused");
    assert!(!whole(&[&series, &moved.replace("UID", "CLASS:PRIVATE\nUID")]), "one of its days is left out");

    // Another event's refusal is none of it.
    assert!(whole(&[&series, "BEGIN:VEVENT\nUID:2\nSUMMARY:No date\nEND:VEVENT"]));
    let cut = format!("BEGIN:VCALENDAR\n{series}\n");
    assert_eq!(read_text("WELD2.ics", cut.as_bytes(), &options(None)).batch.calendars.len(), 0);
}

#[test]
fn an_event_in_two_calendars_of_a_folder_is_not_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", event(WEEKLY));
    for name in ["WELD2.ics", "FSM.ics"] {
        std::fs::write(folder.path().join(name), &text).unwrap();
    }
    let outcome = import::read(folder.path(), &options(None));
    assert_eq!((outcome.refused.len(), outcome.batch.records.len()), (3, 3));
    assert!(outcome.batch.calendars.is_empty());
}

#[test]
fn a_deadline_that_becomes_a_session_keeps_its_id() {
    let deadline = event("DTSTART:20261201T100000Z").replace("DURATION:PT1H\n", "");
    let (before, after) = (calendar(&[&deadline]), calendar(&[&event("DTSTART:20261201T100000Z")]));
    assert_eq!(ids(&before.batch), ids(&after.batch));
    assert_eq!([&before, &after].map(|o| o.batch.records[0].kind == Kind::Webinar), [false, true]);
}
