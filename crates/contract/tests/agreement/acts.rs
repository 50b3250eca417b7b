//! What a learner does, and the records that tell of it.

use super::{agree, at, text};
use contract::{
    act::{Act, Deed, Read, ReadKind, Reading},
    attendance::{Arrival, Arrive, Attendance, Ended, FollowUp, Mark, Marked},
    change::{Change, What},
    check::{CheckAnswer, CheckAnswers, CheckResult, Choice, Judged, Question, QuestionKind},
    json::from_json,
    share::{NewShare, Opened, Share, Shared, Shows, Unshare},
    staff::{Person, StaffRole},
    study::{PlanStudy, PlannedFrom, Studied, Study, StudyDay, StudyPlan, Taken},
    voice::{Clear, Rate, Rating},
};

fn acts(deed: Deed) {
    let now = at("2026-11-26T10:00:00.001Z");
    let act = Act { learner: "L1001".into(), deed, device_time: now, clock_offset_ms: Some(-7) };
    agree(Change { id: "c".into(), client: "d".into(), seq: 9, made_at: now, what: What::Act(Box::new(act)) });
}

#[test]
fn what_was_read_is_the_same() {
    let now = at("2026-11-26T10:00:00.001Z");
    for kind in [ReadKind::Policy, ReadKind::Guidance, ReadKind::Feedback] {
        let read = Read { kind, id: text(), version: "V1.2".into() };
        acts(Deed::Read(read.clone()));
        agree(Reading { read, read_at: now, received_at: now, changes: vec!["c".into()] });
    }
    assert!(from_json::<Deed>(r#"{"levitate":{}}"#).is_err());
}

#[test]
fn who_was_there_is_the_same() {
    let now = at("2026-11-26T10:00:00.001Z");
    let by = || Person { name: text(), role: StaffRole::Tutor };
    acts(Deed::Arrive(Arrive { webinar: "w".into() }));
    agree(Attendance::new("w".into()));
    for (n, mark) in (0..).zip(Mark::ALL) {
        let set = n % 2 == 0;
        let some = || set.then(text);
        let device = set.then_some(-7);
        agree(Attendance {
            webinar: "w".into(),
            arrival: Some(Arrival {
                at: now,
                minutes_late: n,
                device_time: now,
                clock_offset_ms: device,
                received_at: now,
                to_check: set,
            }),
            mark: Some(Marked { mark, minutes_late: set.then_some(n), note: some(), at: now, by: by() }),
            follow_up: Some(FollowUp {
                at: now,
                by: by(),
                who: text(),
                until: now.date_naive(),
                text: some(),
                ended: set.then(|| Ended { at: now, by: by(), text: some() }),
            }),
            changes: vec!["c".into()],
        });
        assert_eq!(Mark::named(mark.word()), Some(mark));
    }
    assert_eq!(from_json::<Mark>(r#""asleep""#), Ok(Mark::Other));
}

#[test]
fn a_check_its_answers_and_their_result_are_the_same() {
    let now = at("2026-11-26T10:00:00.001Z");
    let choice = |right| Choice { text: text(), right };
    for (kind, choices) in [
        (QuestionKind::One, vec![choice(true), choice(false)]),
        (QuestionKind::Several, vec![choice(true); 2]),
        (QuestionKind::Text, Vec::new()),
    ] {
        agree(Question { webinar: "W1".into(), number: 3, kind, question: text(), choices, explanation: text() });
    }
    let answers = vec![
        CheckAnswer { number: 1, chosen: vec![text(), "b".into()], text: None },
        CheckAnswer { number: 2, chosen: Vec::new(), text: Some(text()) },
        CheckAnswer { number: 3, chosen: vec!["c".into()], text: None },
    ];
    acts(Deed::Answer(CheckAnswers { webinar: text().as_str().into(), answers: answers.clone() }));
    for catch_up in [true, false] {
        agree(CheckResult {
            webinar: "W1".into(),
            answers: answers.clone(),
            judged: vec![Judged::Right, Judged::NotJudged, Judged::Wrong],
            answered_at: now,
            received_at: now,
            catch_up,
            changes: vec!["c".into(), "d".into()],
        });
    }
}

#[test]
fn what_is_said_of_a_session_is_the_same() {
    for (clear, said, named) in [
        (Clear::All, None, true),
        (Clear::Most, Some(text()), false),
        (Clear::Some, None, false),
        (Clear::Little, None, true),
    ] {
        let rate = Rate { webinar: "W1".into(), clear, helped: said.clone(), change: said, named };
        acts(Deed::Rate(rate.clone()));
        agree(Rating { rate, received_at: at("2026-11-26T10:00:00.001Z"), changes: vec!["c".into()] });
    }
}

#[test]
fn choices_are_judged_as_a_whole_and_what_is_no_choice_any_more_is_not_judged() {
    let choice = |text: &str, right| Choice { text: text.into(), right };
    let question = Question {
        webinar: "W1".into(),
        number: 1,
        kind: QuestionKind::Several,
        question: "Which?".into(),
        choices: vec![choice("a", true), choice("b", true), choice("c", false)],
        explanation: "Because.".into(),
    };
    for (chosen, expected) in [
        (vec!["b", "a"], Judged::Right),
        (vec!["a"], Judged::Wrong),
        (vec!["a", "b", "c"], Judged::Wrong),
        (vec!["a", "gone"], Judged::NotJudged),
        (vec![], Judged::NotJudged),
    ] {
        let chosen: Vec<String> = chosen.into_iter().map(String::from).collect();
        assert_eq!(
            question.judge(&CheckAnswer { number: 1, chosen: chosen.clone(), text: None }),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn study_time_and_a_plan_are_the_same() {
    let (now, date) = (at("2026-11-26T10:00:00.001Z"), "2026-11-23".parse().expect("a day"));
    let days = vec![StudyDay { weekday: 1, from: 1_110, minutes: 90 }, StudyDay { weekday: 7, from: 0, minutes: 1 }];
    acts(Deed::PlanStudy(PlanStudy { days: days.clone() }));
    acts(Deed::PlanStudy(PlanStudy { days: vec![] }));
    for what in [None, Some(text())] {
        let study = Study { date, minutes: 45, what };
        acts(Deed::Study(study.clone()));
        let taken = vec![Taken { study, said_at: now }];
        agree(Studied { week: date, taken, changes: vec!["c".into()] });
    }
    for weeks in [vec![], vec![PlannedFrom { date, minutes: 91 }]] {
        agree(StudyPlan { days: days.clone(), planned_at: now, weeks, changes: vec!["c".into()] });
    }
}

#[test]
fn a_page_for_somebody_else_is_the_same() {
    let now = at("2026-11-26T10:00:00.001Z");
    acts(Deed::Unshare(Unshare { share: text() }));
    agree(NewShare { whom: text(), shows: Shows::ALL.to_vec(), weeks: 13 });
    let share = Share {
        id: "s".into(),
        whom: text(),
        shows: vec![Shows::Study],
        made_at: now,
        ends_at: now,
        withdrawn_at: None,
        opened: vec![],
        changes: vec![],
    };
    agree(Shared { share: share.clone(), address: text() });
    let opened = vec![Opened { day: "2026-11-26".parse().expect("a day"), times: 2 }];
    agree(Share { withdrawn_at: Some(now), opened, changes: vec!["c".into()], ..share });
}
