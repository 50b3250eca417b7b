//! The addresses below `#/help` and `#/my`, whose code is in the late part: the first one only passes them on.

use super::{Route, address, decode};
use contract::ids::ChangeId;

/// [`My::Reading`], where its code is not to be.
pub const READING: &str = "reading";
/// The page of [`My`] that is for everybody.
pub(super) const ACCESSIBILITY: &str = "accessibility";
/// [`Help::Requests`], where its code is not to be.
pub const REQUESTS: &str = "requests";
/// [`Help::Ask`] of a concern, likewise. It does not say what it is.
pub const CONCERN: &str = "ask/tell";

/// The pages of [`Route::Help`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    Main,
    /// Asking: the kind, by `asking::word`, and what it is about.
    Ask(String, Option<String>),
    Requests,
    Request(ChangeId),
}

/// The pages of [`Route::My`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum My {
    /// Each session with its mark, and how that counts.
    Attendance,
    /// Questions on a session, by its id.
    Check(String),
    /// What a session was like, by its id.
    Session(String),
    /// Planned and taken study time.
    Study,
    /// The pages of guidance, and which of them are read.
    Reading,
    /// Who is shown what, by their learner's own choice.
    Sharing,
    /// The deadlines in a calendar.
    Calendar,
    /// A week on one sheet.
    Week,
    /// All that is kept, as a file.
    Data,
    /// How the portal keeps to the rules of accessibility.
    Accessibility,
}

impl My {
    /// Those without an id, by their addresses.
    const PLAIN: [(&'static str, My); 8] = [
        ("attendance", My::Attendance),
        (READING, My::Reading),
        ("study", My::Study),
        ("sharing", My::Sharing),
        ("calendar", My::Calendar),
        ("week", My::Week),
        ("data", My::Data),
        (ACCESSIBILITY, My::Accessibility),
    ];

    /// Nothing for what this version does not know.
    #[must_use]
    pub fn parse(page: &str) -> Option<Self> {
        match page.split_once('/') {
            None => Self::PLAIN.into_iter().find(|(name, _)| *name == page).map(|(_, page)| page),
            Some((_, id)) if id.is_empty() || id.contains('/') => None,
            Some(("check", id)) => Some(My::Check(decode(id))),
            Some(("session", id)) => Some(My::Session(decode(id))),
            Some(_) => None,
        }
    }
}

impl From<My> for Route {
    fn from(page: My) -> Self {
        Route::My(match page {
            My::Check(id) => address("check/", &id),
            My::Session(id) => address("session/", &id),
            plain => My::PLAIN.into_iter().find(|(_, page)| *page == plain).map_or("", |(name, _)| name).into(),
        })
    }
}

impl Help {
    /// Nothing for what this version does not know.
    #[must_use]
    pub fn parse(page: &str) -> Option<Self> {
        let mut parts = page.split('/');
        let first = parts.next();
        let parts = [parts.next().map(decode), parts.next().map(decode), parts.next().map(decode)];
        match (first, parts) {
            (Some(""), _) => Some(Help::Main),
            (Some(REQUESTS), [None, ..]) => Some(Help::Requests),
            (Some(REQUESTS), [Some(id), None, _]) => Some(Help::Request(ChangeId(id))),
            (Some("ask"), [Some(kind), about, None]) => Some(Help::Ask(kind, about)),
            _ => None,
        }
    }
}

impl From<Help> for Route {
    fn from(page: Help) -> Self {
        Route::Help(match page {
            Help::Main => String::new(),
            Help::Ask(kind, about) => {
                let page = address("ask/", &kind);
                about.map_or(page.clone(), |about| address(&(page + "/"), &about))
            }
            Help::Requests => REQUESTS.into(),
            Help::Request(id) => address("requests/", id.as_str()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::asking;
    use contract::request::AskKind;

    #[test]
    fn the_pages_of_help_are_read_back_and_no_others() {
        let pages = [
            Help::Main,
            Help::Ask("talk".into(), None),
            Help::Ask("more-time".into(), Some("WELD2 é/1".into())),
            Help::Requests,
            Help::Request("6f9619ff".into()),
        ];
        for page in pages {
            let Route::Help(address) = Route::parse(&Route::from(page.clone()).href()) else { panic!("{page:?}") };
            assert_eq!(Help::parse(&address), Some(page));
        }
        assert_eq!(Help::parse(CONCERN), Some(Help::Ask(asking::word(AskKind::Concern).into(), None)));
        for none in ["x", "ask", "ask/a/b/c", "requests/a/b"] {
            assert_eq!(Help::parse(none), None, "{none}");
        }
    }

    #[test]
    fn the_pages_of_my_are_read_back_and_no_others() {
        let plain = My::PLAIN.map(|(_, page)| page);
        for page in plain.into_iter().chain([My::Check("W 1/é".into()), My::Session("W1".into())]) {
            let Route::My(address) = Route::parse(&Route::from(page.clone()).href()) else { panic!("{page:?}") };
            assert_eq!(My::parse(&address), Some(page));
        }
        for none in ["", "x", "check", "check/", "session/a/b", "attendance/1"] {
            assert_eq!(My::parse(none), None, "{none}");
        }
    }

    #[test]
    fn of_a_learners_own_pages_only_the_one_on_accessibility_is_for_everybody() {
        for (_, page) in My::PLAIN {
            assert_eq!(Route::from(page.clone()).is_public(), page == My::Accessibility, "{page:?}");
        }
    }
}
