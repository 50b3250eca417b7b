//! Staff, and the log of what they read.

use chrono::{DateTime, Utc};
use contract::staff::StaffRole;

/// Someone on the staff, without their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub id: String,
    pub name: String,
    pub role: StaffRole,
    pub added: DateTime<Utc>,
    /// Since then the key opens nothing.
    pub revoked: Option<DateTime<Utc>>,
}

/// A line of the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub at: DateTime<Utc>,
    /// The id in `staff`, or [`STAFF_KEY`] or [`COMMAND_LINE`].
    pub staff: String,
    pub name: String,
    pub role: StaffRole,
    pub deed: Deed,
    /// The id of what was read; empty for an export, and where that was erased. Of what is erased, `evidence/` and its link's number.
    pub subject: String,
}

impl Access {
    /// A line of whoever runs the server.
    #[must_use]
    pub fn by_command(deed: Deed, at: DateTime<Utc>) -> Self {
        Self {
            at,
            staff: COMMAND_LINE.into(),
            name: "Command line".into(),
            role: StaffRole::Administrator,
            deed,
            subject: String::new(),
        }
    }
}

/// Who has the key of the configuration.
pub const STAFF_KEY: &str = "staff-key";
/// Who runs the server.
pub const COMMAND_LINE: &str = "command-line";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    ReadRequest,
    ExportDeclarations,
    ExportRequests,
    ExportConcerns,
    ExportAccessLog,
    ExportAttendance,
    ExportSessionFeedback,
    ExportFeedbackTimes,
    ExportAcknowledgements,
    ListRetention,
    EraseDue,
}

impl Deed {
    const ALL: [Self; 11] = [
        Self::ReadRequest,
        Self::ExportDeclarations,
        Self::ExportRequests,
        Self::ExportConcerns,
        Self::ExportAccessLog,
        Self::ExportAttendance,
        Self::ExportSessionFeedback,
        Self::ExportFeedbackTimes,
        Self::ExportAcknowledgements,
        Self::ListRetention,
        Self::EraseDue,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadRequest => "read-request",
            Self::ExportDeclarations => "export-declarations",
            Self::ExportRequests => "export-requests",
            Self::ExportConcerns => "export-concerns",
            Self::ExportAccessLog => "export-access-log",
            Self::ExportAttendance => "export-attendance",
            Self::ExportSessionFeedback => "export-session-feedback",
            Self::ExportFeedbackTimes => "export-feedback-times",
            Self::ExportAcknowledgements => "export-acknowledgements",
            Self::ListRetention => "list-retention",
            Self::EraseDue => "erase-due",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.name() == name)
    }
}
