//! What a learner does, and the records that tell of it.

use super::{agree, at, text};
use contract::{
    act::{Act, Deed, Read, ReadKind, Reading},
    change::{Change, What},
    json::from_json,
    share::{NewShare, Opened, Share, Shared, Shows, Unshare},
    study::{PlanStudy, PlannedFrom, Studied, Study, StudyDay, StudyPlan, Taken},
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
