//! One run: a fresh team, a fresh data folder, a plan, and lives until the plan is done.
//!
//! Promises: the same seed draws the same team, plan, faults and kills; what the machine does in
//! between it does not repeat. The last life is not killed and has no faults.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result};
use apollo::{
    ApiKey, Client, ClientOptions, ProxySetting,
    types::{Task, TaskKind, TaskSearch},
};
use budget::{Budget, Priority};
use clock::{ScaledClock, SharedClock, SignedDuration, Timestamp};
use desk::wrap_up::{ReceiptRecord, WrapUp};
use rand::{Rng, SeedableRng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sandbox::{CallIdentifier, Options, Sandbox, Scenario, Size, WindowLimits, WorldView};
use store::{Opening, Outside, SledStore};

use crate::{
    child::{Instructions, ORIGIN, RECEIPTS_SINCE, state_dir},
    judge,
    life::{self, End},
    plan::{Plan, Team},
    record::Record,
    recording::Sabotage,
    report::Figures,
    said::Phase,
    weather::{self, Weather},
};

/// How much faster virtual time runs. A machine's hiccup counts for so much more; the settling
/// time of 45 virtual seconds leaves 15 beyond the longest index lag, which are 250 ms here.
const SCALE: u32 = 60;
/// When virtual time begins: a Tuesday.
const BEGINS: &str = "2026-11-24T15:00:00Z";
/// How wrong the child's wall clock can be.
const OFFSET_S_MAX: i64 = 600;
/// How long the last life may take, in virtual time and in the machine's.
const REST_WITHIN: Duration = Duration::from_mins(40);
const REST_WITHIN_REAL: Duration = Duration::from_secs(90);
/// Limits that no run reaches.
const LIMITS: WindowLimits = WindowLimits {
    minute: 1_000_000,
    hour: 1_000_000,
    day: 1_000_000,
};
const REP_TASKS: u32 = 70;
/// A life in so many is spent without a network: nobody listens where it looks for Apollo.
const LIVES_PER_OFFLINE_LIFE: u32 = 15;

/// How much a run does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// Kills of a run, at most.
    pub(crate) kills_max: u64,
    pub(crate) sabotage: Option<Sabotage>,
}

/// What is there when a run is over: the judge's evidence.
pub(crate) struct Evidence {
    pub(crate) plan: Plan,
    pub(crate) record: Record,
    pub(crate) history: sandbox::History,
    pub(crate) world: WorldView,
    /// Tasks as Apollo shows them, of those that were moved or made.
    pub(crate) shown: BTreeMap<String, Task>,
    pub(crate) receipts: Vec<ReceiptRecord>,
    pub(crate) outbox: Vec<WrapUp>,
    pub(crate) identifier: CallIdentifier,
}

