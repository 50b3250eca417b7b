//! The occurrences of an event that repeats.

use super::{
    Calendar,
    component::Component,
    rule::{OCCURRENCES_MAX, Rule},
    series::at,
    when::{Span, When},
};
use crate::{batch::Refusal, report::Fault};
use std::collections::BTreeSet;

pub(super) struct Series {
    pub occurrences: Vec<Occurrence>,
    /// What its EXDATEs name.
    pub excluded: Vec<When>,
    /// What is worth knowing, with the line that says it.
    pub notes: Vec<(u64, String)>,
}

pub(super) struct Occurrence {
    pub start: When,
    pub length: Option<Span>,
}

impl Series {
    /// Nothing for an event that does not repeat.
    pub fn read(
        calendar: &Calendar,
        component: &Component,
        start: &When,
        length: Option<Span>,
    ) -> Result<Option<Self>, Refusal> {
        let rule = component.property("RRULE");
        let added: Vec<_> = component.all("RDATE").collect();
        if rule.is_none() && added.is_empty() {
            return Ok(None);
        }
        if let Some(property) = component.property("EXRULE").or_else(|| rule.filter(|_| component.name == "VTODO")) {
            let fault = Fault::new("This way of repeating is not read.", "Give the dates one by one.");
            return Err(at(calendar, property, fault));
        }
        let mut notes = Vec::new();
        let mut occurrences = vec![Occurrence { start: *start, length }];
        if let Some(property) = rule {
            let days = Rule::parse(&property.value).map_err(|fault| at(calendar, property, fault))?.days(start);
            occurrences = days.days.iter().map(|day| Occurrence { start: start.on(*day), length }).collect();
            if days.cut {
                let last = days.days.last().map(|day| day.format("%-d %B %Y").to_string()).unwrap_or_default();
                let what = format!(
                    "the series goes on; it was read up to {last} (at most two years or {OCCURRENCES_MAX} events). Give it an end.",
                );
                notes.push((property.line, what));
            }
        }
        for property in added {
            for (day, own) in When::list(property, &calendar.zones).map_err(|fault| at(calendar, property, fault))? {
                // A day alone has the time of day of the first.
                let start = if matches!(day, When::Day(_)) { start.on(day.date()) } else { day };
                occurrences.push(Occurrence { start, length: own.or(length) });
            }
        }
        let mut seen = BTreeSet::new();
        occurrences.retain(|occurrence| seen.insert(occurrence.start.instant().ok_or(occurrence.start.date())));
        if occurrences.len() > OCCURRENCES_MAX {
            occurrences.truncate(OCCURRENCES_MAX);
            let what = format!("only the first {OCCURRENCES_MAX} events of the series were read.");
            notes.push((component.line, what));
        }
        let mut excluded = Vec::new();
        for property in component.all("EXDATE") {
            let days = When::list(property, &calendar.zones).map_err(|fault| at(calendar, property, fault))?;
            excluded.extend(days.into_iter().map(|(day, _)| day));
        }
        Ok(Some(Self { occurrences, excluded, notes }))
    }
}
