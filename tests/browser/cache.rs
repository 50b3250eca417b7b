use portal::data::cache::Cache;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_is_written_is_read_by_the_next_opening_and_can_be_forgotten() {
    let cache = Cache::open().await;
    assert!(cache.persistent());
    cache.write("test.one", &vec![1_u32, 2, 3]).await.unwrap();
    cache.write("test.two", &String::from("two")).await.unwrap();

    let again = Cache::open().await;
    assert_eq!(again.read::<Vec<u32>>("test.one").await.unwrap(), Some(vec![1, 2, 3]));
    again.forget(&["test.one", "test.absent"]).await.unwrap();
    assert_eq!(cache.read::<Vec<u32>>("test.one").await.unwrap(), None);
    assert_eq!(cache.read::<String>("test.two").await.unwrap().as_deref(), Some("two"));
    cache.forget(&["test.two"]).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_does_not_read_is_an_error_that_names_its_key_and_not_absent() {
    let cache = Cache::open().await;
    cache.write("test.shape", &String::from("text")).await.unwrap();
    let error = cache.read::<Vec<u32>>("test.shape").await.unwrap_err();
    assert!(format!("{error:?}").contains("test.shape"), "{error:?}");
    cache.forget(&["test.shape"]).await.unwrap();
}

#[wasm_bindgen_test]
async fn memory_does_the_same_until_the_page_is_closed() {
    let cache = Cache::in_memory().await;
    assert!(!cache.persistent());
    cache.write("records", &String::from("text")).await.unwrap();
    cache.write("device.text", &String::from("2")).await.unwrap();
    assert_eq!(cache.clone().read::<String>("records").await.unwrap().as_deref(), Some("text"));
    cache.wipe("").await.unwrap();
    assert_eq!(cache.read::<String>("records").await.unwrap(), None);
    assert_eq!(cache.read::<String>("device.text").await.unwrap().as_deref(), Some("2"));
    assert_eq!(Cache::in_memory().await.read::<String>("device.text").await.unwrap(), None);
}
