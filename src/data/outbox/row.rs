//! A row of the outbox or the archive, in each form that any version of the app has written.

use chrono::{DateTime, Utc};
use contract::{
    change::Sent,
    ids::{ChangeId, LearnerId},
    json::{self, Json, Wire},
    problem::Problem,
    seal::Envelope,
    wire_struct,
};

// Plain rows are rare: a box for them would be bytes for every learner.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The change itself: where the server has no key to seal for, and from versions that did not seal.
    Plain(Plain),
    Sealed(Box<Sealed>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Whose it is, whoever is signed in when it is sent.
    pub learner: LearnerId,
    /// Its exact bytes.
    pub sent: Sent,
    /// SHA-256 of those bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    pub seq: u64,
    /// The device's clock.
    pub kept_at: DateTime<Utc>,
    /// Why the server refused it, if it did: it needs the learner.
    pub attention: Option<Problem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub envelope: Envelope,
    /// SHA-256 of the text of `envelope.sealed`: what an acknowledgement must name.
    pub sha256: String,
    pub seq: u64,
    /// The device's clock.
    pub kept_at: DateTime<Utc>,
    pub attention: Option<Problem>,
    /// In the archive: when it was acknowledged, and by which life of the server's database.
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub epoch: Option<String>,
}

wire_struct!(Plain { learner, sent, sha256, seq, kept_at, attention });
wire_struct!(Sealed { envelope, sha256, seq, kept_at, attention, acknowledged_at, epoch });

impl Row {
    /// Nothing where this version cannot read it; it is then left as it is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(&json::parse(text).ok()?)
    }

    #[must_use]
    pub fn id(&self) -> &ChangeId {
        match self {
            Row::Plain(row) => &row.sent.id,
            Row::Sealed(row) => &row.envelope.id,
        }
    }

    #[must_use]
    pub fn seq(&self) -> u64 {
        match self {
            Row::Plain(row) => row.seq,
            Row::Sealed(row) => row.seq,
        }
    }

    /// What an acknowledgement of it must name.
    #[must_use]
    pub fn sha256(&self) -> &str {
        match self {
            Row::Plain(row) => &row.sha256,
            Row::Sealed(row) => &row.sha256,
        }
    }

    #[must_use]
    pub fn attention(&self) -> &Option<Problem> {
        match self {
            Row::Plain(row) => &row.attention,
            Row::Sealed(row) => &row.attention,
        }
    }

    pub fn set_attention(&mut self, attention: Option<Problem>) {
        match self {
            Row::Plain(row) => row.attention = attention,
            Row::Sealed(row) => row.attention = attention,
        }
    }
}

impl Wire for Row {
    fn read(json: &Json) -> Option<Self> {
        match json.get("envelope") {
            Some(_) => Sealed::read(json).map(|row| Row::Sealed(Box::new(row))),
            None => Plain::read(json).map(Row::Plain),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Row::Plain(row) => row.write(out),
            Row::Sealed(row) => row.write(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::json::to_json;

    const OLD: &str = r#"{"learner":"L1001","sent":{"id":"c1","change":"{}"},"sha256":"ab","seq":3,"kept_at":"2026-11-23T12:00:00Z"}"#;

    #[test]
    fn a_row_of_the_version_before_sealing_is_read_as_it_was_written() {
        let row = Row::parse(OLD).expect("it is readable");
        assert_eq!((row.id().as_str(), row.seq(), row.sha256()), ("c1", 3, "ab"));
        assert_eq!(to_json(&row), OLD);
    }

    #[test]
    fn a_sealed_row_keeps_its_envelope_to_the_letter() {
        let envelope =
            Envelope { id: "c2".into(), key: "k1".into(), enc: "BA".into(), sealed: "x-_".into(), deflated: true };
        let row = Row::Sealed(Box::new(Sealed {
            envelope,
            sha256: "cd".into(),
            seq: 4,
            kept_at: DateTime::UNIX_EPOCH,
            attention: None,
            acknowledged_at: None,
            epoch: Some("e1".into()),
        }));
        assert_eq!(Row::parse(&to_json(&row)), Some(row));
    }

    #[test]
    fn what_is_no_row_is_nothing() {
        for text in ["", "{}", "[]", r#"{"envelope":1}"#, &OLD[..40]] {
            assert_eq!(Row::parse(text), None, "{text}");
        }
    }
}
