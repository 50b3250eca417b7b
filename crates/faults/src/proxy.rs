//! The network of one schedule: a listener on this machine that does to each request what its dice say.

use crate::{
    book::Book,
    dice::Dice,
    fault::{Fault, Rare},
    forge,
    http::{self, Message, Way},
    plan::Plan,
    server::Server,
    tally::Tally,
};
use std::{
    io::{self, ErrorKind},
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinSet, yield_now},
    time::{sleep, timeout},
};

/// How long a request is held back for another to overtake it.
const HELD: Duration = Duration::from_millis(80);
/// Nothing holds a connection for longer.
const LONGEST: Duration = Duration::from_secs(30);

/// What one schedule's network knows.
pub struct Line {
    pub seed: u64,
    pub schedule: u64,
    /// Requests after so many go through untouched, so that everything can arrive.
    pub storm: u64,
    pub rare: Rare,
    /// To the server.
    way: Way,
    pub server: Arc<Server>,
    pub book: Book,
    pub tally: Arc<Tally>,
    number: AtomicU64,
    passed: watch::Sender<u64>,
}

impl Line {
    #[must_use]
    pub fn new(seed: u64, plan: &Plan, rare: Rare, server: Arc<Server>, book: Book, tally: Arc<Tally>) -> Self {
        let (number, passed) = (AtomicU64::new(0), watch::Sender::new(0));
        let way = way(plan.number, server.port);
        Self { seed, schedule: plan.number, storm: plan.storm, rare, way, server, book, tally, number, passed }
    }

    /// Takes connections until it is dropped.
    pub async fn run(self: Arc<Self>, listener: TcpListener) {
        let mut open = JoinSet::new();
        loop {
            while open.try_join_next().is_some() {}
            let Ok((client, _)) = listener.accept().await else { continue };
            let line = self.clone();
            open.spawn(async move {
                // A connection that breaks is what this is for.
                let _ = timeout(LONGEST, line.take(client)).await;
            });
        }
    }

    fn fault(&self) -> Fault {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        if number >= self.storm {
            return Fault::Clear;
        }
        Fault::thrown(&mut Dice::new(&[self.seed, self.schedule, 1, number]), self.rare)
    }

    async fn take(&self, mut client: TcpStream) -> io::Result<()> {
        let fault = self.fault();
        self.tally.request(fault);
        if fault == Fault::Refused {
            return client.set_zero_linger();
        }
        let request = http::read_request(&mut client).await?;
        let passed = *self.passed.borrow();
        let answer = self.through(fault, &request, &mut client, passed).await;
        self.passed.send_modify(|passed| *passed += 1);
        let Some(answer) = answer? else { return Ok(()) };
        client.write_all(&answer).await?;
        client.shutdown().await?;
        if let Fault::DoubledLate(after) = fault {
            sleep(Duration::from_millis(after)).await;
            let _ = self.ask(&request.raw).await;
        }
        Ok(())
    }

