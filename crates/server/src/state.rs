//! What every handler can reach.

use crate::{
    auth::{cookie::CookieStyle, passphrase::Passphrases},
    clock::{self, Clock},
    confidential::Confidential,
    db::Db,
    error::Result,
    keys::{KeyRing, Keys},
    web::{address::Network, earlier::Earlier, limit::PerMinute, listen::Limits, origin::Origins},
};
use chrono::{DateTime, Utc};
use std::{path::PathBuf, sync::Arc};
use url::Url;

/// Cheap to clone: the parts are shared.
#[derive(Clone)]
pub struct App {
    pub db: Arc<dyn Db>,
    pub clock: Arc<dyn Clock>,
    pub config: Arc<Config>,
    pub passphrases: Passphrases,
    pub cookie: CookieStyle,
    pub origins: Arc<Origins>,
    pub receipt_calls: Arc<PerMinute>,
    pub calendar_calls: Arc<PerMinute>,
    pub envelope_calls: Arc<PerMinute>,
    pub share_calls: Arc<PerMinute>,
    pub earlier: Arc<Earlier>,
    confidential: Option<Arc<Confidential>>,
    keys: Arc<KeyRing>,
}

pub struct Config {
    pub service_name: String,
    /// Where browsers reach this server.
    pub public_url: Url,
    /// Exact origins, such as `https://app.example.org`, of an app that is served elsewhere.
    pub app_origins: Vec<String>,
    pub staff_key: Option<String>,
    /// Where private requests are taken.
    pub confidential: Option<Arc<Confidential>>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    pub limits: Limits,
    /// The built app.
    pub dist: PathBuf,
    /// Where the app's parts are kept for later versions.
    pub earlier: PathBuf,
}

impl App {
    /// # Errors
    /// The public address is plain http on something else than loopback, or an origin cannot be read.
    pub async fn new(db: Arc<dyn Db>, clock: Arc<dyn Clock>, config: Config) -> anyhow::Result<Self> {
        let origins = Origins::new(&config.public_url, &config.app_origins)?;
        let confidential = config.confidential.clone();
        let keys = Arc::new(KeyRing::new(Keys::load(&*db).await?.with(confidential.clone()), clock.now()));
        Ok(Self {
            db,
            clock,
            passphrases: Passphrases::new().await?,
            cookie: CookieStyle { secure: config.public_url.scheme() == "https" },
            origins: Arc::new(origins),
            receipt_calls: Arc::new(PerMinute::new(60)),
            calendar_calls: Arc::new(PerMinute::new(60)),
            envelope_calls: Arc::new(PerMinute::new(120)),
            share_calls: Arc::new(PerMinute::new(60)),
            earlier: Arc::new(Earlier::new(config.earlier.clone())),
            confidential,
            keys,
            config: Arc::new(config),
        })
    }

    /// The server's keys, at most a minute old: another process may make a new one.
    ///
    /// # Errors
    /// As the database says.
    pub async fn keys(&self) -> Result<Arc<Keys>> {
        match self.keys.recent(self.now()) {
            Some(keys) => Ok(keys),
            None => self.fresh_keys().await,
        }
    }

    /// The server's keys as they are now in the database.
    ///
    /// # Errors
    /// As the database says.
    pub async fn fresh_keys(&self) -> Result<Arc<Keys>> {
        Ok(self.keys.put(Keys::load(&*self.db).await?.with(self.confidential.clone()), self.now()))
    }

    /// The time, to the millisecond.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        clock::milliseconds(self.clock.now())
    }
}
