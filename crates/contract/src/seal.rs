//! Sealed changes: what a learner signed on a computer that others use, readable by the server alone.
//!
//! HPKE base mode (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM. `info` is [`ENVELOPE_INFO`], the additional
//! data is the change's id, and what is sealed is the upload token, a line feed, and the change's exact bytes. Where `Who::inflates` says
//! that the server takes it, all of this may be deflated (RFC 1951, without a header) before it is sealed, with [`DEFLATED_INFO`] as `info`.

use crate::ids::ChangeId;

wire! {
    /// A key that others may know: to seal for the server, or to check what the server signed.
    pub struct PublicKey {
        pub id: String,
        /// Base64url without padding: 65 bytes, an uncompressed point of P-256, for sealing; 32 bytes of Ed25519 for receipts.
        pub key: String,
    }

    /// One sealed change on its way to `POST /api/v1/envelopes`. The answer is an `Ack` whose `sha256` is that of the text of `sealed`.
    pub struct Envelope {
        /// The change's own id.
        pub id: ChangeId,
        /// The id of the key that it is sealed for. Old keys go on opening.
        pub key: String,
        /// HPKE's encapsulated key: 65 bytes in base64url without padding.
        pub enc: String,
        /// The ciphertext with its tag, in base64url without padding.
        pub sealed: String,
        /// What is inside is deflated.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub deflated: bool,
    }

    /// Something private inside a change, sealed for those of the staff who may read it: as an envelope, but for the provider's
    /// confidential key, with [`CONFIDENTIAL_INFO`] as `info` and the change's id as additional data. Inside is the JSON of
    /// `contract::request::Words`.
    pub struct SealedWords {
        /// The id of the key that it is sealed for. Old keys go on opening.
        pub key: String,
        /// HPKE's encapsulated key: 65 bytes in base64url without padding.
        pub enc: String,
        /// The ciphertext with its tag, in base64url without padding.
        pub sealed: String,
    }

    /// A file of what is not sent, to be handed in elsewhere.
    pub struct UnsentFile {
        /// [`UNSENT_FORMAT`].
        pub format: String,
        pub envelopes: Vec<Envelope>,
    }
}

pub const ENVELOPE_INFO: &str = "portal-envelope-1";
pub const DEFLATED_INFO: &str = "portal-envelope-2";
pub const CONFIDENTIAL_INFO: &str = "portal-confidential-1";
pub const UNSENT_FORMAT: &str = "portal-unsent-1";
/// The most envelopes that one request may carry.
pub const ENVELOPES_MAX: usize = 50;
/// The longest envelope, in bytes of its JSON: the longest change, its token and what sealing adds.
pub const ENVELOPE_BYTES_MAX: usize = crate::change::CHANGE_BYTES_MAX / 3 * 4 + 2_048;
