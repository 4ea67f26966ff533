//! Is this the right key? Four questions, one after the other, each with a plain answer.
//!
//! Promises: every way a key or a network can be wrong has its own sentence and its own act; a
//! check that failed ends the list. Must never: repeat the key, or keep it before all is well.

use apollo::{ApiKeyFormat, Client, Error, types::PhoneCallSearch};
use budget::{Endpoint, Priority};
use clock::{SharedClock, Timestamp};
use domain::rep::KeyIdentity;
use jiff::tz::TimeZone;
use present::{
    Check, CheckKind, CheckState, ConnectProgress, ConnectState, KeyStorage, Problem, next_step,
    refusal, time_text::counted,
};
use vault::VaultError;

/// A clock that is wrong by more than this would log calls at wrong times.
const CLOCK_SKEW_MINUTES_MAX: i64 = 10;

/// A key that passed.
pub(crate) struct Checked {
    pub progress: ConnectProgress,
    pub acting_admin: Option<String>,
    /// Whose key it is.
    pub identity: Option<KeyIdentity>,
}

/// An answer and what to do about it.
struct Failure {
    answer: String,
    act: String,
}

impl Failure {
    fn new(answer: impl Into<String>, act: impl Into<String>) -> Self {
        Self {
            answer: answer.into(),
            act: act.into(),
        }
    }
}

const QUESTIONS: [(CheckKind, &str); 4] = [
    (CheckKind::IsKey, "Does Apollo know the key?"),
    (CheckKind::Workspace, "Whose workspace is it?"),
    (CheckKind::Master, "Is it a master key?"),
    (CheckKind::Limits, "What are the limits?"),
];

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
    let checks = QUESTIONS
        .iter()
        .map(|(kind, question)| Check {
            kind: *kind,
            question: (*question).to_owned(),
            state: check,
            answer: None,
            act: None,
        })
        .collect();
    ConnectProgress {
        state,
        checks,
        sentence: String::new(),
    }
}

/// The pasted text cannot be a key; nothing was sent.
pub(crate) fn not_a_key(error: ApiKeyFormat) -> ConnectProgress {
    let mut failed = progress(ConnectState::Running, CheckState::Waiting);
    fail(
        &mut failed,
        CheckKind::IsKey,
        Failure::new(error.to_string(), "Paste the key again."),
    );
    failed
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
        Ok(_) | Err(Error::KeyRejected) if worked_before => Err(Failure::new(
            "Apollo does not know this key any more. It worked before, so it was revoked.",
            "Make a new key in Apollo and paste it here.",
        )),
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
            let answer = format!(
                "It acts as {name}. Your calls are still logged as you: you say who you are next."
            );
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

    // 3. No endpoint says so, but only a master key may search calls.
    let one_row = PhoneCallSearch {
        per_page: 1,
        ..PhoneCallSearch::default()
    };
    let master = match client
        .phone_calls()
        .search(&one_row, Priority::Waiting)
        .await
    {
        Ok(_) => Ok("Yes. It can log calls.".to_owned()),
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
            "Apollo did not say. Handset learns them from its answers.".to_owned()
        }
    };
    settle(&mut progress, CheckKind::Limits, Ok(limits), None, report);
    Some(Checked {
        progress,
        acting_admin,
        identity,
    })
}

/// Where the key went.
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
        (Ok(()), KeyStorage::ThisRun) => {
            "The key is in use until Handset quits. It is not kept on this computer.".to_owned()
        }
        (Ok(()), _) => "The key is in this computer's keychain.".to_owned(),
    };
    progress
}

/// The key is good but cannot be kept.
pub(crate) fn ask_this_run(
    mut progress: ConnectProgress,
    error: &VaultError,
    no_keychain: bool,
) -> ConnectProgress {
    progress.state = ConnectState::AskThisRun;
    progress.sentence = if no_keychain {
        "The key is good, but this computer has no keychain to keep it in. You can use it for this \
         run; it is then gone when Handset quits."
            .to_owned()
    } else {
        format!(
            "The key is good, but it could not be kept: {error}. You can use it for this run; it \
             is then gone when Handset quits."
        )
    };
    progress
}

fn clock_check(client: &Client) -> Result<String, Failure> {
    let skew_minutes = client
        .last_server_time_skew()
        .map_or(0, |skew| skew.as_mins());
    if skew_minutes.abs() <= CLOCK_SKEW_MINUTES_MAX {
        return Ok("Yes.".to_owned());
    }
    let direction = if skew_minutes > 0 { "behind" } else { "ahead" };
    let by = u32::try_from(skew_minutes.abs()).unwrap_or(u32::MAX);
    Err(Failure::new(
        format!(
            "Yes, but this computer's clock is {} {direction}, so calls would be logged at wrong \
             times.",
            counted(by, "minute", "minutes")
        ),
        "Set the clock (automatic time in the system settings), then check again.",
    ))
}

fn limits_sentence(client: &Client) -> String {
    let meters = client.budget().meter();
    let Some(meter) = meters
        .iter()
        .find(|meter| meter.endpoint == Endpoint::PHONE_CALLS_CREATE)
    else {
        return "Apollo named no limit for logging calls.".to_owned();
    };
    let number = |count: Option<u64>| {
        count.map_or_else(|| "any number of".to_owned(), |count| count.to_string())
    };
    format!(
        "The whole team may log {} calls an hour and {} a day; {} are left this hour.",
        number(meter.hour.limit),
        number(meter.day.limit),
        number(meter.hour.left)
    )
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
        check.act = Some(failure.act);
    }
    "The key was not kept.".clone_into(&mut progress.sentence);
}

fn settle(
    progress: &mut ConnectProgress,
    kind: CheckKind,
    answer: Result<String, Failure>,
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

/// What each failure is called, and the one thing to do.
fn failure_of(error: &Error, now: Timestamp, zone: &TimeZone) -> Failure {
    let mut answer = refusal(error, now, zone);
    // Which of Apollo's endpoints refused tells an admin what to look at.
    if let Error::ScopedOut { endpoint } | Error::PlanGated { endpoint } = error {
        answer = format!("{answer} Apollo refused {endpoint}.");
    }
    Failure::new(answer, next_step(error))
}
