//! What this device keeps: text by key, in IndexedDB, or in memory where the browser keeps nothing. What is about a person comes
//! here through `vault`.

use crate::browser::idb::{Answer, Kept};
use contract::json::{self, Wire};
use send_wrapper::SendWrapper;
use std::sync::Arc;

pub(super) use crate::browser::Task;
pub use crate::browser::idb::StorageFault;

/// Cheap to clone: clones share what is kept.
#[derive(Clone)]
pub struct Cache(Arc<SendWrapper<Kept>>);

impl Cache {
    /// Opens what is kept. Where the browser refuses, it keeps in memory until the page is closed; `persistent` tells which.
    pub async fn open() -> Self {
        Self(Arc::new(SendWrapper::new(Kept::open(false).await)))
    }

    /// Keeps until the page is closed.
    pub async fn in_memory() -> Self {
        Self(Arc::new(SendWrapper::new(Kept::open(true).await)))
    }

    /// Whether what is kept is still there when the page is opened again.
    #[must_use]
    pub fn persistent(&self) -> bool {
        self.0.durable()
    }

    /// Whether the late part of the program is on this device.
    pub async fn has_late_part(&self) -> bool {
        self.ask("hasLatePart", &[]).await.is_ok_and(|answer| answer.yes())
    }

    /// Counts from now on what the page takes of the learner's data.
    pub fn count_data(&self, zone: &str) {
        self.0.count_data(zone);
    }

    /// One operation of kept.js.
    pub(super) fn ask<'a>(&'a self, operation: &'a str, args: &[&str]) -> Task<'a, Result<Answer, StorageFault>> {
        self.0.ask(operation, args)
    }

    /// What is kept under a key; nothing if nothing is.
    ///
    /// # Errors
    /// [`StorageFault::Broken`] also where it does not read as a `T`.
    pub async fn read<T: Wire>(&self, key: &str) -> Result<Option<T>, StorageFault> {
        self.ask("get", &[key]).await?.text().map(|text| from_json(key, &text)).transpose()
    }

    /// Keeps a value under a key, in place of what was there.
    ///
    /// # Errors
    /// [`StorageFault`]: what was there before still is.
    pub async fn write<T: Wire>(&self, key: &str, value: &T) -> Result<(), StorageFault> {
        self.ask("put", &[key, &json::to_json(value)]).await.map(drop)
    }

    /// Forgets what is kept under some keys, all of it or nothing.
    ///
    /// # Errors
    /// [`StorageFault`]: all of it is still there.
    pub async fn forget(&self, keys: &[&str]) -> Result<(), StorageFault> {
        self.ask("forget", keys).await.map(drop)
    }

    /// Forgets what is about a person, but for what must outlive a sign-out: what waits to be sent, what its learner has to know
    /// of it, and the drafts of others, which `key`, of whoever signs out, does not open.
    ///
    /// # Errors
    /// [`StorageFault`]: all of it is still there.
    pub async fn wipe(&self, key: &str) -> Result<(), StorageFault> {
        self.ask("wipe", &[key]).await.map(drop)
    }
}

pub(super) fn from_json<T: Wire>(key: &str, text: &str) -> Result<T, StorageFault> {
    json::from_json(text).map_err(|fault| StorageFault::Broken(format!("{key}: not readable from byte {}", fault.at)))
}
