//! The app reads and writes JSON by `contract::json`, the server by serde. Neither may misread the other.

#[path = "agreement/acts.rs"]
mod acts;
#[path = "agreement/feedback.rs"]
mod feedback;
#[path = "agreement/kept.rs"]
mod kept;
#[path = "agreement/records.rs"]
mod records;
#[path = "agreement/requests.rs"]
mod requests;

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    auth::{Device, SignIn, Who},
    change::{Ack, Change, Outcome, Sent, What},
    course::Role,
    deadline::{AiLevel, Mode},
    declaration::{AiUse, Answer, Declaration, Fingerprint, Help, RulesShown, Source, Wording},
    delta::{Delta, Kind, Records, Removed},
    json::{Json, Wire, from_json, to_json},
    late::kind,
    meta::Meta,
    problem::{FieldProblem, Problem},
    receipt::{Countersigned, Receipt, ReceiptCheck, Signature},
    seal::{Envelope, PublicKey, UnsentFile},
    withdrawal::Withdrawal,
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

fn agree<T: Wire + Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    let (ours, theirs) = (to_json(&value), serde_json::to_string(&value).expect("serde writes it"));
    assert_eq!(serde_json::from_str::<T>(&ours).expect("serde reads ours"), value, "{ours}");
    assert_eq!(from_json::<T>(&theirs).as_ref(), Ok(&value), "{theirs}");
    let tree = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    // serde writes an empty `changed` and a false `removed`; what is left out means the same.
    assert_eq!(from_json::<T>(&tree(&ours).to_string()).as_ref(), Ok(&value));
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn text() -> String {
    "Zoë's “work”: \\ / \u{1f600} \u{1} \t\r\n ŵyl <b>&amp;".into()
}

#[test]
fn times_are_the_same_instant_however_they_are_written() {
    for time in [
        "2026-11-27T23:59:00Z",
        "2026-11-27T23:59:00.5Z",
        "2026-11-27T23:59:00.123456Z",
        "2026-11-27T23:59:00.123456789Z",
        "2027-03-28T23:59:00+01:00",
        "2026-12-31T19:00:00-05:00",
        "2024-02-29T00:00:00Z",
    ] {
        let quoted = format!("\"{time}\"");
        assert_eq!(from_json::<DateTime<Utc>>(&quoted), Ok(at(time)), "{time}");
        assert_eq!(at(to_json(&at(time)).trim_matches('"')), at(time), "{time}");
    }
    for wrong in
        ["2026-11-31T00:00:00Z", "2026-11-27", "2026-11-27T23:59Z", "2026-11-27T25:00:00Z", "x", "2026-11-27T23:59:00"]
    {
        assert!(from_json::<DateTime<Utc>>(&format!("\"{wrong}\"")).is_err(), "{wrong}");
    }
}

#[test]
fn words_are_the_same() {
    for mode in [Mode::FaceToFace, Mode::LiveWebinar, Mode::Distance, Mode::Blended, Mode::IndependentStudy] {
        agree(mode);
    }
    for level in [AiLevel::None, AiLevel::Plan, AiLevel::Draft, AiLevel::Open] {
        agree(level);
    }
    for role in [
        Role::Tutor,
        Role::Assessor,
        Role::SafeguardingLead,
        Role::LearnerSupport,
        Role::Technical,
        Role::Mentor,
        Role::Other,
    ] {
        agree(role);
    }
    use Kind::{Assignment, Contact, Course, Extension, Guidance, Other, Policy, Receipt, Webinar};
    for kind in [Assignment, Contact, Course, Extension, Guidance, Other, Policy, Receipt, Webinar] {
        agree(kind);
    }
    assert_eq!(from_json("\"a role of tomorrow\""), Ok(Role::Other));
    assert!(from_json::<AiLevel>("\"a level of tomorrow\"").is_err());
    agree(Device::Own);
    agree(Device::Shared);
}

