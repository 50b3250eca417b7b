//! What the log has at its most talkative: nothing that a learner or a tutor wrote, and nothing that opens anything.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use contract::seal::{CONFIDENTIAL_INFO, PublicKey};
use data_encoding::BASE64URL_NOPAD as BASE64;
use hpke::{
    Deserializable, Kem, OpModeS, Serializable, aead::AesGcm128, kdf::HkdfSha256, kem::DhP256HkdfSha256 as P256,
};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::{fs, fs::File, path::Path, process::Stdio};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

const STAFF_KEY: &str = "CANARY-staff-key-CANARY";
const PASSPHRASE: &str = "CANARY-passphrase";

/// Each text that is sent has this in it.
const CANARY: &str = "CANARY";

#[tokio::test(flavor = "multi_thread")]
async fn at_its_most_talkative_the_log_has_nothing_that_anybody_wrote() {
    let dir = TempDir::new().unwrap();
    let log = dir.path().join("log");
    for arguments in
        [["learner", "add", "CANARY-1", "--name", "Amira CANARY"].as_slice(), &["learner", "code", "CANARY-1"]]
    {
        let done = command(dir.path(), arguments).output().await.unwrap();
        assert!(done.status.success(), "{done:?}");
        fs::write(dir.path().join("code"), done.stdout).unwrap();
    }
    let code = fs::read_to_string(dir.path().join("code")).unwrap().trim().to_owned();
    let key_file = dir.path().join("confidential.key");
    let made = command(dir.path(), &["keys", "confidential", "--out", key_file.to_str().unwrap()]).output().await;
    assert!(made.unwrap().status.success());
    let lead = ["staff", "add", "lead", "--name", "Grace CANARY", "--role", "safeguarding-lead"];
    let lead = String::from_utf8(command(dir.path(), &lead).output().await.unwrap().stdout).unwrap();
    let mut server = command(dir.path(), &["serve", "--port", "0"])
        .env("RUST_LOG", "trace")
        .env("STAFF_KEY", STAFF_KEY)
        .env("PORTAL_CONFIDENTIAL_KEY_FILE", key_file)
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let url = line.strip_prefix("Listening on ").unwrap().split(' ').next().unwrap().to_owned();

    let browser = Client::builder().cookie_store(true).build().unwrap();
    let who = sign_in(&browser, &url, &code).await;
    hand_in(&browser, &url).await;
    let secret = share(&browser, &url).await;
    staff(&browser, &url).await;
    confide(&browser, &url, &who, lead.trim()).await;
    addresses(&browser, &url).await;
    let out = browser.delete(format!("{url}/api/v1/sessions")).send().await.unwrap();
    assert_eq!(out.status(), 204);
    server.kill().await.unwrap();

    let log = fs::read_to_string(log).unwrap();
    for there in [
        "DEBUG",
        "route=\"/share/{secret}\" status=200",
        "route=\"/share/{secret}\" status=404",
        "route=\"/api/v1/changes\" status=200",
        "route=\"/api/v1/envelopes\" status=200",
    ] {
        assert!(log.contains(there), "{there} is not in the log");
    }
    let given = ["upload_token", "device_key", "reading_key"].map(|name| who[name].as_str());
    assert!(given.iter().all(Option::is_some), "{who}");
    let secrets = given.into_iter().chain([Some(&*code), Some(lead.trim()), Some(CANARY), Some(&*secret)]);
    for private in secrets.flatten().chain(["Amira", "127.0.0.1:", "portal=", "$argon2id"]) {
        // The address that it listens on is its own.
        let at = log.lines().find(|line| line.contains(private) && !line.contains("Listening"));
        assert_eq!(at, None, "{private}");
    }
}

