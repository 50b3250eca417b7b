//! The API, a function a call. What an answer means is decided here, once.

mod mine;
mod receipts;
mod shares;

use crate::browser::{
    Task,
    fetch::{self, Answer, NoAnswer, Request},
    page,
};
use contract::{
    auth::{SignIn, Who},
    change::{Ack, Sent},
    delta::Delta,
    json::{Wire, from_json, to_json},
    problem::Problem,
    seal::Envelope,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Milliseconds without a byte until a request is given up. On 2G (800 ms a round trip) a new connection has its first byte after
/// 4 s; what is lost is asked for again with the next round, seconds later.
pub const PATIENCE: u32 = 10_000;
/// The same for signing in, where a busy server may take long to compare a passphrase.
const SIGN_IN_PATIENCE: u32 = 15_000;

/// Cheap to clone.
#[derive(Clone)]
pub struct Api {
    base: Arc<str>,
    unchanged: Arc<Mutex<Option<Unchanged>>>,
}

/// The last answer to `sync` that held nothing new: its cursor and ETag. Only such a one: an answer with news is asked for again
/// until its cursor shows that the news was kept.
struct Unchanged {
    cursor: String,
    etag: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing that can be relied on came back: no network, no answer in time, a busy or broken server (429, 5xx), or an answer that
    /// is not this API's, such as the sign-in page of the network in between. Try again later.
    Unreachable,
    /// The session has ended (401).
    SignedOut,
    /// The API refuses, and says why.
    Problem(Box<Problem>),
}

impl Api {
    /// `base` is [`Config::api`](super::config::Config::api).
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self { base: base.into(), unchanged: Arc::default() }
    }

    /// Signs in. A wrong passphrase, or too many of them, is a [`Fault::Problem`].
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn sign_in(&self, sign_in: &SignIn) -> Result<Who, Fault> {
        self.forget_unchanged();
        // A code works once: had only the answer been lost, asking again would say that it is wrong.
        let tries = if sign_in.code.is_some() { 1 } else { 2 };
        let answer = self.ask(SIGN_IN_PATIENCE, tries, "POST", "session", Some(&to_json(sign_in)), None).await?;
        if matches!(answer.status, 401 | 429) {
            return Err(problem(&answer));
        }
        decode(&answer)
    }

    /// Who is signed in, with what the app needs of the server for them. `patience`: milliseconds without a byte.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn session(&self, patience: u32) -> Result<Who, Fault> {
        decode(&self.ask(patience, 1, "GET", "session", None, None).await?)
    }

    /// Ends the session. Having none is no fault.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn sign_out(&self) -> Result<(), Fault> {
        self.forget_unchanged();
        let answer = self.send("DELETE", "session", None, None).await?;
        match (answer.status, refusal(&answer)) {
            (204, _) | (_, Some(Fault::SignedOut)) => Ok(()),
            (_, Some(fault)) => Err(fault),
            _ => Err(Fault::Unreachable),
        }
    }

    /// What has changed since a cursor; everything, without one. Nothing (`None`) if nothing has changed.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn sync(&self, cursor: Option<&str>) -> Result<Option<Delta>, Fault> {
        let path = match cursor {
            Some(cursor) => format!("sync?cursor={}", page::encode(cursor)),
            None => "sync".to_owned(),
        };
        let etag = self.with_unchanged(|unchanged| {
            unchanged.as_ref().filter(|last| Some(last.cursor.as_str()) == cursor).map(|last| last.etag.clone())
        });
        let answer = self.send("GET", &path, None, etag.as_deref()).await?;
        if answer.status == 304 && etag.is_some() {
            return Ok(None);
        }
        let delta: Delta = decode(&answer)?;
        self.with_unchanged(|unchanged| {
            *unchanged = match (answer.etag, cursor) {
                (Some(etag), Some(cursor)) if delta.cursor == cursor => {
                    Some(Unchanged { cursor: cursor.to_owned(), etag })
                }
                _ => None,
            };
        });
        Ok(Some(delta))
    }

    /// Sends changes, at most [`CHANGES_MAX`](contract::change::CHANGES_MAX); an answer each, in the same order.
    ///
    /// # Errors
    /// [`Fault`]: nothing is known of any of them, and all must be sent again.
    pub async fn changes(&self, changes: &[Sent]) -> Result<Vec<Ack>, Fault> {
        decode(&self.send("POST", "changes", Some(&to_json(&changes.to_vec())), None).await?)
    }

    /// Sends sealed changes, at most [`ENVELOPES_MAX`](contract::seal::ENVELOPES_MAX), whoever is signed in; an answer each, in the
    /// same order.
    ///
    /// # Errors
    /// [`Fault`], as for `changes`.
    pub async fn envelopes(&self, envelopes: &Vec<Envelope>) -> Result<Vec<Ack>, Fault> {
        decode(&self.send("POST", "envelopes", Some(&to_json(envelopes)), None).await?)
    }

    fn send<'a>(
        &'a self,
        method: &'a str,
        path: &'a str,
        body: Option<&'a str>,
        known: Option<&'a str>,
    ) -> Task<'a, Result<Answer, Fault>> {
        Box::pin(async move { self.ask(PATIENCE, 1, method, path, body, known).await })
    }

    fn ask<'a>(
        &'a self,
        patience: u32,
        tries: u32,
        method: &'a str,
        path: &'a str,
        body: Option<&'a str>,
        known: Option<&'a str>,
    ) -> Task<'a, Result<Answer, Fault>> {
        Box::pin(async move {
            // Without a base, relative to the page, so that the app works from any path.
            let root = if self.base.is_empty() { "." } else { &*self.base };
            let address = format!("{root}/api/v1/{path}");
            let request = Request { method, address: &address, body, known, patience, tries };
            fetch::send(request).await.map_err(|NoAnswer| Fault::Unreachable)
        })
    }

    fn forget_unchanged(&self) {
        self.with_unchanged(|unchanged| *unchanged = None);
    }

    fn with_unchanged<T>(&self, work: impl FnOnce(&mut Option<Unchanged>) -> T) -> T {
        work(&mut self.unchanged.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The answer to a call, or why there is none.
fn decode<T: Wire>(answer: &Answer) -> Result<T, Fault> {
    match refusal(answer) {
        Some(fault) => Err(fault),
        None if is(answer, "application/json") => from_json(&answer.body).map_err(|_| Fault::Unreachable),
        None => Err(Fault::Unreachable),
    }
}

/// What is wrong with an answer by its status; nothing if it is a success.
fn refusal(answer: &Answer) -> Option<Fault> {
    match answer.status {
        200..=299 => None,
        401 if is(answer, "application/problem+json") => Some(Fault::SignedOut),
        401 | 429 => Some(Fault::Unreachable),
        400..=499 => Some(problem(answer)),
        _ => Some(Fault::Unreachable),
    }
}

/// The API's own words; an error page of something in between is none.
fn problem(answer: &Answer) -> Fault {
    let problem = is(answer, "application/problem+json").then(|| from_json(&answer.body).ok()).flatten();
    problem.map_or(Fault::Unreachable, |problem| Fault::Problem(Box::new(problem)))
}

fn is(answer: &Answer, media_type: &str) -> bool {
    let seen = answer.content_type.split(';').next().unwrap_or_default();
    seen.trim().eq_ignore_ascii_case(media_type)
}

#[cfg(test)]
mod tests;
