//! What was measured, as a table and as JSON.

use super::{
    Call, Options,
    figures::Figures,
    machine::{self, Taken},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt, time::Duration};

pub struct Report {
    pub options: Options,
    /// Such as '2 cores, 24 GB'.
    pub machine: String,
    pub rows: u64,
    /// How long writing them took.
    pub filled: Duration,
    /// Bytes of the database.
    pub size_before: u64,
    pub size_after: u64,
    /// Bytes of the server's memory at the end, and the most it had.
    pub memory: u64,
    pub memory_most: u64,
    pub measured: Vec<Measured>,
    /// Declarations that were answered with 200, warming up included.
    pub answered: u64,
    /// Declarations that the database has more than before.
    pub kept: u64,
    /// What `verify-log` said.
    pub verified: Option<String>,
    /// Errors in the server's log.
    pub complaints: Vec<String>,
}

/// One kind of call, or a mix.
pub struct Measured {
    pub name: String,
    pub connections: usize,
    pub figures: Figures,
    /// The kinds in it.
    pub parts: Vec<(&'static str, Figures)>,
    pub taken: Taken,
}

impl Measured {
    /// Calls a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.figures.calls() as f64 / self.taken.seconds.max(0.001)
    }

    /// Microseconds of a processor for each call.
    fn each(&self, seconds: f64) -> f64 {
        seconds * 1e6 / self.figures.calls().max(1) as f64
    }

    #[must_use]
    pub fn line(&self) -> String {
        let Taken { seconds, server, database, driver, others } = self.taken;
        let [server, database, driver] = [server, database, driver].map(|taken| self.each(taken));
        row(&self.name, &self.figures, Some(self.rate()), &[server, database, driver, others / seconds.max(0.001)])
    }

    fn json(&self) -> Value {
        let Taken { seconds, server, database, driver, others } = self.taken;
        json!({
            "name": self.name,
            "connections": self.connections,
            "seconds": seconds,
            "rate": self.rate(),
            "cpu_seconds": { "server": server, "database": database, "driver": driver, "others": others },
            "server_micros_each": self.each(server),
            "database_micros_each": self.each(database),
            "all": figures_json(&self.figures),
            "parts": self.parts.iter().map(|(name, figures)| (*name, figures_json(figures))).collect::<BTreeMap<_, _>>(),
        })
    }
}

impl Report {
    /// Of a population that was written in so long.
    #[must_use]
    pub fn new(options: Options, rows: u64, filled: Duration) -> Self {
        Self {
            options,
            machine: machine::described(),
            rows,
            filled,
            size_before: 0,
            size_after: 0,
            memory: 0,
            memory_most: 0,
            measured: Vec::new(),
            answered: 0,
            kept: 0,
            verified: None,
            complaints: Vec::new(),
        }
    }

    pub(super) fn say(&self, line: &str) {
        if self.options.progress {
            eprintln!("{line}");
        }
    }

    pub(super) fn count(&mut self, all: &BTreeMap<Call, Figures>) {
        let declared = all.iter().filter(|(call, _)| matches!(call, Call::Declare | Call::Sealed));
        self.answered += declared.map(|(_, figures)| figures.statuses.get(&200).copied().unwrap_or(0)).sum::<u64>();
    }

    /// Answers that are not 200 or 304, and declarations that were answered and are not there.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.measured.iter().map(|measured| measured.figures.errors()).sum::<u64>() + self.answered.abs_diff(self.kept)
    }

    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "machine": self.machine,
            "database": self.database(),
            "learners": self.options.learners,
            "seed": self.options.seed,
            "rows": self.rows,
            "filled_seconds": self.filled.as_secs_f64(),
            "database_bytes": { "before": self.size_before, "after": self.size_after },
            "server_memory_bytes": { "end": self.memory, "most": self.memory_most },
            "declarations": { "answered": self.answered, "kept": self.kept },
            "verified": self.verified,
            "errors": self.errors(),
            "complaints": self.complaints,
            "measured": self.measured.iter().map(Measured::json).collect::<Vec<_>>(),
        })
    }

    fn database(&self) -> String {
        format!("{:?}", self.options.database).to_lowercase()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        writeln!(f, "{}, {}, {} learners, {} rows", self.machine, self.database(), self.options.learners, self.rows)?;
        writeln!(
            f,
            "database {:.0} MB, then {:.0} MB; the server's memory {:.1} MB at most, {:.1} MB at the end",
            megabytes(self.size_before),
            megabytes(self.size_after),
            megabytes(self.memory_most),
            megabytes(self.memory)
        )?;
        writeln!(f, "{HEADING}")?;
        for measured in &self.measured {
            writeln!(f, "{}", measured.line())?;
            if measured.parts.len() > 1 {
                for (name, figures) in &measured.parts {
                    writeln!(f, "{}", row(&format!("  {name}"), figures, None, &[]))?;
                }
            }
        }
        writeln!(f, "declarations answered {}, kept {}", self.answered, self.kept)?;
        for said in self.verified.iter().chain(self.complaints.iter().take(5)) {
            writeln!(f, "{said}")?;
        }
        write!(f, "errors: {}", self.errors())
    }
}

const HEADING: &str = "\
                            calls/s     p50     p90     p99     max   CPU microseconds a call   others  bytes a call\n\
                                     milliseconds                    server database driver  (CPUs)    up   down  statuses";

/// `each`: microseconds of server, database and driver, then processors that others kept busy.
fn row(name: &str, figures: &Figures, rate: Option<f64>, each: &[f64]) -> String {
    let rate = rate.map_or_else(|| format!("({})", figures.calls()), |rate| format!("{rate:.0}"));
    let spread = figures.spread();
    let times =
        [spread.p50, spread.p90, spread.p99, spread.max].map(|micros| format!("{:8.2}", f64::from(micros) / 1e3));
    let cpu = match each {
        [server, database, driver, others] => format!("{server:>8.0}{database:>9.0}{driver:>7.0}{others:>9.2}"),
        _ => " ".repeat(33),
    };
    let statuses: Vec<String> = figures.statuses.iter().map(|(status, count)| format!("{status}: {count}")).collect();
    let (up, down) = (figures.bytes_sent_each(), figures.bytes_received_each());
    format!("{name:<26}{rate:>9}{}{cpu}{up:>7}{down:>7}  {}", times.concat(), statuses.join(", "))
}

fn figures_json(figures: &Figures) -> Value {
    let statuses: BTreeMap<String, u64> =
        figures.statuses.iter().map(|(status, count)| (status.to_string(), *count)).collect();
    json!({
        "calls": figures.calls(),
        "micros": figures.spread().json(),
        "statuses": statuses,
        "bytes_sent_each": figures.bytes_sent_each(),
        "bytes_received_each": figures.bytes_received_each(),
    })
}
