//! Finding the programs of a Postgres server.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use super::{error::LocalError, place::Place};

/// The oldest supported major version.
const MINIMUM: u32 = 15;
/// Where packages put servers: a directory, the start of the names in it, and what follows.
const PLACES: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
];

/// The directory with the `postgres` and `initdb` to use for `place`.
pub(super) async fn find(place: &Place) -> Result<PathBuf, LocalError> {
    let wanted = place.version()?;
    if let Some(version) = wanted
        && version < MINIMUM
    {
        let path = place.data.clone();
        return Err(LocalError::TooOld { path, version, minimum: MINIMUM });
    }
    let cache = place.parent.join("postgresql-binaries");
    match newest_installed(wanted, &cache).await {
        Some(directory) => Ok(directory),
        None => otherwise(wanted, &cache, place).await,
    }
}

#[cfg(feature = "embedded-postgres")]
async fn otherwise(wanted: Option<u32>, cache: &Path, _: &Place) -> Result<PathBuf, LocalError> {
    super::download::fetch(wanted, cache).await
}

#[cfg(not(feature = "embedded-postgres"))]
#[expect(clippy::unused_async, reason = "the variant that downloads is async")]
async fn otherwise(wanted: Option<u32>, _: &Path, place: &Place) -> Result<PathBuf, LocalError> {
    let path = place.data.clone();
    Err(match wanted {
        Some(version) => LocalError::NoMatchingServer { path, version },
        None => LocalError::NoServer { minimum: MINIMUM },
    })
}

async fn newest_installed(wanted: Option<u32>, cache: &Path) -> Option<PathBuf> {
    let mut best: Option<((u32, u32), PathBuf)> = None;
    for directory in candidates(cache).await {
        let Some(version) = version_of(&directory).await else {
            continue;
        };
        let fits = version.0 >= MINIMUM && wanted.is_none_or(|wanted| wanted == version.0);
        if fits && best.as_ref().is_none_or(|(newest, _)| version > *newest) {
            best = Some((version, directory));
        }
    }
    best.map(|(_, directory)| directory)
}

/// Every directory that holds a server, each once.
async fn candidates(cache: &Path) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut directories: Vec<PathBuf> = env::split_paths(&path).collect();
    directories.extend(output_of("pg_config", "--bindir").await.map(PathBuf::from));
    for (root, prefix) in PLACES {
        directories.extend(bins_in(Path::new(root), prefix));
    }
    directories.extend(bins_in(cache, ""));

    // Links are resolved, so that one server found in two ways is asked only once.
    let mut found: Vec<PathBuf> = directories.iter().filter_map(|path| server_in(path)).collect();
    found.sort();
    found.dedup();
    found
}

fn server_in(directory: &Path) -> Option<PathBuf> {
    let resolved = directory.join("postgres").canonicalize().ok()?.parent()?.to_owned();
    [resolved, directory.canonicalize().ok()?]
        .into_iter()
        .find(|place| place.join("postgres").is_file() && place.join("initdb").is_file())
}

fn bins_in(root: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join("bin"))
        .collect()
}

async fn version_of(directory: &Path) -> Option<(u32, u32)> {
    let program = directory.join("postgres");
    parse_version(&output_of(program.to_str()?, "--version").await?)
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn parse_version(line: &str) -> Option<(u32, u32)> {
    let version = line.split_once("(PostgreSQL) ")?.1.split_whitespace().next()?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next().and_then(|minor| minor.parse().ok());
    Some((major, minor.unwrap_or(0)))
}

async fn output_of(program: &str, argument: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.arg(argument).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().await.ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn reads_versions() {
        let line = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)";
        assert_eq!(parse_version(line), Some((15, 18)));
        assert_eq!(parse_version("postgres (PostgreSQL) 18.0"), Some((18, 0)));
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1"), Some((19, 0)));
        assert_eq!(parse_version("something else"), None);
    }
}
