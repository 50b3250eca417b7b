//! A whole run: group after group, until so many schedules or kills are done.

use crate::{
    book::{Finding, Kind as What},
    fault::Rare,
    group::Group,
    postgres::Cluster,
    store::Database,
    tally::{Figures, Tally},
};
use anyhow::{Context, Result, ensure};
use std::{
    fmt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub struct Options {
    /// `portal-server`.
    pub binary: PathBuf,
    pub database: Kind,
    pub seed: u64,
    /// The number of the first schedule.
    pub first: u64,
    pub schedules: u64,
    /// Run schedules, however many, until the server was killed so often.
    pub kills: Option<u64>,
    /// Schedules that share a server and a database.
    pub group: u64,
    pub at_once: usize,
    /// How long a client waits for an answer: less than the app's 20 seconds, more than the server takes on this disk.
    pub patience: Duration,
    /// Where databases are made, and removed if all is well.
    pub folder: PathBuf,
    /// Say where it is, on standard error.
    pub progress: bool,
    /// Acknowledgements of what is not kept, in a thousand requests: to see that they are found out.
    pub lies: usize,
}

pub struct Report {
    pub options: Options,
    pub figures: Figures,
    pub findings: Vec<Finding>,
    pub took: Duration,
    /// Left for whoever looks for the cause.
    pub left: Option<PathBuf>,
}

/// One group in so many has its server killed under it.
const KILLED_GROUPS: u64 = 4;

/// Runs it.
///
/// # Errors
/// The bench could not go on: no server, no database, no ports.
pub async fn run(options: Options) -> Result<Report> {
    ensure!(options.binary.is_file(), "There is no server at {}. Build it first.", options.binary.display());
    let started = Instant::now();
    let folder = TempDir::with_prefix_in("portal-faults-", &options.folder).context("a folder for the databases")?;
    let cluster = match options.database {
        Kind::Sqlite => None,
        Kind::Postgres => Some(Cluster::start(folder.path()).await?),
    };
    let tally = Arc::new(Tally::default());
    let mut findings = Vec::new();
    let (mut next, mut number) = (options.first, 0);
    let goes_on = |next: u64, kills: u64| match options.kills {
        Some(most) => kills < most,
        None => next < options.first + options.schedules,
    };
    while goes_on(next, tally.now().server_kills) && findings.is_empty() {
        let end = match options.kills {
            Some(_) => next + options.group,
            None => (next + options.group).min(options.first + options.schedules),
        };
        let place = folder.path().join(format!("group-{number}"));
        std::fs::create_dir(&place)?;
        let database = match &cluster {
            Some(cluster) => Database::Postgres(cluster.create(&format!("faults_{number}")).await?),
            None => Database::Sqlite(place.join("portal.db")),
        };
        // A kill takes as long as a hundred requests: the server starts and the database is checked.
        let kills = match options.kills {
            Some(_) => 40,
            None if number % KILLED_GROUPS == 1 => 6,
            None => 0,
        };
        let group = Group {
            binary: &options.binary,
            folder: &place,
            database,
            seed: options.seed,
            schedules: next..end,
            at_once: options.at_once,
            patience: options.patience,
            rare: Rare { kills, lies: options.lies },
            tally: tally.clone(),
        };
        let done = group.run().await.with_context(|| format!("in schedules {next} to {}", end - 1))?;
        findings.extend(done.0);
        if findings.is_empty() {
            std::fs::remove_dir_all(&place)?;
        }
        if options.progress {
            let now = tally.now();
            eprintln!(
                "{:>6.1} s: {} schedules, {} kills, {} findings",
                started.elapsed().as_secs_f32(),
                now.schedules,
                now.server_kills,
                findings.len()
            );
        }
        (next, number) = (end, number + 1);
    }
    if let Some(cluster) = cluster {
        cluster.stop().await?;
    }
    let left = if findings.is_empty() { None } else { Some(folder.keep()) };
    Ok(Report { figures: tally.now(), findings, took: started.elapsed(), left, options })
}

impl Report {
    #[must_use]
    pub fn count(&self, kind: What) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let now = &self.figures;
        let database = format!("{:?}", self.options.database).to_lowercase();
        writeln!(f, "seed {}, {database}, {:.0} seconds", self.options.seed, self.took.as_secs_f32())?;
        for (name, figure) in [
            ("schedules", now.schedules),
            ("clients", now.clients),
            ("client kills", now.client_kills),
            ("items", now.items),
            ("  of them sealed", now.sealed),
            ("  of them withdrawals", now.withdrawals),
            ("  of them refused", now.refused),
            ("requests", now.requests),
            ("server's answers", now.answers),
            ("server kills", now.server_kills),
            ("checks of a database", now.checks),
            ("repeats", now.repeats),
            ("tampered repeats", now.tampered),
            ("sign-ins", now.sign_ins),
            ("sessions ended", now.session_ends),
        ] {
            writeln!(f, "  {name:<24}{figure:>9}")?;
        }
        writeln!(f, "faults")?;
        for (name, count) in &now.faults {
            writeln!(f, "  {name:<24}{count:>9}")?;
        }
        let statuses: Vec<String> = now.statuses.iter().map(|(status, count)| format!("{status}: {count}")).collect();
        writeln!(f, "answers by status: {}", statuses.join(", "))?;
        for finding in self.findings.iter().take(30) {
            writeln!(f, "{finding}")?;
            if let Some(schedule) = finding.schedule {
                writeln!(f, "  again: make faults SEED={} ONLY={schedule} DATABASE={database}", self.options.seed)?;
            }
        }
        if let Some(left) = &self.left {
            writeln!(f, "The databases and the server's logs are in {}.", left.display())?;
        }
        let other =
            self.findings.len() - self.count(What::Lost) - self.count(What::Doubled) - self.count(What::Altered);
        write!(
            f,
            "lost / doubled / altered: {} / {} / {}; other findings: {other}",
            self.count(What::Lost),
            self.count(What::Doubled),
            self.count(What::Altered)
        )
    }
}
