//! A request while it is being written: what each kind asks for, and what is missing.

use super::studying::minutes;
use chrono::NaiveDate;
use contract::{
    ids::{AssignmentId, LearnerId},
    json::{Json, Wire},
    request::{About, AskKind, Need, Request, Status, StudyTime, WORDS_MAX, Words},
    wire_struct,
};

/// A request that is not sent yet. Of a kind that is not private it is kept on the device while it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskDraft {
    pub learner: LearnerId,
    /// The name of its row: [`name`].
    pub assignment: AssignmentId,
    pub text: String,
    pub telephone: String,
    pub suits: String,
    /// As a date box has it: `2026-12-09`. Of lost study time, its day.
    pub until: String,
    pub needs: Vec<Need>,
    pub format: String,
    /// What it is about, where the learner has to say.
    pub what: String,
    /// How much study time was lost. Not in drafts of version 0.1.0.
    pub minutes: Option<String>,
}

wire_struct!(AskDraft { learner, assignment, text, telephone, suits, until, needs, format, what, minutes });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Text,
    Telephone,
    Suits,
    Until,
    /// On which study time was lost.
    Day,
    /// How much of it.
    Minutes,
    Needs,
    Format,
    What,
}

impl Field {
    /// In the order of the page.
    pub const ALL: [Field; 9] = [
        Field::What,
        Field::Until,
        Field::Day,
        Field::Minutes,
        Field::Needs,
        Field::Format,
        Field::Text,
        Field::Telephone,
        Field::Suits,
    ];

    /// The id of its box.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Field::Text => "ask-text",
            Field::Telephone => "ask-telephone",
            Field::Suits => "ask-suits",
            Field::Until => "ask-until",
            Field::Day => "ask-day",
            Field::Minutes => "ask-minutes",
            Field::Needs => "ask-needs",
            Field::Format => "ask-format",
            Field::What => "ask-what",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    /// Longer than so many characters.
    TooLong(usize),
    /// No telephone number, or no number of minutes.
    NoNumber,
    /// No day, or one that is over.
    NoDayToCome,
}

/// What a kind wants of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    No,
    IfTheyLike,
    Must,
}

const LINE_MAX: usize = 300;
const NUMBER_MAX: usize = 40;

/// What stands in an address for a kind. Of a private kind it says nothing.
#[must_use]
pub fn word(kind: AskKind) -> &'static str {
    match kind {
        AskKind::Personal => "talk",
        AskKind::Concern => "tell",
        AskKind::StudyTime => "study",
        other => other.word(),
    }
}

/// The kind of an address.
#[must_use]
pub fn kind(written: &str) -> Option<AskKind> {
    AskKind::ALL.iter().copied().find(|kind| word(*kind) == written)
}

/// The name of a draft's row, and of a waiting request's work: it is of this kind, and about this.
#[must_use]
pub fn name(kind: AskKind, about: Option<&str>) -> AssignmentId {
    AssignmentId(format!("ask/{}/{}", word(kind), about.unwrap_or_default()))
}

/// Whether a request is of one of these kinds, about this, and stands: what was withdrawn may be asked anew.
#[must_use]
pub fn stands(request: &Request, kinds: &[AskKind], about: &About) -> bool {
    kinds.contains(&request.kind) && request.about.as_ref() == Some(about) && request.status != Status::Withdrawn
}

/// `about`: whether it is known what it is about.
#[must_use]
pub fn wanted(kind: AskKind, field: Field, about: bool) -> Wanted {
    use AskKind::{
        AnotherFormat, Apology, CallBack, Concern, GetOnline, Learning, MoreTime, Personal, ReportMaterial, StudyTime,
    };
    let when = |yes: bool, wanted| if yes { wanted } else { Wanted::No };
    match field {
        Field::Text if matches!(kind, CallBack | GetOnline | Apology | AnotherFormat | StudyTime) => Wanted::IfTheyLike,
        Field::Text => Wanted::Must,
        Field::Telephone if kind == CallBack => Wanted::Must,
        Field::Telephone => when(matches!(kind, Personal | Concern | GetOnline | Learning), Wanted::IfTheyLike),
        Field::Suits => when(kind == CallBack, Wanted::IfTheyLike),
        Field::Until => when(kind == MoreTime, Wanted::Must),
        Field::Day | Field::Minutes => when(kind == StudyTime, Wanted::Must),
        Field::Needs => when(kind == GetOnline, Wanted::Must),
        Field::Format => when(kind == AnotherFormat, Wanted::Must),
        Field::What => when(!about && matches!(kind, AnotherFormat | ReportMaterial), Wanted::Must),
    }
}

impl AskDraft {
    /// What is missing or wrong, in the order of the page. `after`: today in London, or the day on which the work is due if that is
    /// later; more time is for a day after it.
    #[must_use]
    pub fn faults(&self, kind: AskKind, about: bool, after: Option<NaiveDate>) -> Vec<(Field, Fault)> {
        let mut faults = Vec::new();
        for field in Field::ALL {
            let wanted = wanted(kind, field, about);
            if wanted != Wanted::No
                && let Some(fault) = self.fault(field, wanted == Wanted::Must, after)
            {
                faults.push((field, fault));
            }
        }
        faults
    }

