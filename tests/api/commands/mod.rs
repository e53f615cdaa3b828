//! The command line, as a person at a terminal meets it.

mod dev;
mod migrate;
mod schema;
mod seed;
mod settings;

use std::process::Output;

use tokio::process::Command;

/// The `trellis` binary, with nothing of this process's settings.
pub fn trellis(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trellis"));
    command.args(arguments).kill_on_drop(true);
    for (name, _) in std::env::vars() {
        if name.starts_with("TRELLIS_") || name.ends_with("DATABASE_URL") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs it to its end.
async fn run(arguments: &[&str]) -> (i32, String, String) {
    finish(trellis(arguments).output().await.unwrap())
}

fn finish(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
