//! So many calls a minute from one address, counted in the process.

use super::address::network;
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use std::{collections::HashMap, net::IpAddr, sync::Mutex};

/// Addresses that are counted by themselves in one minute. Those that come after share what one of them has: memory has an end too.
const ADDRESSES_MAX: usize = 20_000;

pub struct PerMinute {
    most: u32,
    counted: Mutex<Minute>,
}

#[derive(Default)]
struct Minute {
    number: i64,
    by_address: HashMap<IpAddr, u32>,
    others: u32,
}

impl PerMinute {
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { most, counted: Mutex::default() }
    }

    /// # Errors
    /// The address has had its calls of this minute.
    pub fn count(&self, address: IpAddr, now: DateTime<Utc>) -> Result<()> {
        let (number, from) = (now.timestamp() / 60, network(address));
        let mut minute = self.counted.lock().map_err(|_| Error::Internal)?;
        if minute.number != number {
            *minute = Minute { number, ..Minute::default() };
        }
        let has_room = minute.by_address.len() < ADDRESSES_MAX || minute.by_address.contains_key(&from);
        let calls = if has_room { minute.by_address.entry(from).or_default() } else { &mut minute.others };
        *calls = calls.saturating_add(1);
        if *calls > self.most { Err(Error::TooManyCalls) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{ADDRESSES_MAX, PerMinute};
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn addresses_without_end_take_memory_with_an_end() {
        let (limit, now) = (PerMinute::new(2), "2026-11-23T12:00:00Z".parse().unwrap());
        let address = |n: usize| IpAddr::V4(Ipv4Addr::from_bits(n as u32));
        let passed = (0..ADDRESSES_MAX + 1000).filter(|n| limit.count(address(*n), now).is_ok()).count();
        assert_eq!(passed, ADDRESSES_MAX + 2);
        assert_eq!(limit.counted.lock().unwrap().by_address.len(), ADDRESSES_MAX);
        assert!(limit.count(address(1), now).is_ok(), "whoever came first is still counted alone");
    }
}
