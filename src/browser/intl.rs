//! Wall-clock time in a time zone, by the browser's own time-zone table (Intl).

use super::property;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};
use std::cell::{OnceCell, RefCell};
use wasm_bindgen::{JsCast, JsValue};

/// What a clock on a wall in a time zone shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    pub weekday: Weekday,
    /// 1 to 31.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    pub year: i32,
    /// 0 to 23.
    pub hour: u32,
    pub minute: u32,
}

impl Wall {
    /// Nothing for a date that does not exist.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)
    }
}

/// An instant on the wall of a time zone such as `Europe/London`. Nothing for a zone that the browser does not know.
#[must_use]
pub fn wall(zone: &str, instant: DateTime<Utc>) -> Option<Wall> {
    let shown = with_format(zone, |format| show(format, instant))??;
    Some(Wall {
        weekday: shown.weekday(),
        day: shown.day(),
        month: shown.month(),
        year: shown.year(),
        hour: shown.hour(),
        minute: shown.minute(),
    })
}

/// Whether the browser knows a time zone.
#[must_use]
pub fn knows_zone(zone: &str) -> bool {
    !zone.is_empty() && with_format(zone, |_| ()).is_some()
}

/// The time zone that the device was set to when the app came to it.
#[must_use]
pub fn device_zone() -> Option<String> {
    thread_local!(static ZONE: OnceCell<Option<String>> = const { OnceCell::new() });
    let ask = || {
        let format = make_format(&js_sys::Object::new())?;
        property(&call(&format, "resolvedOptions", None)?, "timeZone")?.as_string()
    };
    ZONE.with(|zone| zone.get_or_init(ask).clone())
}

/// Making a format takes milliseconds on an old phone, and a list shows a hundred dates.
fn with_format<T>(zone: &str, work: impl FnOnce(&JsValue) -> T) -> Option<T> {
    // Two at the most: the provider's zone and the device's.
    thread_local!(static FORMATS: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) });
    let known =
        FORMATS.with_borrow(|all| all.iter().find(|(known, _)| known == zone).map(|(_, format)| format.clone()));
    let format = match known {
        Some(format) => format,
        None => {
            let format = zone_format(zone)?;
            FORMATS.with_borrow_mut(|formats| formats.push((zone.to_owned(), format.clone())));
            format
        }
    };
    Some(work(&format))
}

fn zone_format(zone: &str) -> Option<JsValue> {
    let options = js_sys::Object::new();
    let settings = [
        ("timeZone", zone),
        ("calendar", "gregory"),
        ("numberingSystem", "latn"),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
    ];
    for (name, value) in settings {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    make_format(&options)
}

/// By hand, because the constructor throws for a zone that it does not know.
fn make_format(options: &js_sys::Object) -> Option<JsValue> {
    let intl = property(&js_sys::global(), "Intl")?;
    let constructor: js_sys::Function = property(&intl, "DateTimeFormat")?.dyn_into().ok()?;
    js_sys::Reflect::construct(&constructor, &js_sys::Array::of2(&"sv".into(), options)).ok()
}

fn show(format: &JsValue, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    let milliseconds = JsValue::from_f64(instant.timestamp_millis() as f64);
    // As Swedes write it: `2026-11-27 23:59`. One call a date; asking for its parts is ten times that.
    let text = call(format, "format", Some(&milliseconds))?.as_string()?;
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let year = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut number = || numbers.next()?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(year, number()?, number()?)?.and_hms_opt(number()?, number()?, 0)
}

fn call(object: &JsValue, name: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let function: js_sys::Function = property(object, name)?.dyn_into().ok()?;
    match argument {
        Some(argument) => function.call1(object, argument),
        None => function.call0(object),
    }
    .ok()
}
