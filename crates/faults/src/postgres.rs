//! A PostgreSQL of its own, in a temporary folder: started and stopped by the bench.

use crate::{dice::Dice, store::Database};
use anyhow::{Context, Result, bail, ensure};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

pub struct Cluster {
    folder: PathBuf,
    binaries: PathBuf,
    port: u16,
    user: Option<&'static str>,
}

impl Cluster {
    /// Makes and starts one.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or does not start.
    pub async fn start(folder: &Path) -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed: initdb was not found.")?;
        let folder = folder.join("postgres");
        std::fs::create_dir(&folder)?;
        // It refuses to run as root; Debian's package brings this user.
        let root = output(Command::new("id").arg("-u")).await?.trim() == "0";
        let cluster = Self { folder, binaries, port: free_port()?, user: root.then_some("postgres") };
        if let Some(user) = cluster.user {
            for parent in cluster.folder.ancestors().skip(1).take(1) {
                output(Command::new("chmod").arg("a+rx").arg(parent)).await?;
            }
            output(Command::new("chown").arg(user).arg(&cluster.folder)).await?;
        }
        let data = cluster.folder.join("data").display().to_string();
        cluster.run("initdb", &["-D", &data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-sync"]).await?;
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=80",
            cluster.port
        );
        let log = cluster.folder.join("log").display().to_string();
        cluster.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-o", &options, "start"]).await?;
        Ok(cluster)
    }

    /// An empty database; its address.
    ///
    /// # Errors
    /// It cannot be made.
    pub async fn create(&self, name: &str) -> Result<String> {
        let mut store = Database::Postgres(self.url("postgres")).connect().await?;
        store.execute(&format!("CREATE DATABASE {name}")).await?;
        store.close().await?;
        Ok(self.url(name))
    }

    /// Its first process.
    ///
    /// # Errors
    /// It does not run.
    pub fn pid(&self) -> Result<u32> {
        let said = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))?;
        Ok(said.lines().next().unwrap_or_default().trim().parse()?)
    }

    /// # Errors
    /// It does not stop.
    pub async fn stop(&self) -> Result<()> {
        let data = self.folder.join("data").display().to_string();
        self.run("pg_ctl", &["-D", &data, "-w", "-m", "immediate", "stop"]).await
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://portal@127.0.0.1:{}/{name}", self.port)
    }

    async fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = self.binaries.join(program);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", user, "--clear-groups", "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        output(command.args(arguments).current_dir(&self.folder)).await.map(|_| ())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Where a run failed nobody has stopped it.
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
        if let Some(pid) = pid.lines().next() {
            let _ = std::process::Command::new("kill").args(["-QUIT", pid]).stderr(Stdio::null()).status();
        }
    }
}

async fn output(command: &mut Command) -> Result<String> {
    // What it starts in the background must not hold our pipes open.
    let errors = tempfile::tempfile()?;
    let shown = format!("{:?}", command.as_std());
    let output = command.stdin(Stdio::null()).stderr(errors.try_clone()?).kill_on_drop(false);
    let output = if shown.contains("pg_ctl") {
        let status = output.stdout(Stdio::null()).status().await?;
        ensure!(status.success(), "{shown} failed: see the log beside its data.");
        return Ok(String::new());
    } else {
        output.output().await.with_context(|| shown.clone())?
    };
    if !output.status.success() {
        use std::io::{Read, Seek};
        let (mut errors, mut said) = (errors, String::new());
        errors.rewind()?;
        errors.read_to_string(&mut said)?;
        bail!("{shown}: {said}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    // Debian keeps a folder a version, outside PATH.
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders.into_iter().find(|folder| folder.join("initdb").is_file())
}

fn free_port() -> Result<u16> {
    let mut dice = Dice::new(&[u64::from(std::process::id()), 6]);
    for _ in 0..200 {
        let port = dice.between(15_000, 32_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("There is no free port on 127.0.0.1 between 15000 and 32000.")
}
