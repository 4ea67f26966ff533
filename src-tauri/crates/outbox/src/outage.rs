//! No network: one wrap-up asks whether it is back, all others wait for its answer.
//!
//! Promises: while there is no network at most one request is under way, at growing intervals;
//! Apollo's first answer, whatever it says, lets everything go on at once. Must never: hold anything
//! back for a fault of one endpoint, or take a stranger's answer for Apollo's.

use std::time::Duration;

use apollo::{Error, Source};

/// The first interval between two probes; doubled each time.
const PROBE_MS_MIN: u64 = 3_000;
/// The longest interval.
const PROBE_MS_MAX: u64 = 60_000;

/// Whether there is a network, and when the next request may try it.
#[derive(Debug, Default)]
pub(crate) struct Outage {
    failures: u32,
    /// By elapsed time; none while there is a network.
    until: Option<Duration>,
}

impl Outage {
    /// Handles the result of a request. True if the network is back.
    pub(crate) fn handle(&mut self, error: Option<&Error>, elapsed: Duration) -> bool {
        match error.map(|error| error.kind().source()) {
            Some(Source::Network) => self.fail(elapsed),
            // A connection that ends at a stranger does not reach Apollo. Alone it is no outage
            // either: a firewall may refuse one note, and let all others pass.
            Some(Source::InBetween | Source::Unclear) => self.until.is_some() && self.fail(elapsed),
            // Neither says anything about the network.
            Some(Source::Budget | Source::Handset) => false,
            // A broken connection may be the network or a single request.
            Some(Source::Connection) if self.until.is_some() => {
                self.until = Some(elapsed + Duration::from_millis(PROBE_MS_MAX));
                false
            }
            Some(
                Source::Connection | Source::Request | Source::Key | Source::Limit | Source::Apollo,
            )
            | None => {
                self.failures = 0;
                self.until.take().is_some()
            }
        }
    }

    /// Sets the next probe. The network is not back.
    fn fail(&mut self, elapsed: Duration) -> bool {
        let wait_ms = PROBE_MS_MIN << self.failures.min(8);
        self.failures += 1;
        self.until = Some(elapsed + Duration::from_millis(wait_ms.min(PROBE_MS_MAX)));
        false
    }

    /// How many requests may begin, of `most`, while `at_work` are under way.
    pub(crate) fn room(&self, most: usize, at_work: usize, elapsed: Duration) -> usize {
        match self.until {
            None => most.saturating_sub(at_work),
            Some(until) if until <= elapsed && at_work == 0 => 1,
            Some(_) => 0,
        }
    }

    /// How long until the next probe; none while there is a network.
    pub(crate) fn probe_in(&self, elapsed: Duration) -> Option<Duration> {
        self.until.map(|until| until.saturating_sub(elapsed))
    }
}

#[cfg(test)]
mod tests {
    use apollo::NetworkKind;

    use super::*;

    const DOWN: Error = Error::Network {
        kind: NetworkKind::Dns,
    };

    #[test]
    fn one_probe_at_a_time_at_growing_intervals_until_an_answer_comes() {
        let second = Duration::from_secs;
        let mut outage = Outage::default();
        assert_eq!(outage.room(4, 1, second(0)), 3);

        outage.handle(Some(&DOWN), second(0));
        assert_eq!(outage.room(4, 0, second(2)), 0);
        assert_eq!(outage.room(4, 0, second(3)), 1);
        assert_eq!(outage.room(4, 1, second(3)), 0);
        outage.handle(Some(&DOWN), second(3));
        assert_eq!(outage.probe_in(second(3)), Some(second(6)));
        for _ in 0..20 {
            outage.handle(Some(&DOWN), second(3));
        }
        assert_eq!(outage.probe_in(second(3)), Some(second(60)));

        assert!(
            outage.handle(Some(&Error::Gone), second(63)),
            "an answer is an answer"
        );
        assert_eq!(outage.room(4, 0, second(63)), 4);
        assert!(!outage.handle(None, second(64)), "it was back already");
    }

    #[test]
    fn a_strangers_answer_is_neither_an_outage_nor_its_end() {
        let second = Duration::from_secs;
        let unreadable = Error::Undecodable {
            path: "task".to_owned(),
            reason: "missing".to_owned(),
        };
        for stranger in [Error::NotFromApollo { status: 404 }, unreadable] {
            let mut outage = Outage::default();
            assert!(!outage.handle(Some(&stranger), second(0)));
            assert_eq!(outage.room(4, 0, second(0)), 4, "the others go on");

            outage.handle(Some(&DOWN), second(0));
            assert!(!outage.handle(Some(&stranger), second(3)), "{stranger:?}");
            assert_eq!(outage.room(4, 0, second(8)), 0, "{stranger:?}");
            assert_eq!(outage.room(4, 0, second(9)), 1, "at growing intervals");
            assert!(outage.handle(Some(&Error::Gone), second(9)));
        }
    }
}
