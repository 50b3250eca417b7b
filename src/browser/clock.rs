//! The device's clock, right or wrong.

use chrono::{DateTime, Utc};

/// Now, to the millisecond.
#[must_use]
pub fn now() -> DateTime<Utc> {
    // A clock outside chrono's 260,000 years either way is shown as 1970.
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}
