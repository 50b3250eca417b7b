use chrono::{DateTime, Datelike, Timelike, Utc};
use portal::browser::{clock, intl};
use wasm_bindgen_test::wasm_bindgen_test;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[wasm_bindgen_test]
fn london_time_on_both_sides_of_the_clock_changes() {
    // The zone is named, so the device's own has no part in it: the same instants in New York show that.
    let cases = [
        ("winter", "2027-03-28T00:59:00Z", "Europe/London", (28, 0, 59)),
        ("a minute later, summer", "2027-03-28T01:00:00Z", "Europe/London", (28, 2, 0)),
        ("that day's last minute", "2027-03-28T22:59:00Z", "Europe/London", (28, 23, 59)),
        ("midnight is hour 0 of the next day", "2027-03-28T23:00:00Z", "Europe/London", (29, 0, 0)),
        ("the first 1:30 of autumn", "2027-10-31T00:30:00Z", "Europe/London", (31, 1, 30)),
        ("the second 1:30 of autumn", "2027-10-31T01:30:00Z", "Europe/London", (31, 1, 30)),
        ("elsewhere", "2027-03-28T01:00:00Z", "America/New_York", (27, 21, 0)),
    ];
    for (name, instant, zone, (day, hour, minute)) in cases {
        let wall = intl::wall(zone, at(instant)).unwrap();
        assert_eq!((wall.day(), wall.hour(), wall.minute()), (day, hour, minute), "{name}");
    }
}

#[wasm_bindgen_test]
fn the_whole_date_is_given() {
    let wall = intl::wall("Europe/London", at("2026-11-27T23:59:00Z")).unwrap();
    assert_eq!(wall.to_string(), "2026-11-27 23:59:00");
}

#[wasm_bindgen_test]
fn a_zone_that_is_none_is_refused_without_a_panic() {
    for zone in ["", "Europe/Londinium", "not a zone"] {
        assert!(!intl::knows_zone(zone), "{zone}");
        assert_eq!(intl::wall(zone, at("2026-11-27T23:59:00Z")), None, "{zone}");
    }
    assert!(intl::knows_zone("Europe/London"));
}

#[wasm_bindgen_test]
fn now_is_the_devices_clock() {
    let difference = clock::now().timestamp_millis() as f64 - js_sys::Date::now();
    assert!(difference.abs() < 1_000.0, "{difference} ms");
}
