//! The database behind a test's server: a file in the test's folder or, with `PORTAL_TEST_DATABASE=postgres`, a schema of its own in
//! the cluster that `scripts/postgres with` started.

use portal_server::db::{Db, Postgres, PostgresOptions, Sqlite, SqliteOptions};
use sqlx::{Any, AnyPool, AssertSqlSafe, Connection, PgConnection, pool::PoolConnection};
use std::{collections::BTreeSet, env, path::Path, sync::Arc, time::Duration};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// What the whole run is for.
    fn asked() -> Self {
        match env::var("PORTAL_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("PORTAL_TEST_DATABASE is `{other}`: say sqlite or postgres"),
        }
    }
}

#[derive(Clone)]
pub struct Database {
    pub kind: Kind,
    pub url: String,
}

impl Database {
    pub async fn new(dir: &Path) -> Self {
        Self::of(Kind::asked(), dir).await
    }

    pub async fn of(kind: Kind, dir: &Path) -> Self {
        let url = match kind {
            Kind::Sqlite => format!("sqlite:{}", dir.join("portal.db").display()),
            Kind::Postgres => schema(&cluster()).await,
        };
        Self { kind, url }
    }

    /// As the server opens it, but waiting for a lock is short.
    pub async fn open(&self) -> Arc<dyn Db> {
        match self.kind {
            Kind::Sqlite => {
                let options = SqliteOptions { busy: Duration::from_millis(50), ..SqliteOptions::default() };
                Arc::new(Sqlite::open(&self.url, options).await.unwrap())
            }
            Kind::Postgres => {
                // Long enough for many at once to come in turn.
                let options = PostgresOptions { lock: Duration::from_secs(1), ..PostgresOptions::default() };
                Arc::new(Postgres::open(&self.url, options).await.unwrap())
            }
        }
    }

    /// A look at the rows, past the server.
    pub async fn rows(&self) -> AnyPool {
        sqlx::any::install_default_drivers();
        AnyPool::connect(&self.url).await.unwrap()
    }

    /// Another process that writes: it has the lock until it is told to roll back.
    pub async fn hold_the_lock(&self) -> PoolConnection<Any> {
        let mut holder = self.rows().await.acquire().await.unwrap();
        let statements: &[&'static str] = match self.kind {
            Kind::Sqlite => &["BEGIN IMMEDIATE"],
            Kind::Postgres => &["BEGIN", "SELECT revision FROM counter FOR UPDATE"],
        };
        for statement in statements {
            sqlx::query(*statement).execute(&mut *holder).await.unwrap();
        }
        holder
    }

    /// The names of its tables, but for the one that remembers the schema's steps.
    pub async fn tables(&self) -> BTreeSet<String> {
        let tables = match self.kind {
            Kind::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            Kind::Postgres => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
        };
        let names: Vec<String> = sqlx::query_scalar(tables).fetch_all(&self.rows().await).await.unwrap();
        names.into_iter().filter(|name| name != "_sqlx_migrations").collect()
    }

    /// As whoever owns the database could.
    pub async fn drop_triggers(&self) {
        let rows = self.rows().await;
        let drops = match self.kind {
            Kind::Sqlite => "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'",
            Kind::Postgres => {
                "SELECT DISTINCT 'DROP TRIGGER ' || trigger_name || ' ON ' || event_object_table
                 FROM information_schema.triggers WHERE trigger_schema = current_schema()"
            }
        };
        let drops: Vec<String> = sqlx::query_scalar(drops).fetch_all(&rows).await.unwrap();
        assert!(!drops.is_empty());
        for drop in drops {
            sqlx::query(AssertSqlSafe(drop)).execute(&rows).await.unwrap();
        }
    }
}

/// The address of the run's cluster.
fn cluster() -> String {
    env::var("PORTAL_TEST_POSTGRES")
        .expect("this test needs PostgreSQL: run it as `scripts/postgres with cargo nextest run ...` or `scripts/test postgres`")
}

/// The address of a new and empty schema.
async fn schema(cluster: &str) -> String {
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(cluster).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    format!("{cluster}&options[search_path]={name}")
}
