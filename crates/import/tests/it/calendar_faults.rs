//! One bad event never keeps the others out, and its line is named.

use crate::{deadlines, london, options, places, refusals, sessions, utc};
use import::{Outcome, read_text};

/// A calendar of these lines; line 1 is BEGIN:VCALENDAR.
fn calendar(lines: &str) -> Outcome {
    let text = format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n").replace('\n', "\r\n");
    read_text("WELD2.ics", text.as_bytes(), &options(None))
}

/// An event whose own lines begin on line 5.
fn event(lines: &str) -> Outcome {
    calendar(&format!("BEGIN:VEVENT\nUID:1@example.org\nSUMMARY:Essay\n{lines}\nEND:VEVENT"))
}

#[test]
fn a_bad_event_is_refused_by_the_line_of_its_property() {
    for (lines, place) in [
        ("DESCRIPTION:no start", "2 DTSTART"),
        ("DTSTART:tomorrow", "5 DTSTART"),
        ("DTSTART:20261301T100000Z", "5 DTSTART"),
        ("DTSTART:20261201T250000Z", "5 DTSTART"),
        ("DTSTART:99991201T100000Z", "5 DTSTART"),
        ("DTSTART:20261201T100000Z\nDTEND:20261201T090000Z", "6 DTEND"),
        ("DTSTART:20261201T100000Z\nDURATION:an hour", "6 DURATION"),
        ("DTSTART;TZID=Mars/Olympus:20261201T100000", "5 DTSTART"),
        ("DTSTART:20261201T100000Z\nRRULE:FREQ=SOMETIMES", "6 RRULE"),
        ("DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=é", "6 RRULE"),
        ("DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:never", "7 EXDATE"),
        ("DTSTART:20261201T100000Z\nRECURRENCE-ID:yesterday", "6 RECURRENCE-ID"),
        ("DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nLOCATION:http://meet.example.org/a", "7 LOCATION"),
        ("DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nLOCATION:javascript:alert(1)", "7 LOCATION"),
        (
            "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nX-GOOGLE-CONFERENCE:https://a@b.example/c",
            "7 X-GOOGLE-CONFERENCE",
        ),
        ("DTSTART:20261201T100000Z\nDESCRIPTION:a\u{1b}[31mb", "6 DESCRIPTION"),
    ] {
        let good = "BEGIN:VEVENT\nUID:2@example.org\nSUMMARY:Good\nDTSTART:20261202T120000Z\nEND:VEVENT";
        let bad = format!("BEGIN:VEVENT\nUID:1@example.org\nSUMMARY:Essay\n{lines}\nEND:VEVENT");
        let outcome = calendar(&format!("{bad}\n{good}"));
        assert_eq!(places(&outcome), [place], "{lines}");
        assert!(deadlines(&outcome).iter().any(|deadline| deadline.title == "Good"), "{lines}");
    }
}

#[test]
fn an_event_without_uid_title_or_end_is_refused() {
    let outcome = calendar(
        "BEGIN:VEVENT\nSUMMARY:No UID\nDTSTART:20261201T100000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:2\nDTSTART:20261201T100000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:3\nSUMMARY:Cut off\nDTSTART:20261201T100000Z\n\
         BEGIN:VEVENT\nUID:4\nSUMMARY:Good\nDTSTART:20261201T100000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:4\nSUMMARY:Copy\nDTSTART:20261201T110000Z\nEND:VEVENT\n\
         BEGIN:VTODO\nUID:5\nSUMMARY:No date\nEND:VTODO",
    );
    assert_eq!(places(&outcome), ["2 UID", "10 -", "6 SUMMARY", "19 UID", "24 DUE"]);
    assert_eq!(deadlines(&outcome).len(), 1);
}

#[test]
fn tasks_are_deadlines() {
    let outcome = calendar(
        "BEGIN:VTODO\nUID:1\nSUMMARY:Essay\nDUE;TZID=Europe/London:20270328T235900\nSTATUS:NEEDS-ACTION\nEND:VTODO\n\
         BEGIN:VTODO\nUID:2\nSUMMARY:Plan\nDUE;VALUE=DATE:20270328\nSTATUS:CANCELLED\nEND:VTODO",
    );
    let shown: Vec<_> = deadlines(&outcome).into_iter().map(|d| (utc(d.due), d.all_day, d.cancelled)).collect();
    assert_eq!(shown, [("2027-03-28T22:59:00Z".into(), false, false), ("2027-03-28T22:59:00Z".into(), true, true)]);
}

