//! How long nobody has touched the page, by the clock: timers stand still while a laptop sleeps.

use chrono::{DateTime, Duration, Utc};

/// What a shared computer does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Here,
    /// It asks whether anybody is still there.
    Warn,
    /// It shows nothing more of whoever was.
    Lock,
}

const WARN: Duration = Duration::minutes(9);
pub const LOCK: Duration = Duration::minutes(10);

/// A clock that was set back since counts as time gone by: nobody knows how much.
#[must_use]
pub fn stage(touched: DateTime<Utc>, now: DateTime<Utc>) -> Stage {
    match (now - touched).abs() {
        idle if idle >= LOCK => Stage::Lock,
        idle if idle >= WARN => Stage::Warn,
        _ => Stage::Here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::at;

    #[test]
    fn at_nine_minutes_it_warns_and_at_ten_it_locks() {
        let touched = at("2026-11-23T12:00:00Z");
        for (now, expected) in [
            ("2026-11-23T12:00:00Z", Stage::Here),
            ("2026-11-23T12:08:59Z", Stage::Here),
            ("2026-11-23T12:09:00Z", Stage::Warn),
            ("2026-11-23T12:09:59Z", Stage::Warn),
            ("2026-11-23T12:10:00Z", Stage::Lock),
            ("2026-11-24T12:00:00Z", Stage::Lock),
            ("2026-11-23T11:59:59Z", Stage::Here),
            ("2026-11-23T11:00:00Z", Stage::Lock),
        ] {
            assert_eq!(stage(touched, at(now)), expected, "{now}");
        }
    }
}
