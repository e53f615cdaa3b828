//! Which system account runs the server: Postgres refuses to be root.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

use super::{error::LocalError, process::ask};

const ROOT: u32 = 0;
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];
const ENTER: &str = r#"for d; do cd "$d" || { printf %s "$d"; exit 1; }; done"#;

/// An unprivileged account.
pub(super) struct Account {
    name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Account {
    /// Chooses the account for the database in `data`: `None` is our own.
    pub(super) async fn choose(data: &Path) -> Result<Option<Self>, LocalError> {
        let ours = id("-u", None).await?.ok_or(LocalError::NoAccount)?;
        let owner = fs::metadata(data).ok();
        match owner {
            Some(owner) if ours == ROOT && owner.uid() != ROOT => Ok(Some(Self {
                name: format!("the owner of the database (uid {})", owner.uid()),
                uid: owner.uid(),
                gid: owner.gid(),
            })),
            Some(owner) if owner.uid() != ours => {
                Err(LocalError::ForeignOwner { path: data.to_owned(), owner: owner.uid() })
            }
            _ if ours == ROOT => Self::unprivileged().await.map(Some),
            _ => Ok(None),
        }
    }

    async fn unprivileged() -> Result<Self, LocalError> {
        for name in CANDIDATES {
            let uid = id("-u", Some(name)).await?;
            if let (Some(uid), Some(gid)) = (uid, id("-g", Some(name)).await?) {
                return Ok(Self { name: format!("`{name}`"), uid, gid });
            }
        }
        Err(LocalError::NoAccount)
    }

    /// Makes `path` belong to the account.
    pub(super) fn own(&self, path: &Path) -> Result<(), LocalError> {
        chown(path, Some(self.uid), Some(self.gid))
            .map_err(LocalError::file("change the owner of", path))
    }

    /// Fails when the account may not enter `directory` or one above it.
    pub(super) async fn check_reach(&self, directory: &Path) -> Result<(), LocalError> {
        let mut chain: Vec<&Path> = directory.ancestors().collect();
        chain.reverse();
        match ask(ENTER, chain, Some(self)).await? {
            Ok(_) => Ok(()),
            Err(path) => Err(LocalError::Unreachable {
                path: PathBuf::from(path),
                account: self.name.clone(),
            }),
        }
    }
}

/// Asks the system, which also knows accounts that are not in /etc/passwd.
async fn id(flag: &str, name: Option<&str>) -> Result<Option<u32>, LocalError> {
    let args = [Some(flag), name].into_iter().flatten();
    let answer = ask(r#"id "$@""#, args, None).await?;
    Ok(answer.ok().and_then(|text| text.parse().ok()))
}
