//! What the server opens, signs and derives by. The keys are in the database, so that every process on it has the same ones, and a
//! backup holds them too.

use crate::{
    confidential::Confidential,
    db::{self, Db, KeyKind, KeyRow},
    evidence::sha256_hex,
    inflate,
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    change::CHANGE_BYTES_MAX,
    ids::LearnerId,
    receipt::{Receipt, Signature, signed_text},
    seal::{DEFLATED_INFO, ENVELOPE_INFO, Envelope, PublicKey},
};
use data_encoding::BASE64URL_NOPAD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use hpke::{Deserializable, Kem, OpModeR, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256};
use sha2::Sha256;
use std::sync::{Arc, PoisonError, RwLock};

pub(crate) type P256 = DhP256HkdfSha256;

/// Bytes of an upload token's mark of authenticity.
const MARK: usize = 16;
/// The longest that can be inside an envelope, in bytes: a change, its token and a line feed.
const INSIDE_MAX: usize = CHANGE_BYTES_MAX + 1_024;

pub struct Keys {
    root: Vec<u8>,
    /// The newest first; never empty.
    sealing: Vec<(PublicKey, <P256 as Kem>::PrivateKey)>,
    /// The newest first; never empty.
    receipt: Vec<(PublicKey, SigningKey)>,
    confidential: Option<Arc<Confidential>>,
}

/// The keys as they were last read.
pub struct KeyRing(RwLock<(DateTime<Utc>, Arc<Keys>)>);

impl KeyRing {
    #[must_use]
    pub fn new(keys: Keys, now: DateTime<Utc>) -> Self {
        Self(RwLock::new((now, Arc::new(keys))))
    }

    /// Nothing if they were read more than a minute ago.
    #[must_use]
    pub fn recent(&self, now: DateTime<Utc>) -> Option<Arc<Keys>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ((now - kept.0).abs() < Duration::minutes(1)).then(|| kept.1.clone())
    }

    pub fn put(&self, keys: Keys, now: DateTime<Utc>) -> Arc<Keys> {
        let keys = Arc::new(keys);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (now, keys.clone());
        keys
    }
}

/// What was in an envelope.
#[derive(Debug, PartialEq, Eq)]
pub struct Opened {
    pub learner: LearnerId,
    /// When the upload token was given.
    pub token_given: DateTime<Utc>,
    /// The change's exact bytes.
    pub change: String,
}

/// Why an envelope cannot be opened.
#[derive(Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is sealed for a key that is not here.
    OtherKey,
    /// It is not what was sealed, or was not sealed for its id.
    Damaged,
    /// What is inside was not given by this server.
    NoToken,
}

impl Keys {
    /// Reads the keys, and makes those that are not there yet.
    ///
    /// # Errors
    /// As the database says; `Corrupt` for a key that is none.
    pub async fn load(db: &dyn Db) -> db::Result<Self> {
        let mut rows = db.keys().await?;
        for kind in [KeyKind::Root, KeyKind::Sealing, KeyKind::Receipt] {
            if !rows.iter().any(|row| row.kind == kind) {
                // Another process may have been quicker: then its key is ours.
                db.add_first_key(&make(kind, Utc::now())).await?;
                rows = db.keys().await?;
            }
        }
        Self::read(&rows).ok_or_else(|| db::DbError::Corrupt("a server key that cannot be read".into()))
    }

    fn read(rows: &[KeyRow]) -> Option<Self> {
        let secrets = |kind| {
            rows.iter().filter(move |row| row.kind == kind).map(|row| {
                let secret = BASE64.decode(row.secret.as_bytes()).ok()?;
                Some((PublicKey { id: row.id.clone(), key: row.public.clone() }, secret))
            })
        };
        let sealing = secrets(KeyKind::Sealing).map(|key| {
            let (public, secret) = key?;
            Some((public, <P256 as Kem>::PrivateKey::from_bytes(&secret).ok()?))
        });
        let receipt = secrets(KeyKind::Receipt).map(|key| {
            let (public, secret) = key?;
            Some((public, SigningKey::from_bytes(secret.as_slice().try_into().ok()?)))
        });
        let (_, root) = secrets(KeyKind::Root).next()??;
        let keys = Self {
            root,
            sealing: sealing.collect::<Option<_>>()?,
            receipt: receipt.collect::<Option<_>>()?,
            confidential: None,
        };
        (!keys.sealing.is_empty() && !keys.receipt.is_empty()).then_some(keys)
    }

    /// The same, with those from a file outside the database.
    #[must_use]
    pub fn with(self, confidential: Option<Arc<Confidential>>) -> Self {
        Self { confidential, ..self }
    }

    /// Nothing where the provider takes no private requests.
    #[must_use]
    pub fn confidential(&self) -> Option<&Confidential> {
        self.confidential.as_deref()
    }

