//! Looking into the outbox. A row that cannot be read stands in nobody's way.

use super::{Item, Plain, Row, Sealed, Summary, Way, Work};
use crate::{
    data::{
        cache::{Cache, StorageFault, Task},
        vault::Key,
    },
    state::order,
};
use contract::{ids::ChangeId, json};

/// Every row of the outbox that this version can read, in the order in which they were made.
///
/// # Errors
/// [`StorageFault`].
pub fn rows(cache: &Cache) -> Task<'_, Result<Vec<Row>, StorageFault>> {
    Box::pin(async move {
        let texts = cache.ask("outbox", &[]).await?.texts();
        let mut rows: Vec<_> = texts.chunks_exact(2).filter_map(|row| Row::parse(&row[1])).collect();
        order::sort(&mut rows, |a, b| a.seq() < b.seq());
        Ok(rows)
    })
}

/// Everything that waits, in the order in which it was made; and what has arrived of whoever has the key, but has no receipt
/// here (`received`) yet.
///
/// # Errors
/// [`StorageFault`].
pub async fn all(cache: &Cache, key: Option<&Key>, received: &[ChangeId]) -> Result<Vec<Item>, StorageFault> {
    let outbox = cache.ask("outbox", &[]).await?.texts();
    let mut summaries: Vec<Summary> = Vec::new();
    if let Some(key) = key {
        let mut args = vec![key.as_str()];
        args.extend(received.iter().map(ChangeId::as_str));
        let texts = cache.ask("summaries", &args).await?.texts();
        summaries.extend(texts.iter().filter_map(|text| json::from_json(text).ok()));
    }
    let mut items = Vec::new();
    for row in outbox.chunks_exact(2) {
        let (id, text) = (&row[0], &row[1]);
        let summary = summaries.iter().position(|s| s.id.0 == *id).map(|at| summaries.swap_remove(at));
        items.push(match Row::parse(text) {
            Some(Row::Plain(row)) => (row.seq, plain(row)),
            Some(Row::Sealed(row)) => (row.seq, sealed(*row, summary)),
            None => (u64::MAX, Item::unread(ChangeId(id.clone()), Way::None)),
        });
    }
    items.extend(summaries.into_iter().map(|summary| (summary.seq, from_summary(summary, Way::Arrived))));
    order::sort(&mut items, |a, b| a.0 < b.0);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// How many changes of this browser are lost: of the numbers that the server has never seen (`missing`, and those it named before),
/// those of changes that are not here either.
///
/// # Errors
/// [`StorageFault`].
pub async fn lost(cache: &Cache, missing: impl Iterator<Item = u64>) -> Result<usize, StorageFault> {
    let numbers: Vec<String> = missing.map(|number| number.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    Ok(cache.ask("lost", &numbers).await?.texts().len())
}

/// Clears summaries away that say nothing any more: the change has left this device, and its receipt is here (`received`), or
/// nobody has come back for it.
///
/// # Errors
/// [`StorageFault`].
pub async fn tidy(cache: &Cache, received: &[ChangeId]) -> Result<(), StorageFault> {
    let ids: Vec<&str> = received.iter().map(ChangeId::as_str).collect();
    cache.ask("tidy", &ids).await.map(drop)
}

fn plain(row: Plain) -> Item {
    let id = &row.sent.id;
    let read = || {
        let change = json::parse(&row.sent.change).ok()?;
        let what = change.get("what")?;
        if let Some(withdrawal) = what.get("withdraw") {
            return Some((Work::default(), withdrawal.field("declaration"), None));
        }
        if what.get("ask").or_else(|| what.get("act")).is_some() {
            return Some((Work::default(), None, Some(id.clone())));
        }
        if let Some(more) = what.get("more") {
            return Some((Work::default(), None, more.field("request")));
        }
        let signed = what.get("declare")?;
        let title = signed.field("assignment_title")?;
        let work = Work { assignment: signed.field("assignment")?, title, attempt: signed.field("attempt")? };
        Some((work, None, None))
    };
    // What this version cannot read is sent all the same.
    let (work, withdraws, asks) = read().unwrap_or_default();
    Item {
        id: row.sent.id,
        learner: Some(row.learner),
        work,
        withdraws,
        asks,
        kept_at: row.kept_at,
        sha256: row.sha256,
        attention: row.attention,
        way: Way::Plain,
    }
}

fn sealed(row: Sealed, summary: Option<Summary>) -> Item {
    let known = summary.map(|summary| from_summary(summary, Way::Sealed));
    let item = known.unwrap_or_else(|| Item::unread(row.envelope.id, Way::Sealed));
    // Their own words for it are in the summary; it needs them only while the row says so.
    let attention = row.attention.map(|general| item.attention.clone().unwrap_or(general));
    Item { kept_at: row.kept_at, attention, ..item }
}

fn from_summary(summary: Summary, way: Way) -> Item {
    let Summary { id, learner, assignment, title, attempt, withdraws, asks, signed_at, sha256, problem, .. } =
        summary.clone();
    let attention = if way == Way::Arrived { None } else { problem };
    let work = Work { assignment, title, attempt };
    Item { id, learner: Some(learner), work, withdraws, asks, kept_at: signed_at, sha256, attention, way }
}
