//! Which pages may change things here: our own, and the app's where it is served elsewhere.

use crate::{
    error::{Error, Result},
    state::App,
};
use anyhow::{Context, bail};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use url::{Host, Url};

pub struct Origins {
    own: Vec<String>,
    app: Vec<HeaderValue>,
}

impl Origins {
    /// # Errors
    /// The public address is neither https nor loopback, or an origin is not scheme, host and port alone.
    pub fn new(public: &Url, app: &[String]) -> anyhow::Result<Self> {
        if !(public.scheme() == "https" || public.scheme() == "http" && is_loopback(public)) {
            bail!(
                "PUBLIC_URL is {public}. Passphrases must not travel in the clear: put a proxy with a certificate in front and \
                 set PUBLIC_URL to its https address. Plain http is for this machine alone (http://127.0.0.1:PORT)."
            );
        }
        let app = app.iter().map(|origin| exact(origin)).collect::<anyhow::Result<_>>()?;
        Ok(Self { own: own(public), app })
    }

    #[must_use]
    pub fn app(&self) -> &[HeaderValue] {
        &self.app
    }

    fn allows(&self, origin: &HeaderValue) -> bool {
        self.app.contains(origin) || self.own.iter().any(|own| own.as_bytes() == origin.as_bytes())
    }

    /// A browser says where a request comes from; what is no browser has no cookie to be misused.
    fn refuses(&self, headers: &HeaderMap) -> bool {
        match headers.get(header::ORIGIN) {
            Some(origin) => !self.allows(origin),
            // `none` is what the person typed or opened; `same-site` is a neighbour, who is not us.
            None => headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none"),
        }
    }
}

/// Refuses what another site's page would change in a learner's name.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && app.origins.refuses(request.headers()) {
        return Err(Error::ForeignOrigin);
    }
    Ok(next.run(request).await)
}

/// Our own origin; on loopback under each of its names, as people type one or the other.
fn own(public: &Url) -> Vec<String> {
    let mut own = vec![public.origin().ascii_serialization()];
    if is_loopback(public) {
        let port = public.port_or_known_default().unwrap_or(80);
        own.extend(["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{}://{host}:{port}", public.scheme())));
    }
    own
}

fn exact(origin: &str) -> anyhow::Result<HeaderValue> {
    let url = Url::parse(origin).with_context(|| format!("--app-origin `{origin}` is not an address."))?;
    let plain = url.origin().ascii_serialization();
    if plain != origin.trim_end_matches('/') {
        bail!("--app-origin `{origin}` must be scheme, host and port alone, such as `{plain}`.");
    }
    Ok(HeaderValue::from_str(&plain)?)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
