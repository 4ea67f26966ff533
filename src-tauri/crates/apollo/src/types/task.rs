//! Tasks: what a rep has to do (Apollo docs: reference section 4).

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Account, Contact, MAX_ROWS_PER_PAGE, open_enum, redacted_debug};
use crate::{
    ids::{AccountId, ContactId, SequenceId, TaskId, UserId},
    lenient,
};

open_enum! {
    /// What kind of work a task is. An open set (Apollo docs: reference section 4.2).
    TaskKind {
        /// A call step of a sequence, or a call task made by hand.
        Call = "call",
        /// A call to a contact, in Apollo's older naming.
        ContactCall = "contact_call",
        /// A call to a company.
        AccountCall = "account_call",
        /// A call, in the naming of Apollo's assistant.
        PhoneCall = "phone_call",
    }
}

impl TaskKind {
    /// Every kind that means a call, for `TaskSearch::kinds`.
    pub const CALLS: [Self; 4] = [
        Self::Call,
        Self::ContactCall,
        Self::AccountCall,
        Self::PhoneCall,
    ];

    /// Whether the task is a call.
    pub fn is_call(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

open_enum! {
    /// Where a task stands. An open set (Apollo docs: reference section 4.2).
    TaskStatus {
        /// Open.
        Scheduled = "scheduled",
        /// Done.
        Completed = "completed" | "complete",
        /// Passed over.
        Skipped = "skipped",
    }
}

open_enum! {
    /// How urgent a task is. Not to be taken for `budget::Priority`.
    TaskPriority {
        /// First.
        High = "high",
        /// The default.
        Medium = "medium",
        /// Last.
        Low = "low",
    }
}

/// A task with its contact and account, as Apollo's search embeds them.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Task {
    /// Its id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: TaskId,
    /// Whose task it is.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub user_id: Option<UserId>,
    /// What kind of work (JSON: `type`).
    #[serde(rename = "type", default = "unknown_kind", deserialize_with = "kind")]
    pub kind: TaskKind,
    /// Where it stands.
    #[serde(default = "unknown_status", deserialize_with = "status")]
    pub status: TaskStatus,
    /// How urgent.
    #[serde(default = "medium", deserialize_with = "priority")]
    pub priority: TaskPriority,
    /// When it is due. Apollo writes whole days as midnight UTC.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub due_at: Option<Timestamp>,
    /// The instruction; for a sequence's call step, the step's note.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub note: Option<String>,
    /// The call script; only in replies of `tasks/show` and `tasks/update`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub call_script: Option<String>,
    /// A title of its own; absent means that Apollo shows an automatic one.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub title: Option<String>,
    /// Whom it is about.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub contact_id: Option<ContactId>,
    /// Which company it is about.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub account_id: Option<AccountId>,
    /// The sequence it belongs to (JSON: `emailer_campaign_id`).
    #[serde(
        rename = "emailer_campaign_id",
        default,
        deserialize_with = "lenient::id_opt"
    )]
    pub sequence_id: Option<SequenceId>,
    /// That sequence's name (JSON: `campaign_name`).
    #[serde(
        rename = "campaign_name",
        default,
        deserialize_with = "lenient::label_opt"
    )]
    pub sequence_name: Option<String>,
    /// The step's number, from 1 (JSON: `campaign_position`).
    #[serde(
        rename = "campaign_position",
        default,
        deserialize_with = "lenient::u32_opt"
    )]
    pub step_position: Option<u32>,
    /// Who made it. Must be sent back with every update, or Apollo resets it.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub creator_id: Option<UserId>,
    /// The embedded contact.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub contact: Option<Contact>,
    /// The embedded account.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub account: Option<Account>,
}

redacted_debug!(Task {
    id,
    user_id,
    kind,
    status,
    priority,
    due_at,
    contact_id,
    account_id,
    sequence_id,
    step_position
});

impl Task {
    /// A task of which nothing but the id is known.
    pub fn with_id(id: impl Into<TaskId>) -> Self {
        Self {
            id: id.into(),
            user_id: None,
            kind: unknown_kind(),
            status: unknown_status(),
            priority: medium(),
            due_at: None,
            note: None,
            call_script: None,
            title: None,
            contact_id: None,
            account_id: None,
            sequence_id: None,
            sequence_name: None,
            step_position: None,
            creator_id: None,
            contact: None,
            account: None,
        }
    }
}

