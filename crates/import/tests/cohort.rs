//! The example data is what an administrator copies from: it reads without a refusal and shows every case.
#![allow(clippy::unwrap_used)]

use import::{Options, read};
use std::path::Path;

#[test]
fn the_example_cohort_reads_without_a_refusal() {
    let outcome = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/cohort"), &Options::default());
    assert_eq!(outcome.refused.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(outcome.batch.learners.len(), 3);
    assert_eq!(outcome.batch.enrolments.len(), 7);
}
