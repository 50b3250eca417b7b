//! Some hundred schedules on one server and one database, which may be killed under them.

use crate::{
    book::{Book, Finding, Kind},
    check::{Claims, Moment, Snapshot, check},
    dice::Dice,
    fault::Rare,
    http::{self, Way},
    plan::{Abilities, Plan, learners},
    schedule::{self, World},
    server::Server,
    store::{Database, seed},
    tally::Tally,
};
use anyhow::{Context, Result};
use contract::{json::from_json, meta::Meta};
use std::{collections::BTreeSet, net::Ipv4Addr, ops::Range, path::Path, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};

pub struct Group<'a> {
    pub binary: &'a Path,
    /// Where this group may write.
    pub folder: &'a Path,
    pub database: Database,
    pub seed: u64,
    pub schedules: Range<u64>,
    /// How many of them run at once.
    pub at_once: usize,
    pub rare: Rare,
    pub patience: Duration,
    pub tally: Arc<Tally>,
}

/// The learner whose passphrase all others get.
const MODEL: &str = "MODEL";

impl Group<'_> {
    /// Runs all of it and checks the database.
    ///
    /// # Errors
    /// The bench itself could not go on.
    pub async fn run(&self) -> Result<(Vec<Finding>, Vec<Book>)> {
        let server = Arc::new(Server::new(self.binary, self.database.clone(), self.folder)?);
        server.must(&["learner", "add", MODEL, "--name", "Amira Khan"]).await?;
        server.must(&["learner", "example", MODEL]).await?;
        let mut store = self.database.connect().await?;
        let all: Vec<String> = self.schedules.clone().flat_map(|number| learners(self.seed, number)).collect();
        seed(&mut store, &all, MODEL).await?;
        store.close().await?;
        server.start().await?;
        let can = abilities(server.port).await?;
        let books: Vec<Book> = self.schedules.clone().map(Book::of).collect();
        let world = World {
            seed: self.seed,
            rare: self.rare,
            patience: self.patience,
            server: server.clone(),
            tally: self.tally.clone(),
        };

        let mut findings = Vec::new();
        let schedules = self.all(&world, &books, can);
        tokio::select! {
            done = schedules => done?,
            failed = keep_up(self, &server, &books, &mut findings) => failed?,
        }
        if server.ended_by_itself() {
            findings.push(whole(Kind::Failed, "the server ended by itself".into()));
        }
        server.kill();
        server.gone().await;
        findings.extend(examine(self, &server, &books, Moment::End).await?);
        findings.extend(gaps(&server, &books).await?);
        findings.extend(server.complaints().into_iter().take(5).map(|line| whole(Kind::Failed, line)));
        for book in &books {
            let mut pages = book.open();
            findings.append(&mut pages.findings);
            self.tally.count(|figures| {
                figures.schedules += 1;
                figures.items += pages.kept.len() as u64;
                figures.refused += pages.refused.len() as u64;
            });
        }
        Ok((findings, books))
    }

    async fn all(&self, world: &World, books: &[Book], can: Abilities) -> Result<()> {
        let turns = Arc::new(Semaphore::new(self.at_once));
        let mut running = JoinSet::new();
        for (number, book) in self.schedules.clone().zip(books) {
            let (world, book, turns) = (world.clone(), book.clone(), turns.clone());
            let mut plan = Plan::thrown(self.seed, number, can);
            if self.rare.kills > 0 {
                // While the server is away, requests go by that meet no fault.
                plan.storm *= 2;
            }
            running.spawn(async move {
                let _turn = turns.acquire().await?;
                schedule::run(&world, plan, book).await
            });
        }
        while let Some(done) = running.join_next().await {
            done.context("a schedule failed")??;
        }
        Ok(())
    }
}

/// Starts the server again each time it is killed, and looks at what it left, before or after. Never returns but with an error.
async fn keep_up(group: &Group<'_>, server: &Server, books: &[Book], findings: &mut Vec<Finding>) -> Result<()> {
    loop {
        server.down.notified().await;
        server.gone().await;
        let mut dice = Dice::new(&[group.seed, group.schedules.start, 5, server.kills() as u64]);
        let first = dice.chance(500);
        if !first {
            // The server itself has to cope with what was left.
            server.start().await?;
        }
        findings.extend(examine(group, server, books, Moment::Midway).await?);
        if first {
            server.start().await?;
        }
    }
}

/// The file, the evidence by the server's own command, and every row against what was signed.
async fn examine(group: &Group<'_>, server: &Server, books: &[Book], moment: Moment) -> Result<Vec<Finding>> {
    group.tally.count(|figures| figures.checks += 1);
    let claims = Claims::of(books, moment);
    let mut store = group.database.connect().await?;
    let mut findings: Vec<_> = store.integrity().await?.into_iter().map(|said| whole(Kind::Broken, said)).collect();
    findings.extend(check(&claims, &Snapshot::read(&mut store).await?, moment));
    store.close().await?;
    let verified = server.run(&["verify-log"]).await?;
    if !verified.status.success() {
        findings.push(whole(Kind::Broken, format!("verify-log: {}", String::from_utf8_lossy(&verified.stderr))));
    }
    Ok(findings)
}

/// Every number of every client has arrived, and the server's own list says so.
async fn gaps(server: &Server, books: &[Book]) -> Result<Vec<Finding>> {
    let listed = server.must(&["gaps"]).await?;
    let clients: BTreeSet<String> = books
        .iter()
        .flat_map(|book| book.open().signed.values().map(|s| s.client.clone()).collect::<Vec<_>>())
        .collect();
    let ours = |line: &&str| clients.iter().any(|client| line.contains(client.as_str()));
    Ok(listed.lines().filter(ours).map(|line| whole(Kind::Failed, format!("gaps: {line}"))).collect())
}

fn whole(kind: Kind, detail: String) -> Finding {
    Finding { schedule: None, kind, detail }
}

async fn abilities(port: u16) -> Result<Abilities> {
    let way = Way { from: Ipv4Addr::LOCALHOST, port };
    let raw = format!("GET /api/v1/meta HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    let answer = http::exchange(way, raw.as_bytes()).await?;
    let meta: Meta = from_json(&String::from_utf8(answer.body)?).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let has = |name: &str| meta.capabilities.iter().any(|capability| capability == name);
    Ok(Abilities { envelopes: has("envelopes"), withdrawals: has("withdrawals") })
}
