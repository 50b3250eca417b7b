//! What the provider has told this learner: the contract's records, kept up to date by deltas.

use chrono::{DateTime, Utc};
use contract::{
    deadline::{Assignment, Extension},
    delta::{Delta, Kind, Records},
    ids::{AssignmentId, CourseId},
    json::Json,
    late::kind::REQUEST,
    receipt::Receipt,
};

/// Applies a delta. Doing so twice is the same as once.
pub fn apply(records: &mut Records, delta: Delta) {
    if delta.full {
        *records = Records::default();
    }
    for gone in &delta.removed {
        let id = gone.id.as_str();
        match gone.kind {
            Kind::Course => records.courses.retain(|r| r.id.as_str() != id),
            Kind::Assignment => records.assignments.retain(|r| r.id.as_str() != id),
            Kind::Extension => records.extensions.retain(|r| r.assignment.as_str() != id),
            Kind::Webinar => records.webinars.retain(|r| r.id.as_str() != id),
            Kind::Contact => records.contacts.retain(|r| r.id.as_str() != id),
            Kind::Policy => records.policies.retain(|r| r.id.as_str() != id),
            Kind::Guidance => records.guidance.retain(|r| r.id.as_str() != id),
            Kind::Receipt => records.receipts.retain(|r| r.change.as_str() != id),
            Kind::Other => {
                records.more.retain(|r| r.id != gone.id || gone.name.as_ref() != Some(&r.kind));
            }
        }
    }
    let new = delta.changed;
    put(&mut records.courses, new.courses, |r| r.id.as_str());
    put(&mut records.assignments, new.assignments, |r| r.id.as_str());
    put(&mut records.extensions, new.extensions, |r| r.assignment.as_str());
    put(&mut records.webinars, new.webinars, |r| r.id.as_str());
    put(&mut records.contacts, new.contacts, |r| r.id.as_str());
    put(&mut records.policies, new.policies, |r| r.id.as_str());
    put(&mut records.guidance, new.guidance, |r| r.id.as_str());
    put(&mut records.receipts, new.receipts, |r| r.change.as_str());
    for late in new.more {
        match records.more.iter_mut().find(|r| r.id == late.id && r.kind == late.kind) {
            Some(known) => *known = late,
            None => records.more.push(late),
        }
    }
}

/// Calls back with the id of each change that a record tells of: each step of each request, and each act.
pub fn steps(records: &Records, mut step: impl FnMut(&str)) {
    for late in &records.more {
        let is_request = late.kind == REQUEST;
        if let Some(Json::List(told)) = late.body.get(if is_request { "said" } else { "changes" }) {
            for one in told {
                let id = if is_request { one.get("id") } else { Some(one) };
                if let Some(id) = id.and_then(Json::text) {
                    step(id);
                }
            }
        }
    }
}

/// A record replaces the one of the same id, or joins the others.
fn put<T>(all: &mut Vec<T>, new: Vec<T>, id: fn(&T) -> &str) {
    for record in new {
        match all.iter_mut().find(|known| id(known) == id(&record)) {
            Some(known) => *known = record,
            None => all.push(record),
        }
    }
}

/// Which life of the server's database a cursor is of.
#[must_use]
pub fn epoch(cursor: &str) -> &str {
    cursor.rsplit_once('.').map_or("", |(epoch, _)| epoch)
}

/// A receipt that came with an acknowledgement, before the next delta brings it again.
pub fn add_receipt(records: &mut Records, receipt: Receipt) {
    put(&mut records.receipts, vec![receipt], |r| r.change.as_str());
}

#[must_use]
pub fn assignment<'a>(records: &'a Records, id: &AssignmentId) -> Option<&'a Assignment> {
    records.assignments.iter().find(|a| a.id == *id)
}

#[must_use]
pub fn extension<'a>(records: &'a Records, id: &AssignmentId) -> Option<&'a Extension> {
    records.extensions.iter().find(|e| e.assignment == *id)
}

/// When the work is due for this learner: the extension where there is one, else the deadline.
#[must_use]
pub fn due(records: &Records, assignment: &Assignment) -> DateTime<Utc> {
    extension(records, &assignment.id).map_or(assignment.due, |e| e.due)
}

/// The course's title, or its id where the course itself has not come.
#[must_use]
pub fn course_title<'a>(records: &'a Records, id: &'a CourseId) -> &'a str {
    records.courses.iter().find(|c| c.id == *id).map_or(id.as_str(), |c| c.title.as_str())
}

