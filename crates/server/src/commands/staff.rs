//! Letting staff in, each with a role and a key of their own.

use crate::{
    auth::session::new_token,
    config::Staff,
    db::{COMMAND_LINE, Db, STAFF_KEY, StaffRow, Written},
    evidence::sha256_hex,
};
use anyhow::{bail, ensure};
use chrono::{SecondsFormat, Utc};
use contract::{declaration::NAME_MAX, staff::StaffRole};
use std::process::ExitCode;

pub async fn run(db: &dyn Db, what: Staff) -> anyhow::Result<ExitCode> {
    match what {
        Staff::Add { id, name, role } => println!("{}", add(db, &id, name.trim(), &role).await?),
        Staff::List => list(db).await?,
        Staff::Revoke { id } => revoke(db, &id).await?,
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The new key, which nobody can read again.
///
/// # Errors
/// The id, the name or the role cannot be, or the id is taken.
pub async fn add(db: &dyn Db, id: &str, name: &str, role: &str) -> anyhow::Result<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let reserved = [STAFF_KEY, COMMAND_LINE].contains(&id);
    ensure!(
        (1..=64).contains(&id.len()) && id.bytes().all(plain) && !reserved,
        "`{id}` cannot be an id of staff. Use letters, digits, hyphens or dots, as in h.price."
    );
    ensure!(
        !name.is_empty() && name.chars().count() <= NAME_MAX && !name.contains(char::is_control),
        "Give the name that learners see beside an answer, with --name: at most {NAME_MAX} characters."
    );
    let words = StaffRole::ALL.map(StaffRole::word).join(", ");
    let Some(role) = StaffRole::named(role) else { bail!("There is no role `{role}`. Give one of: {words}.") };
    let key = new_token();
    let row = StaffRow { id: id.into(), name: name.into(), role, added: Utc::now(), revoked: None };
    match db.add_staff(&row, &sha256_hex(key.as_bytes())).await? {
        Written::Yes => Ok(key),
        Written::No => bail!("There is or was someone with the id {id}. Choose another."),
    }
}

async fn list(db: &dyn Db) -> anyhow::Result<()> {
    for StaffRow { id, name, role, added, revoked } in db.staff().await? {
        let day = |at: chrono::DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let revoked = revoked.map(|at| format!("  revoked {}", day(at))).unwrap_or_default();
        println!("{id:20}  {:17}  added {}  {name}{revoked}", role.word(), day(added));
    }
    Ok(())
}

async fn revoke(db: &dyn Db, id: &str) -> anyhow::Result<()> {
    match db.revoke_staff(id, Utc::now()).await? {
        Written::Yes => println!("The key of {id} opens nothing any more."),
        Written::No => bail!("There is no {id} with a key. See: portal-server staff list"),
    }
    Ok(())
}
