//! Signing in, and who is signed in.

use crate::{ids::LearnerId, seal::PublicKey};
use chrono::{DateTime, Utc};

wire! {
    /// `POST /api/v1/session`. Either the passphrase, or a single-use code from the tutor together with the passphrase that
    /// the learner chooses now.
    pub struct SignIn {
        pub learner: LearnerId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub passphrase: Option<String>,
        /// Spaces, hyphens and case do not count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub code: Option<String>,
        /// With `code`: the passphrase from now on, 12 to 128 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub new_passphrase: Option<String>,
        #[serde(default)]
        pub device: Device,
    }

    /// Whose device this is, as the learner said when signing in. Shared is the default: it forgets sooner.
    #[derive(Copy, Default)]
    #[serde(rename_all = "kebab-case")]
    pub enum Device {
        /// The session ends after 10 idle minutes, and after 12 hours at most.
        #[default]
        Shared,
        /// The session ends after 30 idle days.
        Own,
    }

    /// The answer to signing in, and to `GET /api/v1/session`.
    pub struct Who {
        pub learner: LearnerId,
        /// The name the learner goes by, for a greeting and under a declaration.
        pub name: String,
        pub device: Device,
        /// When the session ends if nothing more is asked of it.
        pub until: DateTime<Utc>,
        pub server_time: DateTime<Utc>,
        /// The key to seal changes for; nothing from a server that opens none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sealing: Option<PublicKey>,
        /// The server opens envelopes that are deflated too.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub inflates: bool,
        /// Goes inside each envelope and says whose it is. It can add changes and nothing else, and outlives the session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upload_token: Option<String>,
        /// 32 bytes in base64url without padding, the learner's own and the same at each sign-in: the app encrypts with it what it
        /// keeps on the device.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub device_key: Option<String>,
        /// The key to seal private requests for; nothing where the provider takes none here, which the app says before anything is
        /// written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confidential: Option<PublicKey>,
        /// 32 bytes in base64url without padding, the learner's own: opens `Said::locked`. It is there with `confidential`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reading_key: Option<String>,
    }
}

/// The shortest passphrase that is accepted, in characters.
pub const PASSPHRASE_MIN: usize = 12;
/// The longest passphrase that is accepted, in characters.
pub const PASSPHRASE_MAX: usize = 128;

crate::wire_words!(Device { Shared = "shared", Own = "own" });
