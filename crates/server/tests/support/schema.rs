//! A place of a test's own in the cluster that `scripts/postgres with` started for the whole run. The tests in tests/it use it too.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The address of a new and empty schema in the run's cluster.
pub async fn new() -> String {
    let cluster = std::env::var("PORTAL_TEST_POSTGRES").expect(
        "this test needs PostgreSQL: run it as `scripts/postgres with cargo nextest run ...` or `scripts/test unit`",
    );
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(&cluster).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    format!("{cluster}&options[search_path]={name}")
}
