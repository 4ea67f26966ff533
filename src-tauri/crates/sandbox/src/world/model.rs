//! The records of the team. Places (`usize`) point into the tables of [`super::World`].
//!
//! Must never: derive a `Debug` that shows personal data; the records have none at all.

use std::{borrow::Cow, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde_json::Value;

use super::id::Id;

pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) first_name: Option<&'static str>,
    pub(crate) last_name: Option<&'static str>,
    pub(crate) title: Option<&'static str>,
    pub(crate) email: &'static str,
    pub(crate) is_admin: bool,
    pub(crate) deleted: bool,
    pub(crate) created_at: Timestamp,
}

impl User {
    /// First and last name; empty when there is neither.
    pub(crate) fn name(&self) -> String {
        [self.first_name, self.last_name]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepKind {
    AutoEmail,
    ManualEmail,
    Call,
    ActionItem,
    LinkedinConnect,
    LinkedinMessage,
}

impl StepKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AutoEmail => "auto_email",
            Self::ManualEmail => "manual_email",
            Self::Call => "call",
            Self::ActionItem => "action_item",
            Self::LinkedinConnect => "linkedin_step_connect",
            Self::LinkedinMessage => "linkedin_step_message",
        }
    }

    /// Type of the task the step makes; an automatic email makes none.
    pub(crate) fn task_type(self) -> Option<&'static str> {
        match self {
            Self::AutoEmail => None,
            Self::ManualEmail => Some("outreach_manual_email"),
            Self::Call => Some("call"),
            Self::ActionItem => Some("action_item"),
            Self::LinkedinConnect => Some("linkedin_step_connect"),
            Self::LinkedinMessage => Some("linkedin_step_message"),
        }
    }
}

pub(crate) struct Step {
    pub(crate) id: Id,
    pub(crate) kind: StepKind,
    /// Days after the step before.
    pub(crate) wait_days: u32,
    pub(crate) note: Option<Arc<str>>,
    pub(crate) priority: Priority,
}

pub(crate) struct Sequence {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) active: bool,
    pub(crate) archived: bool,
    pub(crate) owner: usize,
    pub(crate) steps: Vec<Step>,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    /// Its counters are still being computed: Apollo sends `"loading"`.
    pub(crate) loading: bool,
}

pub(crate) struct Account {
    pub(crate) id: Id,
    pub(crate) organization_id: Id,
    /// As Apollo stores it: may be HTML-escaped.
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) industry: &'static str,
    pub(crate) employees: u32,
    pub(crate) founded_year: u16,
    pub(crate) description: String,
    pub(crate) phone: Option<Phone>,
    pub(crate) city: usize,
    pub(crate) owner: usize,
    pub(crate) stage: usize,
    pub(crate) created_at: Timestamp,
    pub(crate) last_activity: Option<Timestamp>,
    pub(crate) labels: Vec<usize>,
    pub(crate) custom_fields: serde_json::Map<String, Value>,
    pub(crate) raw_address: Option<String>,
}

#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) raw: String,
    /// E.164, or none for a number that cannot be parsed.
    pub(crate) sanitized: Option<String>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) dnc_status: Option<&'static str>,
    pub(crate) country: &'static str,
}

impl Phone {
    /// A number as a client wrote it: only one with a country code can be read.
    pub(crate) fn entered(raw: String, kind: Option<&'static str>, country: &'static str) -> Self {
        let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
        let sanitized = raw.trim().starts_with('+').then(|| format!("+{digits}"));
        Self {
            raw,
            sanitized,
            kind,
            status: "no_status",
            dnc_status: None,
            country,
        }
    }
}

pub(crate) struct Enrolment {
    pub(crate) id: Id,
    pub(crate) sequence: usize,
    pub(crate) status: &'static str,
    /// Step from 1.
    pub(crate) position: u32,
    pub(crate) added_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
    pub(crate) paused_at: Option<Timestamp>,
    pub(crate) auto_unpause_at: Option<Timestamp>,
    pub(crate) inactive_reason: Option<&'static str>,
}

