//! A declaration while it is being written. Nothing in it is signed, nothing in it is sent; it survives a reload.

mod answers;

use crate::route::Step;
use chrono::{DateTime, Utc};
use contract::{
    deadline::AiLevel,
    declaration::{AiUse, Answer, ENTRIES_MAX, Fingerprint, Help, NAME_MAX, Source, TEXT_MAX},
    ids::{AssignmentId, LearnerId},
    json::{Json, Wire, end_map, write_field},
    wire_struct,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub learner: LearnerId,
    pub assignment: AssignmentId,
    pub attempt: u32,
    /// Whether the learner did the work with others; nothing until they say.
    pub group: Option<bool>,
    /// The learner's own part of work done in a group.
    pub own_part: String,
    /// When the rules were last on the screen, by the device's clock.
    pub rules_shown_at: Option<DateTime<Utc>>,
    /// For which AI level they were shown.
    pub rules_level: Option<AiLevel>,
    /// The learner said that they have read the rules.
    pub rules_read: bool,
    pub help: Asked<Help>,
    pub sources: Asked<Source>,
    pub ai: Asked<AiUse>,
    /// Whether there are files; nothing until they say.
    pub has_files: Option<bool>,
    pub files: Vec<Fingerprint>,
    pub agreed: bool,
    pub name: String,
}

/// A question with 'none' as an answer of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<T> {
    /// Whether there was any; nothing until the learner says.
    pub any: Option<bool>,
    pub items: Vec<T>,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { any: None, items: Vec::new() }
    }
}

wire_struct!(Draft {
    learner,
    assignment,
    attempt,
    group,
    own_part,
    rules_shown_at,
    rules_level,
    rules_read,
    help,
    sources,
    ai,
    has_files,
    files,
    agreed,
    name,
});

impl<T: Wire> Wire for Asked<T> {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { any: json.field("any")?, items: json.field("items")? })
    }

    fn write(&self, out: &mut String) {
        let start = out.len();
        write_field(out, "any", &self.any);
        write_field(out, "items", &self.items);
        end_map(out, start);
    }
}

/// A field of the declaration's pages, where a fault can be shown and focus can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Group,
    OwnPart,
    RulesRead,
    /// 'Did anybody help you?' and the like: the choice itself.
    Any(Step),
    /// The n-th entry's m-th field on the page.
    Entry(Step, usize, usize),
    Files,
    Agreed,
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A question without an answer, a field without text.
    Missing,
    /// 'Yes' without a single entry.
    NoEntry,
    /// More entries than this.
    TooMany(usize),
    /// Longer than this many characters.
    TooLong(usize),
    /// Something that has to be ticked is not.
    NotTicked,
}

impl<T> Asked<T> {
    fn is_untouched(&self) -> bool {
        self.any.is_none() && self.items.is_empty()
    }
}

impl<T: Clone> Asked<T> {
    /// The answer as it is signed. 'None' keeps nothing that was typed before the learner changed their mind.
    #[must_use]
    pub fn answer(&self) -> Answer<T> {
        match self.any {
            Some(true) => Answer::Some(self.items.clone()),
            _ => Answer::None,
        }
    }
}

impl Draft {
    #[must_use]
    pub fn new(learner: LearnerId, assignment: AssignmentId, attempt: u32) -> Self {
        Self { learner, assignment, attempt, ..Self::default() }
    }

    /// Takes back 'I have read the rules' if the tutor has changed since what the task allows: what is signed is what was read.
    pub fn forget_rules_of_another_level(&mut self, level: Option<AiLevel>) {
        if self.rules_level != level {
            self.rules_read = false;
            self.rules_shown_at = None;
        }
    }

    /// What is wrong on one page, in the order of its fields.
    #[must_use]
    pub fn faults(&self, step: Step, group_work: bool) -> Vec<(Field, Fault)> {
        let mut found = Found::default();
        match step {
            Step::Work => {
                if group_work || self.group == Some(true) {
                    found.text(Field::OwnPart, &self.own_part, TEXT_MAX);
                } else {
                    found.choice(Field::Group, self.group);
                }
            }
            Step::Rules => found.tick(Field::RulesRead, self.rules_read),
            Step::Help | Step::Sources | Step::Ai => {
                found.choice(Field::Any(step), self.any(step));
                if self.any(step) == Some(true) {
                    if self.entries(step) == 0 {
                        found.0.push((Field::Any(step), Fault::NoEntry));
                    }
                    found.many(Field::Any(step), self.entries(step));
                    for n in 0..self.entries(step) {
                        for (m, text) in self.fields(step, n).into_iter().enumerate() {
                            found.text(Field::Entry(step, n, m), text, TEXT_MAX);
                        }
                    }
                }
            }
            Step::Files => {
                found.choice(Field::Any(step), self.has_files);
                if self.has_files == Some(true) && self.files.is_empty() {
                    found.0.push((Field::Files, Fault::NoEntry));
                }
                found.many(Field::Files, if self.has_files == Some(true) { self.files.len() } else { 0 });
            }
            Step::Sign => {
                found.tick(Field::Agreed, self.agreed);
                found.text(Field::Name, &self.name, NAME_MAX);
            }
        }
        found.0
    }

    /// The first page before `step` that is not complete: nobody signs past a hole.
    #[must_use]
    pub fn unfinished_before(&self, step: Step, group_work: bool) -> Option<Step> {
        Step::ALL.into_iter().take_while(|s| *s < step).find(|s| !self.faults(*s, group_work).is_empty())
    }

