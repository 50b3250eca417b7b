//! The run-time configuration, `config.json` beside the page; `public/config.schema.json` explains it to who writes it.

use crate::browser::{
    fetch::{self, Request},
    intl, settings,
};
use contract::json::{self, Json};

const ADDRESS: &str = "./config.json";
/// Milliseconds without a byte.
const PATIENCE: u32 = 8_000;
/// Nothing can begin without it, so it is asked for more than once.
const TRIES: u32 = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the API is, without a slash at the end; empty: where the app came from.
    pub api: String,
    /// The service's name.
    pub service: String,
    /// The time zone in which every date is shown, such as `Europe/London`.
    pub time_zone: String,
    pub provider: Provider,
    pub safeguarding: Safeguarding,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    pub name: Option<String>,
    /// As it is written for people.
    pub telephone: Option<String>,
}

/// The safeguarding lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safeguarding {
    /// A person or a role.
    pub name: Option<String>,
    /// As it is written for people.
    pub telephone: Option<String>,
    pub email: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api: String::new(),
            service: "Learner portal".into(),
            time_zone: "Europe/London".into(),
            provider: Provider::default(),
            safeguarding: Safeguarding::default(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// The server answered with this status.
    Missing(u16),
    /// No answer.
    Unreachable,
    /// It is not JSON, and why: a web page of the network in between, or a slip in the file.
    NotJson(String),
    /// One field is wrong, and why. Fields are named as in the file, such as `safeguarding.email`.
    Wrong { field: String, why: String },
}

/// Fetches and checks the configuration.
///
/// # Errors
/// [`ConfigFault`].
pub async fn load() -> Result<Config, ConfigFault> {
    let request =
        Request { method: "GET", address: ADDRESS, body: None, known: None, patience: PATIENCE, tries: TRIES };
    let answer = fetch::send(request).await.map_err(|_| ConfigFault::Unreachable)?;
    if !(200..300).contains(&answer.status) {
        return Err(ConfigFault::Missing(answer.status));
    }
    let config = parse(&answer.body)?;
    if !intl::knows_zone(&config.time_zone) {
        let why = format!("this browser knows no time zone '{}'", config.time_zone);
        return Err(ConfigFault::Wrong { field: "timeZone".into(), why });
    }
    Ok(config)
}

/// Checks the text of a configuration. What is left out has its default, and what is not known is ignored.
///
/// # Errors
/// [`ConfigFault::NotJson`] and [`ConfigFault::Wrong`].
pub fn parse(text: &str) -> Result<Config, ConfigFault> {
    let root = json::parse(text).map_err(|fault| {
        let line = text[..fault.at].matches('\n').count() + 1;
        ConfigFault::NotJson(format!("there is a mistake in line {line}"))
    })?;
    if !matches!(root, Json::Map(_)) {
        return Err(ConfigFault::NotJson("it is not an object".into()));
    }
    let mut fields = settings::read(text).map_err(|(field, why)| ConfigFault::Wrong { field, why })?.into_iter();
    let mut next = || fields.next().filter(|text| !text.is_empty());
    let default = Config::default();
    Ok(Config {
        api: next().unwrap_or_default(),
        service: next().unwrap_or(default.service),
        time_zone: next().unwrap_or(default.time_zone),
        provider: Provider { name: next(), telephone: next() },
        safeguarding: Safeguarding { name: next(), telephone: next(), email: next() },
    })
}
