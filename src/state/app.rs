//! The signals that pages read, and the few things beside them that never change while the app runs.

use super::{agenda::Declared, draft::Draft, pace::Situation, records, unfinished::Unfinished};
use crate::{
    browser::clock,
    data::{
        api::Api,
        cache::Cache,
        config::Config,
        outbox::{Item, Seal, Way},
        vault::Key,
    },
    route::Route,
    signal::{RwSignal, StoredValue},
    text::{self, Text, format::Dates},
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    auth::{Device, Who},
    course::Role,
    delta::Records,
    ids::{AssignmentId, ChangeId},
    json::from_json,
    receipt::Receipt,
};

/// The app's context. It is `Copy`: every field is a handle.
#[derive(Clone, Copy)]
pub struct App {
    fixed: StoredValue<Fixed>,
    pub text: &'static Text,
    pub route: RwSignal<Route>,
    pub account: RwSignal<Account>,
    pub records: RwSignal<Records>,
    /// Up to where `records` are known. It stays beside them: another tab of this browser has its own of both.
    pub cursor: StoredValue<Option<String>>,
    /// Which signing in this tab belongs to: the text in `prefs::SIGNED_IN` then. With another text there, the cookie is no longer
    /// this learner's.
    pub sitting: StoredValue<Option<String>>,
    /// The key to what is kept of whoever is signed in. Nowhere else on a shared computer.
    pub key: StoredValue<Option<Key>>,
    /// The server has been asked for newer keys since the page was opened.
    pub refreshed: StoredValue<bool>,
    /// Everything signed on this device that has not arrived, of every learner; of others only that it is there.
    pub outbox: RwSignal<Vec<Item>>,
    /// How many changes are being sent, those of them that have arrived meanwhile included; 0 while none is.
    pub sending: RwSignal<usize>,
    /// How many changes of this browser the server has never seen, that are no longer here either: they are lost.
    pub gaps: RwSignal<usize>,
    /// The browser has cleared what the portal kept on this device.
    pub evicted: RwSignal<bool>,
    /// Nobody has touched this shared computer for nine minutes: in one more it locks, unless they stay.
    pub idle_warning: RwSignal<bool>,
    pub drafts: RwSignal<Vec<Unfinished>>,
    pub link: RwSignal<Link>,
    /// The server's clock minus the device's at their last contact, in milliseconds.
    pub clock_offset_ms: RwSignal<Option<i64>>,
    /// Now by the server's clock as far as it is known; moves every half minute.
    pub now: RwSignal<DateTime<Utc>>,
    pub less_data: RwSignal<bool>,
    /// The app opens without a network from now on.
    pub offline_ready: RwSignal<bool>,
    /// The part of the program that has the pages which few open.
    pub late: RwSignal<Part>,
    /// A new version has been loaded and waits to be let in.
    pub update: RwSignal<bool>,
    /// What a screen reader is to say next, politely.
    pub say: RwSignal<String>,
    /// A declaration is being signed: a second press does nothing.
    pub signing: RwSignal<bool>,
    /// The page shows a form with faults.
    pub faulty: RwSignal<bool>,
    /// When somebody last touched the page, by the device's clock.
    pub touched: RwSignal<DateTime<Utc>>,
}

struct Fixed {
    config: Config,
    api: Api,
    cache: Cache,
    dates: Dates,
}

/// The safeguarding lead; an empty name where nobody is named.
pub struct Lead {
    pub name: String,
    pub telephone: Option<String>,
    pub email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    Nobody,
    /// Somebody signed out just now, on purpose.
    Left,
    /// The page has locked: nobody touched it, or its learner pressed 'Lock'.
    Locked,
    In(Who),
    /// The server ended the session; what was written is kept until they are back. The reference is there on their own device
    /// alone; the name and the keys are not.
    Ended(Who),
}

/// A part of the program that comes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Away,
    Coming,
    Here,
    /// It was asked for and did not come.
    Missing,
}

/// How it stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Unknown,
    Checking,
    /// Since when what is shown is up to date.
    UpToDate(DateTime<Utc>),
    /// Not reached; when it was last.
    Unreachable(Option<DateTime<Utc>>),
}

/// Nobody has touched the page for this long: it asks for nothing more by itself, and a session on a shared computer ends.
const UNTOUCHED: Duration = Duration::minutes(8);

