//! Logged phone calls and their dispositions (Apollo docs: reference section 7).

use clock::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MAX_ROWS_PER_PAGE, Page, open_enum, redacted_debug};
use crate::{
    ids::{AccountId, CallId, ContactId, OutcomeId, PurposeId, TaskId, UserId},
    lenient,
};

open_enum! {
    /// How a call went, technically. Apollo writes `no-answer` and reads `no_answer`.
    CallStatus {
        /// Not yet placed.
        Queued = "queued",
        /// Ringing.
        Ringing = "ringing",
        /// People are talking.
        InProgress = "in-progress" | "in_progress",
        /// Someone answered, and it is over.
        Completed = "completed",
        /// No one answered.
        NoAnswer = "no_answer" | "no-answer",
        /// It could not be placed.
        Failed = "failed",
        /// The line was busy.
        Busy = "busy",
    }
}

/// A call as Apollo holds it.
#[derive(Clone, PartialEq, Deserialize)]
pub struct PhoneCall {
    /// The call's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: CallId,
    /// Who called.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub user_id: Option<UserId>,
    /// Who was called.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub contact_id: Option<ContactId>,
    /// Which company was called.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub account_id: Option<AccountId>,
    /// The task it is linked to (JSON: `outreach_task_id`).
    #[serde(
        rename = "outreach_task_id",
        default,
        deserialize_with = "lenient::id_opt"
    )]
    pub task_id: Option<TaskId>,
    /// The disposition (JSON: `phone_call_outcome_id`).
    #[serde(
        rename = "phone_call_outcome_id",
        default,
        deserialize_with = "lenient::id_opt"
    )]
    pub outcome_id: Option<OutcomeId>,
    /// The purpose (JSON: `phone_call_purpose_id`).
    #[serde(
        rename = "phone_call_purpose_id",
        default,
        deserialize_with = "lenient::id_opt"
    )]
    pub purpose_id: Option<PurposeId>,
    /// How it went.
    #[serde(default, deserialize_with = "status_opt")]
    pub status: Option<CallStatus>,
    /// Logged as a record, as opposed to left by Apollo's own dialer untagged.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub logged: bool,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub start_time: Option<Timestamp>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub end_time: Option<Timestamp>,
    /// How long, in seconds (JSON: `duration`); independent of start and end.
    #[serde(rename = "duration", default, deserialize_with = "lenient::u32_opt")]
    pub duration_s: Option<u32>,
    /// The note.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub note: Option<String>,
    /// The identifier we gave it. Whether Apollo keeps it is unproven.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub call_identifier: Option<String>,
    /// The number called.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub to_number: Option<String>,
    /// The number called from.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub from_number: Option<String>,
    /// When the record was made.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub created_at: Option<Timestamp>,
}

redacted_debug!(PhoneCall {
    id,
    user_id,
    contact_id,
    account_id,
    outcome_id,
    purpose_id,
    status,
    start_time,
    duration_s,
    call_identifier
});

impl PhoneCall {
    /// A call of which nothing but the id is known.
    pub fn with_id(id: impl Into<CallId>) -> Self {
        Self {
            id: id.into(),
            user_id: None,
            contact_id: None,
            account_id: None,
            task_id: None,
            outcome_id: None,
            purpose_id: None,
            status: None,
            logged: false,
            start_time: None,
            end_time: None,
            duration_s: None,
            note: None,
            call_identifier: None,
            to_number: None,
            from_number: None,
            created_at: None,
        }
    }
}

fn status_opt<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<CallStatus>, D::Error> {
    Ok(lenient::text_opt(d)?.map(CallStatus::from))
}

/// A disposition that calls have been given, with how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeFacet {
    /// The disposition's id.
    pub id: OutcomeId,
    /// Its name, as the team's admins wrote it.
    pub name: String,
    /// How many of the calls found have it.
    pub count: u64,
}

/// A page of calls, with the dispositions of all calls found.
#[derive(Debug, Clone, PartialEq)]
pub struct PhoneCallPage {
    /// The calls.
    pub page: Page<PhoneCall>,
    /// The dispositions in use; the pseudo-values `active` and `other` are left out.
    pub outcomes: Vec<OutcomeFacet>,
    /// Whether the answer tells of dispositions at all, each that it counts with its name. Where
    /// it does not, an empty list means nothing (Apollo docs: reference section 7.3).
    pub tells_outcomes: bool,
}

