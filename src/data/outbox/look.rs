//! Looking into the outbox. A row that cannot be read stands in nobody's way.

use super::{Item, Plain, Row, Sealed, Summary, Way, Work};
use crate::{
    browser::{
        Task, clock,
        idb::{Mode, Store},
    },
    data::{
        cache::{Cache, StorageFault, WAITING},
        vault::{self, Key},
    },
    state::order,
};
use contract::{ids::ChangeId, json};

/// Days that a summary stays which nobody has come back for, when what it is about is no longer here.
const SUMMARY_DAYS: i64 = 60;

/// Every row of the outbox that this version can read, in the order in which they were made.
///
/// # Errors
/// [`StorageFault`].
pub fn rows<'a>(cache: &'a Cache) -> Task<'a, Result<Vec<Row>, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(Vec::new()) };
        let texts = database.begin(&[Store::Outbox], Mode::Read).await?.rows(Store::Outbox, "").await?;
        let mut rows: Vec<_> = texts.iter().filter_map(|(_, text)| Row::parse(text)).collect();
        order::sort(&mut rows, |a, b| a.seq() < b.seq());
        Ok(rows)
    })
}

/// Everything that waits, in the order in which it was made; and what has arrived of whoever has the key, but has no receipt
/// here (`received`) yet.
///
/// # Errors
/// [`StorageFault`].
pub fn all<'a>(
    cache: &'a Cache,
    key: Option<&'a Key>,
    received: &'a dyn Fn(&ChangeId) -> bool,
) -> Task<'a, Result<Vec<Item>, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(Vec::new()) };
        let transaction = database.begin(&[Store::Kept, Store::Outbox], Mode::Read).await?;
        let outbox = transaction.rows(Store::Outbox, "").await?;
        let waiting = transaction.rows(Store::Kept, WAITING).await?;
        let mut summaries: Vec<(bool, Summary)> = Vec::new();
        if let Some(key) = key {
            for (name, text) in &waiting {
                let id = ChangeId(name[WAITING.len()..].into());
                let waits = outbox.iter().any(|(known, _)| *known == id.0);
                if (waits || !received(&id))
                    && let Some(json) = key.unlock(name, text).await
                    && let Ok(summary) = json::from_json(&json)
                {
                    summaries.push((waits, summary));
                }
            }
        }
        let mut items = Vec::new();
        for (id, text) in outbox {
            let summary = summaries.iter().find(|(_, s)| s.id.0 == id).map(|(_, summary)| summary);
            items.push(match Row::parse(&text) {
                Some(Row::Plain(row)) => (row.seq, plain(row)),
                Some(Row::Sealed(row)) => (row.seq, sealed(*row, summary)),
                None => (u64::MAX, unreadable(ChangeId(id))),
            });
        }
        let arrived = summaries.iter().filter(|(waits, _)| !waits);
        items.extend(arrived.map(|(_, summary)| (summary.seq, from_summary(summary, Way::Arrived))));
        order::sort(&mut items, |a, b| a.0 < b.0);
        Ok(items.into_iter().map(|(_, item)| item).collect())
    })
}

/// The numbers of all changes that are still here, acknowledged or not.
///
/// # Errors
/// [`StorageFault`].
pub fn numbers<'a>(cache: &'a Cache) -> Task<'a, Result<Vec<u64>, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(Vec::new()) };
        let transaction = database.begin(&[Store::Outbox, Store::Archive], Mode::Read).await?;
        let mut rows = transaction.rows(Store::Outbox, "").await?;
        rows.extend(transaction.rows(Store::Archive, "").await?);
        Ok(rows.iter().filter_map(|(_, text)| Row::parse(text)).map(|row| row.seq()).collect())
    })
}

/// Clears summaries away that say nothing any more: the change has left this device, and its receipt is here, or nobody has come
/// back for it.
///
/// # Errors
/// [`StorageFault`].
pub fn tidy<'a>(cache: &'a Cache, received: &'a dyn Fn(&ChangeId) -> bool) -> Task<'a, Result<(), StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(()) };
        let transaction = database.begin(&[Store::Kept, Store::Outbox, Store::Archive], Mode::Write).await?;
        let mut here = transaction.keys(Store::Outbox).await?;
        here.extend(transaction.keys(Store::Archive).await?);
        for (name, text) in transaction.rows(Store::Kept, WAITING).await? {
            let id = ChangeId(name[WAITING.len()..].into());
            if !here.contains(&id.0) && (received(&id) || vault::is_older(&text, SUMMARY_DAYS)) {
                transaction.delete(Store::Kept, &name)?;
            }
        }
        transaction.finish().await
    })
}

fn plain(row: Plain) -> Item {
    let read = || {
        let change = json::parse(&row.sent.change).ok()?;
        let what = change.get("what")?;
        if let Some(withdrawal) = what.get("withdraw") {
            return Some((Work::default(), withdrawal.field("declaration")));
        }
        let signed = what.get("declare")?;
        let title = signed.field("assignment_title")?;
        let work = Work { assignment: signed.field("assignment")?, title, attempt: signed.field("attempt")? };
        Some((work, None))
    };
    // What this version cannot read is sent all the same.
    let (work, withdraws) = read().unwrap_or_default();
    Item {
        id: row.sent.id,
        learner: Some(row.learner),
        work,
        withdraws,
        kept_at: row.kept_at,
        sha256: row.sha256,
        attention: row.attention,
        way: Way::Plain,
    }
}

fn sealed(row: Sealed, summary: Option<&Summary>) -> Item {
    let known = summary.map(|summary| from_summary(summary, Way::Sealed));
    let item = known.unwrap_or_else(|| Item { way: Way::Sealed, ..unreadable(row.envelope.id) });
    // Their own words for it are in the summary; it needs them only while the row says so.
    let attention = row.attention.map(|general| item.attention.clone().unwrap_or(general));
    Item { kept_at: row.kept_at, attention, ..item }
}

fn from_summary(summary: &Summary, way: Way) -> Item {
    let Summary { id, learner, assignment, title, attempt, withdraws, signed_at, sha256, problem, .. } =
        summary.clone();
    let attention = if way == Way::Arrived { None } else { problem };
    let work = Work { assignment, title, attempt };
    Item { id, learner: Some(learner), work, withdraws, kept_at: signed_at, sha256, attention, way }
}

fn unreadable(id: ChangeId) -> Item {
    Item {
        id,
        learner: None,
        work: Work::default(),
        withdraws: None,
        kept_at: clock::now(),
        sha256: String::new(),
        attention: None,
        way: Way::None,
    }
}
