//! What the command line does.

mod admin;
mod dev;
mod logs;
mod migrate;
mod schema;
mod seed;
mod serve;

use crate::config::{Cli, Command};

/// Anything that ends a command: one line for the person at the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs one command.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Dev(args) => dev::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Migrate(args) => migrate::run(&args).await,
        Command::Seed(args) => seed::run(&args).await,
        Command::Openapi => {
            print!("{}", crate::server::openapi());
            Ok(())
        }
        Command::Schema(args) => schema::run(&args).await,
        Command::Admin(command) => admin::create(command).await,
        Command::RotateKeys(args) => admin::rotate_keys(&args).await,
    }
}
