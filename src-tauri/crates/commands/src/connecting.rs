//! Is this the right key? Four questions, one after the other, each with a plain answer.
//!
//! Promises: every way a key or a network can be wrong has its own text and its own thing to do; a
//! check that failed ends the list. Must never: repeat the key, or store it before all is well.

use apollo::{ApiKeyFormat, Client, Error, types::PhoneCallSearch};
use budget::{Endpoint, Priority};
use clock::{SharedClock, Timestamp};
use domain::rep::KeyIdentity;
use jiff::tz::TimeZone;
use present::{
    Check, CheckKind, CheckState, ConnectProgress, ConnectState, KeyStorage, Problem, next_step,
    refusal,
};
use text::{Text, message};
use vault::VaultError;

use crate::{count::count, keychain::keychain_reason};

/// A clock that is wrong by more than this would log calls at wrong times.
const CLOCK_SKEW_MINUTES_MAX: i64 = 10;

/// A key that passed all checks.
pub(crate) struct Checked {
    pub progress: ConnectProgress,
    pub acting_admin: Option<String>,
    /// Whose key it is.
    pub identity: Option<KeyIdentity>,
}

/// An answer and what to do about it.
struct Failure {
    answer: Text,
    next_step: Text,
}

fn questions() -> [(CheckKind, Text); 4] {
    [
        (CheckKind::IsKey, message!("connecting-question-known")),
        (
            CheckKind::Workspace,
            message!("connecting-question-workspace"),
        ),
        (CheckKind::Master, message!("connecting-question-master")),
        (CheckKind::Limits, message!("connecting-question-limits")),
    ]
}

/// Nothing was pasted yet.
pub(crate) fn idle() -> ConnectProgress {
    progress(ConnectState::Idle, CheckState::Waiting)
}

/// The checks are about to begin.
pub(crate) fn running() -> ConnectProgress {
    let mut running = progress(ConnectState::Running, CheckState::Waiting);
    begin(&mut running, CheckKind::IsKey);
    running
}

fn progress(state: ConnectState, check: CheckState) -> ConnectProgress {
    let checks = questions()
        .into_iter()
        .map(|(kind, question)| Check {
            kind,
            question,
            state: check,
            answer: None,
            next_step: None,
        })
        .collect();
    ConnectProgress {
        state,
        checks,
        sentence: Text::empty(),
    }
}

/// The pasted text cannot be a key; nothing was sent.
pub(crate) fn not_a_key(error: ApiKeyFormat) -> ConnectProgress {
    let mut failed = progress(ConnectState::Running, CheckState::Waiting);
    let failure = Failure {
        answer: not_a_key_because(error),
        next_step: message!("connecting-paste-again"),
    };
    fail(&mut failed, CheckKind::IsKey, failure);
    failed
}

fn not_a_key_because(error: ApiKeyFormat) -> Text {
    match error {
        ApiKeyFormat::Empty => message!("connecting-key-empty"),
        ApiKeyFormat::SpaceInside => message!("connecting-key-space-inside"),
        ApiKeyFormat::ControlCharacter => message!("connecting-key-control-character"),
        ApiKeyFormat::NotAscii => message!("connecting-key-not-plain"),
        ApiKeyFormat::TooShort => message!("connecting-key-too-short"),
        ApiKeyFormat::TooLong => message!("connecting-key-too-long"),
    }
}

/// No client could be made for this origin.
pub(crate) fn failed_at_start(error: &Error, now: Timestamp, zone: &TimeZone) -> ConnectProgress {
    let mut failed = running();
    fail(&mut failed, CheckKind::IsKey, failure_of(error, now, zone));
    failed
}

