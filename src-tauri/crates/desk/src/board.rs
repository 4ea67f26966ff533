//! The rep's call tasks in memory, and what is known of each: the ground that the report, the
//! queue and the card are views of.
//!
//! Promises: rows of an open queue never move; a finished task stays in view for the session and
//! is never offered again. Must never: reach disk.

use std::collections::{HashMap, HashSet};

use apollo::{
    ids::{SequenceId, TaskId, UserId},
    types::{Sequence, TaskPriority},
};
use clock::Timestamp;
use indexmap::{IndexMap, IndexSet};
use jiff::{civil::Date, tz::TimeZone};

use crate::{
    calling_window::Window,
    history::History,
    intake::CallTask,
    permission::{Standing, standing},
    ports::KeptDraft,
    time_text::{due, due_day, time_of_day},
    view::{
        Destinations, Due, DueState, Queue, QueueRow, QueueScope, Reach, ReachState, ReportRow,
        RowPriority, RowState, SequenceState,
    },
};

/// See the module.
#[derive(Default)]
pub struct Board {
    tasks: HashMap<TaskId, CallTask>,
    /// Oldest due first.
    order: Vec<TaskId>,
    sequences: IndexMap<SequenceId, Sequence>,
    owners: HashMap<UserId, String>,
    finished: HashMap<TaskId, Finished>,
    drafts: HashMap<TaskId, KeptDraft>,
    queue: Option<OpenQueue>,
}

/// How a task ended here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub state: RowState,
    pub result: Option<String>,
    /// The task was moved: once Apollo lists it as due then, it is open again.
    pub moved_to: Option<Timestamp>,
}

impl Finished {
    /// Whether Apollo shows `task` as the move left it.
    fn is_back(&self, task: &CallTask) -> bool {
        match (self.moved_to, task.due_at) {
            (Some(moved_to), Some(due_at)) => due_at.as_second() >= moved_to.as_second(),
            _ => false,
        }
    }
}

/// The queue that is being worked.
#[derive(Clone, Debug)]
pub struct OpenQueue {
    pub scope: QueueScope,
    pub rows: Vec<TaskId>,
    pub selected: Option<TaskId>,
    /// What was finished or skipped of it, also what Apollo lists no more.
    pub done: IndexSet<TaskId>,
}

/// The moment a view is made for, and what decides then who may be dialed.
pub struct Moment<'a> {
    pub now: Timestamp,
    pub rep_zone: &'a TimeZone,
    pub window: &'a Window,
    pub destinations: &'a Destinations,
    pub history: &'a History,
}

impl Moment<'_> {
    /// The rep's day.
    pub fn today(&self) -> Date {
        self.rep_zone.to_datetime(self.now).date()
    }

    /// When a task is due.
    pub fn due(&self, task: &CallTask) -> Due {
        due(task.due_at, self.now, self.rep_zone)
    }
}

impl Board {
    /// Adds or refreshes tasks. Rows that an open queue lacks are put at its end.
    pub fn add(&mut self, tasks: Vec<CallTask>) {
        for task in tasks {
            // A row can slip between two pages while others are completed. It was not gone then.
            if self
                .finished
                .get(&task.id)
                .is_some_and(|finished| finished.state == RowState::Gone || finished.is_back(&task))
            {
                self.finished.remove(&task.id);
            }
            self.tasks.insert(task.id.clone(), task);
        }
        self.sort();
        if let Some(queue) = &self.queue {
            let known: HashSet<_> = queue.rows.iter().collect();
            let fresh: Vec<_> = self
                .order
                .iter()
                .filter(|id| !known.contains(id) && self.is_in(id, &queue.scope))
                .filter(|id| self.is_offered(id))
                .cloned()
                .collect();
            if let Some(queue) = &mut self.queue {
                queue.rows.extend(fresh);
                if queue.selected.is_none() {
                    queue.selected = queue.rows.first().cloned();
                }
            }
        }
    }

