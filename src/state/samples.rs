//! Records for tests.

use chrono::{DateTime, Utc};
use contract::{
    deadline::{AiLevel, Assignment, Mode},
    webinar::Webinar,
};

pub fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a time in a test")
}

pub fn assignment(id: &str) -> Assignment {
    Assignment {
        id: id.into(),
        course: "WELD2".into(),
        title: format!("Work {id}"),
        due: at("2026-11-27T23:59:00Z"),
        all_day: false,
        mode: Mode::Distance,
        ai_level: Some(AiLevel::Draft),
        hand_in: None,
        awarding_body: None,
        feedback_by: None,
        attempts: None,
        group: false,
        cancelled: false,
        link: None,
        link_bytes: None,
        link_reviewed_on: None,
    }
}

pub fn webinar(id: &str, starts: &str, ends: &str) -> Webinar {
    Webinar {
        id: id.into(),
        course: "WELD2".into(),
        title: format!("Session {id}"),
        starts: at(starts),
        ends: at(ends),
        mode: Mode::LiveWebinar,
        join: Some("https://meet.example.org/abc".into()),
        telephone: None,
        pin: None,
        data_mb_per_hour: None,
        place: None,
        about: None,
        cancelled: false,
    }
}
