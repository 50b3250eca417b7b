//! The trait's methods, in SQL that each of our databases understands: parameters as `$1`, times as `BIGINT`, truth as `TRUE`. This
//! folder is compiled once for each database, whose own module (here `super`) says what is opened how and what its types are.

mod accounts;
mod acts;
mod arrivals;
mod asks;
mod attendance;
mod calendar;
mod changes;
mod checks;
mod copy;
mod countersignatures;
mod declarations;
mod entries;
mod erase;
mod evidence;
mod export;
mod feedback;
mod import;
mod kept;
mod keys;
mod listing;
mod mine;
mod promises;
mod readings;
mod receipts;
mod requests;
mod sessions;
mod shares;
mod staff;
mod study;
mod sync;
mod tries;
mod voice;
mod withdrawals;

use super::{COLUMNS, Connection, Done, Row, Store, before_erasing, lift_protection, scrub};
use crate::{
    auth::tries::Tries,
    db::{
        Access, Account, Acknowledgement, Answered, Answering, Arrival, AttendanceRow, Certified, Checked,
        Countersigning, Db, Entered, Entering, Entry, Erasing, FeedbackRow, Gap, Imported, Kept, KeyRow, Listing, Mine,
        News, Occasion, Opening, Rated, RequestRow, Result, SessionRow, Setting, StaffRow, StaffStep, Traces, Verdict,
        Waiting, WorkEntered, WorkEntry, Written,
        copy::{Purpose, Receiver, Sender},
    },
    evidence::Head,
    keys::Keys,
};
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
use std::collections::BTreeMap;

