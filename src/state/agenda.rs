//! Deadlines and live sessions as a learner asks about them: which group, which is next, can I join.
//!
//! Days are days in the provider's zone; `zone_day` turns an instant into a day there (days since 1970-01-01), so that this
//! file needs no time zone of its own.

use super::{order, records};
use chrono::{DateTime, Utc};
use contract::{
    deadline::Assignment, delta::Records, ids::AssignmentId, json::Json, late::kind::FEEDBACK, receipt::Receipt,
    webinar::Webinar,
};
use std::cmp::Ordering;

/// The groups of the deadlines page, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Late,
    ThisWeek,
    NextWeek,
    Later,
    /// Declared, handed in some other way, or called off.
    Done,
}

impl Group {
    pub const ALL: [Group; 5] = [Group::Late, Group::ThisWeek, Group::NextWeek, Group::Later, Group::Done];
}

/// What the learner has declared and not withdrawn, and is not to do again: arrived (a receipt), or still on this device.
pub struct Declared<'a> {
    pub records: &'a Records,
    pub unsent: &'a [AssignmentId],
}

impl Declared<'_> {
    #[must_use]
    pub fn covers(&self, id: &AssignmentId) -> bool {
        self.unsent.contains(id)
            || self
                .records
                .receipts
                .iter()
                .any(|r| r.assignment == *id && r.withdrawn_at.is_none() && !self.is_referred(r))
    }

    /// Whether the work of this attempt is to be done again.
    #[must_use]
    pub fn is_referred(&self, receipt: &Receipt) -> bool {
        self.has_feedback(&receipt.assignment, Some(receipt.attempt), true)
    }

    /// Called off, declared, or handed in some other way: the provider says that it has the work, by feedback or the promise of it, and
    /// not that it is to be done again.
    #[must_use]
    pub fn is_done(&self, assignment: &Assignment) -> bool {
        assignment.cancelled || self.covers(&assignment.id) || self.has_feedback(&assignment.id, None, false)
    }

    /// Feedback on one attempt or on any; `again`: that the work is to be done again, or all other.
    fn has_feedback(&self, id: &AssignmentId, attempt: Option<u32>, again: bool) -> bool {
        let is = |json: Option<&Json>, text: &str| matches!(json, Some(Json::Text(said)) if said == text);
        self.records.more.iter().any(|late| {
            late.kind == FEEDBACK
                && is(late.body.get("assignment"), id.as_str())
                && attempt.is_none_or(|n| late.body.get("attempt") == Some(&Json::Number(n.into())))
                && is(late.body.get("given").and_then(|given| given.get("outcome")), "refer") == again
        })
    }
}

/// The group of one piece of work. Weeks run from Monday to Sunday.
#[must_use]
pub fn group(
    assignment: &Assignment,
    declared: &Declared,
    now: DateTime<Utc>,
    zone_day: impl Fn(DateTime<Utc>) -> i64,
) -> Group {
    if declared.is_done(assignment) {
        return Group::Done;
    }
    let due = records::due(declared.records, assignment);
    if due < now {
        return Group::Late;
    }
    // 1970-01-01 was a Thursday, three days after a Monday.
    let week = |time| (zone_day(time) + 3).div_euclid(7);
    match week(due) - week(now) {
        0 => Group::ThisWeek,
        1 => Group::NextWeek,
        _ => Group::Later,
    }
}

/// All work in its order of due dates, each with its group.
#[must_use]
pub fn deadlines(
    declared: &Declared,
    now: DateTime<Utc>,
    zone_day: impl Fn(DateTime<Utc>) -> i64,
) -> Vec<(Group, Assignment)> {
    let mut all: Vec<_> =
        declared.records.assignments.iter().map(|a| (group(a, declared, now, &zone_day), a.clone())).collect();
    let due = |a: &Assignment| records::due(declared.records, a);
    order::sort(&mut all, |(ga, a), (gb, b)| match (ga.cmp(gb), due(a).cmp(&due(b))) {
        (Ordering::Equal, Ordering::Equal) => a.id < b.id,
        // What is done reads backwards: the latest first.
        (Ordering::Equal, by_due) if *ga == Group::Done => by_due == Ordering::Greater,
        (Ordering::Equal, by_due) => by_due == Ordering::Less,
        (by_group, _) => by_group == Ordering::Less,
    });
    all
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Coming,
    /// From 15 minutes before its start to its end.
    Open,
    Over,
    Cancelled,
}

/// What a session of a known length takes of a learner's data, in megabytes, rounded up.
#[must_use]
pub fn megabytes(webinar: &Webinar) -> Option<u64> {
    let minutes = u64::try_from((webinar.ends - webinar.starts).num_minutes()).ok().filter(|minutes| *minutes > 0)?;
    webinar.data_mb_per_hour.map(|hour| (u64::from(hour) * minutes).div_ceil(60))
}

