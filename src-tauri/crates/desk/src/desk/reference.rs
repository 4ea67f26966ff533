//! What seldom changes and is read behind the work: the outcomes and the team's own fields.
//!
//! Promises: reading is tried until it has worked, and anew each day; never more often than
//! [`GAP_MS_MIN`]; a list that could not be read leaves the one that was kept. Must never: let a
//! failure stand for an answer.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use apollo::{Error, ids::OutcomeId};
use clock::Timestamp;
use jiff::civil::Date;
use tracing::{info, warn};

use super::{Desk, not_kept};
use crate::{
    dispositions::{Proven, is_apollo_id},
    ports::{KeptOutcome, OutcomeCalls, OutcomeProof, Urgency},
    time_text::{refusal, when},
    view::{Dispositions, OutcomeBook, OutcomeChange, Problem, ProblemCode, Tag},
};

/// The shortest time between two tries of the same list.
pub(super) const GAP_MS_MIN: u64 = 30_000;
/// The longest wait of a probe while the network is away. A try costs no request then.
const OFFLINE_MS_MAX: u64 = 45_000;
/// The longest wait after other tries that failed; each wait is twice the one before.
const BACKOFF_MS_MAX: u64 = 15 * 60_000;
/// How long to wait where Apollo answers and does not say.
const UNSAID_MS: u64 = 60 * 60_000;
/// How often it is looked whether another day has begun. Costs no request.
const LOOK_MS: u64 = 60_000;
/// Desks that wait for the same window of Apollo's do not all come in its first moment.
const SPREAD_MS: u64 = 20_000;
/// The longest wait for a limit: Apollo's longest window.
const LIMIT_MS_MAX: u64 = 24 * 3_600_000;

/// How one list stands.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The day on which it was last read.
    pub(super) read_on: Option<Date>,
    failures: u32,
    /// Not before this much time has passed (`Clock::elapsed`).
    pub(super) not_before: Duration,
    /// When it was last tried.
    tried_at: Option<Duration>,
    /// Whether an answer from Apollo, whatever it was about, is reason to try at once.
    waits_for_network: bool,
    /// The same as `not_before`, for a person.
    next_at: Option<Timestamp>,
    /// Whether its tries are how Handset learns that the network is back.
    is_probe: bool,
}

/// What came of a try.
pub(super) enum Tried {
    Read,
    /// Apollo answered, and did not say.
    Unsaid,
    Failed(Error),
}

impl Reading {
    /// One whose tries are how Handset learns that the network is back.
    pub(super) fn probing() -> Self {
        Self {
            is_probe: true,
            ..Self::default()
        }
    }

    pub(super) fn is_due(&self, today: Date, elapsed: Duration) -> bool {
        self.read_on != Some(today) && self.not_before <= elapsed
    }

    fn note(&mut self, tried: &Tried, today: Date, now: Timestamp, elapsed: Duration, spread: u64) {
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
            Tried::Unsaid => UNSAID_MS,
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
    pub(super) fn hear_network(&mut self) {
        if self.waits_for_network {
            let gap = Duration::from_millis(GAP_MS_MIN);
            let earliest = self.tried_at.map_or(Duration::ZERO, |at| at + gap);
            self.not_before = self.not_before.min(earliest);
        }
    }

    /// How long until it may be due.
    pub(super) fn wait(&self, today: Date, elapsed: Duration) -> Duration {
        let look = Duration::from_millis(LOOK_MS);
        if self.read_on == Some(today) {
            return look;
        }
        self.not_before.saturating_sub(elapsed).min(look)
    }
}

/// Whether no answer came at all, or one from the network itself.
fn is_offline(error: &Error) -> bool {
    matches!(
        error,
        Error::Network { .. } | Error::CaptivePortal | Error::ProxyRefused
    )
}

impl Desk {
    /// Keeps the outcomes and the team's own fields read, for as long as it is polled.
    pub async fn keep_reference_read(&self) {
        let mut outcomes = Reading::default();
        let mut fields = Reading::default();
        let mut returns = self.engine.link().returns();
        loop {
            if outcomes.is_due(self.date(), self.clock.elapsed()) {
                let tried = self.read_outcomes().await;
                self.note(&mut outcomes, &tried);
                self.state().outcomes_next_at = outcomes.next_at;
                self.changed(&[Tag::Dispositions]);
            }
            if fields.is_due(self.date(), self.clock.elapsed()) {
                let tried = self.read_custom_fields().await;
                self.note(&mut fields, &tried);
                self.changed(&[Tag::Card]);
            }
            let (today, elapsed) = (self.date(), self.clock.elapsed());
            let wait = outcomes
                .wait(today, elapsed)
                .min(fields.wait(today, elapsed));
            tokio::select! {
                () = self.clock.sleep(wait) => {}
                _ = returns.changed() => {
                    outcomes.hear_network();
                    fields.hear_network();
                }
            }
        }
    }

    pub(super) fn note(&self, reading: &mut Reading, tried: &Tried) {
        let mut hasher = DefaultHasher::new();
        self.rep.id().hash(&mut hasher);
        let spread_ms = hasher.finish() % SPREAD_MS;
        let (now, elapsed) = (self.clock.now(), self.clock.elapsed());
        reading.note(tried, self.date(), now, elapsed, spread_ms);
    }

    pub(super) fn date(&self) -> Date {
        self.zone.to_datetime(self.clock.now()).date()
    }

