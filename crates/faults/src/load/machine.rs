//! What processes took of the machine, as the system tells in /proc: Linux alone.

use anyhow::{Context, Result};
use std::{fs, time::Instant};

/// What a tick of /proc is for every program, whatever the system counts by.
const TICKS_A_SECOND: f64 = 100.0;

/// Whose processor time is read.
#[derive(Clone, Copy, Debug)]
pub struct Processes {
    pub server: u32,
    /// PostgreSQL's first process, whose children do the work.
    pub database: Option<u32>,
}

/// Seconds of the processor that each had taken at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    at: Instant,
    server: f64,
    database: f64,
    driver: f64,
    whole: f64,
}

/// What was taken between two readings, in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Taken {
    pub seconds: f64,
    pub server: f64,
    pub database: f64,
    pub driver: f64,
    /// By whoever else worked on this machine, the system itself included.
    pub others: f64,
}

impl Processes {
    /// # Errors
    /// A process is gone, or this is no Linux.
    pub fn read(&self) -> Result<Reading> {
        Ok(Reading {
            at: Instant::now(),
            server: cpu(&self.server.to_string())?,
            database: self.database.map_or(Ok(0.0), with_children)?,
            driver: cpu("self")?,
            whole: whole()?,
        })
    }

    /// Bytes of memory that the server has now, and the most that it had.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn memory(&self) -> Result<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server))?;
        let line = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no memory in /proc")?;
            let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
            anyhow::Ok(kilobytes * 1024)
        };
        Ok((line("VmRSS:")?, line("VmHWM:")?))
    }
}

impl Reading {
    /// What was taken from `self` to `later`.
    #[must_use]
    pub fn until(&self, later: &Self) -> Taken {
        let (server, database) = (later.server - self.server, later.database - self.database);
        let driver = later.driver - self.driver;
        Taken {
            seconds: later.at.duration_since(self.at).as_secs_f64(),
            server,
            database,
            driver,
            others: (later.whole - self.whole - server - database - driver).max(0.0),
        }
    }
}

fn cpu(process: &str) -> Result<f64> {
    Ok(fields(process)?.cpu)
}

/// Those that ended in between are counted by the first process.
fn with_children(first: u32) -> Result<f64> {
    let mut sum = fields(&first.to_string())?.with_ended_children;
    for entry in fs::read_dir("/proc")?.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.bytes().all(|b| b.is_ascii_digit())) else { continue };
        // It may have ended since it was listed.
        if let Ok(child) = fields(name)
            && child.parent == first
        {
            sum += child.cpu;
        }
    }
    Ok(sum)
}

struct Fields {
    parent: u32,
    cpu: f64,
    with_ended_children: f64,
}

fn fields(process: &str) -> Result<Fields> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name before it may have blanks and brackets.
    let (_, rest) = stat.rsplit_once(')').context("/proc tells of processes in another form")?;
    let numbers: Vec<&str> = rest.split_whitespace().collect();
    let at = |field: usize| numbers.get(field - 3).copied().unwrap_or("0").parse::<f64>();
    let (user, system, ended_user, ended_system) = (at(14)?, at(15)?, at(16)?, at(17)?);
    let cpu = (user + system) / TICKS_A_SECOND;
    Ok(Fields { parent: at(4)? as u32, cpu, with_ended_children: cpu + (ended_user + ended_system) / TICKS_A_SECOND })
}

/// All that was not idle, of all processors.
fn whole() -> Result<f64> {
    let stat = fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().unwrap_or_default();
    let ticks: Vec<f64> = line.split_whitespace().skip(1).map(str::parse).collect::<Result<_, _>>()?;
    let idle: f64 = ticks.iter().skip(3).take(2).sum();
    // What guests took is in the first two already.
    Ok((ticks.iter().take(8).sum::<f64>() - idle) / TICKS_A_SECOND)
}

/// Such as '2 cores, 24 GB'.
#[must_use]
pub fn described() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = memory.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes: f64 = total.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0.0);
    format!("{cores} cores, {:.0} GB", kilobytes * 1024.0 / 1e9)
}
