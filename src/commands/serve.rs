//! `trellis serve`: the server, in production.

use std::sync::Arc;

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::{Failure, logs};
use crate::{
    App,
    app::Shared,
    channels::Channels,
    config::{ServeArgs, ServerSettings, SettingError, required},
    database::{Pool, app_options},
    identity::secrets::{cipher::Cipher, keys::Keyring, password::Passwords, token::AccessTokens},
    mail::{MailSender, Nowhere, Smtp},
    server::{
        self,
        worker::{self, Bells, Stop},
    },
};

/// Serves until SIGTERM or Ctrl-C.
pub async fn run(args: ServeArgs) -> Result<(), Failure> {
    let url = args.database.url()?;
    let keyring = keyring(args.secret.as_deref())?;
    let mailer = mailer(args.smtp_url.as_deref(), &args.mail_from)?;
    let _logs = logs::json();
    // Listened for before anybody can connect, or the signal would end us in the middle of a request.
    let stop = stop_signal()?;
    let app = app(url, &keyring, mailer, Channels::default(), args.server)?;
    server::check_pooler(&app.pool).await?;
    let servers = Servers::bind(&app).await?;
    tracing::info!(address = %servers.address()?, "listening");
    servers.run(app, stop).await;
    Ok(())
}

/// The keys, or one line that says what is wrong with the secret.
pub fn keyring(secret: Option<&str>) -> Result<Keyring, SettingError> {
    let secret = required(secret, "TRELLIS_SECRET", "$(head -c 32 /dev/urandom | base64)")?;
    Keyring::parse(secret).map_err(|error| SettingError(format!("TRELLIS_SECRET: {error}")))
}

fn mailer(url: Option<&str>, from: &str) -> Result<Arc<dyn MailSender>, SettingError> {
    // Compose files set what is not given to the empty text.
    let Some(url) = url.filter(|url| !url.is_empty()) else { return Ok(Arc::new(Nowhere)) };
    let smtp = Smtp::new(url, from);
    Ok(Arc::new(smtp.map_err(|error| SettingError(format!("TRELLIS_SMTP_URL: {error}")))?))
}

/// Everything that handlers share; opens no connection yet.
pub fn app(
    url: &str,
    keyring: &Keyring,
    mailer: Arc<dyn MailSender>,
    channels: Channels,
    settings: ServerSettings,
) -> Result<App, SettingError> {
    let options =
        app_options(url).map_err(|error| SettingError(format!("DATABASE_URL: {error}")))?;
    Ok(Arc::new(Shared {
        pool: Pool::new(options, settings.pool_size()),
        passwords: Passwords::default(),
        tokens: AccessTokens::new(keyring),
        cipher: Cipher::new(keyring),
        mailer,
        channels,
        bells: Bells::default(),
        settings,
    }))
}

/// The listening sockets, bound before anything is said about them.
pub struct Servers {
    api: TcpListener,
    metrics: Option<TcpListener>,
}

impl Servers {
    /// Binds the addresses of the settings.
    pub async fn bind(app: &App) -> Result<Self, SettingError> {
        let api = bind(app.settings.listen, "--listen").await?;
        let metrics = match app.settings.metrics_listen {
            Some(address) => Some(bind(address, "--metrics-listen").await?),
            None => None,
        };
        Ok(Self { api, metrics })
    }

    /// Where the API listens.
    pub fn address(&self) -> std::io::Result<std::net::SocketAddr> {
        self.api.local_addr()
    }

    /// Serves until `stop` is done and what is in flight has finished.
    pub async fn run(self, app: App, stop: impl Future<Output = ()> + Send + 'static) {
        let (stopping, stopped) = watch::channel(false);
        tokio::spawn(async move {
            stop.await;
            stopping.send_replace(true);
        });
        let stop = Stop::from(stopped);
        let stopped = || {
            let stop = stop.clone();
            async move { stop.done().await }
        };
        let limit = usize::try_from(app.settings.max_connections).unwrap_or(usize::MAX);
        let api = server::run(self.api, server::router(&app), limit, stopped());
        let metrics = async {
            // Without anybody to read them, samples would only pile up.
            if let Some(listener) = self.metrics {
                let router = server::metrics::router(app.clone());
                tokio::select! {
                    () = server::run(listener, router, 100, stopped()) => (),
                    () = server::metrics::upkeep() => (),
                }
            }
        };
        let housekeeping = server::housekeeping::run(app.clone(), stopped());
        let workers = worker::run(app.clone(), stop.clone());
        tokio::join!(api, metrics, housekeeping, workers);
    }
}

async fn bind(address: std::net::SocketAddr, flag: &str) -> Result<TcpListener, SettingError> {
    TcpListener::bind(address).await.map_err(|error| {
        SettingError(format!("cannot listen on {address} ({error}); choose another with {flag}"))
    })
}

/// Done at SIGTERM or Ctrl-C.
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => (),
            _ = interrupt.recv() => (),
        }
    })
}
