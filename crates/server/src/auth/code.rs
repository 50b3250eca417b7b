//! First-use codes: twelve symbols of Crockford's base32 in groups, 60 random bits.

use crate::evidence::sha256_hex;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How long a code can be used.
pub const DAYS: i64 = 14;

/// A new code, such as `7K3M-Q9XT-2B4D`.
#[must_use]
pub fn new() -> String {
    let bits: u64 = rand::random();
    let mut code = String::with_capacity(14);
    for i in 0..12 {
        if i > 0 && i % 4 == 0 {
            code.push('-');
        }
        code.push(SYMBOLS[(bits >> (i * 5) & 31) as usize] as char);
    }
    code
}

/// What the database keeps of a code: spaces, hyphens and case do not count, and O, I and L are read as 0, 1 and 1.
#[must_use]
pub fn sha256(typed: &str) -> String {
    let plain: String = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    sha256_hex(plain.as_bytes())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = super::new();
        assert_eq!(code.len(), 14);
        let typed = code.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        assert_eq!(super::sha256(&code), super::sha256(&typed));
        assert_ne!(super::sha256(&code), super::sha256(&super::new()));
    }
}
