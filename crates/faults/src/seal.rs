//! Sealing a change for the server, as RFC 9180 has it; written from the contract's words alone.

use crate::book::{Signed, sha256};
use contract::{
    auth::Who,
    ids::ChangeId,
    json::to_json,
    seal::{ENVELOPE_INFO, Envelope, PublicKey},
};
use data_encoding::BASE64URL_NOPAD;
use hpke::{Deserializable, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256};

/// What a learner's app seals with.
#[derive(Clone, Debug)]
pub struct Keys {
    sealing: PublicKey,
    upload_token: String,
}

impl Keys {
    /// From the answer to signing in; nothing from a server that opens no envelopes.
    #[must_use]
    pub fn of(who: Who) -> Option<Self> {
        Some(Self { sealing: who.sealing?, upload_token: who.upload_token? })
    }
}

/// The envelope's JSON, and the fingerprint that its acknowledgement has to have. Nothing if the server's key is none.
#[must_use]
pub fn envelope(keys: &Keys, signed: &Signed) -> Option<(String, String)> {
    type Key = <DhP256HkdfSha256 as hpke::Kem>::PublicKey;
    let key = BASE64URL_NOPAD.decode(keys.sealing.key.as_bytes()).ok()?;
    let key = Key::from_bytes(&key).ok()?;
    let inside = format!("{}\n{}", keys.upload_token, signed.bytes);
    let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
        &OpModeS::Base,
        &key,
        ENVELOPE_INFO.as_bytes(),
        inside.as_bytes(),
        signed.id.as_bytes(),
    )
    .ok()?;
    let sealed = BASE64URL_NOPAD.encode(&sealed);
    let sha256 = sha256(sealed.as_bytes());
    let enc = BASE64URL_NOPAD.encode(&enc.to_bytes());
    let envelope = Envelope { id: ChangeId(signed.id.clone()), key: keys.sealing.id.clone(), enc, sealed };
    Some((to_json(&envelope), sha256))
}
