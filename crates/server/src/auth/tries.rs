//! How slow guessing gets. Nobody is locked out: a learner whose passphrase somebody guesses at waits a minute at most.

/// Tries for one reference that cost no waiting.
const FREE: i64 = 10;
const WAIT_MOST_MS: i64 = 60_000;
/// After so long without a try they are forgotten.
pub const FORGET_MS: i64 = 60 * 60 * 1000;

/// How long after the last try the next may come: one second after ten, then twice as long each, a minute at most.
#[must_use]
pub fn wait_ms(failed: i64) -> i64 {
    if failed < FREE { 0 } else { (1000 << (failed - FREE).min(6)).min(WAIT_MOST_MS) }
}

/// What tries are counted under: a reference as an account is found by it.
#[must_use]
pub fn who(reference: &str) -> String {
    reference.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::wait_ms;

    #[test]
    fn it_is_a_minute_at_most() {
        let waits: Vec<i64> = [0, 9, 10, 11, 15, 16, 17, i64::MAX].map(wait_ms).to_vec();
        assert_eq!(waits, [0, 0, 1000, 2000, 32_000, 60_000, 60_000, 60_000]);
    }
}
