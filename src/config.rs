//! Settings: each a flag and an environment variable, all in `--help`.

#![expect(clippy::doc_markdown, reason = "these are the texts of --help")]

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Why a setting is no good: one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingError(pub String);

/// One PostgreSQL-backed REST backend for five products.
#[derive(Debug, Parser)]
#[command(name = "trellis", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `trellis` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run everything for development: a private PostgreSQL, demo data, the server
    Dev(DevArgs),
    /// Serve the API
    Serve(ServeArgs),
    /// Bring the database's schema up to date
    Migrate(MigrateArgs),
    /// Load reference data and demo people; harmless to repeat
    Seed(SeedArgs),
    /// Print the OpenAPI document
    Openapi,
    /// Print diagrams of the schema, or bring those in a file up to date
    Schema(SchemaArgs),
    /// Manage platform administrators
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Encrypt stored secrets anew under the first key of TRELLIS_SECRET
    RotateKeys(RotateArgs),
}

/// Settings of `dev`.
#[derive(Debug, Args)]
pub struct DevArgs {
    /// Where the private PostgreSQL, its data and the development secret live
    #[arg(long, env = "TRELLIS_DATA_DIR", value_name = "DIRECTORY")]
    pub data_dir: Option<PathBuf>,
    /// Use this database instead of a private one
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// How the server behaves.
    #[command(flatten)]
    pub server: ServerSettings,
}

/// Settings of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the data is.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// One or more base64 secrets of 32 bytes, comma-separated, newest first; all keys derive from them
    #[arg(long, env = "TRELLIS_SECRET", hide_env_values = true, value_name = "BASE64")]
    pub secret: Option<String>,
    /// SMTP server: smtps://user:password@host or smtp://host:587?tls=required
    #[arg(long, env = "TRELLIS_SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// Sender of all mail
    #[arg(
        long,
        env = "TRELLIS_MAIL_FROM",
        default_value = "Trellis <trellis@localhost>",
        value_name = "ADDRESS"
    )]
    pub mail_from: String,
    /// How the server behaves.
    #[command(flatten)]
    pub server: ServerSettings,
}

/// Settings of `migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// List what is pending and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where to migrate.
    #[command(flatten)]
    pub database: OwnerSettings,
}

/// Settings of `seed`.
#[derive(Debug, Args)]
pub struct SeedArgs {
    /// Add this many made-up users with 25 jobs each
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub users: Option<u32>,
    /// Load the reference data alone: countries, programmes, skills, …, and no people
    #[arg(long, conflicts_with = "users")]
    pub reference: bool,
    /// Where to put it.
    #[command(flatten)]
    pub database: OwnerSettings,
}

/// Settings of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// A file with places for the diagrams, such as docs/schema.md
    pub file: Option<PathBuf>,
    /// A migrated database; a private server runs the migrations when absent.
    #[command(flatten)]
    pub database: OwnerSettings,
}

/// What `admin` can do.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create a platform administrator, or make an existing account one
    Create(AdminArgs),
}

/// Settings of `admin create`.
#[derive(Debug, Args)]
pub struct AdminArgs {
    /// The administrator's e-mail address
    #[arg(long)]
    pub email: String,
    /// Password of a new account; a random one is made and printed when absent
    #[arg(long, env = "TRELLIS_ADMIN_PASSWORD", hide_env_values = true)]
    pub password: Option<String>,
    /// Where the accounts are.
    #[command(flatten)]
    pub database: DatabaseSettings,
}

/// Settings of `rotate-keys`.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// Where the secrets are.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// The new secret first, then those before it
    #[arg(long, env = "TRELLIS_SECRET", hide_env_values = true, value_name = "BASE64")]
    pub secret: Option<String>,
}

/// Where the data is.
#[derive(Debug, Args)]
pub struct DatabaseSettings {
    /// PostgreSQL 15 or later: postgres://user:password@host/database
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
}

impl DatabaseSettings {
    /// The URL, or one line that says what is wrong with it.
    pub fn url(&self) -> Result<&str, SettingError> {
        database_url(self.database_url.as_deref())
    }
}

/// Where the data is, for what only the owner of the tables may do.
#[derive(Debug, Args)]
pub struct OwnerSettings {
    /// Database of the server, used unless the next one is given
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The same database as a login that may create roles and tables
    #[arg(long, env = "MIGRATE_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub migrate_database_url: Option<String>,
}

impl OwnerSettings {
    /// Whether there is a URL at all.
    pub fn is_given(&self) -> bool {
        let urls = [&self.migrate_database_url, &self.database_url];
        urls.into_iter().flatten().any(|url| !url.is_empty())
    }

    /// The URL, or one line that says what is wrong with it.
    pub fn url(&self) -> Result<&str, SettingError> {
        let own = self.migrate_database_url.as_deref().filter(|url| !url.is_empty());
        database_url(own.or(self.database_url.as_deref()))
    }
}

/// How the server behaves.
#[derive(Debug, Clone, Args)]
pub struct ServerSettings {
    /// Address of the API
    #[arg(long, env = "TRELLIS_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Address of the Prometheus metrics; none are served when absent
    #[arg(long, env = "TRELLIS_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach this server; links in mail begin with it
    #[arg(
        long,
        env = "TRELLIS_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080",
        value_name = "URL"
    )]
    pub public_url: String,
    /// Origins whose pages may call the API, comma-separated; * for all
    #[arg(long, env = "TRELLIS_CORS_ORIGINS", value_delimiter = ',', value_name = "ORIGINS")]
    pub cors_origins: Vec<String>,
    /// Trust X-Forwarded-For, because a proxy of ours sets it
    #[arg(long, env = "TRELLIS_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// Database connections; two per core when absent, four at least
    #[arg(long, env = "TRELLIS_DATABASE_CONNECTIONS", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub database_connections: Option<u16>,
    /// Client connections beyond this many wait
    #[arg(long, env = "TRELLIS_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
    /// Months of audit logs to keep
    #[arg(long, env = "TRELLIS_AUDIT_MONTHS", default_value_t = 24, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1200))]
    pub audit_months: u16,
}

impl ServerSettings {
    /// Database connections to open at most.
    pub fn pool_size(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        self.database_connections.map_or((cores * 2).max(4), usize::from)
    }
}

/// The value, or one line that says what is missing and what it looks like.
pub fn required<'a>(
    value: Option<&'a str>,
    name: &str,
    example: &str,
) -> Result<&'a str, SettingError> {
    value
        .filter(|value| !value.trim().is_empty())
        .ok_or_else(|| SettingError(format!("{name} is not set; it looks like {example}")))
}

fn database_url(value: Option<&str>) -> Result<&str, SettingError> {
    let example = "postgres://user:password@host/database";
    let url = required(value, "DATABASE_URL", example)?;
    match url.split_once("://") {
        Some(("postgres" | "postgresql", _)) => Ok(url),
        _ => {
            Err(SettingError(format!("DATABASE_URL is no PostgreSQL URL; it looks like {example}")))
        }
    }
}
