//! The fields of what a learner does, each fault with its JSON pointer.

use super::fields::Faults;
use contract::{
    act::{Act, Deed, Read},
    check::{ANSWER_MAX, CHOICES_MAX, CheckAnswer, CheckAnswers, QUESTION_MAX, QUESTIONS_MAX},
    study::{DAY_MINUTES, PlanStudy, Study, WHAT_MAX},
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
            Deed::PlanStudy(plan) => self.plan(plan, &at),
            Deed::Study(study) => self.study(study, &at),
            Deed::Unshare(unshare) => self.name(&unshare.share, &format!("{at}/share")),
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

    fn plan(&mut self, plan: &PlanStudy, at: &str) {
        let mut weekdays = Vec::new();
        for (i, day) in plan.days.iter().enumerate().take(8) {
            let at = format!("{at}/days/{i}");
            let fine = (1..=7).contains(&day.weekday) && !weekdays.contains(&day.weekday);
            self.unless(
                fine,
                &format!("{at}/weekday"),
                "Give each weekday at most once, as 1 for Monday to 7 for Sunday.",
            );
            self.unless(day.from < DAY_MINUTES, &format!("{at}/from"), "Give minutes since midnight.");
            let fine = (1..=DAY_MINUTES).contains(&day.minutes);
            self.unless(fine, &format!("{at}/minutes"), "Give 1 to 1,440 minutes.");
            weekdays.push(day.weekday);
        }
    }

    fn study(&mut self, study: &Study, at: &str) {
        self.unless(study.minutes <= DAY_MINUTES, &format!("{at}/minutes"), "Give 0 to 1,440 minutes.");
        self.length(study.what.as_deref().unwrap_or_default(), WHAT_MAX, &format!("{at}/what"));
    }

    /// What something is called by; never empty.
    pub(super) fn name(&mut self, name: &str, pointer: &str) {
        self.unless(!name.trim().is_empty(), pointer, "This must not be empty.");
        self.length(name, NAME_MAX, pointer);
    }
}
