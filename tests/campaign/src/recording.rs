//! The engine's ports, with a line before and after everything that is done through them.
//!
//! Promises: nothing is changed on the way, unless a [`Sabotage`] was asked for; a request takes a
//! while to get there and back, so that a kill can strike before and after Apollo has acted. Must
//! never: decide anything.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use apollo::{
    Error,
    ids::{CallId, ContactId, OutcomeId, SequenceId, StageId, TaskId, UserId},
    types::{
        CompleteOutcome, ContactStage, CustomFields, NewPhoneCall, NewTask, OutcomeFacet, Page,
        PhoneCall, PhoneCallUpdate, Sequence, SkipOutcome, Task, TaskSearch, TaskUpdate,
    },
};
use async_trait::async_trait;
use clap::ValueEnum;
use clock::{SharedClock, Timestamp};
use desk::{
    ports::{
        Apollo, KeptDraft, KeptOutcomes, LedgerEntry, OutcomeCalls, Position, Store, StoreError,
        Urgency,
    },
    view::Rep,
    wrap_up::{ReceiptRecord, StepState, WrapUp},
};
use jiff::civil::Date;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{
    plan::Plan,
    said::{Phase, Said, phase, say},
};

/// A fault of the app itself, built in to show that the judge finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sabotage {
    /// Every call is logged twice.
    LogsTwice,
    /// Completions are not sent, and said to be done.
    CompletesNothing,
    /// Callbacks are made twice.
    CallsBackTwice,
    /// A new wrap-up is said to be durable, and is not written.
    KeepsNothing,
    /// Notes lie about in plain text.
    WritesPlainText,
    /// Corrections are not sent, and said to be done.
    CorrectsNothing,
}

/// Says what goes to Apollo and what comes back.
pub(crate) struct RecordingApollo {
    pub(crate) inner: Arc<dyn Apollo>,
    pub(crate) clock: SharedClock,
    pub(crate) random: Mutex<ChaCha8Rng>,
    /// The longest way to Apollo, and back, in virtual time.
    pub(crate) way_ms_max: u64,
    pub(crate) sabotage: Option<Sabotage>,
}

impl RecordingApollo {
    async fn way(&self) {
        let way_ms = {
            let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
            random.random_range(0..=self.way_ms_max)
        };
        if way_ms > 0 {
            self.clock.sleep(Duration::from_millis(way_ms)).await;
        }
    }

    async fn write<T: Send>(&self, request: impl Future<Output = T> + Send) -> T {
        phase(Phase::RequestOut);
        self.way().await;
        let reply = request.await;
        self.way().await;
        phase(Phase::ReplyIn);
        reply
    }

    async fn read<T: Send>(&self, request: impl Future<Output = T> + Send) -> T {
        phase(Phase::LookingUp);
        self.way().await;
        let reply = request.await;
        self.way().await;
        phase(Phase::LookedUp);
        reply
    }
}

#[async_trait]
impl Apollo for RecordingApollo {
    async fn tasks(&self, search: TaskSearch, urgency: Urgency) -> Result<Page<Task>, Error> {
        self.read(self.inner.tasks(search, urgency)).await
    }

    async fn sequences(&self, page: u32) -> Result<Page<Sequence>, Error> {
        self.read(self.inner.sequences(page)).await
    }

    async fn outcomes(&self, urgency: Urgency) -> Result<Option<Vec<OutcomeFacet>>, Error> {
        self.read(self.inner.outcomes(urgency)).await
    }

    async fn calls_with(&self, outcome: &OutcomeId) -> Result<OutcomeCalls, Error> {
        self.read(self.inner.calls_with(outcome)).await
    }

    async fn custom_fields(&self) -> Result<CustomFields, Error> {
        self.read(self.inner.custom_fields()).await
    }

    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, Error> {
        if self.sabotage == Some(Sabotage::LogsTwice) {
            self.write(self.inner.log_call(call)).await?;
        }
        self.write(self.inner.log_call(call)).await
    }

    async fn calls_of(
        &self,
        user: &UserId,
        from: Date,
        to: Date,
        page: u32,
        urgency: Urgency,
    ) -> Result<Page<PhoneCall>, Error> {
        self.read(self.inner.calls_of(user, from, to, page, urgency))
            .await
    }

    async fn correct_call(&self, call: &CallId, update: &PhoneCallUpdate) -> Result<(), Error> {
        if self.sabotage == Some(Sabotage::CorrectsNothing) {
            return Ok(());
        }
        self.write(self.inner.correct_call(call, update)).await
    }

    async fn task(&self, task: &TaskId) -> Result<Task, Error> {
        self.read(self.inner.task(task)).await
    }

