//! All rows about one learner, whatever table they are in: a table that is new is in it as soon as it has a column `learner`.

use super::{Connection, Store, copy, kept};
use crate::db::{
    Account, Mine, Result, Rows,
    copy::{Kind, TABLES, Value as Cell},
    text,
};
use contract::ids::LearnerId;
use serde_json::{Map, Value, json};
use sqlx::AssertSqlSafe;

/// Columns that open or prove something: of no use to their learner, and of use to whoever finds the file.
const SECRET: [&str; 4] = ["passphrase_hash", "code_sha256", "token_sha256", "secret_sha256"];
/// Columns whose JSON is kept to the byte.
const EXACT: [&str; 2] = ["bytes", "payload"];
/// Columns of SQLite, which has no truth of its own.
const TRUTHS: [&str; 5] = ["removed", "late", "example", "private", "sealed"];
/// Milliseconds since 1970: a number above is a time (of 1973 or later), one below is none.
const TIMES_FROM: i64 = 100_000_000_000;
/// Kinds of `entry` that are not for the learner to read. Whoever adds a kind that is not, adds it here.
const NOT_FOR_LEARNERS: [&str; 0] = [];

pub async fn all(db: &Store, learner: &LearnerId) -> Result<Option<Mine>> {
    let mut tx = db.long_snapshot().await?;
    let name: Option<String> = sqlx::query_scalar("SELECT name FROM learner WHERE id = $1")
        .bind(learner.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    let Some(name) = name else { return Ok(None) };
    let mut rows: Rows = Vec::new();
    for table in TABLES {
        let columns = copy::columns(&mut tx, table).await?;
        let Some(which) = which(table, &columns) else { continue };
        let mut order = ["received_at", "at", "created", "number"].into_iter();
        let order = order.find(|name| columns.iter().any(|(column, _)| column == name)).unwrap_or("1");
        let sql = format!(
            "SELECT {} FROM {table} WHERE {which} ORDER BY {order}",
            copy::names(columns.iter().map(|(name, _)| name))
        );
        let found = sqlx::query(AssertSqlSafe(sql)).bind(learner.as_str()).fetch_all(&mut *tx).await?;
        let mut told = Vec::new();
        for row in found {
            let row = told_row(&columns, copy::values(&row, &columns)?)?;
            let hidden = table == "entry" && NOT_FOR_LEARNERS.iter().any(|kind| row.get("kind") == Some(&json!(kind)));
            if !hidden {
                told.push(row);
            }
        }
        rows.push((table, told));
    }
    let courses = kept::of(&mut tx, learner).await?;
    Ok(Some(Mine { account: Account { id: learner.clone(), name, passphrase_hash: None }, rows, courses }))
}

/// How many rows there are about a learner, by their table.
pub async fn counts(connection: &mut Connection, learner: &LearnerId) -> Result<Vec<(&'static str, i64)>> {
    let mut counts = Vec::new();
    for table in TABLES {
        let Some(which) = which(table, &copy::columns(connection, table).await?) else { continue };
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {which}"));
        let rows: i64 = sqlx::query_scalar(sql).bind(learner.as_str()).fetch_one(&mut *connection).await?;
        if rows > 0 {
            counts.push((table, rows));
        }
    }
    Ok(counts)
}

/// Which rows of a table are about the learner `$1`; nothing where none can be.
pub fn which(table: &str, columns: &[(String, Kind)]) -> Option<&'static str> {
    Some(match table {
        "learner" => "id = $1",
        "record" | "departure" => "audience_kind = 'learner' AND audience_id = $1",
        "evidence" => "change_id IN (SELECT id FROM change WHERE learner = $1)",
        "countersignature" => "declaration IN (SELECT change_id FROM declaration WHERE learner = $1)",
        "request_step" => "request IN (SELECT id FROM request WHERE learner = $1)",
        // What was read of theirs: themselves, a request, a declaration, an entry.
        "access_log" => {
            "subject = $1 OR SUBSTR(subject, 1, LENGTH(CAST($1 AS TEXT)) + 1) = $1 || '/'
             OR subject IN (SELECT id FROM change WHERE learner = $1)
             OR subject IN (SELECT code FROM declaration WHERE learner = $1)
             OR subject IN (SELECT id FROM entry WHERE learner = $1)"
        }
        _ if columns.iter().any(|(name, _)| name == "learner") => "learner = $1",
        _ => return None,
    })
}

fn told_row(columns: &[(String, Kind)], cells: Vec<Cell>) -> Result<Map<String, Value>> {
    let mut row = Map::new();
    for ((name, kind), cell) in columns.iter().zip(cells) {
        if !SECRET.contains(&name.as_str()) {
            row.insert(name.clone(), told(name, *kind, cell)?);
        }
    }
    Ok(row)
}

fn told(name: &str, kind: Kind, cell: Cell) -> Result<Value> {
    Ok(match (kind, cell) {
        (_, Cell::Null) => Value::Null,
        (Kind::Truth, Cell::Integer(truth)) => json!(truth != 0),
        (_, Cell::Integer(number)) if TRUTHS.contains(&name) => json!(number != 0),
        (_, Cell::Integer(time)) if time >= TIMES_FROM => json!(text::time(time)?),
        (_, Cell::Integer(number)) => json!(number),
        (_, Cell::Bytes(bytes)) => json!(String::from_utf8_lossy(&bytes)),
        (_, Cell::Text(said)) => {
            let is_json = !EXACT.contains(&name) && said.starts_with(['{', '[']);
            let parsed = is_json.then(|| serde_json::from_str(&said).ok()).flatten();
            parsed.unwrap_or(Value::String(said))
        }
    })
}
