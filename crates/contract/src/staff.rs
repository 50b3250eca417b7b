//! The provider's staff, as a learner is told of them and as they say who they are.

wire! {
    /// What someone on the staff may do. Which call and which kind of request is for whom, the server says.
    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum StaffRole {
        Tutor,
        Assessor,
        SafeguardingLead,
        LearnerSupport,
        Administrator,
        /// A role that this version does not know.
        #[serde(other)]
        Other,
    }

    /// Who on the staff said or did something.
    pub struct Person {
        pub name: String,
        pub role: StaffRole,
    }
}

crate::wire_words!(StaffRole {
    Tutor = "tutor",
    Assessor = "assessor",
    SafeguardingLead = "safeguarding-lead",
    LearnerSupport = "learner-support",
    Administrator = "administrator",
} else Other);

impl StaffRole {
    pub const ALL: [Self; 5] =
        [Self::Tutor, Self::Assessor, Self::SafeguardingLead, Self::LearnerSupport, Self::Administrator];

    /// As it stands on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tutor => "tutor",
            Self::Assessor => "assessor",
            Self::SafeguardingLead => "safeguarding-lead",
            Self::LearnerSupport => "learner-support",
            Self::Administrator => "administrator",
            Self::Other => "other",
        }
    }

    /// Nothing for a word that is no role.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
