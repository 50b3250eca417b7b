//! What strangers have deflated, and no more of it than is wanted.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not deflated, or cut short.
    Damaged,
    /// There would be more.
    TooLong,
}

/// RFC 1951, without a header. `most`: bytes.
///
/// # Errors
/// [`Fault`].
pub fn raw(deflated: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    read(DeflateDecoder::new(deflated), most)
}

/// RFC 1950, as `Content-Encoding: deflate` has it. `most`: bytes.
///
/// # Errors
/// [`Fault`].
pub fn zlib(deflated: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    read(ZlibDecoder::new(deflated), most)
}

fn read(inflating: impl Read, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    inflating.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|_| Fault::Damaged)?;
    if bytes.len() > most { Err(Fault::TooLong) } else { Ok(bytes) }
}
