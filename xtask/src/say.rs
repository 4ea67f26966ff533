//! What a person reads on the terminal. Everything printed by xtask itself passes here.
//!
//! A terminal that has gone away is no reason to stop a test run, so write errors are ignored.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// Prints a line.
pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Prints without ending the line, so that a result can follow on it.
pub(crate) fn part(text: &str) {
    let mut out = io::stdout().lock();
    let _ = write!(out, "{text}");
    let _ = out.flush();
}

/// Whether a person watches (as opposed to a pipe or a CI log).
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Seconds with one decimal; from two minutes on, minutes and seconds.
pub(crate) fn duration(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds >= 120 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", elapsed.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_in_seconds_and_then_in_minutes() {
        assert_eq!(duration(Duration::from_millis(850)), "0.8 s");
        assert_eq!(duration(Duration::from_secs(119)), "119.0 s");
        assert_eq!(duration(Duration::from_secs(187)), "3 min 07 s");
    }
}
