//! Collects what is refused and what is noted, and names the places.

use crate::batch::Refusal;

#[derive(Debug, Default)]
pub(crate) struct Report {
    pub refused: Vec<Refusal>,
    pub notes: Vec<String>,
}

/// What is wrong with a value and what to do about it, a sentence each; whoever reads the row adds where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub what: String,
    pub mend: String,
}

/// A row's or a property's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub file: String,
    pub line: u64,
}

impl Fault {
    pub fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), mend: mend.into() }
    }

    pub fn at(self, place: &Place, column: &str) -> Refusal {
        Refusal {
            file: place.file.clone(),
            line: Some(place.line),
            column: Some(column.into()),
            what: self.what,
            mend: self.mend,
        }
    }
}

impl Place {
    pub fn new(file: &str, line: u64) -> Self {
        Self { file: file.into(), line }
    }
}

impl Report {
    pub fn refuse_file(&mut self, file: &str, what: impl Into<String>, mend: impl Into<String>) {
        self.refused.push(Refusal {
            file: file.into(),
            line: None,
            column: None,
            what: what.into(),
            mend: mend.into(),
        });
    }

    /// Refuses a whole row, where no single column is to blame.
    pub fn refuse_line(&mut self, place: &Place, fault: Fault) {
        self.refused.push(Refusal { column: None, ..fault.at(place, "") });
    }

    pub fn note_file(&mut self, file: &str, what: &str) {
        self.notes.push(format!("{file}: {what}"));
    }

    pub fn note(&mut self, place: &Place, what: &str) {
        self.notes.push(format!("{}:{}: {what}", place.file, place.line));
    }
}
