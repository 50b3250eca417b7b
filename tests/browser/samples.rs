//! What the tests sign, and how they look into the outbox.

use contract::{
    change::What,
    declaration::{Answer, Declaration, RulesShown, Wording},
    ids::{ChangeId, LearnerId},
    request::{Ask, AskKind, More, Words},
    seal::PublicKey,
};
use portal::{
    browser::{clock, crypto, uuid},
    data::{
        cache::Cache,
        outbox::{self, Item, Row, Seal, Signed, Work},
        vault::Key,
    },
};

pub const TITLE: &str = "Welding: joints — naïve ‘quotes’";
pub const TOKEN: &str = "an-upload-token";
/// A point of the curve; nobody here needs its secret.
const PUBLIC: &str = "BP6MGc4JBRkevCmKkkV5JTHybwzs4kYGOei8Oct_cGqCanebTPlpuKDlOcf2L7PTCtaqj4DjDx0Siq_WiiznLqA";

pub fn declaration() -> What {
    What::Declare(Box::new(Declaration {
        learner: "L1001".into(),
        assignment: "welding-1".into(),
        assignment_title: TITLE.into(),
        attempt: 1,
        course: "welding".into(),
        awarding_body: None,
        due: clock::now(),
        extended_to: None,
        own_part: None,
        rules: RulesShown { ai_level: None, text: vec!["Your own work.".into()], shown_at: clock::now() },
        help: Answer::None,
        sources: Answer::None,
        ai: Answer::None,
        files: Vec::new(),
        wording: Wording { version: "1".into(), language: "en-GB".into(), statements: vec!["It is my own.".into()] },
        signed_name: "Ada Example".into(),
        device_time: clock::now(),
        clock_offset_ms: None,
    }))
}

pub fn signed() -> Signed {
    let work = Work { assignment: "welding-1".into(), title: TITLE.into(), attempt: 1 };
    Signed {
        id: ChangeId(uuid::random().expect("chance")),
        learner: "L1001".into(),
        what: declaration(),
        work,
        made_at: clock::now(),
    }
}

/// A request, or a message that goes on with one; the title is all that its learner is shown of it while it waits.
pub fn asked(request: Option<&ChangeId>) -> Signed {
    let says = Some(Words { text: Some("Ratios are hard".into()), ..Words::default() });
    let (learner, device_time) = (LearnerId::from("L1001"), clock::now());
    let what = match request.cloned() {
        None => What::Ask(Box::new(Ask {
            learner,
            kind: AskKind::Learning,
            about: None,
            says,
            sealed: None,
            until: None,
            needs: Vec::new(),
            format: None,
            device_time,
            clock_offset_ms: None,
        })),
        Some(request) => What::More(Box::new(More {
            learner,
            request,
            says,
            sealed: None,
            share: None,
            withdraw: false,
            device_time,
            clock_offset_ms: None,
        })),
    };
    Signed { what, work: Work { title: "Help with learning".into(), ..Work::default() }, ..signed() }
}

/// A learner's key.
pub fn key() -> Key {
    Key::new(crypto::random_key().unwrap())
}

/// The server's.
pub fn seal() -> Seal {
    Seal { public: PublicKey { id: "k1".into(), key: PUBLIC.into() }, token: TOKEN.into(), inflates: false }
}

/// Keeps one unsealed.
pub async fn append(cache: &Cache) -> Item {
    outbox::append(cache, None, None, signed()).await.unwrap()
}

/// All items, read with a learner's key, none of which has a receipt.
pub async fn items(cache: &Cache, key: Option<&Key>) -> Vec<Item> {
    outbox::all(cache, key, &[]).await.unwrap()
}

pub async fn find(cache: &Cache, id: &ChangeId) -> Option<Row> {
    outbox::rows(cache).await.unwrap().into_iter().find(|row| row.id() == id)
}

/// Acknowledges everything.
pub async fn clear(cache: &Cache) {
    for row in outbox::rows(cache).await.unwrap() {
        assert!(outbox::acknowledge(cache, row.id(), row.sha256()).await.unwrap());
    }
}
