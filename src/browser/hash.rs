//! SHA-256, by the browser (WebCrypto).

use super::{Task, describe, element, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The largest file that is fingerprinted, in bytes: WebCrypto wants all of it in memory at once.
pub const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HashFault {
    /// The file has this many bytes, more than [`FILE_BYTES_MAX`].
    TooLarge(u64),
    /// It could not be read: moved, deleted, or too much for the memory. The browser's own words.
    Unreadable(String),
    /// The browser does no cryptography here: the page did not come by https.
    Unavailable,
}

/// 64 lower-case hexadecimal digits.
///
/// # Errors
/// [`HashFault::Unavailable`].
pub fn sha256_hex<'a>(bytes: &'a [u8]) -> Task<'a, Result<String, HashFault>> {
    Box::pin(async move { digest(&js_sys::Uint8Array::from(bytes)).await })
}

/// A file that the learner chose. It stays on the device.
#[derive(Clone, Debug)]
pub struct LocalFile(web_sys::File);

impl LocalFile {
    /// The files chosen in `<input type="file">` with this id.
    #[must_use]
    pub fn chosen_in(input: &str) -> Vec<Self> {
        let files = element::<web_sys::HtmlInputElement>(input).and_then(|input| input.files());
        files.map_or_else(Vec::new, |files| (0..files.length()).filter_map(|i| files.get(i)).map(Self).collect())
    }

    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// Its contents as text; nothing where it cannot be read.
    pub async fn text(&self) -> Option<String> {
        JsFuture::from(self.0.text()).await.ok()?.as_string()
    }

    /// The fingerprint of its contents as they are now: 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`HashFault`].
    pub async fn sha256_hex(&self) -> Result<String, HashFault> {
        if self.size() > FILE_BYTES_MAX {
            return Err(HashFault::TooLarge(self.size()));
        }
        let contents = JsFuture::from(self.0.array_buffer()).await.map_err(|error| {
            let (name, message) = describe(&error);
            HashFault::Unreadable(format!("{name}: {message}"))
        })?;
        digest(contents.unchecked_ref()).await
    }
}

impl From<web_sys::File> for LocalFile {
    fn from(file: web_sys::File) -> Self {
        Self(file)
    }
}

async fn digest(contents: &js_sys::Object) -> Result<String, HashFault> {
    let unavailable = |_: JsValue| HashFault::Unavailable;
    let crypto = window().ok_or(HashFault::Unavailable)?.crypto().map_err(unavailable)?;
    let promise = crypto.subtle().digest_with_str_and_buffer_source("SHA-256", contents).map_err(unavailable)?;
    let digest = JsFuture::from(promise).await.map_err(unavailable)?;
    Ok(hex(&js_sys::Uint8Array::new(&digest).to_vec()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}
