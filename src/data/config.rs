//! The run-time configuration, `config.json` beside the page; `public/config.schema.json` explains it to who writes it.

use crate::browser::{
    fetch::{self, Request},
    intl,
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
    Wrong { field: &'static str, why: String },
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
        return Err(wrong("timeZone", format!("this browser knows no time zone '{}'", config.time_zone)));
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
    let default = Config::default();
    Ok(Config {
        api: api(field(&root, "api")?)?,
        service: field(&root, "service")?.unwrap_or(default.service),
        time_zone: field(&root, "timeZone")?.unwrap_or(default.time_zone),
        provider: Provider { name: field(&root, "provider.name")?, telephone: telephone(&root, "provider.telephone")? },
        safeguarding: Safeguarding {
            name: field(&root, "safeguarding.name")?,
            telephone: telephone(&root, "safeguarding.telephone")?,
            email: email(&root, "safeguarding.email")?,
        },
    })
}

/// A text, or nothing if it is left out or empty. The name has one dot where the field is inside another.
fn field(root: &Json, name: &'static str) -> Result<Option<String>, ConfigFault> {
    let mut value = root;
    for part in name.split('.') {
        match value {
            Json::Map(_) => match value.get(part) {
                Some(member) => value = member,
                None => return Ok(None),
            },
            Json::Null => return Ok(None),
            _ => return Err(wrong(name, "what it is in must be an object".into())),
        }
    }
    match value {
        Json::Null => Ok(None),
        Json::Text(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        _ => Err(wrong(name, "it must be a text in quotation marks".into())),
    }
}

/// A passphrase goes to this address: only where nobody in between can read it.
fn api(address: Option<String>) -> Result<String, ConfigFault> {
    let Some(address) = address else { return Ok(String::new()) };
    let refuse = |why: &str| Err(wrong("api", format!("{why}, and is '{address}'")));
    let (secure, rest) = match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return refuse("it must be empty or begin with https://"),
    };
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || address.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '@' | '\\')) {
        return refuse("it must be a plain address, such as https://api.example.org");
    }
    if address.ends_with('/') {
        return refuse("it must not end with a slash");
    }
    // An IPv6 address has colons of its own, inside brackets.
    let name = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => &host[..colon],
        _ => host,
    };
    if !secure && !matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
        return refuse("only this machine itself may be reached by http; others need https");
    }
    Ok(address)
}

fn telephone(root: &Json, name: &'static str) -> Result<Option<String>, ConfigFault> {
    match field(root, name)? {
        Some(number) if !is_telephone(&number) => Err(wrong(
            name,
            format!("it must be digits and spaces, with a plus at most at the start, and is '{number}'"),
        )),
        number => Ok(number),
    }
}

fn is_telephone(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == ' ')
}

fn email(root: &Json, name: &'static str) -> Result<Option<String>, ConfigFault> {
    let plain = |address: &str| {
        !address.contains(char::is_whitespace)
            && address
                .split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
    };
    match field(root, name)? {
        Some(address) if !plain(&address) => {
            Err(wrong(name, format!("it must be an e-mail address, and is '{address}'")))
        }
        address => Ok(address),
    }
}

fn wrong(field: &'static str, why: String) -> ConfigFault {
    ConfigFault::Wrong { field, why }
}