/// Lives and judges one run. `machine` is the machine's own clock.
pub(crate) async fn run(seed: u64, extent: Extent, machine: &SharedClock) -> Result<Figures> {
    let mut figures = Figures {
        runs: 1,
        ..Figures::default()
    };
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let anchor_real = machine.now();
    let anchor_virtual: Timestamp = BEGINS.parse()?;
    let clock = ScaledClock::shared(anchor_real, anchor_virtual, SCALE, SignedDuration::ZERO);
    // In turns, so that three runs in a row see all three.
    let identifier = match seed % 3 {
        0 => CallIdentifier::Upsert,
        1 => CallIdentifier::Stored,
        _ => CallIdentifier::Dropped,
    };
    let sandbox = Sandbox::start(Options {
        seed,
        scenario: Scenario {
            size: Size::Custom {
                main_rep_tasks: REP_TASKS,
                other_rep_tasks: 4,
            },
            call_identifier: identifier,
            limits: Some(LIMITS),
            ..Scenario::default()
        },
        ..Options::new(Arc::clone(&clock))
    })
    .await?;
    let apollo = client(&sandbox, machine)?;
    let team = team(&sandbox, &apollo).await?;
    let size = random.random_range(24..=44);
    let plan = Plan::draw(&mut random, &team, anchor_virtual, size);
    let sequences: Vec<String> = team
        .enrolments
        .iter()
        .map(|(_, sequence)| sequence.to_string())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let running: Vec<String> = sandbox
        .world()
        .sequences
        .iter()
        .filter(|view| view.state == sandbox::SequenceState::Active)
        .map(|view| view.id.clone())
        .filter(|id| sequences.contains(id))
        .collect();
    let secrets = secrets(&plan)?;

    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let sealing_key: [u8; 32] = random.random();
    let lives = random.random_range(12..=24).min(extent.kills_max) + 1;
    let mut record = Record::default();
    let counts = Mutex::new(BTreeMap::new());
    for number in 1..=lives {
        let is_last = number == lives;
        let offline = !is_last && random.random_ratio(1, LIVES_PER_OFFLINE_LIFE);
        weather::clear(&sandbox, &running);
        weather::draw_lags(&mut random, &sandbox);
        let weather = Weather::draw(&mut random, &running);
        let instructions = Instructions {
            seed: random.random(),
            folder: data.clone(),
            base_url: if offline {
                count(&counts, "no network for a whole life");
                nobody_listens().await?
            } else {
                sandbox.url().to_owned()
            },
            key: sandbox.keys().master.clone(),
            sealing_key,
            anchor_real,
            anchor_virtual,
            scale: SCALE,
            offset_s: random.random_range(-OFFSET_S_MAX..=OFFSET_S_MAX),
            plan: plan.clone(),
            next_entry: record.next_entry,
            versions: record.tried.clone(),
            pause_ms_max: random.random_range(500..10_000),
            way_ms_max: *[0, 300, 2_000].choose(&mut random).unwrap_or(&0),
            sabotage: extent.sabotage,
            rest_within_ms: is_last.then_some(u64::try_from(REST_WITHIN.as_millis())?),
        };
        let end = if is_last {
            End::Natural(REST_WITHIN_REAL)
        } else {
            draw_end(&mut random)
        };
        let living = life::live(&instructions, end, machine);
        let lived = if is_last {
            living.await?
        } else {
            tokio::select! {
                lived = living => lived?,
                never = async {
                    weather.blow(&sandbox, &clock, &counts).await;
                    std::future::pending::<Infallible>().await
                } => match never {},
            }
        };
        figures.lives += 1;
        record.hear(usize::try_from(number)?, lived.said);
        match lived.killed_in {
            Some(phase) if !is_last => *figures.kills.entry(phase).or_default() += 1,
            Some(phase) => record
                .complaints
                .push(format!("did not come to rest in time: {}", phase.name())),
            None if !is_last => record
                .complaints
                .push(format!("life {number} ended by itself")),
            None => {}
        }
        if let Some(found) = plain_text(&data, &secrets)? {
            record.complaints.push(format!("life {number}: {found}"));
        }
    }
    if !record.is_at_rest {
        record
            .complaints
            .push("the last life did not come to rest".to_owned());
    }

    let (receipts, outbox) = reopen(&data, sealing_key, &clock, &mut record).await?;
    let history = sandbox.history();
    let world = sandbox.world();
    let shown = shown(&apollo, &plan, &history).await?;
    figures.requests = u64::try_from(history.requests.len())?;
    for request in &history.requests {
        if let Some(fault) = &request.fault {
            *figures.faults.entry(fault.clone()).or_default() += 1;
        }
    }
    for (name, count) in counts.into_inner().unwrap_or_default() {
        *figures.faults.entry(name).or_default() += count;
    }
    let evidence = Evidence {
        plan,
        record,
        history,
        world,
        shown,
        receipts,
        outbox,
        identifier,
    };
    let verdict = judge::judge(&evidence);
    figures.wrap_ups = verdict.wrap_ups;
    figures.violations = verdict
        .violations
        .into_iter()
        .map(|violation| format!("seed {seed} ({identifier:?}): {violation}"))
        .collect();
    if !figures.violations.is_empty() && std::env::var_os("CAMPAIGN_KEEP").is_some() {
        let _kept = folder.keep();
    }
    sandbox.stop().await;
    Ok(figures)
}

fn count(counts: &Mutex<BTreeMap<String, u64>>, name: &str) {
    if let Ok(mut counts) = counts.lock() {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
}

/// An address of this machine where nobody listens.
async fn nobody_listens() -> Result<String> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    Ok(format!("http://{}", listener.local_addr()?))
}

fn draw_end(random: &mut ChaCha8Rng) -> End {
    if random.random_bool(0.3) {
        return End::After(Duration::from_millis(random.random_range(1..900)));
    }
    let (phase, often) = *[
        (Phase::Starting, 1),
        (Phase::Opening, 1),
        (Phase::Opening, 1),
        (Phase::Restoring, 1),
        (Phase::Idle, 1),
        (Phase::Saving, 6),
        (Phase::Saving, 6),
        (Phase::RecordingInFlight, 12),
        (Phase::RecordingInFlight, 12),
        (Phase::RequestOut, 15),
        (Phase::RequestOut, 15),
        (Phase::RequestOut, 15),
        (Phase::ReplyIn, 15),
        (Phase::ReplyIn, 15),
        (Phase::RecordingAnswer, 15),
        (Phase::RecordingAnswer, 15),
        (Phase::LookingUp, 4),
        (Phase::LookedUp, 4),
        (Phase::Acknowledging, 4),
        (Phase::Acknowledging, 4),
        (Phase::Reviving, 2),
        (Phase::TakingBack, 2),
        (Phase::Kept, 20),
    ]
    .choose(random)
    .unwrap_or(&(Phase::RequestOut, 5));
    let delay = Duration::from_micros(*[0, 0, 300, 1_000, 3_000].choose(random).unwrap_or(&0));
    End::At(phase, random.random_range(1..=often), delay)
}

