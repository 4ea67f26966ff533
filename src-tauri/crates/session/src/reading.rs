//! When a list that Handset reads by itself is read again: after a failure, and each day.
//!
//! Promises: never more often than [`GAP_MS_MIN`]; waits double; an answer from Apollo cuts a wait
//! short. Must never: let a failure stand for an answer.

use std::time::Duration;

use apollo::{Error, Source};
use clock::Timestamp;
use jiff::civil::Date;

/// The shortest time between two tries of the same list.
pub(crate) const GAP_MS_MIN: u64 = 30_000;
/// The longest wait of a probe while the network is away. A try costs no request then.
const OFFLINE_MS_MAX: u64 = 45_000;
/// The longest wait after other tries that failed; each wait is twice the one before.
const BACKOFF_MS_MAX: u64 = 15 * 60_000;
/// How long to wait where Apollo's answer does not hold the list.
const NOT_IN_ANSWER_MS: u64 = 60 * 60_000;
/// How often Handset checks whether another day has begun. A check costs no request.
const DAY_CHECK_MS: u64 = 60_000;
/// Sessions that wait for the same window of Apollo's limit do not all ask in its first moment.
pub(crate) const SPREAD_MS: u64 = 20_000;
/// The longest wait for a limit: Apollo's longest window.
const LIMIT_MS_MAX: u64 = 24 * 3_600_000;

/// How one list stands.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The day on which it was last read.
    pub(crate) read_on: Option<Date>,
    failures: u32,
    /// No try before this much time has passed (`Clock::elapsed`).
    pub(crate) not_before: Duration,
    /// When it was last tried.
    tried_at: Option<Duration>,
    /// Whether an answer from Apollo, whatever it was about, is reason to try at once.
    waits_for_network: bool,
    /// The same as `not_before`, for a person.
    pub(crate) next_at: Option<Timestamp>,
    /// Whether its tries are how Handset learns that the network is back.
    is_probe: bool,
}

/// What came of a try.
pub(crate) enum Tried {
    Read,
    /// Apollo answered, and the answer does not hold the list.
    NotInAnswer,
    Failed(Error),
}

impl Reading {
    /// A list whose tries are how Handset learns that the network is back.
    pub(crate) fn probing() -> Self {
        Self {
            is_probe: true,
            ..Self::default()
        }
    }

    pub(crate) fn is_due(&self, today: Date, elapsed: Duration) -> bool {
        self.read_on != Some(today) && self.not_before <= elapsed
    }

    pub(crate) fn note(
        &mut self,
        tried: &Tried,
        today: Date,
        now: Timestamp,
        elapsed: Duration,
        spread: u64,
    ) {
        self.tried_at = Some(elapsed);
        self.waits_for_network = false;
        let wait_ms = match tried {
            Tried::Read => {
                *self = Self {
                    read_on: Some(today),
                    tried_at: self.tried_at,
                    is_probe: self.is_probe,
                    ..Self::default()
                };
                return;
            }
            Tried::NotInAnswer => NOT_IN_ANSWER_MS,
            Tried::Failed(Error::Limited { until, .. } | Error::BudgetSpent { until, .. }) => {
                let wait = until.duration_since(now).as_millis();
                let wait = u64::try_from(wait).unwrap_or(0).min(LIMIT_MS_MAX);
                wait.max(GAP_MS_MIN) + spread
            }
            Tried::Failed(error) => {
                self.waits_for_network = true;
                let doubled = GAP_MS_MIN.saturating_mul(1 << self.failures.min(16));
                doubled.min(if self.is_probe && is_offline(error) {
                    OFFLINE_MS_MAX
                } else {
                    BACKOFF_MS_MAX
                })
            }
        };
        self.failures = self.failures.saturating_add(1);
        let wait = Duration::from_millis(wait_ms);
        self.not_before = elapsed + wait;
        self.next_at = now.saturating_add(wait).ok();
    }

    /// Apollo can be reached again.
    pub(crate) fn network_returned(&mut self) {
        if self.waits_for_network {
            let gap = Duration::from_millis(GAP_MS_MIN);
            let earliest = self.tried_at.map_or(Duration::ZERO, |at| at + gap);
            self.not_before = self.not_before.min(earliest);
        }
    }

    /// How long until it may be due.
    pub(crate) fn wait(&self, today: Date, elapsed: Duration) -> Duration {
        let next_check = Duration::from_millis(DAY_CHECK_MS);
        if self.read_on == Some(today) {
            return next_check;
        }
        self.not_before.saturating_sub(elapsed).min(next_check)
    }
}

/// Whether no answer came at all, or one from the network itself.
fn is_offline(error: &Error) -> bool {
    matches!(error.kind().source(), Source::Network | Source::Connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn now() -> Timestamp {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }

    fn today() -> Date {
        "2026-11-24".parse().unwrap()
    }

    fn offline() -> Tried {
        Tried::Failed(Error::Stumbled)
    }

    #[test]
    fn waits_double_up_to_a_limit_and_the_network_cuts_them_short_but_not_below_the_gap() {
        let mut reading = Reading::default();
        let mut at = Duration::ZERO;
        let mut waits = Vec::new();
        for _ in 0..8 {
            assert!(reading.is_due(today(), at));
            reading.note(&offline(), today(), now(), at, 0);
            let wait = reading.not_before.saturating_sub(at);
            waits.push(wait.as_secs());
            at += wait;
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900, 900]);

        reading.note(&offline(), today(), now(), at, 0);
        reading.network_returned();
        assert!(!reading.is_due(today(), at + MINUTE / 3));
        assert!(reading.is_due(today(), at + MINUTE / 2));
    }

    #[test]
    fn a_limit_is_waited_for_whatever_else_apollo_answers() {
        let mut reading = Reading::default();
        let limited = Tried::Failed(Error::BudgetSpent {
            endpoint: "api/v1/phone_calls#search".to_owned(),
            until: now() + jiff::SignedDuration::from_mins(40),
        });
        reading.note(&limited, today(), now(), MINUTE, 7_000);
        reading.network_returned();
        assert_eq!(reading.not_before, MINUTE * 41 + Duration::from_secs(7));
    }

    #[test]
    fn what_was_read_is_read_again_on_another_day_only() {
        let mut reading = Reading::default();
        reading.note(&Tried::Read, today(), now(), MINUTE, 0);
        assert!(!reading.is_due(today(), MINUTE * 600));
        assert!(reading.is_due(today().tomorrow().unwrap(), MINUTE * 600));
    }
}
