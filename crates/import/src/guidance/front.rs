//! The lines `name: value` between two lines of three hyphens at the top of a page.

use crate::{
    batch::Refusal,
    report::{Fault, Place, Report},
    value::{Value, quoted},
};

const KNOWN: [&str; 7] = ["id", "title", "version", "reviewed_on", "changes", "order", "removed"];
const MEND: &str =
    "Begin the file with --- on a line, then title:, version: and reviewed_on: on a line each, then --- again.";

pub(super) struct Front<'a> {
    file: &'a str,
    entries: Vec<Entry<'a>>,
    refused: Vec<Refusal>,
}

struct Entry<'a> {
    name: String,
    value: &'a str,
    line: u64,
}

/// What comes after the front matter, and the line on which it begins.
pub(super) struct Body<'a> {
    pub text: &'a str,
    pub line: u64,
}

impl<'a> Front<'a> {
    pub fn split(file: &'a str, text: &'a str) -> Result<(Self, Body<'a>), Fault> {
        let mut front = Self { file, entries: Vec::new(), refused: Vec::new() };
        let (mut at, mut line) = (0, 1);
        for raw in text.split_inclusive('\n') {
            at += raw.len();
            let content = raw.trim();
            match (line, content) {
                (1, "---") => {}
                (1, _) => return Err(Fault::new("The page has no front matter.", MEND)),
                (_, "---") => return Ok((front, Body { text: text.get(at..).unwrap_or_default(), line: line + 1 })),
                (_, "") => {}
                _ => front.entry(content, line),
            }
            line += 1;
        }
        Err(Fault::new("The page's front matter does not end.", MEND))
    }

    fn entry(&mut self, content: &'a str, line: u64) {
        let Some((name, value)) = content.split_once(':') else {
            return self.refuse_line(line, Fault::new("This line is not 'name: value'.", MEND));
        };
        let name = name.trim().to_lowercase();
        if self.entries.iter().any(|entry| entry.name == name) {
            return self.refuse_line(line, Fault::new(format!("{} is given twice.", quoted(&name)), "Keep one."));
        }
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
        self.entries.push(Entry { name, value, line });
    }

    pub fn need<T: Default>(&mut self, name: &str, parse: impl Fn(&str) -> Value<T>) -> T {
        let given = self.entries.iter().any(|entry| entry.name == name && !entry.value.is_empty());
        if !given {
            self.made::<T>(
                name,
                Err(Fault::new(format!("The front matter has no {name}."), format!("Add {name}: to it."))),
            );
        }
        self.may(name, parse).unwrap_or_default()
    }

    pub fn may<T>(&mut self, name: &str, parse: impl Fn(&str) -> Value<T>) -> Option<T> {
        let entry = self.entries.iter().find(|entry| entry.name == name && !entry.value.is_empty())?;
        match parse(entry.value) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refused.push(fault.at(&Place::new(self.file, entry.line), name));
                None
            }
        }
    }

    /// Unwraps a value that the front matter did not give itself.
    pub fn made<T: Default>(&mut self, name: &str, value: Value<T>) -> T {
        value.unwrap_or_else(|fault| {
            self.refused.push(fault.at(&Place::new(self.file, 1), name));
            T::default()
        })
    }

    pub fn refuse_line(&mut self, line: u64, fault: Fault) {
        self.refused.push(Refusal { column: None, ..fault.at(&Place::new(self.file, line), "") });
    }

    /// All that is wrong with the page, if anything is; names that are not known are noted.
    pub fn finish(self, report: &mut Report) -> Result<(), Vec<Refusal>> {
        for entry in self.entries.iter().filter(|entry| !KNOWN.contains(&entry.name.as_str())) {
            report.note(
                &Place::new(self.file, entry.line),
                &format!("{} is not known and passed over.", quoted(&entry.name)),
            );
        }
        if self.refused.is_empty() { Ok(()) } else { Err(self.refused) }
    }
}
