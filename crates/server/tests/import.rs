//! `portal-server import` as whoever runs it sees it.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

fn import(data: &Path, arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_portal-server"))
        .env_clear()
        .env("DATA_DIR", data)
        .arg("import")
        .args(arguments)
        .output()
        .unwrap();
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    (output, String::from_utf8(said).unwrap())
}

fn cohort() -> String {
    let top = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/cohort");
    top.to_str().unwrap().to_owned()
}

/// The columns added, changed, unchanged and removed of the table that an import prints, summed over the kinds.
fn counts(said: &str) -> [u32; 4] {
    let mut sums = [0; 4];
    for line in said.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [_, numbers @ ..] = &words[..]
            && numbers.len() == 4
            && let Ok(numbers) = numbers.iter().map(|n| n.parse::<u32>()).collect::<Result<Vec<_>, _>>()
        {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += number;
            }
        }
    }
    sums
}

#[test]
fn importing_twice_changes_nothing() {
    let data = TempDir::new().unwrap();
    let (first, said) = import(data.path(), &[&cohort()]);
    assert_eq!(first.status.code(), Some(0), "{said}");
    let [added, changed, unchanged, removed] = counts(&said);
    assert!(added > 50, "{said}");
    assert_eq!([changed, unchanged, removed], [0, 0, 0], "{said}");
    assert!(said.contains("0 rows refused"), "{said}");

    let (second, said) = import(data.path(), &[&cohort()]);
    assert_eq!(second.status.code(), Some(0), "{said}");
    assert_eq!(counts(&said), [0, 0, added, 0], "{said}");
}

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let data = TempDir::new().unwrap();
    let (dry, said) = import(data.path(), &[&cohort(), "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{said}");
    let [added, ..] = counts(&said);
    let (_, said) = import(data.path(), &[&cohort()]);
    assert_eq!(counts(&said), [added, 0, 0, 0], "{said}");
}

#[test]
fn only_what_changed_changes_and_bad_rows_are_named_by_line_while_good_ones_go_in() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = files.path().to_str().unwrap();
    let write = |name: &str, text: &str| fs::write(files.path().join(name), text).unwrap();
    write("courses.csv", "id,title\nWELD2,Welding\n");
    write(
        "assignments.csv",
        "id,course,title,due_date,due_time\nA1,WELD2,One,2026-12-01,23:59\nA2,WELD2,Two,2027-03-28,01:30\nA3,WELD2,Three,2026-12-03,\n",
    );
    // Half past one on 28 March 2027 is not a time in London: the clocks skip it.
    let (partly, said) = import(data.path(), &[folder]);
    assert_eq!(partly.status.code(), Some(3), "{said}");
    assert!(said.contains("assignments.csv:3 (due_time)"), "{said}");
    assert_eq!(counts(&said), [3, 0, 0, 0], "{said}");

    write(
        "assignments.csv",
        "id,course,title,due_date,due_time\nA1,WELD2,One,2026-12-02,23:59\nA2,WELD2,Two,2027-03-28,02:30\nA3,WELD2,Three,2026-12-03,\n",
    );
    let (whole, said) = import(data.path(), &[folder]);
    assert_eq!(whole.status.code(), Some(0), "{said}");
    assert_eq!(counts(&said), [1, 1, 2, 0], "{said}");
}

#[test]
fn strictly_nothing_goes_in_when_a_row_is_refused() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = files.path().to_str().unwrap();
    fs::write(files.path().join("courses.csv"), "id,title\nWELD2,Welding\n,Nameless\n").unwrap();
    let (refused, said) = import(data.path(), &[folder, "--strict"]);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("courses.csv:3 (id)"), "{said}");
    let (_, said) = import(data.path(), &[folder]);
    assert_eq!(counts(&said), [1, 0, 0, 0], "nothing was written before: {said}");
}
