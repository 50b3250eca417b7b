//! What is in the database, behind the app's back.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/tests/browser/peek.js")]
extern "C" {
    #[wasm_bindgen(js_name = everything)]
    async fn everything_in_js() -> JsValue;
    pub async fn put(store: &str, key: &str, text: &str);
    pub async fn remove(store: &str, key: &str);
    pub async fn clear(store: &str);
    pub async fn upgrade();
}

pub struct Row {
    pub store: String,
    pub key: String,
    pub text: String,
}

pub async fn everything() -> Vec<Row> {
    let list: Array = everything_in_js().await.dyn_into().unwrap();
    let texts: Vec<String> = list.iter().map(|text| text.as_string().unwrap()).collect();
    let row = |row: &[String]| Row { store: row[0].clone(), key: row[1].clone(), text: row[2].clone() };
    texts.chunks_exact(3).map(row).collect()
}

pub async fn is_in(store: &str, key: &str) -> bool {
    everything().await.iter().any(|row| row.store == store && row.key == key)
}
