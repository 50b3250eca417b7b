//! Rows about a person: encrypted with a key that this device alone does not have. A row's name tells nothing either.
//!
//! A row is the day on which it was written (days since 1970, so that what nobody can read any more can be cleared away), a full
//! stop, and the ciphertext of its JSON for that very name.

use super::cache::{Cache, StorageFault, from_json};
use crate::browser::{clock, crypto, hash};
use contract::{
    auth::{Device, Who},
    json::{Wire, to_json},
};

/// 32 bytes in base64url without padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

/// A key of this device's own, where a learner's own device has had none from the server yet.
pub(super) const DEVICE_KEY: &str = "device.key";

impl Key {
    #[must_use]
    pub fn new(key: String) -> Self {
        Self(key)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key that the server gave with who is signed in; where it gives none, one made here, kept on an own device alone.
    /// Nothing where the browser has no cryptography.
    pub(super) async fn of(cache: &Cache, who: &Who) -> Option<Self> {
        if let Some(key) = &who.device_key {
            return Some(Self(key.clone()));
        }
        let kept = if who.device == Device::Own { cache.read::<String>(DEVICE_KEY).await.ok().flatten() } else { None };
        let key = kept.or_else(crypto::random_key)?;
        if who.device == Device::Own {
            let _ = cache.write(DEVICE_KEY, &key).await;
        }
        Some(Self(key))
    }

    /// The name of the row about something: the same each time, and telling nothing without the key.
    pub(super) async fn row(&self, prefix: &str, about: &str) -> Result<String, StorageFault> {
        let name = format!("{}.{about}", self.0);
        let digest = hash::sha256_hex(name.as_bytes()).await.map_err(|_| StorageFault::Unavailable)?;
        Ok(format!("{prefix}{}", &digest[..32]))
    }

    /// A row's text.
    pub(super) async fn lock<T: Wire>(&self, row: &str, value: &T) -> Result<String, StorageFault> {
        let sealed = crypto::encrypt(&self.0, row, &to_json(value)).await.map_err(|_| StorageFault::Unavailable)?;
        Ok(format!("{}.{sealed}", today()))
    }

    /// What a row says; nothing for a row of another key.
    pub(super) async fn unlock<T: Wire>(&self, row: &str, text: &str) -> Option<T> {
        let (_, sealed) = text.split_once('.')?;
        from_json(row, &crypto::decrypt(&self.0, row, sealed).await.ok()?).ok()
    }

    /// # Errors
    /// [`StorageFault`]: what was there before still is.
    pub async fn write<T: Wire>(&self, cache: &Cache, row: &str, value: &T) -> Result<(), StorageFault> {
        let text = self.lock(row, value).await?;
        cache.put(row, text).await
    }

    /// What is kept in a row that this key opens.
    pub async fn read<T: Wire>(&self, cache: &Cache, row: &str) -> Option<T> {
        let text = cache.get(row).await.ok()??;
        self.unlock(row, &text).await
    }

    /// Writes the rows of this key that start so anew, for another key.
    pub(super) async fn hand_over<T: Wire>(&self, cache: &Cache, prefix: &str, next: &Key) {
        for (row, text) in cache.rows(prefix).await.unwrap_or_default() {
            if let Some(value) = self.unlock::<T>(&row, &text).await {
                let _ = next.write(cache, &row, &value).await;
            }
        }
    }
}

/// Whether a row was written so many days ago or longer.
pub(super) fn is_older(text: &str, days: i64) -> bool {
    text.split_once('.').and_then(|(day, _)| day.parse::<i64>().ok()).is_some_and(|day| today() - day >= days)
}

fn today() -> i64 {
    clock::now().timestamp().div_euclid(86_400)
}
