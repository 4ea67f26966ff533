//! What a request changed, as one value for each change.
//!
//! Promises: an effect is made exactly when the change is, whether or not the reply arrives. Must
//! never: hold a key.

use jiff::Timestamp;
use serde::Serialize;

/// A call record as Apollo keeps it.
#[derive(Clone, PartialEq, Serialize)]
pub struct CallRecord {
    /// Id of the record.
    pub id: String,
    /// Who called.
    pub user_id: String,
    /// Who was called.
    pub contact_id: Option<String>,
    /// Their company.
    pub account_id: Option<String>,
    /// The task it was linked to.
    pub outreach_task_id: Option<String>,
    /// Id of the disposition.
    pub phone_call_outcome_id: Option<String>,
    /// Id of the purpose.
    pub phone_call_purpose_id: Option<String>,
    /// As Apollo returns it: `no-answer`, not `no_answer`.
    pub status: Option<String>,
    /// Whether it shows as an individual record.
    pub logged: bool,
    /// Whether the other side called.
    pub inbound: bool,
    /// Number called from.
    pub from_number: Option<String>,
    /// Number called.
    pub to_number: Option<String>,
    /// Start of the call.
    pub start_time: Timestamp,
    /// End of the call.
    pub end_time: Timestamp,
    /// Seconds; independent of start and end.
    pub duration: Option<i64>,
    /// What the rep wrote.
    pub note: Option<String>,
    /// The client's own id.
    pub call_identifier: Option<String>,
}

impl std::fmt::Debug for CallRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CallRecord")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .field("contact_id", &self.contact_id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A task as an effect left it.
#[derive(Clone, PartialEq, Serialize)]
pub struct TaskRecord {
    /// Id of the task.
    pub id: String,
    /// Owner.
    pub user_id: String,
    /// `call`, …
    #[serde(rename = "type")]
    pub task_type: String,
    /// `scheduled`, `completed`, `skipped`, `deleted`.
    pub status: String,
    /// `high`, `medium`, `low`.
    pub priority: String,
    /// When it is due.
    pub due_at: Timestamp,
    /// Its contact; none where the task is about a company.
    pub contact_id: Option<String>,
    /// Its company.
    pub account_id: Option<String>,
    /// Its sequence.
    pub emailer_campaign_id: Option<String>,
    /// Step of the sequence, from 1.
    pub campaign_position: Option<u32>,
    /// Instruction, or what was written on completion.
    pub note: Option<String>,
}

impl std::fmt::Debug for TaskRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TaskRecord")
            .field("id", &self.id)
            .field("task_type", &self.task_type)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// One committed change. `request` is the number of the request that made it, or 0 where the
/// sandbox's handle or the control API did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// A call record was made.
    CallLogged {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The record.
        call: CallRecord,
    },
    /// A call record was changed, by PUT or by an upsert.
    CallUpdated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The record afterwards.
        call: CallRecord,
    },
    /// A task was completed.
    TaskCompleted {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The task afterwards.
        task: TaskRecord,
    },
    /// A task was skipped.
    TaskSkipped {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The task afterwards.
        task: TaskRecord,
    },
    /// A task was made, by a client or by a sequence moving on.
    TaskCreated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The task.
        task: TaskRecord,
        /// Whether a sequence made it.
        by_sequence: bool,
    },
    /// A task was changed.
    TaskUpdated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The task afterwards.
        task: TaskRecord,
    },
    /// A task was removed, because its sequence or its contact's part in it stopped.
    TaskDeleted {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// Id of the task.
        task_id: String,
    },
    /// A contact's part in a sequence changed: `finished`, `paused`, `removed`.
    ContactSequenceStatus {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The contact.
        contact_id: String,
        /// The sequence.
        emailer_campaign_id: String,
        /// New status.
        status: String,
    },
    /// A contact's stage changed.
    ContactStage {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The contact.
        contact_id: String,
        /// New stage.
        contact_stage_id: String,
    },
    /// Other fields of a contact changed.
    ContactUpdated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The contact.
        contact_id: String,
        /// Names of the fields sent, not their values.
        fields: Vec<String>,
    },
    /// Fields of an account changed.
    AccountUpdated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The account.
        account_id: String,
        /// Names of the fields sent, not their values.
        fields: Vec<String>,
    },
    /// A list was made.
    LabelCreated {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The list.
        label_id: String,
    },
    /// A contact was deleted.
    ContactDeleted {
        /// Always 0: clients cannot.
        request: u64,
        /// When.
        at: Timestamp,
        /// The contact.
        contact_id: String,
    },
    /// A user was deactivated, or activated again.
    UserActive {
        /// Always 0: clients cannot.
        request: u64,
        /// When.
        at: Timestamp,
        /// The user.
        user_id: String,
        /// Whether they are active now.
        active: bool,
    },
    /// A disposition was removed.
    OutcomeRemoved {
        /// Always 0: clients cannot.
        request: u64,
        /// When.
        at: Timestamp,
        /// The disposition.
        phone_call_outcome_id: String,
    },
    /// A sequence was archived.
    SequenceArchived {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The sequence.
        emailer_campaign_id: String,
    },
    /// A sequence was switched on or off.
    SequenceActive {
        /// Request that did it.
        request: u64,
        /// When.
        at: Timestamp,
        /// The sequence.
        emailer_campaign_id: String,
        /// Whether it runs now.
        active: bool,
    },
}
