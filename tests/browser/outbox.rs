use contract::{
    change::{Change, What},
    declaration::{Answer, Declaration, RulesShown, Wording},
    ids::ChangeId,
    problem::Problem,
};
use portal::{
    browser::{clock, hash::sha256_hex},
    data::{
        cache::{Cache, StorageFault},
        outbox::{self, Item},
    },
};
use std::collections::BTreeSet;
use wasm_bindgen_test::wasm_bindgen_test;

fn declaration() -> What {
    What::Declare(Box::new(Declaration {
        learner: "L1001".into(),
        assignment: "welding-1".into(),
        assignment_title: "Welding: joints — naïve ‘quotes’".into(),
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

async fn append(cache: &Cache, forget: Option<&str>) -> Item {
    outbox::append(cache, "L1001".into(), declaration(), clock::now(), forget).await.unwrap()
}

async fn find(cache: &Cache, id: &ChangeId) -> Option<Item> {
    outbox::all(cache).await.unwrap().into_iter().find(|item| item.sent.id == *id)
}

async fn clear(cache: &Cache) {
    for item in outbox::all(cache).await.unwrap() {
        assert!(outbox::settle(cache, &item.sent.id, &item.sha256).await.unwrap());
    }
}

#[wasm_bindgen_test]
async fn what_is_appended_is_there_when_the_database_is_opened_again() {
    let item = append(&Cache::open().await, None).await;
    let cache = Cache::open().await;
    assert_eq!(find(&cache, &item.sent.id).await.as_ref(), Some(&item));

    let change: Change = contract::json::from_json(&item.sent.change).unwrap();
    assert_eq!((&change.id, change.seq), (&item.sent.id, item.seq));
    assert_eq!(sha256_hex(item.sent.change.as_bytes()).await.unwrap(), item.sha256);
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn fifty_at_once_from_two_connections_are_numbered_without_a_gap() {
    let (one, two) = (Cache::open().await, Cache::open().await);
    let first = append(&one, None).await.seq;
    let mut running = Vec::new();
    for i in 0..50 {
        let cache = if i % 2 == 0 { one.clone() } else { two.clone() };
        running.push(wasm_bindgen_futures::future_to_promise(async move {
            append(&cache, None).await;
            Ok(wasm_bindgen::JsValue::UNDEFINED)
        }));
    }
    for running in running {
        wasm_bindgen_futures::JsFuture::from(running).await.unwrap();
    }
    let items = outbox::all(&one).await.unwrap();
    let seqs: Vec<u64> = items.iter().map(|item| item.seq).collect();
    assert_eq!(seqs, (first..=first + 50).collect::<Vec<_>>());
    let clients: BTreeSet<String> =
        items.iter().map(|item| contract::json::from_json::<Change>(&item.sent.change).unwrap().client.0).collect();
    assert_eq!(clients.len(), 1, "it is one client");
    clear(&one).await;
}

#[wasm_bindgen_test]
async fn the_draft_goes_when_the_declaration_is_kept() {
    let cache = Cache::open().await;
    cache.write("draft.welding-1", &String::from("half a declaration")).await.unwrap();
    cache.write("draft.other", &String::from("another")).await.unwrap();
    append(&cache, Some("draft.welding-1")).await;
    assert_eq!(cache.read::<String>("draft.welding-1").await.unwrap(), None);
    assert_eq!(cache.read::<String>("draft.other").await.unwrap().as_deref(), Some("another"));
    cache.forget(&["draft.other"]).await.unwrap();
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn only_an_acknowledgement_of_the_same_id_and_bytes_removes_an_item() {
    let cache = Cache::open().await;
    let (item, other) = (append(&cache, None).await, append(&cache, None).await);
    assert!(!outbox::settle(&cache, &item.sent.id, &other.sha256).await.unwrap(), "other bytes");
    assert!(!outbox::settle(&cache, &"no-such-change".into(), &item.sha256).await.unwrap(), "another id");
    assert_eq!(outbox::all(&cache).await.unwrap().len(), 2);

    assert!(outbox::settle(&cache, &item.sent.id, &item.sha256).await.unwrap());
    assert!(!outbox::settle(&cache, &item.sent.id, &item.sha256).await.unwrap(), "it is gone");
    assert_eq!(outbox::all(&cache).await.unwrap(), [other]);
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn a_refusal_is_noted_and_taken_back_without_touching_the_bytes() {
    let cache = Cache::open().await;
    let item = append(&cache, None).await;
    let problem = Problem {
        kind: "/problems/invalid".into(),
        title: "Not valid".into(),
        status: 422,
        detail: Some("The name is missing.".into()),
        fields: Vec::new(),
    };
    assert!(outbox::mark(&cache, &item.sent.id, Some(problem.clone())).await.unwrap());
    let marked = find(&cache, &item.sent.id).await.unwrap();
    assert_eq!(marked, Item { attention: Some(problem), ..item.clone() });

    assert!(outbox::mark(&cache, &item.sent.id, None).await.unwrap());
    assert_eq!(find(&cache, &item.sent.id).await.unwrap(), item);
    assert!(!outbox::mark(&cache, &"no-such-change".into(), None).await.unwrap());
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn a_wipe_leaves_what_is_not_sent_and_the_clients_number() {
    let cache = Cache::open().await;
    cache.write("records", &String::from("names and deadlines")).await.unwrap();
    cache.write("device.text", &String::from("1.5")).await.unwrap();
    let before = append(&cache, None).await;
    cache.wipe().await.unwrap();

    assert_eq!(cache.read::<String>("records").await.unwrap(), None);
    assert_eq!(cache.read::<String>("device.text").await.unwrap().as_deref(), Some("1.5"));
    assert_eq!(find(&cache, &before.sent.id).await.as_ref(), Some(&before));
    assert_eq!(append(&cache, None).await.seq, before.seq + 1, "the numbers go on");
    cache.forget(&["device.text"]).await.unwrap();
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn where_nothing_can_be_kept_it_says_so_instead_of_saved() {
    let cache = Cache::in_memory();
    let refused = outbox::append(&cache, "L1001".into(), declaration(), clock::now(), None).await;
    assert_eq!(refused, Err(StorageFault::Unavailable));
    assert_eq!(outbox::all(&cache).await.unwrap(), []);
}