    /// What the client gets; nothing where it gets nothing more.
    async fn through(
        &self,
        fault: Fault,
        request: &Message,
        client: &mut TcpStream,
        passed: u64,
    ) -> io::Result<Option<Vec<u8>>> {
        let raw = &request.raw;
        let answer = match fault {
            Fault::Refused | Fault::ClosedBefore => return Ok(None),
            Fault::RequestCut(part) => {
                let mut server = http::connect(self.way).await?;
                server.write_all(&raw[..raw.len() * part / 1_000]).await?;
                return Ok(None);
            }
            Fault::Reset(after) => {
                let mut server = http::connect(self.way).await?;
                server.write_all(raw).await?;
                exactly(after).await;
                server.set_zero_linger()?;
                client.set_zero_linger()?;
                return Ok(None);
            }
            Fault::ServerKilled(after) => {
                let mut server = http::connect(self.way).await?;
                server.write_all(raw).await?;
                exactly(after).await;
                if self.server.kill() {
                    self.tally.killed();
                }
                return Ok(self.listen(&mut server).await.ok().map(|answer| answer.raw));
            }
            Fault::HalfClosed => {
                let mut server = http::connect(self.way).await?;
                server.write_all(raw).await?;
                server.shutdown().await?;
                self.listen(&mut server).await?
            }
            Fault::BlackHole => {
                gone(client).await;
                return Ok(None);
            }
            Fault::Answered(forged) => return Ok(Some(forge::answer(forged, request))),
            Fault::DoubledAtOnce => {
                let (first, second) = tokio::join!(self.ask(raw), self.ask(raw));
                second.or(first)?
            }
            Fault::DoubledInTurn => {
                self.ask(raw).await?;
                self.ask(raw).await?
            }
            Fault::Overtaken => {
                let _ = timeout(HELD, self.passed.subscribe().wait_for(|now| *now > passed)).await;
                self.ask(raw).await?
            }
            Fault::SlowRequest(wait) => {
                sleep(Duration::from_millis(wait)).await;
                self.ask(raw).await?
            }
            Fault::Reformatted => self.ask(&forge::reformatted(request)).await?,
            _ => self.ask(raw).await?,
        };
        Ok(match fault {
            Fault::AnswerLost => None,
            Fault::AnswerCut(part) => Some(answer.raw[..answer.raw.len() * part / 1_000].to_vec()),
            Fault::ChunksCut => Some(forge::chunks_cut(&answer)),
            Fault::Reformatted => Some(forge::reformatted(&answer)),
            Fault::SlowAnswer(wait) => {
                sleep(Duration::from_millis(wait)).await;
                Some(answer.raw)
            }
            Fault::AnswerStalled => {
                gone(client).await;
                None
            }
            _ => Some(answer.raw),
        })
    }

    async fn ask(&self, raw: &[u8]) -> io::Result<Message> {
        let mut server = http::connect(self.way).await?;
        server.write_all(raw).await?;
        self.listen(&mut server).await
    }

    /// The server's answer, which the book hears wherever it goes from here.
    async fn listen(&self, server: &mut TcpStream) -> io::Result<Message> {
        let answer = http::read_answer(server).await?;
        if answer.status() == 200 {
            self.book.heard(&answer.body);
        }
        self.tally.answered(answer.status());
        if answer.status() == 0 { Err(ErrorKind::InvalidData.into()) } else { Ok(answer) }
    }
}

/// Each schedule has an address of its own, as the server counts some calls by address.
#[must_use]
pub fn way(schedule: u64, port: u16) -> Way {
    let [.., a, b, c] = schedule.to_be_bytes();
    Way { from: Ipv4Addr::new(127, 1 + a % 64, b, c), port }
}

/// Until the other side has closed.
async fn gone(client: &mut TcpStream) {
    while matches!(client.read(&mut [0; 64]).await, Ok(1..)) {}
}

/// Timers count milliseconds; a commit takes less.
async fn exactly(microseconds: u64) {
    let end = Instant::now() + Duration::from_micros(microseconds);
    while Instant::now() < end {
        yield_now().await;
    }
}

#[cfg(test)]
mod tests {
    use crate::fault::Forged;
    use crate::{forge, http::Message};

    #[test]
    fn no_forged_answer_has_a_change_accepted_by_its_own_fingerprint() {
        let body = br#"[{"id":"a","change":"{}"}]"#.to_vec();
        let request = Message { head: "POST /api/v1/changes HTTP/1.1\r\n\r\n".into(), body, raw: Vec::new() };
        for forged in [Forged::OtherFingerprints, Forged::OtherIds, Forged::BrokenJson, Forged::WrongType] {
            let text = String::from_utf8_lossy(&forge::answer(forged, &request)).into_owned();
            assert!(text.contains("accepted"), "{forged:?}: {text}");
        }
    }
}
