//! Taking a file of what a device could not send.

use crate::{clock::milliseconds, confidential::Confidential, db::Db, intake::Intake, keys::Keys};
use anyhow::{Context, ensure};
use chrono::Utc;
use contract::{
    change::Outcome,
    seal::{UNSENT_FORMAT, UnsentFile},
};
use std::{fs, path::Path, process::ExitCode, sync::Arc};

pub async fn run(db: &dyn Db, confidential: Option<Arc<Confidential>>, file: &Path) -> anyhow::Result<ExitCode> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read.", file.display()))?;
    let unsent: UnsentFile = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a file of what is not sent, as the app writes it.", file.display()))?;
    ensure!(
        unsent.format == UNSENT_FORMAT,
        "{} is of the format `{}`; this server reads `{UNSENT_FORMAT}`.",
        file.display(),
        unsent.format
    );
    let keys = Keys::load(db).await?.with(confidential);
    let mut refused = false;
    for envelope in &unsent.envelopes {
        let intake = Intake { db, keys: &keys, now: milliseconds(Utc::now()) };
        match intake.envelope(None, envelope).await?.outcome {
            Outcome::Accepted { .. } => println!("{}: kept", envelope.id),
            Outcome::Refused { problem } | Outcome::Later { problem } => {
                refused = true;
                eprintln!("{}: not kept. {}", envelope.id, problem.detail.unwrap_or(problem.title));
            }
        }
    }
    println!("{} in the file.", unsent.envelopes.len());
    db.close().await;
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