fn unknown_kind() -> TaskKind {
    TaskKind::Other(String::new())
}

fn unknown_status() -> TaskStatus {
    TaskStatus::Other(String::new())
}

fn medium() -> TaskPriority {
    TaskPriority::Medium
}

fn kind<'de, D: serde::Deserializer<'de>>(d: D) -> Result<TaskKind, D::Error> {
    Ok(lenient::text_opt(d)?.map_or_else(unknown_kind, TaskKind::from))
}

fn status<'de, D: serde::Deserializer<'de>>(d: D) -> Result<TaskStatus, D::Error> {
    Ok(lenient::text_opt(d)?.map_or_else(unknown_status, TaskStatus::from))
}

fn priority<'de, D: serde::Deserializer<'de>>(d: D) -> Result<TaskPriority, D::Error> {
    Ok(lenient::text_opt(d)?.map_or_else(medium, TaskPriority::from))
}

/// The order of a task search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskSort {
    /// The longest overdue first.
    OldestDueFirst,
    /// The furthest ahead first: Apollo's own order.
    LatestDueFirst,
}

/// What to look for in `tasks/search`.
///
/// Every filter is undocumented, and Apollo ignores an unknown one with a 200 (Apollo docs:
/// reference section 4.1): see [`super::Page::filtering`] for what became of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSearch {
    /// Whose tasks; empty means the whole team's.
    pub user_ids: Vec<UserId>,
    /// Of which sequences; empty means any.
    pub sequence_ids: Vec<SequenceId>,
    /// Of which kinds; empty means any.
    pub kinds: Vec<TaskKind>,
    /// About which contacts; empty means any.
    pub contact_ids: Vec<ContactId>,
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
    /// In which order Apollo lists the tasks.
    pub sort: Option<TaskSort>,
}

impl Default for TaskSearch {
    fn default() -> Self {
        Self {
            user_ids: Vec::new(),
            sequence_ids: Vec::new(),
            kinds: Vec::new(),
            contact_ids: Vec::new(),
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
            sort: Some(TaskSort::OldestDueFirst),
        }
    }
}

/// A task to make (Apollo docs: reference section 4.4). Apollo does not notice a repeated one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// Whose task.
    pub user_id: UserId,
    /// Who is named as its creator.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub creator_id: Option<UserId>,
    /// About whom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_id: Option<ContactId>,
    /// About which company.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account_id: Option<AccountId>,
    /// What kind of work.
    #[serde(rename = "type")]
    pub kind: TaskKind,
    /// Mostly [`TaskStatus::Scheduled`].
    pub status: TaskStatus,
    /// When due.
    pub due_at: Timestamp,
    /// How urgent.
    pub priority: TaskPriority,
    /// A title of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// The instruction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

redacted_debug!(NewTask {
    user_id,
    contact_id,
    account_id,
    kind,
    status,
    due_at,
    priority
});

/// A change to a scheduled task. Priority and creator are always sent, since Apollo resets what
/// is left out (Apollo docs: reference section 4.6).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskUpdate {
    /// As it was, or the new one.
    pub priority: TaskPriority,
    /// As it was. Absent only when Apollo gave none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub creator_id: Option<UserId>,
    /// A new due time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_at: Option<Timestamp>,
    /// A new owner.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<UserId>,
    /// A new instruction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// A new title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
}

redacted_debug!(TaskUpdate {
    priority,
    creator_id,
    due_at,
    user_id
});

impl TaskUpdate {
    /// A change that keeps everything as it is in `task`; set what should differ.
    pub fn of(task: &Task) -> Self {
        Self {
            priority: task.priority.clone(),
            creator_id: task.creator_id.clone(),
            due_at: None,
            user_id: None,
            note: None,
            title: None,
        }
    }
}

/// What Apollo replied to completing a task. All three mean that there is nothing left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionReply {
    /// Completed by this request.
    Completed,
    /// Completed or skipped before.
    AlreadyFinished,
    /// Apollo had removed it, for example because its sequence was paused.
    Deleted,
}

/// What Apollo replied to skipping a task. All three mean that there is nothing left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReply {
    /// Skipped by this request.
    Skipped,
    /// Completed or skipped before.
    AlreadyFinished,
    /// Apollo had removed it.
    Deleted,
}
