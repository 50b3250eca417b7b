//! The server's own binary as a process that can be killed and started again on its port.

use crate::{book::sha256, dice::Dice, store::Database};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs::{File, OpenOptions},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::Notify,
    time::timeout,
};

/// A start takes a tenth of a second; a machine with other work may need longer.
const START: Duration = Duration::from_secs(60);

pub struct Server {
    binary: PathBuf,
    pub database: Database,
    /// Of this server alone: its data and its log.
    folder: PathBuf,
    pub port: u16,
    /// Beside what every server is given.
    environment: Vec<(&'static str, &'static str)>,
    process: Mutex<Process>,
    kills: AtomicUsize,
    /// Somebody has killed it.
    pub down: Notify,
}

impl Server {
    /// A server that does not run yet, with a port that it will always have.
    ///
    /// # Errors
    /// No port is free.
    pub fn new(binary: &Path, database: Database, folder: &Path) -> Result<Self> {
        Ok(Self {
            binary: binary.into(),
            database,
            port: free_port(folder)?,
            folder: folder.into(),
            environment: Vec::new(),
            process: Mutex::default(),
            kills: AtomicUsize::new(0),
            down: Notify::new(),
        })
    }

    /// The same with a variable in its environment.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Its process, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process().alive.as_ref().and_then(Child::id)
    }

    /// Starts it; returns when it listens.
    ///
    /// # Errors
    /// It ended by itself, or does not listen in time.
    pub async fn start(&self) -> Result<()> {
        let mut command = self.command(&["serve", "--port", &self.port.to_string()])?;
        let mut child = command.stdout(Stdio::piped()).spawn().context("The server cannot be started.")?;
        let stdout = child.stdout.take().context("no standard output")?;
        let line = timeout(START, BufReader::new(stdout).lines().next_line()).await;
        self.process().alive = Some(child);
        match line {
            Ok(Ok(Some(line))) if line.starts_with("Listening on ") => Ok(()),
            other => bail!("The server does not listen: {other:?}. Its log is {}.", self.log_file().display()),
        }
    }

    /// Kills it (-9) this instant. Whether it was there.
    pub fn kill(&self) -> bool {
        let mut process = self.process();
        let Some(mut child) = process.alive.take() else { return false };
        // It can only fail where the server has ended already, which the next start tells.
        let killed = child.start_kill().is_ok();
        process.dead = Some(child);
        self.kills.fetch_add(1, Ordering::Relaxed);
        self.down.notify_one();
        killed
    }

    /// Returns when a killed server is gone, its files let go.
    pub async fn gone(&self) {
        let dead = self.process().dead.take();
        if let Some(mut child) = dead {
            let _ = child.wait().await;
        }
    }

    /// Whether it ended though nobody killed it.
    pub fn ended_by_itself(&self) -> bool {
        self.process().alive.as_mut().is_some_and(|child| !matches!(child.try_wait(), Ok(None)))
    }

    #[must_use]
    pub fn kills(&self) -> usize {
        self.kills.load(Ordering::Relaxed)
    }

    /// Runs another command of the binary on the same database.
    ///
    /// # Errors
    /// It cannot be run.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        let child = self.command(arguments)?.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        Ok(child.wait_with_output().await?)
    }

    /// As [`Self::run`], for one that has to succeed.
    ///
    /// # Errors
    /// It does not; the error has what it said.
    pub async fn must(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments).await?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(output.status.success(), "portal-server {}: {said}", arguments.join(" "));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Lines of its log that tell of a fault of its own.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let bad = |line: &&str| line.contains(" ERROR ") || line.contains("panicked");
        log.lines().filter(bad).map(str::to_owned).collect()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let log: File = OpenOptions::new().create(true).append(true).open(self.log_file())?;
        let mut command = Command::new(&self.binary);
        command.args(arguments).env_clear().kill_on_drop(true).stdin(Stdio::null()).stderr(log);
        command.env("RUST_LOG", "warn").env("DATA_DIR", &self.folder).env("DATABASE_URL", self.database.url());
        command.envs(self.environment.iter().copied());
        Ok(command)
    }

    fn process(&self) -> MutexGuard<'_, Process> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Process {
    alive: Option<Child>,
    dead: Option<Child>,
}

/// Below the ports from which connections are made: a server that starts again finds its own free.
fn free_port(folder: &Path) -> Result<u16> {
    let place = sha256(folder.as_os_str().as_encoded_bytes());
    let mut dice = Dice::new(&[u64::from(std::process::id()), u64::from_str_radix(&place[..15], 16)?]);
    for _ in 0..200 {
        let port = dice.between(15_000, 32_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("There is no free port on 127.0.0.1 between 15000 and 32000.")
}
