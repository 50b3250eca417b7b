//! Adding learners, and letting them in.

use crate::{
    auth::{code, passphrase::Passphrases},
    config::{Learner, reference},
    db::{Db, Written},
};
use anyhow::{bail, ensure};
use chrono::{Duration, Utc};
use std::process::ExitCode;

/// Printed in the documentation, so of no use against anybody who can reach the server.
pub const EXAMPLE_PASSPHRASE: &str = "plain-river-stone";

pub async fn run(db: &dyn Db, what: Learner) -> anyhow::Result<ExitCode> {
    match what {
        Learner::Add { id, name } => add(db, &id, name.trim()).await?,
        Learner::Code { id } => println!("{}", new_code(db, &id).await?),
        Learner::Example { ids } => example(db, &ids).await?,
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn add(db: &dyn Db, id: &str, name: &str) -> anyhow::Result<()> {
    ensure!(!name.is_empty(), "Give the name that the learner goes by, with --name.");
    match db.add_learner(&reference(id)?, name).await? {
        Written::Yes => println!("{id} added. Print a first-use code with: portal-server learner code {id}"),
        Written::No => bail!("There is a learner {id} already. Choose another reference."),
    }
    Ok(())
}

/// A new first-use code; the one before it no longer works.
async fn new_code(db: &dyn Db, id: &str) -> anyhow::Result<String> {
    let code = code::new();
    match db.set_code(&reference(id)?, &code::sha256(&code), Utc::now() + Duration::days(code::DAYS)).await? {
        Written::Yes => Ok(code),
        Written::No => bail!("There is no learner {id}. Add them first: portal-server learner add {id} --name NAME"),
    }
}

async fn example(db: &dyn Db, ids: &[String]) -> anyhow::Result<()> {
    let passphrases = Passphrases::new().await?;
    for id in ids {
        let hash = passphrases.hash(EXAMPLE_PASSPHRASE.into()).await?;
        match db.set_example(&reference(id)?, &hash).await? {
            Written::Yes => println!("{id} signs in with: {EXAMPLE_PASSPHRASE}"),
            Written::No => bail!("There is no learner {id}. Import or add them first."),
        }
    }
    Ok(())
}