fn client(sandbox: &Sandbox, machine: &SharedClock) -> Result<Client> {
    Ok(Client::new(ClientOptions {
        base_url: url::Url::parse(sandbox.url())?,
        key: ApiKey::parse(&sandbox.keys().master).context("not a key")?,
        user_agent: "Handset-campaign/1".to_owned(),
        budget: Arc::new(Budget::new(Arc::clone(machine), None)),
        clock: Arc::clone(machine),
        proxy: ProxySetting::None,
        extra_ca_pem: None,
        https_only: true,
    })?)
}

async fn team(sandbox: &Sandbox, apollo: &Client) -> Result<Team> {
    let users = sandbox.users();
    let rep = users.first().context("nobody in the team")?.id.as_str();
    let mut tasks = Vec::new();
    let mut page = Some(1);
    while let Some(number) = page {
        let search = TaskSearch {
            user_ids: vec![rep.into()],
            kinds: TaskKind::CALLS.to_vec(),
            page: number,
            ..TaskSearch::default()
        };
        let found = apollo.tasks().search(&search, Priority::Waiting).await?;
        page = found.next_page();
        tasks.extend(found.rows);
    }
    let stages = apollo.contacts().stages(Priority::Waiting).await?;
    let world = sandbox.world();
    let enrolments = world.contacts.iter().flat_map(|contact| {
        let sequences = contact.sequences.iter();
        sequences.map(|(sequence, _)| (contact.id.as_str().into(), sequence.as_str().into()))
    });
    Ok(Team {
        rep: rep.into(),
        tasks,
        outcomes: world
            .outcomes
            .iter()
            .map(|(first, second)| outcome(first, second))
            .collect(),
        stages: stages.into_iter().map(|stage| stage.id).collect(),
        enrolments: enrolments.collect(),
    })
}

fn outcome(id: &str, name: &str) -> (apollo::ids::OutcomeId, String) {
    (id.into(), name.to_owned())
}

/// What must not be readable in the data folder.
fn secrets(plan: &Plan) -> Result<AhoCorasick> {
    let numbers = plan.entries.iter().filter_map(|entry| match &entry.deed {
        crate::plan::Deed::Call { work, .. } => work.to_number.clone(),
        crate::plan::Deed::Skip { .. } => None,
    });
    Ok(AhoCorasick::new(
        std::iter::once(plan.marker.clone()).chain(numbers),
    )?)
}

/// Looks for a note or a number in every file of a folder.
fn plain_text(folder: &Path, secrets: &AhoCorasick) -> Result<Option<String>> {
    let Ok(files) = std::fs::read_dir(folder) else {
        // Killed before it made the folder.
        return Ok(None);
    };
    for file in files {
        let path = file?.path();
        if path.is_dir() {
            if let Some(found) = plain_text(&path, secrets)? {
                return Ok(Some(found));
            }
        } else if secrets.is_match(&std::fs::read(&path)?) {
            return Ok(Some(format!(
                "a note or a number in plain text in {}",
                path.display()
            )));
        }
    }
    Ok(None)
}

/// The store as the next start would find it.
async fn reopen(
    folder: &Path,
    sealing_key: [u8; 32],
    clock: &SharedClock,
    record: &mut Record,
) -> Result<(Vec<ReceiptRecord>, Vec<WrapUp>)> {
    let (path, clock) = (folder.to_owned(), Arc::clone(clock));
    let now = clock.now();
    let opened = tokio::task::spawn_blocking(move || {
        SledStore::open(&Opening {
            folder: &path,
            sealing_key: &sealing_key,
            may_set_aside: true,
            outside: Some(&Outside::on_this_machine(state_dir(&path))),
            clock: &clock,
        })
    })
    .await?;
    let (sled, notices) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            record
                .complaints
                .push(format!("the store does not open again: {error}"));
            return Ok((Vec::new(), Vec::new()));
        }
    };
    for notice in notices {
        let text = notice.message();
        record
            .complaints
            .push(format!("at the end, the store said: {text}"));
    }
    let store = sled.for_origin(ORIGIN);
    let since = now.saturating_sub(RECEIPTS_SINCE)?;
    Ok((store.receipts(since).await?, store.wrap_ups().await?))
}

/// The tasks that were moved or made, as Apollo shows them; those that are gone are left out.
async fn shown(
    apollo: &Client,
    plan: &Plan,
    history: &sandbox::History,
) -> Result<BTreeMap<String, Task>> {
    let moved = plan.entries.iter().filter_map(|entry| match &entry.deed {
        crate::plan::Deed::Call { work, .. } if work.after.move_to.is_some() => {
            Some(entry.task_id.to_string())
        }
        _ => None,
    });
    let made = history.effects.iter().filter_map(|effect| match effect {
        sandbox::Effect::TaskCreated {
            task,
            by_sequence: false,
            ..
        } => Some(task.id.clone()),
        _ => None,
    });
    let mut shown = BTreeMap::new();
    for id in moved.chain(made).collect::<Vec<_>>() {
        match apollo
            .tasks()
            .show(&id.as_str().into(), Priority::Waiting)
            .await
        {
            Ok(task) => {
                shown.insert(id, task);
            }
            Err(apollo::Error::Gone) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(shown)
}
