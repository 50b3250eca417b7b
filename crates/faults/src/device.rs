//! One computer or telephone: its disk, its cookie, and whoever sits at it.

use crate::{
    book::{Book, Kind},
    disk::Disk,
    http::{self, Message, Way},
    seal::Keys,
    store::{SESSIONS, token},
    tally::Tally,
};
use contract::change::Ack;
use std::{
    collections::HashMap,
    io::{self, ErrorKind},
    net::Ipv4Addr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};

/// The passphrase of every learner, as `portal-server learner example` sets it.
const PASSPHRASE: &str = "plain-river-stone";

pub struct Device {
    pub disk: Disk,
    pub book: Book,
    pub tally: Arc<Tally>,
    /// Until the whole answer must be here: the app's 20 seconds in small.
    patience: Duration,
    /// Seconds that its clock is off.
    pub skew: i64,
    /// Where it sends: the network of its schedule.
    proxy: Way,
    /// The server itself, from where the page came.
    pub server: Way,
    /// Nobody else sends from this disk.
    pub one_tab: bool,
    /// Signs in with the passphrase rather than with a session that stands ready.
    pub by_passphrase: bool,
    pub keys: HashMap<String, Keys>,
    profile: Mutex<Profile>,
    kicked: Notify,
}

/// What the browser keeps beside the disk.
#[derive(Default)]
struct Profile {
    sitting: Option<Sitting>,
    sittings: u64,
    /// How many of a learner's sessions have ended.
    ended: HashMap<String, usize>,
}

/// A learner from signing in until signing out, or until another does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    pub learner: String,
    pub cookie: String,
    number: u64,
}

impl Device {
    #[must_use]
    pub fn new(book: Book, tally: Arc<Tally>, patience: Duration, proxy: u16, server: Way) -> Self {
        Self {
            disk: Disk::new(book.clone()),
            book,
            tally,
            patience,
            skew: 0,
            proxy: Way { from: Ipv4Addr::LOCALHOST, port: proxy },
            server,
            one_tab: true,
            by_passphrase: false,
            keys: HashMap::new(),
            profile: Mutex::default(),
            kicked: Notify::new(),
        }
    }

    #[must_use]
    pub fn sitting(&self) -> Option<Sitting> {
        self.profile().sitting.clone()
    }

    #[must_use]
    pub fn sealing(&self, learner: &str) -> Option<Keys> {
        self.keys.get(learner).cloned()
    }

    /// Signs in, with a session that stands ready or by the passphrase, again and again until it is done.
    pub async fn sign_in(&self, learner: &str) {
        let ready = {
            let profile = self.profile();
            let ended = profile.ended.get(learner).copied().unwrap_or(0);
            (ended + 1 < SESSIONS && !(self.by_passphrase && ended == 0)).then(|| token(learner, ended))
        };
        let cookie = match ready {
            Some(cookie) => cookie,
            None => loop {
                if let Ok(cookie) = self.by_passphrase(learner).await {
                    break cookie;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            },
        };
        {
            let mut profile = self.profile();
            profile.sittings += 1;
            profile.sitting = Some(Sitting { learner: learner.to_owned(), cookie, number: profile.sittings });
        }
        self.disk.retry_those_that_need_their_learner().await;
        self.kick();
    }

    /// The server says that this session is over. Whether it was; another who sits there by now is not touched by it.
    pub fn session_over(&self, sitting: &Sitting) -> bool {
        let mut profile = self.profile();
        let over = profile.sitting.as_ref() == Some(sitting);
        if over {
            *profile.ended.entry(sitting.learner.clone()).or_default() += 1;
            profile.sitting = None;
        }
        over
    }

    /// Ends the session on the server, behind the device's back.
    pub async fn end_session(&self, sitting: &Sitting) -> io::Result<()> {
        let raw = self.request("DELETE", "session", Some(&sitting.cookie), None);
        let answer = timeout(self.patience * 4, http::exchange(self.server, &raw)).await??;
        if answer.status() == 204 { Ok(()) } else { Err(ErrorKind::Other.into()) }
    }

    /// A call of the API through the network, with the cookie that the browser has at this moment.
    ///
    /// # Errors
    /// No whole answer in time.
    pub async fn call(&self, method: &str, path: &str, body: Option<&str>) -> io::Result<Message> {
        let cookie = self.sitting().map(|sitting| sitting.cookie);
        let raw = self.request(method, path, cookie.as_deref(), body);
        timeout(self.patience, http::exchange(self.proxy, &raw)).await?
    }

    /// A request as a browser sends it.
    #[must_use]
    pub fn request(&self, method: &str, path: &str, cookie: Option<&str>, body: Option<&str>) -> Vec<u8> {
        let origin = format!("127.0.0.1:{}", self.server.port);
        let mut raw = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nHost: {origin}\r\nOrigin: http://{origin}\r\nAccept: application/json\r\n\
             Connection: close\r\n"
        );
        if let Some(cookie) = cookie {
            raw.push_str(&format!("Cookie: portal={cookie}\r\n"));
        }
        if let Some(body) = body {
            raw.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        raw.push_str("\r\n");
        raw.push_str(body.unwrap_or_default());
        raw.into_bytes()
    }

    /// The server says which of the client's numbers never arrived. With one sender, in their order, those are what still waits.
    pub async fn told_missing(&self, ack: &Ack) {
        if ack.missing.is_empty() || !self.one_tab {
            return;
        }
        let waiting: Vec<u64> = self.disk.waiting().await.iter().map(|item| item.seq).collect();
        if let Some(wrong) = ack.missing.iter().find(|number| !waiting.contains(*number)) {
            let text =
                format!("the server misses number {wrong} below change {}, which does not wait any more", ack.id);
            self.book.find(Kind::Failed, text);
        }
    }

    /// Something happened: a round starts now.
    pub fn kick(&self) {
        self.kicked.notify_one();
    }

    pub async fn kicked(&self) {
        self.kicked.notified().await;
    }

    async fn by_passphrase(&self, learner: &str) -> io::Result<String> {
        let body = serde_json::json!({ "learner": learner, "passphrase": PASSPHRASE, "device": "own" }).to_string();
        // It takes the server long, on purpose.
        let raw = self.request("POST", "session", None, Some(&body));
        let answer = timeout(self.patience * 10, http::exchange(self.proxy, &raw)).await??;
        if matches!(answer.status(), 401 | 403 | 422) && answer.is("application/problem+json") {
            self.book
                .find(Kind::Failed, format!("{learner} cannot sign in: {}", String::from_utf8_lossy(&answer.body)));
        }
        let cookie = answer.header("set-cookie").and_then(|c| c.strip_prefix("portal=")?.split(';').next());
        let cookie = cookie.filter(|cookie| answer.status() == 200 && !cookie.is_empty());
        self.tally.count(|figures| figures.sign_ins += 1);
        cookie.map(str::to_owned).ok_or_else(|| ErrorKind::Other.into())
    }

    fn profile(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
