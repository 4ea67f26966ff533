//! The queue: its rows as a window lists them.

use std::collections::HashSet;

use apollo::{
    ids::{SequenceId, TaskId},
    types::TaskPriority,
};
use clock::Timestamp;
use domain::{
    call_task::CallTask,
    dates::{day_of, due_day},
    permission::Permission,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use session::{Ending, Finished, TaskState, View};
use text::{Text, TimeStyle, Value, message};
use ts_rs::TS;

use crate::{
    loading,
    local_time::{LocalTime, local_time},
    names::{name, scope_name, sequence_name},
    reach::{Reach, ReachState, reach},
    saving::skip_reason,
    time_text::{day_and_time, when},
};

/// Which call tasks a queue is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum QueueScope {
    Sequence {
        #[ts(type = "string")]
        id: SequenceId,
    },
    AllCallTasks,
    WithoutSequence,
}

/// The ordered call tasks of a scope, without its rows: a window reads those that are in sight
/// ([`queue_rows`]). Order: oldest due first; rows never move while it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Queue {
    /// Which opening of a queue this is: its rows are asked for by it.
    pub number: u32,
    pub scope: QueueScope,
    pub title: Text,
    /// How many rows it has. The first has place 0.
    pub rows: u32,
    /// The row that was selected last, or else the first that is open.
    #[ts(type = "string | null")]
    pub selected: Option<TaskId>,
    /// The row with a call that goes on.
    #[ts(type = "string | null")]
    pub on_call: Option<TaskId>,
    /// Tasks of the queue finished or skipped today, also before Handset was started last.
    pub finished: u32,
    /// Those, together with all rows.
    pub total: u32,
    /// Open rows that may not be dialed at this minute because of their local time.
    pub parked: u32,
    /// When the first parked one opens: "17:00", in the rep's local time.
    pub next_opens: Option<Text>,
    /// True while more rows may arrive.
    pub loading: bool,
    /// What Apollo has that is not here, in a sentence; none if all of it was read.
    pub missing: Option<Text>,
}

/// Rows of the open queue that stand one below the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct QueueRows {
    pub rows: Vec<QueueRow>,
    /// How many rows match what is searched for; without a search, all.
    pub matching: u32,
}

/// Where a row stands among those that match what is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct QueuePlace {
    /// From 0; none where the row is not among them.
    pub place: Option<u32>,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct QueueRow {
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub name: Text,
    pub title: Option<String>,
    pub company: Option<String>,
    pub local_time: Option<LocalTime>,
    pub reach: Reach,
    pub sequence: Option<Text>,
    pub step: Option<u32>,
    pub due: Due,
    pub priority: RowPriority,
    pub state: RowState,
    /// The outcome or reason, for finished rows.
    pub result: Option<Text>,
    /// A note or outcome was begun and not saved.
    pub has_draft: bool,
}

impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueueRow")
            .field("task_id", &self.task_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// When a task is due, in the rep's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Due {
    pub state: DueState,
    /// "2 d overdue", "due today", "due 26 Nov".
    pub text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    Overdue,
    Today,
    Later,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowPriority {
    Urgent,
    High,
    Medium,
    Low,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    Open,
    /// A call to this person is going on.
    OnCall,
    /// Wrapped up here; Apollo may not have it yet (see receipts).
    Finished,
    Skipped,
    /// Gone from Apollo, or no longer this rep's.
    Gone,
    /// Logged earlier from this computer; Apollo's list has not caught up.
    CatchingUp,
}

impl From<QueueScope> for domain::position::QueueScope {
    fn from(scope: QueueScope) -> Self {
        match scope {
            QueueScope::Sequence { id } => Self::Sequence { id },
            QueueScope::AllCallTasks => Self::AllCallTasks,
            QueueScope::WithoutSequence => Self::WithoutSequence,
        }
    }
}

impl From<&domain::position::QueueScope> for QueueScope {
    fn from(scope: &domain::position::QueueScope) -> Self {
        match scope {
            domain::position::QueueScope::Sequence { id } => Self::Sequence { id: id.clone() },
            domain::position::QueueScope::AllCallTasks => Self::AllCallTasks,
            domain::position::QueueScope::WithoutSequence => Self::WithoutSequence,
        }
    }
}

impl From<TaskState> for RowState {
    fn from(state: TaskState) -> Self {
        match state {
            TaskState::Open => Self::Open,
            TaskState::OnCall => Self::OnCall,
            TaskState::Finished => Self::Finished,
            TaskState::Skipped => Self::Skipped,
            TaskState::Gone => Self::Gone,
            TaskState::CatchingUp => Self::CatchingUp,
        }
    }
}

/// The open queue, if one is open.
pub fn queue(view: &View<'_>) -> Option<Queue> {
    let View { tasks, moment, .. } = view;
    let queue = tasks.queue()?;
    let mut parked = 0;
    let mut next_opens: Option<Timestamp> = None;
    let (mut rows, mut first_open) = (0, None);
    for id in &queue.rows {
        let Some(task) = tasks.task(id) else {
            continue;
        };
        rows += 1;
        if tasks.state_of(id) != TaskState::Open {
            continue;
        }
        first_open = first_open.or(Some(id));
        let permission = tasks.permission(task, moment);
        if ReachState::from(permission.reach()) == ReachState::Parked {
            parked += 1;
            next_opens = match (next_opens, permission.changes_at()) {
                (Some(known), Some(at)) => Some(known.min(at)),
                (known, at) => known.or(at),
            };
        }
    }
    let is_done = |id: &&TaskId| !matches!(tasks.state_of(id), TaskState::Open | TaskState::OnCall);
    let done: Vec<_> = queue.done.iter().filter(is_done).collect();
    let listed: HashSet<_> = queue.rows.iter().collect();
    let total = rows + done.iter().filter(|id| !listed.contains(*id)).count();
    let is_loading = view.sweep.is_going();
    let is_listed = |id: &&TaskId| listed.contains(id);
    Some(Queue {
        number: queue.number,
        scope: QueueScope::from(&queue.scope),
        title: scope_name(tasks, &queue.scope),
        rows: size(rows),
        selected: queue.selected.as_ref().or(first_open).cloned(),
        on_call: tasks.on_call().filter(is_listed).cloned(),
        finished: size(done.len()),
        total: size(total),
        parked,
        next_opens: next_opens.map(|at| when(at, moment.now, moment.rep_zone)),
        loading: is_loading,
        missing: loading::missing(view).filter(|_| !is_loading),
    })
}

/// Which rows of a queue are meant: those that match what is searched for, or all where that is empty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct QueueSearch {
    /// [`Queue::number`]
    pub queue: u32,
    pub text: String,
}

/// Of the rows that match, the `count` from place `from` on. None if another queue is open, or none.
pub fn queue_rows(
    view: &View<'_>,
    search: &QueueSearch,
    from: u32,
    count: u32,
) -> Option<QueueRows> {
    let View { tasks, moment, .. } = view;
    let matching = matching(view, search)?;
    let length = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let rows = matching
        .iter()
        .skip(length(from))
        .take(length(count))
        .map(|task| row(task, &tasks.permission(task, moment), view))
        .collect();
    Some(QueueRows {
        rows,
        matching: size(matching.len()),
    })
}

/// Where a row stands among those that match. None if another queue is open, or none.
pub fn queue_place(view: &View<'_>, search: &QueueSearch, task: &TaskId) -> Option<QueuePlace> {
    let matching = matching(view, search)?;
    let place = matching.iter().position(|row| row.id == *task);
    Some(QueuePlace {
        place: place.map(size),
    })
}

/// The tasks of the open queue whose person, title or company holds what is searched for.
fn matching<'a>(view: &View<'a>, search: &QueueSearch) -> Option<Vec<&'a CallTask>> {
    let queue = view
        .tasks
        .queue()
        .filter(|queue| queue.number == search.queue)?;
    let typed = search.text.trim().to_lowercase();
    let holds = |text: Option<&str>| text.is_some_and(|text| text.to_lowercase().contains(&typed));
    let is_match = |task: &&CallTask| {
        let title = task.contact.as_ref().and_then(|it| it.title.as_deref());
        typed.is_empty()
            || holds(task.name.as_deref())
            || holds(title)
            || holds(task.company.as_deref())
    };
    let tasks = queue.rows.iter().filter_map(|id| view.tasks.task(id));
    Some(tasks.filter(is_match).collect())
}

