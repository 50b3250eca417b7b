//! The arithmetic: what many measured times come to.

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What came of calls of one kind.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Microseconds, an answer each.
    times: Vec<u32>,
    /// How often each status came; 0 where the connection broke.
    pub statuses: BTreeMap<u16, u64>,
    /// Bytes of all requests, heads included.
    pub sent: u64,
    /// Bytes of all answers, heads included.
    pub received: u64,
}

impl Figures {
    /// An answer, or none (status 0).
    pub fn add(&mut self, micros: u32, status: u16, sent: usize, received: usize) {
        self.times.push(micros);
        *self.statuses.entry(status).or_default() += 1;
        self.sent += sent as u64;
        self.received += received as u64;
    }

    pub fn merge(&mut self, other: Self) {
        self.times.extend(other.times);
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.sent += other.sent;
        self.received += other.received;
    }

    #[must_use]
    pub fn calls(&self) -> u64 {
        self.times.len() as u64
    }

    /// All but 200 and 304.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.statuses.iter().filter(|(status, _)| !matches!(status, 200 | 304)).map(|(_, count)| count).sum()
    }

    #[must_use]
    pub fn bytes_sent_each(&self) -> u64 {
        self.sent.checked_div(self.calls()).unwrap_or(0)
    }

    #[must_use]
    pub fn bytes_received_each(&self) -> u64 {
        self.received.checked_div(self.calls()).unwrap_or(0)
    }

    #[must_use]
    pub fn spread(&self) -> Spread {
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        let at = |share| percentile(&sorted, share);
        Spread { p50: at(50.0), p90: at(90.0), p99: at(99.0), max: at(100.0) }
    }
}

/// Microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    pub p50: u32,
    pub p90: u32,
    pub p99: u32,
    pub max: u32,
}

impl Spread {
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "p50": self.p50, "p90": self.p90, "p99": self.p99, "max": self.max })
    }
}

/// The smallest value that at least so many in a hundred do not exceed; 0 of none.
fn percentile(sorted: &[u32], share: f64) -> u32 {
    let rank = (share / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!([50.0, 90.0, 99.0, 100.0].map(|share| percentile(&hundred, share)), [50, 90, 99, 100]);
        assert_eq!([50.0, 90.0, 99.0, 100.0].map(|share| percentile(&[7, 9, 1_000], share)), [9, 1_000, 1_000, 1_000]);
        assert_eq!((percentile(&[], 50.0), percentile(&[4], 1.0)), (0, 4));
    }

    #[test]
    fn what_several_connections_measured_counts_together() {
        let (mut one, mut other) = (Figures::default(), Figures::default());
        one.add(300, 200, 400, 1_000);
        one.add(100, 304, 500, 200);
        other.add(200, 503, 300, 300);
        other.add(9_000, 0, 200, 0);
        one.merge(other);
        assert_eq!((one.calls(), one.errors()), (4, 2));
        assert_eq!(one.statuses, BTreeMap::from([(0, 1), (200, 1), (304, 1), (503, 1)]));
        assert_eq!((one.bytes_sent_each(), one.bytes_received_each()), (350, 375));
        assert_eq!(one.spread(), Spread { p50: 200, p90: 9_000, p99: 9_000, max: 9_000 });
    }

    #[test]
    fn nothing_measured_is_no_division_by_nothing() {
        let none = Figures::default();
        assert_eq!((none.calls(), none.bytes_sent_each(), none.spread()), (0, 0, Spread::default()));
    }
}
