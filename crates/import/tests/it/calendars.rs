//! What Moodle, Outlook, Google and Canvas export, by the very instants and wall times.

use crate::{deadlines, fixture, london, options, places, refusals, sessions, utc};
use contract::deadline::Mode;
use import::{Audience, Outcome, read};

fn calendar(name: &str, course: Option<&str>) -> Outcome {
    let outcome = read(&fixture(name), &options(course));
    assert_eq!(outcome, read(&fixture(name), &options(course)), "reading twice gives the same");
    for row in &outcome.batch.records {
        assert!(row.id.starts_with("ics-") && !row.id.contains('@'), "{}", row.id);
        assert!(matches!(&row.audience, Audience::Course(_)));
    }
    outcome
}

#[test]
fn moodle_deadlines_are_events_without_length_or_of_a_whole_day() {
    let outcome = calendar("moodle.ics", None);
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    assert_eq!(outcome.notes, Vec::<String>::new());
    let shown: Vec<_> =
        deadlines(&outcome).into_iter().map(|d| (d.title, utc(d.due), london(d.due), d.all_day, d.mode)).collect();
    let expected = [
        ("Weld inspection report", "2026-11-28T13:03:06Z", "Sat 28 Nov 2026 13:03", false, Mode::Distance),
        ("Portfolio part 1: hand in", "2026-12-04T23:59:00Z", "Fri 4 Dec 2026 23:59", false, Mode::Distance),
        (
            "Functional skills maths mock, day of assessment",
            "2026-12-10T23:59:00Z",
            "Thu 10 Dec 2026 23:59",
            true,
            Mode::FaceToFace,
        ),
        (
            "Reflective log 3 (night before the clocks change)",
            "2027-03-27T23:59:00Z",
            "Sat 27 Mar 2027 23:59",
            false,
            Mode::Distance,
        ),
        (
            "Reflective log 4 (after the clocks change)",
            "2027-03-28T22:59:00Z",
            "Sun 28 Mar 2027 23:59",
            false,
            Mode::Distance,
        ),
    ];
    assert_eq!(shown, expected.map(|(a, b, c, d, e)| (a.to_owned(), b.to_owned(), c.to_owned(), d, e)));
    let texts: Vec<_> = deadlines(&outcome).into_iter().filter_map(|d| d.hand_in).collect();
    assert_eq!(texts[1], "Hand in by 11:59PM.\nLate? Ask your tutor, first.");
    assert_eq!(texts[2], "Room 4, Bolton centre\nBring photo ID");
}

#[test]
fn moodle_sessions_have_their_link_telephone_and_pin() {
    let [welsh, webinar] = sessions(&calendar("moodle.ics", None)).try_into().unwrap();
    assert_eq!(welsh.title, "Sgiliau Hanfodol Cymru: sesiwn fyw – ŵyl ŷd");
    assert_eq!((utc(welsh.starts), utc(welsh.ends)), ("2026-11-30T09:30:00Z".into(), "2026-11-30T10:30:00Z".into()));
    assert_eq!(welsh.join.as_deref(), Some("https://zoom.example.org/j/123456789?pwd=a,b;c"));
    assert_eq!(webinar.title, "Live webinar: arc welding; safety & PPE");
    assert_eq!(
        (utc(webinar.starts), utc(webinar.ends)),
        ("2026-12-01T14:00:00Z".into(), "2026-12-01T15:30:00Z".into())
    );
    assert_eq!(london(webinar.starts), "Tue 1 Dec 2026 14:00");
    assert_eq!(webinar.join.as_deref(), Some("https://teams.example.org/l/meetup-join/19%3ameeting_abc"));
    assert_eq!((webinar.telephone.as_deref(), webinar.pin.as_deref()), (Some("020 7946 0123"), Some("4417#")));
    assert_eq!(webinar.about.as_deref(), Some("Join: Join the webinar\n\nPhone 020 7946 0123, PIN 4417#"));
    assert_eq!((webinar.mode, welsh.mode), (Mode::LiveWebinar, Mode::LiveWebinar));
}

#[test]
fn outlook_series_keep_their_wall_time_over_the_clock_change() {
    let outcome = calendar("outlook.ics", Some("FSM"));
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    let sessions = sessions(&outcome);
    let shown: Vec<_> = sessions.iter().map(|s| (utc(s.starts), utc(s.ends), london(s.starts))).collect();
    let expected = [
        ("2027-03-16T17:00:00Z", "2027-03-16T18:30:00Z", "Tue 16 Mar 2027 17:00"),
        ("2027-03-23T17:00:00Z", "2027-03-23T18:30:00Z", "Tue 23 Mar 2027 17:00"),
        ("2027-04-13T16:00:00Z", "2027-04-13T17:30:00Z", "Tue 13 Apr 2027 17:00"),
        ("2027-04-20T16:00:00Z", "2027-04-20T17:30:00Z", "Tue 20 Apr 2027 17:00"),
        ("2027-03-31T17:00:00Z", "2027-03-31T18:30:00Z", "Wed 31 Mar 2027 18:00"),
    ];
    assert_eq!(shown, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));

    let removed: Vec<_> = outcome.batch.records.iter().filter(|row| row.removed).map(|row| &row.body).collect();
    assert_eq!(removed.len(), 1, "the day that the tutor took out is asked to be removed");
    assert!(removed[0].contains("2027-04-06T16:00:00Z"), "{}", removed[0]);

    let [first, .., moved] = sessions.as_slice() else { panic!("no sessions") };
    let link =
        "https://teams.example.org/l/meetup-join/19%3ameeting_OWY0@thread.v2/0?context=%7b%22Tid%22%3a%22a1%22%7d";
    assert_eq!(first.join.as_deref(), Some(link));
    assert_eq!(first.telephone.as_deref(), Some("+44 20 7946 0188"));
    assert_eq!(first.pin.as_deref(), Some("123 456 789#"));
    let about = "Weekly maths – bring last week’s sheet.\nMeeting ID: 312 456 789 012\nPasscode: aB3dE9";
    assert_eq!(first.about.as_deref(), Some(about));
    assert_eq!((first.mode, first.place.as_deref()), (Mode::LiveWebinar, None));
    assert_eq!(moved.title, "Functional Skills Maths: weekly session (moved)");
    assert_eq!((moved.mode, moved.place.as_deref()), (Mode::Blended, Some("Room 4")));
}

