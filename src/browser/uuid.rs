//! Chance: identifiers, and how long to wait.

use super::{property, window};
use wasm_bindgen::JsCast;

/// A random UUID (version 4), in lower case with hyphens. Nothing where the browser has no source of chance.
#[must_use]
pub fn random() -> Option<String> {
    let crypto = window()?.crypto().ok()?;
    // Older browsers lack it, as does every browser on a page without https.
    if property(&crypto, "randomUUID").is_some_and(|function| function.is_function()) {
        return Some(crypto.unchecked_into::<web_sys::Crypto>().random_uuid());
    }
    let mut bytes = [0u8; 16];
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(format(bytes))
}

/// From 0 to just below 1; not for secrets.
#[must_use]
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// RFC 9562, section 5.4: version and variant set, in groups of 8, 4, 4, 4 and 12 digits.
fn format(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = super::hash::hex(&bytes);
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_variant_are_set_whatever_the_bytes() {
        assert_eq!(format([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(format([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
