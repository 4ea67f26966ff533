//! Deadlines: everything the drive waits for ends, by success or by a sentence that says what was
//! waited for. Must never: wait for a fixed time.

use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How long a poll rests before it looks again.
pub(crate) const POLL_INTERVAL_MS: u64 = 30;

/// Awaits `future`, or fails after `limit` naming `what`.
#[expect(
    clippy::disallowed_methods,
    reason = "a real window lives in real time: this test program has no clock to inject"
)]
pub(crate) async fn within<T>(
    limit: Duration,
    what: &str,
    future: impl Future<Output = Result<T>>,
) -> Result<T> {
    match tokio::time::timeout(limit, future).await {
        Ok(result) => result.with_context(|| what.to_owned()),
        Err(_) => bail!("{what}: no answer within {limit:?}"),
    }
}

/// Asks `poll` until it answers with something, or fails after `limit` naming `what` and the last
/// error that `poll` gave.
#[expect(
    clippy::disallowed_methods,
    reason = "a real window lives in real time: this test program has no clock to inject"
)]
pub(crate) async fn until<T>(
    limit: Duration,
    what: &str,
    mut poll: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = tokio::time::Instant::now() + limit;
    loop {
        let last = match poll().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if tokio::time::Instant::now() >= deadline {
            return match last {
                Some(error) => Err(error.context(format!("{what}: not within {limit:?}"))),
                None => bail!("{what}: not within {limit:?}"),
            };
        }
        tokio::time::sleep(Duration::from_millis(POLL_INTERVAL_MS)).await;
    }
}

/// The same where nothing can be awaited. False if the limit passed first.
#[expect(
    clippy::disallowed_methods,
    reason = "a real window lives in real time: this test program has no clock to inject"
)]
pub(crate) fn until_blocking(limit: Duration, mut done: impl FnMut() -> bool) -> bool {
    let deadline = std::time::Instant::now() + limit;
    while !done() {
        if std::time::Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(POLL_INTERVAL_MS));
    }
    true
}

/// The moment, to compare with times that the app writes down.
#[expect(
    clippy::disallowed_methods,
    reason = "a real window lives in real time: this test program has no clock to inject"
)]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
