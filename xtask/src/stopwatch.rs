//! How long a step took. The rule that only crate `clock` reads time keeps the product testable;
//! xtask measures its own steps, decides nothing by the result, and must not build crate `clock`.

use std::time::{Duration, Instant};

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
}
