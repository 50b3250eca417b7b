//! A learner's deadlines and sessions in a calendar of their own.

use chrono::{DateTime, Utc};

wire! {
    /// `GET /api/v1/calendar`: whether the learner's calendar has an address.
    pub struct Calendar {
        /// Since when; nothing where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub since: Option<DateTime<Utc>>,
    }

    /// `POST /api/v1/calendar`: told once, as the server keeps nothing that it could tell it from again.
    pub struct NewCalendar {
        /// Whoever has it reads the calendar: https, with the secret in it.
        pub address: String,
        pub since: DateTime<Utc>,
    }
}
