use crate::samples::{append, clear, find, key, signed};
use contract::{change::Change, problem::Problem};
use portal::{
    browser::hash::sha256_hex,
    data::{
        cache::{Cache, StorageFault},
        drafts,
        outbox::{self, Item, Plain, Row},
    },
    state::draft::Draft,
};
use std::collections::BTreeSet;
use wasm_bindgen_test::wasm_bindgen_test;

/// An unsealed row, as it is kept.
async fn plain(cache: &Cache, item: &Item) -> Plain {
    match find(cache, &item.id).await {
        Some(Row::Plain(row)) => row,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn what_is_appended_is_there_when_the_database_is_opened_again() {
    let item = append(&Cache::open().await).await;
    let cache = Cache::open().await;
    assert_eq!(outbox::all(&cache, None, &[]).await.unwrap(), std::slice::from_ref(&item));

    let row = plain(&cache, &item).await;
    let change: Change = contract::json::from_json(&row.sent.change).unwrap();
    assert_eq!((&change.id, change.seq), (&item.id, row.seq));
    assert_eq!(sha256_hex(row.sent.change.as_bytes()).await.unwrap(), item.sha256);
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn fifty_at_once_from_two_connections_are_numbered_without_a_gap() {
    let (one, two) = (Cache::open().await, Cache::open().await);
    let first = append(&one).await;
    let first = plain(&one, &first).await.seq;
    let mut running = Vec::new();
    for i in 0..50 {
        let cache = if i % 2 == 0 { one.clone() } else { two.clone() };
        running.push(wasm_bindgen_futures::future_to_promise(async move {
            append(&cache).await;
            Ok(wasm_bindgen::JsValue::UNDEFINED)
        }));
    }
    for running in running {
        wasm_bindgen_futures::JsFuture::from(running).await.unwrap();
    }
    let rows = outbox::rows(&one).await.unwrap();
    let seqs: Vec<u64> = rows.iter().map(Row::seq).collect();
    assert_eq!(seqs, (first..=first + 50).collect::<Vec<_>>());
    let client = |row: &Row| match row {
        Row::Plain(row) => contract::json::from_json::<Change>(&row.sent.change).unwrap().client.0,
        Row::Sealed(_) => panic!("nothing here is sealed"),
    };
    let clients: BTreeSet<String> = rows.iter().map(client).collect();
    assert_eq!(clients.len(), 1, "it is one client");
    clear(&one).await;
}

#[wasm_bindgen_test]
async fn the_draft_goes_when_the_declaration_is_kept() {
    let cache = Cache::open().await;
    let key = key();
    for assignment in ["welding-1", "other"] {
        drafts::keep(&cache, &key, &Draft::new("L1001".into(), assignment.into(), 1)).await.unwrap();
    }
    outbox::append(&cache, None, Some(&key), signed()).await.unwrap();
    let left: Vec<_> = drafts::all(&cache, &key, &"L1001".into()).await.into_iter().map(|d| d.assignment.0).collect();
    assert_eq!(left, ["other"]);
    cache.wipe(key.as_str()).await.unwrap();
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn only_an_acknowledgement_of_the_same_id_and_bytes_removes_an_item() {
    let cache = Cache::open().await;
    let (item, other) = (append(&cache).await, append(&cache).await);
    assert!(!outbox::acknowledge(&cache, &item.id, &other.sha256).await.unwrap(), "other bytes");
    assert!(!outbox::acknowledge(&cache, &"no-such-change".into(), &item.sha256).await.unwrap(), "another id");
    assert_eq!(outbox::rows(&cache).await.unwrap().len(), 2);

    assert!(outbox::acknowledge(&cache, &item.id, &item.sha256).await.unwrap());
    assert!(!outbox::acknowledge(&cache, &item.id, &item.sha256).await.unwrap(), "it is gone");
    assert_eq!(outbox::all(&cache, None, &[]).await.unwrap(), [other]);
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn a_refusal_is_noted_and_taken_back_without_touching_the_bytes() {
    let cache = Cache::open().await;
    let item = append(&cache).await;
    let problem = Problem {
        kind: "/problems/invalid".into(),
        title: "Not valid".into(),
        status: 422,
        detail: Some("The name is missing.".into()),
        fields: Vec::new(),
    };
    let before = plain(&cache, &item).await;
    assert!(outbox::mark(&cache, &item.id, Some(&problem)).await.unwrap());
    assert_eq!(plain(&cache, &item).await, Plain { attention: Some(problem), ..before.clone() });

    assert!(outbox::mark(&cache, &item.id, None).await.unwrap());
    assert_eq!(plain(&cache, &item).await, before);
    assert!(!outbox::mark(&cache, &"no-such-change".into(), None).await.unwrap());
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn a_wipe_leaves_what_is_not_sent_and_the_clients_number() {
    let cache = Cache::open().await;
    cache.write("records", &String::from("names and deadlines")).await.unwrap();
    let (mine, theirs) = (key(), key());
    drafts::keep(&cache, &mine, &Draft::new("L1001".into(), "A1".into(), 1)).await.unwrap();
    drafts::keep(&cache, &theirs, &Draft::new("L1002".into(), "A1".into(), 1)).await.unwrap();
    cache.write("draft.L1001.A1", &String::from("a draft of a version that did not encrypt")).await.unwrap();
    cache.write("device.text", &String::from("1.5")).await.unwrap();
    cache.write("device.who", &String::from("Amina")).await.unwrap();
    let item = append(&cache).await;
    let before = plain(&cache, &item).await;
    cache.wipe(mine.as_str()).await.unwrap();

    for gone in ["records", "device.who", "draft.L1001.A1"] {
        assert_eq!(cache.read::<String>(gone).await.unwrap(), None, "{gone}");
    }
    assert!(cache.read::<String>("device.text").await.unwrap().is_some());
    assert_eq!(drafts::all(&cache, &mine, &"L1001".into()).await, []);
    assert_eq!(drafts::all(&cache, &theirs, &"L1002".into()).await.len(), 1, "nobody but its writer reads it");
    assert_eq!(plain(&cache, &item).await, before);
    let next = append(&cache).await;
    assert_eq!(plain(&cache, &next).await.seq, before.seq + 1, "the numbers go on");
    cache.wipe(theirs.as_str()).await.unwrap();
    cache.forget(&["device.text"]).await.unwrap();
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn where_nothing_can_be_kept_it_says_so_instead_of_saved() {
    let cache = Cache::in_memory().await;
    let refused = outbox::append(&cache, None, None, signed()).await;
    assert_eq!(refused, Err(StorageFault::Unavailable));
    assert_eq!(outbox::all(&cache, None, &[]).await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn when_the_browser_has_cleared_what_was_kept_the_numbers_go_on_and_it_is_noticed_once() {
    let cache = Cache::open().await;
    let item = append(&cache).await;
    let before = plain(&cache, &item).await.seq;
    clear(&cache).await;
    assert!(!outbox::was_cleared(&cache).await, "it is all there");

    cache.forget(&["client"]).await.unwrap();
    assert!(outbox::was_cleared(&cache).await);
    assert!(!outbox::was_cleared(&cache).await, "it has been said");
    let next = append(&cache).await;
    assert_eq!(plain(&cache, &next).await.seq, before + 1);
    clear(&cache).await;
}
