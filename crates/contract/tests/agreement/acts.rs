//! What a learner does, and the records that tell of it.

use super::{agree, at, text};
use contract::{
    act::{Act, Deed, Read, ReadKind, Reading},
    change::{Change, What},
    json::from_json,
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
