//! What private requests are sealed for and read by. These keys are in a file of their own: neither the database nor a backup of it
//! holds them, so neither tells what a learner confided or was answered.

use crate::{evidence::sha256_hex, keys::P256};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, Payload},
};
use anyhow::{Context, ensure};
use contract::{
    ids::LearnerId,
    seal::{CONFIDENTIAL_INFO, PublicKey, SealedWords},
};
use data_encoding::BASE64URL_NOPAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256};
use sha2::Sha256;
use std::{fs, path::Path};

/// The file's first line.
const FORMAT: &str = "portal-confidential-key-1";

pub struct Confidential {
    /// The newest first; never empty.
    sealing: Vec<(PublicKey, <P256 as Kem>::PrivateKey)>,
    /// From which each learner's reading key is derived.
    root: Vec<u8>,
}

/// A new file's text.
#[must_use]
pub fn make() -> String {
    let (secret, _) = P256::gen_keypair();
    let root: [u8; 32] = rand::random();
    format!("{FORMAT}\nreading {}\nsealing {}\n", BASE64.encode(&root), BASE64.encode(&secret.to_bytes()))
}

/// The text with a new key to seal for; the old ones go on opening.
#[must_use]
pub fn renewed(text: &str) -> String {
    let (secret, _) = P256::gen_keypair();
    let at = text.find("\nsealing ").map_or(text.len(), |at| at + 1);
    format!("{}sealing {}\n{}", &text[..at], BASE64.encode(&secret.to_bytes()), &text[at..])
}

impl Confidential {
    /// # Errors
    /// The file cannot be read, or is not one that `keys confidential` wrote. Its content is never said.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("The confidential key file {} cannot be read.", path.display()))?;
        Self::parse(&text).with_context(|| {
            format!("{} is not a confidential key file. Make one with: portal-server keys confidential", path.display())
        })
    }

    /// # Errors
    /// It is not the text of such a file.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut lines = text.lines();
        ensure!(lines.next() == Some(FORMAT), "the first line is not `{FORMAT}`");
        let (mut root, mut sealing) = (None, Vec::new());
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let (name, value) = line.split_once(' ').context("a line without a name")?;
            let secret = BASE64.decode(value.trim().as_bytes()).context("a key that is not base64url")?;
            match name {
                "reading" => root = Some(secret),
                "sealing" => sealing.push(key(&secret)?),
                _ => {}
            }
        }
        let root = root.filter(|root| root.len() == 32).context("no `reading` key of 32 bytes")?;
        ensure!(!sealing.is_empty(), "no `sealing` key");
        Ok(Self { sealing, root })
    }

    /// The key that private requests are sealed for now.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.sealing[0].0.clone()
    }

    /// What a learner opens answers and their own words with: 32 bytes in base64url without padding, always the same.
    #[must_use]
    pub fn reading_key(&self, learner: &LearnerId) -> String {
        BASE64.encode(&self.reading(learner))
    }

    fn reading(&self, learner: &LearnerId) -> [u8; 32] {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.root).expect("HMAC takes a key of any length");
        mac.chain_update(format!("reading\n{learner}")).finalize().into_bytes().into()
    }

    /// What was sealed about the step `id`; nothing if it was not, or for another key.
    #[must_use]
    pub fn open(&self, words: &SealedWords, id: &str) -> Option<String> {
        let (_, secret) = self.sealing.iter().find(|(public, _)| public.id == words.key)?;
        let enc = <P256 as Kem>::EncappedKey::from_bytes(&BASE64.decode(words.enc.as_bytes()).ok()?).ok()?;
        let inside = hpke::single_shot_open::<AesGcm128, HkdfSha256, P256>(
            &OpModeR::Base,
            secret,
            &enc,
            CONFIDENTIAL_INFO.as_bytes(),
            &BASE64.decode(words.sealed.as_bytes()).ok()?,
            id.as_bytes(),
        );
        String::from_utf8(inside.ok()?).ok()
    }

    /// Seals an answer for staff, as a device seals what it sends. Nothing where there is no source of chance.
    #[must_use]
    pub fn seal(&self, text: &str, id: &str) -> Option<SealedWords> {
        let public = self.public();
        let to = <P256 as Kem>::PublicKey::from_bytes(&BASE64.decode(public.key.as_bytes()).ok()?).ok()?;
        let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
            &OpModeS::Base,
            &to,
            CONFIDENTIAL_INFO.as_bytes(),
            text.as_bytes(),
            id.as_bytes(),
        )
        .ok()?;
        Some(SealedWords { key: public.id, enc: BASE64.encode(&enc.to_bytes()), sealed: BASE64.encode(&sealed) })
    }

    /// Encrypts for the learner, as the app's `crypto.js` decrypts: AES-256-GCM, the nonce in front, `id` as additional data.
    #[must_use]
    pub fn lock(&self, learner: &LearnerId, text: &str, id: &str) -> Option<String> {
        let nonce: [u8; 12] = rand::random();
        let cipher = <Aes256Gcm as KeyInit>::new(&self.reading(learner).into());
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: text.as_bytes(), aad: id.as_bytes() }).ok()?;
        Some(BASE64.encode(&[&nonce[..], &sealed].concat()))
    }

    /// The text of what [`Self::lock`] gave, for its learner; nothing where it is of another learner or step, or not as it was.
    #[must_use]
    pub fn unlock(&self, learner: &LearnerId, locked: &str, id: &str) -> Option<String> {
        let bytes = BASE64.decode(locked.as_bytes()).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<12>()?;
        let cipher = <Aes256Gcm as KeyInit>::new(&self.reading(learner).into());
        let text = cipher.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: id.as_bytes() }).ok()?;
        String::from_utf8(text).ok()
    }
}

fn key(secret: &[u8]) -> anyhow::Result<(PublicKey, <P256 as Kem>::PrivateKey)> {
    let secret = <P256 as Kem>::PrivateKey::from_bytes(secret).ok().context("a `sealing` key that is none")?;
    let public = P256::sk_to_pk(&secret).to_bytes();
    Ok((PublicKey { id: sha256_hex(&public)[..16].into(), key: BASE64.encode(&public) }, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_step_alone_and_after_a_renewal() {
        let text = make();
        let old = Confidential::parse(&text).unwrap();
        let sealed = old.seal("words", "a").unwrap();
        let new = Confidential::parse(&renewed(&text)).unwrap();
        assert_ne!(old.public(), new.public());
        assert_eq!(old.reading_key(&"L1".into()), new.reading_key(&"L1".into()));
        assert_ne!(old.reading_key(&"L1".into()), new.reading_key(&"L2".into()));
        for keys in [&old, &new] {
            assert_eq!(keys.open(&sealed, "a").as_deref(), Some("words"));
            assert_eq!(keys.open(&sealed, "b"), None);
        }
        assert_eq!(old.open(&new.seal("words", "a").unwrap(), "a"), None);
        assert_eq!(Confidential::parse(&make()).unwrap().open(&sealed, "a"), None);
    }

    #[test]
    fn a_file_that_is_none_is_refused_without_saying_what_is_in_it() {
        let good = make();
        let no_reading: String =
            good.lines().filter(|line| !line.starts_with("reading")).map(|l| format!("{l}\n")).collect();
        for text in ["", "secret", &good[..good.len() - 9], &no_reading, FORMAT] {
            let said = format!("{:#}", Confidential::parse(text).err().unwrap());
            assert!(!said.contains("secret"), "{said}");
        }
    }
}
