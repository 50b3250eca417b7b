//! PostgreSQL for a test: the run's cluster, or one of its own that it may stop.

use std::{
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// A cluster of the test's own.
pub struct Cluster {
    dir: TempDir,
    pub url: String,
}

impl Cluster {
    pub fn start() -> Self {
        // Short: a socket's path may have 107 characters.
        let dir = tempfile::Builder::new().prefix("portal-pg.").tempdir_in("/tmp").unwrap();
        let url = script(&["start", dir.path().to_str().unwrap()]);
        Self { dir, url }
    }

    /// `fast`, or `immediate`: as a crash.
    pub fn stop(&self, mode: &str) {
        script(&["stop", self.path(), mode]);
    }

    pub fn start_again(&self) {
        script(&["start", self.path()]);
    }

    fn path(&self) -> &str {
        self.dir.path().to_str().unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop("immediate");
    }
}

fn script(arguments: &[&str]) -> String {
    let script: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
    let output = Command::new(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
