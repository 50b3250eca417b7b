//! What a database's error means for whoever asked.

use super::DbError;

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        /// SQLite's primary result codes for what may pass: BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN,
        /// PROTOCOL.
        const PASSING: [i64; 9] = [5, 6, 7, 8, 9, 10, 13, 14, 15];
        let passing = match &error {
            sqlx::Error::Database(inner) => {
                // An extended code has the primary one in its low byte.
                let code = inner.code().and_then(|code| code.parse::<i64>().ok());
                code.is_some_and(|code| PASSING.contains(&(code & 0xff)))
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                true
            }
            _ => false,
        };
        if passing { Self::Unavailable(error) } else { Self::Failed(error) }
    }
}
