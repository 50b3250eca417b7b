//! Which rows of a learner's go.

use super::super::{Connection, mine};
use crate::db::{Result, text};
use contract::{
    ids::{CourseId, LearnerId},
    late::kind::{READING, REQUEST},
};
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Chosen {
    /// Their ids, in the order in which they came.
    pub changes: Vec<String>,
    pub entries: Vec<String>,
    pub shares: Vec<String>,
    /// Lines of the access log that name something of what goes.
    pub accesses: Vec<i64>,
    /// Kind and id. Of a learner who goes wholly none is named, as all go.
    pub records: Vec<(String, String)>,
}

impl Chosen {
    /// All that is append-only.
    pub async fn all(connection: &mut Connection, learner: &LearnerId) -> Result<Self> {
        let mut all = Self { changes: changes(connection, learner).await?, ..Self::default() };
        for (into, table) in [(&mut all.entries, "entry"), (&mut all.shares, "share")] {
            let sql = format!("SELECT id FROM {table} WHERE learner = $1 ORDER BY id");
            *into = texts(connection, sql, learner).await?;
        }
        all.accesses = accesses(connection, learner).await?.into_iter().map(|(number, _)| number).collect();
        Ok(all)
    }

    /// What is about one course: its work and sessions, and what was said and entered about these. Study time, private words, and what was asked about
    /// nothing of the course stay as long as their learner does.
    pub async fn of_course(connection: &mut Connection, learner: &LearnerId, course: &CourseId) -> Result<Self> {
        let course = Course::of(connection, learner, course).await?;
        let mut chosen = Self::default();
        let mut going = BTreeSet::new();
        for (kind, id, body) in &course.own {
            if course.tells(kind, id, body) {
                chosen.records.push((kind.clone(), id.clone()));
                going.extend((kind == REQUEST).then(|| id.clone()));
            }
        }
        let sql = "SELECT change_id, assignment, code FROM declaration WHERE learner = $1";
        let declared: Vec<(String, String, String)> =
            sqlx::query_as(sql).bind(learner.as_str()).fetch_all(&mut *connection).await?;
        let mut codes = BTreeSet::new();
        for (change, assignment, code) in declared {
            if course.has("assignment", &assignment) {
                going.insert(change);
                codes.insert(code);
            }
        }
        let sql = "SELECT change_id, declaration FROM withdrawal WHERE learner = $1
                   UNION ALL SELECT s.id, s.request FROM request_step s JOIN request q ON q.id = s.request
                   WHERE q.learner = $1 AND s.staff = ''";
        let following: Vec<(String, String)> =
            sqlx::query_as(sql).bind(learner.as_str()).fetch_all(&mut *connection).await?;
        let following: Vec<String> =
            following.into_iter().filter(|(_, first)| going.contains(first)).map(|(change, _)| change).collect();
        going.extend(following);
        let sql = "SELECT id, body FROM act WHERE learner = $1";
        let acts: Vec<(String, String)> =
            sqlx::query_as(sql).bind(learner.as_str()).fetch_all(&mut *connection).await?;
        for (change, body) in acts {
            if course.is_of_deed(&text::parse(&body)?) {
                going.insert(change);
            }
        }
        let sql = "SELECT id, subject FROM entry WHERE learner = $1 ORDER BY id";
        let entries: Vec<(String, String)> =
            sqlx::query_as(sql).bind(learner.as_str()).fetch_all(&mut *connection).await?;
        chosen.entries = entries.into_iter().filter(|(_, subject)| course.is_of(subject)).map(|(id, _)| id).collect();
        for (number, subject) in accesses(connection, learner).await? {
            let named = going.contains(&subject) || codes.contains(&subject) || chosen.entries.contains(&subject);
            if named || course.is_of(&subject) {
                chosen.accesses.push(number);
            }
        }
        chosen.changes = changes(connection, learner).await?;
        chosen.changes.retain(|change| going.contains(change));
        Ok(chosen)
    }
}

async fn changes(connection: &mut Connection, learner: &LearnerId) -> Result<Vec<String>> {
    texts(connection, "SELECT id FROM change WHERE learner = $1 ORDER BY received_at, id".into(), learner).await
}

