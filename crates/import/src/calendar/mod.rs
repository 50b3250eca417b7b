//! Calendar files (.ics): deadlines and sessions of a course.

mod component;
mod event;
mod identity;
mod join;
mod line;
mod repeat;
mod rule;
mod series;
mod when;
mod words;
mod zone;

use crate::{
    batch::Refusal,
    gather::Found,
    report::{Fault, Place, Report},
    source::{self, Source},
    value::quoted,
};
use component::Component;
use contract::ids::CourseId;
pub(crate) use identity::Reading;
use std::{collections::BTreeSet, path::Path};
use words::unescape;
use zone::Zones;

/// Reads a calendar's events. `given` is the course that was asked for; `courses` are those there are. `reading` is told what was read whole.
pub(crate) fn read(
    source: &Source,
    given: Option<&CourseId>,
    courses: &BTreeSet<CourseId>,
    found: &mut Vec<Found>,
    reading: &mut Reading,
    report: &mut Report,
) {
    if let Err(fault) = source::not_utf16(&source.bytes) {
        return report.refuse_file(&source.name, fault.what, fault.mend);
    }
    let asked = given.and_then(|given| course(given.as_str(), courses));
    if let (Some(given), None) = (given, &asked) {
        let what = format!("There is no course {} for this calendar.", quoted(given.as_str()));
        return report.refuse_file(&source.name, what, "Import the course first, or name another.");
    }
    let lines = match line::lines(&source.bytes) {
        Ok(lines) => lines,
        Err((line, fault)) => return report.refuse_line(&Place::new(&source.name, line), fault),
    };
    let (outermost, astray) = component::components(lines);
    if !outermost.iter().any(|component| component.name == "VCALENDAR") {
        let mend = "Export the calendar again as iCalendar (.ics).";
        return report.refuse_file(&source.name, "This is not a calendar: BEGIN:VCALENDAR is not in it.", mend);
    }
    for line in astray {
        report.note(&Place::new(&source.name, line), "not a line of a calendar, passed over.");
    }
    for calendar in &outermost {
        if !calendar.closed {
            let what = format!("END:{} is missing: the file may be cut off.", calendar.name);
            report.note(&Place::new(&source.name, calendar.line), &what);
        }
        let file = Calendar {
            file: &source.name,
            component: calendar,
            zones: Zones::of(calendar),
            courses: Courses { asked: asked.as_ref(), by_name: course_of_name(&source.name, courses), known: courses },
        };
        series::read(&file, found, reading, report);
    }
}

struct Calendar<'a> {
    file: &'a str,
    component: &'a Component,
    zones: Zones,
    courses: Courses<'a>,
}

struct Courses<'a> {
    asked: Option<&'a CourseId>,
    by_name: Option<CourseId>,
    known: &'a BTreeSet<CourseId>,
}

impl Courses<'_> {
    /// The one that was asked for, the file's name, one of the CATEGORIES, or Canvas's `[COURSE]` after the title.
    fn of(&self, file: &str, event: &Component) -> Result<CourseId, Refusal> {
        if let Some(course) = self.asked.or(self.by_name.as_ref()) {
            return Ok(course.clone());
        }
        let categories =
            || event.all("CATEGORIES").flat_map(|p| p.value.split(',').map(move |name| (p, unescape(name))));
        let summary = event.property("SUMMARY").map(|property| (property, words::line(&property.value)));
        let in_title = || summary.as_ref().and_then(|(p, title)| Some((*p, event::bracketed(title)?.1.to_owned())));
        let named = || categories().chain(in_title());
        named().find_map(|(_, name)| course(&name, self.known)).ok_or_else(|| {
            let mend = "Name the file after the course, such as WELD2.ics, or give the course when you import.";
            match named().next() {
                Some((property, name)) => {
                    let fault = Fault::new(format!("There is no course {}.", quoted(name.trim())), mend);
                    fault.at(&Place::new(file, property.line), &property.name)
                }
                None => {
                    let fault = Fault::new("The event does not say which course it belongs to.", mend);
                    Refusal { column: None, ..fault.at(&Place::new(file, event.line), "") }
                }
            }
        })
    }
}

fn course_of_name(file: &str, courses: &BTreeSet<CourseId>) -> Option<CourseId> {
    course(&Path::new(file).file_stem()?.to_string_lossy(), courses)
}

fn course(name: &str, courses: &BTreeSet<CourseId>) -> Option<CourseId> {
    let name = name.trim();
    let alike = || courses.iter().find(|course| course.as_str().eq_ignore_ascii_case(name));
    courses.get(&CourseId::from(name)).or_else(alike).cloned()
}
