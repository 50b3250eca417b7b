//! What is asked and answered, and the later kinds of record.

use super::{agree, at, day, text};
use contract::{
    change::{Change, What},
    delta::Records,
    hours::{Holiday, Nation, StaffedHours},
    json::{from_json, to_json},
    late::{Late, kind},
    request::{
        About, Agreed, Ask, AskKind, Call, Decision, Granted, More, Need, Refused, Request, Said, Status, StudyTime,
        Words,
    },
    seal::SealedWords,
    staff::{Person, StaffRole},
};

#[test]
fn what_a_learner_asks_and_is_answered_is_the_same() {
    let now = at("2026-11-26T10:00:00.001Z");
    let words = Words {
        text: Some(text()),
        telephone: Some("020 7946 0123".into()),
        suits: Some(text()),
        study: Some(StudyTime { date: day("2026-11-26"), minutes: 90 }),
    };
    let sealed = SealedWords { key: "k".into(), enc: text(), sealed: text() };
    let change = |what| Change { id: "c".into(), client: "d".into(), seq: 9, made_at: now, what };
    for kind in AskKind::ALL {
        let private = kind.is_private();
        agree(change(What::Ask(Box::new(Ask {
            learner: "L1001".into(),
            kind: *kind,
            about: Some(About::Assignment("A1".into())),
            says: (!private).then(|| words.clone()),
            sealed: private.then(|| sealed.clone()),
            until: Some(day("2026-12-04")),
            needs: Need::ALL.to_vec(),
            format: Some(text()),
            device_time: now,
            clock_offset_ms: Some(-7),
        }))));
    }
    let more = More {
        learner: "L1001".into(),
        request: "c".into(),
        says: Some(Words::default()),
        sealed: Some(sealed),
        share: Some(words.clone()),
        withdraw: true,
        device_time: now,
        clock_offset_ms: None,
    };
    let bare = More { says: None, sealed: None, share: None, withdraw: false, ..more.clone() };
    agree(change(What::More(Box::new(more))));
    agree(change(What::More(Box::new(bare))));
    for (decision, role) in [
        (Decision::Granted(Granted { until: now }), StaffRole::Tutor),
        (Decision::Refused(Refused { reason: text() }), StaffRole::Assessor),
        (Decision::Agreed(Agreed { what: text(), from: day("2026-12-01") }), StaffRole::LearnerSupport),
        (Decision::Call(Call { at: now }), StaffRole::SafeguardingLead),
        (Decision::Call(Call { at: now }), StaffRole::Administrator),
        (Decision::Call(Call { at: now }), StaffRole::Other),
    ] {
        let by = Some(Person { name: text(), role });
        agree(Request {
            id: "c".into(),
            kind: AskKind::MoreTime,
            private: true,
            about: Some(About::Link(text())),
            until: Some(day("2026-12-04")),
            needs: vec![Need::Data],
            format: None,
            asked_at: now,
            received_at: now,
            status: Status::InProgress,
            promised_by: Some(day("2026-11-30")),
            said: vec![
                Said {
                    id: "c".into(),
                    at: now,
                    by: None,
                    status: Status::Received,
                    says: Some(words.clone()),
                    locked: None,
                },
                Said { id: "s".into(), at: now, by, status: Status::Answered, says: None, locked: Some(text()) },
            ],
            decision: Some(decision),
        });
    }
    for about in [
        About::Assignment("A1".into()),
        About::Webinar("W".into()),
        About::Contact("c".into()),
        About::Material(text()),
        About::Link(text()),
    ] {
        agree(about);
    }
    Status::ALL.iter().for_each(|status| agree(*status));
    assert!(from_json::<AskKind>("\"telepathy\"").is_err());
}

#[test]
fn when_somebody_answers_is_the_same() {
    agree(StaffedHours { contact: "c".into(), weekday: 7, from: 0, until: 1_440 });
    for nation in [Nation::England, Nation::Wales, Nation::Scotland, Nation::NorthernIreland] {
        agree(Holiday { date: day("2026-12-28"), name: text(), nation });
    }
}

#[test]
fn a_late_page_reads_its_own_kind_and_no_other() {
    let hours = StaffedHours { contact: "c".into(), weekday: 1, from: 540, until: 1_020 };
    let late = |kind: &str, id: &str, json: &str| Late {
        kind: kind.into(),
        id: id.into(),
        body: from_json(json).expect("JSON"),
    };
    let records = Records {
        more: vec![
            late(kind::STAFFED_HOURS, "1", &to_json(&hours)),
            late(kind::STAFFED_HOURS, "of tomorrow", r#"{"weekday":"Monday"}"#),
            late(kind::HOLIDAY, "1", r#"{"date":"2026-12-25","name":"Christmas Day","nation":"england"}"#),
        ],
        ..Records::default()
    };
    assert_eq!(records.of::<StaffedHours>(), [hours]);
    assert_eq!(records.one::<Holiday>("1").map(|holiday| holiday.name).as_deref(), Some("Christmas Day"));
    assert_eq!(records.one::<Holiday>("2"), None);
}
