//! Events by their UID: one, or a series with days left out, added and moved.

use super::{
    Calendar,
    component::Component,
    event::{About, Event},
    identity::{self, Days, Reading},
    line::Property,
    repeat::Series,
    when::{Span, When, span},
};
use crate::{
    batch::Refusal,
    gather::Found,
    report::{Fault, Place, Report},
};
use std::collections::BTreeMap;

pub(super) fn read(calendar: &Calendar, found: &mut Vec<Found>, reading: &mut Reading, report: &mut Report) {
    if calendar.component.name != "VCALENDAR" {
        let what = format!("{} is not an event, passed over.", calendar.component.name);
        return report.note(&Place::new(calendar.file, calendar.component.line), &what);
    }
    let mut others: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for child in &calendar.component.children {
        match child.name.as_str() {
            "VEVENT" | "VTODO" => match Entry::read(calendar, child) {
                Ok(Some(entry)) => entries.push(entry),
                Ok(None) => {
                    reading.partly(&uid(child));
                    report.note(&Place::new(calendar.file, child.line), "marked private or confidential, left out.");
                }
                Err(refusal) => {
                    reading.partly(&uid(child));
                    report.refused.push(refusal);
                }
            },
            "VTIMEZONE" => {}
            other => others.entry(other).or_insert((0, child.line)).0 += 1,
        }
    }
    for (name, (count, line)) in others {
        report.note(
            &Place::new(calendar.file, line),
            &format!("{count} of {name} passed over: only events and tasks are read."),
        );
    }
    let mut by_uid: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &entries {
        by_uid.entry(&entry.uid).or_default().push(entry);
    }
    let days = by_uid.iter().map(|(uid, entries)| (*uid, days(calendar, entries))).collect();
    let whole = Whole { calendar, by_uid, days };
    for entry in &entries {
        if !calendar.component.closed {
            reading.partly(&entry.uid);
        }
        match whole.expand(entry, found, report) {
            Ok(()) if entry.replaces.is_none() => reading.wholly(&entry.uid),
            Ok(()) => {}
            Err(refusal) => {
                reading.partly(&entry.uid);
                report.refused.push(refusal);
            }
        }
    }
}

/// An event or a task, its identity read.
struct Entry<'a> {
    component: &'a Component,
    uid: String,
    /// It takes the place of one occurrence of a series.
    replaces: Option<When>,
}

impl<'a> Entry<'a> {
    /// Nothing for one that its owner keeps private.
    fn read(calendar: &Calendar, component: &'a Component) -> Result<Option<Self>, Refusal> {
        let here = Place::new(calendar.file, component.line);
        if !component.closed {
            let what = format!("The event does not end: END:{} is missing.", component.name);
            let fault = Fault::new(what, "The file is cut off or damaged: export it again.");
            return Err(Refusal { column: None, ..fault.at(&here, "") });
        }
        if component.is("CLASS", "PRIVATE") || component.is("CLASS", "CONFIDENTIAL") {
            return Ok(None);
        }
        let uid = uid(component);
        if uid.is_empty() {
            let what = "The event has no UID, so it could not be found again at the next import.";
            return Err(Fault::new(what, "Export it from a calendar program, which writes one.").at(&here, "UID"));
        }
        let replaces = match component.property("RECURRENCE-ID") {
            Some(property) if property.param("RANGE").is_some() => {
                let fault =
                    Fault::new("This changes all later events of a series, which is not read.", "Split the series.");
                return Err(at(calendar, property, fault));
            }
            Some(property) => Some(when(calendar, property)?),
            None => None,
        };
        Ok(Some(Self { component, uid, replaces }))
    }
}

fn uid(component: &Component) -> String {
    component.property("UID").map(|property| property.value.trim().to_owned()).unwrap_or_default()
}

struct Whole<'a> {
    calendar: &'a Calendar<'a>,
    by_uid: BTreeMap<&'a str, Vec<&'a Entry<'a>>>,
    days: BTreeMap<&'a str, Days>,
}

impl<'a> Whole<'a> {
    fn of_uid(&self, uid: &str) -> impl Iterator<Item = &&'a Entry<'a>> {
        self.by_uid.get(uid).into_iter().flatten()
    }

