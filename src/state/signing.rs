//! From a finished draft to the declaration that is signed: everything as it stood at that moment.

use super::{draft::Draft, records};
use chrono::{DateTime, Utc};
use contract::{
    deadline::Assignment,
    declaration::{Declaration, RulesShown, Wording},
    delta::Records,
};

/// What was on the screen and on the clock when the learner signed.
pub struct Moment {
    pub rules: Vec<String>,
    pub wording: Wording,
    /// The device's own clock, right or wrong.
    pub device_time: DateTime<Utc>,
    /// The server's clock minus the device's, in milliseconds, at their last contact.
    pub clock_offset_ms: Option<i64>,
}

/// The declaration of a draft without faults.
#[must_use]
pub fn declaration(draft: &Draft, assignment: &Assignment, known: &Records, moment: Moment) -> Declaration {
    let course = known.courses.iter().find(|c| c.id == assignment.course);
    let in_group = assignment.group || draft.group == Some(true);
    Declaration {
        learner: draft.learner.clone(),
        assignment: assignment.id.clone(),
        assignment_title: assignment.title.clone(),
        attempt: draft.attempt,
        course: assignment.course.clone(),
        awarding_body: assignment.awarding_body.clone().or_else(|| course.and_then(|c| c.awarding_body.clone())),
        due: assignment.due,
        extended_to: records::extension(known, &assignment.id).map(|e| e.due),
        own_part: in_group.then(|| draft.own_part.trim().into()),
        rules: RulesShown {
            ai_level: assignment.ai_level,
            text: moment.rules,
            shown_at: draft.rules_shown_at.unwrap_or(moment.device_time),
        },
        help: draft.help.answer(),
        sources: draft.sources.answer(),
        ai: draft.ai.answer(),
        files: if draft.has_files == Some(true) { draft.files.clone() } else { Vec::new() },
        wording: moment.wording,
        signed_name: draft.name.trim().into(),
        device_time: moment.device_time,
        clock_offset_ms: moment.clock_offset_ms,
    }
}

/// The number of the learner's next attempt at this work, counting what has arrived and what is still on this device.
#[must_use]
pub fn next_attempt(received: impl Iterator<Item = u32>, unsent: impl Iterator<Item = u32>) -> u32 {
    received.chain(unsent).max().unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{assignment, at};
    use contract::{course::Course, deadline::Extension, declaration::Answer};

    fn moment() -> Moment {
        Moment {
            rules: vec!["AI may help you draft.".into()],
            wording: Wording {
                version: "1".into(),
                language: "en-GB".into(),
                statements: vec!["This work is my own.".into()],
            },
            device_time: at("2026-11-26T10:00:00Z"),
            clock_offset_ms: Some(-1500),
        }
    }

    #[test]
    fn the_declaration_keeps_everything_as_it_stood() {
        let known = Records {
            courses: vec![Course {
                id: "WELD2".into(),
                title: "Welding".into(),
                awarding_body: Some("City & Guilds".into()),
                blended_agreed_on: None,
            }],
            extensions: vec![Extension { assignment: "A1".into(), due: at("2026-12-04T23:59:00Z"), reason: None }],
            ..Records::default()
        };
        let mut draft = Draft::new("L1001".into(), "A1".into(), 2);
        draft.name = "  Amina Yusuf ".into();
        draft.own_part = "typed, then taken back".into();
        draft.group = Some(false);
        draft.rules_shown_at = Some(at("2026-11-26T09:50:00Z"));
        let signed = declaration(&draft, &assignment("A1"), &known, moment());
        assert_eq!(signed.awarding_body.as_deref(), Some("City & Guilds"));
        assert_eq!((signed.due, signed.extended_to), (assignment("A1").due, Some(at("2026-12-04T23:59:00Z"))));
        assert_eq!((signed.signed_name.as_str(), signed.attempt, signed.own_part), ("Amina Yusuf", 2, None));
        assert_eq!(signed.rules.shown_at, at("2026-11-26T09:50:00Z"));
        assert_eq!(
            (signed.help, signed.wording, signed.clock_offset_ms),
            (Answer::None, moment().wording, Some(-1500))
        );
    }

    #[test]
    fn attempts_count_on_from_what_has_arrived_and_what_waits() {
        assert_eq!(next_attempt([].into_iter(), [].into_iter()), 1);
        assert_eq!(next_attempt([1].into_iter(), [].into_iter()), 2);
        assert_eq!(next_attempt([1].into_iter(), [2].into_iter()), 3);
    }
}
