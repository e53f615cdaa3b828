//! A private Postgres server that lives exactly as long as we do.
//!
//! The server runs under a small shell supervisor that holds one end of a pipe. When the other
//! end closes, because we stop, crash or are killed, the supervisor shuts the server down.

mod account;
mod binaries;
#[cfg(feature = "embedded-postgres")]
mod download;
mod error;
mod place;
mod process;
mod stale;
mod start;

use std::{
    fmt::{self, Write as _},
    path::{Path, PathBuf},
};

use self::{
    account::Account,
    place::Place,
    process::{Cleaner, Supervised},
    start::Start,
};

pub use self::error::LocalError;

/// The superuser of every private server.
pub const SUPERUSER: &str = "trellis";

const HOST: &str = "127.0.0.1";

/// How to run a private server.
#[derive(Debug, Clone)]
pub struct LocalOptions {
    /// The data directory; log, password and lock are kept beside it.
    pub data_dir: PathBuf,
    /// Whether the data survive a crash of the machine, at the price of speed.
    pub durable: bool,
    /// Whether everything is removed when the server ends.
    pub disposable: bool,
    /// Further server settings, which win over ours; `port` makes the port a fixed one.
    pub settings: Vec<(String, String)>,
}

impl LocalOptions {
    /// A server whose data are kept.
    #[must_use]
    pub fn durable(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), durable: true, disposable: false, settings: Vec::new() }
    }

    /// A fast server that leaves nothing behind.
    #[must_use]
    pub fn disposable(data_dir: impl Into<PathBuf>) -> Self {
        Self { durable: false, disposable: true, ..Self::durable(data_dir) }
    }
}

/// A running private server; it is also stopped when this is dropped.
pub struct LocalServer {
    // The order matters: the lock in `place` is given up last.
    server: Supervised,
    cleaner: Option<Cleaner>,
    port: u16,
    password: String,
    place: Place,
}

impl LocalServer {
    /// Starts a server, creating its database on first use, and waits until it can be used.
    ///
    /// # Errors
    ///
    /// When there is no usable server program, the directory is in use or unusable, or the server
    /// does not start.
    pub async fn start(options: LocalOptions) -> Result<Self, LocalError> {
        let place = Place::open(&options.data_dir).await?;
        let cleaner =
            if options.disposable { Some(Cleaner::spawn(place.all(), &place.lock)?) } else { None };
        let account = Account::choose(&place.data).await?;
        stale::end_server(&place.data).await?;
        let bin = binaries::find(&place).await?;
        if let Some(account) = &account {
            account.check_reach(&place.parent).await?;
            account.check_reach(&bin).await?;
        }
        let start = Start { bin, cleaner, place, account, options };
        if start.place.version()?.is_none() {
            start.create().await?;
        }
        let password = start.place.read_password()?;
        let (server, port) = start.launch().await?;
        let Start { place, cleaner, .. } = start;
        Ok(Self { server, cleaner, port, password, place })
    }

    /// The address of `database` on this server, with the password.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let (password, port) = (&self.password, self.port);
        format!("postgres://{SUPERUSER}:{password}@{HOST}:{port}/{}", encode(database))
    }

    /// The TCP port on the loopback interface.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's log file.
    #[must_use]
    pub fn log(&self) -> &Path {
        &self.place.log
    }

    /// Waits until the server ends without being asked to, and tells why.
    pub async fn wait(&mut self) -> LocalError {
        match self.server.wait().await {
            Ok(_) => LocalError::Exited { log: self.place.tail() },
            Err(error) => LocalError::run("the PostgreSQL server")(error),
        }
    }

    /// Closes all connections, stops the server and waits until it has ended.
    ///
    /// # Errors
    ///
    /// When the server had ended before, or had to be killed.
    pub async fn stop(self) -> Result<(), LocalError> {
        let Self { server, cleaner, place, .. } = self;
        let stopped = server.stop().await.map_err(LocalError::run("the PostgreSQL server"))?;
        // Read before the log is removed.
        let log = if stopped.success() { String::new() } else { place.tail() };
        if let Some(cleaner) = cleaner {
            cleaner.finish().await.map_err(LocalError::run("rm"))?;
        }
        if stopped.success() { Ok(()) } else { Err(LocalError::Unclean { log }) }
    }
}

impl fmt::Debug for LocalServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the password.
        let mut debug = formatter.debug_struct("LocalServer");
        debug.field("data_dir", &self.place.data).field("port", &self.port);
        debug.finish_non_exhaustive()
    }
}

/// Escapes everything that could mean something else in a URL.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}