/// Asks all four questions, reporting each step. `None` when one failed; that is reported too.
pub(crate) async fn check(
    client: &Client,
    worked_before: bool,
    (clock, zone): (&SharedClock, &TimeZone),
    report: &(dyn Fn(ConnectProgress) + Send + Sync),
) -> Option<Checked> {
    let failure = |error: &Error| failure_of(error, clock.now(), zone);
    let mut progress = running();
    report(progress.clone());

    // 1. `auth/health` answers 200 to any key; only `is_logged_in` says whether it is one.
    let known = match client.auth().health(Priority::Waiting).await {
        Ok(health) if health.is_logged_in => clock_check(client),
        Ok(_) | Err(Error::KeyRejected) if worked_before => Err(Failure {
            answer: message!("connecting-revoked"),
            next_step: message!("connecting-revoked-next"),
        }),
        Ok(_) => Err(failure(&Error::KeyRejected)),
        Err(error) => Err(failure(&error)),
    };
    if !settle(
        &mut progress,
        CheckKind::IsKey,
        known,
        Some(CheckKind::Workspace),
        report,
    ) {
        return None;
    }

    // 2. A key acts as a person: the admin who made it, mostly.
    let mut acting_admin = None;
    let mut identity = None;
    let workspace = match client.users().profile(Priority::Waiting).await {
        Ok(profile) => {
            identity = Some(KeyIdentity {
                user_id: profile.id.clone(),
                team_id: profile.team_id.clone(),
            });
            let parts = [profile.first_name.as_deref(), profile.last_name.as_deref()];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() {
                profile.email.unwrap_or_default()
            } else {
                name
            };
            let answer = message!("connecting-acts-as", name = name.as_str());
            acting_admin = Some(name);
            Ok(answer)
        }
        Err(error) => Err(failure(&error)),
    };
    if !settle(
        &mut progress,
        CheckKind::Workspace,
        workspace,
        Some(CheckKind::Master),
        report,
    ) {
        return None;
    }

    // 3. No endpoint names the kind of a key, but only a master key may search calls.
    let one_row = PhoneCallSearch {
        per_page: 1,
        ..PhoneCallSearch::default()
    };
    let master = match client
        .phone_calls()
        .search(&one_row, Priority::Waiting)
        .await
    {
        Ok(_) => Ok(message!("connecting-is-master")),
        Err(error) => Err(failure(&error)),
    };
    if !settle(
        &mut progress,
        CheckKind::Master,
        master,
        Some(CheckKind::Limits),
        report,
    ) {
        return None;
    }

    // 4. Reading the limits teaches the budget. Apollo's answers teach it too, so a refusal here
    //    is no reason to turn a good key away.
    let limits = match client.usage_stats().read(Priority::Waiting).await {
        Ok(_) => limits_sentence(client),
        Err(error) => {
            tracing::warn!(%error, "the limits could not be read");
            message!("connecting-limits-not-read")
        }
    };
    settle(&mut progress, CheckKind::Limits, Ok(limits), None, report);
    Some(Checked {
        progress,
        acting_admin,
        identity,
    })
}

/// All checks passed: where the key is stored, or why it is not in use.
pub(crate) fn connected(
    mut progress: ConnectProgress,
    storage: KeyStorage,
    adopted: Result<(), Problem>,
) -> ConnectProgress {
    progress.state = ConnectState::Connected;
    progress.sentence = match (adopted, storage) {
        (Err(problem), _) => {
            progress.state = ConnectState::Failed;
            problem.message
        }
        (Ok(()), KeyStorage::ThisRun) => message!("connecting-this-run"),
        (Ok(()), _) => message!("connecting-in-keychain"),
    };
    progress
}

/// The key is good but cannot be stored.
pub(crate) fn ask_this_run(
    mut progress: ConnectProgress,
    error: &VaultError,
    no_keychain: bool,
) -> ConnectProgress {
    progress.state = ConnectState::AskThisRun;
    progress.sentence = if no_keychain {
        message!("connecting-no-keychain")
    } else {
        message!("connecting-keychain-fails", reason = keychain_reason(error))
    };
    progress
}

