//! Other sites' pages, and the headers that keep them out.

use crate::support::{Portal, browser, credentials, problem};
use reqwest::{Client, RequestBuilder, Response};

const APP: &str = "https://app.example.org";
const OTHER: &str = "http://127.0.0.1:1";

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_changes_nothing() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    for origin in [OTHER, "null", APP, &format!("{}.evil.example", portal.url)] {
        problem(sign_in(&portal, &learner).header("origin", origin).send().await.unwrap(), 403, "foreign-origin").await;
        let out =
            learner.delete(format!("{}/api/v1/session", portal.url)).header("origin", origin).send().await.unwrap();
        problem(out, 403, "foreign-origin").await;
    }
    let hidden = sign_in(&portal, &learner).header("sec-fetch-site", "cross-site").send().await.unwrap();
    problem(hidden, 403, "foreign-origin").await;
    assert_eq!(portal.get(&learner, "/api/v1/session").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_page_does() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let by_name = portal.url.replace("127.0.0.1", "localhost");
    for origin in [&portal.url, &by_name] {
        let answer = sign_in(&portal, &browser()).header("origin", origin).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{origin}");
        assert!(!answer.headers().contains_key("access-control-allow-origin"));
        assert!(!answer.headers().contains_key("timing-allow-origin"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_on_its_own_origin_does_with_credentials() {
    let portal = Portal::start_with(|config| config.app_origins = vec![APP.into()]).await;
    portal.learner("L1001").await;
    let answer =
        sign_in(&portal, &browser()).header("origin", APP).header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], APP);
    assert_eq!(answer.headers()["access-control-allow-credentials"], "true");
    assert_eq!(answer.headers()["timing-allow-origin"], APP);
    // What went wrong is readable there too.
    let wrong = portal.url.clone() + "/api/v1/session";
    let answer = browser().get(wrong).header("origin", APP).send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], APP);
    problem(answer, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_exact_origins_pass_the_preflight() {
    let portal = Portal::start_with(|config| config.app_origins = vec![APP.into()]).await;
    let allowed = preflight(&portal, APP).await;
    assert_eq!(allowed.headers()["access-control-allow-origin"], APP);
    assert!(allowed.headers()["access-control-allow-headers"].to_str().unwrap().contains("content-type"));
    for other in ["https://app.example.org.evil.example", "http://app.example.org", "https://example.org", "null"] {
        let refused = preflight(&portal, other).await;
        assert!(!refused.headers().contains_key("access-control-allow-origin"), "{other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_the_headers_that_protect_it() {
    let portal = Portal::start().await;
    for path in ["/", "/nowhere", "/api/docs"] {
        let answer = portal.get(&browser(), path).await;
        let headers = answer.headers();
        assert_eq!(
            headers["content-security-policy"],
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{path}");
        }
        let permissions = headers["permissions-policy"].to_str().unwrap();
        for none in ["camera=()", "ch-ua=()", "ch-ua-mobile=()", "ch-ua-platform=()"] {
            assert!(permissions.contains(none), "{path}: {none}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_answer_is_guessed_at_embedded_or_kept() {
    let portal = Portal::start().await;
    for path in ["/api/v1/meta", "/api/v1/session", "/api/nowhere", "/healthz"] {
        let answer = portal.get(&browser(), path).await;
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert!(!headers["content-type"].to_str().unwrap().contains("html"), "{path}");
        if path.starts_with("/api/") {
            assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{path}");
            assert_eq!(headers["cache-control"], "no-store", "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_for_this_machine_alone() {
    use portal_server::web::origin::Origins;
    for fine in ["https://portal.example.org", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:1"] {
        assert!(Origins::new(&fine.parse().unwrap(), &[]).is_ok(), "{fine}");
    }
    for poor in ["http://portal.example.org", "http://0.0.0.0:8080", "http://192.0.2.1", "ftp://localhost"] {
        let said = Origins::new(&poor.parse().unwrap(), &[]).err().unwrap().to_string();
        assert!(said.contains("PUBLIC_URL"), "{said}");
    }
    let with_path = Origins::new(&"https://a.example".parse().unwrap(), &["https://b.example/app".into()]);
    assert!(with_path.err().unwrap().to_string().contains("https://b.example"));
}

fn sign_in(portal: &Portal, browser: &Client) -> RequestBuilder {
    browser.post(format!("{}/api/v1/session", portal.url)).json(&credentials("L1001", "own"))
}

async fn preflight(portal: &Portal, origin: &str) -> Response {
    let request = browser().request(reqwest::Method::OPTIONS, format!("{}/api/v1/changes", portal.url));
    request
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type")
        .send()
        .await
        .unwrap()
}
