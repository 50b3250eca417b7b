//! What time it is: the machine's clock in service, a test's own in tests.

use chrono::{DateTime, SubsecRound, Utc};

pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
pub struct System;

impl Clock for System {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// To the millisecond, as the database keeps it, so that an answer and its row say the same.
#[must_use]
pub fn milliseconds(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(3)
}
