//! Whether the checker sees what is wrong: it looks at databases that were altered after a run.

use crate::{
    book::Finding,
    check::{Claims, Moment, Snapshot, check},
    group::Group,
    run::Options,
    store::Database,
    tally::Tally,
};
use anyhow::{Context, Result, ensure};
use std::sync::Arc;
use tempfile::TempDir;

/// Runs one group on SQLite; then, for each of the statements, what the checker finds after they were done to a copy of its database.
///
/// # Errors
/// The bench could not go on, the run itself had findings, or a statement cannot be run.
pub async fn doctored(options: &Options, statements: &[&str]) -> Result<Vec<Vec<Finding>>> {
    let folder = TempDir::with_prefix_in("portal-faults-", &options.folder)?;
    let file = folder.path().join("portal.db");
    let group = Group {
        binary: &options.binary,
        folder: folder.path(),
        database: Database::Sqlite(file.clone()),
        seed: options.seed,
        schedules: options.first..options.first + options.schedules,
        at_once: options.at_once,
        patience: options.patience,
        rare: Default::default(),
        tally: Arc::new(Tally::default()),
    };
    let (findings, books) = group.run().await?;
    ensure!(findings.is_empty(), "before anything was altered: {}", findings[0]);
    // Into one file, to be copied.
    let mut store = group.database.connect().await?;
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    store.close().await?;
    let claims = Claims::of(&books, Moment::End);
    let mut all = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        let copy = folder.path().join(format!("copy-{number}.db"));
        std::fs::copy(&file, &copy)?;
        let mut store = Database::Sqlite(copy).connect().await?;
        store.execute("PRAGMA foreign_keys = OFF").await?;
        let triggers: Vec<(String,)> = store.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'").await?;
        for (trigger,) in triggers {
            store.execute(&format!("DROP TRIGGER {trigger}")).await?;
        }
        store.execute(statement).await.context("altering the copy")?;
        all.push(check(&claims, &Snapshot::read(&mut store).await?, Moment::End));
        store.close().await?;
    }
    Ok(all)
}
