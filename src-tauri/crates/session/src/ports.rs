//! What a session needs from outside, each by what it is for.
//!
//! Promises: each trait is what one kind of work needs, and grows only with that work. Must never:
//! name a library that does the work.

use apollo::{
    ids::{OutcomeId, TaskId},
    types::{ContactStage, CustomFields, OutcomeFacet, Page, Sequence, Task, TaskSearch},
};
use async_trait::async_trait;
use domain::{
    call_history::HistoryEntry, draft::Draft, outcomes::StoredOutcomes, position::Position,
    wrap_up::LedgerEntry,
};
use outbox::{StoreError, Urgency};

/// What there is to work on.
#[async_trait]
pub trait ReadWork: Send + Sync {
    /// One page of tasks. Filters are hints: the caller re-checks every row.
    async fn tasks(
        &self,
        search: TaskSearch,
        urgency: Urgency,
    ) -> Result<Page<Task>, apollo::Error>;
    /// One page of sequences, 1-based.
    async fn sequences(&self, page: u32) -> Result<Page<Sequence>, apollo::Error>;
}

/// What seldom changes.
#[async_trait]
pub trait ReadReferenceData: Send + Sync {
    /// The dispositions that Apollo names in the counts of its call search: those that calls have
    /// been given. None where its answer does not say.
    async fn outcomes(&self, urgency: Urgency) -> Result<Option<Vec<OutcomeFacet>>, apollo::Error>;
    /// What Apollo has of one disposition.
    async fn calls_with(&self, outcome: &OutcomeId) -> Result<OutcomeCalls, apollo::Error>;
    /// The fields that the team has added to contacts and accounts.
    async fn custom_fields(&self) -> Result<CustomFields, apollo::Error>;
    /// The stages that contacts can be in.
    async fn stages(&self) -> Result<Vec<ContactStage>, apollo::Error>;
}

/// Apollo, as a session sees it.
pub trait Apollo: ReadWork + ReadReferenceData {}

impl<T: ReadWork + ReadReferenceData> Apollo for T {}

/// What Apollo's call search says of one disposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeCalls {
    /// So many calls have it; the name that Apollo gives it there, if it gives one.
    Some { calls: u64, name: Option<String> },
    /// No call has it. Apollo answers the same of an id that it does not know.
    None,
    /// The answer proves nothing: Apollo ignored the question.
    NotAnswered,
}

/// What a rep has begun and not saved.
#[async_trait]
pub trait DraftStore: Send + Sync {
    /// Every draft, unsealed.
    async fn drafts(&self) -> Result<Vec<Draft>, StoreError>;
    /// Stores a draft, sealed. Survives the death of the process.
    async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError>;
    /// Erases the draft of a task.
    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError>;
}

/// What was finished here before, and who was called.
#[async_trait]
pub trait FinishedStore: Send + Sync {
    /// The tasks that this app has logged or skipped, within the retention period.
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError>;
    /// The tasks of wrap-ups that cannot be read with the key at hand. They are not to be called
    /// again, since what was saved of them is still stored and may become readable.
    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError>;
    /// Who was called from here, for as long as the receipts are stored. An entry is written with
    /// its wrap-up, changed with it, and erased with it when that is taken back.
    async fn history(&self) -> Result<Vec<HistoryEntry>, StoreError>;
}

/// Where the rep was.
#[async_trait]
pub trait PositionStore: Send + Sync {
    /// Where the rep was.
    async fn position(&self) -> Result<Option<Position>, StoreError>;
    /// Stores where the rep is; `None` erases it. Survives the death of the process.
    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError>;
}

/// The outcomes that a call can have.
#[async_trait]
pub trait OutcomeStore: Send + Sync {
    /// The outcomes that a call can have; none if none were ever stored.
    async fn outcomes(&self) -> Result<Option<StoredOutcomes>, StoreError>;
    /// Stores them; their team stays as it is, if they name none. Durable.
    async fn put_outcomes(&self, outcomes: &StoredOutcomes) -> Result<(), StoreError>;
}

/// What a session stores on disk, for one Apollo origin.
pub trait SessionStore: DraftStore + FinishedStore + PositionStore + OutcomeStore {}

impl<T: DraftStore + FinishedStore + PositionStore + OutcomeStore> SessionStore for T {}
