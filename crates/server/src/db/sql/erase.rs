//! Erasing what is kept because of a certificate, when its years are over. What was in the rows goes; what holds the chain together, and what
//! tells a late repeat from something new, stays as nobody's.

mod chosen;

use super::{Connection, Done, Store, before_erasing, copy, evidence, kept, mine, requests, staff};
use crate::{
    db::{Access, Deed, ERASED, Erasing, Erasure, Result, copy::TABLES},
    evidence::{Erased, Kind, Named},
    working_days::london_day,
};
use chosen::Chosen;
use chrono::{DateTime, Utc};
use contract::ids::{CourseId, LearnerId};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// What is done to the rows that hang on changes which go, by their table: each statement ends with the column that names such a change. `{}` is
/// [`ERASED`].
const OF_CHANGES: [(&str, &str); 8] = [
    ("withdrawal", "DELETE FROM withdrawal WHERE change_id"),
    ("countersignature", "DELETE FROM countersignature WHERE declaration"),
    ("declaration", "DELETE FROM declaration WHERE change_id"),
    ("request_step", "DELETE FROM request_step WHERE request"),
    ("request", "DELETE FROM request WHERE id"),
    ("act", "DELETE FROM act WHERE id"),
    ("evidence", "UPDATE evidence SET payload = '' WHERE kind <> 'erasure' AND change_id"),
    ("arrival", "UPDATE arrival SET learner = '{}' WHERE change_id"),
];

/// The certificates of one learner, in one transaction.
pub async fn due(
    db: &Store,
    learner: &LearnerId,
    courses: &[CourseId],
    now: DateTime<Utc>,
    dry_run: bool,
) -> Result<Vec<Erasing>> {
    let mut tx = db.write().await?;
    before_erasing(&mut tx).await?;
    let mut all = Vec::new();
    for course in courses {
        all.push(one(&mut tx, learner, course, now).await?);
    }
    if !dry_run {
        tx.commit().await?;
    }
    Ok(all)
}

async fn one(
    connection: &mut Connection,
    learner: &LearnerId,
    course: &CourseId,
    now: DateTime<Utc>,
) -> Result<Erasing> {
    let known = sqlx::query("SELECT 1 FROM learner WHERE id = $1 AND id <> $2").bind(learner.as_str()).bind(ERASED);
    if known.fetch_optional(&mut *connection).await?.is_none() {
        return Ok(Erasing::NoSuchLearner);
    }
    let courses = kept::of(connection, learner).await?;
    let Some(due) = courses.iter().find(|one| one.course == *course && one.certified_on.is_some()) else {
        return Ok(Erasing::NotCertified);
    };
    let (Some(until), Some(years), Some(body)) = (due.kept_until, due.years, &due.awarding_body) else {
        return Ok(Erasing::NoRule);
    };
    if until >= london_day(now) {
        return Ok(Erasing::KeptUntil(until));
    }
    // Whoever has another course, be it one that is due as well, has rows that nobody said may go.
    let last = courses.len() == 1;
    let mut erasing = Now { connection, learner, now, link: None, rows: BTreeMap::new() };
    let chosen = if last {
        Chosen::all(erasing.connection, learner).await?
    } else {
        Chosen::of_course(erasing.connection, learner, course).await?
    };
    erasing.changes(&chosen.changes, body, years).await?;
    erasing.named(&chosen).await?;
    if last {
        erasing.learner().await?
    } else {
        erasing.course(course, &chosen.records).await?
    }
    erasing.log().await?;
    let Now { link, mut rows, .. } = erasing;
    rows.retain(|_, rows| *rows > 0);
    Ok(Erasing::Done(Erasure { rows, link, learner: last }))
}

struct Now<'a> {
    connection: &'a mut Connection,
    learner: &'a LearnerId,
    now: DateTime<Utc>,
    /// The link that says so.
    link: Option<i64>,
    rows: BTreeMap<&'static str, u64>,
}

