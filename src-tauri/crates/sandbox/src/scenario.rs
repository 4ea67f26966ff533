//! How this Apollo behaves where the real one differs by plan, by account, or in ways unknown.
//!
//! Promises: every switch has a default that follows the best evidence (Apollo docs: section 14
//! lists what is unknown). Must never: hold data or state; it is read, not written, by requests.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::limits::WindowLimits;

/// The plan of the workspace. It sets the rate limits only; what a free plan is refused is shown
/// by the `free` key, whatever the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PricingPlan {
    /// 50 a minute, 200 an hour, 600 a day.
    Free,
    /// 200 a minute, 400 an hour, 2,000 a day.
    Basic,
    /// As `Basic`.
    #[default]
    Professional,
    /// 200 a minute, 600 an hour, 6,000 a day.
    Organization,
}

impl PricingPlan {
    /// The limits of one endpoint (Apollo docs: rate limits; reference section 8.3).
    pub const fn limits(self) -> WindowLimits {
        match self {
            Self::Free => WindowLimits {
                minute: 50,
                hour: 200,
                day: 600,
            },
            Self::Basic | Self::Professional => WindowLimits {
                minute: 200,
                hour: 400,
                day: 2_000,
            },
            Self::Organization => WindowLimits {
                minute: 200,
                hour: 600,
                day: 6_000,
            },
        }
    }
}

/// Whether Apollo applies a parameter or drops it silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// Applied.
    #[default]
    Supported,
    /// Accepted, dropped, and the answer is status 200 without it.
    Ignored,
}

impl Support {
    pub(crate) fn is_supported(self) -> bool {
        self == Self::Supported
    }
}

/// The undocumented filters and the sorting of `tasks/search`, each on its own switch. By default
/// those are applied that clients were seen to rely on; a date range and a status are not among
/// them (reference section 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskFilters {
    /// `user_ids[]`.
    pub user_ids: Support,
    /// `emailer_campaign_ids[]`.
    pub emailer_campaign_ids: Support,
    /// `task_type_cds[]`.
    pub task_type_cds: Support,
    /// `contact_ids[]`.
    pub contact_ids: Support,
    /// `user_id`, on the GET form only.
    pub user_id: Support,
    /// `contact_id`, on the GET form only.
    pub contact_id: Support,
    /// `account_ids[]`.
    pub account_ids: Support,
    /// `account_id`, on the GET form only.
    pub account_id: Support,
    /// `priority`, on the GET form only.
    pub priority: Support,
    /// `q_keywords`, in title and note.
    pub q_keywords: Support,
    /// `date_range[min]` and `date_range[max]`: the days, in UTC, on which a task is due.
    pub date_range: Support,
    /// `status`; where it is applied, ended tasks can be asked for too.
    pub status: Support,
    /// `sort_by_field`.
    pub sort_by_field: Support,
    /// `sort_ascending`.
    pub sort_ascending: Support,
    /// `multi_sort`: `[{"task_due_at": {"order": "asc"}}]`; its first entry counts.
    pub multi_sort: Support,
}

impl Default for TaskFilters {
    fn default() -> Self {
        Self {
            user_ids: Support::Supported,
            emailer_campaign_ids: Support::Supported,
            task_type_cds: Support::Supported,
            contact_ids: Support::Supported,
            user_id: Support::Supported,
            contact_id: Support::Supported,
            account_ids: Support::Supported,
            account_id: Support::Supported,
            priority: Support::Supported,
            q_keywords: Support::Supported,
            date_range: Support::Ignored,
            status: Support::Ignored,
            sort_by_field: Support::Supported,
            sort_ascending: Support::Supported,
            multi_sort: Support::Supported,
        }
    }
}

impl TaskFilters {
    /// Every filter and sort order is dropped silently.
    pub const fn all_ignored() -> Self {
        Self {
            user_ids: Support::Ignored,
            emailer_campaign_ids: Support::Ignored,
            task_type_cds: Support::Ignored,
            contact_ids: Support::Ignored,
            user_id: Support::Ignored,
            contact_id: Support::Ignored,
            account_ids: Support::Ignored,
            account_id: Support::Ignored,
            priority: Support::Ignored,
            q_keywords: Support::Ignored,
            date_range: Support::Ignored,
            status: Support::Ignored,
            sort_by_field: Support::Ignored,
            sort_ascending: Support::Ignored,
            multi_sort: Support::Ignored,
        }
    }
}

/// Which tasks `tasks/search` returns; no status filter is known for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatuses {
    /// Only `scheduled` ones.
    #[default]
    Open,
    /// Completed and skipped ones too.
    All,
}

/// What `POST /phone_calls` does with `call_identifier`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallIdentifier {
    /// A second create with the same identifier updates the first record.
    Upsert,
    /// Stored and returned, but two creates make two records.
    #[default]
    Stored,
    /// Not stored: returned as null.
    Dropped,
}

/// What the answer of `tasks/{id}/complete` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletedTask {
    /// The task as it was before, still `scheduled`, as in Apollo's own example.
    #[default]
    AsBefore,
    /// The task as it is now.
    AsIs,
}

