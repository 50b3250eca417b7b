//! What this device keeps: text by key, in IndexedDB, or in memory where the browser keeps nothing. What is about a person comes
//! here through `vault`.

use crate::browser::{
    Task,
    idb::{Database, Mode, Store},
};
use contract::json::{self, Wire};
use send_wrapper::SendWrapper;
use std::{cell::RefCell, sync::Arc};

pub use crate::browser::idb::StorageFault;

/// The device's own number and its count of changes; see `outbox`. Outlives every learner.
pub(super) const CLIENT: &str = "client";
/// What is kept under keys that start so is about the device, not a person, and outlives every learner.
pub const DEVICE: &str = "device.";
/// What a learner still has to know of what they signed, a row each, encrypted. It stays when they sign out; see `outbox`.
pub(super) const WAITING: &str = "waiting.";
/// Unfinished declarations; see `drafts`.
pub(super) const DRAFT: &str = "draft.";

/// Cheap to clone: clones share what is kept.
#[derive(Clone)]
pub struct Cache(Arc<SendWrapper<Place>>);

enum Place {
    Database(Database),
    /// Until the page is closed.
    Memory(RefCell<Vec<(String, String)>>),
}

impl Cache {
    /// Opens what is kept. Where the browser refuses, it keeps in memory until the page is closed; `persistent` tells which.
    pub async fn open() -> Self {
        Database::open().await.map_or_else(|_| Self::in_memory(), |database| Self::at(Place::Database(database)))
    }

    /// Keeps until the page is closed.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::at(Place::Memory(RefCell::default()))
    }

    fn at(place: Place) -> Self {
        Self(Arc::new(SendWrapper::new(place)))
    }

    /// Whether what is kept is still there when the page is opened again.
    #[must_use]
    pub fn persistent(&self) -> bool {
        self.database().is_some()
    }

    /// What is kept under a key; nothing if nothing is.
    ///
    /// # Errors
    /// [`StorageFault::Broken`] also where it does not read as a `T`.
    pub async fn read<T: Wire>(&self, key: &str) -> Result<Option<T>, StorageFault> {
        let text = self.get(key).await?;
        text.map(|text| from_json(key, &text)).transpose()
    }

    /// The text that is kept under a key.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> Task<'a, Result<Option<String>, StorageFault>> {
        Box::pin(async move {
            match &**self.0 {
                Place::Memory(kept) => {
                    Ok(kept.borrow().iter().find(|(known, _)| known == key).map(|(_, text)| text.clone()))
                }
                Place::Database(database) => {
                    database.begin(&[Store::Kept], Mode::Read).await?.get(Store::Kept, key).await
                }
            }
        })
    }

    /// Keeps a value under a key, in place of what was there.
    ///
    /// # Errors
    /// [`StorageFault`]: what was there before still is.
    pub async fn write<T: Wire>(&self, key: &str, value: &T) -> Result<(), StorageFault> {
        self.put(key, json::to_json(value)).await
    }

    pub(super) fn put<'a>(&'a self, key: &'a str, text: String) -> Task<'a, Result<(), StorageFault>> {
        Box::pin(async move {
            match &**self.0 {
                Place::Memory(kept) => {
                    let mut kept = kept.borrow_mut();
                    kept.retain(|(known, _)| known != key);
                    kept.push((key.to_owned(), text));
                    Ok(())
                }
                Place::Database(database) => {
                    let transaction = database.begin(&[Store::Kept], Mode::Write).await?;
                    transaction.put(Store::Kept, key, &text)?;
                    transaction.finish().await
                }
            }
        })
    }

    /// The keys that start so, and what is kept under them.
    pub(super) fn rows<'a>(&'a self, start: &'a str) -> Task<'a, Result<Vec<(String, String)>, StorageFault>> {
        Box::pin(async move {
            match &**self.0 {
                Place::Memory(kept) => {
                    Ok(kept.borrow().iter().filter(|(key, _)| key.starts_with(start)).cloned().collect())
                }
                Place::Database(database) => {
                    database.begin(&[Store::Kept], Mode::Read).await?.rows(Store::Kept, start).await
                }
            }
        })
    }

    /// Forgets what is kept under some keys, all of it or nothing.
    ///
    /// # Errors
    /// [`StorageFault`]: all of it is still there.
    pub async fn forget(&self, keys: &[&str]) -> Result<(), StorageFault> {
        self.forget_where(&|key| keys.contains(&key)).await
    }

    /// Forgets what is about a person, but for what must outlive a sign-out: what waits to be sent, what its learner has to know
    /// of it, and the drafts of others, which nobody here can read. `drafts`: the rows of whoever signs out.
    ///
    /// # Errors
    /// [`StorageFault`]: all of it is still there.
    pub async fn wipe(&self, drafts: &[String]) -> Result<(), StorageFault> {
        self.forget_where(&|key| {
            let others =
                key.strip_prefix(DRAFT).is_some_and(|name| !name.contains('.')) && !drafts.iter().any(|d| d == key);
            key != CLIENT && !key.starts_with(DEVICE) && !key.starts_with(WAITING) && !others
        })
        .await
    }

    fn forget_where<'a>(&'a self, forgotten: &'a dyn Fn(&str) -> bool) -> Task<'a, Result<(), StorageFault>> {
        Box::pin(async move {
            match &**self.0 {
                Place::Memory(kept) => {
                    kept.borrow_mut().retain(|(key, _)| !forgotten(key));
                    Ok(())
                }
                Place::Database(database) => {
                    // Strictly: what is wiped from a shared computer must be gone when it says so.
                    let transaction = database.begin(&[Store::Kept], Mode::WriteStrictly).await?;
                    for key in transaction.keys(Store::Kept).await?.iter().filter(|key| forgotten(key)) {
                        transaction.delete(Store::Kept, key)?;
                    }
                    transaction.finish().await
                }
            }
        })
    }

    /// The database; nothing where all is in memory.
    pub(super) fn database(&self) -> Option<&Database> {
        match &**self.0 {
            Place::Database(database) => Some(database),
            Place::Memory(_) => None,
        }
    }
}

pub(super) fn from_json<T: Wire>(key: &str, text: &str) -> Result<T, StorageFault> {
    json::from_json(text).map_err(|fault| StorageFault::Broken(format!("{key}: not readable from byte {}", fault.at)))
}
