//! The server's keys.

use crate::{
    config,
    db::{Db, KeyKind},
    keys::{self, Keys},
};
use chrono::{SecondsFormat, Utc};
use std::process::ExitCode;

pub async fn run(db: &dyn Db, what: config::Keys) -> anyhow::Result<ExitCode> {
    Keys::load(db).await?;
    if let config::Keys::Rotate = what {
        for kind in [KeyKind::Sealing, KeyKind::Receipt] {
            db.add_key(&keys::make(kind, Utc::now())).await?;
        }
        println!(
            "New keys are made. A server that runs takes them within a minute. The old ones go on opening and being checked."
        );
    }
    for key in db.keys().await? {
        let made = key.made.to_rfc3339_opts(SecondsFormat::Secs, true);
        println!("{}  {:7}  {made}  {}", key.id, key.kind.name(), key.public);
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