    fn fault(&self, field: Field, must: bool, after: Option<NaiveDate>) -> Option<Fault> {
        let (text, max) = match field {
            Field::Needs => return (must && self.needs.is_empty()).then_some(Fault::Missing),
            Field::Until => {
                let to_come = self.until().is_some_and(|day| after.is_none_or(|after| day > after));
                return (!to_come).then_some(Fault::NoDayToCome);
            }
            Field::Day => return self.until().is_none().then_some(Fault::Missing),
            Field::Minutes => return self.lost().is_none().then_some(Fault::NoNumber),
            Field::Text => (&self.text, WORDS_MAX),
            Field::Telephone => (&self.telephone, NUMBER_MAX),
            Field::Suits => (&self.suits, LINE_MAX),
            Field::Format => (&self.format, LINE_MAX),
            Field::What => (&self.what, LINE_MAX),
        };
        let text = text.trim();
        if text.is_empty() {
            return must.then_some(Fault::Missing);
        }
        if field == Field::Telephone && !is_number(text) {
            return Some(Fault::NoNumber);
        }
        (text.chars().count() > max).then_some(Fault::TooLong(max))
    }

    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        NaiveDate::read(&Json::Text(self.until.trim().into()))
    }

    /// How many minutes were lost.
    fn lost(&self) -> Option<u32> {
        minutes(self.minutes.as_deref()?, 1)
    }

    /// What is said; nothing where nothing is.
    #[must_use]
    pub fn words(&self) -> Option<Words> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let words = Words {
            text: given(&self.text),
            telephone: given(&self.telephone),
            suits: given(&self.suits),
            study: self.lost().and_then(|minutes| Some(StudyTime { date: self.until()?, minutes })),
        };
        (words != Words::default()).then_some(words)
    }
}

/// As the server has it: three digits or more, and what people write between them.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b" +()-.,;#*".contains(&b));
    (3..=25).contains(&digits) && text.len() <= NUMBER_MAX && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 23);

    fn faults(draft: AskDraft, kind: AskKind) -> Vec<(Field, Fault)> {
        draft.faults(kind, true, TODAY)
    }

    #[test]
    fn each_kind_with_a_form_is_found_by_its_address_and_a_private_one_is_not_named_in_it() {
        for kind in AskKind::ALL.iter().copied() {
            assert_eq!(super::kind(word(kind)), Some(kind));
            assert_eq!(word(kind) == kind.word(), !kind.is_private(), "{kind:?}");
        }
        for none in ["", "concern", "personal", "study-time", "x"] {
            assert_eq!(kind(none), None, "{none}");
        }
    }

    #[test]
    fn an_empty_form_says_all_that_its_kind_must_have() {
        let empty = |kind| AskDraft::default().faults(kind, false, TODAY);
        assert_eq!(empty(AskKind::MoreTime), [(Field::Until, Fault::NoDayToCome), (Field::Text, Fault::Missing)]);
        assert_eq!(empty(AskKind::CallBack), [(Field::Telephone, Fault::Missing)]);
        assert_eq!(empty(AskKind::GetOnline), [(Field::Needs, Fault::Missing)]);
        assert_eq!(empty(AskKind::AnotherFormat), [(Field::What, Fault::Missing), (Field::Format, Fault::Missing)]);
        assert_eq!(empty(AskKind::Concern), [(Field::Text, Fault::Missing)]);
        assert_eq!(empty(AskKind::Apology), []);
        assert_eq!(empty(AskKind::StudyTime), [(Field::Day, Fault::Missing), (Field::Minutes, Fault::NoNumber)]);
    }

    #[test]
    fn days_and_numbers_are_judged_as_the_server_judges_them() {
        let more_time = |until: &str| AskDraft { until: until.into(), text: "Why".into(), ..AskDraft::default() };
        assert_eq!(faults(more_time("2026-11-24"), AskKind::MoreTime), []);
        for wrong in ["2026-11-23", "2025-01-01", "tomorrow", "2026-02-30"] {
            assert_eq!(faults(more_time(wrong), AskKind::MoreTime), [(Field::Until, Fault::NoDayToCome)], "{wrong}");
        }
        let call = |telephone: &str| AskDraft { telephone: telephone.into(), ..AskDraft::default() };
        for number in ["020 7946 0123", "+44 (0)20 7946-0123", "101"] {
            assert_eq!(faults(call(number), AskKind::CallBack), [], "{number}");
        }
        for number in ["12", "call me", "1234567890 1234567890 123456"] {
            assert_eq!(faults(call(number), AskKind::CallBack), [(Field::Telephone, Fault::NoNumber)], "{number}");
        }
        let long = AskDraft { text: "x".repeat(5_001), ..AskDraft::default() };
        assert_eq!(faults(long, AskKind::Learning), [(Field::Text, Fault::TooLong(5_000))]);
    }

    #[test]
    fn lost_study_time_is_a_day_and_minutes_and_words_if_its_learner_likes() {
        let draft = AskDraft { until: "2026-11-20".into(), minutes: Some("90".into()), ..AskDraft::default() };
        assert_eq!(faults(draft.clone(), AskKind::StudyTime), []);
        let study = draft.words().and_then(|words| words.study).expect("a day and minutes");
        assert_eq!((study.date.to_string().as_str(), study.minutes), ("2026-11-20", 90));
        let kept: AskDraft = contract::json::from_json(
            r#"{"learner":"L1","assignment":"ask/learning/","text":"x","telephone":"",
            "suits":"","until":"","format":"","what":""}"#,
        )
        .expect("a draft of version 0.1.0");
        assert_eq!((kept.minutes, kept.text.as_str()), (None, "x"));
    }

    #[test]
    fn what_is_not_said_is_not_sent() {
        let draft = AskDraft { text: "  ".into(), telephone: " 101 ".into(), ..AskDraft::default() };
        assert_eq!(draft.words().expect("a number"), Words { telephone: Some("101".into()), ..Words::default() });
        assert_eq!(AskDraft::default().words(), None);
    }
}
