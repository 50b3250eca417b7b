//! By when learners are promised an answer, and feedback on their work.

use crate::{
    ask::{self, FEEDBACK_DAYS, FEEDBACK_SETTING, PROMISE_MAX},
    config::Promise,
    db::Db,
};
use anyhow::{bail, ensure};
use contract::request::AskKind;
use std::process::ExitCode;

/// What is no request, but handed in.
const FEEDBACK: &str = "feedback";

pub async fn run(db: &dyn Db, what: Promise) -> anyhow::Result<ExitCode> {
    if let Promise::Set { kind, days } = what {
        set(db, &kind, days).await?;
    }
    for kind in AskKind::ALL {
        show(db, kind.word(), &ask::promise_setting(*kind), ask::promise(*kind)).await?;
    }
    show(db, FEEDBACK, FEEDBACK_SETTING, FEEDBACK_DAYS).await?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn show(db: &dyn Db, kind: &str, setting: &str, usual: u32) -> anyhow::Result<()> {
    let set = db.setting(setting).await?;
    println!("{kind:22}{:>4}", set.unwrap_or_else(|| usual.to_string()));
    Ok(())
}

/// What is asked, or handed in, is promised an answer within so many working days; 0 for no promise.
///
/// # Errors
/// There is no such kind, or these are too many days.
pub async fn set(db: &dyn Db, kind: &str, days: u32) -> anyhow::Result<()> {
    let words: Vec<_> = AskKind::ALL.iter().map(|kind| kind.word()).chain([FEEDBACK]).collect();
    let setting = match AskKind::named(kind) {
        Some(kind) => ask::promise_setting(kind),
        None if kind == FEEDBACK => FEEDBACK_SETTING.into(),
        None => bail!("There is no kind `{kind}`. Give one of: {}.", words.join(", ")),
    };
    ensure!(days <= PROMISE_MAX, "Promise an answer within {PROMISE_MAX} working days, or 0 for no promise.");
    db.set(&setting, &days.to_string()).await?;
    Ok(())
}
