//! Feedback, promised and given.

use super::{agree, at, day, text};
use contract::{
    feedback::{Feedback, FeedbackGiven, WorkOutcome},
    json::{from_json, to_json},
    staff::{Person, StaffRole},
};

#[test]
fn feedback_is_the_same() {
    use WorkOutcome::{Distinction, Merit, None as Only, Passed, Refer};
    let now = at("2026-11-26T10:00:00.001Z");
    let promised = Feedback {
        assignment: "A1".into(),
        attempt: 2,
        handed_in_at: Some(now),
        promised_by: Some(day("2026-12-17")),
        given: None,
    };
    for outcome in [Only, Passed, Merit, Distinction, Refer] {
        assert_eq!(to_json(&outcome), format!("\"{}\"", outcome.word()));
        for changed_at in [None, Some(now)] {
            let by = Person { name: text(), role: StaffRole::Assessor };
            let given = FeedbackGiven { version: "1".into(), text: text(), outcome, by, given_at: now, changed_at };
            agree(Feedback { given: Some(given), ..promised.clone() });
        }
    }
    agree(Feedback { handed_in_at: None, promised_by: None, ..promised });
    assert!(from_json::<WorkOutcome>("\"fail\"").is_err());
}
