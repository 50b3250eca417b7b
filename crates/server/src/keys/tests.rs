use super::*;
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

fn keys() -> Keys {
    Keys::read(&[KeyKind::Root, KeyKind::Sealing, KeyKind::Receipt].map(|kind| make(kind, Utc::now()))).unwrap()
}

fn seal(keys: &Keys, id: &str, inside: &str) -> Envelope {
    seal_bytes(keys, id, inside.as_bytes(), false)
}

fn seal_deflated(keys: &Keys, id: &str, inside: &str) -> Envelope {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    deflated.write_all(inside.as_bytes()).unwrap();
    seal_bytes(keys, id, &deflated.finish().unwrap(), true)
}

fn seal_bytes(keys: &Keys, id: &str, inside: &[u8], deflated: bool) -> Envelope {
    let to = <P256 as Kem>::PublicKey::from_bytes(&BASE64.decode(keys.sealing().key.as_bytes()).unwrap()).unwrap();
    let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
        &hpke::OpModeS::Base,
        &to,
        if deflated { DEFLATED_INFO } else { ENVELOPE_INFO }.as_bytes(),
        inside,
        id.as_bytes(),
    )
    .unwrap();
    Envelope {
        id: id.into(),
        key: keys.sealing().id,
        deflated,
        enc: BASE64.encode(&enc.to_bytes()),
        sealed: BASE64.encode(&sealed),
    }
}

#[test]
fn an_envelope_says_whose_it_is_and_gives_the_exact_bytes() {
    let keys = keys();
    let given: DateTime<Utc> = "2026-11-23T12:00:00.123Z".parse().unwrap();
    for learner in ["L1001", "a.learner.with.dots"] {
        let token = keys.upload_token(&learner.into(), given);
        let opened = keys.open(&seal(&keys, "one", &format!("{token}\n{{\"a\":\n 1}}"))).unwrap();
        assert_eq!(opened, Opened { learner: learner.into(), token_given: given, change: "{\"a\":\n 1}".into() });
    }
}

#[test]
fn what_is_deflated_inside_is_given_whole_and_says_so_under_the_seal() {
    let keys = keys();
    let token = keys.upload_token(&"L1001".into(), Utc::now());
    let change = format!("{{\"text\":\"{}\"}}", "all my own work, ".repeat(400));
    let envelope = seal_deflated(&keys, "one", &format!("{token}\n{change}"));
    assert!(envelope.sealed.len() < 400, "{}", envelope.sealed.len());
    assert_eq!(keys.open(&envelope).unwrap().change, change);
    assert_eq!(keys.open(&Envelope { deflated: false, ..envelope }), Err(Closed::Damaged));
    let plain = seal(&keys, "one", &format!("{token}\n{{}}"));
    assert_eq!(keys.open(&Envelope { deflated: true, ..plain }), Err(Closed::Damaged));
}

#[test]
fn what_would_inflate_to_more_than_a_change_is_refused() {
    let keys = keys();
    let token = keys.upload_token(&"L1001".into(), Utc::now());
    let room = INSIDE_MAX - token.len() - 1;
    let of = |length| keys.open(&seal_deflated(&keys, "one", &format!("{token}\n{}", "x".repeat(length))));
    assert_eq!(of(room).unwrap().change.len(), room);
    for length in [room + 1, 200 * room] {
        assert_eq!(of(length), Err(Closed::Damaged), "{length}");
    }
    let no_deflate = seal_bytes(&keys, "one", format!("{token}\n{{}}").as_bytes(), true);
    assert_eq!(keys.open(&no_deflate), Err(Closed::Damaged));
}

#[test]
fn an_envelope_that_was_touched_does_not_open() {
    let keys = keys();
    let token = keys.upload_token(&"L1001".into(), Utc::now());
    let good = seal(&keys, "one", &format!("{token}\n{{}}"));
    let other_id = Envelope { id: "two".into(), ..good.clone() };
    let other_enc = Envelope { enc: seal(&keys, "one", "x").enc, ..good.clone() };
    let cut = Envelope { sealed: good.sealed[..good.sealed.len() - 4].into(), ..good.clone() };
    let none = Envelope { sealed: String::new(), enc: String::new(), ..good.clone() };
    for (what, envelope) in [("id", other_id), ("enc", other_enc), ("cut", cut), ("none", none)] {
        assert_eq!(keys.open(&envelope), Err(Closed::Damaged), "{what}");
    }
    assert_eq!(keys.open(&Envelope { key: "x".into(), ..good.clone() }), Err(Closed::OtherKey));
    assert_eq!(keys.open(&seal(&keys, "one", "no line feed")), Err(Closed::Damaged));
}

#[test]
fn a_token_cannot_be_made_or_changed_by_others() {
    let keys = keys();
    let token = keys.upload_token(&"L1001".into(), Utc::now());
    let (mark, rest) = token.split_once('.').unwrap();
    let another = Keys::read(&[KeyKind::Root, KeyKind::Sealing, KeyKind::Receipt].map(|kind| make(kind, Utc::now())));
    let others = another.unwrap().upload_token(&"L1001".into(), Utc::now());
    for wrong in [
        token.replace("L1001", "L1002"),
        format!(".{rest}"),
        format!("{}.{rest}", &mark[..8]),
        rest.into(),
        others,
        String::new(),
    ] {
        assert_eq!(keys.open(&seal(&keys, "one", &format!("{wrong}\n{{}}"))), Err(Closed::NoToken), "{wrong}");
    }
}

#[test]
fn a_device_key_is_the_learners_own_and_always_the_same() {
    let keys = keys();
    let key = |learner: &str| keys.device_key(&learner.into());
    assert_eq!(key("L1001"), key("L1001"));
    assert_ne!(key("L1001"), key("L1002"));
    assert_eq!(BASE64.decode(key("L1001").as_bytes()).unwrap().len(), 32);
}

#[test]
fn old_keys_go_on_opening_after_a_new_one_is_made() {
    let first = [KeyKind::Root, KeyKind::Sealing, KeyKind::Receipt].map(|kind| make(kind, Utc::now()));
    let old = Keys::read(&first).unwrap();
    let envelope = seal(&old, "one", &format!("{}\n{{}}", old.upload_token(&"L1001".into(), Utc::now())));
    let mut rows = vec![make(KeyKind::Sealing, Utc::now())];
    rows.extend(first);
    let new = Keys::read(&rows).unwrap();
    assert_ne!(new.sealing(), old.sealing());
    assert!(new.open(&envelope).is_ok());
}

/// RFC 9180, appendix A.3.1: the base mode of the suite that is used, its first encryption.
#[test]
fn it_opens_what_the_standard_seals() {
    let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
    let secret =
        <P256 as Kem>::PrivateKey::from_bytes(&hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"))
            .unwrap();
    let enc = <P256 as Kem>::EncappedKey::from_bytes(&hex(
        "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
    ))
    .unwrap();
    let plain = hpke::single_shot_open::<AesGcm128, HkdfSha256, P256>(
        &OpModeR::Base,
        &secret,
        &enc,
        &hex("4f6465206f6e2061204772656369616e2055726e"),
        &hex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"),
        &hex("436f756e742d30"),
    )
    .unwrap();
    assert_eq!(plain, b"Beauty is truth, truth beauty");
}
