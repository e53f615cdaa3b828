//! `trellis dev`: everything for development with one command.

use std::{
    env, fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{ConnectOptions, PgConnection};

use super::{
    Failure, logs,
    serve::{Servers, app, keyring, stop_signal},
};
use crate::{
    channels::Channels,
    config::{DevArgs, SettingError},
    database::{
        self,
        local::{LocalOptions, LocalServer},
    },
    identity::secrets::{keys::Keyring, password::Passwords},
    mail::Console,
    seed, server,
};

/// Database of the private server.
const DATABASE: &str = "trellis";

/// Room for `trellis seed --users`: fewer checkpoints, and indexes that stay in memory.
const TUNING: [(&str, &str); 3] =
    [("shared_buffers", "512MB"), ("max_wal_size", "4GB"), ("checkpoint_timeout", "15min")];

/// Starts PostgreSQL, migrates, loads demo data once, serves; Ctrl-C stops it all.
pub async fn run(args: DevArgs) -> Result<(), Failure> {
    logs::plain();
    let stop = stop_signal()?;
    let directory = data_dir(args.data_dir)?;
    let secret = secret(&directory)?;
    let (server, url) = match args.database_url.filter(|url| !url.is_empty()) {
        Some(url) => (None, url),
        None => {
            let (server, url) = start(&directory).await?;
            (Some(server), url)
        }
    };
    let result = serve(&url, &secret, args.server, stop).await;
    if let Some(server) = server {
        server.stop().await?;
    }
    result
}

async fn serve(
    url: &str,
    secret: &str,
    settings: crate::config::ServerSettings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let keyring = keyring(Some(secret))?;
    let app = app(url, &keyring, Arc::new(Console), Channels::console(), settings)?;
    let servers = Servers::bind(&app).await?;
    database::migrate(url).await?;
    seed::demo_once(url, &Passwords::default()).await?;
    server::check_pooler(&app.pool).await?;
    welcome(&servers.address()?.to_string(), url);
    servers.run(app, stop).await;
    Ok(())
}

/// The private server, with its database.
async fn start(directory: &Path) -> Result<(LocalServer, String), Failure> {
    let mut options = LocalOptions::durable(directory.join("postgres"));
    options.settings.extend(TUNING.map(|(name, value)| (name.into(), value.into())));
    let server = LocalServer::start(options).await?;
    let mut conn = database::owner_options(&server.url("postgres"))?.connect().await?;
    create_database(&mut conn).await?;
    let url = server.url(DATABASE);
    Ok((server, url))
}

/// `create database` knows no `if not exists`; a database that is there already is what we want.
async fn create_database(conn: &mut PgConnection) -> sqlx::Result<()> {
    match sqlx::query_file!("sql/database/create_database.sql").execute(conn).await {
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P04") => Ok(()),
        other => other.map(drop),
    }
}

/// The secret of this directory, made on first use.
fn secret(directory: &Path) -> Result<String, Failure> {
    let path = directory.join("secret");
    if let Ok(secret) = fs::read_to_string(&path) {
        return Ok(secret);
    }
    let secret = Keyring::generate();
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(secret.as_bytes())?;
    Ok(secret)
}

/// `--data-dir`, else a directory of this user's; made if it is not there.
fn data_dir(given: Option<PathBuf>) -> Result<PathBuf, SettingError> {
    let directory = given.map_or_else(default_data_dir, Ok)?;
    let unusable = |error| SettingError(format!("cannot use {}: {error}", directory.display()));
    // PostgreSQL may run as another user, who must be able to enter.
    fs::DirBuilder::new().recursive(true).mode(0o755).create(&directory).map_err(unusable)?;
    fs::canonicalize(&directory).map_err(unusable)
}

/// Root's home is closed to the user that PostgreSQL then runs as, so root's data live in /var/lib.
fn default_data_dir() -> Result<PathBuf, SettingError> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
        || env::var("USER").is_ok_and(|user| user == "root");
    if is_root {
        return Ok(PathBuf::from("/var/lib/trellis"));
    }
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".local/share")))
        .map(|data| data.join("trellis"))
        .ok_or_else(|| SettingError("HOME is not set; choose a directory with --data-dir".into()))
}

/// What a newcomer needs, in at most twelve lines.
fn welcome(address: &str, database: &str) {
    let (email, password) = (seed::DEMO_EMAIL, seed::DEMO_PASSWORD);
    println!(
        "
  Trellis    http://{address}
  API docs   http://{address}/docs
  Sign-in    {email} / {password}
  Database   {database}

  Try it:
  curl -s http://{address}/v1/auth/login -H 'Content-Type: application/json' -d '{{\"login\":\"{email}\",\"password\":\"{password}\"}}'

  Ctrl-C stops everything."
    );
}
