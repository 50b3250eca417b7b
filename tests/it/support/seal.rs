//! Sealing as an app does.

use super::Portal;
use data_encoding::BASE64URL_NOPAD as BASE64;
use hpke::{
    Deserializable, Kem, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256 as P256,
};
use reqwest::Client;
use serde_json::{Value, json};

/// A change in an envelope, with the upload token of whoever is signed in in this browser.
pub async fn seal(portal: &Portal, learner: &Client, change: &Value) -> Value {
    let who: Value = portal.get(learner, "/api/v1/session").await.json().await.unwrap();
    seal_with(who["upload_token"].as_str().unwrap(), portal, change).await
}

pub async fn seal_with(token: &str, portal: &Portal, change: &Value) -> Value {
    let meta: Value = portal.get(&super::browser(), "/api/v1/meta").await.json().await.unwrap();
    let key = BASE64.decode(meta["sealing"]["key"].as_str().unwrap().as_bytes()).unwrap();
    let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
        &OpModeS::Base,
        &<P256 as Kem>::PublicKey::from_bytes(&key).unwrap(),
        b"portal-envelope-1",
        format!("{token}\n{change}").as_bytes(),
        change["id"].as_str().unwrap().as_bytes(),
    )
    .unwrap();
    json!({
        "id": change["id"],
        "key": meta["sealing"]["id"],
        "enc": BASE64.encode(&enc.to_bytes()),
        "sealed": BASE64.encode(&sealed),
    })
}
