//! What tutors write, and what would act in a learner's browser if it were taken as it is.

use crate::{
    fuzzed::checks::harmless,
    support::{Portal, batch, browser},
};
use reqwest::Client;
use serde_json::{Value, json};

const KEY: &str = "a-long-random-staff-key";
const PAYLOADS: &str = include_str!("payloads.txt");

fn payloads() -> impl Iterator<Item = &'static str> {
    PAYLOADS.lines().filter(|line| !line.is_empty())
}

/// A portal with a learner, who is signed in.
async fn school() -> (Portal, Client) {
    let portal = Portal::start_with(|config| config.staff_key = Some(KEY.into())).await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    (portal, learner)
}

/// Imports a file as staff do; what was taken.
async fn import(portal: &Portal, name: &str, file: String) -> Value {
    let url = format!("{}/api/v1/admin/import?name={name}&course=weld", portal.url);
    let answer = browser().post(url).bearer_auth(KEY).body(file).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn guidance_reaches_a_learner_without_anything_that_acts_or_not_at_all() {
    let (portal, learner) = school().await;
    for (i, payload) in payloads().enumerate() {
        let page = format!(
            "---\ntitle: Page {i}\nversion: 1\nreviewed_on: 2026-09-01\n---\n\nBefore.\n\n{payload}\n\nAfter.\n"
        );
        import(&portal, &format!("guidance/page-{i}.md"), page).await;
    }
    let records = portal.sync(&learner, None).await;
    let pages = records["changed"]["guidance"].as_array().unwrap();
    // Those that are text and nothing else are taken: they are what somebody may write about.
    assert!((3..payloads().count() / 2).contains(&pages.len()), "{}", pages.len());
    harmless(&records);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_reaches_a_learner_as_text_in_json_that_no_browser_takes_for_a_page() {
    let (portal, learner) = school().await;
    for (i, payload) in payloads().enumerate() {
        let text = cell(payload);
        let header = "id,course,title,due_date,due_time,mode,hand_in\n";
        let row = format!("work-{i},weld,{text},2026-12-01,16:00,distance,{text}\n");
        let report = import(&portal, "assignments.csv", header.to_owned() + &row).await;
        assert_eq!(report["refused"], json!([]), "{payload}");
    }
    let answer = portal.get(&learner, "/api/v1/sync").await;
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let records: Value = answer.json().await.unwrap();
    let titles: Vec<&str> = records["changed"]["assignments"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|work| work["title"].as_str())
        .collect();
    for payload in payloads() {
        assert!(titles.contains(&payload.trim()), "{payload}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_https_to_a_plain_host_or_is_refused_wherever_it_stands() {
    let (portal, learner) = school().await;
    let look_alikes = [
        "https://еxample.org/",
        "https://ｅxample.org/",
        "https://xn--e1awd7f.example.org/",
        "https://example.org\u{2044}evil.example/",
        "https://example。org/",
        "https://example.org:443@evil.example/",
        "https://example.org%40evil.example/",
        "https://exam\u{200b}ple.org/",
        "https://example.org\\.evil.example/",
        "HTTPS://user@example.org/",
        "htt\tps://example.org/",
        "\u{1}https://example.org/",
        "https://example.org\u{a0}/",
        "https://[2001:db8::1]/",
        "https://0300.0250.1.1/",
        "ſttps://example.org/",
    ];
    for (i, link) in payloads().chain(look_alikes).enumerate() {
        let link = cell(link);
        let work = format!(
            "id,course,title,due_date,due_time,mode,link\nwork-{i},weld,Report,2026-12-01,16:00,distance,{link}\n"
        );
        let session = format!(
            "id,course,title,date,start,end,mode,join_link\nlive-{i},weld,Questions,2026-12-01,18:00,19:00,live-webinar,{link}\n"
        );
        for (name, file) in [("assignments.csv", work), ("sessions.csv", session)] {
            let report = import(&portal, name, file).await;
            assert_eq!(report["refused"].as_array().unwrap().len(), 1, "{link} in {name}: {report}");
        }
    }
    let calendar = look_alikes.into_iter().enumerate().map(|(i, link)| {
        let link = link.replace('\\', "\\\\").replace([',', ';'], "");
        format!(
            "BEGIN:VEVENT\r\nUID:{i}\r\nDTSTAMP:20261101T090000Z\r\nDTSTART:20261201T180000Z\r\nDTEND:20261201T190000Z\r\n\
             SUMMARY:Questions\r\nURL:{link}\r\nLOCATION:{link}\r\nDESCRIPTION:Join {link}\r\nEND:VEVENT\r\n"
        )
    });
    let calendar: String = calendar.collect();
    import(&portal, "weld.ics", format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{calendar}END:VCALENDAR\r\n"))
        .await;
    let records = portal.sync(&learner, None).await;
    harmless(&records);
    let evil = |text: &str| text.contains("evil.example");
    for session in records["changed"]["webinars"].as_array().into_iter().flatten() {
        assert!(!session["join"].as_str().is_some_and(evil), "{session}");
    }
}
