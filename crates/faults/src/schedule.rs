//! One schedule from its first signature until everything has arrived.

use crate::{
    book::{Book, Kind},
    device::Device,
    fault::Rare,
    http,
    plan::{DevicePlan, Event, Plan},
    proxy::{Line, way},
    repeats,
    seal::Keys,
    server::Server,
    signing::{Draft, sign},
    store::token,
    tab,
    tally::Tally,
};
use anyhow::{Context, Result};
use contract::{auth::Who, json::from_json};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    task::{JoinSet, yield_now},
    time::{sleep, timeout},
};

/// What all schedules of a group share.
#[derive(Clone)]
pub struct World {
    pub seed: u64,
    pub rare: Rare,
    /// How long a client waits for an answer.
    pub patience: Duration,
    pub server: Arc<Server>,
    pub tally: Arc<Tally>,
}

/// Far more than any takes; who is not done by then will never be.
const LONGEST: Duration = Duration::from_secs(180);

/// Runs it. What went wrong stands in the book.
///
/// # Errors
/// The bench itself failed.
pub async fn run(world: &World, plan: Plan, book: Book) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("a port for the network")?;
    let proxy = listener.local_addr()?.port();
    let line = Line::new(world.seed, &plan, world.rare, world.server.clone(), book.clone(), world.tally.clone());
    let mut parts = JoinSet::new();
    parts.spawn(Arc::new(line).run(listener));
    let mut devices = Vec::new();
    for part in plan.devices {
        let mut device =
            Device::new(book.clone(), world.tally.clone(), world.patience, proxy, way(plan.number, world.server.port));
        device.skew = part.skew;
        device.by_passphrase = part.by_passphrase;
        device.one_tab = part.tabs == 1;
        if part.sealed {
            for learner in &part.learners {
                let keys = keys(&device, learner).await.with_context(|| format!("{learner} gets no keys"))?;
                device.keys.insert(learner.clone(), keys);
            }
        }
        devices.push((Arc::new(device), part));
    }
    let Some(any) = devices.first().map(|(device, _)| device.clone()) else { return Ok(()) };
    let mut lives = JoinSet::new();
    for (device, part) in devices {
        lives.spawn(live(device, part));
    }
    let all = async {
        while let Some(life) = lives.join_next().await {
            if let Err(error) = life {
                book.find(Kind::Failed, format!("a client failed: {error}"));
            }
        }
        repeats::run(&any, &plan.learners).await;
    };
    if timeout(LONGEST, all).await.is_err() {
        book.find(Kind::Stuck, format!("not everything had arrived {} s later", LONGEST.as_secs()));
    }
    Ok(())
}

/// What a learner's app seals with, as it got it before the storm.
async fn keys(device: &Device, learner: &str) -> Result<Keys> {
    let raw = device.request("GET", "session", Some(&token(learner, 0)), None);
    let ask = async {
        loop {
            if let Ok(answer) = http::exchange(device.server, &raw).await
                && answer.status() == 200
            {
                return answer;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let answer = timeout(LONGEST, ask).await.context("no answer")?;
    let who: Who = from_json(&String::from_utf8(answer.body)?).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Keys::of(who).context("the server says that it takes envelopes, and gives no keys")
}

/// The tabs of a browser. Dropped, they are killed wherever they are.
struct Browser(JoinSet<()>);

impl Browser {
    fn open(device: &Arc<Device>, tabs: usize) -> Self {
        Self((0..tabs).map(|_| tab::run(device.clone())).collect())
    }
}

async fn live(device: Arc<Device>, plan: DevicePlan) {
    device.tally.count(|figures| figures.clients += 1);
    let mut browser = Browser::open(&device, plan.tabs);
    if let Some(first) = plan.learners.first() {
        device.sign_in(first).await;
    }
    for event in plan.events {
        match event {
            Event::Signs(draft) => sign(&device, &draft).await,
            Event::SignsTwice(one, other) => {
                tokio::join!(sign(&device, &one), sign(&device, &other));
            }
            Event::KilledSigning(draft, steps) => {
                killed_signing(&device, draft, steps).await;
                reopen(&device, &mut browser, plan.tabs, 0).await;
            }
            Event::Killed(down) => reopen(&device, &mut browser, plan.tabs, down).await,
            Event::SessionEnds => {
                if let Some(sitting) = device.sitting()
                    && device.end_session(&sitting).await.is_ok()
                {
                    device.tally.count(|figures| figures.session_ends += 1);
                }
            }
            Event::Sits(learner) => device.sign_in(&learner).await,
            Event::Pauses(wait) => sleep(Duration::from_millis(wait)).await,
        }
    }
    for learner in &plan.learners {
        if device.sitting().is_none_or(|sitting| sitting.learner != *learner) {
            device.sign_in(learner).await;
        }
        loop {
            device.disk.emptied(|item| item.is_sent_by(Some(learner))).await;
            // Refused while nobody sat there, or another: the learner sends it again.
            if !device.disk.waiting().await.iter().any(|item| item.learner == *learner && item.needs_its_learner()) {
                break;
            }
            sleep(Duration::from_millis(30)).await;
            device.disk.retry_those_that_need_their_learner().await;
            device.kick();
        }
    }
}

async fn reopen(device: &Arc<Device>, browser: &mut Browser, tabs: usize, down: u64) {
    browser.0.shutdown().await;
    device.tally.count(|figures| figures.client_kills += 1);
    sleep(Duration::from_millis(down)).await;
    *browser = Browser::open(device, tabs);
}

/// The browser is gone in the middle of it: the change is kept or it is not.
async fn killed_signing(device: &Arc<Device>, draft: Draft, steps: usize) {
    let hand = {
        let device = device.clone();
        tokio::spawn(async move { sign(&device, &draft).await })
    };
    for _ in 0..steps {
        yield_now().await;
    }
    hand.abort();
    // Whether it was aborted or had ended is what is left to chance.
    let _ = hand.await;
}
