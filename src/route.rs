//! Every address of the app, and nothing else spells one. Routes live in the fragment (`#/deadlines`): any plain static
//! server can host the app, from any folder, and no server's log ever sees which page a learner read.

mod late;

pub use late::{CONCERN, Help, My, READING, REQUESTS};

use contract::ids::{AssignmentId, ChangeId};
use std::fmt::Write;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Today,
    Deadlines,
    Deadline(AssignmentId),
    Live,
    /// Choosing the work to declare.
    Work,
    Declare(AssignmentId, Step),
    Receipts,
    Receipt(ChangeId),
    /// Taking a declaration back.
    Withdraw(ChangeId),
    /// Whom to reach, and what is asked for: what follows, which the late part reads as a [`Help`].
    Help(String),
    /// What is the learner's own, and few open: what follows, which the late part reads as a [`My`].
    My(String),
    /// Looking a receipt up by its code.
    Check,
    Safety,
    /// The courses and the policies.
    Course,
    Device,
    /// Handing in a file of what another device could not send.
    HandIn,
    SignOut,
    /// An address that this version does not know.
    Unknown,
}

/// The pages of a declaration, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Work,
    Rules,
    Help,
    Sources,
    Ai,
    Files,
    Sign,
}

impl Step {
    pub const ALL: [Step; 7] = [Step::Work, Step::Rules, Step::Help, Step::Sources, Step::Ai, Step::Files, Step::Sign];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Work => "work",
            Step::Rules => "rules",
            Step::Help => "help",
            Step::Sources => "sources",
            Step::Ai => "ai",
            Step::Files => "files",
            Step::Sign => "sign",
        }
    }

    #[must_use]
    pub fn next(self) -> Option<Step> {
        Self::ALL.get(self as usize + 1).copied()
    }

    #[must_use]
    pub fn previous(self) -> Option<Step> {
        (self as usize).checked_sub(1).map(|i| Self::ALL[i])
    }
}

impl Route {
    /// Reads a fragment, with or without its `#`. An empty one is Today.
    #[must_use]
    pub fn parse(fragment: &str) -> Route {
        let path = fragment.trim_start_matches('#').trim_matches('/');
        let mut parts = path.split('/');
        let (first, second, third) = (parts.next().unwrap_or(""), parts.next(), parts.next());
        if first == "help" {
            return Route::Help(path.get(first.len() + 1..).unwrap_or_default().into());
        }
        if first == "my" {
            return Route::My(path.get(first.len() + 1..).unwrap_or_default().into());
        }
        if parts.next().is_some() {
            return Route::Unknown;
        }
        match (first, second.map(decode), third) {
            ("", None, _) => Route::Today,
            ("deadlines", None, _) => Route::Deadlines,
            ("deadlines", Some(id), None) => Route::Deadline(AssignmentId(id)),
            ("live", None, _) => Route::Live,
            ("declare", None, _) => Route::Work,
            ("declare", Some(id), step) => {
                let step = step.unwrap_or(Step::Work.as_str());
                match Step::ALL.into_iter().find(|s| s.as_str() == step) {
                    Some(step) => Route::Declare(AssignmentId(id), step),
                    None => Route::Unknown,
                }
            }
            ("receipts", None, _) => Route::Receipts,
            ("receipts", Some(id), None) => Route::Receipt(ChangeId(id)),
            ("receipts", Some(id), Some("withdraw")) => Route::Withdraw(ChangeId(id)),
            ("check", None, _) => Route::Check,
            ("safe", None, _) => Route::Safety,
            ("course", None, _) => Route::Course,
            ("device", None, _) => Route::Device,
            ("hand-in", None, _) => Route::HandIn,
            ("sign-out", None, _) => Route::SignOut,
            _ => Route::Unknown,
        }
    }

