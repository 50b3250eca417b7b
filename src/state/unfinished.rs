//! What the first pages know of a declaration that has been begun: that it is there. The late part reads the rest (`state::draft`).

use super::draft::Draft;
use contract::{
    ids::{AssignmentId, LearnerId},
    json::{Json, parse, to_json},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub learner: LearnerId,
    pub assignment: AssignmentId,
    /// The learner has written or chosen something.
    pub is_touched: bool,
    /// The draft's JSON.
    pub text: String,
}

/// What is in a draft before the learner has done anything.
const GIVEN: [&str; 5] = ["learner", "assignment", "attempt", "rules_shown_at", "rules_level"];

impl Unfinished {
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        Self {
            learner: draft.learner.clone(),
            assignment: draft.assignment.clone(),
            is_touched: !draft.is_untouched(),
            text: to_json(draft),
        }
    }

    /// Nothing for what is no draft of a declaration.
    #[must_use]
    pub fn read(text: String) -> Option<Self> {
        let json = parse(&text).ok()?;
        // A request that is being written is kept beside them, and has none.
        json.field::<u32>("attempt")?;
        let Json::Map(members) = &json else { return None };
        let is_touched =
            members.iter().any(|(name, value)| !GIVEN.contains(&name.as_str()) && says_something(name, value));
        Some(Self { learner: json.field("learner")?, assignment: json.field("assignment")?, is_touched, text })
    }
}

fn says_something(name: &str, value: &Json) -> bool {
    match value {
        Json::Null => false,
        // What is ticked, and not a question that may be answered with no.
        Json::Bool(ticked) if matches!(name, "rules_read" | "agreed") => *ticked,
        Json::Bool(_) | Json::Number(_) => true,
        Json::Text(text) => !text.is_empty(),
        Json::List(list) => !list.is_empty(),
        Json::Map(members) => members.iter().any(|(name, value)| says_something(name, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::asking::AskDraft;
    use contract::declaration::{Fingerprint, Help};

    #[test]
    fn what_the_text_tells_is_what_the_draft_tells() {
        let changes: [fn(&mut Draft); 14] = [
            |_| {},
            |d| d.rules_shown_at = Some(chrono::DateTime::UNIX_EPOCH),
            |d| d.rules_level = Some(contract::deadline::AiLevel::None),
            |d| d.group = Some(false),
            |d| d.own_part = "x".into(),
            |d| d.rules_read = true,
            |d| d.help.any = Some(false),
            |d| d.sources.any = Some(true),
            |d| d.help.items.push(Help { who: String::new(), how: String::new() }),
            |d| d.ai.any = Some(false),
            |d| d.has_files = Some(false),
            |d| d.files.push(Fingerprint { name: "a".into(), size: 1, sha256: "b".into() }),
            |d| d.agreed = true,
            |d| d.name = "y".into(),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let mut draft = Draft::new("L1001".into(), "A1".into(), 2);
            change(&mut draft);
            assert_eq!(Unfinished::read(to_json(&draft)), Some(Unfinished::of(&draft)), "{n}");
        }
    }

    #[test]
    fn what_is_no_draft_of_a_declaration_is_nothing() {
        let ask = AskDraft { learner: "L1001".into(), text: "Please call me".into(), ..AskDraft::default() };
        assert_eq!(Unfinished::read(to_json(&ask)), None);
        for text in ["", "[]", "{}", r#"{"learner":"L1001"}"#] {
            assert_eq!(Unfinished::read(text.into()), None, "{text}");
        }
    }
}
