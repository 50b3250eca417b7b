//! Puts the server under load and prints its figures; ends with 1 if any answer was an error.

use anyhow::Context;
use clap::Parser;
use faults::{
    DatabaseKind,
    load::{Options, run},
};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Fills a database with learners, drives the server over loopback, and says what each kind of call costs.
#[derive(Parser)]
#[command(name = "portal-load")]
struct Cli {
    /// The server's binary
    #[arg(long)]
    binary: PathBuf,
    #[arg(long, value_enum, default_value = "sqlite")]
    database: DatabaseKind,
    #[arg(long, default_value_t = 1_000)]
    learners: usize,
    /// Seconds of measuring each kind of call
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Requests at once
    #[arg(long, default_value_t = 16)]
    connections: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only calls whose name has this in it
    #[arg(long)]
    only: Option<String>,
    /// Check the evidence at the end
    #[arg(long)]
    verify: bool,
    /// Where the database is made, and removed after [default: the system's temporary folder]
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Where the figures are written as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let report = run(Options {
        binary: cli.binary,
        database: cli.database,
        learners: cli.learners,
        time: Duration::try_from_secs_f64(cli.seconds).context("--seconds is no time")?,
        connections: cli.connections.max(1),
        seed: cli.seed,
        folder: cli.folder.unwrap_or_else(std::env::temp_dir),
        verify: cli.verify,
        only: cli.only,
        progress: true,
    })
    .await?;
    println!("{report}");
    if let Some(file) = cli.json {
        let shown = file.display().to_string();
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).with_context(|| shown.clone())?;
        }
        std::fs::write(&file, serde_json::to_string_pretty(&report.json())?).with_context(|| shown.clone())?;
        println!("These figures are in {shown}.");
    }
    Ok(if report.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
