//! How slow guessing gets. Tries are counted in buckets that drain with time: a full one takes the next try when it has room again.
//! So nobody is locked out for good, and a restart forgets nothing.

use crate::{evidence::sha256_hex, web::address::network};
use std::net::IpAddr;

/// How long an address at which a learner has signed in is known, in milliseconds.
pub const KNOWN_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Takes `most` tries at once, and from then on one each `every_ms`.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// 64 hexadecimal digits: neither a reference nor an address can be read from it.
    pub key: String,
    pub most: i64,
    pub every_ms: i64,
}

/// What one try is counted under.
#[derive(Clone, Debug)]
pub struct Tries {
    /// Whoever is behind the address, for whichever account: a classroom mistypes a good deal.
    pub address: Bucket,
    /// The account from this address: whoever guesses makes the account slow for themselves.
    pub pair: Bucket,
    /// The account from anywhere, but from where its learner has signed in before: many addresses together guess no faster.
    pub account: Bucket,
    /// Under which it is remembered that the learner has signed in from this address.
    pub known: String,
}

/// What proves who somebody is. One kind's tries do not slow the other, so that a tutor's code lets a learner in whose passphrase
/// others guess at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Passphrase,
    Code,
}

impl Tries {
    /// For a reference as it was typed; whether anybody has it makes no difference.
    #[must_use]
    pub fn new(proof: Proof, reference: &str, address: IpAddr) -> Self {
        let (kind, who) = (format!("{proof:?}"), who(reference));
        let from = network(address).to_string();
        Self {
            address: Bucket { key: key("address", &[&from]), most: 240, every_ms: 3_000 },
            pair: Bucket { key: key("pair", &[&kind, &who, &from]), most: 10, every_ms: 60_000 },
            account: Bucket { key: key("account", &[&kind, &who]), most: 50, every_ms: 60_000 },
            known: key("known", &[&who, &from]),
        }
    }
}

/// A reference as an account is found by it.
fn who(reference: &str) -> String {
    reference.trim().to_lowercase()
}

fn key(kind: &str, parts: &[&str]) -> String {
    // A line feed is in none of the parts' ends: references are trimmed.
    sha256_hex(format!("{kind}\n{}", parts.join("\n")).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Proof, Tries};

    fn of(reference: &str, address: &str) -> Tries {
        Tries::new(Proof::Passphrase, reference, address.parse().unwrap())
    }

    #[test]
    fn however_a_reference_is_typed_its_tries_are_counted_together() {
        for typed in [" l1001", "L1001\n", "l1001"] {
            assert_eq!(of(typed, "192.0.2.1").account.key, of("L1001", "192.0.2.1").account.key, "{typed:?}");
        }
        assert_ne!(of("L1002", "192.0.2.1").account.key, of("L1001", "192.0.2.1").account.key);
    }

    #[test]
    fn a_household_of_ipv6_is_one_address_and_ipv4_is_the_same_in_both_forms() {
        let key = |address| of("L1001", address).pair.key;
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("192.0.2.1"), key("::ffff:192.0.2.1"));
    }

    #[test]
    fn a_code_has_tries_of_its_own_for_the_account_and_not_for_the_address() {
        let address = "192.0.2.1".parse().unwrap();
        let [one, other] = [Proof::Passphrase, Proof::Code].map(|proof| Tries::new(proof, "L1001", address));
        assert_ne!(one.pair.key, other.pair.key);
        assert_ne!(one.account.key, other.account.key);
        assert_eq!(one.address.key, other.address.key);
    }
}