async fn texts(connection: &mut Connection, sql: String, learner: &LearnerId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(learner.as_str()).fetch_all(connection).await?)
}

/// Number and subject.
async fn accesses(connection: &mut Connection, learner: &LearnerId) -> Result<Vec<(i64, String)>> {
    let Some(which) = mine::which("access_log", &[]) else { return Ok(Vec::new()) };
    let sql = format!("SELECT number, subject FROM access_log WHERE subject <> '' AND ({which}) ORDER BY number");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(learner.as_str()).fetch_all(connection).await?)
}

/// A course as its learner sees it.
struct Course {
    learner: String,
    id: String,
    /// Kind and id of all that is told to the course, or to this learner as of it.
    has: BTreeSet<(String, String)>,
    /// The learner's own records: kind, id, body.
    own: Vec<(String, String, Value)>,
}

impl Course {
    async fn of(connection: &mut Connection, learner: &LearnerId, course: &CourseId) -> Result<Self> {
        let shown: Vec<(String, String)> =
            sqlx::query_as("SELECT kind, id FROM record WHERE audience_kind = 'course' AND audience_id = $1")
                .bind(course.as_str())
                .fetch_all(&mut *connection)
                .await?;
        let told: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT kind, id, body FROM record WHERE audience_kind = 'learner' AND audience_id = $1 ORDER BY kind, id",
        )
        .bind(learner.as_str())
        .fetch_all(connection)
        .await?;
        let mut own = Vec::new();
        for (kind, id, body) in told {
            own.push((kind, id, text::parse::<Value>(&body)?));
        }
        let mut has: BTreeSet<_> = shown.into_iter().collect();
        let of = |body: &&(String, String, Value)| body.2["course"] == course.as_str();
        has.extend(own.iter().filter(of).map(|(kind, id, _)| (kind.clone(), id.clone())));
        Ok(Self { learner: learner.0.clone(), id: course.0.clone(), has, own })
    }

    fn has(&self, kind: &str, id: &str) -> bool {
        self.has.contains(&(kind.to_owned(), id.to_owned()))
    }

    fn names(&self, kind: &str, id: &Value) -> bool {
        id.as_str().is_some_and(|id| self.has(kind, id))
    }

    /// Whether a record of the learner's is about the course.
    fn tells(&self, kind: &str, id: &str, body: &Value) -> bool {
        match kind {
            REQUEST => {
                let about = body["about"].as_object().and_then(|about| about.iter().next());
                about.is_some_and(|(kind, id)| self.names(kind, id))
            }
            READING => self.is_read(&body["read"]),
            _ => {
                self.has(kind, id)
                    || self.names("assignment", &body["assignment"])
                    || [&body["webinar"], &body["rate"]["webinar"]].iter().any(|id| self.names("webinar", id))
            }
        }
    }

    /// Whether a deed, `{"arrive": {…}}`, is about the course.
    fn is_of_deed(&self, deed: &Value) -> bool {
        let deed = deed.as_object().and_then(|deed| deed.iter().next());
        deed.is_some_and(
            |(name, done)| {
                if name == "read" { self.is_read(done) } else { self.names("webinar", &done["webinar"]) }
            },
        )
    }

    fn is_read(&self, read: &Value) -> bool {
        match (read["kind"].as_str(), read["id"].as_str()) {
            (Some("feedback"), Some(id)) => self.is_of(id),
            (Some(kind), Some(id)) => self.has(kind, id),
            _ => false,
        }
    }

    /// Of `LEARNER/WEBINAR`, `LEARNER/ASSIGNMENT`, `LEARNER/ASSIGNMENT/ATTEMPT` and `LEARNER/COURSE`.
    fn is_of(&self, subject: &str) -> bool {
        let Some(rest) = subject.strip_prefix(&self.learner).and_then(|rest| rest.strip_prefix('/')) else {
            return false;
        };
        let work = rest.rsplit_once('/').map_or(rest, |(work, _)| work);
        rest == self.id || self.has("webinar", rest) || self.has("assignment", rest) || self.has("assignment", work)
    }
}
