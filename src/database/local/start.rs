//! Creating the database and bringing its server up.

use std::{
    ffi::OsString,
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::{Instant, sleep};

use super::{
    HOST, LocalOptions, SUPERUSER,
    account::Account,
    error::LocalError,
    place::Place,
    process::{Cleaner, Job, Supervised},
};

const READY_LIMIT: Duration = Duration::from_mins(1);
const READY_POLL: Duration = Duration::from_millis(20);
const ATTEMPTS: u32 = 12;
const RETRY_PAUSE: Duration = Duration::from_millis(250);
/// Causes that pass: the port was taken meanwhile, or a killed server's children still end.
const PASSING: [&str; 2] = ["Address already in use", "pre-existing shared memory block"];
/// Data that need not survive a crash is written much faster.
const FAST: [(&str, &str); 5] = [
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
];

/// What is known while a server starts.
pub(super) struct Start {
    pub(super) bin: PathBuf,
    // Before `place`, so that the lock outlives the removal's start.
    pub(super) cleaner: Option<Cleaner>,
    pub(super) place: Place,
    pub(super) account: Option<Account>,
    pub(super) options: LocalOptions,
}

impl Start {
    fn job<'a>(&'a self, log: &'a File) -> Job<'a> {
        // Nobody will read the data of a disposable server again: it need not write them.
        let signal = if self.options.disposable { "QUIT" } else { "INT" };
        Job { account: self.account.as_ref(), log, cleaner: self.cleaner.as_ref(), signal }
    }

    /// Creates the database.
    pub(super) async fn create(&self) -> Result<(), LocalError> {
        tracing::debug!(data_dir = %self.place.data.display(), "creating the database");
        // Not every system has the first; with the second, only ASCII letters have a case.
        for characters in ["C.UTF-8", "C"] {
            if self.initialize(characters).await? {
                return self.place.adopt_draft();
            }
        }
        Err(LocalError::Init { log: self.place.tail() })
    }

    /// Runs `initdb` and tells whether it went well.
    async fn initialize(&self, characters: &str) -> Result<bool, LocalError> {
        let (draft, password) = (self.place.new_draft()?, self.place.new_password()?);
        if let Some(account) = &self.account {
            account.own(draft)?;
            account.own(password)?;
        }
        let log = self.place.new_log()?;
        let mut arguments = self.init_arguments(draft, password);
        arguments.push(format!("--lc-ctype={characters}").into());
        let mut initdb = Supervised::spawn(&self.bin.join("initdb"), arguments, &self.job(&log))?;
        let status = initdb.wait().await.map_err(LocalError::run("initdb"))?;
        Ok(status.success())
    }

    fn init_arguments(&self, draft: &Path, password: &Path) -> Vec<OsString> {
        // Scram makes every client hash 4096 times per connection, too slow in unoptimised tests.
        let auth = if self.options.durable { "scram-sha-256" } else { "password" };
        let mut arguments: Vec<OsString> = [
            "--encoding=UTF8",
            "--locale-provider=libc",
            "--locale=C",
            "--no-instructions",
            "--auth-local=reject",
        ]
        .map(OsString::from)
        .into();
        arguments.push(format!("--auth-host={auth}").into());
        arguments.push(format!("--username={SUPERUSER}").into());
        if !self.options.durable {
            arguments.push("--no-sync".into());
        }
        arguments.extend(["--pwfile".into(), password.into(), "--pgdata".into(), draft.into()]);
        arguments
    }

    /// Starts the server on a free port.
    pub(super) async fn launch(&self) -> Result<(Supervised, u16), LocalError> {
        let mut attempt = 1;
        loop {
            match self.try_launch().await {
                Err(LocalError::Exited { log })
                    if attempt < ATTEMPTS && self.place.logged(&PASSING) =>
                {
                    tracing::debug!(attempt, log, "trying again to start the server");
                    attempt += 1;
                    sleep(RETRY_PAUSE).await;
                }
                result => return result,
            }
        }
    }

    async fn try_launch(&self) -> Result<(Supervised, u16), LocalError> {
        let port = match self.fixed_port() {
            Some(port) => port,
            None => free_port().map_err(LocalError::run("the PostgreSQL server"))?,
        };
        let log = self.place.new_log()?;
        let since = now();
        let program = self.bin.join("postgres");
        let mut server = Supervised::spawn(&program, self.arguments(port), &self.job(&log))?;
        self.ready(&mut server, port, since).await?;
        Ok((server, port))
    }

    /// The port the settings ask for.
    fn fixed_port(&self) -> Option<u16> {
        let mut settings = self.options.settings.iter().rev();
        settings.find(|(name, _)| name == "port").and_then(|(_, port)| port.parse().ok())
    }

    fn arguments(&self, port: u16) -> Vec<OsString> {
        let port = port.to_string();
        let fixed = [("listen_addresses", HOST), ("port", &port), ("unix_socket_directories", "")];
        let fast: &[(&str, &str)] = if self.options.durable { &[] } else { &FAST };
        let extra = self.options.settings.iter().map(|(name, value)| (&**name, &**value));
        let all = fixed.into_iter().chain(fast.iter().copied()).chain(extra);
        let settings =
            all.flat_map(|(name, value)| ["-c".into(), format!("{name}={value}").into()]);
        ["-D".into(), self.place.data.clone().into()].into_iter().chain(settings).collect()
    }

    async fn ready(
        &self,
        server: &mut Supervised,
        port: u16,
        since: u64,
    ) -> Result<(), LocalError> {
        let deadline = Instant::now() + READY_LIMIT;
        while !is_ready(&self.place.data, port, since) {
            let ended = server.try_wait().map_err(LocalError::run("the PostgreSQL server"))?;
            if ended.is_some() {
                return Err(LocalError::Exited { log: self.place.tail() });
            }
            if Instant::now() >= deadline {
                return Err(LocalError::NotReady { limit: READY_LIMIT, log: self.place.tail() });
            }
            sleep(READY_POLL).await;
        }
        Ok(())
    }
}

/// Whether the server started at `since` on `port` says that it accepts connections.
fn is_ready(data: &Path, port: u16, since: u64) -> bool {
    let text = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    // The file of a crashed predecessor also says ready, but tells another time and port.
    let started = lines.get(2).and_then(|line| line.parse::<u64>().ok());
    lines.get(7) == Some(&"ready")
        && lines.get(3).is_some_and(|line| line.parse() == Ok(port))
        && started.is_some_and(|started| started + 2 >= since)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((HOST, 0))?.local_addr()?.port())
}