#[test]
fn outlook_whole_days_end_in_london_and_private_events_stay_out() {
    let outcome = calendar("outlook.ics", Some("FSM"));
    let [mock] = deadlines(&outcome).try_into().unwrap();
    assert_eq!(
        (mock.title.as_str(), utc(mock.due), mock.all_day),
        ("Mock paper B", "2027-03-30T22:59:00Z".into(), true)
    );
    assert_eq!(london(mock.due), "Tue 30 Mar 2027 23:59");
    assert_eq!(mock.hand_in.as_deref(), Some("Riverside Centre, Room 2\nBring a calculator."));
    assert!(!format!("{:?}", outcome.batch).contains("Dentist"));
    assert_eq!(outcome.notes.len(), 1);
    assert!(outcome.notes[0].contains("private"), "{}", outcome.notes[0]);
}

#[test]
fn google_calls_off_one_of_a_series_and_gives_links_and_telephones() {
    let outcome = calendar("google.ics", Some("DIGI"));
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    let shown: Vec<_> =
        sessions(&outcome).into_iter().map(|s| (s.title, utc(s.starts), london(s.starts), s.cancelled)).collect();
    let drop_in = "Drop-in: help with your device";
    let expected = [
        ("Spot a scam", "2027-01-13T14:00:00Z", "Wed 13 Jan 2027 14:00", false),
        (drop_in, "2027-03-24T10:00:00Z", "Wed 24 Mar 2027 10:00", false),
        (drop_in, "2027-04-07T09:00:00Z", "Wed 7 Apr 2027 10:00", false),
        (drop_in, "2027-03-31T09:00:00Z", "Wed 31 Mar 2027 10:00", true),
        ("Evening class", "2027-02-10T18:00:00Z", "Wed 10 Feb 2027 18:00", false),
    ];
    assert_eq!(shown, expected.map(|(a, b, c, d)| (a.to_owned(), b.to_owned(), c.to_owned(), d)));

    let sessions = sessions(&outcome);
    assert_eq!(sessions[0].join.as_deref(), Some("https://meet.example.org/abc-defg-hij"));
    assert_eq!(sessions[0].telephone.as_deref(), Some("+44 20 7946 0199"));
    assert_eq!(sessions[0].pin.as_deref(), Some("987654321#"));
    let about = "Spot a scam\nBring one message you are not sure about; we check it together.";
    assert_eq!(sessions[0].about.as_deref(), Some(about));
    assert_eq!(sessions[1].join.as_deref(), Some("https://meet.example.org/klm-nopq-rst"));
    assert_eq!(
        (sessions[1].telephone.as_deref(), sessions[1].pin.as_deref()),
        (Some("+442079460198"), Some("112233#"))
    );
    assert_eq!((sessions[4].mode, sessions[4].place.as_deref()), (Mode::FaceToFace, Some("Riverside Centre, Room 1")));

    let [slides] = deadlines(&outcome).try_into().unwrap();
    assert_eq!((utc(slides.due), slides.all_day), ("2027-04-01T22:59:00Z".into(), true));
    assert_eq!(outcome.notes.len(), 1, "the evening class names no zone");
    assert!(outcome.notes[0].contains("Europe/London"), "{}", outcome.notes[0]);
}

#[test]
fn canvas_names_the_course_after_the_title() {
    let outcome = calendar("canvas.ics", None);
    let shown: Vec<_> = deadlines(&outcome).into_iter().map(|d| (d.title, utc(d.due), d.all_day, d.course.0)).collect();
    let expected = [
        ("Reflective account", "2027-03-28T22:59:00Z", true, "WELD2"),
        ("Weld symbols quiz", "2027-04-01T16:00:00Z", false, "WELD2"),
    ];
    assert_eq!(shown, expected.map(|(a, b, c, d)| (a.to_owned(), b.to_owned(), c, d.to_owned())));
    let [talk] = sessions(&outcome).try_into().unwrap();
    assert_eq!((talk.title.as_str(), utc(talk.starts)), ("MIG welding talk", "2027-02-02T09:30:00Z".into()));
    assert_eq!(talk.join.as_deref(), Some("https://bbb.example.org/b/weld-two"));
    assert_eq!(talk.mode, Mode::LiveWebinar);
    let page = "https://canvas.example.org/calendar?include_contexts=course_42&month=03&year=2027#assignment_123";
    assert_eq!(deadlines(&outcome)[0].link.as_deref(), Some(page));
    assert_eq!(
        deadlines(&outcome)[0].hand_in.as_deref(),
        Some("Write about one weld you are proud of.\n\n* what you did\n* what you would change")
    );
    assert_eq!(places(&outcome), ["52 SUMMARY"], "the course of the last is not there");
    assert!(refusals(&outcome)[0].contains("'CATER1'"));
}
