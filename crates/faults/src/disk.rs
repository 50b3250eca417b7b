//! What one browser profile keeps: it outlives the browser, and each transaction happens wholly or not at all.

use crate::book::{Book, Signed};
use std::{collections::BTreeMap, sync::Arc};
use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    task::yield_now,
};

/// A row of the outbox.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: String,
    pub learner: String,
    /// As it stands in a request's list.
    pub parcel: Arc<str>,
    pub sealed: bool,
    /// What an acknowledgement of it must have.
    pub sha256: String,
    pub seq: u64,
    /// The kind of problem for which the server refused it.
    pub attention: Option<String>,
}

/// The server tells only its own learner why it refused what was sealed.
const NEEDS_ITS_LEARNER: &str = "/problems/needs-its-learner";

impl Item {
    /// Whether it goes now: what is sealed, whoever sits there; what is plain, while its own learner does.
    #[must_use]
    pub fn is_sent_by(&self, sitting: Option<&str>) -> bool {
        self.attention.is_none() && (self.sealed || sitting == Some(&*self.learner))
    }

    #[must_use]
    pub fn needs_its_learner(&self) -> bool {
        self.attention.as_deref() == Some(NEEDS_ITS_LEARNER)
    }
}

#[derive(Clone, Default)]
pub struct Kept {
    /// The client's id and its next number.
    pub client: Option<(String, u64)>,
    pub outbox: BTreeMap<String, Item>,
}

pub struct Disk {
    kept: Arc<Mutex<Kept>>,
    book: Book,
    changed: watch::Sender<u64>,
}

/// Dropped without [`Transaction::finish`] it has done nothing.
pub struct Transaction<'a> {
    disk: &'a Disk,
    stored: OwnedMutexGuard<Kept>,
    pub kept: Kept,
}

impl Disk {
    #[must_use]
    pub fn new(book: Book) -> Self {
        Self { kept: Arc::default(), book, changed: watch::Sender::new(0) }
    }

    pub async fn begin(&self) -> Transaction<'_> {
        let stored = self.kept.clone().lock_owned().await;
        yield_now().await;
        let kept = stored.clone();
        Transaction { disk: self, stored, kept }
    }

    /// Everything that waits, in the order in which it was made.
    pub async fn waiting(&self) -> Vec<Item> {
        let mut items: Vec<Item> = self.begin().await.kept.outbox.into_values().collect();
        items.sort_by_key(|item| item.seq);
        items
    }

    /// Somebody has signed in: what could not be taken without its learner is tried once more.
    pub async fn retry_those_that_need_their_learner(&self) {
        let mut transaction = self.begin().await;
        let those = transaction.kept.outbox.values_mut().filter(|item| item.needs_its_learner());
        if those.map(|item| item.attention = None).count() > 0 {
            transaction.finish(None).await;
        }
    }

    /// Returns when nothing waits that is `meant`.
    pub async fn emptied(&self, meant: impl Fn(&Item) -> bool) {
        let mut changed = self.changed.subscribe();
        loop {
            changed.mark_unchanged();
            if !self.waiting().await.iter().any(&meant) {
                return;
            }
            // The sender lives as long as `self`.
            let _ = changed.changed().await;
        }
    }
}

impl Transaction<'_> {
    /// Writes all of it. What left the outbox is what the server acknowledged; `shows` is what the learner then sees as saved.
    pub async fn finish(mut self, shows: Option<&Signed>) {
        yield_now().await;
        {
            let (before, after) = (&self.stored.outbox, &self.kept.outbox);
            let mut book = self.disk.book.open();
            book.acknowledged.extend(before.keys().filter(|id| !after.contains_key(*id)).cloned());
            book.kept.extend(after.keys().filter(|id| !before.contains_key(*id)).cloned());
        }
        *self.stored = self.kept;
        drop(self.stored);
        self.disk.changed.send_modify(|changed| *changed += 1);
        // Killed here, it is kept and its learner was not told.
        yield_now().await;
        if let Some(signed) = shows {
            self.disk.book.open().saved.insert(signed.id.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str) -> Item {
        let (id, learner, sha256) = (id.to_owned(), "L1".to_owned(), String::new());
        Item { id, learner, parcel: "".into(), sealed: false, sha256, seq: 1, attention: None }
    }

    #[tokio::test]
    async fn a_transaction_that_is_dropped_has_done_nothing() {
        let disk = Disk::new(Book::of(1));
        let mut transaction = disk.begin().await;
        transaction.kept.outbox.insert("a".into(), item("a"));
        drop(transaction);
        assert!(disk.waiting().await.is_empty());
        let mut transaction = disk.begin().await;
        transaction.kept.outbox.insert("b".into(), item("b"));
        transaction.finish(None).await;
        assert_eq!(disk.waiting().await.len(), 1);
    }
}
