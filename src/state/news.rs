//! What has come for a learner and waits for them to see to it.

use super::{asking, order, understanding};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    act::{ReadKind, Reading},
    attendance::Attendance,
    delta::Records,
    feedback::Feedback,
    ids::{AssignmentId, WebinarId},
    request::{About, AskKind, Request, Status},
    webinar::Webinar,
};

/// For how long feedback and the questions on a session are new, unless their learner sees to them before.
const NEW: TimeDelta = TimeDelta::days(28);
/// For how long an answer is: that it was read nobody says.
const ANSWER_NEW: TimeDelta = TimeDelta::days(14);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// On this work, and not read.
    Feedback(AssignmentId),
    /// Somebody asks why the learner was not there.
    Missed(WebinarId),
    /// There are questions on a session that has begun.
    Check(WebinarId),
    /// So many requests. Not which: some are nobody else's business, and Today is what a passer-by sees.
    Answered(usize),
    /// So many pages of guidance that are not read as they stand.
    Guidance(usize),
    /// So many policies that are not read as they stand.
    Policies(usize),
}

/// What has come, and what the learner has done about it that waits on this device.
pub struct Known<'a> {
    pub records: &'a Records,
    /// The learner's id.
    pub learner: &'a str,
    /// The names of what waits: of acts, and of requests (`asking::name`).
    pub waiting: &'a [AssignmentId],
    pub now: DateTime<Utc>,
}

impl Known<'_> {
    /// The latest feedback first, then sessions, the latest first, then what is counted.
    #[must_use]
    pub fn news(&self) -> Vec<News> {
        let readings = self.records.of::<Reading>();
        let unread = |kind: ReadKind, id: &str, version: &str| {
            let is = |one: &Reading| one.read.kind == kind && one.read.id == id && one.read.version == version;
            !readings.iter().any(is) && !self.waits(&act_of_reading(kind, id, version))
        };
        let mut news = self.feedback(&unread);
        news.extend(self.sessions());
        let (guidance, policies) = (&self.records.guidance, &self.records.policies);
        let guidance = guidance.iter().filter(|page| unread(ReadKind::Guidance, page.id.as_str(), &page.version));
        let policies = policies.iter().filter(|policy| unread(ReadKind::Policy, policy.id.as_str(), &policy.version));
        let mut several = |count: usize, kind: fn(usize) -> News| news.extend((count > 0).then(|| kind(count)));
        several(self.answered(), News::Answered);
        several(guidance.count(), News::Guidance);
        several(policies.count(), News::Policies);
        news
    }

    fn waits(&self, name: &str) -> bool {
        self.waiting.iter().any(|waiting| waiting.as_str() == name)
    }

    fn feedback(&self, unread: &dyn Fn(ReadKind, &str, &str) -> bool) -> Vec<News> {
        let mut new = Vec::new();
        for feedback in self.records.of::<Feedback>() {
            let Some(given) = &feedback.given else { continue };
            let at = given.changed_at.unwrap_or(given.given_at);
            if self.now - at < NEW && unread(ReadKind::Feedback, &id_of(self.learner, &feedback), &given.version) {
                new.push((at, feedback.assignment));
            }
        }
        order::sort(&mut new, |(a, _), (b, _)| a > b);
        let mut news = Vec::new();
        for (_, id) in new {
            let one = News::Feedback(id);
            // Of two attempts at one work: one line.
            if !news.contains(&one) {
                news.push(one);
            }
        }
        news
    }

    fn sessions(&self) -> Vec<News> {
        let mut begun: Vec<&Webinar> =
            self.records.webinars.iter().filter(|w| !w.cancelled && w.starts <= self.now).collect();
        order::sort(&mut begun, |a, b| a.starts > b.starts);
        let attendance = self.records.of::<Attendance>();
        let requests = self.records.of::<Request>();
        let mut news = Vec::new();
        for session in begun {
            let id = session.id.as_str();
            let is_asked = |one: &Attendance| one.follow_up.as_ref().is_some_and(|follow_up| follow_up.ended.is_none());
            let about = About::Webinar(session.id.clone());
            let has_said =
                |request: &Request| asking::stands(request, &[AskKind::Apology, AskKind::MissedReason], &about);
            let says = || self.waits(asking::name(AskKind::MissedReason, Some(id)).as_str());
            let missed = attendance.iter().any(|one| one.webinar == session.id && is_asked(one));
            if missed && !requests.iter().any(has_said) && !says() {
                news.push(News::Missed(session.id.clone()));
            }
            let (asked, answered) = understanding::known(self.records, id);
            if self.now - session.starts < NEW && asked && !answered && !self.waits(&understanding::name(id)) {
                news.push(News::Check(session.id.clone()));
            }
        }
        news
    }

    /// Requests whose last word is the provider's.
    fn answered(&self) -> usize {
        let requests = self.records.of::<Request>();
        let is_new = |request: &&Request| {
            let last = request.said.last();
            request.status == Status::Answered
                && last.is_some_and(|said| said.by.is_some() && self.now - said.at < ANSWER_NEW)
        };
        requests.iter().filter(is_new).count()
    }
}