impl Now<'_> {
    /// Says in the chain what goes, then lets the changes' rows go.
    async fn changes(&mut self, changes: &[String], awarding_body: &str, years: u32) -> Result<()> {
        let Some(first) = changes.first() else { return Ok(()) };
        let said = Erased {
            awarding_body: awarding_body.into(),
            years,
            erased_at: self.now,
            links: self.links(changes).await?,
        };
        let link = evidence::append(self.connection, Kind::Erasure, first, self.now, &said).await?;
        self.link = Some(link);
        for change in changes {
            self.name("change", change).await?;
        }
        sqlx::query("INSERT INTO learner (id, name) VALUES ($1, '') ON CONFLICT (id) DO NOTHING")
            .bind(ERASED)
            .execute(&mut *self.connection)
            .await?;
        let these = "IN (SELECT id FROM erased WHERE kind = 'change' AND link = $1)";
        for (table, statement) in OF_CHANGES {
            let sql = format!("{} {these}", statement.replace("{}", ERASED));
            let done = sqlx::query(AssertSqlSafe(sql)).bind(link).execute(&mut *self.connection).await?;
            self.count(table, &done);
        }
        let sql = format!("UPDATE change SET learner = '{ERASED}', bytes = $2, answer = '' WHERE id {these}");
        let blanked = sqlx::query(AssertSqlSafe(sql)).bind(link).bind(Vec::<u8>::new());
        let blanked = blanked.execute(&mut *self.connection).await?;
        self.count("change", &blanked);
        Ok(())
    }

    async fn links(&mut self, changes: &[String]) -> Result<Vec<Named>> {
        let changes: BTreeSet<&str> = changes.iter().map(String::as_str).collect();
        let links: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT e.sequence, e.sha256, e.change_id FROM evidence e JOIN change c ON c.id = e.change_id
             WHERE c.learner = $1 ORDER BY e.sequence",
        )
        .bind(self.learner.as_str())
        .fetch_all(&mut *self.connection)
        .await?;
        let gone = links.into_iter().filter(|(.., change)| changes.contains(change.as_str()));
        Ok(gone.map(|(sequence, sha256, _)| Named { sequence, sha256 }).collect())
    }

    /// Says that a row may go.
    async fn name(&mut self, kind: &str, id: &str) -> Result<()> {
        sqlx::query("INSERT INTO erased (kind, id, link, at) VALUES ($1, $2, $3, $4)")
            .bind(kind)
            .bind(id)
            .bind(self.link)
            .bind(self.now.timestamp_millis())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// What is not of changes, and is for ever but for this.
    async fn named(&mut self, chosen: &Chosen) -> Result<()> {
        for entry in &chosen.entries {
            self.name("entry", entry).await?;
            self.run("entry", "DELETE FROM entry WHERE id = $1", entry).await?;
        }
        for share in &chosen.shares {
            self.name("share", share).await?;
            self.run("share_opening", "DELETE FROM share_opening WHERE share = $1", share).await?;
            self.run("share", "DELETE FROM share WHERE id = $1", share).await?;
        }
        for number in &chosen.accesses {
            self.name("access_log", &number.to_string()).await?;
            let done = sqlx::query("UPDATE access_log SET subject = '' WHERE number = $1").bind(number);
            let done = done.execute(&mut *self.connection).await?;
            self.count("access_log", &done);
        }
        Ok(())
    }

    /// The rest of a course. The learner's devices fetch all anew, so nothing has to stay here to tell them what went.
    async fn course(&mut self, course: &CourseId, records: &[(String, String)]) -> Result<()> {
        for (kind, id) in records {
            let done = sqlx::query("DELETE FROM record WHERE kind = $1 AND id = $2").bind(kind).bind(id);
            let done = done.execute(&mut *self.connection).await?;
            self.count("record", &done);
        }
        let left = sqlx::query("DELETE FROM enrolment WHERE learner = $1 AND course = $2");
        let left = left.bind(self.learner.as_str()).bind(course.as_str()).execute(&mut *self.connection).await?;
        self.count("enrolment", &left);
        let departed = "DELETE FROM departure WHERE audience_kind = 'learner' AND audience_id = $1";
        self.run("departure", departed, self.learner.as_str()).await?;
        let revision = requests::next_revision(self.connection).await?;
        sqlx::query("UPDATE learner SET sync_from = $2 WHERE id = $1")
            .bind(self.learner.as_str())
            .bind(revision)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Everything about the learner, by what 'Your data' is made from: a table that is new goes with it.
    async fn learner(&mut self) -> Result<()> {
        let sql = format!("UPDATE arrival SET learner = '{ERASED}' WHERE learner = $1");
        self.run("arrival", &sql, self.learner.as_str()).await?;
        for table in TABLES.into_iter().rev() {
            let columns = copy::columns(self.connection, table).await?;
            let Some(which) = mine::which(table, &columns) else { continue };
            self.run(table, &format!("DELETE FROM {table} WHERE {which}"), self.learner.as_str()).await?;
        }
        Ok(())
    }

    async fn run(&mut self, table: &'static str, sql: &str, id: &str) -> Result<()> {
        let done = sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&mut *self.connection).await?;
        self.count(table, &done);
        Ok(())
    }

    fn count(&mut self, table: &'static str, done: &Done) {
        *self.rows.entry(table).or_default() += done.rows_affected();
    }

    async fn log(&mut self) -> Result<()> {
        let subject = self.link.map(|link| format!("evidence/{link}")).unwrap_or_default();
        let access = Access { subject, ..Access::by_command(Deed::EraseDue, self.now) };
        staff::log(self.connection, &access).await
    }
}