    async fn read_outcomes(&self) -> Tried {
        let is_known = self.state().dispositions.kept().read_at.is_some();
        let urgency = if is_known {
            Urgency::Background
        } else {
            // Until they are here, outcomes go out as words.
            Urgency::Waiting
        };
        let answer = self.apollo.outcomes(urgency).await;
        self.hear(answer.as_ref().err());
        let named = match answer {
            Ok(Some(named)) => named,
            Ok(None) => {
                warn!("Apollo’s answer does not tell of dispositions; the list stays as it is");
                return Tried::Unsaid;
            }
            Err(error) => {
                warn!(%error, "dispositions could not be read; the list stays as it is");
                return Tried::Failed(error);
            }
        };
        info!(named = named.len(), "dispositions read");
        let _in_order = self.keeping_outcomes.lock().await;
        let kept = {
            let mut state = self.state();
            state.dispositions.hear(&named, self.clock.now());
            state.dispositions.kept().clone()
        };
        if let Err(error) = self.store.put_outcomes(&kept).await {
            // They are in use all the same, and are kept at the next reading.
            warn!(%error, "the dispositions could not be kept");
        }
        Tried::Read
    }

    /// Cards do without the names of the team's own fields until they are here.
    async fn read_custom_fields(&self) -> Tried {
        let answer = self.apollo.custom_fields().await;
        self.hear(answer.as_ref().err());
        match answer {
            Ok(fields) => {
                self.state().custom_fields = fields;
                Tried::Read
            }
            Err(error) => {
                warn!(%error, "custom fields could not be read; cards do without");
                Tried::Failed(error)
            }
        }
    }

    /// What a call can be said to have come to.
    pub fn dispositions(&self) -> Dispositions {
        let state = self.state();
        let next = self.next_reading(state.outcomes_next_at);
        state.dispositions.view(next.as_deref())
    }

    /// The outcomes as settings show them.
    pub fn outcome_book(&self) -> OutcomeBook {
        let state = self.state();
        let next = self.next_reading(state.outcomes_next_at);
        let read = state.dispositions.kept().read_at.map(|at| {
            let at = when(at, self.clock.now(), &self.zone);
            format!("Last read from Apollo at {at}.")
        });
        let reading = match (read, next) {
            (Some(read), None) => format!("{read} Handset reads them anew each day."),
            (Some(read), Some(next)) => {
                format!("{read} They could not be read since; Handset tries again {next}.")
            }
            (None, next) => format!(
                "Not read from Apollo yet. Handset tries again {}.",
                next.as_deref().unwrap_or("by itself")
            ),
        };
        state.dispositions.book(reading, &self.zone)
    }

    /// "at 14:05"
    fn next_reading(&self, at: Option<Timestamp>) -> Option<String> {
        let now = self.clock.now();
        Some(match at? {
            at if at <= now => "in a moment".to_owned(),
            at => format!("at {}", when(at, now, &self.zone)),
        })
    }

    /// A person changes the list of outcomes. Durable when it returns `Ok`; on an error the list
    /// is as it was.
    pub async fn change_outcomes(&self, change: OutcomeChange) -> Result<OutcomeBook, Problem> {
        let proof = match &change {
            OutcomeChange::Add {
                outcome_id,
                is_confirmed,
                ..
            } => self.prove(outcome_id, *is_confirmed).await?,
            _ => Proven::nothing(),
        };
        let _in_order = self.keeping_outcomes.lock().await;
        let mut changed = self.state().dispositions.clone();
        changed
            .change(&change, &proof, self.clock.now())
            .map_err(|refusal| Problem::new(ProblemCode::Invalid, refusal))?;
        self.store
            .put_outcomes(changed.kept())
            .await
            .map_err(|error| not_kept(&error, "The list of outcomes"))?;
        self.state().dispositions.adopt(changed);
        self.changed(&[Tag::Dispositions]);
        Ok(self.outcome_book())
    }

    /// Asks Apollo about an id. What it cannot prove is put to the person.
    async fn prove(&self, id: &str, is_confirmed: bool) -> Result<Proven, Problem> {
        let id = id.trim().to_lowercase();
        if !is_apollo_id(&id) {
            return Err(Problem::new(
                ProblemCode::Invalid,
                "This is not an id of Apollo’s: 24 digits and letters a to f.",
            ));
        }
        let id = OutcomeId::new(id);
        let is_known = |known: &KeptOutcome| known.id == id;
        if self
            .state()
            .dispositions
            .kept()
            .outcomes
            .iter()
            .any(is_known)
        {
            // Nothing is added; the list says what is to be said.
            return Ok(Proven::nothing());
        }
        let answer = self.apollo.calls_with(&id).await;
        self.hear(answer.as_ref().err());
        let confirm = |message: String| {
            Problem::new(ProblemCode::ConfirmOutcome, message).hint(
                "With an id that is not the team’s, calls are refused by Apollo and wait here.",
            )
        };
        match answer {
            Ok(OutcomeCalls::Some { calls, name }) => Ok(Proven {
                proof: OutcomeProof::Calls { calls },
                name,
            }),
            Ok(OutcomeCalls::None) if is_confirmed => Ok(Proven {
                proof: OutcomeProof::NoCalls,
                name: None,
            }),
            Ok(OutcomeCalls::None) => Err(confirm(
                "Apollo knows no call with this outcome yet, which it also says of an id that does \
                 not exist. Keep it anyway?"
                    .to_owned(),
            )),
            Ok(OutcomeCalls::NotAnswered) | Err(_) if is_confirmed => Ok(Proven::nothing()),
            Ok(OutcomeCalls::NotAnswered) => Err(confirm(
                "Apollo’s answer does not tell whether it knows this outcome. Keep it anyway?"
                    .to_owned(),
            )),
            Err(error) => Err(confirm(format!(
                "Apollo could not be asked about this id: {} Keep it unchecked?",
                refusal(&error, self.clock.now(), &self.zone)
            ))),
        }
    }
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
        reading.hear_network();
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
        reading.hear_network();
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
