//! The learner portal's server: see `portal-server help`.

use std::{io::IsTerminal, process::ExitCode};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(without_texts(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    portal_server::commands::run().await.unwrap_or_else(|error| {
        eprintln!("portal-server: {error:#}");
        ExitCode::FAILURE
    })
}

/// The reader of HTML writes what it reads, if it is asked for much: tutors' texts, which are nothing for a log.
fn without_texts(filter: EnvFilter) -> EnvFilter {
    let quiet = ["html5ever=off", "markup5ever=off"].into_iter().filter_map(|directive| directive.parse().ok());
    quiet.fold(filter, EnvFilter::add_directive)
}
