//! What a learner does, and the records that tell of it.

use super::{agree, at, text};
use contract::{
    act::{Act, Deed, Read, ReadKind, Reading},
    attendance::{Arrival, Arrive, Attendance, Ended, FollowUp, Mark, Marked},
    change::{Change, What},
    json::from_json,
    staff::{Person, StaffRole},
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
