use crate::{
    browser::dom::{El, el},
    state::app::App,
};
use chrono::{DateTime, Duration, Utc};

/// A time in the provider's zone: 'Friday 27 November 2026, 11:59pm', or 'Thursday 10 December 2026, by the end of the day'
/// where only the day counts. 'London time' stands beside it where this device's own clock would have said something else.
#[must_use]
pub fn when(app: App, at: DateTime<Utc>, all_day: bool) -> El {
    let dates = app.dates();
    let shown = if all_day {
        // A deadline at midnight ends the day before it.
        (app.text.deadlines.due_until)(&dates.date(at - Duration::seconds(1)))
    } else {
        dates.date_time(at)
    };
    el("span").class("when").child(shown).child(zone(app, at))
}

/// From when until when, written the same way.
#[must_use]
pub fn span(app: App, from: DateTime<Utc>, until: DateTime<Utc>) -> El {
    el("span").class("when").child(app.dates().span(from, until)).child(zone(app, from))
}

fn zone(app: App, at: DateTime<Utc>) -> Option<El> {
    let dates = app.dates();
    dates.device_differs(at).then(|| {
        let name = if dates.is_london() { app.text.common.london_time } else { app.text.common.provider_time };
        el("span").class("zone").child(format!(" ({name})"))
    })
}
