//! The portal's IndexedDB database: stores of text by key.
//!
//! `web_sys` itself rather than the crate `idb`: that has no `durability: 'strict'`, and brings tokio's channels and indexmap.
//! What is asked of a transaction must be asked without waiting for anything else in between: the browser commits it as soon as
//! it has nothing to do.

mod open;
mod settle;

use super::{Task, describe, property};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

/// Raised for each store that is added. No step may do anything but add: an older version of the app goes on with what it knows.
const VERSION: u32 = 2;
const NAME: &str = "portal";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// What was fetched, drafts, and choices: JSON by key.
    Kept,
    /// What waits to be sent: JSON by the change's id.
    Outbox,
    /// What the server has acknowledged, still sealed, in case it loses it: as in the outbox.
    Archive,
}

impl Store {
    const ALL: [Self; 3] = [Self::Kept, Self::Outbox, Self::Archive];

    fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Outbox => "outbox",
            Self::Archive => "archive",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Read,
    /// Complete when the operating system has it.
    Write,
    /// Complete when the disk has it.
    WriteStrictly,
}

/// Why the browser did not keep or give something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageFault {
    /// The browser keeps nothing here (a private window, a setting), or no longer lets this version of the app in.
    Unavailable,
    /// There is no room left on the device or in the portal's share of it. Nothing was kept.
    Full,
    /// Something else, in the browser's own words. Nothing was kept.
    Broken(String),
}

/// A connection to the database. Cheap to clone: clones share it.
#[derive(Clone)]
pub struct Database(Rc<RefCell<IdbDatabase>>);

impl Database {
    /// Opens the database, and makes it if there is none. A later version of the app, in another tab, may take it over.
    ///
    /// # Errors
    /// [`StorageFault::Unavailable`] above all.
    pub async fn open() -> Result<Self, StorageFault> {
        Ok(Self(Rc::new(RefCell::new(open::connect().await?))))
    }

    /// Begins a transaction over some stores. A connection that the browser has closed (as WebKit does at times, and all do when
    /// the learner clears the portal's data) is opened again first.
    ///
    /// # Errors
    /// [`StorageFault`].
    pub fn begin<'a>(&'a self, stores: &'a [Store], mode: Mode) -> Task<'a, Result<Transaction, StorageFault>> {
        Box::pin(async move {
            let connection = self.0.borrow().clone();
            match Transaction::begin(&connection, stores, mode) {
                Err(error) if describe(&error).0 == "InvalidStateError" => {
                    let connection = open::connect().await?;
                    self.0.replace(connection.clone());
                    Transaction::begin(&connection, stores, mode).map_err(|error| fault(&error))
                }
                other => other.map_err(|error| fault(&error)),
            }
        })
    }
}

/// All of it happens, or nothing: one that is dropped before it has finished is undone.
pub struct Transaction {
    inner: IdbTransaction,
    /// Gives nothing once all is kept, or the error if nothing is.
    end: Promise,
    _listeners: settle::Listeners,
}

impl Transaction {
    fn begin(connection: &IdbDatabase, stores: &[Store], mode: Mode) -> Result<Self, JsValue> {
        let names: Array = stores.iter().map(|store| JsValue::from_str(store.name())).collect();
        let options = Object::new();
        if mode == Mode::WriteStrictly {
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
        }
        // Through the object itself: web_sys has the options only behind an unstable flag.
        let begin: Function = Reflect::get(connection, &"transaction".into())?.dyn_into()?;
        let mode = if mode == Mode::Read { "readonly" } else { "readwrite" };
        let inner: IdbTransaction = begin.call3(connection, &names, &mode.into(), &options)?.dyn_into()?;
        // Listened to from the start: it may be over before anyone waits for it.
        let (end, listeners) = settle::end(&inner);
        Ok(Self { inner, end, _listeners: listeners })
    }

    /// # Errors
    /// [`StorageFault`].
    pub fn get<'a>(&'a self, store: Store, key: &'a str) -> Task<'a, Result<Option<String>, StorageFault>> {
        Box::pin(async move { Ok(answer(self.with(store, |store| store.get(&key.into()))?).await?.as_string()) })
    }

    /// Every key of a store.
    ///
    /// # Errors
    /// [`StorageFault`].
    pub fn keys<'a>(&'a self, store: Store) -> Task<'a, Result<Vec<String>, StorageFault>> {
        Box::pin(async move { answer(self.with(store, IdbObjectStore::get_all_keys)?).await.map(|list| texts(&list)) })
    }

    /// The keys of a store that start so, and what is kept under them.
    ///
    /// # Errors
    /// [`StorageFault`].
    pub fn rows<'a>(&'a self, store: Store, start: &'a str) -> Task<'a, Result<Vec<(String, String)>, StorageFault>> {
        Box::pin(async move {
            let mut rows = Vec::new();
            for key in self.keys(store).await? {
                if key.starts_with(start)
                    && let Some(text) = self.get(store, &key).await?
                {
                    rows.push((key, text));
                }
            }
            Ok(rows)
        })
    }

    /// Keeps a text under a key. Whether it could be is known when the transaction has finished.
    ///
    /// # Errors
    /// [`StorageFault`].
    pub fn put(&self, store: Store, key: &str, text: &str) -> Result<(), StorageFault> {
        self.with(store, |store| store.put_with_key(&text.into(), &key.into())).map(drop)
    }

    /// # Errors
    /// [`StorageFault`].
    pub fn delete(&self, store: Store, key: &str) -> Result<(), StorageFault> {
        self.with(store, |store| store.delete(&key.into())).map(drop)
    }

    /// Waits until all is kept: the transaction's `complete` event, and nothing less.
    ///
    /// # Errors
    /// [`StorageFault`]: nothing of it was kept.
    pub fn finish(self) -> Task<'static, Result<(), StorageFault>> {
        Box::pin(async move {
            let error = JsFuture::from(self.end.clone()).await.map_err(|error| fault(&error))?;
            if error.is_undefined() { Ok(()) } else { Err(fault(&error)) }
        })
    }

    fn with(
        &self,
        store: Store,
        ask: impl Fn(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<IdbRequest, StorageFault> {
        self.inner.object_store(store.name()).and_then(|store| ask(&store)).map_err(|error| fault(&error))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let _ = self.inner.abort(); // refused when it is over, as it should be
    }
}

fn answer(request: IdbRequest) -> Task<'static, Result<JsValue, StorageFault>> {
    Box::pin(async move { settle::answer(&request).await.map_err(|error| fault(&error)) })
}

fn texts(list: &JsValue) -> Vec<String> {
    list.dyn_ref::<Array>().map(|list| list.iter().filter_map(|text| text.as_string()).collect()).unwrap_or_default()
}

fn fault(error: &JsValue) -> StorageFault {
    let (name, message) = describe(error);
    match name.as_str() {
        "QuotaExceededError" => StorageFault::Full,
        // VersionError: a later version of the app has been here, in another tab.
        "SecurityError" | "NotAllowedError" | "VersionError" => StorageFault::Unavailable,
        // Some browsers report a full disk as an abort or as unknown, with the true cause inside or in the text.
        _ if property(error, "inner").is_some_and(|inner| fault(&inner) == StorageFault::Full) => StorageFault::Full,
        _ if message.to_ascii_lowercase().contains("quota") || message.contains("disk") => StorageFault::Full,
        _ => StorageFault::Broken(format!("{name}: {message}")),
    }
}