    async fn update_task(&self, task: &TaskId, update: &TaskUpdate) -> Result<(), Error> {
        self.write(self.inner.update_task(task, update)).await
    }

    async fn create_task(&self, task: &NewTask) -> Result<Option<TaskId>, Error> {
        if self.sabotage == Some(Sabotage::CallsBackTwice) {
            self.write(self.inner.create_task(task)).await?;
        }
        self.write(self.inner.create_task(task)).await
    }

    async fn stages(&self) -> Result<Vec<ContactStage>, Error> {
        self.read(self.inner.stages()).await
    }

    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), Error> {
        self.write(self.inner.set_stage(contact, stage)).await
    }

    async fn finish_sequence(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<(), Error> {
        self.write(self.inner.finish_sequence(sequence, contact))
            .await
    }

    async fn complete_task(&self, task: &TaskId) -> Result<CompleteOutcome, Error> {
        if self.sabotage == Some(Sabotage::CompletesNothing) {
            return Ok(CompleteOutcome::Completed);
        }
        self.write(self.inner.complete_task(task)).await
    }

    async fn skip_task(&self, task: &TaskId, note: Option<&str>) -> Result<SkipOutcome, Error> {
        self.write(self.inner.skip_task(task, note)).await
    }
}

/// Says what goes to the disk and when it is there.
pub(crate) struct RecordingStore {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) plan: Arc<Plan>,
    pub(crate) folder: PathBuf,
    pub(crate) sabotage: Option<Sabotage>,
}

async fn keep<T: Send>(
    doing: Phase,
    write: impl Future<Output = Result<T, StoreError>> + Send,
) -> Result<T, StoreError> {
    phase(doing);
    let kept = write.await;
    if let Err(error) = &kept {
        say(&Said::Failed {
            text: format!("{doing:?}: {error}"),
        });
    }
    phase(Phase::Kept);
    kept
}

fn doing(wrap_up: &WrapUp) -> Phase {
    let is_in_flight = |state: &StepState| matches!(state, StepState::InFlight { .. });
    if wrap_up.is_untouched() {
        Phase::Saving
    } else if wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {
        Phase::RecordingInFlight
    } else {
        Phase::RecordingAnswer
    }
}

#[async_trait]
impl Store for RecordingStore {
    async fn wrap_ups(&self) -> Result<Vec<WrapUp>, StoreError> {
        self.inner.wrap_ups().await
    }

    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        if self.sabotage == Some(Sabotage::WritesPlainText) {
            // A folder that cannot be written to would show by itself.
            let _ = std::fs::write(self.folder.join("notes"), &self.plan.marker);
        }
        let doing = doing(wrap_up);
        if self.sabotage == Some(Sabotage::KeepsNothing) && doing == Phase::Saving {
            return Ok(());
        }
        keep(doing, self.inner.put_wrap_up(wrap_up)).await
    }

    async fn take_back(&self, wrap_up: &WrapUp, draft: &KeptDraft) -> Result<(), StoreError> {
        keep(Phase::TakingBack, self.inner.take_back(wrap_up, draft)).await
    }

    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        keep(Phase::Acknowledging, self.inner.acknowledge(receipt)).await?;
        if let Some(entry) = self.plan.entry_of(&receipt.task_id)
            && receipt.discarded.is_none()
        {
            say(&Said::Acknowledged { entry });
        }
        Ok(())
    }

    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        keep(Phase::Reviving, self.inner.revive(wrap_up)).await
    }

    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        self.inner.put_receipt(receipt).await
    }

    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError> {
        self.inner.receipts(since).await
    }

    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        self.inner.ledger().await
    }

    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError> {
        self.inner.tasks_set_aside().await
    }

    async fn drafts(&self) -> Result<Vec<KeptDraft>, StoreError> {
        self.inner.drafts().await
    }

    async fn put_draft(&self, draft: &KeptDraft) -> Result<(), StoreError> {
        self.inner.put_draft(draft).await
    }

    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError> {
        self.inner.erase_draft(task).await
    }

    async fn position(&self) -> Result<Option<Position>, StoreError> {
        self.inner.position().await
    }

    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError> {
        self.inner.put_position(position).await
    }

    async fn rep(&self) -> Result<Option<Rep>, StoreError> {
        self.inner.rep().await
    }

    async fn put_rep(&self, rep: Option<&Rep>) -> Result<(), StoreError> {
        self.inner.put_rep(rep).await
    }

    async fn outcomes(&self) -> Result<Option<KeptOutcomes>, StoreError> {
        self.inner.outcomes().await
    }

    async fn put_outcomes(&self, outcomes: &KeptOutcomes) -> Result<(), StoreError> {
        self.inner.put_outcomes(outcomes).await
    }
}
