//! What the binary does, a command a file.

pub mod backup;
pub mod example;
pub mod export;
pub mod gaps;
pub mod hand_in;
pub mod import;
pub mod keys;
pub mod learner;
pub mod promise;
pub mod restore;
pub mod retention;
pub mod serve;
pub mod staff;
pub mod verify;

use crate::{
    confidential::Confidential,
    config::{self, Cli, Command, Store},
    db::{self, Db},
    handlers::docs::Docs,
    router,
};
use anyhow::Context;
use clap::Parser;
use std::{fs, os::unix::fs::DirBuilderExt, process::ExitCode, sync::Arc};

/// Runs what the command line asks for.
///
/// # Errors
/// What went wrong and what to do, for the terminal.
pub async fn run() -> anyhow::Result<ExitCode> {
    let Cli { store, command } = Cli::parse();
    match command {
        Command::Serve(options) => serve::run(&store, options).await,
        Command::Import(options) => import::run(&*open(&store).await?, options).await,
        Command::Learner(what) => learner::run(&*open(&store).await?, what).await,
        Command::Promise(what) => promise::run(&*open(&store).await?, what).await,
        Command::Retention { what, on, out } => retention::run(&*open(&store).await?, what, on, out.as_deref()).await,
        Command::Staff(what) => staff::run(&*open(&store).await?, what).await,
        Command::Export { format } => export::run(&*open(&store).await?, format).await,
        Command::VerifyLog { against } => verify::run(&*open(&store).await?, against.as_deref()).await,
        Command::ExportHead => verify::head(&*open(&store).await?).await,
        Command::Keys(config::Keys::Confidential { out, renew }) => keys::confidential(&out, renew),
        Command::Keys(what) => keys::run(&*open(&store).await?, what).await,
        Command::HandIn { file } => hand_in::run(&*open(&store).await?, confidential(&store)?, &file).await,
        Command::Gaps => gaps::run(&*open(&store).await?).await,
        Command::Backup { file } => backup::run(&*open(&store).await?, &file).await,
        Command::Restore { file, replace } => restore::run(&*open(&store).await?, &file, replace).await,
        Command::Openapi => {
            print!("{}", Docs::new(&router::document()).json());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What private requests are read by, where that is configured.
fn confidential(store: &Store) -> anyhow::Result<Option<Arc<Confidential>>> {
    store.confidential_key_file.as_deref().map(|path| Confidential::read(path).map(Arc::new)).transpose()
}

/// Opens the database, in the data folder unless another place was named.
async fn open(store: &Store) -> anyhow::Result<Arc<dyn Db>> {
    let url = match &store.database_url {
        Some(url) => url.clone(),
        None => {
            // Personal data: for whoever runs the server alone.
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&store.data_dir)
                .with_context(|| format!("The data folder {} cannot be made.", store.data_dir.display()))?;
            db::file::address(&store.data_dir.join("portal.db"))
        }
    };
    db::open(&url).await
}
