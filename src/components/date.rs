use crate::state::app::App;
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::*;

/// A time in the provider's zone: 'Friday 27 November 2026, 11:59pm'. 'London time' stands beside it where this device's own
/// clock would have said something else.
#[component]
pub fn When(
    at: DateTime<Utc>,
    /// The end, for a span.
    #[prop(optional)]
    until: Option<DateTime<Utc>>,
    /// Only the day counts.
    #[prop(optional)]
    all_day: bool,
) -> impl IntoView {
    let app = App::here();
    let dates = app.dates();
    let shown = match until {
        Some(until) => dates.span(at, until),
        None if all_day => end_of_day(&app, at),
        None => dates.date_time(at),
    };
    let zone = dates.device_differs(at).then(|| {
        let name = if dates.is_london() { app.text.common.london_time } else { app.text.common.provider_time };
        view! { <span class="zone">" ("{name}")"</span> }
    });
    view! { <span class="when">{shown}{zone}</span> }.into_any()
}

/// 'Thursday 10 December 2026, by the end of the day'.
#[must_use]
fn end_of_day(app: &App, at: DateTime<Utc>) -> String {
    // A deadline at midnight ends the day before it.
    let day = app.dates().date(at - Duration::seconds(1));
    (app.text.deadlines.due_until)(&day)
}
