//! The app's files.

use crate::support::{Portal, browser};
use reqwest::Response;
use std::fs;

const FOR_EVER: &str = "max-age=31536000, immutable";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_compressed_to_who_can_read_it() {
    let portal = built().await;
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let br = get(&portal, wasm, "gzip, br").await;
    assert_eq!((header(&br, "content-encoding"), header(&br, "content-type")), ("br", "application/wasm"));
    assert_eq!(header(&br, "vary"), "accept-encoding");
    assert_eq!(br.text().await.unwrap(), "as brotli");
    let gzip = get(&portal, wasm, "gzip").await;
    assert_eq!(header(&gzip, "content-encoding"), "gzip");
    let plain = get(&portal, wasm, "identity").await;
    assert!(!plain.headers().contains_key("content-encoding"));
    assert_eq!(plain.text().await.unwrap(), "as it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_changes_its_name_is_kept_for_ever() {
    let portal = built().await;
    for (path, kind, keep) in [
        ("/", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/config.json", "application/json", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/app-0123456789abcdef.js", "text/javascript", FOR_EVER),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", FOR_EVER),
        ("/style-0123456789abcdef.css", "text/css", FOR_EVER),
    ] {
        let answer = get(&portal, path, "br").await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!((header(&answer, "content-type"), header(&answer, "cache-control")), (kind, keep), "{path}");
    }
    let missing = get(&portal, "/gone-0123456789abcdef.js", "br").await;
    assert_eq!((missing.status().as_u16(), header(&missing, "cache-control")), (404, "no-cache"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_has_a_way_back() {
    let portal = built().await;
    for path in ["/deadlines", "/a/b/c", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"] {
        let answer = get(&portal, path, "identity").await;
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (404, "text/html; charset=utf-8"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("<h1>Page not found</h1>") && page.contains("href=\"/\""), "{page}");
        assert!(page.contains("<title>Page not found - Test portal</title>"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_was_not_built_is_said_to_be() {
    let portal = Portal::start().await;
    let answer = get(&portal, "/", "identity").await;
    assert_eq!(answer.status(), 503);
    assert!(answer.text().await.unwrap().contains("trunk build"));
}

async fn built() -> Portal {
    let portal = Portal::start().await;
    let dist = portal.dir.path().join("dist");
    fs::create_dir(&dist).unwrap();
    for name in ["index.html", "sw.js", "config.json", "manifest.webmanifest"] {
        fs::write(dist.join(name), "as it is").unwrap();
    }
    for name in ["app-0123456789abcdef.js", "app-0123456789abcdef_bg.wasm", "style-0123456789abcdef.css"] {
        fs::write(dist.join(name), "as it is").unwrap();
        fs::write(dist.join(format!("{name}.br")), "as brotli").unwrap();
        fs::write(dist.join(format!("{name}.gz")), "as gzip").unwrap();
    }
    portal
}

async fn get(portal: &Portal, path: &str, encoding: &str) -> Response {
    browser().get(format!("{}{path}", portal.url)).header("accept-encoding", encoding).send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}
