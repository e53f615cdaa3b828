//! Lines that go out together: a system call for each costs a tenth of all requests.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// No line waits longer than this.
const DELAY: Duration = Duration::from_millis(100);

/// Nor for more than this many bytes.
const ENOUGH: usize = 64 * 1024;

/// Lines on their way to standard output; what is left goes out when this is dropped.
pub struct Gathered(Writer);

/// Takes lines. Warnings and errors do not wait.
#[derive(Clone, Default)]
pub struct Writer {
    lines: Arc<Mutex<Vec<u8>>>,
    at_once: bool,
}

impl Gathered {
    /// Writes out every now and then, from now on.
    pub fn start() -> Self {
        let writer = Writer::default();
        let lines = writer.lines.clone();
        thread::spawn(move || {
            loop {
                write_out(&mut held(&lines));
                thread::sleep(DELAY);
            }
        });
        Self(writer)
    }

    /// Where lines go in.
    pub fn writer(&self) -> Writer {
        self.0.clone()
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        write_out(&mut held(&self.0.lines));
    }
}

impl<'a> MakeWriter<'a> for Writer {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Self {
        Self { at_once: *meta.level() <= Level::WARN, ..self.clone() }
    }
}

impl Write for Writer {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut lines = held(&self.lines);
        lines.extend_from_slice(line);
        if self.at_once || lines.len() >= ENOUGH {
            write_out(&mut lines);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn held(lines: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A log that nobody takes any more must not end the server.
fn write_out(lines: &mut Vec<u8>) {
    let mut out = io::stdout().lock();
    drop(out.write_all(lines).and_then(|()| out.flush()));
    lines.clear();
}
