use js_sys::{Object, Promise, Reflect};
use portal::browser::{
    crypto::{self, CryptoFault},
    locks::{self, Mode},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
mod rfc {
    pub const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
    pub const SK_EM: &str = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb";
    pub const PK_EM: &str = "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4";
    pub const PK_RM: &str = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
    pub const PT: &str = "4265617574792069732074727574682c20747275746820626561757479";
    pub const AAD: &str = "436f756e742d30";
    pub const CT: &str = "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434";
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn text(hex: &str) -> String {
    String::from_utf8(bytes(hex)).unwrap()
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let word = three.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).for_each(|n| text.push(DIGITS[(word >> (18 - 6 * n) & 63) as usize] as char));
    }
    text
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object
}

/// The RFC's ephemeral key, as the browser's own.
async fn ephemeral() -> JsValue {
    let subtle = web_sys::window().unwrap().crypto().unwrap().subtle();
    let point = bytes(rfc::PK_EM);
    let public = [
        ("kty", "EC".into()),
        ("crv", "P-256".into()),
        ("x", base64url(&point[1..33]).into()),
        ("y", base64url(&point[33..]).into()),
        ("ext", true.into()),
    ];
    let mut private = public.to_vec();
    private.push(("d", base64url(&bytes(rfc::SK_EM)).into()));
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
    let import = |key: Object, usage: &[&str]| -> Promise {
        let usage: js_sys::Array = usage.iter().map(|word| JsValue::from_str(word)).collect();
        subtle.import_key_with_object("jwk", &key, &curve, true, &usage).unwrap().unchecked_into()
    };
    let public = JsFuture::from(import(object(&public), &[])).await.unwrap();
    let private = JsFuture::from(import(object(&private), &["deriveBits"])).await.unwrap();
    object(&[("publicKey", public), ("privateKey", private)]).into()
}

#[wasm_bindgen_test]
async fn sealing_gives_the_very_bytes_of_the_standards_own_example() {
    let key = base64url(&bytes(rfc::PK_RM));
    let pair = ephemeral().await;
    let sealed = crypto::seal(&key, &text(rfc::INFO), &text(rfc::AAD), &text(rfc::PT).into(), &pair).await.unwrap();
    assert_eq!(sealed.enc, base64url(&bytes(rfc::PK_EM)));
    assert_eq!(sealed.sealed, base64url(&bytes(rfc::CT)));
}

#[wasm_bindgen_test]
async fn the_same_text_is_never_sealed_the_same_way_twice() {
    let key = base64url(&bytes(rfc::PK_RM));
    let by_chance = JsValue::UNDEFINED;
    let inside = JsValue::from_str("text");
    let seal = || crypto::seal(&key, "info", "about", &inside, &by_chance);
    let (one, two) = (seal().await.unwrap(), seal().await.unwrap());
    assert_ne!(one.enc, two.enc);
    assert_ne!(one.sealed, two.sealed);
}

#[wasm_bindgen_test]
async fn a_key_that_is_none_is_refused_without_a_panic() {
    let off_curve = base64url(&[&[4], [7u8; 64].as_slice()].concat());
    for key in ["", "AAAA", "not base64url!", off_curve.as_str()] {
        let refused = crypto::seal(key, "info", "about", &"text".into(), &JsValue::UNDEFINED).await;
        assert_eq!(refused, Err(CryptoFault), "{key}");
        assert_eq!(crypto::encrypt(key, "about", "text").await, Err(CryptoFault), "{key}");
    }
}

#[wasm_bindgen_test]
async fn what_is_encrypted_is_read_with_the_same_key_for_the_same_purpose_and_nothing_else() {
    let (key, other) = (crypto::random_key().unwrap(), crypto::random_key().unwrap());
    assert_eq!((key.len(), key == other), (43, false), "32 bytes, by chance");
    let text = "Welding: joints — naïve ‘quotes’ 🙂".repeat(10_000);
    let kept = crypto::encrypt(&key, "draft.1", &text).await.unwrap();
    assert!(!kept.contains("Welding"));
    assert_eq!(crypto::decrypt(&key, "draft.1", &kept).await, Ok(text));
    assert_eq!(crypto::decrypt(&other, "draft.1", &kept).await, Err(CryptoFault), "another key");
    assert_eq!(crypto::decrypt(&key, "draft.2", &kept).await, Err(CryptoFault), "another purpose");
    let end = if kept.ends_with('A') { "B" } else { "A" };
    for changed in [format!("{}{end}", &kept[..kept.len() - 1]), kept[..40].into(), String::new(), "{}".into()] {
        assert_eq!(crypto::decrypt(&key, "draft.1", &changed).await, Err(CryptoFault));
    }
}

#[wasm_bindgen_test]
async fn one_page_alone_has_a_lock_until_it_lets_go() {
    assert_eq!(locks::is_held("test-alone").await, Some(false));
    let held = locks::take("test-alone", Mode::Alone).await;
    assert!(held.is_some());
    assert_eq!(locks::is_held("test-alone").await, Some(true));
    assert!(locks::take("test-alone", Mode::Alone).await.is_none());
    drop(held);
    // The browser lets go a moment after it was asked to.
    let mut again = None;
    while again.is_none() {
        again = locks::take("test-alone", Mode::Alone).await;
    }
}

#[wasm_bindgen_test]
async fn several_pages_share_a_lock() {
    let (one, two) = (locks::take("test-shared", Mode::Shared).await, locks::take("test-shared", Mode::Shared).await);
    assert!(one.is_some() && two.is_some());
    drop(one);
    assert_eq!(locks::is_held("test-shared").await, Some(true));
    drop(two);
}
