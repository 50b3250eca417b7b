//! Words.

words! {
    /// What is asked for. `text` is `says.text`; a private kind has `sealed` in place of `says`.
    AskKind {
        /// About an assignment; with `until` and a text.
        MoreTime = "more-time",
        /// About an assignment; with a text.
        FeedbackQuestion = "feedback-question",
        /// With a telephone number, and about a contact where it is for one.
        CallBack = "call-back",
        /// Help with learning; with a text.
        Learning = "learning",
        /// Private: something personal.
        Personal = "personal",
        /// With one or more of `needs`.
        GetOnline = "get-online",
        /// 'I can't come', about a session before it; a text if the learner likes.
        Apology = "apology",
        /// Why a session was missed; about it, with a text.
        MissedReason = "missed-reason",
        /// Study time that was cancelled: private until its learner shares it. With `study` inside.
        StudyTime = "study-time",
        /// About a material or a link; with a text.
        ReportMaterial = "report-material",
        /// How somebody behaved; with a text, and about a session where it was in one.
        ReportConduct = "report-conduct",
        /// About an assignment, a material or a link; with `format`.
        AnotherFormat = "another-format",
        /// With a text.
        AccessibilityProblem = "accessibility-problem",
        /// Private: a worry about safety.
        Concern = "concern",
    }
}

words! {
    /// What keeps somebody from getting online.
    Need {
        Device = "device",
        Data = "data",
        Place = "place",
        Skills = "skills",
    }
}

words! {
    Status {
        Received = "received",
        Seen = "seen",
        InProgress = "in-progress",
        Answered = "answered",
        Closed = "closed",
        /// By its learner.
        Withdrawn = "withdrawn",
    }
}

impl AskKind {
    /// Read by few, and sealed on the device.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Personal | Self::StudyTime | Self::Concern)
    }
}

impl Status {
    /// The provider has something to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Seen | Self::InProgress)
    }
}
