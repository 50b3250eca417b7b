//! What must hold of any bytes at all. Shared by the fuzz targets and by tests/it/fuzzed.rs, each of which uses its part.
#![allow(dead_code, clippy::unwrap_used)]

use contract::{
    change::Sent,
    json::{self, Json},
    seal::Envelope,
};
use data_encoding::BASE64URL_NOPAD as BASE64;
use hpke::{
    Deserializable, Kem, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256 as P256,
};
use portal_server::{
    db::{Db, Sqlite, SqliteOptions},
    declare,
    keys::Keys,
};
use serde_json::Value;
use std::{cell::OnceCell, str};

/// A provider's file: read or refused with its place, the same each time; and what is shown as HTML has nothing that acts.
/// The first byte, a digit, says which kind of file it is.
pub fn import(bytes: &[u8]) {
    const NAMES: [&str; 10] = [
        "courses.csv",
        "learners.csv",
        "enrolments.csv",
        "assignments.csv",
        "extensions.csv",
        "sessions.csv",
        "contacts.csv",
        "policies.csv",
        "guidance/passwords.md",
        "weld.ics",
    ];
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(kind.wrapping_sub(b'0')) % NAMES.len()];
    let mut options = import::Options { course: Some("weld".into()), ..import::Options::default() };
    options.known.courses.insert("weld".into());
    options.known.learners.insert("L1001".into());
    options.known.assignments.insert("weld-1".into());
    let outcome = import::read_text(name, bytes, &options);
    assert_eq!(outcome, import::read_text(name, bytes, &options), "two answers for one file");
    for refusal in &outcome.refused {
        assert!(!refusal.what.is_empty() && !refusal.mend.is_empty(), "{refusal:?}");
    }
    for record in &outcome.batch.records {
        let body: Value = serde_json::from_str(&record.body).unwrap();
        assert!(!record.body.contains("\\u0000"), "{}", record.body);
        harmless(&body);
    }
}

/// Texts under `html` have no tag or attribute beyond the allowed ones; links are https.
pub fn harmless(value: &Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("html", Value::String(html)) => harmless_html(html),
                    ("link" | "join", Value::String(link)) => {
                        assert!(link.starts_with("https://") && link.is_ascii(), "{link}");
                    }
                    (_, value) => harmless(value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(harmless),
        _ => {}
    }
}

fn harmless_html(html: &str) {
    const TAGS: [&str; 11] = ["p", "h4", "h5", "ul", "ol", "li", "strong", "em", "blockquote", "br", "a"];
    const BEFORE: &str = "a href=\"";
    const AFTER: &str = "\" rel=\"noopener noreferrer\"";
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let address = tag.strip_prefix(BEFORE).and_then(|tag| tag.strip_suffix(AFTER));
        match address {
            Some(address) => {
                let known = ["https://", "tel:", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
                assert!(known && !address.contains(['"', '\n', '\t']), "{address}");
            }
            None => assert!(TAGS.contains(&tag.trim_start_matches('/')), "<{tag}> in {html}"),
        }
    }
}

/// A change as it was sent: kept or refused with a problem that says what to do.
pub fn change(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let sent: Vec<Sent> = match declare::item::<Sent>(0, text) {
        Ok(sent) => vec![sent],
        Err(problem) => {
            assert_eq!(problem.status, 422);
            // Most inputs should be tried as the change itself.
            let id = |value: Value| value["id"].as_str().map(Into::into);
            let id = serde_json::from_str(text).ok().and_then(id).unwrap_or_default();
            vec![Sent { id, change: text.into() }]
        }
    };
    for sent in sent {
        let learner = "L1001".into();
        let checked =
            declare::parse(&sent).and_then(|change| declare::validate(&sent, &change, &learner).map(|()| change));
        match checked {
            Ok(change) => assert_eq!(change.id, sent.id),
            Err(problem) => {
                assert!((400..500).contains(&problem.status), "{problem:?}");
                assert!(problem.detail.is_some_and(|detail| !detail.is_empty()));
            }
        }
    }
}

/// An envelope: whatever was sealed is opened to the byte where a token of ours is in it, and anything else is closed.
pub fn envelope(bytes: &[u8]) {
    KEYS.with(|keys| {
        let keys = keys.get_or_init(some_keys);
        if let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) {
            assert!(keys.open(&envelope).is_err(), "opened what nobody sealed");
        }
        let sealing = keys.sealing();
        let id = "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b001";
        let public = <P256 as Kem>::PublicKey::from_bytes(&BASE64.decode(sealing.key.as_bytes()).unwrap()).unwrap();
        let envelope = |enc: &[u8], sealed: &[u8], deflated: bool| Envelope {
            id: id.into(),
            key: sealing.id.clone(),
            enc: BASE64.encode(enc),
            sealed: BASE64.encode(sealed),
            deflated,
        };
        for (info, deflated) in [("portal-envelope-1", false), ("portal-envelope-2", true)] {
            let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
                &OpModeS::Base,
                &public,
                info.as_bytes(),
                bytes,
                id.as_bytes(),
            )
            .unwrap();
            assert!(keys.open(&envelope(&enc.to_bytes(), &sealed, deflated)).is_err(), "a token out of nothing");
        }
        // A key and a text of anybody's.
        let (key, rest) = bytes.split_at(bytes.len().min(65));
        assert!(keys.open(&envelope(key, rest, false)).is_err());
    });
}

thread_local! {
    static KEYS: OnceCell<Keys> = const { OnceCell::new() };
}

fn some_keys() -> Keys {
    let folder = tempfile::TempDir::new().unwrap();
    let file = format!("sqlite:{}", folder.path().join("portal.db").display());
    // On a thread of its own, where no runtime runs yet.
    let load = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let db = Sqlite::open(&file, SqliteOptions::default()).await.unwrap();
            let keys = Keys::load(&db).await.unwrap();
            db.close().await;
            keys
        })
    };
    std::thread::scope(|scope| scope.spawn(load).join().unwrap())
}

/// The app's reader of JSON: never a panic, and what serde_json takes it takes with the same content.
pub fn json(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let ours = json::parse(text);
    if let Ok(theirs) = serde_json::from_str::<Value>(text)
        && depth(&theirs) < 60
    {
        assert!(agree(&ours.unwrap(), &theirs), "{text}");
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 1,
    }
}

fn agree(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        // The contract has whole numbers alone, and none so small.
        (Json::Number(ours), Value::Number(theirs)) => {
            theirs.as_i64().is_none_or(|theirs| *ours == theirs || theirs == i64::MIN)
        }
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| agree(ours, theirs))
        }
        // Of a name that is there twice, serde_json keeps the last.
        (Json::Map(ours), Value::Object(theirs)) => theirs.iter().all(|(name, theirs)| {
            ours.iter().rev().find(|(ours, _)| ours == name).is_some_and(|(_, ours)| agree(ours, theirs))
        }),
        _ => false,
    }
}
