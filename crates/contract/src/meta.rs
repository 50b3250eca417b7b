//! What this API is, before anyone has signed in.

use crate::seal::PublicKey;
use chrono::{DateTime, Utc};

wire! {
    /// `GET /api/v1/meta`.
    pub struct Meta {
        /// The provider's name for the service.
        pub service: String,
        /// The contract's version; this is `1`.
        pub api: u32,
        pub server_time: DateTime<Utc>,
        /// What this server can do beyond the first version, by name; unknown names are ignored.
        #[serde(default)]
        pub capabilities: Vec<String>,
        /// The key to seal changes for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sealing: Option<PublicKey>,
        /// The key to seal private requests for; nothing where the provider takes none here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confidential: Option<PublicKey>,
        /// The Ed25519 keys that receipts are and were signed with, the newest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub receipt_keys: Vec<PublicKey>,
    }
}
