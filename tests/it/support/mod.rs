//! A server of its own for each test: a free port, an empty database, a clock that the test moves.

pub mod asking;
pub mod batch;
pub mod database;
pub mod declaration;
pub mod ended;
pub mod seal;

use chrono::{DateTime, Duration, Utc};
use database::Database;
use portal_server::{
    auth::passphrase::Passphrases,
    clock::Clock,
    commands::serve::serve,
    confidential::Confidential,
    db::{
        Db,
        copy::{self, Part},
    },
    state::{App, Config},
    web::listen::Limits,
};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use sqlx::AnyPool;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};

pub const PASSPHRASE: &str = "plain-river-stone";

pub struct Portal {
    pub url: String,
    pub db: Arc<dyn Db>,
    pub database: Database,
    pub clock: Arc<Hands>,
    pub dir: TempDir,
    pub passphrases: Passphrases,
    pub confidential: Option<Arc<Confidential>>,
    // The server ends when this is dropped.
    _stop: watch::Sender<bool>,
}

impl Portal {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = TempDir::new().unwrap();
        let database = Database::new(dir.path()).await;
        Self::start_on(database, dir, change).await
    }

    /// A server on a database that may have others.
    pub async fn start_on(database: Database, dir: TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut config = Config {
            service_name: "Test portal".into(),
            public_url: url.parse().unwrap(),
            app_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
            staff_key: None,
            confidential: None,
            dist: dir.path().join("dist"),
            earlier: dir.path().join("earlier"),
        };
        change(&mut config);
        let confidential = config.confidential.clone();
        let db = database.open().await;
        let clock = Arc::new(Hands(Mutex::new(at("2026-11-23T12:00:00Z"))));
        let app = App::new(db.clone(), clock.clone(), config).await.unwrap();
        let passphrases = app.passphrases.clone();
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(serve(listener, app, stopped));
        Self { url, db, database, clock, dir, passphrases, confidential, _stop: stop }
    }

    /// The server ends, and another begins on its database at the same moment.
    pub async fn restart(self) -> Self {
        let Self { db, database, clock, dir, _stop, .. } = self;
        drop(_stop);
        db.close().await;
        let next = Self::start_on(database, dir, |_| {}).await;
        next.clock.set(clock.now());
        next
    }

    pub async fn import(&self, batch: import::Batch) {
        self.db.import(&batch, self.clock.now(), false).await.unwrap();
    }

    /// A learner on the course `weld`, with the test's passphrase.
    pub async fn learner(&self, id: &str) {
        self.import(batch::learner_on(id, "weld")).await;
        self.set_passphrase(id).await;
    }

    pub async fn set_passphrase(&self, id: &str) {
        let hash = self.passphrases.hash(PASSPHRASE.into()).await.unwrap();
        assert_eq!(self.db.set_example(&id.into(), &hash).await.unwrap(), portal_server::db::Written::Yes);
    }

    /// Signs a learner in on a device of their own and gives the browser that is.
    pub async fn sign_in(&self, id: &str) -> Client {
        let browser = browser();
        let answer = self.post(&browser, "/api/v1/session", &credentials(id, "own")).await;
        assert_eq!(answer.status(), 200);
        browser
    }

    pub async fn get(&self, browser: &Client, path: &str) -> Response {
        browser.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    pub async fn post(&self, browser: &Client, path: &str, body: &Value) -> Response {
        browser.post(format!("{}{path}", self.url)).json(body).send().await.unwrap()
    }

    /// What changed since a cursor, or everything.
    pub async fn sync(&self, browser: &Client, cursor: Option<&str>) -> Value {
        let query = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let answer = self.get(browser, &format!("/api/v1/sync{query}")).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Every value in every row, as text.
    pub async fn everything(&self) -> Vec<String> {
        let (sender, mut receiver) = mpsc::channel(4);
        let take = async {
            let mut all = Vec::new();
            while let Some(Part::Rows { rows, .. }) = receiver.recv().await {
                all.extend(rows.into_iter().flatten().map(|value| match value {
                    copy::Value::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                    other => format!("{other:?}"),
                }));
            }
            all
        };
        let (sent, all) = tokio::join!(self.db.dump(sender), take);
        sent.unwrap();
        all
    }

    /// A look at the rows, past the server.
    pub async fn rows(&self) -> AnyPool {
        self.database.rows().await
    }
}

/// A browser that keeps cookies.
pub fn browser() -> Client {
    Client::builder().cookie_store(true).build().unwrap()
}

pub fn credentials(id: &str, device: &str) -> Value {
    json!({ "learner": id, "passphrase": PASSPHRASE, "device": device })
}

pub fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

/// The answer is a problem of this status, served as such, that says what to do.
pub async fn problem(answer: Response, status: u16, kind: &str) -> Value {
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["type"], format!("/problems/{kind}"));
    assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
    problem
}

/// The JSON pointers of a problem's fields.
pub fn pointers(problem: &Value) -> Vec<&str> {
    problem["fields"].as_array().unwrap().iter().map(|field| field["pointer"].as_str().unwrap()).collect()
}

/// A clock whose hands the test moves.
pub struct Hands(Mutex<DateTime<Utc>>);

impl Hands {
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }

    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap() = to;
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
