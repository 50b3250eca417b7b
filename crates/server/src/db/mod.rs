//! What the server keeps, behind one trait: in SQLite or in PostgreSQL. `sql` has the queries, once for both.

pub mod copy;
mod error;
mod news;
mod postgres;
mod sqlite;
pub(crate) mod text;
mod types;

pub use postgres::{Postgres, PostgresOptions};
pub use sqlite::{Sqlite, SqliteOptions, file};
pub use types::*;

use crate::{auth::tries::Tries, evidence::Head, keys::Keys};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    auth::Device,
    change::{Ack, Change},
    check::Question,
    ids::{CourseId, LearnerId, WebinarId},
    receipt::ReceiptCheck,
    share::Share,
};
use std::{collections::BTreeMap, sync::Arc};

/// Every method is one transaction: it happens wholly or not at all.
#[async_trait]
pub trait Db: Send + Sync + 'static {
    /// Answers a trivial question, to show that it can.
    async fn ready(&self) -> Result<()>;

    /// Adds a learner, or says that the reference is taken.
    async fn add_learner(&self, id: &LearnerId, name: &str) -> Result<Written>;
    /// By reference; its case does not count where only one learner fits.
    async fn learner(&self, reference: &str) -> Result<Option<Account>>;
    /// Replaces the learner's first-use code.
    async fn set_code(&self, id: &LearnerId, code_sha256: &str, expires: DateTime<Utc>) -> Result<Written>;
    /// Uses up a code that is right and in date: sets the passphrase and ends the learner's sessions.
    async fn take_code(&self, id: &LearnerId, code_sha256: &str, hash: &str, now: DateTime<Utc>) -> Result<Written>;
    /// Gives a passphrase that is public, and remembers that.
    async fn set_example(&self, id: &LearnerId, hash: &str) -> Result<Written>;
    async fn has_examples(&self) -> Result<bool>;

    /// Counts a try to sign in before it is made, or counts nothing and says that it comes too soon.
    async fn count_try(&self, tries: &Tries, now: DateTime<Utc>) -> Result<Written>;
    /// Takes back what a try that succeeded was counted as, and remembers from where it came.
    async fn forgive_tries(&self, tries: &Tries, now: DateTime<Utc>) -> Result<()>;
    async fn open_session(
        &self,
        token_sha256: &str,
        learner: &LearnerId,
        device: Device,
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// A session that nobody ended, however old.
    async fn session(&self, token_sha256: &str) -> Result<Option<SessionRow>>;
    async fn touch_session(&self, token_sha256: &str, now: DateTime<Utc>) -> Result<()>;
    async fn end_session(&self, token_sha256: &str, now: DateTime<Utc>) -> Result<()>;
    /// Ends all sessions of a learner; says how many.
    async fn end_sessions(&self, learner: &LearnerId, now: DateTime<Utc>) -> Result<u64>;

    /// What the learner sees that is newer than the cursor; everything where there is none or it is not ours.
    async fn sync(&self, learner: &LearnerId, cursor: Option<&str>) -> Result<News>;

    /// What was answered to a change that is kept, with the hash of its bytes and its learner.
    async fn answered(&self, change_id: &str) -> Result<Option<Answered>>;
    /// Judges a change by what is here and, if it stands, keeps it with its evidence and its signed receipt.
    async fn keep(
        &self,
        learner: &LearnerId,
        change: &Change,
        bytes: &[u8],
        now: DateTime<Utc>,
        keys: &Keys,
    ) -> Result<Ack>;
    /// Remembers that a change came and was not kept.
    async fn note(&self, arrival: &Arrival<'_>) -> Result<()>;
    /// The client's numbers below this one that never arrived: the first [`MISSING_MAX`].
    async fn missing(&self, client: &str, below: u64) -> Result<Vec<u64>>;
    /// All clients with such numbers.
    async fn gaps(&self) -> Result<Vec<Gap>>;
    /// Puts an assessor's confirmation beside a declaration, with its evidence.
    async fn countersign(
        &self,
        code: &str,
        assessor: &str,
        statements: &[String],
        now: DateTime<Utc>,
    ) -> Result<Countersigning>;
    async fn receipt(&self, code: &str) -> Result<Option<ReceiptCheck>>;
    /// All declarations, oldest first.
    async fn declarations(&self) -> Result<Vec<Kept>>;
    /// Checks every link of the evidence and the bytes it speaks of, and that the chain still has this link.
    async fn verify(&self, against: Option<&Head>) -> Result<Verdict>;

    /// The server's keys, the newest first.
    async fn keys(&self) -> Result<Vec<KeyRow>>;
    async fn add_key(&self, key: &KeyRow) -> Result<()>;
    /// Adds a key if there is none of its kind.
    async fn add_first_key(&self, key: &KeyRow) -> Result<()>;
    /// Since when upload tokens count for a learner; nothing if there is no such learner.
    async fn uploads_from(&self, learner: &LearnerId) -> Result<Option<DateTime<Utc>>>;
    /// Upload tokens given before now no longer count.
    async fn revoke_uploads(&self, learner: &LearnerId, now: DateTime<Utc>) -> Result<Written>;

    /// A request, if there is one of this id. With `access` that it was read is logged, before it is given.
    async fn request(&self, id: &str, access: Option<&Access>) -> Result<Option<RequestRow>>;
    /// Without what is sealed in them.
    async fn requests(&self, listing: &Listing) -> Result<Vec<RequestRow>>;
    /// How many of the private kinds wait; `today` in London.
    async fn waiting(&self, today: NaiveDate) -> Result<Vec<Waiting>>;
    /// Adds a step of staff's to a request, with all that follows from it.
    async fn answer(&self, request: &str, step: StaffStep, keys: &Keys) -> Result<Answering>;

    /// Puts these questions in the place of those that a session has, with the entry that says who did.
    async fn set_check(&self, entry: &Entry, webinar: &WebinarId, questions: &[Question]) -> Result<Setting>;
    /// A session's questions with what came of them, if there is such a session.
    async fn check(&self, webinar: &str) -> Result<Option<Checked>>;
    /// What learners say of one session, or of all; nothing if there is no such session.
    async fn ratings(&self, webinar: Option<&str>) -> Result<Option<Vec<Rated>>>;

    /// Keeps what staff enter about an attempt at some work: that it was handed in, or feedback on it.
    async fn enter_work(&self, entry: WorkEntry) -> Result<WorkEntered>;
    /// All attempts whose feedback is promised or given, by learner.
    async fn feedback_times(&self) -> Result<Vec<FeedbackRow>>;
    /// Who has read which policy and page of guidance, and who has not, by learner.
    async fn acknowledgements(&self) -> Result<Vec<Acknowledgement>>;
    async fn setting(&self, name: &str) -> Result<Option<String>>;
    async fn set(&self, name: &str, value: &str) -> Result<()>;

    /// Puts down what staff enter about a learner at a session, and tells the learner.
    async fn enter_attendance(&self, entered: &Entered) -> Result<Entering>;
    /// Every learner at every session of theirs that has begun, or of which something is known.
    async fn attendance(&self, now: DateTime<Utc>) -> Result<Vec<AttendanceRow>>;
    /// Adds a page of a learner's, with the hash of its secret, or says that they have as many open as they may.
    async fn add_share(&self, learner: &LearnerId, share: &Share, secret_sha256: &str) -> Result<Written>;
    /// All pages of a learner's, the newest first.
    async fn shares(&self, learner: &LearnerId) -> Result<Vec<Share>>;
    /// Withdraws a page, or says that the learner has none of this id.
    async fn withdraw_share(&self, learner: &LearnerId, id: &str, now: DateTime<Utc>) -> Result<Written>;
    /// The page of a secret with what it may show, if it is shared now; counts that it was opened.
    async fn open_share(&self, secret_sha256: &str, now: DateTime<Utc>) -> Result<Option<Opening>>;

    /// Adds someone to the staff, or says that the id is taken.
    async fn add_staff(&self, staff: &StaffRow, key_sha256: &str) -> Result<Written>;
    /// All who are or were on the staff.
    async fn staff(&self) -> Result<Vec<StaffRow>>;
    /// Whose key it is, if it is not revoked.
    async fn staff_by_key(&self, key_sha256: &str) -> Result<Option<StaffRow>>;
    async fn revoke_staff(&self, id: &str, now: DateTime<Utc>) -> Result<Written>;
    /// Adds a line to the access log.
    async fn note_access(&self, access: &Access) -> Result<()>;
    /// The access log, oldest first.
    async fn accesses(&self) -> Result<Vec<Access>>;

    /// Gives a learner's calendar a secret, in the place of the one that it had.
    async fn make_calendar(&self, learner: &LearnerId, secret_sha256: &str, now: DateTime<Utc>) -> Result<()>;
    /// Since when a learner's calendar has its secret.
    async fn calendar_since(&self, learner: &LearnerId) -> Result<Option<DateTime<Utc>>>;
    /// The secret opens nothing any more.
    async fn end_calendar(&self, learner: &LearnerId) -> Result<()>;
    /// The work and the sessions of whose calendar it is; nothing where it is nobody's.
    async fn calendar(&self, secret_sha256: &str) -> Result<Option<Vec<Occasion>>>;

    /// All that is kept of a learner, if there is such a one.
    async fn mine(&self, learner: &LearnerId) -> Result<Option<Mine>>;
    /// For how many years after the certificate each awarding body wants things kept.
    async fn retention_rules(&self) -> Result<BTreeMap<String, u32>>;
    /// Every certificate, and what is kept because of it; `today` in London.
    async fn certified(&self, today: NaiveDate) -> Result<Vec<Certified>>;

    /// Erases what is kept because of these certificates, where each is due on the London day of `now`: all in one transaction. With `dry_run`
    /// only says what would go.
    async fn erase(
        &self,
        learner: &LearnerId,
        courses: &[CourseId],
        now: DateTime<Utc>,
        dry_run: bool,
    ) -> Result<Vec<Erasing>>;
    /// Rewrites what the database keeps its rows in, so that nothing of erased ones is left there. Others wait meanwhile.
    async fn scrub(&self) -> Result<Traces>;

    /// What a file may refer to.
    async fn known(&self) -> Result<::import::Known>;
    /// Writes a batch; with `dry_run` only says what it would do. What calendar events no longer have is removed, if it is not over at
    /// `now`.
    async fn import(&self, batch: &import::Batch, now: DateTime<Utc>, dry_run: bool) -> Result<Imported>;

    /// Sends every row, as all are at one moment. Ends early if nobody takes them any more.
    async fn dump(&self, to: copy::Sender) -> Result<()>;
    /// Takes every row, wholly or not at all. Not into a database that has learners or changes, unless they are to be replaced.
    async fn load(&self, from: copy::Receiver, purpose: copy::Purpose) -> Result<Written>;

    /// Lets go of the files.
    async fn close(&self);
}

pub type Result<T> = std::result::Result<T, DbError>;

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Busy, full, not reachable: later it may work.
    #[error("the database cannot answer now: {0}")]
    Unavailable(#[source] sqlx::Error),
    #[error("the database failed: {0}")]
    Failed(#[source] sqlx::Error),
    /// What is stored cannot be read as what it should be.
    #[error("the database holds what it should not: {0}")]
    Corrupt(String),
}

/// Opens the database that the address names and brings its schema up to date.
///
/// # Errors
/// The scheme is not one we have, or the database cannot be opened.
pub async fn open(url: &str) -> anyhow::Result<Arc<dyn Db>> {
    match url.split(':').next() {
        Some("sqlite") => Ok(Arc::new(Sqlite::open(url, SqliteOptions::default()).await?)),
        Some("postgres" | "postgresql") => Ok(Arc::new(Postgres::open(url, PostgresOptions::default()).await?)),
        scheme => anyhow::bail!(
            "DATABASE_URL begins with `{}:`, which this server does not speak. Give it as `sqlite:PATH` or \
             `postgres://USER:PASSWORD@HOST/NAME`.",
            scheme.unwrap_or_default()
        ),
    }
}
