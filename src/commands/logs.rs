//! Logs: JSON lines for machines, short ones for a person at a terminal.

use tracing_subscriber::EnvFilter;

/// JSON on standard output; `TRELLIS_LOG` chooses what is logged.
pub fn json() {
    let filter = filter("info");
    tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).init();
}

/// Plain lines on standard error, warnings only unless `TRELLIS_LOG` says otherwise.
pub fn plain() {
    let filter = filter("warn");
    tracing_subscriber::fmt().compact().with_writer(std::io::stderr).with_env_filter(filter).init();
}

fn filter(default: &str) -> EnvFilter {
    EnvFilter::try_from_env("TRELLIS_LOG").unwrap_or_else(|_| EnvFilter::new(default))
}
