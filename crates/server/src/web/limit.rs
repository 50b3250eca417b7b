//! So many calls a minute from one address, counted in the process.

use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use std::{collections::HashMap, net::IpAddr, sync::Mutex};

pub struct PerMinute {
    most: u32,
    counted: Mutex<(i64, HashMap<IpAddr, u32>)>,
}

impl PerMinute {
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { most, counted: Mutex::default() }
    }

    /// # Errors
    /// The address has had its calls of this minute.
    pub fn count(&self, address: IpAddr, now: DateTime<Utc>) -> Result<()> {
        let minute = now.timestamp() / 60;
        let mut counted = self.counted.lock().map_err(|_| Error::Internal)?;
        if counted.0 != minute {
            *counted = (minute, HashMap::new());
        }
        let calls = counted.1.entry(address).or_default();
        *calls += 1;
        if *calls > self.most { Err(Error::TooManyCalls) } else { Ok(()) }
    }
}
