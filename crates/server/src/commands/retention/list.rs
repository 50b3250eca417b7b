//! The list of what is due, read back after a person has been through it, with whatever program they have.

use anyhow::{Context, bail, ensure};
use contract::ids::{CourseId, LearnerId};
use import::rows_of;
use std::{fs, path::Path};

const COLUMNS: [&str; 3] = ["learner", "course", "due"];

/// A certificate that the list says is due.
pub struct Due {
    pub line: u64,
    pub learner: LearnerId,
    pub course: CourseId,
}

#[derive(Default)]
pub struct List {
    pub due: Vec<Due>,
    /// Lines that cannot be read: which, and what to do.
    pub faults: Vec<(u64, String)>,
    /// Rows that the list itself says are not due.
    pub not_due: usize,
}

/// # Errors
/// There is no such file, or it is not a list.
pub fn read(path: &Path) -> anyhow::Result<List> {
    let shown = path.display();
    let bytes = fs::read(path).with_context(|| format!("{shown} cannot be read."))?;
    // Names are not looked at, in whatever letters they are.
    let text = String::from_utf8_lossy(&bytes);
    let mut rows = rows_of(text.trim_start_matches('\u{feff}'), &COLUMNS);
    let header = match rows.next().transpose() {
        Ok(header) => header.map(|(_, header)| header).unwrap_or_default(),
        Err((line, fault)) => bail!("{shown} line {line}: {fault}"),
    };
    let column = |name: &str| {
        let found = header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        found.with_context(|| {
            format!("{shown} has no column `{name}`. Give the file that `portal-server retention --out` wrote.")
        })
    };
    let [learner, course, due] = COLUMNS.map(column);
    let columns = [learner?, course?, due?];
    let mut list = List::default();
    for row in rows {
        match row.map(|(line, cells)| (line, due_by(header.len(), &cells, columns))) {
            Ok((line, Ok(Some((learner, course))))) => list.due.push(Due { line, learner, course }),
            Ok((_, Ok(None))) => list.not_due += 1,
            Ok((line, Err(fault))) => list.faults.push((line, format!("{fault} Take the row from a new list."))),
            Err(fault) => list.faults.push(fault),
        }
    }
    Ok(list)
}

/// Learner and course; nothing where the row says that it is not due.
fn due_by(width: usize, row: &[String], columns: [usize; 3]) -> anyhow::Result<Option<(LearnerId, CourseId)>> {
    ensure!(row.len() == width, "It has {} cells, and the first line {width}.", row.len());
    let [learner, course, due] = columns.map(|at| plain(&row[at]));
    ensure!(
        ![learner, course, due].iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)),
        "Its learner or course is not UTF-8."
    );
    ensure!(!learner.is_empty() && !course.is_empty(), "It names no learner or no course.");
    match due.to_ascii_lowercase().as_str() {
        "yes" => Ok(Some((learner.into(), course.into()))),
        "no" => Ok(None),
        _ => bail!("Its `due` is neither yes nor no."),
    }
}

/// Without what keeps a cell from being a formula.
fn plain(cell: &str) -> &str {
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
