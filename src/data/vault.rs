//! Rows about a person: encrypted with a key that this device alone does not have. A row's name tells nothing either.
//!
//! A row is the day on which it was written (days since 1970, so that what nobody can read any more can be cleared away), a full
//! stop, and the ciphertext of its JSON for that very name.

use super::cache::{Cache, StorageFault};
use crate::browser::{Task, clock, crypto, hash};
use contract::{
    auth::{Device, Who},
    json::{self, Wire, to_json},
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
    pub(super) fn of<'a>(cache: &'a Cache, who: &'a Who) -> Task<'a, Option<Self>> {
        Box::pin(async move {
            if let Some(key) = &who.device_key {
                return Some(Self(key.clone()));
            }
            let kept =
                if who.device == Device::Own { cache.read::<String>(DEVICE_KEY).await.ok().flatten() } else { None };
            let key = kept.or_else(crypto::random_key)?;
            if who.device == Device::Own {
                let _ = cache.write(DEVICE_KEY, &key).await;
            }
            Some(Self(key))
        })
    }

    /// The name of the row about something: the same each time, and telling nothing without the key.
    pub(super) fn row<'a>(&'a self, prefix: &'a str, about: &'a str) -> Task<'a, Result<String, StorageFault>> {
        Box::pin(async move {
            let name = format!("{}.{about}", self.0);
            let digest = hash::sha256_hex(name.as_bytes()).await.map_err(|_| StorageFault::Unavailable)?;
            Ok(format!("{prefix}{}", &digest[..32]))
        })
    }

    /// A row's text, of its JSON.
    pub(super) fn lock<'a>(&'a self, row: &'a str, json: String) -> Task<'a, Result<String, StorageFault>> {
        Box::pin(async move {
            let sealed = crypto::encrypt(&self.0, row, &json).await.map_err(|_| StorageFault::Unavailable)?;
            Ok(format!("{}.{sealed}", today()))
        })
    }

    /// The JSON of a row; nothing for a row of another key.
    pub(super) fn unlock<'a>(&'a self, row: &'a str, text: &'a str) -> Task<'a, Option<String>> {
        Box::pin(async move { crypto::decrypt(&self.0, row, text.split_once('.')?.1).await.ok() })
    }

    /// # Errors
    /// [`StorageFault`]: what was there before still is.
    pub fn write<'a, T: Wire>(
        &'a self,
        cache: &'a Cache,
        row: &'a str,
        value: &T,
    ) -> Task<'a, Result<(), StorageFault>> {
        self.put(cache, row, to_json(value))
    }

    /// What is kept in a row that this key opens.
    pub async fn read<T: Wire>(&self, cache: &Cache, row: &str) -> Option<T> {
        json::from_json(&self.get(cache, row).await?).ok()
    }

    fn put<'a>(&'a self, cache: &'a Cache, row: &'a str, json: String) -> Task<'a, Result<(), StorageFault>> {
        Box::pin(async move { cache.put(row, self.lock(row, json).await?).await })
    }

    fn get<'a>(&'a self, cache: &'a Cache, row: &'a str) -> Task<'a, Option<String>> {
        Box::pin(async move { self.unlock(row, &cache.get(row).await.ok()??).await })
    }

    /// Writes the rows of this key that start so anew, for another key.
    pub(super) fn hand_over<'a>(&'a self, cache: &'a Cache, prefix: &'a str, next: &'a Key) -> Task<'a, ()> {
        Box::pin(async move {
            for (row, text) in cache.rows(prefix).await.unwrap_or_default() {
                if let Some(json) = self.unlock(&row, &text).await {
                    let _ = next.put(cache, &row, json).await;
                }
            }
        })
    }
}

/// Whether a row was written so many days ago or longer.
pub(super) fn is_older(text: &str, days: i64) -> bool {
    text.split_once('.').and_then(|(day, _)| day.parse::<i64>().ok()).is_some_and(|day| today() - day >= days)
}

fn today() -> i64 {
    clock::now().timestamp().div_euclid(86_400)
}