/// From then on what waits here is in danger: WebKit, for one, clears a site that was not visited for a week.
const UNSENT_FOR_LONG: Duration = Duration::days(3);

impl App {
    #[must_use]
    pub fn new(config: Config, cache: Cache, route: Route) -> Self {
        let text = &text::ENGLISH;
        let dates = Dates::new(&config.time_zone);
        let api = Api::new(&config.api);
        let now = clock::now();
        Self {
            fixed: StoredValue::new(Fixed { config, api, cache, dates }),
            text,
            route: RwSignal::new(route),
            account: RwSignal::new(Account::Nobody),
            records: RwSignal::default(),
            cursor: StoredValue::default(),
            sitting: StoredValue::default(),
            key: StoredValue::default(),
            refreshed: StoredValue::new(false),
            outbox: RwSignal::default(),
            sending: RwSignal::new(0),
            gaps: RwSignal::new(0),
            evicted: RwSignal::new(false),
            idle_warning: RwSignal::new(false),
            drafts: RwSignal::default(),
            link: RwSignal::new(Link::Unknown),
            clock_offset_ms: RwSignal::new(None),
            now: RwSignal::new(now),
            less_data: RwSignal::new(false),
            offline_ready: RwSignal::new(true),
            late: RwSignal::new(Part::Away),
            update: RwSignal::new(false),
            say: RwSignal::default(),
            signing: RwSignal::new(false),
            faulty: RwSignal::new(false),
            touched: RwSignal::new(now),
        }
    }

    #[must_use]
    pub fn config(&self) -> Config {
        self.fixed.with_value(|f| f.config.clone())
    }

    #[must_use]
    pub fn api(&self) -> Api {
        self.fixed.with_value(|f| f.api.clone())
    }

    #[must_use]
    pub fn cache(&self) -> Cache {
        self.fixed.with_value(|f| f.cache.clone())
    }

    #[must_use]
    pub fn dates(&self) -> Dates {
        self.fixed.with_value(|f| f.dates.clone())
    }

    /// Who is signed in.
    #[must_use]
    pub fn who(&self) -> Option<Who> {
        self.account.with(|a| match a {
            Account::In(who) => Some(who.clone()),
            _ => None,
        })
    }

    /// Whom to tell about a worry: as the provider's records say, or before they have come, as the configuration does.
    #[must_use]
    pub fn safeguarding_lead(&self) -> Lead {
        let known = self.records.with(|r| r.contacts.iter().find(|c| c.role == Role::SafeguardingLead).cloned());
        match known {
            Some(c) => Lead { name: c.name, telephone: c.telephone, email: c.email },
            None => {
                let c = self.config().safeguarding;
                Lead { name: c.name.unwrap_or_default(), telephone: c.telephone, email: c.email }
            }
        }
    }

    /// Sets the clock by the server's.
    pub fn server_time_is(&self, server: DateTime<Utc>) {
        let offset = (server - clock::now()).num_milliseconds();
        self.clock_offset_ms.set(Some(offset));
        self.tick();
    }

    /// Moves `now` on.
    pub fn tick(&self) {
        let offset = self.clock_offset_ms.get_untracked().unwrap_or(0);
        self.now.set(clock::now() + Duration::milliseconds(offset));
    }

    /// With what a change of whoever is signed in is sealed; nothing where the server has no key, or nothing could be kept of it.
    #[must_use]
    pub fn seal(&self) -> Option<Seal> {
        let who = self.account.with_untracked(|a| match a {
            Account::In(who) => Some(who.clone()),
            _ => None,
        })?;
        self.key.get_value()?;
        Some(Seal { public: who.sealing?, token: who.upload_token?, inflates: who.inflates })
    }

    /// The changes that have a receipt here.
    #[must_use]
    pub fn received(&self) -> Vec<ChangeId> {
        self.records.with_untracked(|r| r.receipts.iter().map(|receipt| receipt.change.clone()).collect())
    }

