//! By when learners are promised an answer.

use crate::{
    ask::{self, PROMISE_MAX},
    config::Promise,
    db::Db,
};
use anyhow::{bail, ensure};
use contract::request::AskKind;
use std::process::ExitCode;

pub async fn run(db: &dyn Db, what: Promise) -> anyhow::Result<ExitCode> {
    if let Promise::Set { kind, days } = what {
        set(db, &kind, days).await?;
    }
    for kind in AskKind::ALL {
        let set = db.setting(&ask::promise_setting(*kind)).await?;
        println!("{:22}{:>4}", kind.word(), set.unwrap_or_else(|| ask::promise(*kind).to_string()));
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What is asked from now on is promised an answer within so many working days; 0 for no promise.
///
/// # Errors
/// There is no such kind, or these are too many days.
pub async fn set(db: &dyn Db, kind: &str, days: u32) -> anyhow::Result<()> {
    let words: Vec<_> = AskKind::ALL.iter().map(|kind| kind.word()).collect();
    let Some(kind) = AskKind::named(kind) else {
        bail!("There is no kind `{kind}`. Give one of: {}.", words.join(", "))
    };
    ensure!(days <= PROMISE_MAX, "Promise an answer within {PROMISE_MAX} working days, or 0 for no promise.");
    db.set(&ask::promise_setting(kind), &days.to_string()).await?;
    Ok(())
}