fn clock_check(client: &Client) -> Result<Text, Failure> {
    let skew_minutes = client
        .last_server_time_skew()
        .map_or(0, |skew| skew.as_mins());
    if skew_minutes.abs() <= CLOCK_SKEW_MINUTES_MAX {
        return Ok(message!("connecting-known"));
    }
    let minutes = count(skew_minutes.abs());
    let answer = if skew_minutes > 0 {
        message!("connecting-clock-behind", minutes = minutes)
    } else {
        message!("connecting-clock-ahead", minutes = minutes)
    };
    Err(Failure {
        answer,
        next_step: message!("connecting-clock-next"),
    })
}

fn limits_sentence(client: &Client) -> Text {
    let meters = client.budget().meter();
    let Some(meter) = meters
        .iter()
        .find(|meter| meter.endpoint == Endpoint::PHONE_CALLS_CREATE)
    else {
        return message!("connecting-no-limit");
    };
    limits_of(meter.hour.limit.zip(meter.hour.left), meter.day.limit)
}

/// What the team may log: in an hour with what is left of it, and in a day. None means no limit.
fn limits_of(hour: Option<(u64, u64)>, day: Option<u64>) -> Text {
    match (hour, day) {
        (Some((hour, left)), Some(day)) => message!(
            "connecting-limits",
            hour = count(hour),
            day = count(day),
            left = count(left),
        ),
        (Some((hour, left)), None) => message!(
            "connecting-limit-of-hour",
            hour = count(hour),
            left = count(left),
        ),
        (None, Some(day)) => message!("connecting-limit-of-day", day = count(day)),
        (None, None) => message!("connecting-no-limit"),
    }
}

fn find(progress: &mut ConnectProgress, kind: CheckKind) -> Option<&mut Check> {
    progress.checks.iter_mut().find(|check| check.kind == kind)
}

fn begin(progress: &mut ConnectProgress, kind: CheckKind) {
    if let Some(check) = find(progress, kind) {
        check.state = CheckState::Running;
    }
}

fn fail(progress: &mut ConnectProgress, kind: CheckKind, failure: Failure) {
    progress.state = ConnectState::Failed;
    for check in &mut progress.checks {
        if matches!(check.state, CheckState::Waiting | CheckState::Running) {
            check.state = CheckState::Skipped;
        }
    }
    if let Some(check) = find(progress, kind) {
        check.state = CheckState::Failed;
        check.answer = Some(failure.answer);
        check.next_step = Some(failure.next_step);
    }
    progress.sentence = message!("connecting-not-kept");
}

fn settle(
    progress: &mut ConnectProgress,
    kind: CheckKind,
    answer: Result<Text, Failure>,
    next: Option<CheckKind>,
    report: &(dyn Fn(ConnectProgress) + Send + Sync),
) -> bool {
    let passed = match answer {
        Ok(answer) => {
            if let Some(check) = find(progress, kind) {
                check.state = CheckState::Passed;
                check.answer = Some(answer);
            }
            if let Some(next) = next {
                begin(progress, next);
            }
            true
        }
        Err(failure) => {
            fail(progress, kind, failure);
            false
        }
    };
    report(progress.clone());
    passed
}

/// What a failure is called, and the one thing to do about it.
fn failure_of(error: &Error, now: Timestamp, zone: &TimeZone) -> Failure {
    // The endpoint that refused tells an admin what to check.
    let refused = match error {
        Error::ScopedOut { endpoint } | Error::PlanGated { endpoint } => {
            message!("connecting-refused-endpoint", endpoint = endpoint.as_str())
        }
        _ => Text::empty(),
    };
    Failure {
        answer: Text::sentences([refusal(error, now, zone), refused]),
        next_step: next_step(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_limits_that_exist_are_named() {
        let says = |hour, day| limits_of(hour, day).english();
        assert_eq!(
            says(Some((400, 399)), Some(6_000)),
            "The whole team may log 400 calls an hour and 6,000 a day; 399 are left this hour."
        );
        assert!(says(Some((400, 1)), None).ends_with("a day; 1 is left this hour."));
        assert!(says(None, Some(50)).contains("any number of calls an hour and 50 a day."));
        assert!(says(None, None).contains("no limit"));
    }
}
