//! Finds files and turns bytes into text.

use crate::report::{Fault, Report};
use std::{fs, path::Path};

/// One file, read.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path as it was given.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The longest file that is read, in bytes.
const BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How many folders deep files are looked for.
const DEPTH_MAX: usize = 16;

/// A file itself, or a folder's files in the order of their paths, with those that cannot be read refused.
pub(crate) fn find(path: &Path, report: &mut Report) -> Vec<Source> {
    let mut sources = Vec::new();
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => folder(path, 0, &mut sources, report),
        Ok(about) => file(path, &about, &mut sources, report),
        Err(error) => {
            report.refuse_file(
                &name(path),
                format!("It cannot be read: {error}."),
                "Check the path, and who may read it.",
            );
        }
    }
    sources
}

/// The text of a UTF-8 file, without its byte-order mark.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, (Option<u64>, Fault)> {
    not_utf16(bytes).map_err(|fault| (None, fault))?;
    let bytes = without_bom(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let line = 1 + count_lines(bytes.get(..at).unwrap_or_default());
        (Some(line), not_utf8(at))
    })
}

/// The fault of text that is not UTF-8 from the byte `at` (0 for the first) on.
pub(crate) fn not_utf8(at: usize) -> Fault {
    Fault::new(
        format!("The text is not UTF-8: byte {} cannot be read.", at + 1),
        "Save the file as 'CSV UTF-8' or as UTF-8 text, and import it again.",
    )
}

pub(crate) fn not_utf16(bytes: &[u8]) -> Result<(), Fault> {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let zero = bytes.iter().take(64).position(|byte| *byte == 0);
    if !marked && zero.is_none() {
        return Ok(());
    }
    Err(Fault::new(
        format!("The file is UTF-16 or not text at all (see byte {}).", zero.map_or(1, |at| at + 1)),
        "Save it as 'CSV UTF-8' or as UTF-8 text, and import it again.",
    ))
}

pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

fn folder(path: &Path, depth: usize, sources: &mut Vec<Source>, report: &mut Report) {
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            return report.refuse_file(
                &name(path),
                format!("The folder cannot be read: {error}."),
                "Check who may read it.",
            );
        }
    };
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        match (fs::symlink_metadata(&path), fs::metadata(&path)) {
            (Ok(entry), Ok(about)) if about.is_dir() && entry.is_symlink() => {
                report.note_file(&name(&path), "not read: links to other folders are not followed.");
            }
            (_, Ok(about)) if about.is_dir() && depth >= DEPTH_MAX => {
                report.note_file(&name(&path), "not read: the folders are too deep.");
            }
            (_, Ok(about)) if about.is_dir() => folder(&path, depth + 1, sources, report),
            (_, Ok(about)) => file(&path, &about, sources, report),
            (_, Err(error)) => {
                report.refuse_file(&name(&path), format!("It cannot be read: {error}."), "Check who may read it.");
            }
        }
    }
}

fn file(path: &Path, about: &fs::Metadata, sources: &mut Vec<Source>, report: &mut Report) {
    let name = name(path);
    if !about.is_file() {
        return report.refuse_file(&name, "It is not a regular file.", "Give a file or a folder of files.");
    }
    if about.len() > BYTES_MAX {
        let what = format!("The file is longer than {} MB.", BYTES_MAX / 1024 / 1024);
        return report.refuse_file(&name, what, "Split it into several files.");
    }
    match fs::read(path) {
        Ok(bytes) => sources.push(Source { name, bytes }),
        Err(error) => report.refuse_file(&name, format!("It cannot be read: {error}."), "Check who may read it."),
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