/// What feedback is called where it is said to be read.
#[must_use]
pub fn id_of(learner: &str, feedback: &Feedback) -> String {
    format!("{learner}/{}/{}", feedback.assignment, feedback.attempt)
}

/// What the act is called by which a learner says that they have read a version of a text.
#[must_use]
pub fn act_of_reading(kind: ReadKind, id: &str, version: &str) -> String {
    format!("act/read/{}/{id}/{version}", kind.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{at, webinar};
    use contract::{json, late::Late};

    const NOW: &str = "2026-11-27T12:00:00Z";

    fn late(kind: &str, id: &str, body: &str) -> Late {
        Late { kind: kind.into(), id: id.into(), body: json::parse(body).expect("JSON in a test") }
    }

    fn given(work: &str, attempt: u32, version: &str, at: &str) -> Late {
        let by = r#"{"name": "Sam Okafor", "role": "tutor"}"#;
        let body = format!(
            r#"{{"assignment": "{work}", "attempt": {attempt}, "given": {{"version": "{version}", "text": "Good.", "outcome": "passed", "by": {by},
            "given_at": "{at}"}}}}"#
        );
        late("feedback", &format!("L1/{work}/{attempt}"), &body)
    }

    fn read(kind: &str, id: &str, version: &str) -> Late {
        let body = format!(
            r#"{{"read": {{"kind": "{kind}", "id": "{id}", "version": "{version}"}}, "read_at": "{NOW}", "received_at": "{NOW}", "changes": []}}"#
        );
        late("reading", &format!("L1/{kind}/{id}"), &body)
    }

    fn request(id: &str, kind: &str, status: &str, about: &str, last: &str) -> Late {
        let body = format!(
            r#"{{"id": "{id}", "kind": "{kind}", {about} "asked_at": "{NOW}", "received_at": "{NOW}", "status": "{status}",
            "said": [{{"id": "{id}", "at": "{NOW}", "status": "received"}}, {last}]}}"#
        );
        late("request", id, &body)
    }

    fn answer(at: &str) -> String {
        format!(r#"{{"id": "A", "at": "{at}", "by": {{"name": "Sam Okafor", "role": "tutor"}}, "status": "answered"}}"#)
    }

    fn missed(session: &str, ended: &str) -> Late {
        let by = r#"{"name": "Sam Okafor", "role": "tutor"}"#;
        let body = format!(
            r#"{{"webinar": "{session}", "follow_up": {{"at": "{NOW}", "by": {by}, "who": "Sam Okafor", "until": "2026-11-30"{ended}}}}}"#
        );
        late("attendance", &format!("L1/{session}"), &body)
    }

    fn question(session: &str) -> Late {
        let body = format!(
            r#"{{"webinar": "{session}", "number": 1, "kind": "text", "question": "Why?", "choices": [], "explanation": "So."}}"#
        );
        late("check", &format!("{session}/1"), &body)
    }

    fn news(more: Vec<Late>, waiting: &[&str]) -> Vec<News> {
        let sessions = [("W1", "2026-11-26"), ("W2", "2026-11-25"), ("OLD", "2026-10-01"), ("NEXT", "2026-11-29")];
        let session = |(id, day): (&str, &str)| webinar(id, &format!("{day}T10:00:00Z"), &format!("{day}T11:00:00Z"));
        let records = Records { webinars: sessions.into_iter().map(session).collect(), more, ..Records::default() };
        let waiting: Vec<AssignmentId> = waiting.iter().map(|name| (*name).into()).collect();
        Known { records: &records, learner: "L1", waiting: &waiting, now: at(NOW) }.news()
    }

    #[test]
    fn where_nothing_came_there_is_no_news() {
        assert_eq!(news(Vec::new(), &[]), []);
    }

    #[test]
    fn feedback_is_news_until_it_is_read_as_it_stands_or_four_weeks_are_over() {
        let (old, new) = (given("old", 1, "1", "2026-10-30T12:00:00Z"), given("new", 1, "1", "2026-10-30T12:00:01Z"));
        let later = given("later", 1, "2", "2026-11-20T12:00:00Z");
        let all = || vec![old.clone(), new.clone(), later.clone()];
        let [is_new, is_later] = ["new", "later"].map(|id| News::Feedback(id.into()));
        assert_eq!(news(all(), &[]), [is_later.clone(), is_new.clone()]);
        let read_before = || [all(), vec![read("feedback", "L1/later/1", "1")]].concat();
        assert_eq!(news(read_before(), &[]), [is_later, is_new.clone()]);
        assert_eq!(
            news([all(), vec![read("feedback", "L1/later/1", "2")]].concat(), &[]),
            [News::Feedback("new".into())]
        );
        // Said on this device, and not sent yet.
        assert_eq!(news(all(), &["act/read/feedback/L1/later/1/2"]), [is_new]);
    }

    #[test]
    fn two_attempts_at_one_work_are_one_line() {
        let at = |day: u32| format!("2026-11-{day}T12:00:00Z");
        let all = vec![given("w", 1, "1", &at(20)), given("other", 1, "1", &at(21)), given("w", 2, "1", &at(22))];
        assert_eq!(news(all, &[]), ["w", "other"].map(|id| News::Feedback(id.into())));
    }

    #[test]
    fn who_was_missed_is_asked_until_they_have_said_why_or_it_is_over() {
        let asked = || vec![missed("W2", "")];
        assert_eq!(news(asked(), &[]), [News::Missed("W2".into())]);
        assert_eq!(news(asked(), &["ask/missed-reason/W2"]), []);
        let about = r#""about": {"webinar": "W2"},"#;
        let said = request("R", "missed-reason", "received", about, &answer(NOW));
        assert_eq!(news([asked(), vec![said]].concat(), &[]), []);
        let withdrawn = request(
            "R",
            "apology",
            "withdrawn",
            about,
            r#"{"id": "B", "at": "2026-11-27T11:00:00Z", "status": "withdrawn"}"#,
        );
        assert_eq!(news([asked(), vec![withdrawn]].concat(), &[]), [News::Missed("W2".into())]);
        let ended = r#", "ended": {"at": "2026-11-27T10:00:00Z", "by": {"name": "Sam Okafor", "role": "tutor"}}"#;
        assert_eq!(news(vec![missed("W2", ended)], &[]), []);
    }

    #[test]
    fn questions_are_news_once_their_session_has_begun_until_they_are_answered() {
        let all = || ["OLD", "W2", "W1", "NEXT"].map(question).to_vec();
        let [one, two] = ["W1", "W2"].map(|id| News::Check(id.into()));
        assert_eq!(news(all(), &[]), [one, two.clone()]);
        assert_eq!(news(all(), &["act/answer/W1"]), [News::Check("W2".into())]);
        assert_eq!(news([all(), vec![late("check-result", "L1/W1", "{}")]].concat(), &[]), [two]);
    }

    #[test]
    fn answers_are_counted_while_they_are_the_last_word_and_new() {
        let at = |id: &str, status: &str, last: &str| request(id, "learning", status, "", last);
        let own = r#"{"id": "B", "at": "2026-11-27T11:00:00Z", "status": "in-hand"}"#;
        let all = vec![
            at("one", "answered", &answer("2026-11-20T12:00:00Z")),
            at("old", "answered", &answer("2026-11-13T12:00:00Z")),
            at("goes-on", "in-hand", own),
            at("closed", "closed", &answer("2026-11-20T12:00:00Z")),
        ];
        assert_eq!(news(all, &[]), [News::Answered(1)]);
    }
}