#[test]
fn zones_are_found_by_every_name_that_programs_write() {
    for (zone, expected) in [
        ("Europe/London", "2027-07-01T08:00:00Z"),
        ("GMT Standard Time", "2027-07-01T08:00:00Z"),
        ("\"W. Europe Standard Time\"", "2027-07-01T07:00:00Z"),
        ("/mozilla.org/20050126_1/Europe/London", "2027-07-01T08:00:00Z"),
        ("UTC", "2027-07-01T09:00:00Z"),
        ("India Standard Time", "2027-07-01T03:30:00Z"),
        ("America/Argentina/Buenos_Aires", "2027-07-01T12:00:00Z"),
    ] {
        let outcome = event(&format!("DTSTART;TZID={zone}:20270701T090000"));
        assert_eq!(deadlines(&outcome).first().map(|d| utc(d.due)).as_deref(), Some(expected), "{zone}");
    }
}

#[test]
fn a_zone_of_the_files_own_is_read_by_its_offsets() {
    let zone = |daylight: &str| {
        format!(
            "BEGIN:VTIMEZONE\nTZID:Our zone\nBEGIN:STANDARD\nDTSTART:19701025T020000\nTZOFFSETFROM:+0100\n\
             TZOFFSETTO:+0000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n{daylight}END:VTIMEZONE\n\
             BEGIN:VEVENT\nUID:1\nSUMMARY:Essay\nDTSTART;TZID=Our zone:20270701T090000\nEND:VEVENT"
        )
    };
    let daylight = "BEGIN:DAYLIGHT\nDTSTART:19700329T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n\
                    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n";
    let due = |outcome: &Outcome| deadlines(outcome).first().map(|d| utc(d.due));
    assert_eq!(due(&calendar(&zone(daylight))).as_deref(), Some("2027-07-01T08:00:00Z"));
    assert_eq!(due(&calendar(&zone(""))).as_deref(), Some("2027-07-01T09:00:00Z"));
    let strange = calendar(&zone(&daylight.replace("BYMONTH=3", "BYMONTH=4")));
    assert_eq!(places(&strange), ["20 DTSTART"]);
}

