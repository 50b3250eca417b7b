//! Every error is a problem, served as one.

use crate::{
    changes::welder,
    support::{Portal, browser, problem},
};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere() {
    let portal = Portal::start().await;
    for path in ["/api", "/api/", "/api/v1", "/api/v2/meta", "/api/v1/meta/"] {
        problem(portal.get(&browser(), path).await, 404, "not-found").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_an_address_does_not_take() {
    let portal = Portal::start().await;
    let put = |path: &str| browser().put(format!("{}{path}", portal.url)).send();
    problem(put("/api/v1/meta").await.unwrap(), 405, "method-not-allowed").await;
    problem(put("/index.html").await.unwrap(), 405, "method-not-allowed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large() {
    let portal = Portal::start().await;
    let long = serde_json::json!({ "learner": "x".repeat(20_000) });
    let answer = portal.post(&browser(), "/api/v1/session", &long).await;
    let problem = problem(answer, 413, "too-large").await;
    assert!(problem["detail"].as_str().unwrap().contains("16384"), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_no_json() {
    let (portal, browser) = welder().await;
    for path in ["/api/v1/session", "/api/v1/changes"] {
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
            let post = browser.post(format!("{}{path}", portal.url)).header("content-type", kind).body("[]");
            problem(post.send().await.unwrap(), 415, "not-json").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_deflated_is_read_as_long_as_it_may_be_and_no_further() {
    let portal = Portal::start().await;
    let post = |encoding: &'static str, body: Vec<u8>| {
        let post = browser().post(format!("{}/api/v1/session", portal.url)).header("content-type", "application/json");
        post.header("content-encoding", encoding).body(body).send()
    };
    let unknown = br#"{ "learner": "L9999", "passphrase": "nobody has this one" }"#;
    for encoding in ["deflate", "Deflate"] {
        problem(post(encoding, deflate(unknown)).await.unwrap(), 401, "wrong-sign-in").await;
    }
    problem(post("deflate", unknown.to_vec()).await.unwrap(), 400, "malformed").await;
    problem(post("deflate", deflate(&[b' '; 16_385])).await.unwrap(), 413, "too-large").await;
    let bomb = deflate(&vec![b' '; 10_000_000]);
    assert!(bomb.len() < 16_384);
    problem(post("deflate", bomb).await.unwrap(), 413, "too-large").await;
    problem(post("br", unknown.to_vec()).await.unwrap(), 415, "other-encoding").await;
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut deflating = ZlibEncoder::new(Vec::new(), Compression::best());
    deflating.write_all(bytes).unwrap();
    deflating.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_broken_or_of_another_shape() {
    let (portal, browser) = welder().await;
    for (path, body, status, kind) in [
        ("/api/v1/session", "{ \"learner\": ", 400, "malformed"),
        ("/api/v1/session", "", 400, "malformed"),
        ("/api/v1/session", "{ \"learner\": 7 }", 422, "wrong-shape"),
        ("/api/v1/session", "{}", 422, "wrong-shape"),
        ("/api/v1/changes", "[1,", 400, "malformed"),
        ("/api/v1/changes", "{}", 422, "wrong-shape"),
    ] {
        let post = browser.post(format!("{}{path}", portal.url)).header("content-type", "application/json").body(body);
        let problem = problem(post.send().await.unwrap(), status, kind).await;
        assert!(problem["detail"].as_str().unwrap().contains("line 1"), "{problem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_query_is_no_fault_of_ours() {
    let (portal, browser) = welder().await;
    problem(portal.get(&browser, "/api/v1/sync?cursor=a&cursor=b").await, 422, "wrong-shape").await;
}
