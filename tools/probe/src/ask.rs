//! Asking Apollo, and counting the requests.

use std::sync::atomic::{AtomicU32, Ordering};

use apollo::{Client, Error, RawAnswer, RawRequest};
use budget::Priority;
use clock::SharedClock;
use serde_json::Value;

/// Asks one account.
pub(crate) struct Ask<'a> {
    client: &'a Client,
    pub(crate) clock: SharedClock,
    sent: AtomicU32,
}

/// An answer as far as it concerns us.
pub(crate) struct Reply {
    pub(crate) answer: RawAnswer,
    /// The body; null where it is no JSON.
    pub(crate) json: Value,
}

impl<'a> Ask<'a> {
    pub(crate) fn new(client: &'a Client, clock: SharedClock) -> Self {
        Self {
            client,
            clock,
            sent: AtomicU32::new(0),
        }
    }

    /// Sends once. An error means that no whole answer came.
    pub(crate) async fn ask(&self, request: RawRequest) -> Result<Reply, Error> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        // A minute is a long wait for a person, but a probe is patient: its questions come in
        // a burst, and the minute's limit may be small.
        let answer = self.client.raw(request, Priority::Background).await?;
        let json = answer.json().unwrap_or(Value::Null);
        Ok(Reply { answer, json })
    }

    /// Requests so far.
    pub(crate) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }
}

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        self.answer.status
    }

    pub(crate) fn is_ok(&self) -> bool {
        (200..300).contains(&self.answer.status)
    }

    /// How many rows there are in all, by Apollo's own count.
    pub(crate) fn total(&self) -> Option<u64> {
        let number = |value: &Value| match value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        self.json
            .pointer("/pagination/total_entries")
            .and_then(number)
            .or_else(|| self.json.get("pipeline_total").and_then(number))
    }

    /// The rows under `key`.
    pub(crate) fn rows(&self, key: &str) -> &[Value] {
        self.json
            .get(key)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// Which filters Apollo echoes as applied.
    pub(crate) fn echoes(&self, name: &str) -> bool {
        self.rows("breadcrumbs")
            .iter()
            .any(|crumb| crumb.get("signal_field_name").and_then(Value::as_str) == Some(name))
    }

    /// The status, and Apollo's reason where it is one that we know to be free of data.
    pub(crate) fn refusal(&self) -> String {
        let reason = ["error", "message"]
            .iter()
            .find_map(|key| self.json.get(*key).and_then(Value::as_str))
            .and_then(crate::plain::sentence);
        match reason {
            Some(reason) => format!("{}, \"{reason}\"", self.status()),
            None => self.status().to_string(),
        }
    }
}
