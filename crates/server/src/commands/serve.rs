//! Serving until asked to stop.

use super::{confidential, open};
use crate::{
    clock,
    config::{Serve, Store},
    router::router,
    state::{App, Config},
    web::listen::{self, Limits},
};
use anyhow::bail;
use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::timeout,
};
use url::Url;

/// How long open requests may take to end after a signal.
const DRAIN: Duration = Duration::from_secs(20);

pub async fn run(store: &Store, options: Serve) -> anyhow::Result<ExitCode> {
    let asked = SocketAddr::new(options.host, options.port);
    let listener = listen(asked).await?;
    let address = listener.local_addr()?;
    let db = open(store).await?;
    if !address.ip().is_loopback() && db.has_examples().await? {
        bail!(
            "The database has example learners, whose passphrase is public, and {address} can be reached from other machines. \
             Listen on 127.0.0.1, or use a database without them (another DATA_DIR)."
        );
    }
    let public_url = match options.public_url {
        Some(url) => url,
        None => Url::parse(&format!("http://{address}"))?,
    };
    let config = Config {
        service_name: options.service_name,
        public_url,
        app_origins: options.app_origins,
        trusted_proxies: options.trusted_proxies,
        limits: Limits::default(),
        staff_key: options.staff_key.filter(|key| !key.is_empty()),
        confidential: confidential(store)?,
        dist: options.dist,
        earlier: store.data_dir.join("earlier"),
    };
    let app = App::new(db.clone(), Arc::new(clock::System), config).await?;
    if app.cookie.secure && app.config.trusted_proxies.is_empty() {
        tracing::warn!("TRUSTED_PROXY is not set: all requests that come by the proxy share the limits of one address");
    }
    let stop = stop_signal()?;
    writeln!(io::stdout(), "Listening on http://{address} for {}", app.config.public_url)?;
    serve(listener, app, stop).await;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            anyhow::anyhow!("{address} is taken by another program. Stop that one, or choose another PORT.")
        }
        _ => anyhow::Error::new(error).context(format!("{address} cannot be listened on.")),
    })
}

/// Serves, and once told to stop ends what is open, for a while.
pub async fn serve(listener: TcpListener, app: App, mut stop: watch::Receiver<bool>) {
    let mut stopped = stop.clone();
    let limits = app.config.limits;
    let server = listen::serve(listener, router(app), limits, async move {
        // An error means that nobody can ask any more, which is asking too.
        let _ = stopped.wait_for(|stop| *stop).await;
    });
    let mut server = std::pin::pin!(server);
    tokio::select! {
        () = &mut server => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    if timeout(DRAIN, server).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
}

fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        let _ = tell.send(true);
    });
    Ok(told)
}
