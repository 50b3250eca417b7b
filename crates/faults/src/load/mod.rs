//! The server under load: a population written into its database, then calls of each kind and a mix of them, and what they cost. See
//! docs/performance-server.md.

mod bulk;
mod calls;
mod drive;
mod figures;
mod machine;
mod past;
mod people;
mod report;

pub use calls::Call;
pub use figures::{Figures, Spread};
pub use report::{Measured, Report};

use crate::{
    postgres::Cluster,
    run::Kind,
    server::Server,
    store::{Database, Store},
};
use anyhow::{Context, Result, ensure};
use calls::Calls;
use chrono::{DateTime, Utc};
use drive::{Work, drive};
use machine::Processes;
use people::People;
use std::{
    fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[derive(Clone, Debug)]
pub struct Options {
    /// `portal-server`.
    pub binary: PathBuf,
    pub database: Kind,
    pub learners: usize,
    /// How long each kind of call is measured; a quarter as long before that, it is only made.
    pub time: Duration,
    /// Requests at once.
    pub connections: usize,
    pub seed: u64,
    /// Where the database is made, and removed after.
    pub folder: PathBuf,
    /// Have the evidence checked by the server's own command at the end; it takes long where there is much.
    pub verify: bool,
    /// Only calls whose name has this in it.
    pub only: Option<String>,
    /// Say what is done, on standard error.
    pub progress: bool,
}

/// How a visit goes, in a thousand calls: most find nothing new.
const MIX: [(Call, usize); 9] = [
    (Call::Unchanged, 400),
    (Call::Again, 300),
    (Call::Back, 80),
    (Call::News, 120),
    (Call::First, 20),
    (Call::Who, 50),
    (Call::Declare, 5),
    (Call::Sealed, 20),
    (Call::SignIn, 5),
];
const MODEL: &str = "MODEL";
/// Sealed declarations that are made ahead for each second of measuring.
const SEALED_A_SECOND: f64 = 1_500.0;

/// Runs all of it.
///
/// # Errors
/// The driver could not go on, or an answer was not what it should be.
pub async fn run(options: Options) -> Result<Report> {
    ensure!(options.binary.is_file(), "There is no server at {}. Build it first.", options.binary.display());
    ensure!(options.learners >= 10, "LEARNERS is {}: take at least 10.", options.learners);
    let folder = TempDir::with_prefix_in("portal-load-", &options.folder).context("a folder for the database")?;
    let cluster = match options.database {
        Kind::Sqlite => None,
        Kind::Postgres => Some(Cluster::start(folder.path()).await?),
    };
    let database = match &cluster {
        Some(cluster) => Database::Postgres(cluster.create("load").await?),
        None => Database::Sqlite(folder.path().join("portal.db")),
    };
    // As a host runs it: a proxy before it, and a line a request in its log.
    let server = Server::new(&options.binary, database.clone(), folder.path())?
        .with("TRUSTED_PROXY", "127.0.0.1")
        .with("RUST_LOG", "info,sqlx=warn");
    server.must(&["learner", "add", MODEL, "--name", "Amira Khan"]).await?;
    server.must(&["learner", "example", MODEL]).await?;
    server.must(&["keys", "list"]).await?;

    let begun = Instant::now();
    let now = DateTime::from_timestamp(Utc::now().timestamp(), 0).context("the time")?;
    let people = People { seed: options.seed, learners: options.learners, now };
    let made = people::settle(&database, people, MODEL).await?;
    let mut report = Report::new(options, made.rows, begun.elapsed());
    report.size_before = size(&database).await?;
    report.say(&format!("{} rows in {:.0} s", report.rows, report.filled.as_secs_f32()));

    server.start().await?;
    let processes = Processes {
        server: server.pid().context("the server has ended")?,
        database: cluster.as_ref().map(Cluster::pid).transpose()?,
    };
    let calls = Arc::new(Calls::new(people, made, server.port));
    calls.probe().await?;
    measure(&mut report, &calls, &processes).await?;
    (report.memory, report.memory_most) = processes.memory()?;
    report.complaints = server.complaints();
    ensure!(!server.ended_by_itself(), "The server ended by itself.");

    report.size_after = size(&database).await?;
    let mut store = database.connect().await?;
    report.kept = declarations(&mut store).await? - (people::PAST * people.learners) as u64;
    store.close().await?;
    if report.options.verify {
        report.verified = Some(server.must(&["verify-log"]).await?.trim().to_owned());
    }
    server.kill();
    server.gone().await;
    if let Some(cluster) = cluster {
        cluster.stop().await?;
    }
    Ok(report)
}

async fn measure(report: &mut Report, calls: &Arc<Calls>, processes: &Processes) -> Result<()> {
    let options = report.options.clone();
    let wanted = |name: &str| options.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let seconds = options.time.as_secs_f64();
    for call in Call::ALL.into_iter().filter(|call| wanted(call.name())) {
        let connections = if call == Call::SignIn { 4.min(options.connections) } else { options.connections };
        let work = Work { shares: vec![(call, 1)], time: options.time, connections, pace: None, seed: options.seed };
        if call == Call::Sealed {
            calls.seal((SEALED_A_SECOND * seconds * 1.25) as usize).await?;
        }
        one(report, calls, processes, call.name(), work).await?;
    }
    if !wanted("mix") {
        return Ok(());
    }
    calls.seal((60.0 * seconds).max(10.0) as usize).await?;
    let mut work = Work {
        shares: MIX.to_vec(),
        time: options.time * 2,
        connections: options.connections,
        pace: None,
        seed: options.seed,
    };
    let fastest = one(report, calls, processes, "mix", work.clone()).await?;
    // At half of what it can do: so long do learners wait.
    work.pace = Some((fastest / 2.0).max(1.0));
    one(report, calls, processes, "mix, half as fast", work).await?;
    Ok(())
}

/// Says how many calls a second there were.
async fn one(report: &mut Report, calls: &Arc<Calls>, processes: &Processes, name: &str, work: Work) -> Result<f64> {
    // What is there only once is not used up before it is measured.
    let once = work.shares.iter().all(|(call, _)| matches!(call, Call::Back | Call::Sealed));
    if !once {
        let warm = Work { time: work.time / 4, seed: work.seed ^ 1, pace: None, ..work.clone() };
        report.count(&drive(calls, &warm).await?);
    }
    let before = processes.read()?;
    let all = drive(calls, &work).await?;
    let taken = before.until(&processes.read()?);
    report.count(&all);
    let mut figures = Figures::default();
    let parts = all.iter().map(|(call, figures)| (call.name(), figures.clone())).collect();
    all.into_values().for_each(|some| figures.merge(some));
    let measured = Measured { name: name.to_owned(), connections: work.connections, figures, parts, taken };
    let rate = measured.rate();
    report.say(&measured.line());
    report.measured.push(measured);
    Ok(rate)
}

async fn declarations(store: &mut Store) -> Result<u64> {
    let rows: Vec<(i64,)> = store.rows("SELECT count(*) FROM declaration").await?;
    Ok(rows.first().map_or(0, |(count,)| *count as u64))
}

/// Bytes.
async fn size(database: &Database) -> Result<u64> {
    match database {
        Database::Sqlite(file) => {
            let of = |end: &str| fs::metadata(format!("{}{end}", file.display())).map_or(0, |data| data.len());
            Ok(of("") + of("-wal"))
        }
        Database::Postgres(_) => {
            let mut store = database.connect().await?;
            let rows: Vec<(i64,)> = store.rows("SELECT pg_database_size(current_database())").await?;
            store.close().await?;
            Ok(rows.first().map_or(0, |(size,)| *size as u64))
        }
    }
}
