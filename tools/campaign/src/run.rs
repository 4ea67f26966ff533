//! One run: fresh teams, a fresh machine, and lives until the last one, in which all comes to rest.
//!
//! Promises: the same seed draws the same teams, faults, events and kills; what the machine does in
//! between it does not repeat. The last life of a machine is not killed and has no faults.

mod drawing;
mod step;

use std::{path::Path, sync::Mutex, time::Duration};

use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result};
use clock::{ScaledClock, SharedClock, SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;

use crate::{
    evidence::{Evidence, secrets},
    judge,
    machine::Machine,
    messages::Counts,
    record::Record,
    relay::{self, Relay},
    report::Figures,
    run_setup::RunSetup,
    sabotage::Sabotage,
    teams::Teams,
    troubles::World,
};

/// How much faster virtual time runs. A machine's hiccup counts for so much more.
const SCALE: u32 = 40;
/// When virtual time begins: a Tuesday.
const BEGINS: &str = "2026-11-24T15:00:00Z";
/// How long a last life may take, in virtual time and in the machine's.
const REST_WITHIN: Duration = Duration::from_mins(45);
const REST_WITHIN_REAL: Duration = Duration::from_secs(90);

/// How much a run does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// Lives of a run before the last one, at most.
    pub(crate) lives_max: u64,
    /// Nothing goes wrong but what a sabotage does, and kills.
    pub(crate) is_calm: bool,
    pub(crate) sabotage: Option<Sabotage>,
}

/// A run under way.
struct Run<'a> {
    seed: u64,
    extent: Extent,
    machine_clock: &'a SharedClock,
    clock: SharedClock,
    anchor_real: Timestamp,
    anchor_virtual: Timestamp,
    random: ChaCha8Rng,
    root: &'a Path,
    world: World<'a>,
    plan: RunSetup,
    secrets: AhoCorasick,
    sealing_key: [u8; vault::SEALING_KEY_BYTES],
    machines: Vec<Machine>,
    /// The machine that is used.
    active: usize,
    record: Record,
    figures: Figures,
    counts: Mutex<Counts>,
}

/// Lives and judges one run. `machine_clock` is the machine's own clock.
pub(crate) async fn run(seed: u64, extent: Extent, machine_clock: &SharedClock) -> Result<Figures> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let anchor_real = machine_clock.now();
    let anchor_virtual: Timestamp = BEGINS.parse()?;
    let clock = ScaledClock::shared(anchor_real, anchor_virtual, SCALE, SignedDuration::ZERO);
    let teams = Teams::start(seed, &clock, machine_clock).await?;
    let plan = teams.plan(&mut random, anchor_virtual).await?;
    let relay = relay(seed, extent, &teams, &plan, &clock, machine_clock).await?;
    let root: TempDir = tempfile::tempdir()?;
    let mut run = Run {
        seed,
        extent,
        machine_clock,
        clock,
        anchor_real,
        anchor_virtual,
        secrets: secrets(&plan, &teams)?,
        sealing_key: random.random(),
        random,
        root: root.path(),
        world: World {
            sandboxes: &teams.sandboxes,
            relay: &relay,
            running: teams.running(),
        },
        plan,
        machines: vec![Machine::new(root.path(), 0)?],
        active: 0,
        record: Record::default(),
        figures: Figures::default(),
        counts: Mutex::default(),
    };
    let lives = run.random.random_range(14..=26).min(extent.lives_max);
    for number in 1..=lives {
        Box::pin(run.live(number)).await?;
    }
    Box::pin(run.come_to_rest(lives + 1)).await?;
    let Run {
        plan,
        record,
        mut figures,
        counts,
        ..
    } = run;
    let happened = record.happened.clone();
    let remarks = record.remarks.iter();
    let remarks = remarks
        .map(|remark| format!("seed {seed}: {remark}"))
        .collect();
    let evidence = Box::pin(Evidence::gather(plan, record, &teams)).await?;
    figures.runs = 1;
    figures.add_counts(&happened);
    figures.add_counts(&counts.into_inner().unwrap_or_default());
    figures.add_faults(&relay.counts());
    for team in &evidence.teams {
        figures.requests += u64::try_from(team.history.requests.len())?;
        let faults = team.history.requests.iter();
        for fault in faults.filter_map(|request| request.fault.clone()) {
            *figures.faults.entry(fault).or_default() += 1;
        }
    }
    let judgement = judge::judge(&evidence);
    figures.wrap_ups = judgement.wrap_ups;
    let violations = judgement.violations.into_iter();
    figures.violations = violations
        .map(|violation| format!("seed {seed} ({:?}): {violation}", evidence.identifier))
        .collect();
    if !figures.violations.is_empty() {
        figures.remarks = remarks;
    }
    if !figures.violations.is_empty() && std::env::var_os("CAMPAIGN_KEEP").is_some() {
        let _path = root.keep();
    }
    teams.stop().await;
    Ok(figures)
}

async fn relay(
    seed: u64,
    extent: Extent,
    teams: &Teams,
    plan: &RunSetup,
    clock: &SharedClock,
    machine_clock: &SharedClock,
) -> Result<Relay> {
    let first_team = plan.teams.first().context("no team")?;
    Relay::start(relay::Parts {
        seed,
        clock: clock.clone(),
        machine_clock: machine_clock.clone(),
        teams: teams.addresses()?,
        sabotage: extent.sabotage,
        people: first_team.reps.keys().map(ToString::to_string).collect(),
    })
    .await
}