    /// Whether anything has been written: an untouched draft is not worth keeping or warning about.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.group.is_none()
            && self.own_part.is_empty()
            && !self.rules_read
            && self.help.is_untouched()
            && self.sources.is_untouched()
            && self.ai.is_untouched()
            && self.has_files.is_none()
            && self.files.is_empty()
            && !self.agreed
            && self.name.is_empty()
    }
}

#[derive(Default)]
struct Found(Vec<(Field, Fault)>);

impl Found {
    fn choice(&mut self, field: Field, answer: Option<bool>) {
        if answer.is_none() {
            self.0.push((field, Fault::Missing));
        }
    }

    fn many(&mut self, field: Field, entries: usize) {
        if entries > ENTRIES_MAX {
            self.0.push((field, Fault::TooMany(ENTRIES_MAX)));
        }
    }

    fn tick(&mut self, field: Field, ticked: bool) {
        if !ticked {
            self.0.push((field, Fault::NotTicked));
        }
    }

    fn text(&mut self, field: Field, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.0.push((field, Fault::Missing));
        } else if text.chars().count() > max {
            self.0.push((field, Fault::TooLong(max)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Draft {
        Draft {
            group: Some(false),
            rules_read: true,
            help: Asked { any: Some(false), items: vec![] },
            sources: Asked { any: Some(false), items: vec![] },
            ai: Asked { any: Some(false), items: vec![] },
            has_files: Some(false),
            agreed: true,
            name: "Amina Yusuf".into(),
            ..Draft::new("L1001".into(), "A1".into(), 1)
        }
    }

    #[test]
    fn none_is_an_answer_that_must_be_given() {
        for step in Step::ALL {
            assert!(!Draft::default().faults(step, false).is_empty(), "{step:?} may not be left blank");
            assert_eq!(complete().faults(step, false), [], "{step:?}");
        }
    }

    #[test]
    fn yes_needs_an_entry_and_every_field_of_it() {
        let mut draft = complete();
        draft.ai.any = Some(true);
        assert_eq!(draft.faults(Step::Ai, false), [(Field::Any(Step::Ai), Fault::NoEntry)]);
        draft.ai.items.push(AiUse {
            tool: "A tool".into(),
            version: String::new(),
            purpose: " ".into(),
            place: "Page 2".into(),
        });
        let expected = [1, 2].map(|m| (Field::Entry(Step::Ai, 0, m), Fault::Missing));
        assert_eq!(draft.faults(Step::Ai, false), expected);
    }

    #[test]
    fn in_a_group_everybody_writes_their_own_part() {
        let draft = complete();
        assert_eq!(draft.faults(Step::Work, true), [(Field::OwnPart, Fault::Missing)]);
        let draft = Draft { own_part: "a".repeat(TEXT_MAX + 1), ..complete() };
        assert_eq!(draft.faults(Step::Work, true), [(Field::OwnPart, Fault::TooLong(TEXT_MAX))]);
    }

    #[test]
    fn rules_of_another_level_have_to_be_read_again() {
        let mut draft = Draft { rules_level: Some(AiLevel::Draft), ..complete() };
        draft.forget_rules_of_another_level(Some(AiLevel::Draft));
        assert!(draft.rules_read);
        draft.forget_rules_of_another_level(Some(AiLevel::None));
        assert_eq!(draft.unfinished_before(Step::Sign, false), Some(Step::Rules));
    }

    #[test]
    fn more_than_the_server_takes_is_said_before_signing() {
        let file = Fingerprint { name: "a".into(), size: 1, sha256: String::new() };
        let draft = Draft { has_files: Some(true), files: vec![file; ENTRIES_MAX + 1], ..complete() };
        assert_eq!(draft.faults(Step::Files, false), [(Field::Files, Fault::TooMany(ENTRIES_MAX))]);
        let mut draft = complete();
        draft.set_any(Step::Help, true);
        (0..=ENTRIES_MAX).for_each(|_| draft.add_entry(Step::Help, false));
        assert_eq!(draft.faults(Step::Help, false)[0], (Field::Any(Step::Help), Fault::TooMany(ENTRIES_MAX)));
    }

    #[test]
    fn nobody_signs_past_an_unfinished_page() {
        let mut draft = complete();
        assert_eq!(draft.unfinished_before(Step::Sign, false), None);
        draft.sources.any = None;
        assert_eq!(draft.unfinished_before(Step::Sign, false), Some(Step::Sources));
        assert_eq!(draft.unfinished_before(Step::Help, false), None);
    }

    #[test]
    fn none_signs_nothing_of_what_was_typed_before() {
        let typed = Help { who: "A friend".into(), how: "Read it".into() };
        let asked = Asked { any: Some(false), items: vec![typed.clone()] };
        assert_eq!(asked.answer(), Answer::None);
        assert_eq!(Asked { any: Some(true), items: vec![typed.clone()] }.answer(), Answer::Some(vec![typed]));
    }

    #[test]
    fn a_draft_is_read_back_as_it_was_written() {
        use contract::json::{from_json, to_json};
        for draft in
            [Draft::default(), complete(), Draft { group: Some(true), own_part: "I \"cut\"\n".into(), ..complete() }]
        {
            assert_eq!(from_json::<Draft>(&to_json(&draft)), Ok(draft));
        }
    }

    #[test]
    fn looking_at_the_rules_alone_is_not_a_draft() {
        let mut draft = Draft::new("L1001".into(), "A1".into(), 1);
        draft.rules_shown_at = Some(DateTime::UNIX_EPOCH);
        assert!(draft.is_untouched());
        draft.name = "A".into();
        assert!(!draft.is_untouched());
    }
}