pub(crate) struct Contact {
    pub(crate) id: Id,
    pub(crate) person_id: Id,
    /// As Apollo stores it: may be HTML-escaped.
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) linkedin_slug: Option<String>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) account: Option<usize>,
    pub(crate) city: usize,
    pub(crate) has_time_zone: bool,
    pub(crate) call_opted_out: Option<bool>,
    pub(crate) owner: usize,
    pub(crate) stage: usize,
    pub(crate) labels: Vec<usize>,
    pub(crate) enrolments: Vec<Enrolment>,
    pub(crate) custom_fields: serde_json::Map<String, Value>,
    pub(crate) address: Option<String>,
    pub(crate) deleted: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) last_activity: Option<Timestamp>,
}

impl Contact {
    pub(crate) fn name(&self) -> String {
        match &self.last_name {
            Some(last) if !self.first_name.is_empty() => format!("{} {last}", self.first_name),
            Some(last) => last.clone(),
            None => self.first_name.clone(),
        }
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Open.
    Scheduled,
    /// Done.
    Completed,
    /// Passed over.
    Skipped,
    /// Removed by Apollo, for example because its sequence was paused.
    Deleted,
}

impl TaskStatus {
    /// As Apollo writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Completed => "completed",
            Self::Skipped => "skipped",
            Self::Deleted => "deleted",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Scheduled, Self::Completed, Self::Skipped]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    Low,
    Medium,
    High,
}

impl Priority {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) id: Id,
    pub(crate) user: usize,
    pub(crate) creator: usize,
    pub(crate) completed_by: Option<usize>,
    pub(crate) kind: Cow<'static, str>,
    pub(crate) status: TaskStatus,
    pub(crate) priority: Priority,
    pub(crate) due_at: Timestamp,
    pub(crate) created_at: Timestamp,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) skipped_at: Option<Timestamp>,
    pub(crate) title: Option<Arc<str>>,
    pub(crate) note: Option<Arc<str>>,
    pub(crate) call_script: Option<Arc<str>>,
    pub(crate) contact: Option<usize>,
    pub(crate) account: Option<usize>,
    /// The sequence and its step, from 1.
    pub(crate) step: Option<(usize, u32)>,
    pub(crate) created_from: &'static str,
    pub(crate) call: Option<usize>,
}

pub(crate) struct PhoneCall {
    pub(crate) id: Id,
    pub(crate) user: usize,
    pub(crate) contact: Option<usize>,
    pub(crate) account: Option<usize>,
    pub(crate) task: Option<usize>,
    pub(crate) outcome: Option<Id>,
    pub(crate) purpose: Option<Id>,
    pub(crate) status: Option<String>,
    pub(crate) logged: bool,
    pub(crate) inbound: bool,
    pub(crate) from_number: Option<String>,
    pub(crate) to_number: Option<String>,
    pub(crate) start_time: Timestamp,
    pub(crate) end_time: Timestamp,
    pub(crate) duration: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) call_identifier: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// From when, in the clock's elapsed time, a search sees it.
    pub(crate) indexed_from: Duration,
}

pub(crate) struct Outcome {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) answered: bool,
    pub(crate) sentiment: Option<&'static str>,
    pub(crate) stage: Option<usize>,
}

pub(crate) struct Purpose {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
}

pub(crate) struct Stage {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) category: Option<&'static str>,
}

pub(crate) struct Label {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) modality: &'static str,
    pub(crate) user: usize,
    pub(crate) created_at: Timestamp,
}

pub(crate) struct CustomField {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) modality: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) options: Vec<(Id, &'static str)>,
}

pub(crate) struct Note {
    pub(crate) id: Id,
    pub(crate) user: usize,
    pub(crate) contact: Option<usize>,
    pub(crate) account: Option<usize>,
    pub(crate) content: String,
    pub(crate) created_at: Timestamp,
}
