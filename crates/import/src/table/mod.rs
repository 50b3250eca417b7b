//! CSV files: a kind is known by the file's name, a column by the header's.

mod cells;
mod row;
mod rows;

use crate::{
    gather::Found,
    report::{Fault, Place, Report},
    source::{self, Source},
    value::quoted,
};
use cells::Cells;
use row::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Learners,
    Courses,
    Enrolments,
    Assignments,
    Extensions,
    Sessions,
    Contacts,
    Policies,
    Holidays,
    Hours,
    Checks,
    Certifications,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Learners,
        Self::Courses,
        Self::Enrolments,
        Self::Assignments,
        Self::Extensions,
        Self::Sessions,
        Self::Contacts,
        Self::Policies,
        Self::Holidays,
        Self::Hours,
        Self::Checks,
        Self::Certifications,
    ];

    pub fn from_stem(stem: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.stem() == stem)
    }

    pub fn stem(self) -> &'static str {
        match self {
            Self::Learners => "learners",
            Self::Courses => "courses",
            Self::Enrolments => "enrolments",
            Self::Assignments => "assignments",
            Self::Extensions => "extensions",
            Self::Sessions => "sessions",
            Self::Contacts => "contacts",
            Self::Policies => "policies",
            Self::Holidays => "holidays",
            Self::Hours => "hours",
            Self::Checks => "checks",
            Self::Certifications => "certifications",
        }
    }

    /// The columns that must be there, then those that may.
    fn columns(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Learners => (&["id", "name"], &[]),
            Self::Courses => (&["id", "title"], &["awarding_body", "blended_agreed_on"]),
            Self::Enrolments => (&["learner", "course"], &["removed"]),
            Self::Assignments => (
                &["id", "course", "title", "due_date"],
                &[
                    "due_time",
                    "mode",
                    "ai_level",
                    "awarding_body",
                    "hand_in",
                    "feedback_by",
                    "attempts",
                    "group",
                    "link",
                    "link_bytes",
                    "link_reviewed_on",
                    "cancelled",
                    "removed",
                ],
            ),
            Self::Extensions => (&["learner", "assignment", "due_date"], &["due_time", "reason", "removed"]),
            Self::Sessions => (
                &["id", "course", "title", "date", "start"],
                &[
                    "end",
                    "mode",
                    "join_link",
                    "telephone",
                    "pin",
                    "data_mb_per_hour",
                    "place",
                    "about",
                    "cancelled",
                    "removed",
                ],
            ),
            Self::Contacts => (&["id", "role", "name"], &["telephone", "email", "hours", "course", "removed"]),
            Self::Policies => (
                &["id", "title", "version", "issued_on"],
                &["renewal_on", "changes", "link", "link_bytes", "link_reviewed_on", "removed"],
            ),
            Self::Holidays => (&["date", "name"], &["nation", "removed"]),
            Self::Certifications => (&["learner", "course", "certified_on"], &["removed"]),
            Self::Hours => (&["contact", "weekday", "from", "until"], &["removed"]),
            Self::Checks => (
                &["session", "number", "kind", "question", "explanation"],
                &["a", "b", "c", "d", "e", "f", "right", "removed"],
            ),
        }
    }
}

/// A row's trimmed cells, or why it cannot be split and what to do; each with the line on which it begins.
pub type Split = Result<(u64, Vec<String>), (u64, String)>;

/// The rows of a table of any kind, the header first, split as imported tables are; rows of empty cells are left out. `columns`: some that the
/// header names, by which the delimiter is found.
pub fn rows_of<'a>(text: &'a str, columns: &[&str]) -> impl Iterator<Item = Split> + use<'a> {
    let named = |cell: &&String| columns.iter().any(|column| cell.eq_ignore_ascii_case(column));
    let cells = Cells::new(text, |header| header.iter().filter(named).count());
    cells.map(|split| split.map_err(|(line, Fault { what, mend })| (line, format!("{what} {mend}"))))
}

