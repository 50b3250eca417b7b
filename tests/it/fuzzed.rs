//! What fuzzing found, and what it began with: tried at every run. `scripts/fuzz` looks for more.

#[path = "../../fuzz/checks.rs"]
pub mod checks;

use std::{fs, path::Path};

fn each(target: &str, least: usize, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut tried = 0;
    for seed in fs::read_dir(folder).unwrap() {
        let path = seed.unwrap().path();
        println!("{}", path.display());
        check(&fs::read(path).unwrap());
        tried += 1;
    }
    assert!(tried >= least, "{tried}");
}

#[test]
fn a_providers_file_is_read_or_refused_and_what_is_shown_of_it_is_harmless() {
    each("import", 15, checks::import);
}

#[test]
fn a_change_is_kept_or_refused_with_what_to_do() {
    each("change", 4, checks::change);
}

#[test]
fn an_envelope_that_nobody_sealed_stays_closed() {
    each("envelope", 2, checks::envelope);
}

#[test]
fn the_app_reads_json_as_serde_json_does() {
    each("json", 4, checks::json);
}
