//! Giving and taking whole tables.

use super::{COLUMNS, Connection, Row, Store, lift_protection};
use crate::db::{
    DbError, Result, Written,
    copy::{Kind, Part, Purpose, Receiver, Sender, TABLES, Value},
};
use chrono::Utc;
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, QueryBuilder, Row as _};

/// Id, kind, made, secret, public.
type KeyRow = (String, String, i64, String, String);

/// What calendars count their changes from. Revisions that were given after a backup are given again: counted from the seconds since 2026
/// they do not fall, as long as they were fewer than one a second.
const SEQUENCE_BASE: &str = "INSERT INTO setting (name, value) VALUES ('sequence-base', $1)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";
/// The first second of 2026.
const SEQUENCES_FROM: i64 = 1_767_225_600;

/// Rows that travel together. Times the columns of any table this stays below what one statement may have of parameters.
const BATCH: usize = 200;

pub async fn dump(db: &Store, to: Sender) -> Result<()> {
    let mut tx = db.long_snapshot().await?;
    for table in TABLES {
        let columns = columns(&mut tx, table).await?;
        let sql = AssertSqlSafe(format!("SELECT {} FROM {table}", names(columns.iter().map(|(name, _)| name))));
        let mut found = sqlx::query(sql).fetch(&mut *tx);
        loop {
            let mut rows = Vec::new();
            while rows.len() < BATCH {
                let Some(row) = found.try_next().await? else { break };
                rows.push(values(&row, &columns)?);
            }
            let last = rows.len() < BATCH;
            let columns = columns.iter().map(|(name, _)| name.clone()).collect();
            // Nobody takes them any more: whoever took them says why.
            if to.send(Part::Rows { table, columns, rows }).await.is_err() {
                return Ok(());
            }
            if last {
                break;
            }
        }
    }
    // As above.
    let _ = to.send(Part::End).await;
    Ok(())
}

pub async fn load(db: &Store, mut from: Receiver, purpose: Purpose) -> Result<Written> {
    let mut tx = db.write().await?;
    let used = sqlx::query("SELECT 1 FROM learner UNION ALL SELECT 1 FROM change LIMIT 1");
    let used = used.fetch_optional(&mut *tx).await?.is_some();
    if used && purpose != (Purpose::Place { replace: true }) {
        return Ok(Written::No);
    }
    let keys: Vec<KeyRow> =
        sqlx::query_as("SELECT id, kind, made, secret, public FROM server_key WHERE kind <> 'root'")
            .fetch_all(&mut *tx)
            .await?;
    let protection = lift_protection(&mut tx).await?;
    for table in TABLES.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await?;
    }
    loop {
        match from.recv().await {
            Some(Part::Rows { table, columns, rows }) => insert(&mut tx, table, &columns, rows).await?,
            Some(Part::End) => break,
            None => return Err(DbError::Corrupt("not all rows came".into())),
        }
    }
    if let Purpose::Place { .. } = purpose {
        let epoch = "INSERT INTO setting (name, value) VALUES ('epoch', $1)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sqlx::query(epoch).bind(uuid::Uuid::new_v4().simple().to_string()).execute(&mut *tx).await?;
        sqlx::query(SEQUENCE_BASE)
            .bind((Utc::now().timestamp() - SEQUENCES_FROM).to_string())
            .execute(&mut *tx)
            .await?;
        for (id, kind, made, secret, public) in keys {
            let key = "INSERT INTO server_key (id, kind, made, secret, public) VALUES ($1, $2, $3, $4, $5)
                       ON CONFLICT (id) DO NOTHING";
            sqlx::query(key).bind(id).bind(kind).bind(made).bind(secret).bind(public).execute(&mut *tx).await?;
        }
    }
    for statement in protection {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(Written::Yes)
}

async fn insert(connection: &mut Connection, table: &str, names_in: &[String], rows: Vec<Vec<Value>>) -> Result<()> {
    let columns = columns(connection, table).await?;
    let kinds: Vec<Kind> = names_in
        .iter()
        .filter_map(|name| columns.iter().find(|(column, _)| column == name).map(|(_, kind)| *kind))
        .collect();
    if kinds.len() != names_in.len() || columns.len() != names_in.len() {
        return Err(DbError::Corrupt(format!("the columns of {table} are not those of this version")));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!("INSERT INTO {table} ({}) ", names(names_in.iter())));
    query.push_values(rows, |mut row, values| {
        for (value, kind) in values.into_iter().zip(&kinds) {
            match (value, kind) {
                (Value::Null, Kind::Integer) => row.push_bind(None::<i64>),
                (Value::Null, Kind::Truth) => row.push_bind(None::<bool>),
                (Value::Null, Kind::Text) => row.push_bind(None::<String>),
                (Value::Null, Kind::Bytes) => row.push_bind(None::<Vec<u8>>),
                (Value::Integer(number), Kind::Truth) => row.push_bind(number != 0),
                (Value::Integer(number), _) => row.push_bind(number),
                (Value::Text(text), _) => row.push_bind(text),
                (Value::Bytes(bytes), _) => row.push_bind(bytes),
            };
        }
    });
    query.build().execute(connection).await?;
    Ok(())
}

pub async fn columns(connection: &mut Connection, table: &str) -> Result<Vec<(String, Kind)>> {
    let found: Vec<(String, String)> = sqlx::query_as(COLUMNS).bind(table).fetch_all(connection).await?;
    found.into_iter().map(|(name, kind)| Ok((name, Kind::of(&kind)?))).collect()
}

/// Quoted, as SQL has words of its own.
pub fn names<'a>(columns: impl Iterator<Item = &'a String>) -> String {
    columns.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

pub fn values(row: &Row, columns: &[(String, Kind)]) -> Result<Vec<Value>> {
    let value = |at: usize, kind: Kind| -> sqlx::Result<Value> {
        Ok(match kind {
            Kind::Integer => row.try_get::<Option<i64>, _>(at)?.map(Value::Integer),
            Kind::Truth => row.try_get::<Option<bool>, _>(at)?.map(|truth| Value::Integer(truth.into())),
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Value::Bytes),
        }
        .unwrap_or(Value::Null))
    };
    columns.iter().enumerate().map(|(at, (_, kind))| Ok(value(at, *kind)?)).collect()
}