#[test]
fn the_course_is_asked_for_or_named_or_refused() {
    let text = |category: &str| {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Essay\nCATEGORIES:{category}\nDTSTART:20261201T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    let course = |name: &str, category: &str, given: Option<&str>| {
        let outcome = read_text(name, text(category).as_bytes(), &options(given));
        deadlines(&outcome).first().map(|d| d.course.0.clone()).ok_or_else(|| places(&outcome))
    };
    assert_eq!(course("weld2.ics", "FSM", Some("DIGI")), Ok("DIGI".into()));
    assert_eq!(course("weld2.ics", "FSM", Some("digi")), Ok("DIGI".into()));
    assert_eq!(course("calendars/weld2.ics", "FSM", None), Ok("WELD2".into()));
    assert_eq!(course("export.ics", "Maths,fsm", None), Ok("FSM".into()));
    assert_eq!(course("export.ics", "Maths", None), Err(vec!["5 CATEGORIES".into()]));
    assert_eq!(course("export.ics", "FSM", Some("NONE")), Err(vec!["0 -".into()]));
}

#[test]
fn the_same_event_has_the_same_id_after_it_is_changed() {
    let id = |lines: &str| event(lines).batch.records[0].id.clone();
    assert_eq!(id("DTSTART:20261201T100000Z"), id("DTSTART:20261202T110000Z\nDESCRIPTION:later"));
    let series = |lines: &str| event(lines).batch.records.iter().map(|r| r.id.clone()).collect::<Vec<_>>();
    let times = "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=WEEKLY;COUNT=";
    assert_eq!(series(&format!("{times}3"))[..2], series(&format!("{times}2"))[..]);
}

#[test]
fn a_moved_occurrence_keeps_its_id_and_a_cancelled_calendar_calls_off_all() {
    let series = "BEGIN:VEVENT\nUID:1\nSUMMARY:Class\nDTSTART;TZID=Europe/London:20270323T100000\n\
                  DTEND;TZID=Europe/London:20270323T110000\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT";
    let moved = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;VALUE=DATE:20270330\nSUMMARY:Class\n\
                 DTSTART;TZID=Europe/London:20270401T100000\nDTEND;TZID=Europe/London:20270401T110000\nEND:VEVENT";
    let (before, after) = (calendar(series), calendar(&format!("{series}\n{moved}")));
    let ids = |outcome: &Outcome| outcome.batch.records.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(london(sessions(&after)[1].starts), "Thu 1 Apr 2027 10:00");
    let cancelled = calendar(&format!("METHOD:CANCEL\n{series}"));
    assert!(sessions(&cancelled).iter().all(|session| session.cancelled) && sessions(&cancelled).len() == 2);
}

#[test]
fn an_endless_series_is_cut_and_the_note_says_so() {
    let outcome = event("DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=WEEKLY");
    assert_eq!(sessions(&outcome).len(), 105);
    assert_eq!(outcome.notes.len(), 1);
    assert!(
        outcome.notes[0].starts_with("WELD2.ics:7: the series goes on; it was read up to 28 November 2028"),
        "{:?}",
        outcome.notes
    );
}

#[test]
fn added_days_and_periods_belong_to_the_series() {
    let outcome = event(
        "DTSTART:20261201T100000Z\nDURATION:PT1H\nRDATE;VALUE=DATE:20261203\nRDATE;VALUE=PERIOD:20261205T100000Z/PT2H",
    );
    let shown: Vec<_> = sessions(&outcome).iter().map(|s| (utc(s.starts), (s.ends - s.starts).num_hours())).collect();
    let expected = [("2026-12-01T10:00:00Z", 1), ("2026-12-03T10:00:00Z", 1), ("2026-12-05T10:00:00Z", 2)];
    assert_eq!(shown, expected.map(|(start, hours)| (start.to_owned(), hours)));
}

#[test]
fn whole_files_that_cannot_be_read_say_why() {
    let read = |bytes: &[u8]| read_text("WELD2.ics", bytes, &options(None));
    assert_eq!(places(&read(b"")), ["0 -"]);
    assert_eq!(places(&read(b"hello\n")), ["0 -"]);
    assert_eq!(places(&read(b"\xFF\xFEB\0E\0")), ["0 -"]);
    let latin = read(b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:caf\xE9\r\nEND:VCALENDAR\r\n");
    assert_eq!(places(&latin), ["2 -"]);
    assert!(refusals(&latin)[0].contains("byte 34"), "{:?}", refusals(&latin));
}

#[test]
fn a_link_left_out_of_a_deadline_is_noted_with_its_line() {
    let outcome = event("DTSTART:20261201T100000Z\nURL:http://example.org/a");
    assert_eq!(deadlines(&outcome)[0].link, None);
    assert!(outcome.notes[0].starts_with("WELD2.ics:6: a link was left out:"), "{:?}", outcome.notes);
}

#[test]
fn a_footnote_that_is_not_the_join_link_is_kept() {
    let outcome = event(
        "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nLOCATION:https://zoom.example.org/j/1\n\
         DESCRIPTION:Read this [1] first\\n\\nLinks:\\n------\\n[1] https://read.example.org/a\\n",
    );
    assert_eq!(sessions(&outcome)[0].about.as_deref(), Some("Read this first\nhttps://read.example.org/a"));
}

#[test]
fn a_file_that_is_cut_off_keeps_its_whole_events_and_says_so() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART:20261201T100000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMM";
    let outcome = read_text("WELD2.ics", text.as_bytes(), &options(None));
    assert_eq!((deadlines(&outcome).len(), places(&outcome)), (1, vec!["7 -".to_owned()]));
    assert!(outcome.notes.iter().any(|note| note.contains("END:VCALENDAR is missing")), "{:?}", outcome.notes);
}

#[test]
fn the_text_of_an_event_is_never_read_as_a_person() {
    let outcome = event(
        "DTSTART:20261201T100000Z\nORGANIZER;CN=Sam Okafor:mailto:sam@example.org\nATTENDEE;CN=Jack:mailto:jack@example.org",
    );
    let kept = format!("{:?} {:?}", outcome.batch, outcome.notes);
    assert!(!kept.contains("Sam") && !kept.contains("Jack") && !kept.contains("1@example.org"), "{kept}");
}
