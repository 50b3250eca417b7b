use super::*;
use contract::meta::Meta;

const PROBLEM: &str = r#"{"type":"/problems/x","title":"No","status":0}"#;
const META: &str = r#"{"service":"Portal","api":1,"server_time":"2026-11-23T12:00:00Z"}"#;

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer { status, content_type: content_type.into(), etag: None, body: body.into() }
}

fn kind(answer: &Answer) -> &'static str {
    match decode::<Meta>(answer) {
        Ok(_) => "answer",
        Err(Fault::Unreachable) => "unreachable",
        Err(Fault::SignedOut) => "signed out",
        Err(Fault::Problem(_)) => "problem",
    }
}

#[test]
fn only_this_apis_own_answers_are_believed() {
    let cases = [
        ("an answer", answer(200, "application/json", META), "answer"),
        ("an answer with a charset", answer(200, "Application/JSON; charset=utf-8", META), "answer"),
        ("a captive portal's page", answer(200, "text/html", "<h1>Welcome to the Wi-Fi</h1>"), "unreachable"),
        ("a page that says it is JSON", answer(200, "application/json", "<h1>Welcome</h1>"), "unreachable"),
        ("JSON of something else", answer(200, "application/json", "{}"), "unreachable"),
        ("JSON without its type", answer(200, "", META), "unreachable"),
        ("an empty answer", answer(204, "", ""), "unreachable"),
        ("no session", answer(401, "application/problem+json", PROBLEM), "signed out"),
        ("a proxy that wants a password", answer(401, "text/html", "<h1>401</h1>"), "unreachable"),
        ("a refusal", answer(422, "application/problem+json", PROBLEM), "problem"),
        ("a refusal by something in between", answer(403, "text/html", "<h1>Blocked</h1>"), "unreachable"),
        ("a broken refusal", answer(400, "application/problem+json", "{"), "unreachable"),
        ("too many requests", answer(429, "application/problem+json", PROBLEM), "unreachable"),
        ("a full disk", answer(503, "application/problem+json", PROBLEM), "unreachable"),
        ("a fault of the server", answer(500, "application/problem+json", PROBLEM), "unreachable"),
        ("a redirect that was not followed", answer(0, "", ""), "unreachable"),
        ("not modified, though nothing was known", answer(304, "", ""), "unreachable"),
    ];
    for (name, answer, expected) in cases {
        assert_eq!(kind(&answer), expected, "{name}");
    }
}

#[test]
fn a_problem_keeps_its_words() {
    let body = r#"{"type":"/problems/invalid","title":"Not valid","status":422,"detail":"The name is missing.",
        "fields":[{"pointer":"/learner","detail":"Enter your learner reference"}]}"#;
    let Fault::Problem(problem) = problem(&answer(422, "application/problem+json", body)) else {
        panic!("it is a problem");
    };
    assert_eq!(problem.kind, "/problems/invalid");
    assert_eq!(problem.detail.as_deref(), Some("The name is missing."));
    assert_eq!(problem.fields[0].pointer, "/learner");
}
