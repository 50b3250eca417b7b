//! The fields of what a learner does, each fault with its JSON pointer.

use super::fields::Faults;
use contract::{
    act::{Act, Deed, Read},
    check::{ANSWER_MAX, CHOICES_MAX, CheckAnswer, CheckAnswers, QUESTION_MAX, QUESTIONS_MAX},
    voice::{Rate, SAYS_MAX},
};
use std::collections::BTreeSet;

/// The longest id or version, in characters.
const NAME_MAX: usize = 200;

impl Faults {
    pub fn act(&mut self, act: &Act) {
        let at = format!("/what/act/deed/{}", act.deed.name());
        match &act.deed {
            Deed::Read(read) => self.read(read, &at),
            Deed::Arrive(arrive) => self.name(arrive.webinar.as_str(), &format!("{at}/webinar")),
            Deed::Answer(given) => self.answers(given, &at),
            Deed::Rate(rate) => self.rate(rate, &at),
        }
    }

    fn read(&mut self, read: &Read, at: &str) {
        self.name(&read.id, &format!("{at}/id"));
        self.name(&read.version, &format!("{at}/version"));
    }

    fn answers(&mut self, given: &CheckAnswers, at: &str) {
        self.name(given.webinar.as_str(), &format!("{at}/webinar"));
        let numbers: BTreeSet<u32> = given.answers.iter().map(|answer| answer.number).collect();
        let each_once = !numbers.is_empty() && numbers.len() == given.answers.len();
        let fine = each_once && numbers.iter().all(|number| (1..=QUESTIONS_MAX).contains(number));
        self.unless(fine, &format!("{at}/answers"), "Answer the questions 1 to 3, each once.");
        for (n, answer) in given.answers.iter().enumerate().take(QUESTIONS_MAX as usize) {
            self.one_answer(answer, &format!("{at}/answers/{n}"));
        }
    }

    fn one_answer(&mut self, answer: &CheckAnswer, at: &str) {
        let text = answer.text.as_deref().unwrap_or_default();
        let says = !answer.chosen.is_empty() || !text.trim().is_empty();
        self.unless(says && answer.chosen.len() <= CHOICES_MAX, at, "Choose an answer, or write a few words.");
        for (n, chosen) in answer.chosen.iter().enumerate().take(CHOICES_MAX) {
            self.length(chosen, QUESTION_MAX, &format!("{at}/chosen/{n}"));
        }
        self.length(text, ANSWER_MAX, &format!("{at}/text"));
    }

    fn rate(&mut self, rate: &Rate, at: &str) {
        self.name(rate.webinar.as_str(), &format!("{at}/webinar"));
        self.length(rate.helped.as_deref().unwrap_or_default(), SAYS_MAX, &format!("{at}/helped"));
        self.length(rate.change.as_deref().unwrap_or_default(), SAYS_MAX, &format!("{at}/change"));
    }

    /// What something is called by; never empty.
    pub(super) fn name(&mut self, name: &str, pointer: &str) {
        self.unless(!name.trim().is_empty(), pointer, "This must not be empty.");
        self.length(name, NAME_MAX, pointer);
    }
}
