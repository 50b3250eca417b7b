//! Sealing a change for the server, as RFC 9180 has it; written from the contract's words alone.

use crate::book::{Signed, sha256};
use contract::{
    auth::Who,
    ids::ChangeId,
    json::to_json,
    seal::{DEFLATED_INFO, ENVELOPE_INFO, Envelope, PublicKey},
};
use data_encoding::BASE64URL_NOPAD;
use flate2::{Compression, write::DeflateEncoder};
use hpke::{Deserializable, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256};
use std::io::Write;

/// What a learner's app seals with.
#[derive(Clone, Debug)]
pub struct Keys {
    sealing: PublicKey,
    upload_token: String,
    inflates: bool,
}

impl Keys {
    /// From the answer to signing in; nothing from a server that opens no envelopes.
    #[must_use]
    pub fn of(who: Who) -> Option<Self> {
        Some(Self { sealing: who.sealing?, upload_token: who.upload_token?, inflates: who.inflates })
    }
}

/// The envelope's JSON, and the fingerprint that its acknowledgement has to have. Nothing if the server's key is none. Half of them are
/// deflated, as some browsers do it and some do not.
#[must_use]
pub fn envelope(keys: &Keys, signed: &Signed) -> Option<(String, String)> {
    type Key = <DhP256HkdfSha256 as hpke::Kem>::PublicKey;
    let key = BASE64URL_NOPAD.decode(keys.sealing.key.as_bytes()).ok()?;
    let key = Key::from_bytes(&key).ok()?;
    let inside = format!("{}\n{}", keys.upload_token, signed.bytes);
    let deflated = keys.inflates && signed.id.as_bytes().last()?.is_multiple_of(2);
    let inside = if deflated { deflate(inside.as_bytes())? } else { inside.into_bytes() };
    let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
        &OpModeS::Base,
        &key,
        if deflated { DEFLATED_INFO } else { ENVELOPE_INFO }.as_bytes(),
        &inside,
        signed.id.as_bytes(),
    )
    .ok()?;
    let sealed = BASE64URL_NOPAD.encode(&sealed);
    let sha256 = sha256(sealed.as_bytes());
    let enc = BASE64URL_NOPAD.encode(&enc.to_bytes());
    let envelope = Envelope { id: ChangeId(signed.id.clone()), key: keys.sealing.id.clone(), enc, sealed, deflated };
    Some((to_json(&envelope), sha256))
}

fn deflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut deflating = DeflateEncoder::new(Vec::new(), Compression::default());
    deflating.write_all(bytes).ok()?;
    deflating.finish().ok()
}
