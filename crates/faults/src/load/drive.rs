//! Many connections that ask, each its next question when it has the answer to the last.

use super::{
    calls::{Call, Calls},
    figures::Figures,
};
use crate::{dice::Dice, http};
use anyhow::Result;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet, time::sleep_until};

/// What to ask, for how long.
#[derive(Clone, Debug)]
pub struct Work {
    /// Calls, and how many of a thousand are such.
    pub shares: Vec<(Call, usize)>,
    pub time: Duration,
    pub connections: usize,
    /// Questions a second; as fast as answers come, if there is none.
    pub pace: Option<f64>,
    /// Other numbers ask of other learners.
    pub seed: u64,
}

/// Asks, and says what came of each kind of call. It ends early where there is nothing left to ask.
///
/// # Errors
/// The server takes no connection.
pub async fn drive(calls: &Arc<Calls>, work: &Work) -> Result<BTreeMap<Call, Figures>> {
    let begun = Instant::now();
    let turns = Arc::new(AtomicU64::new(0));
    let mut running = JoinSet::new();
    for number in 0..work.connections {
        let (calls, work, turns) = (calls.clone(), work.clone(), turns.clone());
        running.spawn(async move { connection(&calls, &work, &turns, begun, number as u64).await });
    }
    let mut all: BTreeMap<Call, Figures> = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        for (call, figures) in done?? {
            all.entry(call).or_default().merge(figures);
        }
    }
    Ok(all)
}

async fn connection(
    calls: &Calls,
    work: &Work,
    turns: &AtomicU64,
    begun: Instant,
    number: u64,
) -> Result<BTreeMap<Call, Figures>> {
    let mut dice = Dice::new(&[work.seed, 14, number]);
    let mut stream = http::connect(calls.way()).await?;
    let mut all: BTreeMap<Call, Figures> = BTreeMap::new();
    while begun.elapsed() < work.time {
        let mut call = thrown(&work.shares, &mut dice);
        let mut request = calls.next(call, &mut dice);
        if request.is_none() && work.shares.len() > 1 {
            // All have been back, or all that was sealed is sent.
            call = Call::Unchanged;
            request = calls.next(call, &mut dice);
        }
        let Some(request) = request else { break };
        let asked = match work.pace {
            None => Instant::now(),
            Some(pace) => turn(turns, begun, pace).await,
        };
        let answer = ask(&mut stream, &request).await;
        let micros = u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX);
        let (status, received) = answer.as_ref().map_or((0, 0), |answer| (answer.0, answer.1));
        all.entry(call).or_default().add(micros, status, request.len(), received);
        if answer.is_err() {
            stream = http::connect(calls.way()).await?;
        }
    }
    Ok(all)
}

/// The moment from which the question counts: when its turn was, even where this connection was still busy then. So a server that stops
/// for a second is seen by all who would have asked in it.
async fn turn(turns: &AtomicU64, begun: Instant, pace: f64) -> Instant {
    let due = begun + Duration::from_secs_f64(turns.fetch_add(1, Ordering::Relaxed) as f64 / pace);
    if due <= Instant::now() {
        return due;
    }
    sleep_until(due.into()).await;
    // Timers are a millisecond late, which is not the server's doing.
    Instant::now()
}

/// Status, and bytes on the line.
async fn ask(stream: &mut TcpStream, request: &[u8]) -> std::io::Result<(u16, usize)> {
    stream.write_all(request).await?;
    let answer = http::read_answer(stream).await?;
    Ok((answer.status(), answer.raw.len()))
}

fn thrown(shares: &[(Call, usize)], dice: &mut Dice) -> Call {
    let sum = shares.iter().map(|(_, share)| share).sum();
    let mut at = dice.below(sum);
    for (call, share) in shares {
        if at < *share {
            return *call;
        }
        at -= share;
    }
    Call::Unchanged
}