#[test]
fn what_a_learner_sends_is_the_same() {
    let declaration = |help, sources, ai, own_part: Option<String>| Declaration {
        learner: "L1001".into(),
        assignment: "A1".into(),
        assignment_title: text(),
        attempt: 2,
        course: "WELD2".into(),
        awarding_body: own_part.clone(),
        due: at("2026-11-27T23:59:00Z"),
        extended_to: own_part.as_ref().map(|_| at("2026-12-04T23:59:00Z")),
        own_part,
        rules: RulesShown {
            ai_level: Some(AiLevel::Plan),
            text: vec![text()],
            shown_at: at("2026-11-26T10:00:00.25Z"),
        },
        help,
        sources,
        ai,
        files: vec![Fingerprint { name: text(), size: 5_000_000_000, sha256: "ab".repeat(32) }],
        wording: Wording { version: "1".into(), language: "en-GB".into(), statements: vec![text(), String::new()] },
        signed_name: text(),
        device_time: at("2026-11-26T10:00:00.001Z"),
        clock_offset_ms: Some(-86_400_000),
    };
    let full = declaration(
        Answer::Some(vec![Help { who: text(), how: text() }]),
        Answer::Some(vec![
            Source::Print { author: text(), year: "2024".into(), page: String::new() },
            Source::Web { address: "https://example.org/?a=b&c".into(), seen_on: text() },
        ]),
        Answer::Some(vec![AiUse { tool: text(), version: text(), purpose: text(), place: text() }]),
        Some(text()),
    );
    let bare = declaration(Answer::None, Answer::None, Answer::None, None);
    for signed in [full, bare] {
        let made_at = at("2026-11-26T10:00:00Z");
        let change =
            Change { id: "c".into(), client: "d".into(), seq: 7, made_at, what: What::Declare(Box::new(signed)) };
        agree(Sent { id: "c".into(), change: to_json(&change) });
        agree(change);
    }
    for reason in [None, Some(text())] {
        let signed = Withdrawal {
            learner: "L1001".into(),
            declaration: "c".into(),
            reason,
            wording: Wording { version: "1".into(), language: "en-GB".into(), statements: vec![text()] },
            signed_name: text(),
            device_time: at("2026-11-26T10:00:00.001Z"),
            clock_offset_ms: None,
        };
        let made_at = at("2026-11-26T10:00:00Z");
        agree(Change { id: "c".into(), client: "d".into(), seq: 8, made_at, what: What::Withdraw(Box::new(signed)) });
    }
    for deflated in [false, true] {
        let envelope = Envelope { id: "c".into(), key: "k".into(), enc: text(), sealed: text(), deflated };
        agree(UnsentFile { format: "portal-unsent-1".into(), envelopes: vec![envelope.clone()] });
        agree(envelope);
    }
    agree(SignIn {
        learner: "L1001".into(),
        passphrase: Some(text()),
        code: None,
        new_passphrase: None,
        device: Device::Own,
    });
}

#[test]
fn what_a_learner_gets_is_the_same() {
    let now = at("2026-11-23T12:00:00.123456Z");
    let receipt = Receipt {
        change: "c".into(),
        code: "7K3M-Q9XT-V".into(),
        assignment: "A1".into(),
        assignment_title: text(),
        attempt: 1,
        received_at: now,
        sha256: "ab".repeat(32),
        device_time: now,
        late: true,
        signature: Some(Signature { key: "k".into(), signature: text() }),
        withdrawn_at: Some(now),
        countersigned: Some(Countersigned { by: text(), at: now }),
    };
    let problem = Problem {
        kind: "/problems/x".into(),
        title: text(),
        status: 422,
        detail: Some(text()),
        fields: vec![FieldProblem { pointer: "/what/declare".into(), detail: text() }],
    };
    let bare = Problem { detail: None, fields: vec![], ..problem.clone() };
    for outcome in [
        Outcome::Accepted { receipt: Some(receipt.clone()) },
        Outcome::Accepted { receipt: None },
        Outcome::Refused { problem: problem.clone() },
        Outcome::Later { problem: bare },
    ] {
        agree(Ack { id: "c".into(), sha256: "ab".repeat(32), outcome, missing: vec![1, 7] });
    }
    agree(problem);
    let key = PublicKey { id: "k".into(), key: text() };
    for sealing in [None, Some(key.clone())] {
        let secret = sealing.as_ref().map(|_| text());
        agree(Who {
            learner: "L1001".into(),
            name: text(),
            device: Device::Shared,
            until: now,
            server_time: now,
            sealing: sealing.clone(),
            inflates: sealing.is_some(),
            upload_token: secret.clone(),
            device_key: secret.clone(),
            confidential: sealing.clone(),
            reading_key: secret,
        });
        let receipt_keys = sealing.iter().cloned().collect();
        let capabilities = vec!["x".into()];
        let confidential = sealing.clone();
        agree(Meta { service: text(), api: 1, server_time: now, capabilities, sealing, confidential, receipt_keys });
    }
    agree(key);
    for signature in [None, receipt.signature.clone()] {
        let at = signature.as_ref().map(|_| now);
        agree(ReceiptCheck {
            code: "x".into(),
            assignment_title: text(),
            received_at: now,
            sha256: "x".into(),
            signature,
            withdrawn_at: at,
            countersigned_at: at,
        });
    }
    let empty =
        Delta { cursor: "e.1".into(), server_time: now, full: false, changed: Records::default(), removed: vec![] };
    agree(Delta {
        full: true,
        changed: records::one_of_each(receipt),
        removed: vec![
            Removed { kind: Kind::Course, id: "X".into(), name: None },
            Removed { kind: Kind::Other, id: "Y".into(), name: Some(kind::REQUEST.into()) },
        ],
        ..empty.clone()
    });
    agree(empty);
}

/// JSON of every form, as a kind of tomorrow may have it.
fn any_json() -> Json {
    let map = vec![(text(), Json::Null), ("b".into(), Json::Bool(false)), ("empty".into(), Json::Map(vec![]))];
    Json::List(vec![Json::Map(map), Json::Number(-7), Json::Text(text()), Json::List(vec![])])
}

#[test]
fn fields_of_tomorrow_are_passed_over() {
    let json = r#"{"kind":"course","id":"X","colour":{"deep":[1.5e3,null,{"x":true}]}}"#;
    assert_eq!(from_json(json), Ok(Removed { kind: Kind::Course, id: "X".into(), name: None }));
}