fn row(task: &CallTask, permission: &Permission, view: &View<'_>) -> QueueRow {
    let View { tasks, moment, .. } = view;
    QueueRow {
        task_id: task.id.clone(),
        name: name(task),
        title: task
            .contact
            .as_ref()
            .and_then(|contact| contact.title.clone()),
        company: task.company.clone(),
        local_time: local_time(task, moment),
        reach: reach(permission, task, moment),
        sequence: task.sequence.as_ref().map(|(id, name)| match name {
            Some(name) => Text::verbatim(name),
            None => sequence_name(tasks, id),
        }),
        step: task.step,
        due: due(task.due_at, moment.now, moment.rep_zone),
        priority: priority(&task.priority),
        state: tasks.state_of(&task.id).into(),
        result: tasks.finished(&task.id).map(ending),
        has_draft: tasks.draft(&task.id).is_some(),
    }
}

/// How a task ended: the outcome or the reason.
pub(crate) fn ending(finished: &Finished) -> Text {
    match (&finished.ending, finished.moved_to) {
        (Ending::Logged { outcome }, Some(at)) => message!(
            "ending-moved",
            outcome = outcome.as_str(),
            when = day_and_time(at),
        ),
        (Ending::Logged { outcome }, None) => Text::verbatim(outcome),
        (Ending::Skipped(reason), _) => skip_reason(*reason),
        (Ending::Unsent, _) => message!("ending-unsent"),
        (Ending::SetAside, _) => message!("ending-set-aside"),
        (Ending::CatchingUp, _) => message!("ending-catching-up"),
        (Ending::Gone, _) => message!("ending-gone"),
    }
}

/// As shown.
pub(crate) fn priority(priority: &TaskPriority) -> RowPriority {
    match priority {
        TaskPriority::High => RowPriority::High,
        TaskPriority::Medium => RowPriority::Medium,
        TaskPriority::Low => RowPriority::Low,
        // Apollo does not document this value, and sends it all the same.
        TaskPriority::Other(word) if word.eq_ignore_ascii_case("urgent") => RowPriority::Urgent,
        TaskPriority::Other(_) => RowPriority::Unknown,
    }
}

/// When a task is due.
pub(crate) fn due(due_at: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Due {
    let Some(due_at) = due_at else {
        return Due {
            state: DueState::Unknown,
            text: message!("due-none"),
        };
    };
    let (day, today) = (due_day(due_at, zone), day_of(now, zone));
    let late_days = (today - day).get_days();
    match late_days {
        0 => Due {
            state: DueState::Today,
            text: message!("due-today"),
        },
        1.. => Due {
            state: DueState::Overdue,
            text: message!("due-overdue", days = late_days.unsigned_abs()),
        },
        _ => Due {
            state: DueState::Later,
            text: message!("due-later", day = day_in(day, zone)),
        },
    }
}

/// A day of the rep's calendar, as a value of a message.
fn day_in(day: jiff::civil::Date, zone: &TimeZone) -> Value {
    let noon = day.at(12, 0, 0, 0).to_zoned_datetime(zone.clone());
    let at = noon.map_or_else(|_| Timestamp::default(), |noon| noon.timestamp());
    Value::time(at, TimeStyle::Day)
}

pub(crate) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn overdue_counts_calendar_days() {
        let now = at("2026-11-24T23:59:00Z");
        let zone = TimeZone::UTC;
        for (due_at, says) in [
            ("2026-11-22T00:00:00Z", "2 d overdue"),
            ("2026-10-24T00:00:00Z", "31 d overdue"),
            ("2026-11-26T00:00:00Z", "due 26 Nov"),
        ] {
            assert_eq!(due(Some(at(due_at)), now, &zone).text.english(), says);
        }
    }
}
