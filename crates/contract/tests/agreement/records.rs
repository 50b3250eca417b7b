//! A record of each kind of the first version.

use super::{any_json, at, day, text};
use contract::{
    course::{Contact, Course, Policy, Role},
    deadline::{AiLevel, Assignment, Extension, Mode},
    delta::Records,
    guidance::Guidance,
    late::{Late, kind},
    receipt::Receipt,
    webinar::Webinar,
};

pub fn one_of_each(receipt: Receipt) -> Records {
    let now = at("2026-11-27T23:59:00Z");
    let assignment = Assignment {
        id: "A1".into(),
        course: "WELD2".into(),
        title: text(),
        due: now,
        all_day: true,
        mode: Mode::Blended,
        ai_level: Some(AiLevel::None),
        hand_in: Some(text()),
        awarding_body: Some(text()),
        feedback_by: Some(now),
        attempts: Some(2),
        group: true,
        cancelled: true,
        link: Some("https://example.org".into()),
        link_bytes: Some(5_000_000_000),
        link_reviewed_on: Some(day("2026-11-02")),
    };
    let plain = Assignment {
        id: "A2".into(),
        all_day: false,
        ai_level: None,
        hand_in: None,
        awarding_body: None,
        feedback_by: None,
        attempts: None,
        group: false,
        cancelled: false,
        link: None,
        link_bytes: None,
        link_reviewed_on: None,
        ..assignment.clone()
    };
    Records {
        courses: vec![Course {
            id: "WELD2".into(),
            title: text(),
            awarding_body: None,
            blended_agreed_on: Some(day("2024-10-10")),
        }],
        assignments: vec![assignment, plain],
        extensions: vec![Extension { assignment: "A1".into(), due: now, reason: Some(text()) }],
        webinars: vec![Webinar {
            id: "W".into(),
            course: "WELD2".into(),
            title: text(),
            starts: now,
            ends: now,
            mode: Mode::LiveWebinar,
            join: Some("https://meet.example.org".into()),
            telephone: Some("020 7946 0123".into()),
            pin: Some("1#".into()),
            data_mb_per_hour: Some(540),
            place: None,
            about: Some(text()),
            cancelled: true,
        }],
        contacts: vec![Contact {
            id: "c".into(),
            role: Role::SafeguardingLead,
            name: text(),
            telephone: None,
            email: Some("a@example.org".into()),
            hours: Some(text()),
            course: Some("WELD2".into()),
        }],
        policies: vec![Policy {
            id: "p".into(),
            title: text(),
            version: "V1.2".into(),
            issued_on: day("2024-10-10"),
            renewal_on: None,
            changes: Some(text()),
            link: None,
            link_bytes: Some(0),
            link_reviewed_on: Some(day("2026-11-02")),
        }],
        guidance: vec![Guidance {
            id: "g".into(),
            title: text(),
            version: "1".into(),
            reviewed_on: day("2026-09-01"),
            html: "<p>x</p>".into(),
            order: -3,
            changes: Some(text()),
        }],
        receipts: vec![receipt],
        more: vec![Late { kind: kind::REQUEST.into(), id: "r".into(), body: any_json() }],
    }
}
