//! The chain that makes an edit, a deletion or a reordering visible: each link's hash covers the link before it.

use sha2::{Digest, Sha256};

/// What stands where the first link has no link before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One row of the chain, without its own hash.
pub struct Link<'a> {
    /// 1 for the first, then one more each.
    pub sequence: i64,
    pub kind: &'a str,
    pub change_id: &'a str,
    /// Milliseconds since 1970, UTC.
    pub received_at: i64,
    /// The hash of the link before this one, or [`GENESIS`].
    pub previous: &'a str,
    pub payload: &'a str,
}

impl Link<'_> {
    /// SHA-256 of the fields in the order above, a line each, after a line that names the format.
    #[must_use]
    pub fn sha256(&self) -> String {
        let Link { sequence, kind, change_id, received_at, previous, payload } = self;
        sha256_hex(
            format!("portal-evidence-1\n{sequence}\n{kind}\n{change_id}\n{received_at}\n{previous}\n{payload}")
                .as_bytes(),
        )
    }
}

/// 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