async fn sign_in(browser: &Client, url: &str, code: &str) -> Value {
    let session = format!("{url}/api/v1/session");
    for form in [
        json!({ "learner": "CANARY-1", "passphrase": "CANARY wrong" }),
        json!({ "learner": "CANARY unknown", "passphrase": "CANARY wrong" }),
        json!({ "learner": "CANARY-1", "code": "CANARY-CODE", "new_passphrase": PASSPHRASE }),
        json!({ "learner": "CANARY-1", "code": code, "new_passphrase": "CANARY" }),
        json!({ "learner": ["CANARY"], "passphrase": { "CANARY": "CANARY" } }),
        json!({ "learner": "CANARY\0", "passphrase": "CANARY" }),
    ] {
        assert!(send(browser.post(&session).json(&form)).await.is_client_error());
    }
    for body in
        ["{\"CANARY", "CANARY", "[\"CANARY\"", "{\"learner\":\"CANARY\",\"device\":\"CANARY\"}", "\"CANARY \\ud800\""]
    {
        let request = browser.post(&session).header("content-type", "application/json").body(body);
        assert!(send(request).await.is_client_error());
    }
    let request =
        browser.post(&session).header("content-type", "text/CANARY").header("origin", "https://CANARY.example");
    assert!(send(request.body("CANARY")).await.is_client_error());
    let form = json!({ "learner": "CANARY-1", "code": code, "new_passphrase": PASSPHRASE, "device": "own" });
    let answer = browser.post(&session).json(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

async fn hand_in(browser: &Client, url: &str) {
    let changes = format!("{url}/api/v1/changes");
    let change = json!({
        "id": "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b001",
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": 1,
        "made_at": "2026-11-23T11:58:00Z",
        "what": { "declare": {
            "learner": "CANARY-1", "assignment": "CANARY", "assignment_title": "CANARY", "attempt": 1, "course": "CANARY",
            "due": "2026-12-01T23:59:00Z", "rules": { "text": ["CANARY"], "shown_at": "2026-11-23T11:50:00Z" },
            "help": { "some": [{ "who": "CANARY", "how": "CANARY" }] },
            "sources": { "some": [{ "print": { "author": "CANARY", "year": "CANARY", "page": "CANARY" } }] },
            "ai": { "some": [{ "tool": "CANARY", "version": "CANARY", "purpose": "CANARY", "place": "CANARY" }] },
            "files": [{ "name": "CANARY.pdf", "size": 1, "sha256": "a".repeat(64) }],
            "wording": { "version": "1", "language": "en-GB", "statements": ["CANARY"] },
            "signed_name": "CANARY", "device_time": "2026-11-23T11:58:00Z",
        } },
        "CANARY": "CANARY",
    });
    let mut broken = change.clone();
    broken["what"]["declare"]["due"] = json!("CANARY");
    let mut foreign = change.clone();
    foreign["what"]["declare"]["learner"] = json!("CANARY-2");
    let items: Vec<Value> = [&change, &broken, &foreign]
        .map(|change| json!({ "id": change["id"], "change": change.to_string() }))
        .into_iter()
        .chain([json!({ "id": "CANARY", "change": "CANARY" }), json!("CANARY"), json!({ "id": "CANARY\0" })])
        .collect();
    assert_eq!(send(browser.post(&changes).json(&items)).await, 200);
    assert!(send(browser.post(&changes).json(&json!({ "CANARY": "CANARY" }))).await.is_client_error());
    let envelopes = format!("{url}/api/v1/envelopes");
    let envelope = json!({ "id": "CANARY", "key": "CANARY", "enc": "CANARY", "sealed": "CANARY" });
    assert_eq!(send(browser.post(&envelopes).json(&json!([envelope]))).await, 200);
    assert!(send(browser.post(&envelopes).json(&json!([{ "id": "CANARY" }]))).await.is_client_error());
}

/// A page that is made, opened and withdrawn. Returns what stands in its address and opens it.
async fn share(browser: &Client, url: &str) -> String {
    let shares = format!("{url}/api/v1/shares");
    assert!(
        send(browser.post(&shares).json(&json!({ "whom": "CANARY", "shows": ["CANARY"] }))).await.is_client_error()
    );
    let new = json!({ "whom": "CANARY", "shows": ["deadlines", "study"], "weeks": 1 });
    let made: Value = browser.post(&shares).json(&new).send().await.unwrap().json().await.unwrap();
    let (address, id) = (made["address"].as_str().unwrap(), made["share"]["id"].as_str().unwrap());
    let secret = address.rsplit('/').next().unwrap().to_owned();
    // Its own address may be another than that of this test.
    let page = format!("{url}/share/{secret}");
    assert_eq!(send(browser.get(&page)).await, 200);
    assert_eq!(send(browser.get(format!("{url}/share/CANARY"))).await, 404);
    assert_eq!(send(browser.get(format!("{page}/CANARY"))).await, 404);
    assert_eq!(send(browser.delete(format!("{shares}/CANARY"))).await, 404);
    assert_eq!(send(browser.delete(format!("{shares}/{id}"))).await, 204);
    assert_eq!(send(browser.get(&page)).await, 404);
    secret
}

async fn staff(browser: &Client, url: &str) {
    let admin = format!("{url}/api/v1/admin");
    let page = "---\ntitle: CANARY\nversion: 1\nreviewed_on: 2026-09-01\n---\n\nCANARY <script>CANARY</script> [CANARY](CANARY:CANARY)\n";
    for (name, file) in [
        ("learners.csv", "id,name\nCANARY-3,CANARY\nCANARY 4,CANARY\n"),
        ("CANARY/guidance/CANARY.md", page),
        ("guidance/passwords.md", &page.replace("<script>CANARY</script> [CANARY](CANARY:CANARY)", "*CANARY*")),
        ("CANARY.ics", "BEGIN:VCALENDAR\nX-CANARY:CANARY\nEND:VCALENDAR\n"),
    ] {
        let request = browser.post(format!("{admin}/import?name={name}")).bearer_auth(STAFF_KEY);
        assert_eq!(send(request.body(file.to_owned())).await, 200, "{name}");
    }
    let form = json!({ "code": "CANARY", "assessor": "CANARY", "statements": ["CANARY"] });
    let request = browser.post(format!("{admin}/countersignatures"));
    assert!(send(request.bearer_auth(STAFF_KEY).json(&form)).await.is_client_error());
    let request = browser.get(format!("{admin}/declarations"));
    assert_eq!(send(request.bearer_auth("CANARY")).await, 401);
}

/// Something private that the lead reads and answers, and some that cannot be.
async fn confide(browser: &Client, url: &str, who: &Value, lead: &str) {
    const ID: &str = "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b002";
    let public: PublicKey = serde_json::from_value(who["confidential"].clone()).unwrap();
    let sealed = |words: &str| {
        let (enc, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, P256>(
            &OpModeS::Base,
            &<P256 as Kem>::PublicKey::from_bytes(&BASE64.decode(public.key.as_bytes()).unwrap()).unwrap(),
            CONFIDENTIAL_INFO.as_bytes(),
            words.as_bytes(),
            ID.as_bytes(),
        )
        .unwrap();
        json!({ "key": public.id, "enc": BASE64.encode(&enc.to_bytes()), "sealed": BASE64.encode(&sealed) })
    };
    let broken = [
        sealed("CANARY"),
        sealed("{\"text\":[\"CANARY\"]}"),
        json!({ "key": "CANARY", "enc": "CANARY", "sealed": "CANARY" }),
    ];
    for (sealed, outcome) in broken
        .map(|sealed| (sealed, "refused"))
        .into_iter()
        .chain([(sealed("{\"text\":\"CANARY confided\"}"), "accepted")])
    {
        let change = json!({
            "id": ID, "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33", "seq": 2, "made_at": "2026-11-23T11:58:00Z",
            "what": { "ask": {
                "learner": "CANARY-1", "kind": "concern", "sealed": sealed, "device_time": "2026-11-23T11:58:00Z",
            } },
        });
        let items = json!([{ "id": ID, "change": change.to_string() }]);
        let acks: Value =
            browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap().json().await.unwrap();
        assert!(acks[0]["outcome"][outcome].is_object(), "{acks}");
    }
    let request = format!("{url}/api/v1/admin/requests/{ID}");
    let answer = json!({ "text": "CANARY answered" });
    assert_eq!(send(browser.post(format!("{request}/steps")).bearer_auth(lead).json(&answer)).await, 200);
    let read = browser.get(request).bearer_auth(lead).send().await.unwrap().text().await.unwrap();
    assert!(read.contains("CANARY confided") && read.contains("CANARY answered"), "{read}");
    let table = browser.get(format!("{url}/api/v1/admin/export/concerns")).bearer_auth(lead);
    assert_eq!(send(table).await, 200);
}

async fn addresses(browser: &Client, url: &str) {
    for path in [
        "/CANARY",
        "/api/CANARY",
        "/api/v1/receipts/CANARY?CANARY=CANARY",
        "/api/v1/calendar/CANARY.ics",
        "/api/v1/sync?cursor=CANARY",
        "/api/v1/meta?CANARY",
        "/CANARY/..%2fCANARY%00",
    ] {
        let request =
            browser.get(format!("{url}{path}")).header("x-forwarded-for", "CANARY").header("cookie", "a=CANARY");
        send(request.header("if-none-match", "\"CANARY\"").header("user-agent", "CANARY").header("referer", "CANARY"))
            .await;
    }
}

async fn send(request: RequestBuilder) -> reqwest::StatusCode {
    request.send().await.unwrap().status()
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    command.args(arguments).env_clear().env("DATA_DIR", data).kill_on_drop(true);
    command
}