/// The receipts of one piece of work, the latest attempt first.
#[must_use]
pub fn receipts_of(records: &Records, id: &AssignmentId) -> Vec<Receipt> {
    let mut receipts: Vec<_> = records.receipts.iter().filter(|r| r.assignment == *id).cloned().collect();
    super::order::sort(&mut receipts, |a, b| a.attempt > b.attempt);
    receipts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{assignment as sample, at};
    use contract::{
        delta::Removed,
        json::{self, Json},
        late::Late,
    };

    fn delta(records: Records) -> Delta {
        Delta {
            cursor: "c".into(),
            server_time: at("2026-11-23T12:00:00Z"),
            full: false,
            changed: records,
            removed: vec![],
        }
    }

    #[test]
    fn a_record_replaces_the_one_of_its_id_and_applying_twice_changes_nothing() {
        let mut records = Records { assignments: vec![sample("A1"), sample("A2")], ..Records::default() };
        let moved = Assignment { due: at("2026-12-24T23:59:00Z"), ..sample("A1") };
        let change = delta(Records { assignments: vec![moved.clone(), sample("A3")], ..Records::default() });
        apply(&mut records, change.clone());
        let once = records.clone();
        apply(&mut records, change);
        assert_eq!(records, once);
        assert_eq!(records.assignments, [moved, sample("A2"), sample("A3")]);
    }

    #[test]
    fn what_the_learner_no_longer_has_goes() {
        let mut records = Records { assignments: vec![sample("A1"), sample("A2")], ..Records::default() };
        let mut change = delta(Records::default());
        change.removed =
            vec![removed(Kind::Assignment, "A1"), removed(Kind::Other, "A2"), removed(Kind::Webinar, "never known")];
        apply(&mut records, change);
        assert_eq!(records.assignments, [sample("A2")]);
    }

    fn removed(kind: Kind, id: &str) -> Removed {
        Removed { kind, id: id.into(), name: None }
    }

    fn late(kind: &str, id: &str, body: &str) -> Late {
        Late { kind: kind.into(), id: id.into(), body: Json::Text(body.into()) }
    }

    #[test]
    fn a_later_kind_is_kept_by_kind_and_id_whether_it_is_known_here_or_not() {
        let mut records = Records { more: vec![late("a", "1", "old"), late("b", "1", "other")], ..Records::default() };
        let change =
            delta(Records { more: vec![late("a", "1", "new"), late("a", "2", "first")], ..Records::default() });
        apply(&mut records, change.clone());
        let once = records.clone();
        apply(&mut records, change);
        assert_eq!(records, once);
        assert_eq!(records.more, [late("a", "1", "new"), late("b", "1", "other"), late("a", "2", "first")]);
    }

    #[test]
    fn a_later_kind_goes_by_its_name_and_id_together() {
        let kept = [late("b", "1", "x"), late("a", "2", "x")];
        let mut records = Records { more: [&[late("a", "1", "x")], &kept[..]].concat(), ..Records::default() };
        let mut change = delta(Records::default());
        change.removed = vec![
            Removed { name: Some("a".into()), ..removed(Kind::Other, "1") },
            Removed { name: Some("c".into()), ..removed(Kind::Other, "2") },
            removed(Kind::Other, "1"),
        ];
        apply(&mut records, change);
        assert_eq!(records.more, kept);
    }

    #[test]
    fn each_step_of_a_request_is_told_by_its_id_and_nothing_of_other_kinds() {
        let body =
            |id: &str| json::parse(&format!(r#"{{"said":[{{"id":"{id}"}},{{"id":"{id}-2"}},{{}}]}}"#)).expect("JSON");
        let late = |kind: &str, id: &str| Late { kind: kind.into(), id: id.into(), body: body(id) };
        let bare = Late { kind: REQUEST.into(), id: "r3".into(), body: Json::Null };
        let records = Records {
            more: vec![late(REQUEST, "r1"), late("other", "o1"), bare, late(REQUEST, "r2")],
            ..Records::default()
        };
        let mut told = Vec::new();
        steps(&records, |id| told.push(id.to_owned()));
        assert_eq!(told, ["r1", "r1-2", "r2", "r2-2"]);
    }

    #[test]
    fn each_act_is_told_by_its_change() {
        let body = json::parse(r#"{"changes":["c1","c2"],"said":[{"id":"x"}]}"#).expect("JSON");
        let records =
            Records { more: vec![Late { kind: "reading".into(), id: "1".into(), body }], ..Records::default() };
        let mut told = Vec::new();
        steps(&records, |id| told.push(id.to_owned()));
        assert_eq!(told, ["c1", "c2"]);
    }

    #[test]
    fn a_full_delta_forgets_what_was_known_before() {
        let mut records = Records { assignments: vec![sample("A1")], ..Records::default() };
        let mut change = delta(Records { assignments: vec![sample("A2")], ..Records::default() });
        change.full = true;
        apply(&mut records, change);
        assert_eq!(records.assignments, [sample("A2")]);
    }

    #[test]
    fn the_life_of_the_database_is_what_stands_before_a_cursors_last_dot() {
        for (cursor, expected) in [("a1b2.77", "a1b2"), ("v2.a1b2.77", "v2.a1b2"), ("77", ""), ("", ""), ("a.", "a")] {
            assert_eq!(epoch(cursor), expected, "{cursor}");
        }
    }

    #[test]
    fn an_extension_moves_the_deadline_and_leaves_the_original() {
        let later = at("2026-12-11T23:59:00Z");
        let records = Records {
            assignments: vec![sample("A1")],
            extensions: vec![Extension { assignment: "A1".into(), due: later, reason: None }],
            ..Records::default()
        };
        assert_eq!(due(&records, &records.assignments[0]), later);
        assert_eq!(records.assignments[0].due, sample("A1").due);
    }
}
