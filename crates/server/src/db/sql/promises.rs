//! By when something is promised, in the provider's working days.

use super::Connection;
use crate::{
    db::{Result, text},
    working_days::within,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::hours::{Holiday, Nation};
use std::collections::BTreeSet;

/// The day in London by whose end something that came `at` is done. `setting`: the name under which the provider says how many working
/// days that takes; `usual`: how many where they have not. Nothing where they promise nothing.
pub async fn by(
    connection: &mut Connection,
    setting: &str,
    usual: u32,
    at: DateTime<Utc>,
) -> Result<Option<NaiveDate>> {
    let set: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
        .bind(setting)
        .fetch_optional(&mut *connection)
        .await?;
    let days = set.and_then(|days| days.parse().ok()).unwrap_or(usual);
    if days == 0 {
        return Ok(None);
    }
    Ok(Some(within(days, at, &holidays(connection).await?)))
}

/// England's bank holidays, as far as the provider has imported them.
pub async fn holidays(connection: &mut Connection) -> Result<BTreeSet<NaiveDate>> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM record WHERE kind = 'holiday' AND audience_kind = 'everyone' AND NOT removed",
    )
    .fetch_all(connection)
    .await?;
    let mut holidays = BTreeSet::new();
    for body in bodies {
        let holiday: Holiday = text::parse(&body)?;
        if holiday.nation == Nation::England {
            holidays.insert(holiday.date);
        }
    }
    Ok(holidays)
}
