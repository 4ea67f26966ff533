//! The process that is killed: the real core, and a person who works with it through the commands
//! that its windows can call.
//!
//! Promises: it reports every intention before it gives the command, and every fact after the
//! command has answered (see [`crate::messages`]). Must never: know the faults, reach past the
//! commands, or be told when it will be killed.

mod calling;
mod clock;
mod computer;
mod disk;
mod leaving;
mod resting;
mod saved_calls;
mod vault;
mod windows;

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ::clock::{Clock as _, ScaledClock, SharedClock, SignedDuration, Timestamp};
use anyhow::Result;
use apollo::ids::TaskId;
use commands::{Core, host::Environment, update_source::Off};
use jiff::tz::TimeZone;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use text::{Catalogue, Language, Text};
use uuid::Uuid;

use self::{clock::SettableClock, computer::Computer, vault::FileVault, windows::Windows};
pub(crate) use self::{disk::FullDisk, leaving::WRONG_KEY, vault::lock_of};
use crate::{
    messages::{CallNumber, Message, Phase, phase, say, wrong},
    run_setup::RunSetup,
    sabotage::Sabotage,
};

/// How often a person tries again while the keychain is locked.
const LOCKED_RETRY_INTERVAL: Duration = Duration::from_secs(2);

/// The places of one simulated machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Places {
    pub(crate) data: PathBuf,
    /// Of this machine alone, outside the data folder.
    pub(crate) state: PathBuf,
    /// The keychain's file.
    pub(crate) vault: PathBuf,
    /// Logs and exports.
    pub(crate) other: PathBuf,
}

/// What one life is told, on its standard input: nothing of it is in arguments or environment.
#[derive(Serialize, Deserialize)]
pub(crate) struct Instructions {
    pub(crate) seed: u64,
    pub(crate) machine: usize,
    pub(crate) places: Places,
    pub(crate) sealing_key: [u8; ::vault::SEALING_KEY_BYTES],
    pub(crate) base_url: String,
    pub(crate) anchor_real: Timestamp,
    pub(crate) anchor_virtual: Timestamp,
    pub(crate) scale: u32,
    /// How wrong the child's wall clock is at its start.
    pub(crate) offset_s: i64,
    pub(crate) plan: RunSetup,
    pub(crate) remembered: Remembered,
    pub(crate) mood: Mood,
    pub(crate) full_disk: Option<FullDisk>,
    pub(crate) sabotage: Option<Sabotage>,
    /// The last life: nothing new, everything is to come to rest, for so long at most.
    pub(crate) rest_within_ms: Option<u64>,
}

/// What the person remembers of the lives before.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Remembered {
    pub(crate) next_call: CallNumber,
    pub(crate) ids: Vec<(Uuid, CallNumber)>,
    /// Wrap-ups whose saving was cut off.
    pub(crate) unsure: Vec<(TaskId, CallNumber)>,
    /// The last version to which a correction of each wrap-up was tried.
    pub(crate) versions: BTreeMap<CallNumber, usize>,
}

/// How lively the person is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Mood {
    /// The longest pause between two deeds, in virtual milliseconds.
    pub(crate) pause_ms_max: u64,
    /// The weight of changing reps, keys, settings and clocks; a call's is about 50.
    pub(crate) unrest: u32,
    /// The chance that a button is clicked twice.
    pub(crate) twice: f64,
    /// The chance that a wrong key is pasted before the right one.
    pub(crate) slips: f64,
    /// The chance that a note holds what a firewall takes for an attack.
    pub(crate) poison: f64,
    /// Another machine has the original of this folder: what came with the copy is not sent from
    /// here.
    pub(crate) discards_copies: bool,
    /// Which half of the tasks is called, if not all: two machines that run at the same time do not
    /// call the same person.
    pub(crate) half: Option<bool>,
}

/// Lives one life.
pub(crate) fn live() -> Result<()> {
    phase(Phase::Starting);
    let mut told = String::new();
    std::io::stdin().read_to_string(&mut told)?;
    let told: Instructions = serde_json::from_str(&told)?;
    read_number_plans();
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(Box::pin(live_as_told(told)))
}

/// Reads the world's number plans before virtual time matters: the first number that is parsed does
/// it, and in a build without optimization it takes minutes of virtual time.
fn read_number_plans() {
    let _ = domain::phone::E164::parse("+12025550123");
}

/// One life under way.
pub(crate) struct Life {
    windows: Windows,
    computer: Arc<Computer>,
    clock: Arc<SettableClock>,
    told: Arc<Instructions>,
    random: ChaCha8Rng,
    next_call: CallNumber,
    ids: BTreeMap<Uuid, CallNumber>,
    unsure: BTreeMap<TaskId, CallNumber>,
    versions: BTreeMap<CallNumber, usize>,
    /// Whose key was pasted last, or belongs to the rep.
    team: usize,
}

