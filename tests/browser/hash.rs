use portal::browser::{hash::sha256_hex, uuid};
use std::collections::BTreeSet;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn sha256_of_the_standards_own_examples() {
    let cases: [(&[u8], &str); 3] = [
        (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ];
    for (bytes, digest) in cases {
        assert_eq!(sha256_hex(bytes).await.unwrap(), digest);
    }
}

#[wasm_bindgen_test]
async fn a_file_has_the_fingerprint_of_its_contents_and_keeps_its_name() {
    let parts = js_sys::Array::of1(&"abc".into());
    let file =
        portal::browser::hash::LocalFile::from(web_sys::File::new_with_str_sequence(&parts, "essay.txt").unwrap());
    assert_eq!((file.name().as_str(), file.size()), ("essay.txt", 3));
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(file.sha256_hex().await.unwrap(), digest);
}

#[wasm_bindgen_test]
fn identifiers_are_random_uuids_of_version_4() {
    let ids: BTreeSet<String> = (0..1_000).map(|_| uuid::random().unwrap()).collect();
    assert_eq!(ids.len(), 1_000, "no two are the same");
    for id in ids {
        let shape: String =
            id.chars().map(|c| if c.is_ascii_digit() || ('a'..='f').contains(&c) { 'x' } else { c }).collect();
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert_eq!(&id[14..15], "4", "version of {id}");
        assert!("89ab".contains(&id[19..20]), "variant of {id}");
    }
}
