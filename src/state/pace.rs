//! When to talk to the server next.

/// What decides it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation {
    /// How many rounds in a row have not reached the server.
    pub failures: u32,
    /// Changes that wait to be sent.
    pub unsent: usize,
    /// The learner asked for less data.
    pub less_data: bool,
    /// Nobody looks at the page, or nobody has touched it for a while.
    pub idle: bool,
}

/// Seconds until the next round; nothing: not before something happens (a change, the network's return, a press of 'Check
/// now', the page shown again). What waits to be sent is tried again within 30 s for ever, so that it arrives without a
/// touch soon after the server is back.
#[must_use]
pub fn next_round(s: Situation) -> Option<u32> {
    let backoff = |most: u32| 2u32.saturating_pow(s.failures.min(16)).clamp(2, most);
    if s.unsent > 0 {
        Some(backoff(30))
    } else if s.less_data || s.idle {
        None
    } else if s.failures > 0 {
        Some(backoff(120))
    } else {
        Some(300)
    }
}

/// Milliseconds until a round that is due after so many seconds: a little sooner by `chance` (from 0 to 1), so that a class whose
/// network comes back does not ask all at once, again and again.
#[must_use]
pub fn milliseconds(seconds: u32, chance: f64) -> u32 {
    seconds * (1_000 - (chance * 250.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_parts_devices_and_keeps_none_longer_than_was_promised() {
        assert_eq!([milliseconds(30, 0.0), milliseconds(30, 0.5), milliseconds(2, 0.999)], [30_000, 26_250, 1_502]);
    }

    #[test]
    fn what_waits_to_be_sent_is_tried_within_thirty_seconds_for_ever() {
        for failures in [0, 1, 5, 100, u32::MAX] {
            for (less_data, idle) in [(false, false), (true, true)] {
                let next = next_round(Situation { failures, unsent: 1, less_data, idle });
                assert!(next.is_some_and(|s| (2..=30).contains(&s)), "{failures} failures: {next:?}");
            }
        }
    }

    #[test]
    fn failures_slow_it_down() {
        let after = |failures| next_round(Situation { failures, ..Situation::default() });
        assert_eq!([after(0), after(1), after(3), after(20)], [Some(300), Some(2), Some(8), Some(120)]);
    }

    #[test]
    fn with_less_data_or_nobody_there_nothing_is_asked_unasked() {
        assert_eq!(next_round(Situation { less_data: true, ..Situation::default() }), None);
        assert_eq!(next_round(Situation { idle: true, failures: 3, ..Situation::default() }), None);
    }
}
