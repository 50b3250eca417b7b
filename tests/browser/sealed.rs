use crate::{
    peek,
    samples::{TITLE, TOKEN, append, asked, clear, find, items, key, seal, signed},
};
use contract::{ids::ChangeId, json::to_json, problem::Problem};
use portal::{
    browser::hash::sha256_hex,
    data::{
        cache::Cache,
        drafts,
        outbox::{self, Item, Row, Sealed, Way},
        session::old,
        vault::Key,
    },
    state::{draft::Draft, unfinished::Unfinished},
};
use wasm_bindgen_test::wasm_bindgen_test;

async fn append_sealed(cache: &Cache, key: &Key) -> Item {
    outbox::append(cache, Some(&seal()), Some(key), signed()).await.unwrap()
}

async fn row(cache: &Cache, id: &ChangeId) -> Sealed {
    match find(cache, id).await {
        Some(Row::Sealed(row)) => *row,
        other => panic!("{other:?}"),
    }
}

fn problem(kind: &str) -> Problem {
    Problem {
        kind: kind.into(),
        title: "No".into(),
        status: 422,
        detail: Some(format!("{TITLE} was signed before.")),
        fields: Vec::new(),
    }
}

#[wasm_bindgen_test]
async fn what_asks_is_told_from_a_declaration_sealed_or_not_and_goes_when_its_step_is_here() {
    let cache = Cache::open().await;
    clear(&cache).await;
    let (key, seal) = (key(), seal());
    let keep = async |seal, signed| outbox::append(&cache, seal, Some(&key), signed).await.unwrap();
    let sealed = keep(Some(&seal), asked(None)).await;
    let more = keep(Some(&seal), asked(Some(&sealed.id))).await;
    let plain = keep(None, asked(None)).await;
    let plain_more = keep(None, asked(Some(&plain.id))).await;
    let declared = keep(Some(&seal), signed()).await;
    let about = |item: &Item| (item.id.clone(), item.asks.clone(), item.declares());
    let seen: Vec<_> = items(&cache, Some(&key)).await.iter().map(about).collect();
    let asks = |item: &Item, request: &Item| (item.id.clone(), Some(request.id.clone()), false);
    let expected = [asks(&sealed, &sealed), asks(&more, &sealed), asks(&plain, &plain), asks(&plain_more, &plain)];
    assert_eq!(seen[..4], expected);
    assert_eq!(seen[4], (declared.id.clone(), None, true));
    // To anybody else a sealed one is neither.
    assert!(items(&cache, None).await.iter().take(2).all(|item| item.asks.is_none() && item.work.title.is_empty()));
    // It has arrived: it is told until the request has come back with this very step.
    assert!(outbox::acknowledge(&cache, &sealed.id, &row(&cache, &sealed.id).await.sha256).await.unwrap());
    let arrived = items(&cache, Some(&key)).await.into_iter().find(|item| item.id == sealed.id).unwrap();
    assert_eq!((arrived.way, &arrived.asks), (Way::Arrived, &Some(sealed.id.clone())));
    let later = outbox::all(&cache, Some(&key), std::slice::from_ref(&sealed.id)).await.unwrap();
    assert!(later.iter().all(|item| item.id != sealed.id));
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn what_is_sealed_is_read_by_its_own_learner_and_by_nobody_else() {
    let cache = Cache::open().await;
    let (key, other) = (key(), key());
    let item = append_sealed(&cache, &key).await;
    assert_eq!(item.way, Way::Sealed);
    assert_eq!(items(&cache, Some(&key)).await, std::slice::from_ref(&item), "its learner");
    for nobody in [None, Some(&other)] {
        let seen = items(&cache, nobody).await;
        assert_eq!(seen.len(), 1);
        assert_eq!((&seen[0].id, seen[0].way, &seen[0].learner), (&item.id, Way::Sealed, &None));
        assert_eq!((seen[0].work.title.as_str(), seen[0].sha256.as_str()), ("", ""));
    }
    for peek::Row { store, key: name, text } in peek::everything().await {
        for trace in ["L1001", "welding", "Welding", "Ada Example", TOKEN] {
            assert!(!text.contains(trace) && !name.contains(trace), "{trace} in {store} {name}: {text}");
        }
    }
    let sealed = row(&cache, &item.id).await;
    assert_eq!(sha256_hex(sealed.envelope.sealed.as_bytes()).await.unwrap(), sealed.sha256);
    assert_ne!(sealed.sha256, item.sha256, "an acknowledgement names the sealed text, the receipt the change");
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn only_an_acknowledgement_of_the_sealed_text_moves_it_to_the_archive() {
    let cache = Cache::open().await;
    let key = key();
    let (item, other) = (append_sealed(&cache, &key).await, append_sealed(&cache, &key).await);
    let sealed = row(&cache, &item.id).await;
    assert!(!outbox::acknowledge(&cache, &item.id, &item.sha256).await.unwrap(), "that of the change");
    assert!(!outbox::acknowledge(&cache, &other.id, &sealed.sha256).await.unwrap(), "that of another");
    assert!(outbox::acknowledge(&cache, &item.id, &sealed.sha256).await.unwrap());
    assert!(!outbox::acknowledge(&cache, &item.id, &sealed.sha256).await.unwrap(), "it is gone");
    assert!(peek::is_in("archive", item.id.as_str()).await && !peek::is_in("outbox", item.id.as_str()).await);

    // Until its receipt is here its learner still sees it.
    let seen = items(&cache, Some(&key)).await;
    assert_eq!(
        seen.iter().map(|i| (&i.id, i.way)).collect::<Vec<_>>(),
        [(&item.id, Way::Arrived), (&other.id, Way::Sealed)]
    );
    let seen = outbox::all(&cache, Some(&key), std::slice::from_ref(&item.id)).await.unwrap();
    assert_eq!(seen, [other]);
    assert_eq!(outbox::lost(&cache, [sealed.seq].into_iter()).await.unwrap(), 0, "what is in the archive is not lost");
    assert_eq!(outbox::lost(&cache, [sealed.seq, 900_001, 900_002].into_iter()).await.unwrap(), 2);
    assert_eq!(outbox::lost(&cache, [900_002, 900_003].into_iter()).await.unwrap(), 3, "each counts once");
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn a_server_that_was_restored_is_sent_again_what_it_once_acknowledged() {
    let cache = Cache::open().await;
    let key = key();
    peek::clear("archive").await;
    outbox::epoch_is(&cache, "first", false).await.unwrap();
    let item = append_sealed(&cache, &key).await;
    let sealed = row(&cache, &item.id).await;
    clear(&cache).await;
    assert!(!outbox::epoch_is(&cache, "first", false).await.unwrap(), "it is the same");
    assert!(outbox::epoch_is(&cache, "second", false).await.unwrap());
    assert_eq!(row(&cache, &item.id).await.envelope, sealed.envelope, "the very bytes");
    assert_eq!(items(&cache, Some(&key)).await[0].work.title, TITLE, "its learner knows it again");
    assert!(!peek::is_in("archive", item.id.as_str()).await);

    clear(&cache).await;
    assert!(!outbox::epoch_is(&cache, "second", false).await.unwrap());
    assert!(outbox::epoch_is(&cache, "second", true).await.unwrap(), "it had to begin anew");
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn why_it_was_refused_is_read_by_its_learner_alone() {
    let cache = Cache::open().await;
    let key = key();
    let item = append_sealed(&cache, &key).await;
    assert!(outbox::refuse(&cache, Some(&key), &item.id, &problem("/problems/signed-before")).await.unwrap());
    let mine = &items(&cache, Some(&key)).await[0];
    assert_eq!(mine.attention, Some(problem("/problems/signed-before")));
    let theirs = items(&cache, None).await[0].attention.clone().unwrap();
    assert_eq!((theirs.kind.as_str(), theirs.detail), ("/problems/signed-before", None));
    assert!(peek::everything().await.iter().all(|row| !row.text.contains("was signed before")));
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn what_needs_its_learner_is_tried_again_when_somebody_signs_in_and_other_refusals_are_not() {
    let cache = Cache::open().await;
    let key = key();
    let (one, two) = (append_sealed(&cache, &key).await, append_sealed(&cache, &key).await);
    outbox::refuse(&cache, None, &one.id, &problem("/problems/needs-its-learner")).await.unwrap();
    outbox::refuse(&cache, None, &two.id, &problem("/problems/fields")).await.unwrap();
    outbox::retry_those_that_need_their_learner(&cache).await.unwrap();
    assert_eq!(row(&cache, &one.id).await.attention, None);
    assert!(row(&cache, &two.id).await.attention.is_some());
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn a_row_that_cannot_be_read_hides_and_stops_no_other() {
    let cache = Cache::open().await;
    let key = key();
    let item = append_sealed(&cache, &key).await;
    let old = append(&cache).await;
    for text in ["", "{", r#"{"envelope":{"id":1}}"#, r#"{"of":"a later version"}"#] {
        peek::put("outbox", "00-broken", text).await;
        assert_eq!(outbox::rows(&cache).await.unwrap().len(), 2, "{text}");
        let seen: Vec<_> = items(&cache, Some(&key)).await.into_iter().map(|i| (i.id.0, i.way)).collect();
        let all = [(item.id.0.clone(), Way::Sealed), (old.id.0.clone(), Way::Plain), ("00-broken".into(), Way::None)];
        assert_eq!(seen, all, "{text}");
        outbox::retry_those_that_need_their_learner(&cache).await.unwrap();
        assert!(!outbox::acknowledge(&cache, &"00-broken".into(), "").await.unwrap(), "{text}");
        assert!(peek::is_in("outbox", "00-broken").await, "{text}");
    }
    peek::remove("outbox", "00-broken").await;
    clear(&cache).await;
    peek::clear("archive").await;
}

#[wasm_bindgen_test]
async fn a_summary_goes_when_its_receipt_is_here_and_the_archive_no_longer_has_the_change() {
    let cache = Cache::open().await;
    let key = key();
    let item = append_sealed(&cache, &key).await;
    let name = format!("waiting.{}", item.id);
    let there = || peek::is_in("kept", &name);
    outbox::tidy(&cache, std::slice::from_ref(&item.id)).await.unwrap();
    assert!(there().await, "it waits");
    clear(&cache).await;
    outbox::tidy(&cache, std::slice::from_ref(&item.id)).await.unwrap();
    assert!(there().await, "a restored server may want it again");
    peek::clear("archive").await;
    outbox::tidy(&cache, &[]).await.unwrap();
    assert!(there().await, "its receipt is not here");
    outbox::tidy(&cache, std::slice::from_ref(&item.id)).await.unwrap();
    assert!(!there().await);
}

#[wasm_bindgen_test]
async fn a_row_of_another_learner_or_moved_under_another_name_is_not_read() {
    let cache = Cache::open().await;
    let (key, other) = (key(), key());
    key.write(&cache, "test.mine", &String::from("private")).await.unwrap();
    assert_eq!(key.read::<String>(&cache, "test.mine").await.as_deref(), Some("private"));
    assert_eq!(other.read::<String>(&cache, "test.mine").await, None);
    let text = peek::everything().await.into_iter().find(|row| row.key == "test.mine").unwrap().text;
    peek::put("kept", "test.moved", &text).await;
    assert_eq!(key.read::<String>(&cache, "test.moved").await, None);
    cache.forget(&["test.mine", "test.moved"]).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_version_that_knows_fewer_stores_still_opens_what_a_later_one_has_left() {
    let item = append(&Cache::open().await).await;
    peek::upgrade().await;
    let cache = Cache::open().await;
    assert!(cache.persistent());
    assert!(find(&cache, &item.id).await.is_some());
    let next = append(&cache).await;
    assert!(to_json(&find(&cache, &next.id).await.unwrap()).contains("welding-1"));
    clear(&cache).await;
}

#[wasm_bindgen_test]
async fn plain_drafts_of_earlier_versions_are_encrypted_for_their_learner_and_others_go() {
    drop(Cache::open().await);
    let key = key();
    let old = |learner: &str, assignment: &str| {
        let draft = Draft { name: "half a name".into(), ..Draft::new(learner.into(), assignment.into(), 1) };
        (format!("draft.{learner}.{assignment}"), to_json(&draft))
    };
    for (row, text) in [old("L1001", "A1"), old("L1002", "A2")] {
        peek::put("kept", &row, &text).await;
    }
    peek::put("kept", "draft.L1001.A3", "{").await;
    peek::put("kept", "snapshot", "{}").await;
    let cache = Cache::open().await;
    old::adopt(&cache, &"L1001".into(), Some(&key)).await;
    let drafts = drafts::all(&cache, &key, &"L1001".into()).await;
    assert_eq!(
        drafts.iter().map(|d| (d.assignment.0.as_str(), d.text.contains("\"half a name\""))).collect::<Vec<_>>(),
        [("A1", true)]
    );
    for row in peek::everything().await {
        assert!(!row.key.contains("L100") && !row.text.contains("half a name") && row.key != "snapshot", "{}", row.key);
    }
    cache.wipe(key.as_str()).await.unwrap();
    assert_eq!(drafts::all(&cache, &key, &"L1001".into()).await, []);
}

#[wasm_bindgen_test]
async fn saves_of_a_draft_end_up_in_the_order_in_which_they_were_begun() {
    let cache = Cache::open().await;
    let key = key();
    let mut running = Vec::new();
    for n in 0..40 {
        let (cache, key) = (cache.clone(), key.clone());
        let name = "x".repeat(if n % 2 == 0 { 50_000 } else { 10 }) + &n.to_string();
        running.push(wasm_bindgen_futures::future_to_promise(async move {
            let draft = Draft { name, ..Draft::new("L1001".into(), "A1".into(), 1) };
            drafts::keep(&cache, &key, &draft).await.unwrap();
            Ok(wasm_bindgen::JsValue::UNDEFINED)
        }));
    }
    for running in running {
        wasm_bindgen_futures::JsFuture::from(running).await.unwrap();
    }
    let drafts = drafts::all(&cache, &key, &"L1001".into()).await;
    assert_eq!(drafts.len(), 1);
    assert!(drafts[0].text.contains("x39\""), "the last one");
    cache.wipe(key.as_str()).await.unwrap();
}

#[wasm_bindgen_test]
async fn with_another_key_of_the_same_learner_nothing_is_lost() {
    let cache = Cache::open().await;
    let (before, after) = (key(), key());
    let item = append_sealed(&cache, &before).await;
    let draft = Draft { name: "half".into(), ..Draft::new("L1001".into(), "A1".into(), 1) };
    drafts::keep(&cache, &before, &draft).await.unwrap();
    outbox::hand_over(&cache, &before, &after).await;
    assert_eq!(items(&cache, Some(&after)).await, [item]);
    assert_eq!(drafts::all(&cache, &after, &"L1001".into()).await, [Unfinished::of(&draft)]);
    assert_eq!(drafts::all(&cache, &before, &"L1001".into()).await, []);
    cache.wipe(after.as_str()).await.unwrap();
    clear(&cache).await;
    peek::clear("archive").await;
}
