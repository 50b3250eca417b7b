use portal::data::config::{Config, ConfigFault, parse};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn what_is_shipped_reads_whole() {
    let config = parse(include_str!("../../public/config.json")).unwrap();
    assert_eq!((config.api.as_str(), config.time_zone.as_str()), ("", "Europe/London"));
    assert!(config.provider.telephone.is_some());
    assert!(config.safeguarding.email.is_some());
}

#[wasm_bindgen_test]
fn what_is_left_out_has_its_default_and_what_is_not_known_is_ignored() {
    assert_eq!(parse("{}").unwrap(), Config::default());
    assert_eq!(parse(r#"{"later": [1], "provider": null, "service": ""}"#).unwrap(), Config::default());
}

#[wasm_bindgen_test]
fn a_wrong_field_is_named() {
    let cases = [
        ("api", r#"{"api": 1}"#),
        ("api", r#"{"api": "api.example.org"}"#),
        ("api", r#"{"api": "http://api.example.org"}"#),
        ("api", r#"{"api": "http://localhost.example.org"}"#),
        ("api", r#"{"api": "https://api.example.org/"}"#),
        ("api", r#"{"api": "https://"}"#),
        ("api", r#"{"api": "https://user@api.example.org"}"#),
        ("api", r#"{"api": "javascript:alert(1)"}"#),
        ("service", r#"{"service": ["Portal"]}"#),
        ("timeZone", r#"{"timeZone": 0}"#),
        ("provider.name", r#"{"provider": "Example Training"}"#),
        ("provider.telephone", r#"{"provider": {"telephone": "call us"}}"#),
        ("safeguarding.telephone", r#"{"safeguarding": {"telephone": 2079460199}}"#),
        ("safeguarding.email", r#"{"safeguarding": {"email": "safeguarding"}}"#),
    ];
    for (expected, text) in cases {
        match parse(text) {
            Err(ConfigFault::Wrong { field, why }) => {
                assert_eq!(field, expected, "{text}");
                assert!(!why.is_empty(), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[wasm_bindgen_test]
fn an_api_elsewhere_needs_https_but_on_this_machine() {
    for api in [
        "https://api.example.org",
        "https://example.org/portal",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "http://[::1]",
    ] {
        assert_eq!(parse(&format!(r#"{{"api": "{api}"}}"#)).unwrap().api, api);
    }
}

#[wasm_bindgen_test]
fn what_is_not_json_says_why() {
    for text in ["", "<!doctype html>", r#"{"api": "",}"#, "[]"] {
        match parse(text) {
            Err(ConfigFault::NotJson(why)) => assert!(!why.is_empty()),
            other => panic!("{text}: {other:?}"),
        }
    }
}