async fn live_as_told(told: Instructions) -> Result<()> {
    let told = Arc::new(told);
    let clock = SettableClock::over(ScaledClock::shared(
        told.anchor_real,
        told.anchor_virtual,
        told.scale,
        SignedDuration::from_secs(told.offset_s),
    ));
    let plain_text = match told.sabotage {
        Some(Sabotage::WritesPlainText) => Some(told.plan.marker.clone()),
        Some(Sabotage::WritesTheKey) => told.plan.teams.first().map(|team| team.key.clone()),
        _ => None,
    };
    let computer = Arc::new(Computer::new(
        plain_text.map(|text| (told.places.data.join("notes"), text)),
    ));
    let Some(core) = start(&told, &clock, &computer).await? else {
        return Ok(());
    };
    let windows = Windows { core };
    if let Some(status) = windows.status().await {
        for notice in status.notices {
            let text = english(&notice.message);
            say(&Message::Notice { text });
        }
    }
    if let Some(full) = told.full_disk {
        let clock = Arc::clone(&clock) as SharedClock;
        tokio::spawn(async move {
            if let Err(error) = disk::fill(full, clock).await {
                wrong(format!("the disk could not be filled: {error}"));
            }
        });
    }
    let mut life = Life {
        windows,
        computer,
        clock,
        random: ChaCha8Rng::seed_from_u64(told.seed),
        next_call: told.remembered.next_call,
        ids: told.remembered.ids.iter().copied().collect(),
        unsure: told.remembered.unsure.iter().cloned().collect(),
        versions: told.remembered.versions.clone(),
        told: Arc::clone(&told),
        team: 0,
    };
    life.prepare().await;
    match told.rest_within_ms {
        None => life.work().await,
        Some(limit_ms) => {
            life.come_to_rest(Duration::from_millis(limit_ms)).await;
            life.windows.core.shut_down().await;
        }
    }
    Ok(())
}

/// What a person reads, times in UTC.
fn english(text: &Text) -> String {
    Catalogue::new(&Language::base(), TimeZone::UTC).word(text)
}

/// Starts the core, as the shell does; while the keychain is locked, again and again. None when it
/// does not start for another reason, which is reported.
async fn start(
    told: &Instructions,
    clock: &Arc<SettableClock>,
    computer: &Arc<Computer>,
) -> Result<Option<Arc<Core>>> {
    let lock = lock_of(&told.places.vault);
    loop {
        phase(Phase::StartingCore);
        let environment = environment(told, clock)?;
        match Core::start(environment, Arc::clone(computer) as _).await {
            Ok(core) => {
                phase(Phase::Idle);
                return Ok(Some(core));
            }
            Err(_) if lock.exists() => clock.sleep(LOCKED_RETRY_INTERVAL).await,
            Err(error) => {
                wrong(format!("the core did not start: {error}"));
                return Ok(None);
            }
        }
    }
}

/// Where the core lives. A change of [`Environment`] is made here and nowhere else.
fn environment(told: &Instructions, clock: &Arc<SettableClock>) -> Result<Environment> {
    let Places {
        data, vault, other, ..
    } = &told.places;
    Ok(Environment {
        data_dir: data.clone(),
        log_dir: other.join("logs"),
        downloads_dir: other.join("downloads"),
        state_dir: other.join("state"),
        version: version_of(told.machine),
        clock: Arc::clone(clock) as SharedClock,
        zone: jiff::tz::TimeZone::get("America/New_York")?,
        zone_notice: None,
        account_email: None,
        apollo_url: Some(url::Url::parse(&told.base_url)?),
        start_in_sandbox: false,
        vault: Arc::new(FileVault::at(vault.clone(), told.sealing_key)),
        updates: Arc::new(Off(Text::verbatim("none in a campaign"))),
    })
}

/// The version of the app on a machine: it is in every request, so that the way to Apollo can tell
/// the machines apart.
pub(crate) fn version_of(machine: usize) -> String {
    format!("0.0.{machine}")
}

impl Life {
    /// Does this and that until the process is killed.
    async fn work(&mut self) {
        loop {
            self.take_one_action().await;
            phase(Phase::Idle);
            let pause_ms = self.random.random_range(0..=self.told.mood.pause_ms_max);
            self.pause(Duration::from_millis(pause_ms)).await;
        }
    }

    async fn take_one_action(&mut self) {
        if !self.be_ready().await {
            // A person who gets no further waits a moment.
            return self.pause(Duration::from_secs(2)).await;
        }
        if self.told.mood.discards_copies {
            self.discard_copies().await;
        }
        let unrest = self.told.mood.unrest;
        match self.random.random_range(0..100 + unrest) {
            0..48 => self.call().await,
            48..54 => self.skip().await,
            54..67 => self.correct().await,
            67..77 => self.take_back().await,
            77..92 => self.retry().await,
            92..96 => self.discard().await,
            96..100 => self.reopen_queue().await,
            _ => self.leave().await,
        }
    }

    /// Reads who works here, and makes the settings those that this run needs.
    async fn prepare(&mut self) {
        if let Some(rep) = self.windows.status().await.and_then(|status| status.rep)
            && let Some(team) = self.told.plan.team_of(&rep.user_id)
        {
            self.team = team;
        }
        self.put_rules().await;
    }

    async fn pause(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }

    /// True with this chance.
    fn chance(&mut self, chance: f64) -> bool {
        self.random.random_bool(chance)
    }

    /// A new number for a wrap-up.
    fn new_call(&mut self) -> CallNumber {
        self.next_call += 1;
        self.next_call - 1
    }
}

/// The folders in which nothing may be readable.
pub(crate) fn searched(places: &Places) -> [&Path; 3] {
    [&places.data, &places.state, &places.other]
}
