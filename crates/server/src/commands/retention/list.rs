//! The list of what is due, read back after a person has been through it, with whatever program they have.

use anyhow::{Context, bail, ensure};
use contract::ids::{CourseId, LearnerId};
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use std::{fs, path::Path};

/// A certificate that the list says is due.
pub struct Due {
    pub line: usize,
    pub learner: LearnerId,
    pub course: CourseId,
}

#[derive(Default)]
pub struct List {
    pub due: Vec<Due>,
    /// Lines that cannot be read: which, and what to do.
    pub faults: Vec<(usize, String)>,
    /// Rows that the list itself says are not due.
    pub not_due: usize,
}

/// # Errors
/// There is no such file, or it is not a list.
pub fn read(path: &Path) -> anyhow::Result<List> {
    let shown = path.display();
    let bytes = fs::read(path).with_context(|| format!("{shown} cannot be read."))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiters = [b'\t', b';', b','];
    let most = delimiters.into_iter().max_by_key(|one| first.iter().filter(|byte| *byte == one).count());
    let mut reader = ReaderBuilder::new().flexible(true).delimiter(most.unwrap_or(b',')).from_reader(bytes);
    let header = reader.headers().with_context(|| format!("{shown} cannot be read."))?.clone();
    let column = |name: &str| {
        let found = header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        found.with_context(|| {
            format!("{shown} has no column `{name}`. Give the file that `portal-server retention --out` wrote.")
        })
    };
    let columns = [column("learner")?, column("course")?, column("due")?];
    let mut list = List::default();
    let (mut row, mut seen, mut line) = (ByteRecord::new(), 0, 1);
    // A quotation mark that nobody closed makes one bad row of all that follows.
    while reader.read_byte_record(&mut row).with_context(|| format!("{shown} cannot be read."))? {
        // The place of a row is inside the end of the line above, where that has two characters.
        let at = row
            .position()
            .and_then(|place| usize::try_from(place.byte()).ok())
            .unwrap_or(seen)
            .clamp(seen, bytes.len());
        let ends = bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += bytes[seen..at + ends].iter().filter(|byte| **byte == b'\n').count();
        seen = at + ends;
        match due(&header, &row, columns) {
            Ok(Some((learner, course))) => list.due.push(Due { line, learner, course }),
            Ok(None) => list.not_due += 1,
            Err(fault) => list.faults.push((line, format!("{fault} Take the row from a new list."))),
        }
    }
    Ok(list)
}

/// Learner and course; nothing where the row says that it is not due. Names are not looked at, in whatever letters they are.
fn due(header: &StringRecord, row: &ByteRecord, columns: [usize; 3]) -> anyhow::Result<Option<(LearnerId, CourseId)>> {
    ensure!(row.len() == header.len(), "It has {} cells, and the first line {}.", row.len(), header.len());
    let cell = |at: usize| std::str::from_utf8(row.get(at).unwrap_or_default()).map(plain);
    let (Ok(learner), Ok(course), Ok(due)) = (cell(columns[0]), cell(columns[1]), cell(columns[2])) else {
        bail!("Its learner or course is not UTF-8.");
    };
    ensure!(!learner.is_empty() && !course.is_empty(), "It names no learner or no course.");
    match due.to_ascii_lowercase().as_str() {
        "yes" => Ok(Some((learner.into(), course.into()))),
        "no" => Ok(None),
        _ => bail!("Its `due` is neither yes nor no."),
    }
}

/// Without what keeps a cell from being a formula.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::{List, read};
    use std::path::PathBuf;

    fn list(bytes: &[u8]) -> anyhow::Result<List> {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("due.csv");
        std::fs::write(&path, bytes).unwrap();
        read(&path)
    }

    #[test]
    fn a_list_is_read_as_spreadsheets_write_it_back_and_a_bad_row_is_named() {
        let bytes =
            b"\xef\xbb\xbflearner;learner_name;course;due\r\nL1;Zo\xeb;weld;YES\r\n'-2;B;maths;yes\r\nL3;C;weld;no\r\n\
            ;D;weld;yes\r\nL5;E;weld;perhaps\r\nL6;yes\r\n";
        let list = list(bytes).unwrap();
        let due: Vec<_> = list.due.iter().map(|due| (due.line, due.learner.as_str(), due.course.as_str())).collect();
        assert_eq!(due, [(2, "L1", "weld"), (3, "-2", "maths")]);
        assert_eq!((list.not_due, list.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>()), (1, vec![5, 6, 7]));
    }

    #[test]
    fn what_is_no_list_says_which_file_to_give() {
        let said = list(b"id,name\nL1,Zo\n").err().unwrap().to_string();
        assert!(said.contains("no column `learner`") && said.contains("retention --out"), "{said}");
    }
}
