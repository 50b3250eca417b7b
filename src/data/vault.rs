//! Rows about a person: encrypted with a key that this device alone does not have. A row's name tells nothing either.

use super::cache::{Cache, StorageFault, Task};
use crate::browser::crypto;
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
    /// Nothing where the browser has no source of chance.
    pub(super) fn of<'a>(cache: &'a Cache, who: &'a Who) -> Task<'a, Option<Self>> {
        Box::pin(async move {
            if let Some(key) = &who.device_key {
                return Some(Self(key.clone()));
            }
            let own = who.device == Device::Own;
            let kept = if own { cache.read::<String>(DEVICE_KEY).await.ok().flatten() } else { None };
            let key = kept.or_else(crypto::random_key)?;
            if own {
                let _ = cache.write(DEVICE_KEY, &key).await; // refused: then it lasts as long as the page
            }
            Some(Self(key))
        })
    }

    /// # Errors
    /// [`StorageFault`]: what was there before still is.
    pub async fn write<T: Wire>(&self, cache: &Cache, row: &str, value: &T) -> Result<(), StorageFault> {
        cache.ask("lock", &[&self.0, row, &to_json(value)]).await.map(drop)
    }

    /// What is kept in a row that this key opens.
    pub async fn read<T: Wire>(&self, cache: &Cache, row: &str) -> Option<T> {
        json::from_json(&cache.ask("unlock", &[&self.0, row]).await.ok()?.text()?).ok()
    }
}