#[must_use]
pub fn phase(webinar: &Webinar, now: DateTime<Utc>) -> Phase {
    if webinar.cancelled {
        Phase::Cancelled
    } else if now >= webinar.closes() {
        Phase::Over
    } else if now >= webinar.opens() {
        Phase::Open
    } else {
        Phase::Coming
    }
}

/// Sessions that are to come or on, the next first; then those that are over, the latest first.
#[must_use]
pub fn sessions(records: &Records, now: DateTime<Utc>) -> (Vec<Webinar>, Vec<Webinar>) {
    let over = |w: &Webinar| w.closes() <= now;
    let (mut past, mut next): (Vec<_>, Vec<_>) = records.webinars.iter().cloned().partition(over);
    order::sort(&mut next, |a, b| a.starts < b.starts);
    order::sort(&mut past, |a, b| a.starts > b.starts);
    (next, past)
}

/// The session that is on, or the next.
#[must_use]
pub fn next_session(records: &Records, now: DateTime<Utc>) -> Option<Webinar> {
    sessions(records, now).0.into_iter().find(|session| !session.cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{assignment, at, webinar};
    use contract::{deadline::Extension, late::Late, receipt::Receipt};

    /// Days in UTC are days in London in winter.
    fn day(time: DateTime<Utc>) -> i64 {
        time.timestamp().div_euclid(86_400)
    }

    fn due(id: &str, time: &str) -> Assignment {
        Assignment { due: at(time), ..assignment(id) }
    }

    #[test]
    fn work_stands_in_the_group_a_learner_would_look_in() {
        let now = at("2026-11-25T12:00:00Z"); // a Wednesday
        let cases = [
            ("2026-11-25T11:59:59Z", Group::Late),
            ("2026-11-25T12:00:00Z", Group::ThisWeek),
            ("2026-11-29T23:59:00Z", Group::ThisWeek),
            ("2026-11-30T00:00:00Z", Group::NextWeek),
            ("2026-12-06T23:59:00Z", Group::NextWeek),
            ("2026-12-07T00:00:00Z", Group::Later),
        ];
        let records = Records::default();
        let declared = Declared { records: &records, unsent: &[] };
        for (time, expected) in cases {
            assert_eq!(group(&due("A", time), &declared, now, day), expected, "{time}");
        }
    }

    #[test]
    fn declared_work_is_done_whether_it_has_arrived_or_not_and_so_is_cancelled_work() {
        let now = at("2026-11-30T12:00:00Z");
        let receipt = Receipt {
            change: "c".into(),
            code: "7K3M-Q9XT-V".into(),
            assignment: "A1".into(),
            assignment_title: "Work".into(),
            attempt: 1,
            received_at: now,
            sha256: String::new(),
            device_time: now,
            late: false,
            signature: None,
            withdrawn_at: None,
            countersigned: None,
        };
        let records = Records {
            assignments: vec![
                assignment("A1"),
                assignment("A2"),
                assignment("A3"),
                Assignment { cancelled: true, ..assignment("A4") },
            ],
            receipts: vec![receipt],
            ..Records::default()
        };
        let declared = Declared { records: &records, unsent: &["A2".into()] };
        let groups: Vec<_> = deadlines(&declared, now, day).into_iter().map(|(g, a)| (a.id.0, g)).collect();
        let expected = [("A3", Group::Late), ("A1", Group::Done), ("A2", Group::Done), ("A4", Group::Done)];
        assert_eq!(groups, expected.map(|(id, g)| (id.to_string(), g)));

        let mut records = records;
        records.receipts[0].withdrawn_at = Some(now);
        let declared = Declared { records: &records, unsent: &[] };
        assert!(!declared.covers(&"A1".into()), "what was withdrawn is to be declared again");

        records.receipts[0].withdrawn_at = None;
        let feedback = |attempt, outcome: &str| {
            let body = format!(r#"{{"assignment":"A1","attempt":{attempt},"given":{{"outcome":"{outcome}"}}}}"#);
            Late {
                kind: FEEDBACK.into(),
                id: format!("L/A1/{attempt}"),
                body: contract::json::parse(&body).expect("JSON"),
            }
        };
        for (attempt, outcome, covered) in [(1, "passed", true), (1, "refer", false), (2, "refer", true)] {
            records.more = vec![feedback(attempt, outcome)];
            let declared = Declared { records: &records, unsent: &[] };
            assert_eq!(declared.covers(&"A1".into()), covered, "attempt {attempt}: {outcome}");
        }
    }

    #[test]
    fn work_that_the_provider_has_is_not_late_until_it_is_to_be_done_again() {
        let now = at("2026-12-20T12:00:00Z");
        let stands = |said: &[&str]| {
            let more = said.iter().enumerate().map(|(n, body)| {
                let body = contract::json::parse(&format!(r#"{{"assignment":"A1","attempt":{n}{body}}}"#));
                let body = body.expect("a record");
                Late { kind: FEEDBACK.into(), id: format!("L/A1/{n}"), body }
            });
            let assignments = vec![assignment("A1"), assignment("A2")];
            let records = Records { assignments, more: more.collect(), ..Records::default() };
            let declared = Declared { records: &records, unsent: &[] };
            assert!(!declared.covers(&"A1".into()), "it is still to be declared");
            assert_eq!(group(&records.assignments[1], &declared, now, day), Group::Late);
            group(&records.assignments[0], &declared, now, day)
        };
        let (handed_in, passed) = (r#","handed_in_at":"2026-12-01T09:00:00Z""#, r#","given":{"outcome":"passed"}"#);
        let again = r#","given":{"outcome":"refer"}"#;
        assert_eq!(stands(&[]), Group::Late);
        assert_eq!(stands(&[handed_in]), Group::Done);
        assert_eq!(stands(&[passed]), Group::Done);
        assert_eq!(stands(&[again]), Group::Late);
        assert_eq!(stands(&[again, handed_in]), Group::Done);
    }

    #[test]
    fn an_extension_takes_work_out_of_late() {
        let records = Records {
            assignments: vec![assignment("A1")],
            extensions: vec![Extension { assignment: "A1".into(), due: at("2026-12-04T23:59:00Z"), reason: None }],
            ..Records::default()
        };
        let declared = Declared { records: &records, unsent: &[] };
        let now = at("2026-11-30T12:00:00Z");
        assert_eq!(group(&records.assignments[0], &declared, now, day), Group::ThisWeek);
    }

    #[test]
    fn joining_opens_a_quarter_of_an_hour_before_and_closes_at_the_end() {
        let session = webinar("S", "2026-12-01T14:00:00Z", "2026-12-01T15:30:00Z");
        for (time, expected) in [
            ("2026-12-01T13:44:59Z", Phase::Coming),
            ("2026-12-01T13:45:00Z", Phase::Open),
            ("2026-12-01T15:29:59Z", Phase::Open),
            ("2026-12-01T15:30:00Z", Phase::Over),
        ] {
            assert_eq!(phase(&session, at(time)), expected, "{time}");
        }
        let endless = webinar("S", "2026-12-01T14:00:00Z", "2026-12-01T14:00:00Z");
        assert_eq!(phase(&endless, at("2026-12-01T15:59:00Z")), Phase::Open);
    }

    #[test]
    fn a_session_costs_what_its_length_takes() {
        let session = |ends, hour| Webinar { data_mb_per_hour: hour, ..webinar("S", "2026-12-01T14:00:00Z", ends) };
        assert_eq!(megabytes(&session("2026-12-01T15:30:00Z", Some(450))), Some(675));
        assert_eq!(megabytes(&session("2026-12-01T14:20:00Z", Some(100))), Some(34), "rounded up");
        assert_eq!(megabytes(&session("2026-12-01T14:00:00Z", Some(450))), None, "the end is not known");
        assert_eq!(megabytes(&session("2026-12-01T15:30:00Z", None)), None);
    }

    #[test]
    fn the_next_session_comes_first_and_the_latest_past_one_too() {
        let records = Records {
            webinars: vec![
                webinar("far", "2026-12-08T14:00:00Z", "2026-12-08T15:00:00Z"),
                webinar("old", "2026-11-03T14:00:00Z", "2026-11-03T15:00:00Z"),
                webinar("next", "2026-12-01T14:00:00Z", "2026-12-01T15:00:00Z"),
                webinar("last", "2026-11-10T14:00:00Z", "2026-11-10T15:00:00Z"),
            ],
            ..Records::default()
        };
        let (next, past) = sessions(&records, at("2026-12-01T14:30:00Z"));
        let endless = Records {
            webinars: vec![webinar("S", "2026-12-01T14:00:00Z", "2026-12-01T14:00:00Z")],
            ..Records::default()
        };
        assert_eq!(sessions(&endless, at("2026-12-01T15:59:00Z")).0.len(), 1, "one that can be joined is not over");
        assert_eq!(sessions(&endless, at("2026-12-01T16:00:00Z")).1.len(), 1);
        let ids = |list: Vec<Webinar>| list.into_iter().map(|w| w.id.0).collect::<Vec<_>>();
        assert_eq!((ids(next), ids(past)), (vec!["next".into(), "far".into()], vec!["last".into(), "old".into()]));
    }
}
