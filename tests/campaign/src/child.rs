//! The process that is killed: store, client, budget and engine as the app puts them together, and
//! a rep who saves, corrects, takes back, retries and discards.
//!
//! Promises: it says every intention before its act and every fact after it (see [`crate::said`]).
//! Must never: know the faults, or be told when it will be killed.

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::{Context as _, Result};
use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
use budget::Budget;
use clock::{ScaledClock, SharedClock, SignedDuration, Timestamp};
use commands::ApolloPort;
use desk::{
    engine::{Engine, Refusal},
    ports::{KeptDraft, Store},
    wrap_up::{DiscardReason, StepState, Verification, WrapUp, WrapUpId},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use store::{Opening, Outside, SledStore};

use crate::{
    plan::{CORRECTIONS_MAX, Plan},
    recording::{RecordingApollo, RecordingStore, Sabotage},
    said::{Phase, Said, phase, say},
};

/// The origin under which everything is kept, whatever address the life is told to use.
pub(crate) const ORIGIN: &str = "http://campaign.invalid";
/// How far back the engine reads receipts at its start.
pub(crate) const RECEIPTS_SINCE: SignedDuration = SignedDuration::from_hours(24);
/// How often it is looked whether something should be read back, as in the app.
const VERIFY_EVERY: Duration = Duration::from_mins(1);
/// How often the last life looks whether everything is acknowledged, and whether a person has to
/// retry something.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What one life is told, on its standard input: nothing of it is in arguments or environment.
#[derive(Serialize, Deserialize)]
pub(crate) struct Instructions {
    pub(crate) seed: u64,
    pub(crate) folder: PathBuf,
    pub(crate) base_url: String,
    pub(crate) key: String,
    pub(crate) sealing_key: [u8; 32],
    pub(crate) anchor_real: Timestamp,
    pub(crate) anchor_virtual: Timestamp,
    pub(crate) scale: u32,
    /// How wrong the child's wall clock is.
    pub(crate) offset_s: i64,
    pub(crate) plan: Plan,
    /// The first entry of the plan that no life has begun to save.
    pub(crate) next_entry: usize,
    /// The version each entry's content was last put right to, as far as it was tried.
    pub(crate) versions: BTreeMap<usize, usize>,
    /// How lively the rep is: the longest pause between two deeds, in virtual milliseconds.
    pub(crate) pause_ms_max: u64,
    /// The longest way to Apollo, and back, in virtual milliseconds.
    pub(crate) way_ms_max: u64,
    pub(crate) sabotage: Option<Sabotage>,
    /// The last life: nothing new, everything is to come to rest, for so long at most.
    pub(crate) rest_within_ms: Option<u64>,
}

/// Lives one life.
/// Where the mark of a data folder lies: beside it, and not in it.
pub(crate) fn state_dir(folder: &Path) -> PathBuf {
    folder.with_extension("state")
}

pub(crate) fn live() -> Result<()> {
    phase(Phase::Starting);
    let mut told = String::new();
    std::io::stdin().read_to_string(&mut told)?;
    let told: Instructions = serde_json::from_str(&told)?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(Box::pin(live_as_told(told)))
}

struct Life {
    engine: Arc<Engine>,
    clock: SharedClock,
    plan: Arc<Plan>,
    random: ChaCha8Rng,
    next_entry: usize,
    versions: BTreeMap<usize, usize>,
}

async fn live_as_told(told: Instructions) -> Result<()> {
    let clock = ScaledClock::shared(
        told.anchor_real,
        told.anchor_virtual,
        told.scale,
        SignedDuration::from_secs(told.offset_s),
    );
    let plan = Arc::new(told.plan);

    phase(Phase::Opening);
    let outside = Outside::on_this_machine(state_dir(&told.folder));
    let (sled, notices) = SledStore::open(&Opening {
        folder: &told.folder,
        sealing_key: &told.sealing_key,
        may_set_aside: true,
        outside: Some(&outside),
        clock: &clock,
    })?;
    for notice in notices {
        say(&Said::Notice {
            text: notice.message(),
        });
    }
    let budget = Arc::new(Budget::new(Arc::clone(&clock), None));
    let client = Client::new(ClientOptions {
        base_url: url::Url::parse(&told.base_url)?,
        key: ApiKey::parse(&told.key).context("not a key")?,
        user_agent: "Handset-campaign/1".to_owned(),
        budget,
        clock: Arc::clone(&clock),
        proxy: ProxySetting::None,
        extra_ca_pem: None,
        https_only: true,
    })?;

    phase(Phase::Restoring);
    let since = clock.now().saturating_sub(RECEIPTS_SINCE)?;
    let engine = Engine::restore(
        Arc::new(RecordingApollo {
            inner: Arc::new(ApolloPort::new(client)),
            clock: Arc::clone(&clock),
            random: Mutex::new(ChaCha8Rng::seed_from_u64(told.seed.wrapping_add(1))),
            way_ms_max: told.way_ms_max,
            sabotage: told.sabotage,
        }),
        Arc::new(RecordingStore {
            inner: sled.for_origin(ORIGIN),
            plan: Arc::clone(&plan),
            folder: told.folder.clone(),
            sabotage: told.sabotage,
        }) as Arc<dyn Store>,
        Arc::clone(&clock),
        since,
        Arc::new(|| {}),
        Arc::new(|_| {}),
    )
    .await?;
    let engine = Arc::new(engine);
    phase(Phase::Idle);

    let running = Arc::clone(&engine);
    tokio::spawn(async move { running.run().await });
    let (verifying, every) = (Arc::clone(&engine), Arc::clone(&clock));
    tokio::spawn(async move {
        loop {
            every.sleep(VERIFY_EVERY).await;
            verifying.verify().await;
        }
    });

    let mut life = Life {
        engine,
        clock,
        plan,
        random: ChaCha8Rng::seed_from_u64(told.seed),
        next_entry: told.next_entry,
        versions: told.versions,
    };
    match told.rest_within_ms {
        None => life.work(told.pause_ms_max).await,
        Some(limit_ms) => {
            life.come_to_rest(Duration::from_millis(limit_ms)).await;
            sled.close().context("the store did not close")
        }
    }
}

impl Life {
    /// Does this and that until the process is killed.
    async fn work(&mut self, pause_ms_max: u64) -> Result<()> {
        loop {
            match self.random.random_range(0..100) {
                0..55 => self.save().await,
                55..73 => self.correct().await,
                73..83 => self.take_back().await,
                83..95 => self.retry().await,
                _ => self.discard().await,
            }
            let pause_ms = self.random.random_range(0..=pause_ms_max);
            self.clock.sleep(Duration::from_millis(pause_ms)).await;
        }
    }

    async fn save(&mut self) {
        let entry = self.next_entry;
        let Some(planned) = self.plan.entries.get(entry) else {
            return;
        };
        self.next_entry += 1;
        let wrap_up = planned.wrap_up(&self.plan.mapped(), self.clock.now());
        let id = wrap_up.id;
        say(&Said::Saving { entry, id });
        match self.engine.save(wrap_up).await {
            Ok(()) => say(&Said::Saved { entry, id }),
            Err(error) => failed("saving", &error),
        }
    }

    fn entry_of(&self, wrap_up: &WrapUp) -> Option<usize> {
        self.plan.entry_of(&wrap_up.task_id)
    }

    /// Any wrap-up that is not acknowledged.
    fn waiting(&mut self) -> Option<WrapUp> {
        self.engine.outbox().choose(&mut self.random).cloned()
    }

    async fn correct(&mut self) {
        let outbox = self.engine.outbox();
        let waiting = outbox.iter().map(|wrap_up| (wrap_up.id, &wrap_up.task_id));
        let receipts = self.engine.receipts();
        let sent = receipts
            .iter()
            .map(|receipt| (receipt.wrap_up_id, &receipt.task_id));
        let all: Vec<(WrapUpId, usize)> = waiting
            .chain(sent)
            .filter_map(|(id, task)| Some((id, self.plan.entry_of(task)?)))
            .collect();
        let Some((id, entry)) = all.choose(&mut self.random).copied() else {
            return;
        };
        let version = self.versions.get(&entry).copied().unwrap_or(0) + 1;
        if version > CORRECTIONS_MAX {
            return;
        }
        let planned = self.plan.entries.get(entry);
        let Some(result) = planned.and_then(|planned| planned.result(version)).cloned() else {
            return;
        };
        self.versions.insert(entry, version);
        say(&Said::Correcting { entry, version });
        match self.engine.correct(id, &self.plan.mapped(), result).await {
            Ok(()) => say(&Said::Corrected { entry, version }),
            Err(Refusal::TooLate | Refusal::NothingToDo) => {
                say(&Said::NotCorrected { entry, version });
            }
            Err(Refusal::Disk(error)) => failed("correcting", &error),
        }
    }

    async fn take_back(&mut self) {
        let untouched: Vec<WrapUp> = self
            .engine
            .outbox()
            .into_iter()
            .filter(|wrap_up| wrap_up.held_until.is_some() && wrap_up.is_untouched())
            .collect();
        let Some(wrap_up) = untouched.choose(&mut self.random) else {
            return;
        };
        let Some(entry) = self.entry_of(wrap_up) else {
            return;
        };
        let draft = KeptDraft {
            task_id: wrap_up.task_id.clone(),
            outcome: None,
            outcome_name: None,
            purpose_id: None,
            note: format!("{} taken back", self.plan.marker),
            callback: None,
            finish_sequence: None,
            call: None,
            changed_at: self.clock.now(),
        };
        say(&Said::TakingBack { entry });
        match self.engine.take_back(wrap_up.id, &draft).await {
            Ok(_) => say(&Said::TakenBack { entry }),
            Err(Refusal::TooLate | Refusal::NothingToDo) => say(&Said::NotTakenBack { entry }),
            Err(Refusal::Disk(error)) => failed("taking back", &error),
        }
    }

    async fn retry(&mut self) {
        if let Some(wrap_up) = self.waiting() {
            self.retry_one(&wrap_up).await;
        }
    }

    async fn retry_one(&self, wrap_up: &WrapUp) {
        match self.engine.retry(wrap_up.id).await {
            Ok(()) => {
                if let Some(entry) = self.entry_of(wrap_up) {
                    say(&Said::Retried { entry });
                }
            }
            Err(error) => failed("retrying", &error),
        }
    }

    async fn discard(&mut self) {
        let Some(wrap_up) = self.waiting() else {
            return;
        };
        let Some(entry) = self.entry_of(&wrap_up) else {
            return;
        };
        say(&Said::Discarding { entry });
        match self
            .engine
            .discard(wrap_up.id, DiscardReason::NotNeeded)
            .await
        {
            Ok(_) => say(&Said::Discarded { entry }),
            Err(Refusal::TooLate | Refusal::NothingToDo) => say(&Said::NotDiscarded { entry }),
            Err(Refusal::Disk(error)) => failed("discarding", &error),
        }
    }

    /// The key is good again, and the person retries what waits or is blocked, once each.
    async fn come_to_rest(&mut self, limit: Duration) {
        if let Err(error) = self.engine.key_changed().await {
            failed("taking the key", &error);
        }
        let began = self.clock.elapsed();
        let mut retried = Vec::new();
        loop {
            let outbox = self.engine.outbox();
            if outbox.is_empty() {
                break;
            }
            if self.clock.elapsed().saturating_sub(began) > limit {
                for wrap_up in outbox {
                    say(&Said::Stuck {
                        entry: self.entry_of(&wrap_up),
                        text: format!("{:?}", wrap_up.steps),
                    });
                }
                return;
            }
            for wrap_up in outbox {
                let waits = wrap_up.steps.iter().any(|step| {
                    matches!(
                        step.state,
                        StepState::Blocked { .. } | StepState::Waiting { .. }
                    )
                });
                if waits && !retried.contains(&wrap_up.id) {
                    retried.push(wrap_up.id);
                    self.retry_one(&wrap_up).await;
                }
            }
            self.clock.sleep(LOOK_EVERY).await;
        }
        for receipt in self.engine.receipts() {
            if let Verification::Differs { .. } | Verification::Missing { .. } =
                receipt.verification
                && let Some(entry) = self.plan.entry_of(&receipt.task_id)
            {
                say(&Said::FalseAlarm {
                    entry,
                    text: format!("{:?}", receipt.verification),
                });
            }
        }
        say(&Said::AtRest);
    }
}

fn failed(what: &str, error: &dyn std::fmt::Display) {
    say(&Said::Failed {
        text: format!("{what}: {error}"),
    });
}
