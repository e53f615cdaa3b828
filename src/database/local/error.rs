//! What can go wrong with a private server, one line each.

use std::{io, path::PathBuf, time::Duration};

/// How to get a server, for every system we know of.
pub(super) const INSTALL_HINT: &str = "install it with `apt install postgresql` (Debian, Ubuntu), \
     `dnf install postgresql-server` (Fedora), `pacman -S postgresql` (Arch), \
     `apk add postgresql` (Alpine) or `brew install postgresql@18` (macOS)";

/// Why a private server could not be started, or ended.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// A file operation failed.
    #[error("cannot {action} {}: {reason}", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// What the system answered.
        reason: io::Error,
    },
    /// A helper program could not be run.
    #[error("cannot run {program}: {reason}")]
    Run {
        /// The program's name or path.
        program: String,
        /// What the system answered.
        reason: io::Error,
    },
    /// The data directory has no parent or no name.
    #[error("{} cannot be used as a database directory: it needs a name and a parent", .0.display())]
    BadDirectory(PathBuf),
    /// The directory holds something else than a database.
    #[error("{} is neither empty nor a PostgreSQL data directory", .0.display())]
    NotADatabase(PathBuf),
    /// Another process holds the directory.
    #[error("the database in {} is already in use by another running process", .0.display())]
    InUse(PathBuf),
    /// The directory belongs to another account.
    #[error("the database in {} belongs to another user (uid {owner})", path.display())]
    ForeignOwner {
        /// The data directory.
        path: PathBuf,
        /// The numeric id of its owner.
        owner: u32,
    },
    /// The database exists but the password to it is gone.
    #[error("the password file {} is missing: restore it, or delete {} to start empty", path.display(), data.display())]
    NoPassword {
        /// Where the password is kept.
        path: PathBuf,
        /// The data directory.
        data: PathBuf,
    },
    /// No server is installed.
    #[error("no PostgreSQL server of version {minimum} or newer found: {INSTALL_HINT}")]
    NoServer {
        /// The oldest version that will do.
        minimum: u32,
    },
    /// No installed server can open this directory.
    #[error("the database in {} was made by PostgreSQL {version}, which is not installed: install that version, or delete the directory to start empty", path.display())]
    NoMatchingServer {
        /// The data directory.
        path: PathBuf,
        /// The major version the directory needs.
        version: u32,
    },
    /// The directory was made by a version we do not support.
    #[error("the database in {} was made by PostgreSQL {version}, but {minimum} or newer is needed: upgrade it, or delete the directory to start empty", path.display())]
    TooOld {
        /// The data directory.
        path: PathBuf,
        /// The major version the directory needs.
        version: u32,
        /// The oldest supported version.
        minimum: u32,
    },
    /// Downloading the server failed.
    #[error(
        "no PostgreSQL server found, and downloading version {version} failed ({reason}): {INSTALL_HINT}"
    )]
    Download {
        /// The major version that is needed.
        version: u32,
        /// What went wrong.
        reason: String,
    },
    /// We are root and know of no account to run the server as.
    #[error(
        "PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody`: run as an ordinary user"
    )]
    NoAccount,
    /// The account that runs the server cannot reach a path.
    #[error("PostgreSQL runs as {account}, which may not enter {}: choose another place, or `chmod o+x` that directory", path.display())]
    Unreachable {
        /// The first directory the account cannot enter.
        path: PathBuf,
        /// The account.
        account: String,
    },
    /// A server from an earlier run does not end.
    #[error("a PostgreSQL server left from an earlier run (pid {pid}) does not stop")]
    Stuck {
        /// Its process id.
        pid: u32,
    },
    /// Creating the database failed.
    #[error("creating the database failed: {log}")]
    Init {
        /// The last lines of its output.
        log: String,
    },
    /// The server ended although nobody asked it to.
    #[error("the PostgreSQL server ended: {log}")]
    Exited {
        /// The last lines of its log.
        log: String,
    },
    /// The server did not accept connections in time.
    #[error("the PostgreSQL server was not ready after {} s: {log}", limit.as_secs())]
    NotReady {
        /// How long we waited.
        limit: Duration,
        /// The last lines of its log.
        log: String,
    },
    /// The server had to be killed.
    #[error("the PostgreSQL server did not stop cleanly: {log}")]
    Unclean {
        /// The last lines of its log.
        log: String,
    },
}

impl LocalError {
    /// For `map_err`: a failed file operation.
    pub(super) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |reason| Self::File { action, path, reason }
    }

    /// For `map_err`: a program that could not be run.
    pub(super) fn run(program: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let program = program.into();
        move |reason| Self::Run { program, reason }
    }
}
