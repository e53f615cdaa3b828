//! Logs: JSON lines for machines, short ones for a person at a terminal.

mod gathered;

use tracing_subscriber::EnvFilter;

pub use gathered::Gathered;

/// JSON on standard output; `TRELLIS_LOG` chooses what is logged. Keep the result for as long as something is.
#[must_use]
pub fn json() -> Gathered {
    let filter = filter("info");
    let lines = Gathered::start();
    let format = tracing_subscriber::fmt().json().flatten_event(true);
    format.with_writer(lines.writer()).with_env_filter(filter).init();
    lines
}

/// Plain lines on standard error, warnings only unless `TRELLIS_LOG` says otherwise.
pub fn plain() {
    let filter = filter("warn");
    tracing_subscriber::fmt().compact().with_writer(std::io::stderr).with_env_filter(filter).init();
}

fn filter(default: &str) -> EnvFilter {
    EnvFilter::try_from_env("TRELLIS_LOG").unwrap_or_else(|_| EnvFilter::new(default))
}
