//! The example data is what an administrator copies from: it reads without a refusal and shows every case.

use crate::{deadlines, london, places, refusals, sessions};
use contract::{
    deadline::{AiLevel, Mode},
    delta::Kind,
    late::kind,
};
use import::{Options, Outcome, RecordKind, read};
use std::path::Path;

fn cohort() -> Outcome {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/cohort"), &Options::default())
}

#[test]
fn the_example_cohort_reads_without_a_refusal() {
    let outcome = cohort();
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    assert_eq!(outcome.batch.learners.len(), 3);
    assert_eq!(outcome.batch.enrolments.len(), 7);
    let of = |kind| outcome.batch.records.iter().filter(|row| row.kind == kind).count();
    assert_eq!([of(Kind::Course), of(Kind::Contact), of(Kind::Policy), of(Kind::Guidance)], [3, 7, 9, 5]);
    assert_eq!(of(Kind::Extension), 1);
    let late = |kind| outcome.batch.records.iter().filter(|row| row.kind == RecordKind::Late(kind)).count();
    assert_eq!([late(kind::HOLIDAY), late(kind::STAFFED_HOURS), late(kind::CHECK)], [16, 30, 5]);
    assert_eq!(late(kind::CERTIFICATION), 1);
    assert_eq!(outcome.files, 18);
    assert_eq!(outcome.notes.len(), 1, "only the README is passed over: {:?}", outcome.notes);
    assert_eq!(outcome, cohort());
}

#[test]
fn the_example_cohort_shows_every_mode_and_level_and_both_sides_of_the_clock_change() {
    let outcome = cohort();
    let deadlines = deadlines(&outcome);
    for mode in [Mode::FaceToFace, Mode::LiveWebinar, Mode::Distance, Mode::Blended, Mode::IndependentStudy] {
        assert!(deadlines.iter().any(|deadline| deadline.mode == mode), "{mode:?}");
    }
    for level in [AiLevel::None, AiLevel::Plan, AiLevel::Draft, AiLevel::Open] {
        assert!(deadlines.iter().any(|deadline| deadline.ai_level == Some(level)), "{level:?}");
    }
    let due =
        |id: &str| deadlines.iter().find(|deadline| deadline.id.as_str() == id).map(|deadline| deadline.due).unwrap();
    assert_eq!(due("weld-log-3").to_rfc3339(), "2027-03-27T23:59:00+00:00");
    assert_eq!(due("weld-log-4").to_rfc3339(), "2027-03-28T22:59:00+00:00");
    assert_eq!(london(due("weld-log-4")), "Sun 28 Mar 2027 23:59");
    assert_eq!(deadlines.iter().filter(|deadline| deadline.group).count(), 1);
    assert!(deadlines.iter().any(|deadline| deadline.all_day));
    assert!(sessions(&outcome).iter().any(|session| session.pin.is_some() && session.telephone.is_some()));
    assert_eq!(places(&outcome), Vec::<String>::new());
}