/// What the facets of `phone_calls/search` tell about outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facets {
    /// The id, name and count of every outcome that was used.
    #[default]
    Named,
    /// No facets, as in a team that has logged no call: a client needs dispositions of its own.
    Empty,
}

/// What `auth/additional_bootstrapped_data` answers to an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BootstrappedData {
    /// Outcomes and purposes, as older API keys got.
    Full,
    /// The object without outcomes and purposes.
    WithoutOutcomes,
    /// 403.
    Forbidden,
    /// 404.
    #[default]
    NotFound,
}

/// How much data the team has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// What a newcomer sees: about 640 call tasks for the main rep, 400 for the others.
    #[default]
    Team,
    /// As `Team`, with 16,000 open tasks of other reps, as one real organization has.
    HugeForeignQueue,
    /// So many open call tasks for the main rep and for the others.
    Custom {
        /// Open call tasks in sequences for the main rep.
        main_rep_tasks: u32,
        /// Open call tasks for the other reps together.
        other_rep_tasks: u32,
    },
}

/// Every switch. [`Scenario::default`] is an ordinary team on an ordinary day.
///
/// Guesses that no switch covers, since nothing is known of Apollo's way (reference sections 5.3
/// and 7.1): a write that names a deactivated user, or a disposition or purpose that the team does
/// not have, is refused as an invalid id is; a call or task for a deleted contact, and a stage for
/// it, are refused as reading or changing it is. What a record already names may stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// How much data the team has.
    pub size: Size,
    /// Filters of `tasks/search`.
    pub task_filters: TaskFilters,
    /// Statuses that `tasks/search` returns.
    pub task_statuses: TaskStatuses,
    /// How long a change of a task stays unseen by `tasks/search`.
    pub task_index_lag: Duration,
    /// How long a new call stays unseen by `phone_calls/search`.
    pub call_index_lag: Duration,
    /// What `call_identifier` does.
    pub call_identifier: CallIdentifier,
    /// Whether logging an outcome moves the contact to the outcome's stage.
    pub outcome_moves_stage: Support,
    /// What `complete` answers.
    pub completed_task: CompletedTask,
    /// Outcome facets of `phone_calls/search`.
    pub facets: Facets,
    /// Answer of the bootstrap endpoint.
    pub bootstrapped_data: BootstrappedData,
    /// The master key was revoked: 401 in plain text, as to any bad key.
    pub master_key_revoked: bool,
    /// The workspace fell to the free plan: its keys get what the `free` key gets. The limits stay
    /// as they are.
    pub plan_downgraded: bool,
    /// Task functions are switched off for the team: 403 on every task by id.
    pub task_functions_off: bool,
    /// Only the owner of a task may change it, even for the admin whom an API key acts as.
    pub foreign_tasks_locked: bool,
    /// `remove_or_stop_contact_ids` answers with a background job instead of contacts.
    pub stop_contacts_async: bool,
    /// Routes are answered under `/v1` too, as the base URL of some clients has it.
    pub short_paths: bool,
    /// `per_page` where a search is sent none.
    pub default_per_page: u32,
    /// Limits of every endpoint instead of the plan's, as Organization customers can have.
    pub limits: Option<WindowLimits>,
    /// Scopes of the scoped key, as `api/v1/tasks/search`; never any of `phone_calls`.
    pub scopes: Vec<String>,
}

/// Scopes a careful admin would tick for a call queue; calls cannot be ticked at all.
const DEFAULT_SCOPES: [&str; 14] = [
    "api/v1/users/api_profile",
    "api/v1/users/search",
    "api/v1/emailer_campaigns/search",
    "api/v1/tasks/search",
    "api/v1/tasks/show",
    "api/v1/tasks/update",
    "api/v1/tasks/complete",
    "api/v1/tasks/skip",
    "api/v1/contacts/search",
    "api/v1/contacts/show",
    "api/v1/contact_stages/index",
    "api/v1/accounts/search",
    "api/v1/accounts/show",
    "api/v1/usage_stats/api_usage_stats",
];

/// Apollo's own default on several searches (Apollo docs: users/search example).
const DEFAULT_PER_PAGE: u32 = 25;

impl Default for Scenario {
    fn default() -> Self {
        Self {
            size: Size::default(),
            task_filters: TaskFilters::default(),
            task_statuses: TaskStatuses::default(),
            task_index_lag: Duration::ZERO,
            call_index_lag: Duration::ZERO,
            call_identifier: CallIdentifier::default(),
            outcome_moves_stage: Support::Ignored,
            completed_task: CompletedTask::default(),
            facets: Facets::default(),
            bootstrapped_data: BootstrappedData::default(),
            master_key_revoked: false,
            plan_downgraded: false,
            task_functions_off: false,
            foreign_tasks_locked: false,
            stop_contacts_async: false,
            short_paths: false,
            default_per_page: DEFAULT_PER_PAGE,
            limits: None,
            scopes: DEFAULT_SCOPES.iter().map(ToString::to_string).collect(),
        }
    }
}
