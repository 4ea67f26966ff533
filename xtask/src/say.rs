//! What a person reads on the terminal. Everything printed by xtask itself passes here.
//!
//! Ours, and not `println!`, since a terminal that has gone away is no reason to stop a test run.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Prints a line, given as to `format!`.
macro_rules! say {
    ($($text:tt)*) => { $crate::say::part(&format!("{}\n", format_args!($($text)*))) };
}
pub(crate) use say;

/// Prints without ending the line, so that a result can follow on it.
pub(crate) fn part(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Whether a person watches (as opposed to a pipe or a CI log).
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How long a step took. Shown, and never decided by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "xtask reports how long its own steps took; crate clock would bring tokio along"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    pub(crate) fn shown(self) -> String {
        shown(self.elapsed())
    }
}

/// Seconds with one decimal; from two minutes on, minutes and seconds.
pub(crate) fn shown(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        seconds @ 120.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_in_seconds_and_then_in_minutes() {
        assert_eq!(shown(Duration::from_millis(850)), "0.8 s");
        assert_eq!(shown(Duration::from_secs(119)), "119.0 s");
        assert_eq!(shown(Duration::from_secs(187)), "3 min 07 s");
    }
}
