//! How long what is kept stays: from the certificate on, by a rule of each awarding body's. A course's work may be another body's.

use super::{Connection, Store, mine};
use crate::db::{Certified, RETENTION, Result, kept_until, text};
use chrono::NaiveDate;
use contract::{
    course::Course,
    deadline::Assignment,
    ids::{CourseId, LearnerId},
    kept::{Certification, KeptCourse},
    late::kind::CERTIFICATION,
};
use std::collections::{BTreeMap, BTreeSet};

/// The years by awarding body.
pub async fn rules(db: &Store) -> Result<BTreeMap<String, u32>> {
    rules_of(&mut *db.readers.acquire().await?).await
}

async fn rules_of(connection: &mut Connection) -> Result<BTreeMap<String, u32>> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT name, value FROM setting WHERE SUBSTR(name, 1, 10) = $1")
        .bind(RETENTION)
        .fetch_all(connection)
        .await?;
    let rule = |(name, years): (String, String)| Some((name.strip_prefix(RETENTION)?.to_owned(), years.parse().ok()?));
    Ok(rows.into_iter().filter_map(rule).collect())
}

/// The courses that a learner is or was on, or was certified for.
pub async fn of(connection: &mut Connection, learner: &LearnerId) -> Result<Vec<KeptCourse>> {
    let rules = rules_of(&mut *connection).await?;
    let rows: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT k.course, c.body, t.body FROM (
            SELECT course FROM enrolment WHERE learner = $1
            UNION SELECT SUBSTR(id, LENGTH(audience_id) + 2) FROM record
                WHERE kind = $2 AND audience_kind = 'learner' AND audience_id = $1 AND NOT removed
         ) k
         LEFT JOIN record c ON c.kind = 'course' AND c.id = k.course
         LEFT JOIN record t ON t.kind = $2 AND t.id = CAST($1 AS TEXT) || '/' || k.course AND NOT t.removed
         ORDER BY k.course",
    )
    .bind(learner.as_str())
    .bind(CERTIFICATION)
    .fetch_all(&mut *connection)
    .await?;
    let mut all = Vec::new();
    for (id, course, certified) in rows {
        let id = CourseId(id);
        let of_work = bodies_of_work(connection, &id).await?;
        all.push(kept(&rules, id, course, of_work, certified)?);
    }
    Ok(all)
}

/// The awarding bodies of a course's work that is not the course's own body's. Work that was taken away counts: declarations of it are kept.
async fn bodies_of_work(connection: &mut Connection, course: &CourseId) -> Result<BTreeSet<String>> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM record WHERE kind = 'assignment' AND audience_kind = 'course' AND audience_id = $1
            AND body LIKE '%\"awarding_body\"%'",
    )
    .bind(course.as_str())
    .fetch_all(connection)
    .await?;
    let mut of_work = BTreeSet::new();
    for body in bodies {
        of_work.extend(text::parse::<Assignment>(&body)?.awarding_body);
    }
    Ok(of_work)
}

/// The body that decides, and its rule's years: the longest rule's, or one that has no rule yet.
fn deciding(
    rules: &BTreeMap<String, u32>,
    own: Option<String>,
    of_work: BTreeSet<String>,
) -> (Option<String>, Option<u32>) {
    let mut years = own.as_ref().and_then(|body| rules.get(body)).copied();
    let mut deciding = own;
    for body in of_work {
        let Some(most) = years else { break };
        let rule = rules.get(&body).copied();
        if rule.is_none_or(|rule| rule > most) {
            (deciding, years) = (Some(body), rule);
        }
    }
    (deciding, years)
}

fn kept(
    rules: &BTreeMap<String, u32>,
    id: CourseId,
    course: Option<String>,
    of_work: BTreeSet<String>,
    certified: Option<String>,
) -> Result<KeptCourse> {
    let course: Option<Course> = course.as_deref().map(text::parse).transpose()?;
    let certified: Option<Certification> = certified.as_deref().map(text::parse).transpose()?;
    let (title, own) = course.map_or_else(|| (id.0.clone(), None), |course| (course.title, course.awarding_body));
    let (awarding_body, years) = deciding(rules, own, of_work);
    let certified_on = certified.map(|certified| certified.certified_on);
    let until = certified_on.zip(years).and_then(|(day, years)| kept_until(day, years));
    Ok(KeptCourse { course: id, title, awarding_body, certified_on, years, kept_until: until })
}

/// Every certificate with what hangs on it; `today` in London.
pub async fn certified(db: &Store, today: NaiveDate) -> Result<Vec<Certified>> {
    let mut tx = db.long_snapshot().await?;
    let learners: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, name FROM learner WHERE id IN (
            SELECT audience_id FROM record WHERE kind = $1 AND audience_kind = 'learner' AND NOT removed) ORDER BY id",
    )
    .bind(CERTIFICATION)
    .fetch_all(&mut *tx)
    .await?;
    let mut all = Vec::new();
    for (id, learner_name) in learners {
        let learner = LearnerId(id);
        let courses = of(&mut tx, &learner).await?;
        let rows = mine::counts(&mut tx, &learner).await?;
        for course in &courses {
            let Some(certified_on) = course.certified_on else { continue };
            let keeps = |other: &&KeptCourse| {
                other.course != course.course && other.kept_until.is_none_or(|until| until >= today)
            };
            all.push(Certified {
                learner: learner.clone(),
                learner_name: learner_name.clone(),
                course: course.course.clone(),
                awarding_body: course.awarding_body.clone(),
                certified_on,
                years: course.years,
                kept_until: course.kept_until,
                declarations: declarations(&mut tx, &learner, &course.course).await?,
                other_courses: courses.iter().filter(keeps).map(|other| other.course.clone()).collect(),
                rows: rows.clone(),
            });
        }
    }
    Ok(all)
}

async fn declarations(connection: &mut Connection, learner: &LearnerId, course: &CourseId) -> Result<i64> {
    let count = sqlx::query_scalar(
        "SELECT COUNT(*) FROM declaration d
         JOIN record a ON a.kind = 'assignment' AND a.id = d.assignment AND a.audience_kind = 'course'
         WHERE d.learner = $1 AND a.audience_id = $2",
    );
    Ok(count.bind(learner.as_str()).bind(course.as_str()).fetch_one(connection).await?)
}
