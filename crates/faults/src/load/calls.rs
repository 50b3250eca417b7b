//! The calls that an app makes, as bytes on the line.

use super::{
    past::{self, Matter},
    people::{COHORT, LATELY, Made, PAST, People, WORK, YESTERDAY},
};
use crate::{
    book::{Matter as About, Signed, sha256},
    dice::Dice,
    http::{self, Message, Way},
    seal::{self, Keys},
    store::token,
};
use anyhow::{Context, Result, ensure};
use chrono::Utc;
use contract::{
    change::Sent,
    ids::ChangeId,
    json::{from_json, to_json},
};
use std::{
    collections::{HashMap, hash_map::Entry},
    net::Ipv4Addr,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// A sync that brings nothing: others' changes came since.
    Unchanged,
    /// The same again, from a page that stays open: 304.
    Again,
    /// The same, from a learner whom nobody has seen for a minute: their session's use is noted.
    Back,
    /// A sync that brings two changed deadlines a course.
    News,
    /// The first sync on a device: all there is.
    First,
    /// Who is signed in, and the keys of their app.
    Who,
    /// A declaration, sent as it is.
    Declare,
    /// A declaration in an envelope.
    Sealed,
    SignIn,
}

impl Call {
    pub const ALL: [Self; 9] = [
        Self::Unchanged,
        Self::Again,
        Self::Back,
        Self::News,
        Self::First,
        Self::Who,
        Self::Declare,
        Self::Sealed,
        Self::SignIn,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "sync, nothing new",
            Self::Again => "sync, nothing new, 304",
            Self::Back => "sync, back after a while",
            Self::News => "sync, two deadlines new",
            Self::First => "sync, all there is",
            Self::Who => "who is signed in",
            Self::Declare => "declaration",
            Self::Sealed => "declaration, sealed",
            Self::SignIn => "sign-in",
        }
    }
}

/// One learner in so many sends declarations; the others read.
const WRITERS: usize = 5;

/// Makes the calls of one population, no declaration and no first visit twice.
pub struct Calls {
    people: People,
    made: Made,
    pub port: u16,
    declarations: AtomicUsize,
    visits: AtomicUsize,
    envelopes: Mutex<Vec<Vec<u8>>>,
    addresses: AtomicU64,
}

impl Calls {
    #[must_use]
    pub fn new(people: People, made: Made, port: u16) -> Self {
        let (declarations, visits) = Default::default();
        Self { people, made, port, declarations, visits, envelopes: Mutex::default(), addresses: AtomicU64::new(1) }
    }

