//! What a learner holds after a declaration has arrived, and what anyone can check by its code.

use crate::ids::{AssignmentId, ChangeId};
use chrono::{DateTime, Utc};

wire! {
    pub struct Receipt {
        pub change: ChangeId,
        /// Eight symbols and a check symbol, as in `7K3M-Q9XT-V`: made to be read over the telephone.
        pub code: String,
        pub assignment: AssignmentId,
        pub assignment_title: String,
        pub attempt: u32,
        pub received_at: DateTime<Utc>,
        /// SHA-256 of the change's exact bytes, 64 lower-case hexadecimal digits.
        pub sha256: String,
        /// When the learner signed, by the device's clock.
        pub device_time: DateTime<Utc>,
        /// Whether it arrived after the deadline, the extension counted. A fact, not a decision.
        pub late: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub signature: Option<Signature>,
        /// When the learner's withdrawal arrived.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub withdrawn_at: Option<DateTime<Utc>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub countersigned: Option<Countersigned>,
    }

    /// The server's Ed25519 signature over [`signed_text`].
    pub struct Signature {
        /// The id of the key, as `GET /api/v1/meta` lists it.
        pub key: String,
        /// 64 bytes in base64url without padding.
        pub signature: String,
    }

    /// An assessor has confirmed the same points, to the best of their knowledge.
    pub struct Countersigned {
        /// The assessor's name.
        pub by: String,
        pub at: DateTime<Utc>,
    }

    /// `GET /api/v1/receipts/{code}`: that such a declaration exists. No name.
    pub struct ReceiptCheck {
        pub code: String,
        pub assignment_title: String,
        pub received_at: DateTime<Utc>,
        pub sha256: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub signature: Option<Signature>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub withdrawn_at: Option<DateTime<Utc>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub countersigned_at: Option<DateTime<Utc>>,
    }
}

/// What a receipt's signature is over: the format, the code, the fingerprint of the change and the milliseconds since 1970 (UTC) of
/// its arrival, a line each.
#[must_use]
pub fn signed_text(code: &str, sha256: &str, received_at: DateTime<Utc>) -> String {
    format!("portal-receipt-1\n{code}\n{sha256}\n{}", received_at.timestamp_millis())
}

/// Crockford's base32: no I, L, O or U, so that it survives a telephone. The last five are for the check symbol alone.
const SYMBOLS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/// A receipt code from 40 random bits: eight symbols and Crockford's check symbol (modulo 37), in groups.
#[must_use]
pub fn format_code(bits: u64) -> String {
    let bits = bits & 0xff_ffff_ffff;
    let mut code = String::with_capacity(11);
    for i in (0..8).rev() {
        code.push(SYMBOLS[(bits >> (i * 5) & 31) as usize] as char);
        if i == 4 || i == 0 {
            code.push('-');
        }
    }
    code.push(SYMBOLS[(bits % 37) as usize] as char);
    code
}

/// The code of these bits if all of it can be said over a telephone: not if its check symbol would be one of `*~$=U`, which is
/// so for five in 37.
#[must_use]
pub fn sayable_code(bits: u64) -> Option<String> {
    ((bits & 0xff_ffff_ffff) % 37 < 32).then(|| format_code(bits))
}

/// What someone typed as a receipt code, in its written form; nothing if the check symbol does not fit. Case, spaces and
/// hyphens do not count, and O, I and L are read as 0, 1 and 1.
#[must_use]
pub fn parse_code(typed: &str) -> Option<String> {
    let mut symbols = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let mut bits = 0u64;
    for _ in 0..8 {
        let symbol = symbols.next()?;
        let value = SYMBOLS[..32].iter().position(|s| *s as char == symbol)?;
        bits = bits << 5 | value as u64;
    }
    let check = symbols.next()?;
    (symbols.next().is_none() && SYMBOLS[(bits % 37) as usize] as char == check).then(|| format_code(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spread over all 40 bits.
    fn samples() -> impl Iterator<Item = u64> {
        (0..2_000u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24)
    }

    #[test]
    fn a_code_is_read_however_it_is_said_or_typed() {
        let code = format_code(0x12_3456_789a);
        assert_eq!(code, "28T5-CY4T-Y");
        for typed in ["28t5cy4ty", " 28T5 CY4T Y ", "28T5-CY4T-Y"] {
            assert_eq!(parse_code(typed).as_deref(), Some("28T5-CY4T-Y"), "{typed}");
        }
        let confusing = format_code(0x10_0020);
        assert_eq!(parse_code(&confusing.replace('0', "o").replace('1', "l")), Some(confusing));
    }

    #[test]
    fn a_wrong_symbol_and_two_swapped_ones_are_noticed() {
        for code in samples().filter_map(sayable_code).take(200) {
            let symbols: Vec<char> = code.chars().filter(|c| *c != '-').collect();
            for at in 0..symbols.len() {
                let mut wrong = symbols.clone();
                wrong[at] = if wrong[at] == '7' { '8' } else { '7' };
                assert_eq!(parse_code(&wrong.iter().collect::<String>()), None, "{code} at {at}");
                if at > 0 && symbols[at] != symbols[at - 1] {
                    let mut swapped = symbols.clone();
                    swapped.swap(at, at - 1);
                    assert_eq!(parse_code(&swapped.iter().collect::<String>()), None, "{code} swapped at {at}");
                }
            }
        }
    }

    #[test]
    fn a_code_that_is_given_out_has_letters_and_digits_alone() {
        for code in samples().filter_map(sayable_code) {
            assert!(code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{code}");
            assert!(!code.contains(['I', 'L', 'O', 'U']), "{code}");
        }
    }

    #[test]
    fn what_is_no_code_is_nothing() {
        for typed in ["", "28T5-CY4T", "28T5-CY4T-Y9", "28T5-CY4T-é", "UUUU-UUUU-U"] {
            assert_eq!(parse_code(typed), None, "{typed}");
        }
    }
}
