//! From files to an [`Outcome`]: what kind each file is, and in what order they are read.

use crate::{
    batch::{Batch, Refusal},
    calendar,
    gather::{Found, gather},
    guidance,
    report::Report,
    source::{self, Source},
    table::{self, Kind},
};
use contract::ids::{AssignmentId, ContactId, CourseId, LearnerId, WebinarId};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path},
};

/// Reads one file, or all files of a folder and of its folders, in the order of their paths.
/// What cannot be read is in the outcome's refusals; this never fails as a whole and never panics.
#[must_use]
pub fn read(path: &Path, options: &Options) -> Outcome {
    let mut report = Report::default();
    let folder = path.is_dir().then_some(path);
    let sources = source::find(path, &mut report);
    let refused_before = report.refused.len();
    let outcome = read_all(&sources, folder, options, report);
    if folder.is_some() && outcome.files == 0 && outcome.refused.len() == refused_before {
        return outcome.with_refusal(Refusal {
            file: path.display().to_string(),
            line: None,
            column: None,
            what: "There is nothing to read in this folder.".into(),
            mend: format!("Put CSV, Markdown or .ics files into it, such as {}.csv.", Kind::Assignments.stem()),
        });
    }
    outcome
}

/// Reads one file's bytes. Its name says what it is, as in a folder: `assignments.csv`, `guidance/passwords.md`, `WELD2.ics`.
#[must_use]
pub fn read_text(name: &str, bytes: &[u8], options: &Options) -> Outcome {
    let source = Source { name: name.into(), bytes: bytes.to_vec() };
    read_all(&[source], None, options, Report::default())
}

#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The course that every calendar file belongs to, where it is given by hand.
    pub course: Option<CourseId>,
    pub known: Known,
}

/// What the database already has, so that a file may refer to it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub courses: BTreeSet<CourseId>,
    pub learners: BTreeSet<LearnerId>,
    pub assignments: BTreeSet<AssignmentId>,
    /// With the course that a session is of.
    pub sessions: BTreeMap<WebinarId, CourseId>,
    /// With the course that a contact is only for.
    pub contacts: BTreeMap<ContactId, Option<CourseId>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub batch: Batch,
    /// In the order of reading: tables, guidance, calendars; then what refers to nothing.
    pub refused: Vec<Refusal>,
    /// What was passed over or taken in a way that is worth knowing, a sentence each, with the file and line.
    pub notes: Vec<String>,
    /// How many files were of a kind that is read.
    pub files: usize,
}

impl Outcome {
    fn with_refusal(mut self, refusal: Refusal) -> Self {
        self.refused.push(refusal);
        self
    }
}

enum FileKind {
    Table(Kind),
    Guidance,
    Calendar,
}

fn read_all(sources: &[Source], folder: Option<&Path>, options: &Options, mut report: Report) -> Outcome {
    let mut tables = Vec::new();
    let mut pages = Vec::new();
    let mut calendars = Vec::new();
    for source in sources {
        match file_kind(source, folder, &mut report) {
            Some(FileKind::Table(kind)) => tables.push((kind, source)),
            Some(FileKind::Guidance) => pages.push(source),
            Some(FileKind::Calendar) => calendars.push(source),
            None => {}
        }
    }
    let files = tables.len() + pages.len() + calendars.len();

    let mut found: Vec<Found> = Vec::new();
    for (kind, source) in tables {
        table::read(kind, source, &mut found, &mut report);
    }
    for source in pages {
        guidance::read(source, &mut found, &mut report);
    }
    // A calendar belongs to a course, so the tables come first: they may bring it.
    let mut courses = options.known.courses.clone();
    courses.extend(found.iter().filter_map(Found::course_brought).cloned());
    let mut reading = calendar::Reading::default();
    for source in calendars {
        calendar::read(source, options.course.as_ref(), &courses, &mut found, &mut reading, &mut report);
    }

    let batch = gather(found, reading.whole(), &options.known, &mut report);
    Outcome { batch, refused: report.refused, notes: report.notes, files }
}

/// `folder` is the one that is read as a whole; nothing for a file that was given by itself.
fn file_kind(source: &Source, folder: Option<&Path>, report: &mut Report) -> Option<FileKind> {
    let path = Path::new(&source.name);
    let inside = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let lower = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (stem, extension) = (lower(path.file_stem()), lower(path.extension()));
    match extension.as_str() {
        "csv" | "tsv" => match Kind::from_stem(&stem) {
            Some(kind) => return Some(FileKind::Table(kind)),
            None => report.refuse_file(
                &source.name,
                "The file's name does not say what is in it.",
                format!("Name it one of {}.", Kind::ALL.map(|k| format!("{}.csv", k.stem())).join(", ")),
            ),
        },
        "ics" => return Some(FileKind::Calendar),
        "md" | "markdown" => {
            let is_guidance = |part: Component| part.as_os_str().eq_ignore_ascii_case("guidance");
            let in_guidance = inside.is_some_and(|inside| inside.components().any(is_guidance));
            if folder.is_none() || in_guidance || guidance::has_front_matter(&source.bytes) {
                return Some(FileKind::Guidance);
            }
            report.note_file(&source.name, "not read: it is outside the folder guidance/ and does not begin with ---.");
        }
        _ if folder.is_some() => {
            report.note_file(&source.name, "not read: only CSV, Markdown (.md) and calendar (.ics) files are.");
        }
        _ => report.refuse_file(
            &source.name,
            "This kind of file is not read.",
            "Save it as CSV UTF-8, Markdown (.md) or a calendar (.ics).",
        ),
    }
    None
}