    /// The key that is sealed for now.
    #[must_use]
    pub fn sealing(&self) -> PublicKey {
        self.sealing[0].0.clone()
    }

    /// The keys that receipts are and were signed with, the newest first.
    #[must_use]
    pub fn receipt_keys(&self) -> Vec<PublicKey> {
        self.receipt.iter().map(|(public, _)| public.clone()).collect()
    }

    #[must_use]
    pub fn knows(&self, sealing_key: &str) -> bool {
        self.sealing.iter().any(|(public, _)| public.id == sealing_key)
    }

    /// Opens an envelope.
    ///
    /// # Errors
    /// [`Closed`].
    pub fn open(&self, envelope: &Envelope) -> Result<Opened, Closed> {
        let (_, secret) = self.sealing.iter().find(|(public, _)| public.id == envelope.key).ok_or(Closed::OtherKey)?;
        let bytes = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| Closed::Damaged);
        let enc = <P256 as Kem>::EncappedKey::from_bytes(&bytes(&envelope.enc)?).map_err(|_| Closed::Damaged)?;
        let inside = hpke::single_shot_open::<AesGcm128, HkdfSha256, P256>(
            &OpModeR::Base,
            secret,
            &enc,
            if envelope.deflated { DEFLATED_INFO } else { ENVELOPE_INFO }.as_bytes(),
            &bytes(&envelope.sealed)?,
            envelope.id.as_str().as_bytes(),
        )
        .map_err(|_| Closed::Damaged)?;
        let inside =
            if envelope.deflated { inflate::raw(&inside, INSIDE_MAX).map_err(|_| Closed::Damaged)? } else { inside };
        let inside = String::from_utf8(inside).map_err(|_| Closed::Damaged)?;
        let (token, change) = inside.split_once('\n').ok_or(Closed::Damaged)?;
        let (learner, token_given) = self.read_token(token).ok_or(Closed::NoToken)?;
        Ok(Opened { learner, token_given, change: change.into() })
    }

    /// A token that says whose an envelope is, and lets it in. Nothing of it is stored.
    #[must_use]
    pub fn upload_token(&self, learner: &LearnerId, now: DateTime<Utc>) -> String {
        let given = now.timestamp_millis();
        let mark = self.upload_mac(learner.as_str(), given).finalize().into_bytes();
        format!("{}.{given}.{learner}", BASE64.encode(&mark[..MARK]))
    }

    fn read_token(&self, token: &str) -> Option<(LearnerId, DateTime<Utc>)> {
        let mut parts = token.splitn(3, '.');
        let (mark, given, learner) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let mark = BASE64.decode(mark.as_bytes()).ok().filter(|mark| mark.len() == MARK)?;
        self.upload_mac(learner, given).verify_truncated_left(&mark).ok()?;
        Some((learner.into(), DateTime::from_timestamp_millis(given)?))
    }

    fn upload_mac(&self, learner: &str, given: i64) -> Hmac<Sha256> {
        self.mac(&format!("upload\n{given}\n{learner}"))
    }

    /// What the app encrypts with on a learner's devices: 32 bytes in base64url without padding, always the same.
    #[must_use]
    pub fn device_key(&self, learner: &LearnerId) -> String {
        BASE64.encode(&self.mac(&format!("device\n{learner}")).finalize().into_bytes())
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.root).expect("HMAC takes a key of any length");
        mac.chain_update(text)
    }

    /// Puts the server's signature on a receipt.
    #[must_use]
    pub fn sign(&self, receipt: Receipt) -> Receipt {
        let (public, key) = &self.receipt[0];
        let text = signed_text(&receipt.code, &receipt.sha256, receipt.received_at);
        let signature = BASE64.encode(&key.sign(text.as_bytes()).to_bytes());
        Receipt { signature: Some(Signature { key: public.id.clone(), signature }), ..receipt }
    }
}

/// A new key.
#[must_use]
pub fn make(kind: KeyKind, made: DateTime<Utc>) -> KeyRow {
    let (secret, public) = match kind {
        KeyKind::Root => (rand::random::<[u8; 32]>().to_vec(), Vec::new()),
        KeyKind::Sealing => {
            let (secret, public) = P256::gen_keypair();
            (secret.to_bytes().to_vec(), public.to_bytes().to_vec())
        }
        KeyKind::Receipt => {
            let key = SigningKey::from_bytes(&rand::random());
            (key.to_bytes().to_vec(), key.verifying_key().to_bytes().to_vec())
        }
    };
    let named = if public.is_empty() { rand::random::<[u8; 32]>().to_vec() } else { public.clone() };
    KeyRow {
        id: sha256_hex(&named)[..16].into(),
        kind,
        made,
        secret: BASE64.encode(&secret),
        public: BASE64.encode(&public),
    }
}

#[cfg(test)]
mod tests;