/// A call to log (Apollo docs: reference section 7.1). `logged: true` is always sent with it.
///
/// Logging is not idempotent by contract: never send one twice without reading back first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPhoneCall {
    /// Who called. Required: without it Apollo credits the key's admin.
    pub user_id: UserId,
    /// Who was called.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_id: Option<ContactId>,
    /// Which company was called.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account_id: Option<AccountId>,
    /// The number called, in E.164.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to_number: Option<String>,
    /// How it went.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<CallStatus>,
    /// When it began. Apollo takes the moment of creation when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start_time: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_time: Option<Timestamp>,
    /// How long, in seconds (JSON: `duration`).
    #[serde(rename = "duration", skip_serializing_if = "Option::is_none", default)]
    pub duration_s: Option<u32>,
    /// The disposition (JSON: `phone_call_outcome_id`).
    #[serde(
        rename = "phone_call_outcome_id",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub outcome_id: Option<OutcomeId>,
    /// The purpose (JSON: `phone_call_purpose_id`).
    #[serde(
        rename = "phone_call_purpose_id",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub purpose_id: Option<PurposeId>,
    /// The note.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Our own identifier of the call.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub call_identifier: Option<String>,
}

redacted_debug!(NewPhoneCall {
    user_id,
    contact_id,
    account_id,
    outcome_id,
    purpose_id,
    status,
    start_time,
    duration_s,
    call_identifier
});

impl NewPhoneCall {
    /// A call by `user_id` of which nothing else is known yet.
    pub fn by(user_id: impl Into<UserId>) -> Self {
        Self {
            user_id: user_id.into(),
            contact_id: None,
            account_id: None,
            to_number: None,
            status: None,
            start_time: None,
            end_time: None,
            duration_s: None,
            outcome_id: None,
            purpose_id: None,
            note: None,
            call_identifier: None,
        }
    }
}

/// A change to a logged call: only what is set is sent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCallUpdate {
    /// A new status.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<CallStatus>,
    /// A new start.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start_time: Option<Timestamp>,
    /// A new end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_time: Option<Timestamp>,
    /// A new length, in seconds (JSON: `duration`).
    #[serde(rename = "duration", skip_serializing_if = "Option::is_none", default)]
    pub duration_s: Option<u32>,
    /// A new disposition (JSON: `phone_call_outcome_id`).
    #[serde(
        rename = "phone_call_outcome_id",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub outcome_id: Option<OutcomeId>,
    /// A new purpose (JSON: `phone_call_purpose_id`).
    #[serde(
        rename = "phone_call_purpose_id",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub purpose_id: Option<PurposeId>,
    /// A new note.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

redacted_debug!(PhoneCallUpdate {
    outcome_id,
    purpose_id,
    status,
    start_time,
    duration_s
});

/// The order of a call search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneCallSort {
    /// The latest started first.
    LatestStartFirst,
    /// The latest made record first.
    LatestCreatedFirst,
}

/// What to look for in `phone_calls/search` (Apollo docs: reference section 7.3). Always bound it
/// by date: records are large.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneCallSearch {
    /// Whose calls; empty means the whole team's. A user who is not there gives no calls, no error.
    pub user_ids: Vec<UserId>,
    /// With which contacts; empty means any. Undocumented.
    pub contact_ids: Vec<ContactId>,
    /// With which dispositions; empty means any.
    pub outcome_ids: Vec<OutcomeId>,
    /// The first and the last day; Apollo does not say in which time zone, so ask for a day more
    /// on each side.
    pub date_range: Option<(Date, Date)>,
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
    /// In which order Apollo lists the calls.
    pub sort: Option<PhoneCallSort>,
}

redacted_debug!(PhoneCallSearch {
    user_ids,
    contact_ids,
    outcome_ids,
    date_range,
    page,
    per_page,
    sort
});

impl Default for PhoneCallSearch {
    fn default() -> Self {
        Self {
            user_ids: Vec::new(),
            contact_ids: Vec::new(),
            outcome_ids: Vec::new(),
            date_range: None,
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
            sort: Some(PhoneCallSort::LatestStartFirst),
        }
    }
}
