//! Child processes that end when we do, however we end.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, PipeWriter},
    path::Path,
    process::{ExitStatus, Stdio},
};

use tokio::process::{Child, Command};

use super::{account::Account, error::LocalError};

const SHELL: &str = "/bin/sh";
const SUPERVISE: &str = include_str!("supervise.sh");
const CLEAN: &str = r#"while read -r _; do :; done; rm -rf -- "$@""#;

/// A command to be run under supervision.
pub(super) struct Job<'a> {
    /// The account to run as, or ours.
    pub(super) account: Option<&'a Account>,
    /// Where both of its output streams go.
    pub(super) log: &'a File,
    /// Removes the files when the last supervisor is gone.
    pub(super) cleaner: Option<&'a Cleaner>,
    /// The signal that asks it to end.
    pub(super) signal: &'a str,
}

/// A process that is stopped as soon as this is dropped or we die.
pub(super) struct Supervised {
    child: Child,
    leash: PipeWriter,
}

impl Supervised {
    /// Starts `program` under a supervisor of its own.
    pub(super) fn spawn<I, S>(program: &Path, args: I, job: &Job<'_>) -> Result<Self, LocalError>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let mut command = shell(SUPERVISE, job.account);
        command.arg(job.signal).arg(program).args(args);
        // Messages are searched for known causes, so they must not be translated.
        command.env("LC_ALL", "C").env_remove("LANGUAGE");
        Self::connect(command, job).map_err(LocalError::run(program.display().to_string()))
    }

    fn connect(mut command: Command, job: &Job<'_>) -> io::Result<Self> {
        // A std pipe, because tokio would close its own in `Child::wait`.
        let (end, leash) = io::pipe()?;
        let errors = match job.cleaner {
            Some(cleaner) => Stdio::from(cleaner.leash.try_clone()?),
            None => Stdio::from(job.log.try_clone()?),
        };
        command.stdin(end).stdout(job.log.try_clone()?).stderr(errors);
        let child = command.spawn()?;
        Ok(Self { child, leash })
    }

    /// Whether the process and its supervisor have ended.
    pub(super) fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Waits for the process to end by itself.
    pub(super) async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Asks the process to end, and waits for it.
    pub(super) async fn stop(self) -> io::Result<ExitStatus> {
        let Self { mut child, leash } = self;
        drop(leash);
        child.wait().await
    }
}

/// Removes files once we and every supervised process are gone.
pub(super) struct Cleaner {
    child: Child,
    leash: PipeWriter,
}

impl Cleaner {
    /// Prepares the removal of `paths`; it keeps `lock` until that is done.
    pub(super) fn spawn<'a>(
        paths: impl IntoIterator<Item = &'a Path>,
        lock: &File,
    ) -> Result<Self, LocalError> {
        let (end, leash) = io::pipe().map_err(LocalError::run(SHELL))?;
        let lock = lock.try_clone().map_err(LocalError::run(SHELL))?;
        // It keeps our rights: the account of the server may not remove all of it.
        let mut command = shell(CLEAN, None);
        command.args(paths).stdin(end).stdout(lock).stderr(Stdio::null());
        let child = command.spawn().map_err(LocalError::run(SHELL))?;
        Ok(Self { child, leash })
    }

    /// Waits for the removal, which starts when the supervised processes are gone.
    pub(super) async fn finish(self) -> io::Result<ExitStatus> {
        let Self { mut child, leash } = self;
        drop(leash);
        child.wait().await
    }
}

/// A shell that runs `script`, out of reach of the terminal's Ctrl-C.
fn shell(script: &str, account: Option<&Account>) -> Command {
    let mut command = Command::new(SHELL);
    command.args(["-c", script, "trellis-postgresql"]).process_group(0);
    // Our working directory may be closed to the other account.
    command.current_dir("/");
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

/// Runs a short shell `script` with `args`, and gives what it printed if it succeeded.
pub(super) async fn ask<I, S>(
    script: &str,
    args: I,
    account: Option<&Account>,
) -> Result<Result<String, String>, LocalError>
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = shell(script, account);
    command.args(args).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().await.map_err(LocalError::run(SHELL))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(if output.status.success() { Ok(text) } else { Err(text) })
}
