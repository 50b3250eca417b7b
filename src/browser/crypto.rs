//! Sealing for the server, and encryption of what is kept on this device; crypto.js does the work.

use super::Task;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/crypto.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = seal)]
    async fn seal_in_js(key: &str, info: &str, about: &str, text: &JsValue, pair: &JsValue)
    -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn deflate(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = encrypt)]
    async fn encrypt_in_js(key: &str, about: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = decrypt)]
    async fn decrypt_in_js(key: &str, about: &str, ciphertext: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = randomKey)]
    fn random_key_in_js() -> Result<String, JsValue>;
}

/// The ephemeral key of a seal is made anew, as it must be but for tests.
pub const BY_CHANCE: JsValue = JsValue::UNDEFINED;

/// The browser does no cryptography here (a page without https), or a key or a ciphertext is not the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CryptoFault;

/// HPKE's encapsulated key and the ciphertext, both in base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub enc: String,
    pub sealed: String,
}

/// A text's bytes deflated (RFC 1951), to be sealed; nothing where the browser does not do it.
pub async fn deflated(text: &str) -> Option<JsValue> {
    deflate(text).await.ok().filter(|bytes| !bytes.is_undefined())
}

/// Seals a text, or what [`deflated`] gave, for the holder of a key of P-256 (65 bytes in base64url without padding): HPKE base mode, as `contract::seal` has it.
/// `about` is the additional data. `pair`: [`BY_CHANCE`], but in tests an ephemeral `CryptoKeyPair`.
///
/// # Errors
/// [`CryptoFault`].
pub fn seal<'a>(
    key: &'a str,
    info: &'a str,
    about: &'a str,
    text: &'a JsValue,
    pair: &'a JsValue,
) -> Task<'a, Result<Sealed, CryptoFault>> {
    Box::pin(async move {
        let sealed = seal_in_js(key, info, about, text, pair).await.map_err(|_| CryptoFault)?.as_string();
        let (enc, sealed) = sealed.as_deref().and_then(|text| text.split_once('.')).ok_or(CryptoFault)?;
        Ok(Sealed { enc: enc.into(), sealed: sealed.into() })
    })
}

/// AES-256-GCM with a key of 32 bytes: the nonce and the ciphertext, in base64url without padding. Only the same `about` decrypts it.
///
/// # Errors
/// [`CryptoFault`].
pub fn encrypt<'a>(key: &'a str, about: &'a str, text: &'a str) -> Task<'a, Result<String, CryptoFault>> {
    Box::pin(
        async move { encrypt_in_js(key, about, text).await.ok().and_then(|text| text.as_string()).ok_or(CryptoFault) },
    )
}

/// The text of what [`encrypt`] gave.
///
/// # Errors
/// [`CryptoFault`]: another key, another `about`, or not as it was.
pub fn decrypt<'a>(key: &'a str, about: &'a str, ciphertext: &'a str) -> Task<'a, Result<String, CryptoFault>> {
    Box::pin(async move {
        decrypt_in_js(key, about, ciphertext).await.ok().and_then(|text| text.as_string()).ok_or(CryptoFault)
    })
}

/// 32 random bytes in base64url without padding; nothing where the browser has no source of chance.
#[must_use]
pub fn random_key() -> Option<String> {
    random_key_in_js().ok()
}
