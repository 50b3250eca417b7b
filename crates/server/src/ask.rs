//! Requests: which kinds are for whom, by when each is promised an answer, and what staff may answer.

pub mod answer;

use contract::{
    request::AskKind,
    staff::StaffRole::{self, Administrator, Assessor, LearnerSupport, SafeguardingLead, Tutor},
};

/// Who reads and answers a kind. Lost study time that its learner has not shared is for nobody.
#[must_use]
pub fn roles(kind: AskKind) -> &'static [StaffRole] {
    match kind {
        AskKind::MoreTime | AskKind::FeedbackQuestion => &[Tutor, Assessor, Administrator],
        AskKind::CallBack => &[Tutor, Assessor, SafeguardingLead, LearnerSupport, Administrator],
        AskKind::Learning | AskKind::Apology | AskKind::MissedReason | AskKind::GetOnline | AskKind::StudyTime => {
            &[Tutor, LearnerSupport, Administrator]
        }
        AskKind::ReportMaterial | AskKind::ReportConduct => &[Tutor, SafeguardingLead, Administrator],
        AskKind::AnotherFormat | AskKind::AccessibilityProblem => &[Tutor, LearnerSupport, Administrator],
        AskKind::Personal => &[SafeguardingLead, LearnerSupport],
        AskKind::Concern => &[SafeguardingLead],
    }
}

/// The kinds that someone of a role reads and answers.
#[must_use]
pub fn kinds(role: StaffRole) -> Vec<AskKind> {
    AskKind::ALL.iter().copied().filter(|kind| roles(*kind).contains(&role)).collect()
}

/// The most working days that can be promised.
pub const PROMISE_MAX: u32 = 60;

/// Within how many working days an answer is promised where the provider has not said otherwise; 0 for no promise.
#[must_use]
pub fn promise(kind: AskKind) -> u32 {
    match kind {
        AskKind::Apology => 0,
        AskKind::CallBack | AskKind::Concern | AskKind::ReportConduct => 1,
        AskKind::MoreTime | AskKind::Personal | AskKind::ReportMaterial => 2,
        AskKind::FeedbackQuestion | AskKind::Learning | AskKind::MissedReason => 3,
        AskKind::GetOnline | AskKind::StudyTime | AskKind::AnotherFormat | AskKind::AccessibilityProblem => 5,
    }
}

/// Within how many working days of the hand-in feedback is promised where the provider has not said otherwise.
pub const FEEDBACK_DAYS: u32 = 15;
/// The name of the setting that says otherwise.
pub const FEEDBACK_SETTING: &str = "promise.feedback";

/// The name of the setting that says otherwise.
#[must_use]
pub fn promise_setting(kind: AskKind) -> String {
    format!("promise.{}", kind.word())
}
