//! The data directory and the files beside it.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::error::LocalError;

const TAIL_LINES: usize = 4;
const TAIL_BYTES: usize = 4096;
/// A child that another thread is starting holds a copy of every open file, locks too, until it runs its program.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
const LOCK_POLL: Duration = Duration::from_millis(10);

/// A data directory that is ours alone as long as this lives.
pub(super) struct Place {
    pub(super) data: PathBuf,
    pub(super) parent: PathBuf,
    pub(super) log: PathBuf,
    /// Where a new database is made, so that an interrupted one never looks complete.
    pub(super) draft: PathBuf,
    password: PathBuf,
    lock_path: PathBuf,
    pub(super) lock: File,
}

impl Place {
    /// Takes hold of the directory `data`, which need not exist yet.
    pub(super) async fn open(data: &Path) -> Result<Self, LocalError> {
        let data = resolve(data)?;
        let bad = || LocalError::BadDirectory(data.clone());
        let parent = data.parent().ok_or_else(bad)?.to_owned();
        let name = data.file_name().ok_or_else(bad)?;
        let beside = |suffix: &str| {
            let mut name = OsString::from(name);
            name.push(suffix);
            parent.join(name)
        };
        let lock_path = beside(".lock");
        Ok(Self {
            log: beside(".log"),
            // Our pid keeps us clear of an `initdb` that still removes its own draft.
            draft: beside(&format!(".new-{}", std::process::id())),
            password: beside(".password"),
            lock: lock(&lock_path, &data).await?,
            lock_path,
            parent,
            data,
        })
    }

    /// Everything that belongs to this database.
    pub(super) fn all(&self) -> [&Path; 5] {
        [&self.data, &self.draft, &self.log, &self.password, &self.lock_path]
    }

    /// The major version of the database, or `None` when there is none yet.
    pub(super) fn version(&self) -> Result<Option<u32>, LocalError> {
        let path = self.data.join("PG_VERSION");
        let strange = || LocalError::NotADatabase(self.data.clone());
        match fs::read_to_string(&path) {
            Ok(text) => text.trim().parse().map(Some).map_err(|_| strange()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(LocalError::file("read", path)(error))
            }
            Err(_) if is_empty(&self.data) => Ok(None),
            Err(_) => Err(strange()),
        }
    }

    /// A fresh, empty log.
    pub(super) fn new_log(&self) -> Result<File, LocalError> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        options.open(&self.log).map_err(LocalError::file("write", &self.log))
    }

    /// Whether the log mentions one of `causes`, which may be long before its end.
    pub(super) fn logged(&self, causes: &[&str]) -> bool {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        causes.iter().any(|cause| text.contains(cause))
    }

    /// The last lines of the log, joined to one.
    pub(super) fn tail(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(TAIL_BYTES)..]);
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match &lines[lines.len().saturating_sub(TAIL_LINES)..] {
            [] => format!("nothing was logged to {}", self.log.display()),
            last => last.join(" | "),
        }
    }

    /// Makes an empty directory for a new database.
    pub(super) fn new_draft(&self) -> Result<&Path, LocalError> {
        self.remove_drafts();
        let made = DirBuilder::new().mode(0o700).create(&self.draft);
        made.map_err(LocalError::file("create", &self.draft))?;
        Ok(&self.draft)
    }

    /// Removes what interrupted starts left.
    fn remove_drafts(&self) {
        let name = self.data.file_name().unwrap_or_default().to_string_lossy();
        let start = format!("{name}.new-");
        for entry in fs::read_dir(&self.parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&start) {
                // One that resists does no harm.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Puts the finished draft in place.
    pub(super) fn adopt_draft(&self) -> Result<(), LocalError> {
        fs::rename(&self.draft, &self.data).map_err(LocalError::file("rename", &self.draft))
    }

    /// The password of an existing database.
    pub(super) fn read_password(&self) -> Result<String, LocalError> {
        match fs::read_to_string(&self.password) {
            Ok(text) => Ok(text.trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(LocalError::NoPassword { path: self.password.clone(), data: self.data.clone() })
            }
            Err(error) => Err(LocalError::file("read", &self.password)(error)),
        }
    }

    /// Makes a password that only we can read.
    pub(super) fn new_password(&self) -> Result<&Path, LocalError> {
        // A file of an earlier database may have another mode or owner.
        let _ = fs::remove_file(&self.password);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options
            .open(&self.password)
            .and_then(|mut file| writeln!(file, "{}", random_hex()?))
            .map_err(LocalError::file("write", &self.password))?;
        Ok(&self.password)
    }
}

/// Whether there is nothing at `path`, or a directory with nothing in it.
fn is_empty(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// One spelling for every way to name the directory, so that the lock is shared.
fn resolve(data: &Path) -> Result<PathBuf, LocalError> {
    if let Ok(path) = data.canonicalize() {
        return Ok(path);
    }
    let path = std::path::absolute(data).map_err(LocalError::file("find", data))?;
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(LocalError::BadDirectory(path));
    };
    fs::create_dir_all(parent).map_err(LocalError::file("create", parent))?;
    let parent = parent.canonicalize().map_err(LocalError::file("find", parent))?;
    Ok(parent.join(name))
}

/// Fails when another process holds the directory.
async fn lock(path: &Path, data: &Path) -> Result<File, LocalError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = options.open(path).map_err(LocalError::file("open", path))?;
    let deadline = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(LOCK_POLL).await,
            Err(TryLockError::WouldBlock) => return Err(LocalError::InUse(data.to_owned())),
            Err(TryLockError::Error(error)) => return Err(LocalError::file("lock", path)(error)),
        }
    }
}

/// 128 random bits from the system.
fn random_hex() -> io::Result<String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
