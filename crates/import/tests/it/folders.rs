//! Paths: what is read, what is named as not read, what is refused.

use crate::{options, places, refusals};
use import::{Options, read, read_text};
use std::fs;

#[test]
fn a_folder_is_read_with_all_its_folders_in_any_order_of_references() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("a/enrolments.csv", "learner,course\nL1,NEW\n");
    put(
        "b/calendars/new.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART:20261201T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    put("c/Courses.CSV", "ID,Title\nNEW,New course\n");
    put("z/learners.csv", "id,name\nL1,Amina Yusuf\n");
    put("notes.docx", "x");
    put("README.md", "# Not guidance\n");
    put(".hidden.csv", "x");
    put(".git/config.csv", "x");
    let outcome = read(folder.path(), &Options::default());
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    assert_eq!((outcome.files, outcome.batch.records.len(), outcome.batch.enrolments.len()), (4, 2, 1));
    assert_eq!(outcome.notes.len(), 2, "{:?}", outcome.notes);
    assert!(outcome.notes[0].contains("README.md") && outcome.notes[1].contains("notes.docx"), "{:?}", outcome.notes);
    assert_eq!(outcome, read(folder.path(), &Options::default()));
}

#[test]
fn a_table_with_an_unknown_name_is_refused_with_the_names_there_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("leaners.csv"), "id,name\n").unwrap();
    let outcome = read(folder.path(), &Options::default());
    assert_eq!(places(&outcome), ["0 -"]);
    assert!(outcome.refused[0].mend.contains("learners.csv"));
}

#[test]
fn nothing_to_read_is_a_refusal() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(places(&read(folder.path(), &Options::default())), ["0 -"]);
    fs::write(folder.path().join("photo.png"), "x").unwrap();
    let only_others = read(folder.path(), &Options::default());
    assert_eq!((only_others.refused.len(), only_others.notes.len()), (1, 1));
    let missing = read(&folder.path().join("nowhere"), &Options::default());
    assert_eq!((missing.refused.len(), missing.files), (1, 0));
    assert!(missing.refused[0].file.ends_with("nowhere"));
    assert_eq!(read_text("photo.png", b"x", &options(None)).refused.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_back_to_itself_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    fs::write(folder.path().join("learners.csv"), "id,name\nL1,Amina\n").unwrap();
    let outcome = read(folder.path(), &Options::default());
    assert_eq!((outcome.files, outcome.batch.learners.len(), outcome.notes.len()), (1, 1, 1));
}
