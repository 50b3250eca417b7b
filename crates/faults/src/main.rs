//! Runs the fault bench and prints its figures; ends with 1 if any promise was not kept.

use clap::Parser;
use faults::{DatabaseKind, Options, run};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Runs the portal's server through seeded faults and checks that nothing is lost, doubled or altered.
#[derive(Parser)]
#[command(name = "portal-faults")]
struct Cli {
    /// The server's binary
    #[arg(long)]
    binary: PathBuf,
    #[arg(long, value_enum, default_value = "sqlite")]
    database: DatabaseKind,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 10_000)]
    schedules: u64,
    /// Run this one schedule alone
    #[arg(long)]
    only: Option<u64>,
    /// Instead of a number of schedules: until the server was killed so often
    #[arg(long)]
    kills: Option<u64>,
    /// Schedules at once
    #[arg(long, default_value_t = 64)]
    at_once: usize,
    /// Milliseconds that a client waits for an answer: more than the server takes on this disk
    #[arg(long, default_value_t = 2_000)]
    patience: u64,
    /// Where the databases are made [default: the system's temporary folder]
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let report = run(Options {
        binary: cli.binary,
        database: cli.database,
        seed: cli.seed,
        first: cli.only.unwrap_or(0),
        schedules: if cli.only.is_some() { 1 } else { cli.schedules },
        kills: cli.kills,
        group: if cli.kills.is_some() { 100 } else { 500 },
        patience: Duration::from_millis(cli.patience),
        at_once: cli.at_once,
        folder: cli.folder.unwrap_or_else(std::env::temp_dir),
        progress: true,
        lies: 0,
    })
    .await?;
    println!("{report}");
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
