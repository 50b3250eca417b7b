//! The forms of what is not declared by the contract itself.

use super::{Json, Wire, write_text};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};

impl Wire for String {
    fn read(json: &Json) -> Option<Self> {
        json.text().map(Into::into)
    }

    fn write(&self, out: &mut String) {
        write_text(out, self);
    }
}

impl Wire for bool {
    fn read(json: &Json) -> Option<Self> {
        match json {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Wire for i64 {
    fn read(json: &Json) -> Option<Self> {
        match json {
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        write_number(out, self.unsigned_abs(), 1);
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn read(json: &Json) -> Option<Self> {
                i64::read(json)?.try_into().ok()
            }

            fn write(&self, out: &mut String) {
                i64::try_from(*self).unwrap_or(i64::MAX).write(out);
            }
        }
    )*};
}

numbers!(u16, u32, u64);

impl Wire for i32 {
    fn read(json: &Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }

    fn write(&self, out: &mut String) {
        i64::from(*self).write(out);
    }

    fn absent() -> Option<Self> {
        Some(0)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read(json: &Json) -> Option<Self> {
        if *json == Json::Null { Some(None) } else { T::read(json).map(Some) }
    }

    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(json: &Json) -> Option<Self> {
        match json {
            // Not by `collect`, whose adapters are compiled once more for each kind of thing.
            Json::List(list) => {
                let mut read = Vec::with_capacity(list.len());
                for one in list {
                    read.push(T::read(one)?);
                }
                Some(read)
            }
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        for (n, value) in self.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Wire> Wire for Box<T> {
    fn read(json: &Json) -> Option<Self> {
        T::read(json).map(Box::new)
    }

    fn write(&self, out: &mut String) {
        T::write(self, out);
    }
}

/// Digits, with zeros in front up to a width.
fn write_number(out: &mut String, number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut at) = (number, 20);
    while rest > 0 || at > 20 - width {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend(digits[at..].iter().map(|digit| *digit as char));
}

impl Wire for NaiveDate {
    fn read(json: &Json) -> Option<Self> {
        date(json.text()?.as_bytes())
    }

    fn write(&self, out: &mut String) {
        out.push('"');
        write_date(out, *self);
        out.push('"');
    }
}

/// RFC 3339, to the nanosecond.
impl Wire for DateTime<Utc> {
    fn read(json: &Json) -> Option<Self> {
        let text = json.text()?.as_bytes();
        let date = date(text.get(..10)?)?;
        let clock = text.get(10..19)?;
        if !matches!(clock[0], b'T' | b't' | b' ') || clock[3] != b':' || clock[6] != b':' {
            return None;
        }
        let (hour, minute, second) = (number(&clock[1..3])?, number(&clock[4..6])?, number(&clock[7..])?);
        let mut rest = &text[19..];
        let mut nanoseconds = 0;
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            let kept = length.min(9);
            nanoseconds = number(&fraction[..kept])? * 10u32.pow(9 - kept as u32);
            rest = &fraction[length..];
        }
        let local = NaiveDateTime::new(date, NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds)?);
        match *rest {
            [b'Z' | b'z'] => Some(local.and_utc()),
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let seconds = (number(&rest[1..3])? * 3600 + number(&rest[4..6])? * 60) as i32;
                let zone = FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })?;
                Some(zone.from_local_datetime(&local).single()?.to_utc())
            }
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        out.push('"');
        write_date(out, self.date_naive());
        for (mark, number) in [('T', self.hour()), (':', self.minute()), (':', self.second())] {
            out.push(mark);
            write_number(out, u64::from(number), 2);
        }
        let nanoseconds = u64::from(self.nanosecond());
        if nanoseconds > 0 {
            out.push('.');
            if nanoseconds % 1_000_000 == 0 {
                write_number(out, nanoseconds / 1_000_000, 3);
            } else {
                write_number(out, nanoseconds, 9);
            }
        }
        out.push_str("Z\"");
    }
}

/// All digits, and few enough not to overflow.
fn number(digits: &[u8]) -> Option<u32> {
    let all = !digits.is_empty() && digits.len() <= 9 && digits.iter().all(u8::is_ascii_digit);
    all.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// `2026-11-27`.
fn date(text: &[u8]) -> Option<NaiveDate> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(number(&text[..4])? as i32, number(&text[5..7])?, number(&text[8..])?)
}

fn write_date(out: &mut String, date: NaiveDate) {
    write_number(out, u64::from(date.year().unsigned_abs()), 4);
    out.push('-');
    write_number(out, u64::from(date.month()), 2);
    out.push('-');
    write_number(out, u64::from(date.day()), 2);
}
