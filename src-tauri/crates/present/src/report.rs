//! The sequence report.

use apollo::{ids::SequenceId, types::Sequence};
use domain::{
    call_task::CallTask,
    dates::due_day,
    permission::{Moment, Reach},
    position, sequence,
};
use indexmap::IndexMap;
use serde::Serialize;
use session::{CallTasks, View};
use text::Text;
use ts_rs::TS;

use crate::{
    QueueScope,
    loading::{Loading, loading},
    names::scope_name,
};

/// The table of sequences with what this rep has to do in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SequenceReport {
    /// *All my call tasks*.
    pub all: ReportRow,
    /// *Tasks without a sequence*.
    pub without_sequence: ReportRow,
    /// Those with most callable now first, then most due.
    pub sequences: Vec<ReportRow>,
    pub loading: Loading,
    /// Today's numbers, in one line: "12 calls logged, 2 waiting".
    pub today: Text,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportRow {
    pub scope: QueueScope,
    pub name: Text,
    pub state: SequenceState,
    /// Call tasks due today or earlier and not finished here: the queue's length.
    pub open: u32,
    /// Due on this day in the rep's zone.
    pub due_today: u32,
    /// Due before today.
    pub overdue: u32,
    /// Open ones that may be dialed at this minute.
    pub callable_now: u32,
    /// Callable ones whose calling window closes within the hour.
    pub closing_soon: u32,
    pub step_count: Option<u32>,
    pub owner: Option<String>,
}

impl std::fmt::Debug for ReportRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportRow")
            .field("scope", &self.scope)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SequenceState {
    Active,
    Paused,
    Archived,
    /// Not a sequence, or one that Apollo did not list.
    Unknown,
}

impl From<sequence::SequenceState> for SequenceState {
    fn from(state: sequence::SequenceState) -> Self {
        match state {
            sequence::SequenceState::Active => Self::Active,
            sequence::SequenceState::Paused => Self::Paused,
            sequence::SequenceState::Archived => Self::Archived,
            sequence::SequenceState::Unknown => Self::Unknown,
        }
    }
}

/// The sequence report as of now; `today` is the day's numbers in one line.
pub fn report(view: &View<'_>, today: Text) -> SequenceReport {
    let (all, without_sequence, sequences) = rows(view);
    SequenceReport {
        all,
        without_sequence,
        sequences,
        loading: loading(view),
        today,
    }
}

/// One row for *all*, one for *without a sequence*, one for each sequence.
fn rows(view: &View<'_>) -> (ReportRow, ReportRow, Vec<ReportRow>) {
    let View { tasks, moment, .. } = view;
    let of_sequence = |id: &SequenceId| {
        let id = id.clone();
        empty_row(tasks, &position::QueueScope::Sequence { id })
    };
    let mut all = empty_row(tasks, &position::QueueScope::AllCallTasks);
    let mut without = empty_row(tasks, &position::QueueScope::WithoutSequence);
    let mut sequences: IndexMap<SequenceId, ReportRow> = IndexMap::new();
    // The rep's own sequences are listed even when nothing is due in them.
    let is_own = |sequence: &&Sequence| sequence.owner_id.as_ref() == Some(view.rep.id());
    for sequence in tasks.sequences().filter(is_own) {
        sequences.insert(sequence.id.clone(), of_sequence(&sequence.id));
    }
    for task in tasks.all() {
        if tasks.finished(&task.id).is_some() {
            continue;
        }
        let counts = Counts::of(task, tasks, moment);
        counts.add_to(&mut all);
        match &task.sequence {
            None => counts.add_to(&mut without),
            Some((id, _)) => {
                let row = sequences
                    .entry(id.clone())
                    .or_insert_with(|| of_sequence(id));
                counts.add_to(row);
            }
        }
    }
    let mut sequences: Vec<_> = sequences.into_values().collect();
    sequences.sort_by(|a, b| {
        (b.callable_now, b.open)
            .cmp(&(a.callable_now, a.open))
            .then_with(|| a.name.as_verbatim().cmp(&b.name.as_verbatim()))
    });
    (all, without, sequences)
}

fn empty_row(tasks: &CallTasks, scope: &position::QueueScope) -> ReportRow {
    let sequence = match scope {
        position::QueueScope::Sequence { id } => tasks.sequence(id),
        position::QueueScope::AllCallTasks | position::QueueScope::WithoutSequence => None,
    };
    let owner = sequence.and_then(|sequence| sequence.owner_id.as_ref());
    ReportRow {
        name: scope_name(tasks, scope),
        state: sequence::SequenceState::of(sequence).into(),
        open: 0,
        due_today: 0,
        overdue: 0,
        callable_now: 0,
        closing_soon: 0,
        step_count: sequence.and_then(|sequence| sequence.step_count),
        owner: owner
            .and_then(|owner| tasks.owner(owner))
            .map(ToOwned::to_owned),
        scope: QueueScope::from(scope),
    }
}

struct Counts {
    is_due_today: bool,
    reach: Reach,
}

impl Counts {
    fn of(task: &CallTask, tasks: &CallTasks, moment: &Moment<'_>) -> Self {
        let is_due_today = task
            .due_at
            .is_none_or(|due| due_day(due, moment.rep_zone) >= moment.today());
        Self {
            is_due_today,
            reach: tasks.permission(task, moment).reach(),
        }
    }

    fn add_to(&self, row: &mut ReportRow) {
        row.open += 1;
        row.due_today += u32::from(self.is_due_today);
        row.overdue += u32::from(!self.is_due_today);
        let soon = self.reach == Reach::ClosingSoon;
        row.callable_now += u32::from(soon || self.reach == Reach::Callable);
        row.closing_soon += u32::from(soon);
    }
}
