//! Understanding checks: one to three questions on a session, what a learner answers, and how that was judged.

use crate::{
    ids::{ChangeId, WebinarId},
    late::{LateRecord, kind as late},
};
use chrono::{DateTime, Utc};

/// The most questions that one session has.
pub const QUESTIONS_MAX: u32 = 3;
/// The most answers to choose from.
pub const CHOICES_MAX: usize = 6;
/// The longest question, and the longest answer to choose, in characters.
pub const QUESTION_MAX: usize = 300;
/// The longest explanation and the longest answer in words, in characters.
pub const ANSWER_MAX: usize = 2_000;

wire! {
    /// A question on a session: the late record of kind `check`, with the id `WEBINAR/NUMBER`, for the session's course. The questions
    /// of a session are its check.
    ///
    /// The right answers travel with it, and whoever looks into what their device keeps can read them. That is as it should be: a
    /// check is for learning and counts for no mark, and so its learner sees at once, without a network too, what was right and why.
    pub struct Question {
        pub webinar: WebinarId,
        /// 1 to [`QUESTIONS_MAX`].
        pub number: u32,
        pub kind: QuestionKind,
        pub question: String,
        /// Two or more where one or several are to be chosen; none for a short text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub choices: Vec<Choice>,
        /// Shown when it is answered: why that is right, or what a good answer says.
        pub explanation: String,
    }

    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum QuestionKind {
        /// One of the choices.
        One,
        /// All that are right.
        Several,
        /// A short text, which nobody but a person judges.
        Text,
    }

    pub struct Choice {
        pub text: String,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub right: bool,
    }

    /// What a learner answers, to all questions of a session at once.
    pub struct CheckAnswers {
        pub webinar: WebinarId,
        pub answers: Vec<CheckAnswer>,
    }

    pub struct CheckAnswer {
        /// The question's.
        pub number: u32,
        /// The words of what was chosen, as they stood there: a question that is changed later leaves them what they were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub chosen: Vec<String>,
        /// To a question that wants a short text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
    }

    /// What a learner's first answers came to: the late record of kind `check-result`, with the id `LEARNER/WEBINAR`.
    pub struct CheckResult {
        pub webinar: WebinarId,
        /// Of the first answers that arrived: they count. Later ones are kept, and change nothing here.
        pub answers: Vec<CheckAnswer>,
        /// For each of them, in the same order, what became of it.
        pub judged: Vec<Judged>,
        /// By the device's clock, set right by the server's.
        pub answered_at: DateTime<Utc>,
        pub received_at: DateTime<Utc>,
        /// Answered when the session was over. It counts as well.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub catch_up: bool,
        /// The change that counts, then any that came later.
        pub changes: Vec<ChangeId>,
    }

    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum Judged {
        Right,
        Wrong,
        /// A short text; or the question was changed before the answer came.
        NotJudged,
    }
}

crate::wire_words!(QuestionKind { One = "one", Several = "several", Text = "text" });
crate::wire_words!(Judged { Right = "right", Wrong = "wrong", NotJudged = "not-judged" });

impl Question {
    /// Judges an answer by the question as it stands.
    #[must_use]
    pub fn judge(&self, answer: &CheckAnswer) -> Judged {
        let known = |chosen: &String| self.choices.iter().any(|choice| choice.text == *chosen);
        if self.kind == QuestionKind::Text || answer.chosen.is_empty() || !answer.chosen.iter().all(known) {
            return Judged::NotJudged;
        }
        let as_it_should = |choice: &Choice| answer.chosen.contains(&choice.text) == choice.right;
        if self.choices.iter().all(as_it_should) { Judged::Right } else { Judged::Wrong }
    }

    /// The field that is not as it should be, and what to do about it.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let long = |text: &str, most: usize| text.trim().is_empty() || text.chars().count() > most;
        let right = self.choices.iter().filter(|choice| choice.right).count();
        let twice = |(at, choice): (usize, &Choice)| self.choices[..at].iter().any(|other| other.text == choice.text);
        if !(1..=QUESTIONS_MAX).contains(&self.number) {
            return Some(("number", "Give a number from 1 to 3."));
        }
        if long(&self.question, QUESTION_MAX) {
            return Some(("question", "Ask it in 1 to 300 characters."));
        }
        if long(&self.explanation, ANSWER_MAX) {
            return Some(("explanation", "Explain it in 1 to 2,000 characters."));
        }
        if self.choices.iter().any(|choice| long(&choice.text, QUESTION_MAX)) {
            return Some(("choices", "Give each answer 1 to 300 characters."));
        }
        if self.choices.iter().enumerate().any(twice) {
            return Some(("choices", "Two answers are the same. Take one of them out."));
        }
        match self.kind {
            QuestionKind::Text if self.choices.is_empty() => None,
            QuestionKind::Text => {
                Some(("choices", "A question for a short text has no answers to choose. Leave them out."))
            }
            _ if !(2..=CHOICES_MAX).contains(&self.choices.len()) => {
                Some(("choices", "Give 2 to 6 answers to choose."))
            }
            QuestionKind::One if right != 1 => Some(("right", "Say which one of the answers is right.")),
            QuestionKind::Several if right == 0 => Some(("right", "Say which of the answers are right.")),
            _ => None,
        }
    }
}

impl LateRecord for Question {
    const KIND: &str = late::CHECK;
}

impl LateRecord for CheckResult {
    const KIND: &str = late::CHECK_RESULT;
}
