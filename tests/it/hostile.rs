//! What no app sends: broken, deep, huge, odd. Always a problem that says so, never a fault of ours.

use crate::{
    changes::{send, welder},
    support::{
        Portal, browser, credentials,
        declaration::{ID, change, change_with, sent},
        pointers, problem,
    },
};
use portal_server::web::listen::Limits;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CALLS: [&str; 2] = ["/api/v1/session", "/api/v1/changes"];

async fn post(portal: &Portal, browser: &Client, path: &str, body: Vec<u8>) -> reqwest::Response {
    let request = browser.post(format!("{}{path}", portal.url)).header("content-type", "application/json");
    request.body(body).send().await.unwrap()
}

/// JSON, or something near it, that has surprised one parser or another.
fn odd_bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str| (open.repeat(5_000) + &close.repeat(5_000)).into_bytes();
    vec![
        ("nothing", Vec::new()),
        ("blanks", b" \n\t ".to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("half a character", b"{\"learner\":\"\xc3\"}".to_vec()),
        ("an overlong character", b"{\"learner\":\"\xc0\x80\"}".to_vec()),
        ("UTF-16", b"{\0}\0".to_vec()),
        ("a lone surrogate", br#"{"learner":"\ud800","passphrase":"x"}"#.to_vec()),
        ("surrogates the wrong way round", br#"{"learner":"\udc00\ud800","passphrase":"x"}"#.to_vec()),
        ("a raw null character", b"{\"learner\":\"a\0b\"}".to_vec()),
        ("an escaped null character", br#"{"learner":"a\u0000b","passphrase":"x"}"#.to_vec()),
        ("lists in lists", deep("[", "]")),
        ("lists in lists without an end", b"[".repeat(10_000)),
        ("maps in maps", deep("{\"a\":", "}")),
        (
            "a deep field that nobody knows",
            [br#"{"learner":"a","x":"#.to_vec(), deep("[", "]"), b"}".to_vec()].concat(),
        ),
        ("a huge number", br#"{"learner":1e999999}"#.to_vec()),
        ("a number of many digits", format!("[{}]", "9".repeat(10_000)).into_bytes()),
        ("a number for a list", b"7".to_vec()),
        ("null", b"null".to_vec()),
        ("a list of nulls", b"[null,null]".to_vec()),
        ("a name twice", br#"{"learner":"a","learner":"b","passphrase":"x"}"#.to_vec()),
        ("no number", b"[NaN,Infinity]".to_vec()),
        ("a comma too many", br#"{"learner":"a",}"#.to_vec()),
        ("a comment", br#"{"learner":"a"/**/}"#.to_vec()),
        ("two texts", b"{}{}".to_vec()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_body_is_refused_with_a_problem_or_judged_item_by_item_and_never_a_fault_of_ours() {
    let (portal, learner) = welder().await;
    for path in CALLS {
        for (what, body) in odd_bodies() {
            let answer = post(&portal, &learner, path, body).await;
            let (status, text) = (answer.status(), answer.text().await.unwrap());
            let judged = status == StatusCode::OK && path == "/api/v1/changes" && text.contains("refused");
            assert!(status.is_client_error() || judged, "{what} to {path}: {status} {text}");
            portal.clock.advance(chrono::Duration::minutes(2));
        }
    }
    assert_eq!(portal.get(&learner, "/api/v1/session").await.status(), 200, "the server goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_nobody_knows_is_no_fault() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let mut form = credentials("L1001", "own");
    form["of_a_newer_app"] = json!({ "deep": [1, { "er": null }] });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &form).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_character_is_a_fault_of_its_field() {
    let (portal, learner) = welder().await;
    for field in ["learner", "passphrase", "code", "new_passphrase"] {
        let mut form =
            json!({ "learner": "L1001", "passphrase": "x", "code": "x", "new_passphrase": "three small words" });
        form[field] = json!("a\0b");
        let answer = problem(portal.post(&browser(), "/api/v1/session", &form).await, 422, "fields").await;
        assert_eq!(pointers(&answer), [format!("/{field}")]);
    }
    for (pointer, at) in [
        ("/what/declare/assignment", "/what/declare/assignment"),
        ("/what/declare/assignment_title", "/what/declare/assignment_title"),
        ("/what/declare/help/some/0/how", "/what/declare/help/some/0/how"),
        ("/client", "/client"),
    ] {
        let ack = &send(&portal, &learner, &[sent(&change_with(pointer, json!("a\0b")))]).await[0];
        assert_eq!(pointers(&ack["outcome"]["refused"]["problem"]), [at], "{ack}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_with_a_null_character_does_not_fail_its_neighbours() {
    let (portal, learner) = welder().await;
    let mut odd = sent(&change());
    odd["id"] = json!("a\0b");
    let acks = send(&portal, &learner, &[odd, sent(&change())]).await;
    assert!(acks[0]["outcome"]["refused"].is_object(), "{}", acks[0]);
    assert!(acks[1]["outcome"]["accepted"].is_object(), "{}", acks[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_character_in_an_address_is_refused() {
    let (portal, learner) = welder().await;
    for path in ["/api/v1/receipts/a%00b", "/api/v1/sync?cursor=a%00b", "/%00", "/index.html%00.js"] {
        let status = portal.get(&learner, path).await.status();
        assert!(status.is_client_error(), "{path}: {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_at_the_edge_of_their_types_are_kept_or_refused() {
    let (portal, learner) = welder().await;
    for (pointer, value) in [
        ("/seq", json!(u64::MAX)),
        ("/seq", json!(-1)),
        ("/seq", json!(1.5)),
        ("/made_at", json!("+262142-12-31T23:59:59.999999999Z")),
        ("/made_at", json!("-262143-01-01T00:00:00Z")),
        ("/made_at", json!("9999-12-31T23:59:60Z")),
        ("/made_at", json!("2026-11-23T12:00:00+23:59")),
        ("/what/declare/device_time", json!("+262142-12-31T23:59:59Z")),
        ("/what/declare/device_time", json!("-262143-01-01T00:00:00Z")),
        ("/what/declare/due", json!("+262142-12-31T23:59:59Z")),
        ("/what/declare/due", json!("-262143-01-01T00:00:00Z")),
        ("/what/declare/attempt", json!(u32::MAX)),
        ("/what/declare/attempt", json!(4_294_967_296_i64)),
        ("/what/declare/files/0/size", json!(u64::MAX)),
        ("/what/declare/files/0/size", json!(-1)),
        ("/what/declare/assignment", json!("weld-1' OR 1=1 --")),
        ("/what/declare/assignment", json!("\u{ffff}\u{10ffff}")),
        ("/what", json!({})),
        ("/what", json!({ "declare": null })),
        ("/id", json!("")),
    ] {
        let mut odd = change_with(pointer, value.clone());
        if pointer != "/id" {
            odd["id"] = json!(uuid_of(&format!("{pointer}{value}")));
        }
        let answer = portal.post(&learner, "/api/v1/changes", &json!([sent(&odd)])).await;
        assert_eq!(answer.status(), 200, "{pointer} {value}");
        let acks: Value = answer.json().await.unwrap();
        let outcome = &acks[0]["outcome"];
        assert!(outcome["accepted"].is_object() || outcome["refused"].is_object(), "{pointer} {value}: {acks}");
        // What was kept can be read again.
        portal.sync(&learner, None).await;
    }
}

/// A UUID of a text's own.
fn uuid_of(text: &str) -> String {
    let hex = portal_server::evidence::sha256_hex(text.as_bytes());
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[tokio::test(flavor = "multi_thread")]
async fn each_call_takes_so_many_bytes_and_says_how_many() {
    let (portal, learner) = welder().await;
    for (path, most) in [("/api/v1/session", 16_384), ("/api/v1/envelopes", 1_402_192)] {
        // The length alone is enough to know: nothing of the body is waited for.
        let length = most + 1;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        let answer = raw(&portal, head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains(&most.to_string()), "{answer}");
    }
    let mut long = sent(&change());
    long["change"] = json!(" ".repeat(contract::change::CHANGE_BYTES_MAX) + &change().to_string());
    let ack = &send(&portal, &learner, &[long]).await[0];
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 413, "{ack}");
    let many: Vec<Value> = vec![json!({ "id": ID, "change": "" }); 51];
    problem(portal.post(&learner, "/api/v1/changes", &json!(many)).await, 422, "fields").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_address_or_head_and_a_head_of_many_lines_are_refused() {
    let portal = Portal::start().await;
    let long = "a".repeat(20_000);
    for head in [
        format!("GET /{long} HTTP/1.1\r\nhost: a\r\n\r\n"),
        format!("GET /api/v1/meta HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"),
        format!("GET /api/v1/meta HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(500)),
        "GET /api/v1/meta HTTP/1.1\r\nhost: a\r\nx\0: y\r\n\r\n".into(),
        "\u{16}\u{3}\u{1}\u{2}".into(),
    ] {
        let answer = raw(&portal, head.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        assert!(!answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
    assert_eq!(portal.get(&browser(), "/api/v1/meta").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lengths_of_one_body_are_not_read_as_two_requests() {
    let portal = Portal::start().await;
    for lengths in ["content-length: 2\r\ncontent-length: 40", "content-length: 40\r\ntransfer-encoding: chunked"] {
        let smuggled = format!(
            "POST /api/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n{lengths}\r\n\r\n\
             0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"
        );
        let answer = raw(&portal, smuggled.as_bytes()).await;
        assert!(!answer.contains("ok\n"), "{answer}");
    }
}

/// What comes back until the server ends the connection.
async fn raw(portal: &Portal, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(portal.url.strip_prefix("http://").unwrap()).await.unwrap();
    // It may hang up before it has heard all.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// A server without patience.
async fn hasty(connections: usize) -> Portal {
    let soon = Duration::from_millis(300);
    let limits = Limits { head: soon, body: soon, body_rate: 1024, answer: soon, connections };
    Portal::start_with(move |config| config.limits = limits).await
}

async fn connect(portal: &Portal, begin: &str) -> TcpStream {
    let mut stream = TcpStream::connect(portal.url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(begin.as_bytes()).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // An end by force is an end too.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_end_and_a_connection_that_says_nothing_are_hung_up() {
    let portal = hasty(100).await;
    for begin in ["", "GET /api/v1/meta HTTP/1.1\r\nhost: a\r\nx: "] {
        assert_eq!(rest(connect(&portal, begin).await).await, "", "{begin}");
    }
    let idle = rest(connect(&portal, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await).await;
    assert!(idle.starts_with("HTTP/1.1 200") && idle.ends_with("ok\n"), "{idle}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_end_is_told_so_and_hung_up() {
    let portal = hasty(100).await;
    let begin =
        "POST /api/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let answer = rest(connect(&portal, begin).await).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("/problems/too-slow"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_silent_connections_delay_others_and_do_not_keep_them_out() {
    let portal = hasty(5).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(connect(&portal, "GET / HTTP/1.1\r\n").await);
    }
    assert_eq!(portal.get(&browser(), "/healthz").await.status(), 200);
}
