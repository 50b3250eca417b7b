//! What a learner's app would send to ask for something.

use super::{Portal, batch};
use contract::{course::Contact, course::Role, hours::Holiday, late::kind};
use data_encoding::BASE64URL_NOPAD as BASE64;
use hpke::{
    Deserializable, Kem, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256 as P256,
};
use import::{Audience, RecordKind, RecordRow};
use portal_server::{
    commands::staff,
    confidential::{self, Confidential},
    state::Config,
};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// Of [`more_time`].
pub const ID: &str = "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0a001";

/// A change by `L1001` that asks, with these fields.
pub fn asks(number: u32, kind: &str, fields: Value) -> Value {
    let mut ask = json!({ "learner": "L1001", "kind": kind, "device_time": "2026-11-23T11:58:00Z" });
    ask.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    change(number, json!({ "ask": ask }))
}

/// A change by `L1001` that goes on with a request.
pub fn more(number: u32, request: &str, fields: Value) -> Value {
    let mut more = json!({ "learner": "L1001", "request": request, "device_time": "2026-11-23T11:59:00Z" });
    more.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    change(number, json!({ "more": more }))
}

fn change(number: u32, what: Value) -> Value {
    json!({
        "id": id(number),
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": 100 + number,
        "made_at": "2026-11-23T11:58:00Z",
        "what": what,
    })
}

pub fn id(number: u32) -> String {
    format!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0a{number:03}")
}

/// More time for `weld-1`, until the end of 9 December 2026.
pub fn more_time() -> Value {
    let fields =
        json!({ "about": { "assignment": "weld-1" }, "until": "2026-12-09", "says": { "text": "My shift changed." } });
    asks(1, "more-time", fields)
}

/// A private one, sealed as the app seals.
pub fn confides(portal: &Portal, number: u32, kind: &str, words: &Value) -> Value {
    asks(number, kind, json!({ "sealed": seal(portal, &id(number), words) }))
}

pub fn seal(portal: &Portal, id: &str, words: &Value) -> Value {
    let public = portal.confidential.as_ref().unwrap().public();
    let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
        &OpModeS::Base,
        &<P256 as Kem>::PublicKey::from_bytes(&BASE64.decode(public.key.as_bytes()).unwrap()).unwrap(),
        b"portal-confidential-1",
        words.to_string().as_bytes(),
        id.as_bytes(),
    )
    .unwrap();
    json!({ "key": public.id, "enc": BASE64.encode(&enc.to_bytes()), "sealed": BASE64.encode(&sealed) })
}

/// A server that takes private requests, with `L1001` on the course `weld` signed in.
pub async fn trusted() -> (Portal, Client) {
    let keys = Arc::new(Confidential::parse(&confidential::make()).unwrap());
    asked_of(|config| config.confidential = Some(keys)).await
}

pub async fn asked_of(change: impl FnOnce(&mut Config)) -> (Portal, Client) {
    let portal = Portal::start_with(change).await;
    portal.import(batch::weld()).await;
    portal.import(batch::records([lead()])).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    (portal, learner)
}

fn lead() -> RecordRow {
    let lead = Contact {
        id: "lead".into(),
        role: Role::SafeguardingLead,
        name: "Grace Lead".into(),
        telephone: Some("020 7946 0199".into()),
        email: None,
        hours: None,
        course: None,
    };
    let body = serde_json::to_string(&lead).unwrap();
    let kind = contract::delta::Kind::Contact.into();
    RecordRow { kind, id: "lead".into(), audience: Audience::Everyone, body, removed: false }
}

pub fn holiday(date: &str, nation: &str) -> RecordRow {
    let holiday: Holiday =
        serde_json::from_value(json!({ "date": date, "name": "A day off", "nation": nation })).unwrap();
    RecordRow {
        kind: RecordKind::Late(kind::HOLIDAY),
        id: format!("{nation}-{date}"),
        audience: Audience::Everyone,
        body: serde_json::to_string(&holiday).unwrap(),
        removed: false,
    }
}

/// A browser of someone on the staff, whose id is their role's name.
pub struct Clerk {
    url: String,
    key: String,
}

impl Clerk {
    pub async fn new(portal: &Portal, role: &str) -> Self {
        let key = staff::add(&*portal.db, role, &format!("Bo {role}"), role).await.unwrap();
        Self { url: format!("{}/api/v1/admin", portal.url), key }
    }

    pub async fn get(&self, path: &str) -> Response {
        super::browser().get(format!("{}/{path}", self.url)).bearer_auth(&self.key).send().await.unwrap()
    }

    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Sends JSON to one of the admin calls.
    pub async fn send(&self, path: &str, body: &Value) -> Response {
        super::browser().post(format!("{}/{path}", self.url)).bearer_auth(&self.key).json(body).send().await.unwrap()
    }

    /// Sends a file to one of them.
    pub async fn upload(&self, path: &str, file: &str) -> Response {
        let request = super::browser().post(format!("{}/{path}", self.url)).bearer_auth(&self.key);
        request.body(file.to_owned()).send().await.unwrap()
    }

    pub async fn post(&self, request: &str, step: &Value) -> Response {
        self.send(&format!("requests/{request}/steps"), step).await
    }

    pub async fn answer(&self, request: &str, step: &Value) -> Value {
        let answer = self.post(request, step).await;
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// The learner's requests, as sync tells them.
pub async fn requests(portal: &Portal, learner: &Client) -> Vec<Value> {
    let delta = portal.sync(learner, None).await;
    let more = delta["changed"]["more"].as_array().cloned().unwrap_or_default();
    more.into_iter().filter(|late| late["kind"] == "request").map(|late| late["body"].clone()).collect()
}
