//! The `trellis` command.

use std::process::ExitCode;

use clap::{Parser, error::ErrorKind};
use trellis::{
    commands,
    config::{Cli, SettingError},
};

/// Threads free what others allocated, which the C library's allocator makes them queue for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A missing or wrong setting.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    match commands::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("trellis: {error}");
            let is_setting = error.is::<SettingError>();
            if is_setting { USAGE.into() } else { ExitCode::FAILURE }
        }
    }
}

/// Help is for standard output; a mistake is one line.
fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.exit(),
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            eprintln!("trellis: {}", line.trim_start_matches("error: "));
            USAGE.into()
        }
    }
}
