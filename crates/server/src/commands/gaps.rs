//! What was numbered on a device and never arrived.

use crate::db::Db;
use chrono::SecondsFormat;
use std::process::ExitCode;

pub async fn run(db: &dyn Db) -> anyhow::Result<ExitCode> {
    let gaps = db.gaps().await?;
    db.close().await;
    for gap in &gaps {
        let numbers: Vec<String> = gap.missing.iter().map(ToString::to_string).collect();
        println!(
            "Device {}: {} missing, last heard of {}, used by {}",
            gap.client,
            numbers.join(", "),
            gap.last.to_rfc3339_opts(SecondsFormat::Secs, true),
            gap.learners.join(", ")
        );
    }
    if gaps.is_empty() {
        println!("No device has numbered anything that did not arrive.");
    }
    Ok(ExitCode::SUCCESS)
}
