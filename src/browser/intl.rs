//! Wall-clock time in a time zone, by the browser's own time-zone table (Intl); zone.js asks it.

use chrono::{DateTime, NaiveDateTime, Utc};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/zone.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = zoneWall)]
    fn zone_wall(zone: &str, time: f64) -> Result<f64, JsValue>;
    #[wasm_bindgen(catch, js_name = deviceWall)]
    fn device_wall_in_js(time: f64) -> Result<f64, JsValue>;
}

/// What a clock on a wall in a time zone such as `Europe/London` shows at an instant. Nothing for a zone that the browser does not know.
#[must_use]
pub fn wall(zone: &str, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    shown(zone_wall(zone, milliseconds(instant)))
}

/// What the clock of this device shows, in whatever zone it is set to.
#[must_use]
pub fn device_wall(instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    shown(device_wall_in_js(milliseconds(instant)))
}

/// Whether the browser knows a time zone.
#[must_use]
pub fn knows_zone(zone: &str) -> bool {
    zone_wall(zone, js_sys::Date::now()).is_ok()
}

fn milliseconds(instant: DateTime<Utc>) -> f64 {
    instant.timestamp_millis() as f64
}

fn shown(wall: Result<f64, JsValue>) -> Option<NaiveDateTime> {
    let wall = wall.ok().filter(|wall| wall.is_finite())?;
    Some(DateTime::from_timestamp_millis(wall as i64)?.naive_utc())
}
