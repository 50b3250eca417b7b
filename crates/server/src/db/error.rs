//! What a database's error means for whoever asked.

use super::DbError;
use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let passing = match &error {
            sqlx::Error::Database(inner) => match inner.try_downcast_ref::<PgDatabaseError>() {
                Some(inner) => passes_in_postgres(inner.code()),
                None => passes_in_sqlite(inner.as_ref()),
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                true
            }
            _ => false,
        };
        if passing { Self::Unavailable(error) } else { Self::Failed(error) }
    }
}

fn passes_in_sqlite(error: &dyn DatabaseError) -> bool {
    /// Primary result codes: BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL.
    const PASSING: [i64; 9] = [5, 6, 7, 8, 9, 10, 13, 14, 15];
    /// Extended code: whom or what a row is about was erased while it came. Asked again, there is no session.
    const FOREIGN_KEY: i64 = 787;
    // An extended code has the primary one in its low byte.
    let code = error.code().and_then(|code| code.parse::<i64>().ok());
    code.is_some_and(|code| code == FOREIGN_KEY || PASSING.contains(&(code & 0xff)))
}

fn passes_in_postgres(code: &str) -> bool {
    /// Connection lost, transaction to be run again, disk or memory or connections used up, stopped by an operator, system error.
    const CLASSES: [&str; 5] = ["08", "40", "53", "57", "58"];
    /// Only for reading; idle or open for too long; a lock that did not come in time; a foreign key, as for SQLite above.
    const CODES: [&str; 5] = ["25006", "25P03", "25P04", "55P03", "23503"];
    // 57P04: somebody dropped the database, which does not pass.
    code != "57P04" && (CLASSES.iter().any(|class| code.starts_with(class)) || CODES.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::passes_in_postgres;

    #[test]
    fn what_passes_is_told_from_what_stays() {
        let passing = [
            "08006", "40001", "40P01", "53100", "53300", "57P01", "57P03", "57014", "58030", "25006", "55P03", "23503",
        ];
        assert!(passing.iter().all(|code| passes_in_postgres(code)));
        assert!(
            ["23505", "42P01", "P0001", "22021", "28P01", "57P04", "XX001"]
                .iter()
                .all(|code| !passes_in_postgres(code))
        );
    }
}
