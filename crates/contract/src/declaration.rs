//! The own-work declaration, as it was signed. Everything in it is kept as it came: it is evidence.

use crate::{
    deadline::AiLevel,
    ids::{AssignmentId, CourseId, LearnerId},
    json::{Json, Wire, end_map, write_choice, write_field, write_text},
};
use chrono::{DateTime, Utc};

wire! {
    pub struct Declaration {
        pub learner: LearnerId,
        pub assignment: AssignmentId,
        /// The work's title as the learner saw it.
        pub assignment_title: String,
        /// 1 for the first attempt.
        pub attempt: u32,
        pub course: CourseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub awarding_body: Option<String>,
        /// The deadline as it stood.
        pub due: DateTime<Utc>,
        /// The extension as it stood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub extended_to: Option<DateTime<Utc>>,
        /// For work done in a group: the learner's own part, in their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own_part: Option<String>,
        /// The rules the learner was shown before signing, and when.
        pub rules: RulesShown,
        pub help: Answer<Help>,
        pub sources: Answer<Source>,
        pub ai: Answer<AiUse>,
        /// The files' fingerprints; the files themselves do not travel.
        #[serde(default)]
        pub files: Vec<Fingerprint>,
        /// The exact wording that was signed.
        pub wording: Wording,
        /// The name as the learner typed it.
        pub signed_name: String,
        /// The device's own clock when the learner signed, right or wrong.
        pub device_time: DateTime<Utc>,
        /// The server's clock minus the device's at their last contact, in milliseconds; nothing if they never had one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
    }

    pub struct RulesShown {
        /// The level the tutor had set; nothing where the tutor had not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ai_level: Option<AiLevel>,
        /// What was on the screen, a paragraph each.
        pub text: Vec<String>,
        /// The device's clock when the rules were shown.
        pub shown_at: DateTime<Utc>,
    }

    /// Statements as the learner read them.
    pub struct Wording {
        /// Changes whenever a word does.
        pub version: String,
        /// BCP 47, such as `en-GB`.
        pub language: String,
        /// A statement each, in order.
        pub statements: Vec<String>,
    }

    /// Who helped, and how.
    pub struct Help {
        pub who: String,
        pub how: String,
    }

    /// A source that was used: `{"print": {…}}` or `{"web": {…}}`.
    #[serde(rename_all = "kebab-case")]
    pub enum Source {
        Print { author: String, year: String, page: String },
        Web {
            address: String,
            /// When it was read, in the learner's words.
            seen_on: String,
        },
    }

    /// One use of an AI tool.
    pub struct AiUse {
        pub tool: String,
        pub version: String,
        /// What it was used for.
        pub purpose: String,
        /// Where in the work.
        pub place: String,
    }

    pub struct Fingerprint {
        pub name: String,
        /// Bytes.
        pub size: u64,
        /// SHA-256, 64 lower-case hexadecimal digits.
        pub sha256: String,
    }
}

/// `"none"` or `{"some": […]}`. 'None' is an answer that has to be given: an empty list alone does not say that there was
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answer<T> {
    /// The learner says that there was none.
    None,
    /// One or more.
    Some(Vec<T>),
}

/// The longest text of one field, in characters.
pub const TEXT_MAX: usize = 4_000;
/// The longest typed name, in characters.
pub const NAME_MAX: usize = 200;
/// The most entries a list may have: helpers, sources, uses of AI, files.
pub const ENTRIES_MAX: usize = 100;

impl<T: Wire> Wire for Answer<T> {
    fn read(json: &Json) -> Option<Self> {
        match json.choice()? {
            ("none", _) => Some(Answer::None),
            ("some", items) => Vec::read(items).map(Answer::Some),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Answer::None => write_text(out, "none"),
            Answer::Some(items) => write_choice(out, "some", items),
        }
    }
}

impl Wire for Source {
    fn read(json: &Json) -> Option<Self> {
        match json.choice()? {
            ("print", s) => {
                Some(Source::Print { author: s.field("author")?, year: s.field("year")?, page: s.field("page")? })
            }
            ("web", s) => Some(Source::Web { address: s.field("address")?, seen_on: s.field("seen_on")? }),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        let (name, fields) = match self {
            Source::Print { author, year, page } => ("print", vec![("author", author), ("year", year), ("page", page)]),
            Source::Web { address, seen_on } => ("web", vec![("address", address), ("seen_on", seen_on)]),
        };
        out.push('{');
        write_text(out, name);
        out.push(':');
        let start = out.len();
        for (name, text) in fields {
            write_field(out, name, text);
        }
        end_map(out, start);
        out.push('}');
    }
}
