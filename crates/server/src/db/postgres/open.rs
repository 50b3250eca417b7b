//! Connecting, with the settings that keep what was acknowledged.

use super::Postgres;
use anyhow::{Context, ensure};
use sqlx::{
    Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

pub struct PostgresOptions {
    /// How long a request waits for a connection, the time for making one included.
    pub acquire: Duration,
    /// How long a statement waits for another's lock.
    pub lock: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        Self { acquire: Duration::from_secs(5), lock: Duration::from_secs(5) }
    }
}

impl Postgres {
    /// Connects to the database that `postgres://USER@HOST/NAME` names, and brings its schema up to date.
    ///
    /// # Errors
    /// The address cannot be read, nobody answers there, or the database cannot be used as it is set up.
    pub async fn open(url: &str, options: PostgresOptions) -> anyhow::Result<Self> {
        // The address is not said again: it may have a password in it.
        let connect = PgConnectOptions::from_str(url)
            .context("DATABASE_URL cannot be read. Give it as `postgres://USER:PASSWORD@HOST:PORT/NAME`.")?
            .application_name("portal-server");
        // Its own connection: a step of the schema may take longer than a statement of a request.
        let mut first = PgConnection::connect_with(&connect).await.context(
            "The PostgreSQL database cannot be connected to. Does it run, and are the host, name, user and password right?",
        )?;
        check(&mut first).await?;
        sqlx::migrate!("migrations/postgres")
            .run(&mut first)
            .await
            .context("The database's schema cannot be brought up to date. Was it made by a newer server?")?;
        first.close().await?;
        let connect = limited(connect, &options);
        let (readers, writer) = (pool(8, &connect, &options), pool(4, &connect, &options));
        ensure_epoch(&writer).await?;
        Ok(Self { readers, writer })
    }
}

/// A process that hangs or is cut off gives back what it holds; a statement that waits ends while somebody still waits for it.
fn limited(connect: PgConnectOptions, options: &PostgresOptions) -> PgConnectOptions {
    connect.options([
        ("lock_timeout", format!("{}ms", options.lock.as_millis())),
        ("statement_timeout", "30s".into()),
        ("idle_in_transaction_session_timeout", "30s".into()),
    ])
}

/// Connections are asked whether they live before they are given, and made anew: a restart of the database passes.
fn pool(size: u32, connect: &PgConnectOptions, options: &PostgresOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(options.acquire)
        .test_before_acquire(true)
        .after_connect(|connection, _| Box::pin(durable(connection)))
        .connect_lazy_with(connect.clone())
}

/// No acknowledgement before the disk has it, whatever this database's default. Stricter settings stay.
async fn durable(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(
        "SELECT set_config('synchronous_commit', 'on', FALSE) WHERE current_setting('synchronous_commit') = 'off'",
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn check(connection: &mut PgConnection) -> anyhow::Result<()> {
    let setting = "SELECT current_setting($1)";
    let encoding: String = sqlx::query_scalar(setting).bind("server_encoding").fetch_one(&mut *connection).await?;
    ensure!(encoding == "UTF8", "The database's encoding is {encoding}. Make one with: createdb --encoding=UTF8 NAME");
    for name in ["fsync", "full_page_writes"] {
        let value: String = sqlx::query_scalar(setting).bind(name).fetch_one(&mut *connection).await?;
        if value != "on" {
            tracing::warn!("PostgreSQL runs with {name}={value}: a power cut can lose what was acknowledged");
        }
    }
    Ok(())
}

/// Renewed with the database: a cursor of another life is not ours.
async fn ensure_epoch(pool: &PgPool) -> anyhow::Result<()> {
    sqlx::query("INSERT INTO setting (name, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
        .bind(uuid::Uuid::new_v4().simple().to_string())
        .execute(pool)
        .await?;
    Ok(())
}
