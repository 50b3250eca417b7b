//! Rows on their way from one database to another, be it of another make.

use super::{DbError, Result};
use tokio::sync::mpsc;

/// Every table, each after those that it refers to. Whoever adds one to the schema adds it here: a test compares.
pub const TABLES: [&str; 26] = [
    "setting",
    "counter",
    "server_key",
    "learner",
    "session",
    "tries",
    "enrolment",
    "record",
    "departure",
    "change",
    "declaration",
    "evidence",
    "withdrawal",
    "countersignature",
    "arrival",
    "staff",
    "access_log",
    "request",
    "request_step",
    "act",
    "entry",
    "calendar",
    "revision_time",
    "share",
    "share_opening",
    "erased",
];

pub type Sender = mpsc::Sender<Part>;
pub type Receiver = mpsc::Receiver<Part>;

pub enum Part {
    /// Some of a table's rows.
    Rows { table: &'static str, columns: Vec<String>, rows: Vec<Vec<Value>> },
    /// There are no more. Rows that end without it are not all.
    End,
}

/// A column's value; truth is 0 or 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Truth,
    Text,
    Bytes,
}

impl Kind {
    /// By the name of a column's type in either database.
    ///
    /// # Errors
    /// The schema has no such type.
    pub fn of(name: &str) -> Result<Self> {
        match name {
            "INTEGER" | "bigint" => Ok(Self::Integer),
            "boolean" => Ok(Self::Truth),
            "TEXT" | "text" => Ok(Self::Text),
            "BLOB" | "bytea" => Ok(Self::Bytes),
            other => Err(DbError::Corrupt(format!("a column of type `{other}`"))),
        }
    }
}

/// Where rows are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A copy: all is as it was.
    Backup,
    /// A database that takes the place of the one that the rows are from: devices are told by a new epoch. Keys that only the old
    /// rows had stay, as devices may hold what was sealed for them; the root is that of the new rows.
    Place {
        /// Whatever is there already goes.
        replace: bool,
    },
}

/// Copies all that one database holds, as it is at one moment, into another.
///
/// # Errors
/// What stopped it; then nothing was written.
pub async fn copy(from: &dyn super::Db, to: &dyn super::Db, purpose: Purpose) -> Result<super::Written> {
    let (sender, receiver) = mpsc::channel(4);
    let (sent, taken) = tokio::join!(from.dump(sender), to.load(receiver, purpose));
    sent?;
    taken
}
