//! What a learner does that is small, dated, and needs no answer of its own: 'I have read it', 'I am here'. What came of it is told in
//! the record that it made or changed, which names the change.

use crate::{
    attendance::Arrive,
    check::CheckAnswers,
    ids::{ChangeId, LearnerId},
    json::{Json, Wire, write_choice},
    late::{LateRecord, kind as late},
    share::Unshare,
    study::{PlanStudy, Study},
    voice::Rate,
};
use chrono::{DateTime, Duration, Utc};

wire! {
    /// The change by which it is done.
    pub struct Act {
        pub learner: LearnerId,
        pub deed: Deed,
        /// The device's own clock.
        pub device_time: DateTime<Utc>,
        /// The server's clock minus the device's at their last contact, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
    }

    /// `{"read": {…}}` and so on.
    #[serde(rename_all = "kebab-case")]
    pub enum Deed {
        /// 'I have read it.'
        Read(Read),
        /// 'I am here.'
        Arrive(Arrive),
        /// Answers the questions on a session.
        Answer(CheckAnswers),
        /// Says what a session was like.
        Rate(Rate),
        /// 'This is when I mean to study.'
        PlanStudy(PlanStudy),
        /// 'I studied for so long.'
        Study(Study),
        /// A page that was shared is withdrawn.
        Unshare(Unshare),
    }

    /// A text, in the version that its learner had before them.
    pub struct Read {
        pub kind: ReadKind,
        /// The record's id.
        pub id: String,
        /// As the record has it.
        pub version: String,
    }

    /// What a learner says they have read: the late record of kind `reading`, one a text, of the last version that they read.
    pub struct Reading {
        pub read: Read,
        /// By the device's clock.
        pub read_at: DateTime<Utc>,
        pub received_at: DateTime<Utc>,
        /// The change by which they said so, in a list as in every record that acts make.
        pub changes: Vec<ChangeId>,
    }
}

words! {
    ReadKind {
        Policy = "policy",
        Guidance = "guidance",
        Feedback = "feedback",
    }
}

impl Act {
    /// When it was done by the server's clock, as far as the device knew it; nothing where that is no time at all.
    #[must_use]
    pub fn made_at(&self) -> Option<DateTime<Utc>> {
        let offset = Duration::try_milliseconds(self.clock_offset_ms.unwrap_or_default())?;
        self.device_time.checked_add_signed(offset)
    }
}

impl Deed {
    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Read(_) => "read",
            Self::Arrive(_) => "arrive",
            Self::Answer(_) => "answer",
            Self::Rate(_) => "rate",
            Self::PlanStudy(_) => "plan-study",
            Self::Study(_) => "study",
            Self::Unshare(_) => "unshare",
        }
    }
}

impl Wire for Deed {
    fn read(json: &Json) -> Option<Self> {
        Some(match json.choice()? {
            ("read", content) => Deed::Read(Wire::read(content)?),
            ("arrive", content) => Deed::Arrive(Wire::read(content)?),
            ("answer", content) => Deed::Answer(Wire::read(content)?),
            ("rate", content) => Deed::Rate(Wire::read(content)?),
            ("plan-study", content) => Deed::PlanStudy(Wire::read(content)?),
            ("study", content) => Deed::Study(Wire::read(content)?),
            ("unshare", content) => Deed::Unshare(Wire::read(content)?),
            _ => return None,
        })
    }

    fn write(&self, out: &mut String) {
        match self {
            Deed::Read(content) => write_choice(out, self.name(), content),
            Deed::Arrive(content) => write_choice(out, self.name(), content),
            Deed::Answer(content) => write_choice(out, self.name(), content),
            Deed::Rate(content) => write_choice(out, self.name(), content),
            Deed::PlanStudy(content) => write_choice(out, self.name(), content),
            Deed::Study(content) => write_choice(out, self.name(), content),
            Deed::Unshare(content) => write_choice(out, self.name(), content),
        }
    }
}

impl LateRecord for Reading {
    const KIND: &str = late::READING;
}