#[async_trait]
impl Db for Store {
    async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT revision FROM counter").execute(&self.readers).await?;
        Ok(())
    }

    async fn add_learner(&self, id: &LearnerId, name: &str) -> Result<Written> {
        accounts::add(self, id, name).await
    }

    async fn learner(&self, reference: &str) -> Result<Option<Account>> {
        accounts::find(self, reference).await
    }

    async fn set_code(&self, id: &LearnerId, code_sha256: &str, expires: DateTime<Utc>) -> Result<Written> {
        accounts::set_code(self, id, code_sha256, expires).await
    }

    async fn take_code(&self, id: &LearnerId, code_sha256: &str, hash: &str, now: DateTime<Utc>) -> Result<Written> {
        accounts::take_code(self, id, code_sha256, hash, now).await
    }

    async fn set_example(&self, id: &LearnerId, hash: &str) -> Result<Written> {
        accounts::set_example(self, id, hash).await
    }

    async fn has_examples(&self) -> Result<bool> {
        accounts::has_examples(self).await
    }

    async fn count_try(&self, tries: &Tries, now: DateTime<Utc>) -> Result<Written> {
        tries::count(self, tries, now).await
    }

    async fn forgive_tries(&self, tries: &Tries, now: DateTime<Utc>) -> Result<()> {
        tries::forgive(self, tries, now).await
    }

    async fn open_session(&self, token: &str, learner: &LearnerId, device: Device, now: DateTime<Utc>) -> Result<()> {
        sessions::open(self, token, learner, device, now).await
    }

    async fn session(&self, token: &str) -> Result<Option<SessionRow>> {
        sessions::find(self, token).await
    }

    async fn touch_session(&self, token: &str, now: DateTime<Utc>) -> Result<()> {
        sessions::touch(self, token, now).await
    }

    async fn end_session(&self, token: &str, now: DateTime<Utc>) -> Result<()> {
        sessions::end(self, token, now).await
    }

    async fn end_sessions(&self, learner: &LearnerId, now: DateTime<Utc>) -> Result<u64> {
        sessions::end_all(self, learner, now).await
    }

    async fn sync(&self, learner: &LearnerId, cursor: Option<&str>) -> Result<News> {
        sync::delta(self, learner, cursor).await
    }

    async fn answered(&self, change_id: &str) -> Result<Option<Answered>> {
        changes::answered(&mut *self.readers.acquire().await?, change_id).await
    }

    async fn keep(
        &self,
        learner: &LearnerId,
        change: &Change,
        bytes: &[u8],
        now: DateTime<Utc>,
        keys: &Keys,
    ) -> Result<Ack> {
        changes::keep(self, learner, change, bytes, now, keys).await
    }

    async fn note(&self, arrival: &Arrival<'_>) -> Result<()> {
        arrivals::note(self, arrival).await
    }

    async fn missing(&self, client: &str, below: u64) -> Result<Vec<u64>> {
        arrivals::missing(self, client, below).await
    }

    async fn gaps(&self) -> Result<Vec<Gap>> {
        arrivals::gaps(self).await
    }

    async fn countersign(
        &self,
        code: &str,
        assessor: &str,
        statements: &[String],
        now: DateTime<Utc>,
    ) -> Result<Countersigning> {
        countersignatures::keep(self, code, assessor, statements, now).await
    }

    async fn receipt(&self, code: &str) -> Result<Option<ReceiptCheck>> {
        export::receipt(self, code).await
    }

    async fn declarations(&self) -> Result<Vec<Kept>> {
        export::declarations(self).await
    }

    async fn verify(&self, against: Option<&Head>) -> Result<Verdict> {
        evidence::verify(self, against).await
    }

    async fn keys(&self) -> Result<Vec<KeyRow>> {
        keys::all(self).await
    }

    async fn add_key(&self, key: &KeyRow) -> Result<()> {
        keys::add(self, key).await
    }

    async fn add_first_key(&self, key: &KeyRow) -> Result<()> {
        keys::add_first(self, key).await
    }

    async fn uploads_from(&self, learner: &LearnerId) -> Result<Option<DateTime<Utc>>> {
        keys::uploads_from(self, learner).await
    }

    async fn revoke_uploads(&self, learner: &LearnerId, now: DateTime<Utc>) -> Result<Written> {
        keys::revoke_uploads(self, learner, now).await
    }

    async fn request(&self, id: &str, access: Option<&Access>) -> Result<Option<RequestRow>> {
        requests::one(self, id, access).await
    }

    async fn requests(&self, listing: &Listing) -> Result<Vec<RequestRow>> {
        listing::list(self, listing).await
    }

    async fn waiting(&self, today: NaiveDate) -> Result<Vec<Waiting>> {
        listing::waiting(self, today).await
    }

    async fn answer(&self, request: &str, step: StaffStep, keys: &Keys) -> Result<Answering> {
        requests::answer(self, request, step, keys).await
    }

    async fn set_check(&self, entry: &Entry, webinar: &WebinarId, questions: &[Question]) -> Result<Setting> {
        checks::set(self, entry, webinar, questions).await
    }

    async fn check(&self, webinar: &str) -> Result<Option<Checked>> {
        checks::show(self, webinar).await
    }

    async fn ratings(&self, webinar: Option<&str>) -> Result<Option<Vec<Rated>>> {
        voice::ratings(self, webinar).await
    }

    async fn enter_work(&self, entry: WorkEntry) -> Result<WorkEntered> {
        feedback::enter(self, entry).await
    }

    async fn feedback_times(&self) -> Result<Vec<FeedbackRow>> {
        feedback::times(self).await
    }

    async fn acknowledgements(&self) -> Result<Vec<Acknowledgement>> {
        readings::all(self).await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>> {
        listing::setting(self, name).await
    }

    async fn set(&self, name: &str, value: &str) -> Result<()> {
        listing::set(self, name, value).await
    }

    async fn enter_attendance(&self, entered: &Entered) -> Result<Entering> {
        attendance::enter(self, entered).await
    }

    async fn attendance(&self, now: DateTime<Utc>) -> Result<Vec<AttendanceRow>> {
        attendance::all(self, now).await
    }

    async fn add_share(&self, learner: &LearnerId, share: &Share, secret_sha256: &str) -> Result<Written> {
        shares::add(self, learner, share, secret_sha256).await
    }

    async fn shares(&self, learner: &LearnerId) -> Result<Vec<Share>> {
        shares::all(self, learner).await
    }

    async fn withdraw_share(&self, learner: &LearnerId, id: &str, now: DateTime<Utc>) -> Result<Written> {
        shares::withdraw(self, learner, id, now).await
    }

    async fn open_share(&self, secret_sha256: &str, now: DateTime<Utc>) -> Result<Option<Opening>> {
        shares::open(self, secret_sha256, now).await
    }

    async fn add_staff(&self, staff: &StaffRow, key_sha256: &str) -> Result<Written> {
        staff::add(self, staff, key_sha256).await
    }

    async fn staff(&self) -> Result<Vec<StaffRow>> {
        staff::all(self).await
    }

    async fn staff_by_key(&self, key_sha256: &str) -> Result<Option<StaffRow>> {
        staff::by_key(self, key_sha256).await
    }

    async fn revoke_staff(&self, id: &str, now: DateTime<Utc>) -> Result<Written> {
        staff::revoke(self, id, now).await
    }

    async fn note_access(&self, access: &Access) -> Result<()> {
        staff::note(self, access).await
    }

    async fn accesses(&self) -> Result<Vec<Access>> {
        staff::accesses(self).await
    }

    async fn make_calendar(&self, learner: &LearnerId, secret_sha256: &str, now: DateTime<Utc>) -> Result<()> {
        calendar::make(self, learner, secret_sha256, now).await
    }

    async fn calendar_since(&self, learner: &LearnerId) -> Result<Option<DateTime<Utc>>> {
        calendar::since(self, learner).await
    }

    async fn end_calendar(&self, learner: &LearnerId) -> Result<()> {
        calendar::end(self, learner).await
    }

    async fn calendar(&self, secret_sha256: &str) -> Result<Option<Vec<Occasion>>> {
        calendar::of(self, secret_sha256).await
    }

    async fn mine(&self, learner: &LearnerId) -> Result<Option<Mine>> {
        mine::all(self, learner).await
    }

    async fn retention_rules(&self) -> Result<BTreeMap<String, u32>> {
        kept::rules(self).await
    }

    async fn certified(&self, today: NaiveDate) -> Result<Vec<Certified>> {
        kept::certified(self, today).await
    }

    async fn erase(
        &self,
        learner: &LearnerId,
        courses: &[CourseId],
        now: DateTime<Utc>,
        dry_run: bool,
    ) -> Result<Vec<Erasing>> {
        erase::due(self, learner, courses, now, dry_run).await
    }

    async fn scrub(&self) -> Result<Traces> {
        scrub(self).await
    }

    async fn known(&self) -> Result<::import::Known> {
        import::known(self).await
    }

    async fn import(&self, batch: &::import::Batch, now: DateTime<Utc>, dry_run: bool) -> Result<Imported> {
        import::write(self, batch, now, dry_run).await
    }

    async fn dump(&self, to: Sender) -> Result<()> {
        copy::dump(self, to).await
    }

    async fn load(&self, from: Receiver, purpose: Purpose) -> Result<Written> {
        copy::load(self, from, purpose).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
    }
}
