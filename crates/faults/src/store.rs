//! The database, from outside the server: what stands in it before a run, and what is read after.

use anyhow::{Context, Result};
use sqlx::{
    AssertSqlSafe, Connection, FromRow, PgConnection, SqliteConnection,
    postgres::PgRow,
    sqlite::{SqliteConnectOptions, SqliteRow},
};
use std::path::PathBuf;

/// Where a server keeps what it keeps.
#[derive(Clone, Debug)]
pub enum Database {
    /// The file.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl Database {
    /// As `DATABASE_URL` has it.
    #[must_use]
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => format!("sqlite:{}", file.display()),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// # Errors
    /// It cannot be reached, or is not there.
    pub async fn connect(&self) -> Result<Store> {
        Ok(match self {
            Self::Sqlite(file) => {
                let options =
                    SqliteConnectOptions::new().filename(file).busy_timeout(std::time::Duration::from_secs(30));
                Store::Sqlite(SqliteConnection::connect_with(&options).await.context("The file cannot be opened.")?)
            }
            Self::Postgres(url) => {
                Store::Postgres(PgConnection::connect(url).await.context("PostgreSQL is not there.")?)
            }
        })
    }
}

/// An open connection.
pub enum Store {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A row that either database can give.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

impl Store {
    /// Runs one statement, made of this program's own words.
    ///
    /// # Errors
    /// The database does not take it.
    pub async fn execute(&mut self, sql: &str) -> Result<()> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let done = match self {
            Self::Sqlite(connection) => query.execute(connection).await.map(|_| ()),
            Self::Postgres(connection) => query.execute(connection).await.map(|_| ()),
        };
        done.with_context(|| sql.chars().take(200).collect::<String>())
    }

    /// # Errors
    /// The database does not answer, or its rows are of another shape.
    pub async fn rows<T: Row>(&mut self, sql: &str) -> Result<Vec<T>> {
        let text = AssertSqlSafe(sql.to_owned());
        let rows = match self {
            Self::Sqlite(connection) => sqlx::query_as(text).fetch_all(connection).await,
            Self::Postgres(connection) => sqlx::query_as(text).fetch_all(connection).await,
        };
        rows.with_context(|| sql.to_owned())
    }

    /// What the database itself says of its file; nothing if it is whole.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn integrity(&mut self) -> Result<Option<String>> {
        if let Self::Postgres(_) = self {
            // Its own checksums and recovery look after the files; what can be read, the checker reads.
            return Ok(None);
        }
        let said: Vec<(String,)> = self.rows("PRAGMA integrity_check").await?;
        let foreign: Vec<(String,)> = self.rows("SELECT \"table\" FROM pragma_foreign_key_check").await?;
        let faults: Vec<_> = said.into_iter().chain(foreign).map(|(text,)| text).filter(|text| text != "ok").collect();
        Ok((!faults.is_empty()).then(|| faults.join("; ")))
    }

    /// # Errors
    /// The connection broke.
    pub async fn close(self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.close().await?,
            Self::Postgres(connection) => connection.close().await?,
        }
        Ok(())
    }
}

/// The work that can be declared: its id, its deadline, and its title. Everybody has it.
pub const WORK: [(&str, &str, &str); 4] = [
    ("faults-1", "2099-12-01T23:59:00Z", "Report on welding safety"),
    ("faults-2", "2020-01-31T23:59:00Z", "A task whose deadline has been"),
    ("faults-3", "2099-03-29T00:30:00Z", "Due in the night when the clocks change"),
    ("faults-4", "2099-06-01T11:00:00Z", "Caf\u{e9} / cafe\u{301}: \"quoted\", <b>tags</b> & 'marks'"),
];

/// How many sessions stand ready for each learner: signing in takes the processor long, on purpose. The last is for the checks.
pub const SESSIONS: usize = 6;

/// The cookie of a learner's session.
#[must_use]
pub fn token(learner: &str, session: usize) -> String {
    data_encoding::BASE64URL_NOPAD.encode(format!("{learner}:{session:022}").as_bytes())
}

/// Puts learners, their sessions and the work into a database whose schema is there. `model` is a learner whose passphrase all get.
///
/// # Errors
/// The database does not take it.
pub async fn seed(store: &mut Store, learners: &[String], model: &str) -> Result<()> {
    let now = chrono::Utc::now().timestamp_millis();
    let mut statements = vec!["BEGIN".to_owned()];
    for (id, due, title) in WORK {
        let body = serde_json::json!({ "id": id, "course": "faults", "title": title, "due": due, "mode": "distance" });
        let body = body.to_string().replace('\'', "''");
        statements.push(format!(
            "INSERT INTO record (kind, id, audience_kind, audience_id, body, revision)
             VALUES ('assignment', '{id}', 'everyone', '', '{body}', 1)"
        ));
    }
    statements.push("UPDATE counter SET revision = 1".to_owned());
    for some in learners.chunks(200) {
        let values: Vec<_> = some
            .iter()
            .map(|l| format!("('{l}', 'Amira Khan', (SELECT passphrase_hash FROM learner WHERE id = '{model}'))"))
            .collect();
        statements.push(format!("INSERT INTO learner (id, name, passphrase_hash) VALUES {}", values.join(",")));
        let values: Vec<_> = some.iter().flat_map(|l| (0..SESSIONS).map(move |n| (l, n))).collect();
        let values: Vec<_> = values
            .into_iter()
            .map(|(l, n)| format!("('{}', '{l}', 'own', {now}, {now})", crate::book::sha256(token(l, n).as_bytes())))
            .collect();
        statements.push(format!(
            "INSERT INTO session (token_sha256, learner, device, created, last_seen) VALUES {}",
            values.join(",")
        ));
    }
    statements.push("COMMIT".to_owned());
    store.execute(&statements.join(";\n")).await
}
