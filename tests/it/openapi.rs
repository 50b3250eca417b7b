//! The contract as a document. A change of it is seen here before a client sees it.

use crate::support::{Portal, browser};
use serde_json::Value;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/openapi.json");

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_the_one_that_was_agreed() {
    let portal = Portal::start().await;
    let served = portal.get(&browser(), "/openapi.json").await.text().await.unwrap();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(SNAPSHOT, &served).unwrap();
    }
    let agreed = std::fs::read_to_string(SNAPSHOT).unwrap();
    assert!(
        served == agreed,
        "The contract changed. If it should, run this test with UPDATE_OPENAPI=1 and look at the difference."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_leads_somewhere() {
    let portal = Portal::start().await;
    let document: Value = portal.get(&browser(), "/openapi.json").await.json().await.unwrap();
    let text = document.to_string();
    let references: Vec<&str> =
        text.split("\"$ref\":\"#").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    assert!(references.len() > 20);
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_for_people_has_every_call_and_type_and_no_script() {
    let portal = Portal::start().await;
    let document: Value = portal.get(&browser(), "/openapi.json").await.json().await.unwrap();
    let answer = portal.get(&browser(), "/api/docs").await;
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    let page = answer.text().await.unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            assert!(page.contains(&format!("<code>{} {path}</code>", method.to_uppercase())), "{method} {path}");
        }
    }
    let links: Vec<&str> = page.split("href=\"#").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    assert!(links.len() > 20);
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
    }
    for banned in ["<script", "style=", "onclick", "http://", "https://"] {
        assert!(!page.contains(banned), "{banned}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    let style = portal.get(&browser(), "/api/docs.css").await;
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}