    /// The next request of a kind. Nothing where there is no more to make it of.
    pub fn next(&self, call: Call, dice: &mut Dice) -> Option<Vec<u8>> {
        let Made { before_news, after_news, epoch, .. } = &self.made;
        let sync = |since: i64| format!("/api/v1/sync?cursor={epoch}.{since}");
        let reader = self.reader(dice);
        Some(match call {
            Call::Unchanged => self.get(&sync(*after_news), reader, LATELY, ""),
            Call::Again => {
                let tag = format!("If-None-Match: \"{epoch}.{after_news}\"\r\n");
                self.get(&sync(*after_news), reader, LATELY, &tag)
            }
            Call::Back => self.get(&sync(*after_news), self.visitor()?, YESTERDAY, ""),
            Call::News => self.get(&sync(*before_news), reader, LATELY, ""),
            Call::First => self.get("/api/v1/sync", reader, LATELY, ""),
            Call::Who => self.get("/api/v1/session", reader, LATELY, ""),
            Call::Declare => self.declaration(),
            Call::Sealed => self.envelopes.lock().unwrap_or_else(PoisonError::into_inner).pop()?,
            Call::SignIn => {
                let learner = self.people.learner(dice.below(self.people.learners));
                let form = format!(r#"{{"learner":"{learner}","passphrase":"plain-river-stone","device":"own"}}"#);
                self.post("/api/v1/session", None, &form)
            }
        })
    }

    /// Seals declarations ahead, as that takes a device's time and not the server's.
    ///
    /// # Errors
    /// The server does not say who is signed in.
    pub async fn seal(&self, count: usize) -> Result<()> {
        let mut stream = http::connect(self.way()).await?;
        let mut keys: HashMap<usize, Keys> = HashMap::new();
        for _ in 0..count {
            let (learner, change) = self.change();
            let keys = match keys.entry(learner) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let answer = ask(&mut stream, &plain(self.get("/api/v1/session", learner, LATELY, ""))).await?;
                    let who = from_json(std::str::from_utf8(&answer.body)?).map_err(|e| anyhow::anyhow!("{e:?}"))?;
                    unknown.insert(Keys::of(who).context("the server opens no envelopes")?)
                }
            };
            let (envelope, _) = seal::envelope(keys, &change).context("the server's key is none")?;
            let request = self.post("/api/v1/envelopes", Some(learner), &format!("[{envelope}]"));
            self.envelopes.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        }
        Ok(())
    }

    /// Asks once for each reading, uncompressed: what is measured must be what it is called.
    ///
    /// # Errors
    /// It is not.
    pub async fn probe(&self) -> Result<()> {
        let mut stream = http::connect(self.way()).await?;
        let mut dice = Dice::new(&[self.people.seed, 13]);
        for (call, status, has, has_not) in [
            (Call::Unchanged, 200, "\"changed\":{}", "\"full\""),
            (Call::Again, 304, "", "changed"),
            (Call::News, 200, "\"changed\":{\"assignments\":[", "\"receipts\""),
            (Call::First, 200, "\"full\":true", "\"removed\""),
            (Call::Who, 200, "\"upload_token\"", "\"status\""),
        ] {
            let request = self.next(call, &mut dice).context("nothing to ask")?;
            let answer = ask(&mut stream, &plain(request)).await?;
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            let fits = answer.status() == status && body.contains(has) && !body.contains(has_not);
            ensure!(fits, "{}: {} {body}", call.name(), answer.head);
        }
        Ok(())
    }

    #[must_use]
    pub fn way(&self) -> Way {
        Way { from: Ipv4Addr::LOCALHOST, port: self.port }
    }

    fn declaration(&self) -> Vec<u8> {
        let (learner, signed) = self.change();
        let sent = Sent { id: ChangeId(signed.id.clone()), change: signed.bytes.to_string() };
        self.post("/api/v1/changes", Some(learner), &to_json(&vec![sent]))
    }

    /// One that nobody has sent: learner after learner, then the next piece of work or the next attempt.
    fn change(&self) -> (usize, Signed) {
        let number = self.declarations.fetch_add(1, Ordering::Relaxed);
        let writers = self.people.learners.div_ceil(WRITERS);
        let (learner, round) = (scattered(number, writers) * WRITERS, number / writers);
        let (course, work) = (learner / COHORT, PAST + round % (WORK - PAST));
        let attempt = 1 + (round / (WORK - PAST)) as u32;
        let seq = (PAST + round + 1) as u64;
        let id = past::uuid(&[self.people.seed, 11, number as u64, self.people.now.timestamp_millis() as u64]);
        let matter = Matter { learner, course, work, attempt, seq };
        let change = past::change(self.people, matter, &id, Utc::now());
        let bytes = to_json(&change);
        let (of, client) = (self.people.learner(learner), change.client.0);
        let what = About::Declaration { assignment: self.people.assignment(course, work), attempt };
        (learner, Signed { id, learner: of, client, seq, sha256: sha256(bytes.as_bytes()), bytes: bytes.into(), what })
    }

    fn reader(&self, dice: &mut Dice) -> usize {
        let learner = dice.below(self.people.learners);
        if learner.is_multiple_of(WRITERS) { (learner + 1) % self.people.learners } else { learner }
    }

    /// Each reader once.
    fn visitor(&self) -> Option<usize> {
        loop {
            let number = self.visits.fetch_add(1, Ordering::Relaxed);
            if number >= self.people.learners {
                return None;
            }
            let learner = scattered(number, self.people.learners);
            if !learner.is_multiple_of(WRITERS) {
                return Some(learner);
            }
        }
    }

    fn get(&self, path: &str, learner: usize, session: usize, more: &str) -> Vec<u8> {
        let cookie = self.cookie(learner, session);
        self.head("GET", path, &format!("{cookie}{more}Cache-Control: no-cache\r\nPragma: no-cache\r\n"), "")
    }

    fn post(&self, path: &str, learner: Option<usize>, body: &str) -> Vec<u8> {
        let cookie = learner.map(|learner| self.cookie(learner, LATELY)).unwrap_or_default();
        // A proxy says from where: the server counts some calls by address, and learners have many.
        let [.., a, b, c] = self.addresses.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let more = format!(
            "{cookie}Content-Type: application/json\r\nContent-Length: {}\r\nX-Forwarded-For: 10.{a}.{b}.{c}\r\n",
            body.len()
        );
        self.head("POST", path, &more, body)
    }

    fn cookie(&self, learner: usize, session: usize) -> String {
        format!("Cookie: portal={}\r\n", token(&self.people.learner(learner), session))
    }

    /// With what an iPhone's browser says.
    fn head(&self, method: &str, path: &str, more: &str, body: &str) -> Vec<u8> {
        let port = self.port;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nSec-Fetch-Site: same-origin\r\n{more}\
             Sec-Fetch-Dest: empty\r\nAccept-Language: en-GB,en;q=0.9\r\nSec-Fetch-Mode: cors\r\nUser-Agent: Mozilla/5.0 \
             (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 \
             Mobile/15E148 Safari/604.1\r\n{ENCODINGS}\r\n{body}"
        )
        .into_bytes()
    }
}

const ENCODINGS: &str = "Accept-Encoding: gzip, deflate, br\r\n";

/// The same request from somebody who reads plain text alone.
fn plain(request: Vec<u8>) -> Vec<u8> {
    String::from_utf8_lossy(&request).replace(ENCODINGS, "").into_bytes()
}

async fn ask(stream: &mut TcpStream, request: &[u8]) -> Result<Message> {
    stream.write_all(request).await?;
    Ok(http::read_answer(stream).await?)
}

/// Each number below `of` once in so many, neighbours far apart.
fn scattered(number: usize, of: usize) -> usize {
    const PRIMES: [usize; 4] = [7_919, 6_997, 5_003, 3_001];
    let step = PRIMES.into_iter().find(|prime| !of.is_multiple_of(*prime)).unwrap_or(1);
    number % of * step % of
}

#[cfg(test)]
mod tests {
    use super::scattered;
    use std::collections::BTreeSet;

    #[test]
    fn scattering_leaves_nobody_out_and_takes_nobody_twice() {
        for of in [1, 2, 20, 1_000, 7_919, 7_919 * 6_997] {
            let some = of.min(20_000);
            let met: BTreeSet<usize> = (0..some).map(|number| scattered(number, of)).collect();
            assert_eq!(met.len(), some, "{of}");
            assert!(met.iter().all(|number| *number < of));
        }
    }
}
