//! Adding learners, and letting them in.

use crate::{
    auth::{code, passphrase::Passphrases},
    config::{Learner, reference},
    db::{Db, Written},
};
use anyhow::{bail, ensure};
use chrono::{Duration, Utc};
use contract::ids::LearnerId;
use std::process::ExitCode;

/// Printed in the documentation, so of no use against anybody who can reach the server.
pub const EXAMPLE_PASSPHRASE: &str = "plain-river-stone";

pub async fn run(db: &dyn Db, what: Learner) -> anyhow::Result<ExitCode> {
    match what {
        Learner::Add { id, name } => add(db, &id, name.trim()).await?,
        Learner::Code { id } => println!("{}", new_code(db, &id).await?),
        Learner::SignOut { id } => sign_out(db, &id).await?,
        Learner::RevokeUploads { id } => revoke_uploads(db, &id).await?,
        Learner::Example { ids, requests, attendance, feedback } => {
            example(db, &ids).await?;
            if let Some(file) = requests {
                super::example::requests(db, &file).await?;
            }
            if let Some(file) = attendance {
                super::example::attendance(db, &file).await?;
            }
            if let Some(file) = feedback {
                super::example::feedback(db, &file).await?;
            }
        }
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

/// The passphrase stays. Who knows it signs in again: a new code, and what the learner chooses with it, ends that.
async fn sign_out(db: &dyn Db, id: &str) -> anyhow::Result<()> {
    let learner = known(db, id).await?;
    let ended = db.end_sessions(&learner, Utc::now()).await?;
    println!("{learner} is signed out everywhere: {ended} sessions ended.");
    Ok(())
}

async fn revoke_uploads(db: &dyn Db, id: &str) -> anyhow::Result<()> {
    let learner = known(db, id).await?;
    match db.revoke_uploads(&learner, Utc::now()).await? {
        Written::Yes => println!(
            "{learner}: what their devices have not sent by now is no longer taken until they sign in there again."
        ),
        Written::No => bail!("There is no learner {id}."),
    }
    Ok(())
}

/// The learner by their reference, whose case does not count where only one fits.
async fn known(db: &dyn Db, id: &str) -> anyhow::Result<LearnerId> {
    match db.learner(reference(id)?.as_str()).await? {
        Some(account) => Ok(account.id),
        None => bail!("There is no learner {id}. Look at how the reference is written."),
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