    fn expand(&self, entry: &Entry, found: &mut Vec<Found>, report: &mut Report) -> Result<(), Refusal> {
        let Entry { component, uid, replaces } = entry;
        let calendar = self.calendar;
        let here = Place::new(calendar.file, component.line);
        self.not_twice(entry)?;
        let (start, length) = extent(calendar, component)?;
        let course = calendar.courses.of(calendar.file, component)?;
        let cancelled = calendar.component.is("METHOD", "CANCEL");
        let event = Event::read(component, About { file: calendar.file, course, cancelled })?;
        for note in start_notes(calendar, &start) {
            report.note(&here, &note);
        }
        let mut add = |id: String, start: &When, length: Option<Span>, removed: bool| {
            event.item(id, start, length).map(|item| found.push(Found { place: here.clone(), item, removed }))
        };

        let series = if replaces.is_none() { Series::read(calendar, component, &start, length)? } else { None };
        match (replaces, series, self.days.get(uid.as_str())) {
            (Some(replaced), _, Some(days)) => add(days.id_of_replaced(uid, replaced), &start, length, false)?,
            (None, Some(series), Some(days)) => {
                for (line, note) in &series.notes {
                    report.note(&Place::new(calendar.file, *line), note);
                }
                for occurrence in &series.occurrences {
                    if days.is_replaced(&occurrence.start) {
                        continue;
                    }
                    // A day that was taken out of a series is asked to be removed: it may have been imported before.
                    let removed = series.excluded.iter().any(|excluded| excluded.names(&occurrence.start));
                    add(days.id(uid, &occurrence.start), &occurrence.start, occurrence.length, removed)?;
                }
            }
            _ => add(identity::of_event(uid), &start, length, false)?,
        }
        for bad in event.bad_links() {
            report.note(
                &Place::new(&bad.file, bad.line.unwrap_or(component.line)),
                &format!("a link was left out: {}", bad.what),
            );
        }
        Ok(())
    }

    /// A second event of the same UID that does not replace an occurrence is a copy.
    fn not_twice(&self, entry: &Entry) -> Result<(), Refusal> {
        let same = |other: &&&Entry| {
            other.component.name == entry.component.name
                && other.component.line < entry.component.line
                && match (&other.replaces, &entry.replaces) {
                    (None, None) => true,
                    (Some(one), Some(other)) => one.names(other),
                    _ => false,
                }
        };
        match self.of_uid(&entry.uid).find(same) {
            None => Ok(()),
            Some(first) => {
                let what = format!("The event of this UID is there already, at line {}.", first.component.line);
                let place = Place::new(self.calendar.file, entry.component.line);
                Err(Fault::new(what, "Keep one of the two.").at(&place, "UID"))
            }
        }
    }
}

/// The days of a UID's entries. What refuses its series refuses it again where it is read.
fn days(calendar: &Calendar, entries: &[&Entry]) -> Days {
    let master = entries.iter().find(|entry| entry.replaces.is_none());
    let extent = master.and_then(|master| Some((master, extent(calendar, master.component).ok()?)));
    let series = extent
        .and_then(|(master, (start, length))| Series::read(calendar, master.component, &start, length).ok().flatten());
    let occurrences = series.iter().flat_map(|series| &series.occurrences).map(|occurrence| &occurrence.start);
    let replaced = entries.iter().filter_map(|entry| entry.replaces.as_ref());
    Days::new(extent.map(|(_, (start, _))| start), occurrences, replaced)
}

/// When it starts and how long it is; a task is due at its end.
fn extent(calendar: &Calendar, component: &Component) -> Result<(When, Option<Span>), Refusal> {
    let start = component.property("DTSTART").map(|property| when(calendar, property)).transpose()?;
    let duration = component.property("DURATION");
    let length = duration.map(|p| span(&p.value).map_err(|fault| at(calendar, p, fault))).transpose()?;
    let missing = |name: &str| {
        let fault =
            Fault::new(format!("The event has no {name}, so it has no date."), "Give it a date, or take it out.");
        fault.at(&Place::new(calendar.file, component.line), name)
    };
    if component.name == "VTODO" {
        return match (component.property("DUE"), start, length) {
            (Some(due), _, _) => Ok((when(calendar, due)?, None)),
            (None, Some(start), Some(Span::Exact(length))) => match start {
                When::At { wall, zone, floating } => Ok((When::At { wall: wall + length, zone, floating }, None)),
                When::Day(_) => Ok((start, None)),
            },
            (None, Some(start), Some(Span::Days(days))) => {
                Ok((start.on(start.date() + chrono::TimeDelta::days(days)), None))
            }
            _ => Err(missing("DUE")),
        };
    }
    let start = start.ok_or_else(|| missing("DTSTART"))?;
    match component.property("DTEND") {
        // Canvas writes a day's end as the day itself.
        Some(property) => {
            let end = when(calendar, property)?;
            let length = start.until(&end).map_err(|fault| at(calendar, property, fault))?;
            Ok((start, Some(length)))
        }
        None => Ok((start, length)),
    }
}

fn when(calendar: &Calendar, property: &Property) -> Result<When, Refusal> {
    When::of(property, &calendar.zones).map_err(|fault| at(calendar, property, fault))
}

pub(super) fn at(calendar: &Calendar, property: &Property, fault: Fault) -> Refusal {
    fault.at(&Place::new(calendar.file, property.line), &property.name)
}

/// What is worth knowing of a start: a time without a zone, or one that the clock change makes odd.
fn start_notes(calendar: &Calendar, start: &When) -> Vec<String> {
    let mut notes = Vec::new();
    if matches!(start, When::At { floating: true, .. }) {
        notes.push(format!("the time names no zone; it was read as {} time.", calendar.zones.floating()));
    }
    if start.is_odd() {
        notes.push("the clocks change at this time; it was read by the offset before the change.".into());
    }
    notes
}
