//! What can go wrong with a request: one enum, one `match` to a status, RFC 9457 on the wire.

use crate::db::DbError;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    problem::{FieldProblem, Problem},
    staff::StaffRole,
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub enum Error {
    NoSuchCall,
    NoSuchReceipt,
    NoSuchCalendar,
    NoSuchMethod,
    NotSignedIn,
    /// One answer for an unknown learner, one without a passphrase, and a wrong passphrase or code.
    WrongSignIn,
    /// The staff key is not the one.
    NotStaff,
    /// Staff, but the call is for others.
    OtherRole {
        roles: &'static [StaffRole],
    },
    /// The call wants a person, not the key of the configuration.
    NotNamed,
    NoSuchRequest,
    NoSuchSession,
    /// The learner has no such shared page.
    NoSuchShare,
    /// As many pages are open as one learner may have.
    TooManyShares,
    /// Another step has this id.
    StepTaken,
    RequestWithdrawn,
    /// What is private cannot be opened or sealed here.
    NoConfidentialKey,
    /// The page that asked is not one of ours.
    ForeignOrigin,
    TooLarge {
        /// Bytes.
        most: usize,
    },
    /// The query has what no query has.
    OddAddress,
    /// The body came too slowly.
    TooSlow,
    NotJson,
    /// The body is encoded in a way that is not read here.
    OtherEncoding,
    /// The body is not JSON; where it stops being so.
    Malformed(String),
    /// The body is JSON, and not what this call takes.
    WrongShape(String),
    Fields(Vec<FieldProblem>),
    /// The declaration is countersigned already.
    Countersigned {
        assessor: String,
    },
    /// Its learner has withdrawn the declaration.
    DeclarationWithdrawn,
    TooManyCalls,
    Unavailable,
    Internal,
}

impl Error {
    /// A fault in one field of the body.
    pub fn field(pointer: &str, detail: &str) -> Self {
        Self::Fields(vec![FieldProblem { pointer: pointer.into(), detail: detail.into() }])
    }