    /// This learner's own items that have no receipt yet, among them those that have arrived ([`Way::Arrived`]).
    #[must_use]
    pub fn unsent(&self) -> Vec<Item> {
        let Some(who) = self.who() else { return Vec::new() };
        // A withdrawal has no receipt of its own: it shows on the declaration's.
        let of = |receipt: &Receipt, item: &Item| {
            receipt.change == item.id
                || receipt.withdrawn_at.is_some() && item.withdraws.as_ref() == Some(&receipt.change)
        };
        let received = |item: &Item| self.records.with(|r| r.receipts.iter().any(|receipt| of(receipt, item)));
        let waits = |item: &&Item| item.learner.as_ref() == Some(&who.learner) && !received(item);
        self.outbox.with(|items| items.iter().filter(waits).cloned().collect())
    }

    /// How many of this learner's items have waited on this device for so long that the browser might clear them away first.
    #[must_use]
    pub fn unsent_for_long(&self) -> usize {
        let long_ago = clock::now() - UNSENT_FOR_LONG;
        self.unsent().iter().filter(|item| item.way != Way::Arrived && item.kept_at < long_ago).count()
    }

    /// While changes are sent: how many have gone, of how many.
    #[must_use]
    pub fn sent_of(&self) -> Option<(usize, usize)> {
        let all = self.sending.get();
        let waits = |i: &&Item| i.way == Way::Sealed && i.attention.is_none();
        let left = self.outbox.with(|items| items.iter().filter(waits).count());
        (all > 0).then(|| (all.saturating_sub(left), all))
    }

    /// The work of this learner that is declared but has no receipt.
    #[must_use]
    pub fn unsent_work(&self) -> Vec<(AssignmentId, u32)> {
        let declares = |item: Item| item.declares().then_some((item.work.assignment, item.work.attempt));
        self.unsent().into_iter().filter_map(declares).collect()
    }

    /// How many items wait on this device that are not this learner's.
    #[must_use]
    pub fn unsent_of_others(&self) -> usize {
        let me = self.who().map(|w| w.learner);
        let other = |i: &&Item| i.way != Way::Arrived && (i.learner.is_none() || i.learner != me);
        self.outbox.with(|items| items.iter().filter(other).count())
    }

    /// Reads the records together with what is declared and has not arrived.
    pub fn with_declared<T>(&self, read: impl FnOnce(&Declared) -> T) -> T {
        let unsent: Vec<_> = self.unsent_work().into_iter().map(|(id, _)| id).collect();
        self.records.with(|records| read(&Declared { records, unsent: &unsent }))
    }

    /// Whether this work needs no declaration now.
    #[must_use]
    pub fn is_declared(&self, id: &AssignmentId) -> bool {
        self.with_declared(|declared| declared.covers(id))
    }

    /// The number of the next attempt at this work.
    #[must_use]
    pub fn next_attempt(&self, id: &AssignmentId) -> u32 {
        let received = self.records.with(|r| records::receipts_of(r, id));
        let unsent = self.unsent_work();
        super::signing::next_attempt(
            received.iter().map(|r| r.attempt),
            unsent.iter().filter(|(work, _)| work == id).map(|(_, attempt)| *attempt),
        )
    }

    /// The draft of an assignment, read whole: for late pages.
    #[must_use]
    pub fn draft(&self, id: &AssignmentId) -> Option<Draft> {
        self.drafts.with(|drafts| {
            let draft = drafts.iter().find(|d| d.assignment == *id)?;
            from_json(&draft.text).ok()
        })
    }

    /// How many declarations have been begun and not signed.
    #[must_use]
    pub fn unfinished(&self) -> usize {
        self.drafts.with(|drafts| drafts.iter().filter(|d| d.is_touched).count())
    }

    /// What decides when to talk to the server next.
    #[must_use]
    pub fn situation(&self, failures: u32) -> Situation {
        let me = self.account.with_untracked(|a| match a {
            Account::In(who) => Some(who.clone()),
            _ => None,
        });
        let unsent = self.outbox.with_untracked(|items| {
            let goes = |i: &&Item| match i.way {
                Way::Sealed => i.attention.is_none(),
                Way::Plain => i.attention.is_none() && i.learner.as_ref() == me.as_ref().map(|w| &w.learner),
                Way::Arrived | Way::None => false,
            };
            items.iter().filter(goes).count()
        });
        // A shared computer's session must be able to run out.
        let untouched =
            me.is_some_and(|w| w.device == Device::Shared) && clock::now() - self.touched.get_untracked() > UNTOUCHED;
        Situation {
            failures,
            unsent,
            less_data: self.less_data.get_untracked(),
            idle: untouched || !crate::browser::online::is_shown(),
        }
    }
}
