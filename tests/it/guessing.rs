//! Guessing at passphrases and codes: slow whatever is tried, the same answer whatever is wrong, and nobody is locked out.

use crate::{
    sign_in::{new_code, with_code},
    support::{Portal, at, batch, browser, credentials, database::Database, problem},
};
use chrono::{DateTime, Duration, Utc};
use portal_server::{
    auth::tries::{Proof, Tries},
    db::{Db, Written},
};
use reqwest::Client;
use serde_json::{Value, json};
use std::{net::IpAddr, sync::Arc};
use tempfile::TempDir;

const SIGN_IN: &str = "/api/v1/session";
const SCHOOL: &str = "192.0.2.1";

#[tokio::test(flavor = "multi_thread")]
async fn wrong_unknown_and_not_yet_set_get_the_same_bytes_and_headers_after_the_same_work() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    portal.import(batch::learner_on("L1002", "weld")).await;
    let mut answers = Vec::new();
    for attempt in [
        json!({ "learner": "L1001", "passphrase": "not the passphrase" }),
        json!({ "learner": "L9999", "passphrase": "plain-river-stone" }),
        json!({ "learner": "L1002", "passphrase": "plain-river-stone" }),
        json!({ "learner": "", "passphrase": "plain-river-stone" }),
        json!({ "learner": "L1001", "code": "AAAA-AAAA-AAAA", "new_passphrase": "a new passphrase" }),
        json!({ "learner": "L1002", "code": "", "new_passphrase": "a new passphrase" }),
        json!({ "learner": "L9999", "code": "AAAA-AAAA-AAAA", "new_passphrase": "a new passphrase" }),
    ] {
        let before = portal.passphrases.made();
        let answer = portal.post(&browser(), SIGN_IN, &attempt).await;
        assert_eq!(portal.passphrases.made() - before, 1, "one hash for {attempt}");
        let mut headers = answer.headers().clone();
        headers.remove("date");
        answers.push((answer.status(), format!("{headers:?}"), answer.bytes().await.unwrap()));
    }
    assert_eq!(answers[0].0, 401);
    assert!(!answers[0].1.contains("set-cookie"));
    for answer in &answers {
        assert_eq!(*answer, answers[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_there_is_not_told_by_when_tries_are_too_many_either() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    for reference in ["L1001", "L9999"] {
        let wrong = json!({ "learner": reference, "passphrase": "not the passphrase" });
        let mut refused_at = 0;
        while portal.post(&browser(), SIGN_IN, &wrong).await.status() == 401 {
            refused_at += 1;
        }
        assert_eq!(refused_at, 10, "{reference}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_gets_slow_also_in_parallel_and_across_a_restart_and_the_learner_still_gets_in() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    portal.learner("L1002").await;
    let wrong = json!({ "learner": "l1001", "passphrase": "not the passphrase" });
    let tries: Vec<_> =
        (0..40).map(|_| tokio::spawn(browser().post(format!("{}{SIGN_IN}", portal.url)).json(&wrong).send())).collect();
    let mut checked = 0;
    for one in tries {
        checked += usize::from(one.await.unwrap().unwrap().status() == 401);
    }
    assert_eq!(checked, 10);
    let portal = portal.restart().await;
    let right = credentials("L1001", "own");
    let early = portal.post(&browser(), SIGN_IN, &right).await;
    assert!(early.headers().contains_key("retry-after"));
    problem(early, 429, "too-many").await;
    assert_eq!(portal.post(&browser(), SIGN_IN, &credentials("L1002", "own")).await.status(), 200);
    portal.clock.advance(Duration::minutes(1));
    assert_eq!(portal.post(&browser(), SIGN_IN, &right).await.status(), 200);
    // The right one forgets the wrong ones.
    assert_eq!(portal.post(&browser(), SIGN_IN, &wrong).await.status(), 401);
    assert_eq!(portal.post(&browser(), SIGN_IN, &right).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_whose_passphrase_is_guessed_at_gets_in_with_a_code_at_once() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    let wrong = json!({ "learner": "L1001", "passphrase": "not the passphrase" });
    while portal.post(&browser(), SIGN_IN, &wrong).await.status() == 401 {}
    let form = json!({ "learner": "L1001", "code": code, "new_passphrase": "three small words" });
    assert_eq!(portal.post(&browser(), SIGN_IN, &form).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_guessed_at_as_slowly_as_passphrases() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    let guess = json!({ "learner": "L1001", "code": "AAAA-AAAA-AAAA", "new_passphrase": "three small words" });
    for _ in 0..10 {
        problem(portal.post(&browser(), SIGN_IN, &guess).await, 401, "wrong-sign-in").await;
    }
    let right = json!({ "learner": "L1001", "code": code, "new_passphrase": "three small words" });
    problem(portal.post(&browser(), SIGN_IN, &right).await, 429, "too-many").await;
    portal.clock.advance(Duration::minutes(1));
    assert_eq!(portal.post(&browser(), SIGN_IN, &right).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_use_one_code_at_the_same_moment_one_gets_in() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    let tries: Vec<_> = (0..10)
        .map(|n| {
            let form = json!({ "learner": "L1001", "code": code, "new_passphrase": format!("passphrase number {n}") });
            tokio::spawn(Client::new().post(format!("{}{SIGN_IN}", portal.url)).json(&form).send())
        })
        .collect();
    let mut winners = Vec::new();
    for (n, one) in tries.into_iter().enumerate() {
        if one.await.unwrap().unwrap().status() == 200 {
            winners.push(n);
        }
    }
    assert_eq!(winners.len(), 1);
    let form = json!({ "learner": "L1001", "passphrase": format!("passphrase number {}", winners[0]) });
    assert_eq!(portal.post(&browser(), SIGN_IN, &form).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_ends_the_one_before() {
    let portal = Portal::start().await;
    let first = with_code(&portal).await;
    new_code(&portal).await;
    let form = json!({ "learner": "L1001", "code": first, "new_passphrase": "three small words" });
    problem(portal.post(&browser(), SIGN_IN, &form).await, 401, "wrong-sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_every_session_of_that_learner_alone() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    portal.learner("L1002").await;
    let [here, there] = [portal.sign_in("L1001").await, portal.sign_in("L1001").await];
    let other = portal.sign_in("L1002").await;
    let out = here.delete(format!("{}/api/v1/sessions", portal.url)).send().await.unwrap();
    assert_eq!(out.status(), 204);
    assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    for ended in [&here, &there] {
        problem(portal.get(ended, SIGN_IN).await, 401, "not-signed-in").await;
    }
    assert_eq!(portal.get(&other, SIGN_IN).await.json::<Value>().await.unwrap()["learner"], "L1002");
    assert_eq!(portal.post(&browser(), SIGN_IN, &credentials("L1001", "own")).await.status(), 200);
}

/// The counters alone, in a file that is opened again and again.
struct Counters {
    _dir: TempDir,
    database: Database,
    db: Arc<dyn Db>,
    now: DateTime<Utc>,
}

impl Counters {
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let database = Database::new(dir.path()).await;
        let db = database.open().await;
        Self { _dir: dir, database, db, now: at("2026-11-23T12:00:00Z") }
    }

    async fn restart(&mut self) {
        self.db.close().await;
        self.db = self.database.open().await;
    }

    /// Whether a try may be made.
    async fn passes(&self, reference: &str, address: &str) -> bool {
        self.db.count_try(&tries(reference, address), self.now).await.unwrap() == Written::Yes
    }

    async fn succeeded(&self, reference: &str, address: &str) {
        self.db.forgive_tries(&tries(reference, address), self.now).await.unwrap();
    }

    /// Guesses once a second, with a restart each thousand; how many may be made.
    async fn guess(&mut self, guesses: usize, who: impl Fn(usize) -> (String, String)) -> usize {
        let mut passed = 0;
        for n in 0..guesses {
            if n % 1000 == 999 {
                self.restart().await;
            }
            let (reference, address) = who(n);
            passed += usize::from(self.passes(&reference, &address).await);
            self.now += Duration::seconds(1);
        }
        passed
    }

    async fn rows(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM tries").fetch_one(&self.database.rows().await).await.unwrap()
    }
}

fn tries(reference: &str, address: &str) -> Tries {
    Tries::new(Proof::Passphrase, reference, address.parse().unwrap())
}

fn address(n: usize) -> String {
    IpAddr::from([10, 0, (n >> 8) as u8, n as u8]).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_guesses_from_one_address_ten_and_one_a_minute_are_made_whatever_restarts() {
    let passed = Counters::new().await.guess(10_000, |_| ("L1001".into(), SCHOOL.into())).await;
    assert!((10 + 10_000 / 60..=11 + 10_000 / 60).contains(&passed), "{passed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_guesses_from_a_thousand_addresses_are_no_faster_than_one_a_minute_after_fifty() {
    let passed = Counters::new().await.guess(10_000, |n| ("L1001".into(), address(n % 1000))).await;
    assert!((50 + 10_000 / 60..=51 + 10_000 / 60).contains(&passed), "{passed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_guesses_at_as_many_accounts_from_one_address_are_no_faster_than_one_in_three_seconds() {
    let passed = Counters::new().await.guess(10_000, |n| (format!("L{n}"), SCHOOL.into())).await;
    assert!((240 + 10_000 / 3..=241 + 10_000 / 3).contains(&passed), "{passed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_classroom_of_forty_behind_one_address_gets_in_though_each_mistypes_five_times() {
    let mut counters = Counters::new().await;
    for lesson in 0..3 {
        for learner in 0..40 {
            let reference = format!("L{learner}");
            for time in 0..6 {
                assert!(counters.passes(&reference, SCHOOL).await, "{reference}, try {time} of lesson {lesson}");
            }
            counters.succeeded(&reference, SCHOOL).await;
        }
        counters.now += Duration::minutes(11);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_get_in_at_once_use_nothing_of_what_their_address_may_do() {
    let counters = Counters::new().await;
    for learner in 0..2000 {
        let reference = format!("L{learner}");
        assert!(counters.passes(&reference, SCHOOL).await, "{reference}");
        counters.succeeded(&reference, SCHOOL).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_is_not_kept_out_by_those_who_guess_elsewhere() {
    let mut counters = Counters::new().await;
    assert!(counters.passes("L1001", SCHOOL).await);
    counters.succeeded("L1001", SCHOOL).await;
    counters.guess(1000, |n| ("L1001".into(), address(n))).await;
    assert!(!counters.passes("L1001", "203.0.113.1").await, "the account is slow for strangers");
    assert!(counters.passes("L1001", SCHOOL).await, "and not where its learner has signed in before");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_is_forgotten_in_an_hour_so_that_rows_do_not_gather() {
    let mut counters = Counters::new().await;
    for n in 0..2000 {
        assert!(counters.passes(&format!("nobody {n}"), &address(n)).await);
    }
    assert_eq!(counters.rows().await, 6000);
    counters.now += Duration::hours(1);
    assert!(counters.passes("L1001", SCHOOL).await);
    assert_eq!(counters.rows().await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_a_year_ahead_for_a_moment_locks_nobody_out() {
    let mut counters = Counters::new().await;
    let now = counters.now;
    counters.now += Duration::days(365);
    while counters.passes("L1001", SCHOOL).await {}
    counters.now = now;
    assert!(counters.passes("L1001", SCHOOL).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_stranger_claims_does_not_count_and_one_that_a_trusted_proxy_says_does() {
    for (trusted, expected) in [(None, 10), (Some("127.0.0.0/8"), 20)] {
        let portal = Portal::start_with(|config| {
            config.trusted_proxies = trusted.map(|network| network.parse().unwrap()).into_iter().collect();
        })
        .await;
        let mut checked = 0;
        for n in 0..20 {
            let form = json!({ "learner": "L1001", "passphrase": "not the passphrase" });
            let request = browser().post(format!("{}{SIGN_IN}", portal.url)).json(&form);
            let answer = request.header("x-forwarded-for", format!("203.0.113.{n}")).send().await.unwrap();
            checked += usize::from(answer.status() == 401);
        }
        assert_eq!(checked, expected, "{trusted:?}");
        // The limits of other calls go by the same address.
        let looked_up = |n: u8| {
            let request = browser().get(format!("{}/api/v1/receipts/nonsense", portal.url));
            request.header("x-forwarded-for", format!("203.0.113.{n}")).send()
        };
        for _ in 0..60 {
            assert_eq!(looked_up(1).await.unwrap().status(), 404);
        }
        let other = looked_up(2).await.unwrap().status();
        assert_eq!(other.as_u16(), if trusted.is_some() { 404 } else { 429 });
        assert_eq!(looked_up(1).await.unwrap().status(), 429);
    }
}