pub(crate) fn read(kind: Kind, source: &Source, found: &mut Vec<Found>, report: &mut Report) {
    let text = match source::text(&source.bytes) {
        Ok(text) => text,
        Err((Some(line), fault)) => return report.refuse_line(&Place::new(&source.name, line), fault),
        Err((None, fault)) => return report.refuse_file(&source.name, fault.what, fault.mend),
    };
    let mut cells = Cells::new(text, |header| known_columns(kind, header));
    let header = match cells.next() {
        Some(Ok((line, cells))) => match Header::new(kind, cells) {
            Ok(header) => header.note_unknown(&Place::new(&source.name, line), report),
            Err(fault) => return report.refuse_line(&Place::new(&source.name, line), fault),
        },
        Some(Err((line, fault))) => return report.refuse_line(&Place::new(&source.name, line), fault),
        None => {
            let (needed, _) = kind.columns();
            let mend = format!("Begin it with a line of column names: {}.", needed.join(", "));
            return report.refuse_file(&source.name, "The file is empty.", mend);
        }
    };
    for row in cells {
        match row {
            Ok((line, cells)) => {
                let place = Place::new(&source.name, line);
                if let Some(extra) = cells.get(header.names.len()..).and_then(|e| e.iter().find(|c| !c.is_empty())) {
                    let what = format!("The row has more cells than the header, such as {}.", quoted(extra));
                    report.refuse_line(&place, Fault::new(what, "Put a text with a comma into quotation marks."));
                    continue;
                }
                let mut row = Row::new(place, &header.names, &cells);
                let item = rows::item(kind, &mut row);
                match row.finish() {
                    Ok((place, removed)) => found.push(Found { place, item, removed }),
                    Err(refused) => report.refused.extend(refused),
                }
            }
            Err((line, fault)) => report.refuse_line(&Place::new(&source.name, line), fault),
        }
    }
}

struct Header {
    /// In lower case, as they stand in the file.
    names: Vec<String>,
    unknown: Vec<String>,
}

impl Header {
    fn new(kind: Kind, cells: Vec<String>) -> Result<Self, Fault> {
        let mut names: Vec<String> = cells.iter().map(|name| column_name(name)).collect();
        let (needed, optional) = kind.columns();
        let missing: Vec<_> = needed.iter().copied().filter(|name| !names.iter().any(|n| n == name)).collect();
        if !missing.is_empty() {
            return Err(Fault::new(
                format!("The header has no column {}.", missing.join(", ")),
                format!("{}.csv needs the columns {}.", kind.stem(), needed.join(", ")),
            ));
        }
        let known = |name: &String| needed.contains(&name.as_str()) || optional.contains(&name.as_str());
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| known(name) && names[..*at].contains(name)) {
            return Err(Fault::new(format!("The header has the column {} twice.", twice.1), "Take one of them out."));
        }
        let unknown =
            cells.into_iter().zip(&names).filter(|(c, n)| !c.is_empty() && !known(n)).map(|(c, _)| c).collect();
        // A column that is not known is not read, whatever it is called.
        names.iter_mut().filter(|name| !known(name)).for_each(String::clear);
        Ok(Self { names, unknown })
    }

    fn note_unknown(self, place: &Place, report: &mut Report) -> Self {
        if !self.unknown.is_empty() {
            let names: Vec<_> = self.unknown.iter().map(|name| quoted(name)).collect();
            report.note(place, &format!("columns that are not known are passed over: {}.", names.join(", ")));
        }
        self
    }
}

fn column_name(cell: &str) -> String {
    cell.to_lowercase().split([' ', '_', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// How many of the kind's columns these cells name.
fn known_columns(kind: Kind, cells: &[String]) -> usize {
    let (needed, optional) = kind.columns();
    cells.iter().filter(|cell| [needed, optional].concat().contains(&column_name(cell).as_str())).count()
}
