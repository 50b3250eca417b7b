//! The figures of a run.

use crate::fault::Fault;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub schedules: u64,
    pub clients: u64,
    pub client_kills: u64,
    pub items: u64,
    pub sealed: u64,
    pub withdrawals: u64,
    pub requests: u64,
    pub answers: u64,
    pub server_kills: u64,
    pub checks: u64,
    pub repeats: u64,
    pub tampered: u64,
    pub sign_ins: u64,
    pub session_ends: u64,
    pub refused: u64,
    pub faults: BTreeMap<&'static str, u64>,
    pub statuses: BTreeMap<u16, u64>,
}

/// Counted by all at once.
#[derive(Default)]
pub struct Tally(Mutex<Figures>);

impl Tally {
    pub fn count(&self, what: impl FnOnce(&mut Figures)) {
        what(&mut self.figures());
    }

    pub fn request(&self, fault: Fault) {
        let mut figures = self.figures();
        figures.requests += 1;
        // A kill is counted when it is done: a server that is down cannot be killed again.
        if !matches!(fault, Fault::ServerKilled(_)) {
            *figures.faults.entry(fault.name()).or_default() += 1;
        }
    }

    pub fn killed(&self) {
        let mut figures = self.figures();
        figures.server_kills += 1;
    }

    pub fn answered(&self, status: u16) {
        let mut figures = self.figures();
        figures.answers += 1;
        *figures.statuses.entry(status).or_default() += 1;
    }

    #[must_use]
    pub fn now(&self) -> Figures {
        self.figures().clone()
    }

    fn figures(&self) -> MutexGuard<'_, Figures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