    #[must_use]
    pub fn problem(self) -> Problem {
        let (status, kind, title, detail) = match &self {
            Self::NoSuchCall => (404, "not-found", "Not found", "There is nothing at this address. Check it, or see /api/docs.".into()),
            Self::NoSuchReceipt => (
                404,
                "no-such-receipt",
                "No such receipt",
                "No declaration has this code. Check each letter and number, and the last symbol too.".into(),
            ),
            Self::NoSuchCalendar => (
                404,
                "no-such-calendar",
                "No such calendar",
                "No calendar has this address. It may have been ended: sign in to the portal and make a new one.".into(),
            ),
            Self::NoSuchRequest => {
                (404, "no-such-request", "No such request", "There is no request of this id that is for you. Look it up in your list.".into())
            }
            Self::NoSuchSession => (
                404,
                "no-such-session",
                "No such session",
                "There is no live session of this id. Look it up in your sessions.csv or your calendar.".into(),
            ),
            Self::NoSuchShare => {
                (404, "no-such-share", "No such page", "You share no page like that. Look at your list of shared pages.".into())
            }
            Self::TooManyShares => (
                409,
                "too-many-shares",
                "Too many pages",
                format!("You may have {} pages open at the same time. Withdraw one, then make this one.", contract::share::SHARES_MAX),
            ),
            Self::StepTaken => {
                (409, "id-taken", "Already used", "Another step was kept under this id, and stays. Send this one under a new id.".into())
            }
            Self::RequestWithdrawn => {
                (409, "request-withdrawn", "Withdrawn", "The learner has withdrawn this request. Nothing more is said there.".into())
            }
            Self::NoConfidentialKey => (
                503,
                "no-confidential-key",
                "The key is missing",
                "This is private, and the server does not have the key that it was sealed for. Whoever runs the server sets PORTAL_CONFIDENTIAL_KEY_FILE.".into(),
            ),
            Self::NoSuchMethod => {
                (405, "method-not-allowed", "Method not allowed", "This address does not take this method. See /api/docs.".into())
            }
            Self::NotSignedIn => (401, "not-signed-in", "Not signed in", "Sign in, then try again. What you wrote is kept.".into()),
            Self::WrongSignIn => (
                401,
                "wrong-sign-in",
                "That did not match",
                "Check your learner reference and your passphrase or code. A code works once, for 14 days. Your tutor can give you a new one.".into(),
            ),
            Self::NotStaff => (401, "not-staff", "Not allowed", "Send your staff key as `Authorization: Bearer KEY`. One that was revoked opens nothing.".into()),
            Self::OtherRole { roles } => {
                let roles: Vec<_> = roles.iter().map(|role| role.word()).collect();
                (403, "other-role", "Not for your role", format!("This is for: {}. Ask one of them, or whoever runs the server for a key with that role.", roles.join(", ")))
            }
            Self::NotNamed => (
                403,
                "not-named",
                "Use a key of your own",
                "What is read and answered here has a person's name beside it. Whoever runs the server makes you a key: portal-server staff add.".into(),
            ),
            Self::ForeignOrigin => (
                403,
                "foreign-origin",
                "Not from this page",
                "This request came from a page that is not the portal's. Open the portal at its own address and try again.".into(),
            ),
            Self::TooLarge { most } => {
                (413, "too-large", "Too large", format!("A request may have {most} bytes here. Send less at once."))
            }
            Self::OddAddress => {
                (400, "odd-address", "The address cannot be read", "Take the null character (%00) out of the address.".into())
            }
            Self::TooSlow => {
                (408, "too-slow", "Too slow", "The request stopped on its way, and nothing was kept. Try again.".into())
            }
            Self::NotJson => {
                (415, "not-json", "Not JSON", "Send the body as JSON with `Content-Type: application/json`.".into())
            }
            Self::OtherEncoding => {
                (415, "other-encoding", "Not read here", "Send the body as it is, or with `Content-Encoding: deflate` (RFC 1950).".into())
            }
            Self::Malformed(at) => (400, "malformed", "The body is not JSON", format!("Mend the JSON and send it again: {at}.")),
            Self::WrongShape(at) => {
                (422, "wrong-shape", "The body is not what this call takes", format!("Compare it with /api/docs: {at}."))
            }
            Self::Fields(_) => (422, "fields", "Something needs changing", "Change what is named below and send it again.".into()),
            Self::Countersigned { assessor } => {
                (409, "countersigned", "Already countersigned", format!("{assessor} has countersigned this declaration, and that stays."))
            }
            Self::DeclarationWithdrawn => (
                409,
                "declaration-withdrawn",
                "Withdrawn",
                "The learner has withdrawn this declaration, so nobody confirms it. Countersign what they declare in its place.".into(),
            ),
            Self::TooManyCalls => (429, "too-many", "Too many tries", "Wait a minute, then try again.".into()),
            Self::Unavailable => {
                (503, "unavailable", "Not just now", "The service is busy. Nothing was lost and nothing was kept: try again soon.".into())
            }
            Self::Internal => (
                500,
                "internal",
                "Something went wrong here",
                "The fault is ours. Try again later; if it stays, tell the provider when it happened.".into(),
            ),
        };
        let fields = if let Self::Fields(fields) = self { fields } else { Vec::new() };
        problem(status, kind, title, detail).with(fields)
    }
}

/// A problem without fields; `kind` becomes `/problems/KIND`.
pub fn problem(status: u16, kind: &str, title: &str, detail: String) -> Problem {
    Problem { kind: format!("/problems/{kind}"), title: title.into(), status, detail: Some(detail), fields: Vec::new() }
}

trait With {
    fn with(self, fields: Vec<FieldProblem>) -> Self;
}

impl With for Problem {
    fn with(self, fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..self }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let retry = match self {
            Self::Unavailable => Some("5"),
            Self::TooManyCalls => Some("60"),
            _ => None,
        };
        let challenge = matches!(self, Self::NotStaff);
        let problem = self.problem();
        let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
        *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        if challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<DbError> for Error {
    /// The log gets the cause, the client a plain sentence.
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(cause) => {
                tracing::warn!(%cause, "the database is not available");
                Self::Unavailable
            }
            DbError::Failed(_) | DbError::Corrupt(_) => {
                tracing::error!(%error, "the database failed");
                Self::Internal
            }
        }
    }
}