    /// After a whole sweep: what Apollo no longer lists is gone, except what is being worked.
    pub fn keep_only(&mut self, listed: &HashSet<TaskId>, in_hand: Option<&TaskId>) {
        let in_queue: HashSet<_> = self
            .queue
            .iter()
            .flat_map(|queue| queue.rows.iter().cloned())
            .collect();
        let gone: Vec<_> = self
            .tasks
            .keys()
            .filter(|id| !listed.contains(*id) && Some(*id) != in_hand)
            .cloned()
            .collect();
        for id in gone {
            if in_queue.contains(&id) {
                let result = Some("No longer in Apollo's list".to_owned());
                self.finished.entry(id).or_insert(Finished {
                    state: RowState::Gone,
                    result,
                    moved_to: None,
                });
            } else {
                self.tasks.remove(&id);
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        let mut order: Vec<_> = self.tasks.values().collect();
        order.sort_by(|a, b| {
            let due = |task: &CallTask| task.due_at.unwrap_or(Timestamp::MAX);
            due(a).cmp(&due(b)).then_with(|| a.id.cmp(&b.id))
        });
        self.order = order.into_iter().map(|task| task.id.clone()).collect();
    }

    pub fn task(&self, id: &TaskId) -> Option<&CallTask> {
        self.tasks.get(id)
    }

    pub fn set_sequences(&mut self, sequences: Vec<Sequence>) {
        self.sequences = sequences
            .into_iter()
            .map(|sequence| (sequence.id.clone(), sequence))
            .collect();
    }

    pub fn sequence(&self, id: &SequenceId) -> Option<&Sequence> {
        self.sequences.get(id)
    }

    /// Whether a task's sequence goes on in Apollo.
    pub fn sequence_state(&self, task: &CallTask) -> SequenceState {
        let of_task = task.sequence.as_ref();
        let known = of_task.and_then(|(id, _)| self.sequences.get(id));
        state_of_sequence(known)
    }

    /// Whether a task's person may be dialed at a moment.
    pub fn standing(&self, task: &CallTask, moment: &Moment<'_>) -> Standing {
        standing(task, self.sequence_state(task), moment)
    }

    /// Names of the people who own sequences.
    pub fn set_owners(&mut self, owners: HashMap<UserId, String>) {
        self.owners = owners;
    }

    pub fn finish(&mut self, id: TaskId, finished: Finished) {
        if let Some(queue) = &mut self.queue
            && queue.rows.contains(&id)
        {
            queue.done.insert(id.clone());
        }
        self.finished.insert(id, finished);
    }

    /// The wrap-up was taken back or given up: the task is open again.
    pub fn reopen(&mut self, id: &TaskId) {
        if let Some(queue) = &mut self.queue {
            queue.done.shift_remove(id);
        }
        self.finished.remove(id);
    }

    pub fn finished(&self, id: &TaskId) -> Option<&Finished> {
        self.finished.get(id)
    }

    pub fn draft(&self, id: &TaskId) -> Option<&KeptDraft> {
        self.drafts.get(id)
    }

    pub fn put_draft(&mut self, draft: KeptDraft) {
        self.drafts.insert(draft.task_id.clone(), draft);
    }

    pub fn erase_draft(&mut self, id: &TaskId) -> Option<KeptDraft> {
        self.drafts.remove(id)
    }

    /// The task with a call that has not ended, if there is one. A call of a task that is not here
    /// has no card on which it could be ended, so it does not count.
    pub fn on_call(&self) -> Option<&TaskId> {
        self.drafts
            .values()
            .filter(|draft| self.tasks.contains_key(&draft.task_id))
            .find(|draft| {
                draft
                    .call
                    .as_ref()
                    .is_some_and(|call| call.ended_at.is_none())
            })
            .map(|draft| &draft.task_id)
    }

    pub fn state_of(&self, id: &TaskId) -> RowState {
        match self.finished.get(id) {
            Some(finished) => finished.state,
            None if self.on_call() == Some(id) => RowState::OnCall,
            None if self.tasks.contains_key(id) => RowState::Open,
            None => RowState::Gone,
        }
    }

    fn is_in(&self, id: &TaskId, scope: &QueueScope) -> bool {
        let Some(task) = self.tasks.get(id) else {
            return false;
        };
        match scope {
            QueueScope::AllCallTasks => true,
            QueueScope::WithoutSequence => task.sequence.is_none(),
            QueueScope::Sequence { id } => task
                .sequence
                .as_ref()
                .is_some_and(|(sequence, _)| sequence == id),
        }
    }

    /// Whether a task belongs into a queue that is opened now.
    fn is_offered(&self, id: &TaskId) -> bool {
        self.finished
            .get(id)
            .is_none_or(|finished| finished.state == RowState::CatchingUp)
    }

    // ---- the queue

    pub fn queue(&self) -> Option<&OpenQueue> {
        self.queue.as_ref()
    }

    /// Opens a queue, and selects `wanted`, or else the first person who can be called now.
    pub fn open_queue(&mut self, scope: QueueScope, wanted: Option<TaskId>, moment: &Moment<'_>) {
        let rows: Vec<_> = self
            .order
            .iter()
            .filter(|id| self.is_in(id, &scope) && self.is_offered(id))
            .cloned()
            .collect();
        let selected = wanted
            .or_else(|| rows.iter().find(|id| self.is_callable(id, moment)).cloned())
            .or_else(|| {
                rows.iter()
                    .find(|id| self.state_of(id) == RowState::Open)
                    .cloned()
            })
            .or_else(|| rows.first().cloned());
        let done = self
            .finished
            .iter()
            .filter(|(id, finished)| {
                matches!(finished.state, RowState::Finished | RowState::Skipped)
                    && self.is_in(id, &scope)
            })
            .map(|(id, _)| id.clone())
            .collect();
        self.queue = Some(OpenQueue {
            scope,
            rows,
            selected,
            done,
        });
    }

    /// What was done of the open queue before Handset was started.
    pub fn add_done(&mut self, done: Vec<TaskId>) {
        if let Some(queue) = &mut self.queue {
            queue.done.extend(done);
        }
    }

    pub fn close_queue(&mut self) {
        self.queue = None;
    }

    /// Selects a row; false if the open queue has no such row.
    pub fn select(&mut self, id: &TaskId) -> bool {
        match &mut self.queue {
            Some(queue) if queue.rows.contains(id) => {
                queue.selected = Some(id.clone());
                true
            }
            _ => false,
        }
    }

    fn is_callable(&self, id: &TaskId, moment: &Moment<'_>) -> bool {
        self.state_of(id) == RowState::Open
            && self.tasks.get(id).is_some_and(|task| {
                matches!(
                    self.standing(task, moment).reach.state,
                    ReachState::Callable | ReachState::ClosingSoon | ReachState::UnknownTime
                )
            })
    }

    /// The card that follows `id`: the next person down the list who can be called now, else from
    /// the top, else any open row.
    pub fn next_after(&self, id: &TaskId, moment: &Moment<'_>) -> Option<TaskId> {
        let queue = self.queue.as_ref()?;
        let place = queue.rows.iter().position(|row| row == id)?;
        let (before, from) = queue.rows.split_at(place);
        let others = || from.iter().skip(1).chain(before);
        others()
            .find(|id| self.is_callable(id, moment))
            .or_else(|| others().find(|id| self.state_of(id) == RowState::Open))
            .cloned()
    }

    /// The row above `id`.
    pub fn before(&self, id: &TaskId) -> Option<TaskId> {
        let queue = self.queue.as_ref()?;
        let place = queue.rows.iter().position(|row| row == id)?;
        queue.rows.get(place.checked_sub(1)?).cloned()
    }

    /// 1-based place of a row and how many there are.
    pub fn place(&self, id: &TaskId) -> (u32, u32) {
        let rows = self.queue.as_ref().map_or(&[][..], |queue| &queue.rows);
        let place = rows
            .iter()
            .position(|row| row == id)
            .map_or(0, |place| place + 1);
        (size(place), size(rows.len()))
    }

    pub fn scope_name(&self, scope: &QueueScope) -> String {
        match scope {
            QueueScope::AllCallTasks => "All my call tasks".to_owned(),
            QueueScope::WithoutSequence => "Tasks without a sequence".to_owned(),
            QueueScope::Sequence { id } => self
                .sequences
                .get(id)
                .map(|sequence| sequence.name.clone())
                .or_else(|| {
                    self.tasks.values().find_map(|task| match &task.sequence {
                        Some((sequence, name)) if sequence == id => name.clone(),
                        _ => None,
                    })
                })
                .unwrap_or_else(|| "Sequence".to_owned()),
        }
    }

    /// The open queue as shown.
    pub fn queue_view(
        &self,
        moment: &Moment<'_>,
        loading: bool,
        missing: Option<String>,
    ) -> Option<Queue> {
        let queue = self.queue.as_ref()?;
        let mut parked = 0;
        let mut next_opens: Option<Timestamp> = None;
        let mut rows = Vec::with_capacity(queue.rows.len());
        for id in &queue.rows {
            let Some(task) = self.tasks.get(id) else {
                continue;
            };
            let Standing {
                reach, changes_at, ..
            } = self.standing(task, moment);
            let state = self.state_of(id);
            if state == RowState::Open && reach.state == ReachState::Parked {
                parked += 1;
                next_opens = match (next_opens, changes_at) {
                    (Some(known), Some(at)) => Some(known.min(at)),
                    (known, at) => known.or(at),
                };
            }
            rows.push(self.row(task, state, reach, moment));
        }
        let done: Vec<_> = queue
            .done
            .iter()
            .filter(|id| !matches!(self.state_of(id), RowState::Open | RowState::OnCall))
            .collect();
        let listed: HashSet<_> = queue.rows.iter().collect();
        let total = rows.len() + done.iter().filter(|id| !listed.contains(*id)).count();
        Some(Queue {
            scope: queue.scope.clone(),
            title: self.scope_name(&queue.scope),
            rows,
            selected: queue.selected.clone(),
            finished: size(done.len()),
            total: size(total),
            parked,
            next_opens: next_opens.map(|at| time_of_day(at, moment.rep_zone)),
            loading,
            missing,
        })
    }

    fn row(&self, task: &CallTask, state: RowState, reach: Reach, moment: &Moment<'_>) -> QueueRow {
        QueueRow {
            task_id: task.id.clone(),
            name: task.name.clone(),
            title: task
                .contact
                .as_ref()
                .and_then(|contact| contact.title.clone()),
            company: task.company.clone(),
            local_time: task
                .whereabouts
                .as_ref()
                .map(|whereabouts| whereabouts.local_time(moment.now)),
            reach,
            sequence: task.sequence.as_ref().map(|(id, name)| {
                name.clone()
                    .unwrap_or_else(|| self.scope_name(&QueueScope::Sequence { id: id.clone() }))
            }),
            step: task.step,
            due: moment.due(task),
            priority: priority(&task.priority),
            state,
            result: self
                .finished
                .get(&task.id)
                .and_then(|finished| finished.result.clone()),
            has_draft: self.drafts.contains_key(&task.id),
        }
    }

    // ---- the report

    /// One row of the report for *all*, one for *without a sequence*, one for each sequence.
    pub fn report(
        &self,
        rep: &UserId,
        moment: &Moment<'_>,
    ) -> (ReportRow, ReportRow, Vec<ReportRow>) {
        let mut all = self.empty_row(QueueScope::AllCallTasks);
        let mut without = self.empty_row(QueueScope::WithoutSequence);
        let mut sequences: IndexMap<SequenceId, ReportRow> = IndexMap::new();
        // The rep's own sequences are listed even when nothing is due in them.
        for (id, sequence) in &self.sequences {
            if sequence.owner_id.as_ref() == Some(rep) {
                let row = self.empty_row(QueueScope::Sequence { id: id.clone() });
                sequences.insert(id.clone(), row);
            }
        }
        for task in self.tasks.values() {
            if self.finished.contains_key(&task.id) {
                continue;
            }
            let counts = Counts::of(task, self.standing(task, moment).reach.state, moment);
            counts.add_to(&mut all);
            match &task.sequence {
                None => counts.add_to(&mut without),
                Some((id, _)) => {
                    let row = sequences
                        .entry(id.clone())
                        .or_insert_with(|| self.empty_row(QueueScope::Sequence { id: id.clone() }));
                    counts.add_to(row);
                }
            }
        }
        let mut sequences: Vec<_> = sequences.into_values().collect();
        sequences.sort_by(|a, b| {
            (b.callable_now, b.open)
                .cmp(&(a.callable_now, a.open))
                .then_with(|| a.name.cmp(&b.name))
        });
        (all, without, sequences)
    }

    fn empty_row(&self, scope: QueueScope) -> ReportRow {
        let sequence = match &scope {
            QueueScope::Sequence { id } => self.sequences.get(id),
            _ => None,
        };
        ReportRow {
            name: self.scope_name(&scope),
            state: state_of_sequence(sequence),
            open: 0,
            due_today: 0,
            overdue: 0,
            callable_now: 0,
            closing_soon: 0,
            step_count: sequence.and_then(|sequence| sequence.step_count),
            owner: sequence
                .and_then(|sequence| sequence.owner_id.as_ref())
                .and_then(|owner| self.owners.get(owner).cloned()),
            scope,
        }
    }
}

fn state_of_sequence(sequence: Option<&Sequence>) -> SequenceState {
    match sequence {
        Some(sequence) if sequence.archived => SequenceState::Archived,
        Some(sequence) if sequence.active => SequenceState::Active,
        Some(_) => SequenceState::Paused,
        None => SequenceState::Unknown,
    }
}

struct Counts {
    is_due_today: bool,
    reach: ReachState,
}

impl Counts {
    fn of(task: &CallTask, reach: ReachState, moment: &Moment<'_>) -> Self {
        let is_due_today = task
            .due_at
            .is_none_or(|due| due_day(due, moment.rep_zone) >= moment.today());
        Self {
            is_due_today,
            reach,
        }
    }

    fn add_to(&self, row: &mut ReportRow) {
        row.open += 1;
        row.due_today += u32::from(self.is_due_today);
        row.overdue += u32::from(!self.is_due_today);
        let soon = self.reach == ReachState::ClosingSoon;
        row.callable_now += u32::from(soon || self.reach == ReachState::Callable);
        row.closing_soon += u32::from(soon);
    }
}

/// As shown.
pub fn priority(priority: &TaskPriority) -> RowPriority {
    match priority {
        TaskPriority::High => RowPriority::High,
        TaskPriority::Medium => RowPriority::Medium,
        TaskPriority::Low => RowPriority::Low,
        // Not among Apollo's documented words; seen all the same.
        TaskPriority::Other(word) if word.eq_ignore_ascii_case("urgent") => RowPriority::Urgent,
        TaskPriority::Other(_) => RowPriority::Unknown,
    }
}

/// "Step 2 of Q4 outbound calls, 2 d overdue"
pub fn why_here(step: Option<u32>, sequence: Option<&str>, due: &Due) -> String {
    let source = match (step, sequence) {
        (Some(step), Some(sequence)) => format!("Step {step} of {sequence}"),
        (None, Some(sequence)) => sequence.to_owned(),
        (_, None) => "A call task without a sequence".to_owned(),
    };
    match due.state {
        DueState::Unknown => source,
        _ => format!("{source}, {}", due.text),
    }
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
