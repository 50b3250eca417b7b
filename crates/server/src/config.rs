//! The command line; every option can stand in the environment instead.

use crate::{commands::export::Format, web::address::Network};
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use contract::ids::{CourseId, LearnerId};
use std::{net::IpAddr, path::PathBuf};
use url::Url;

/// The learner portal's back end.
#[derive(Parser)]
#[command(name = "portal-server", version)]
pub struct Cli {
    #[command(flatten)]
    pub store: Store,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Args)]
pub struct Store {
    /// Where the server keeps its files; made if missing
    #[arg(long, env, default_value = "./data", global = true)]
    pub data_dir: PathBuf,
    /// The database, as `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME` [default: portal.db in the data folder]
    #[arg(long, env, global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// The key of private requests, as `keys confidential` makes it; without one they are not taken
    #[arg(long, env = "PORTAL_CONFIDENTIAL_KEY_FILE", global = true)]
    pub confidential_key_file: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the app and its API
    Serve(Serve),
    /// Read a provider's file or folder of files
    Import(Import),
    /// Add learners and let them in
    #[command(subcommand)]
    Learner(Learner),
    /// By when learners are promised an answer
    #[command(subcommand)]
    Promise(Promise),
    /// List what is kept longer than its awarding body wants; `erase` erases what is due
    #[command(args_conflicts_with_subcommands = true)]
    Retention {
        #[command(subcommand)]
        what: Option<Retention>,
        /// As on this day, such as 2030-01-31 [default: today in London]
        #[arg(long)]
        on: Option<NaiveDate>,
        /// A new file for the list, as CSV
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Let staff in, each with a role and a key of their own
    #[command(subcommand)]
    Staff(Staff),
    /// Write all declarations to standard output
    Export {
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
    },
    /// Check the evidence: any edit, deletion or reordering is found
    VerifyLog {
        /// A file that `export-head` wrote earlier: finds also that the end was cut off
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// Write to standard output how far the evidence goes, to be kept elsewhere
    ExportHead,
    /// Look after the server's keys
    #[command(subcommand)]
    Keys(Keys),
    /// Take a file of what a device could not send, as the app writes it
    HandIn { file: PathBuf },
    /// List changes that a device numbered and that never arrived
    Gaps,
    /// Write all that is in the database into one new file; the server may run
    Backup { file: PathBuf },
    /// Put a backup into an empty database, SQLite or PostgreSQL; then restart the server
    Restore {
        file: PathBuf,
        /// Delete what is in the database first
        #[arg(long)]
        replace: bool,
    },
    /// Write the OpenAPI document to standard output
    Openapi,
}

#[derive(Args)]
pub struct Serve {
    #[arg(long, env, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// 0 takes a free one
    #[arg(long, env, default_value_t = 8080)]
    pub port: u16,
    /// The built app
    #[arg(long, env, default_value = "./dist")]
    pub dist: PathBuf,
    /// Where browsers reach this server [default: http://HOST:PORT]
    #[arg(long, env)]
    pub public_url: Option<Url>,
    /// The exact origin of an app that is served elsewhere; may be repeated
    #[arg(long = "app-origin", env = "APP_ORIGIN", value_delimiter = ',')]
    pub app_origins: Vec<String>,
    /// The provider's name for the service
    #[arg(long, env, default_value = "Learner portal")]
    pub service_name: String,
    /// The address or network of a proxy whose `X-Forwarded-For` is believed; several with commas
    #[arg(long = "trusted-proxy", env = "TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,
    /// Opens the calls under /api/v1/admin to whoever has it
    #[arg(long, env, hide_env_values = true)]
    pub staff_key: Option<String>,
}

#[derive(Args)]
pub struct Import {
    /// A file, or a folder of them
    pub path: PathBuf,
    /// Say what it would do, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take nothing if anything is refused
    #[arg(long)]
    pub strict: bool,
    /// The course that a calendar is for
    #[arg(long)]
    pub course: Option<CourseIdArg>,
}

#[derive(Subcommand)]
pub enum Keys {
    /// List them, the newest first, without their secrets
    List,
    /// Make a new key to seal for, and one to sign receipts with; the old ones go on being read
    Rotate,
    /// Make the key of private requests, in a file to be kept apart from the database and its backups
    Confidential {
        #[arg(long)]
        out: PathBuf,
        /// Add a new key to the file that is there; the old ones go on opening
        #[arg(long)]
        renew: bool,
    },
}

#[derive(Subcommand)]
pub enum Learner {
    /// Add a learner
    Add {
        id: String,
        #[arg(long)]
        name: String,
    },
    /// Print a first-use code: it works once, for 14 days
    Code { id: String },
    /// End all of a learner's sessions
    SignOut { id: String },
    /// What a learner's devices have not sent yet is no longer taken until they sign in there again
    RevokeUploads { id: String },
    /// Give learners of an example the passphrase `plain-river-stone`; the server then listens on this machine alone
    Example {
        #[arg(required = true)]
        ids: Vec<String>,
        /// A file of requests of theirs, with the answers
        #[arg(long)]
        requests: Option<PathBuf>,
        /// A file of marks and follow-ups of theirs
        #[arg(long)]
        attendance: Option<PathBuf>,
        /// A file of what staff entered about work of theirs
        #[arg(long)]
        feedback: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub enum Promise {
    /// For each kind of request, and for feedback, the working days
    List,
    /// From now on; 0 for no promise
    Set { kind: String, days: u32 },
}

#[derive(Subcommand)]
pub enum Retention {
    /// For each awarding body, the years after the certificate
    Rules,
    /// From now on
    Set {
        /// As courses.csv names it
        #[arg(long)]
        awarding_body: String,
        #[arg(long)]
        years: u32,
    },
    /// Erase what is due today, for good, of what a list names
    Erase {
        /// The file that `retention --out` wrote; take out of it what has to stay
        #[arg(long, value_name = "FILE")]
        list: PathBuf,
        /// Say what would go, and erase nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
pub enum Staff {
    /// Add someone and print their key, once
    Add {
        id: String,
        /// As learners see it beside an answer
        #[arg(long)]
        name: String,
        /// tutor, assessor, safeguarding-lead, learner-support or administrator
        #[arg(long)]
        role: String,
    },
    /// List them, without their keys
    List,
    /// Someone's key opens nothing any more
    Revoke { id: String },
}

/// A course's id on the command line.
#[derive(Clone)]
pub struct CourseIdArg(pub CourseId);

impl From<&str> for CourseIdArg {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// A learner's reference on the command line.
///
/// # Errors
/// It is empty or has a blank, a slash or a control character in it, or more than 100 characters.
pub fn reference(text: &str) -> anyhow::Result<LearnerId> {
    let fine =
        !text.is_empty() && text.len() <= 100 && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/');
    anyhow::ensure!(fine, "`{text}` cannot be a learner reference. Use letters, digits, hyphens or dots, as in L1001.");
    Ok(text.into())
}