    /// The address to put into a link.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Route::Today | Route::Unknown => "#/".into(),
            Route::Deadlines => "#/deadlines".into(),
            Route::Deadline(id) => address("#/deadlines/", id.as_str()),
            Route::Live => "#/live".into(),
            Route::Work => "#/declare".into(),
            Route::Declare(id, step) => address("#/declare/", id.as_str()) + "/" + step.as_str(),
            Route::Receipts => "#/receipts".into(),
            Route::Receipt(id) => address("#/receipts/", id.as_str()),
            Route::Withdraw(id) => address("#/receipts/", id.as_str()) + "/withdraw",
            Route::Help(page) => String::from("#/help") + if page.is_empty() { "" } else { "/" } + page,
            Route::My(page) => String::from("#/my/") + page,
            Route::Check => "#/check".into(),
            Route::Safety => "#/safe".into(),
            Route::Course => "#/course".into(),
            Route::Device => "#/device".into(),
            Route::HandIn => "#/hand-in".into(),
            Route::SignOut => "#/sign-out".into(),
        }
    }

    /// Whether a page stands under a menu's entry.
    #[must_use]
    pub fn belongs_to(&self, entry: &Route) -> bool {
        match self {
            Route::Deadline(_) => *entry == Route::Deadlines,
            Route::Declare(..) => *entry == Route::Work,
            Route::Receipt(_) | Route::Withdraw(_) => *entry == Route::Receipts,
            Route::Help(_) => matches!(entry, Route::Help(_)),
            Route::HandIn => *entry == Route::Device,
            other => other == entry,
        }
    }

    /// Whether the page is in the late part of the program.
    #[must_use]
    pub fn is_late(&self) -> bool {
        !matches!(self, Route::Today | Route::Deadlines | Route::Safety | Route::SignOut)
    }

    /// Whether the page is for everybody, signed in or not.
    #[must_use]
    pub fn is_public(&self) -> bool {
        match self {
            Route::My(page) => page == late::ACCESSIBILITY,
            _ => matches!(self, Route::Safety | Route::Device | Route::Check | Route::HandIn),
        }
    }
}

fn address(start: &str, id: &str) -> String {
    let mut address = String::from(start);
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            address.push(byte as char);
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Undoes percent-encoding; what is not well formed stays as it is.
fn decode(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let escaped = (bytes[i] == b'%').then(|| part.get(i + 1..i + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| part.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_read_back_from_its_own_address() {
        let id = || AssignmentId("WELD2 é/1".into());
        let mut routes = vec![
            Route::Today,
            Route::Deadlines,
            Route::Deadline(id()),
            Route::Live,
            Route::Work,
            Route::Receipts,
            Route::Receipt(ChangeId("6f9619ff-8b86-4011-b42d-00cf4fc964ff".into())),
            Route::Withdraw(ChangeId("6f9619ff-8b86-4011-b42d-00cf4fc964ff".into())),
            Help::Main.into(),
            Help::Ask("learning".into(), None).into(),
            Help::Ask("more-time".into(), Some("WELD2 é/1".into())).into(),
            Help::Requests.into(),
            Help::Request(ChangeId("6f9619ff-8b86-4011-b42d-00cf4fc964ff".into())).into(),
            Route::Check,
            Route::Safety,
            Route::Course,
            Route::Device,
            Route::HandIn,
            Route::SignOut,
        ];
        routes.extend(Step::ALL.map(|step| Route::Declare(id(), step)));
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn an_address_nobody_wrote_is_unknown_and_never_a_panic() {
        for fragment in ["#/x", "#/deadlines/a/b", "#/declare/a/jump", "#/%", "#/receipts/%zz/%"] {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
        assert_eq!(Route::parse("#/deadlines/%zz%"), Route::Deadline("%zz%".into()));
        assert_eq!(Route::parse(""), Route::Today);
    }

    #[test]
    fn steps_follow_each_other_there_and_back() {
        for pair in Step::ALL.windows(2) {
            assert_eq!(pair[0].next(), Some(pair[1]));
            assert_eq!(pair[1].previous(), Some(pair[0]));
        }
        assert_eq!((Step::Work.previous(), Step::Sign.next()), (None, None));
    }
}
