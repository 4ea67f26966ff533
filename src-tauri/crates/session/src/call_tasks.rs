//! The rep's call tasks in memory, and what is known of each. The report, the queue and the card are
//! views of it.
//!
//! Promises: rows of an open queue never move; a finished task stays in view for the session and
//! is never offered again. Must never: reach disk.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicU32, Ordering},
};

use apollo::{
    ids::{SequenceId, TaskId, UserId},
    types::Sequence,
};
use clock::Timestamp;
use domain::{
    call_task::CallTask,
    draft::Draft,
    permission::{Moment, Permission, Reach, permission},
    position::QueueScope,
    sequence::SequenceState,
    wrap_up::SkipReason,
};
use indexmap::{IndexMap, IndexSet};

/// The call tasks of one rep, the open queue, and what became of each task.
#[derive(Default)]
pub struct CallTasks {
    tasks: HashMap<TaskId, CallTask>,
    /// Oldest due first.
    order: Vec<TaskId>,
    sequences: IndexMap<SequenceId, Sequence>,
    owners: HashMap<UserId, String>,
    finished: HashMap<TaskId, Finished>,
    drafts: HashMap<TaskId, Draft>,
    queue: Option<OpenQueue>,
}

/// How a task stands here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    Open,
    /// A call to this person is going on.
    OnCall,
    /// Wrapped up here; Apollo may not have it yet.
    Finished,
    Skipped,
    /// Gone from Apollo, or no longer this rep's.
    Gone,
    /// Logged earlier from this computer; Apollo's list has not caught up.
    CatchingUp,
}

/// How a task ended here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its call was saved, with this outcome.
    Logged {
        outcome: String,
    },
    Skipped(SkipReason),
    /// Saved in an earlier run, and not yet in Apollo.
    Unsent,
    /// Saved in an earlier run, and cannot be read without its key.
    SetAside,
    /// Logged in an earlier run; Apollo's list has not caught up.
    CatchingUp,
    /// No longer in Apollo's list.
    Gone,
}

/// A task that ended here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub ending: Ending,
    /// Where the task was moved to: once Apollo lists it as due then, it is open again.
    pub moved_to: Option<Timestamp>,
}

impl Finished {
    /// How the task stands.
    pub fn state(&self) -> TaskState {
        match self.ending {
            Ending::Logged { .. } | Ending::Unsent | Ending::SetAside => TaskState::Finished,
            Ending::Skipped(_) => TaskState::Skipped,
            Ending::CatchingUp => TaskState::CatchingUp,
            Ending::Gone => TaskState::Gone,
        }
    }

    /// Whether Apollo shows `task` as the move left it.
    fn is_back(&self, task: &CallTask) -> bool {
        match (self.moved_to, task.due_at) {
            (Some(moved_to), Some(due_at)) => due_at.as_second() >= moved_to.as_second(),
            _ => false,
        }
    }
}

/// Counts the queues that were opened since the program was started.
static QUEUES_OPENED: AtomicU32 = AtomicU32::new(1);

/// The queue that is being worked.
#[derive(Clone, Debug)]
pub struct OpenQueue {
    /// No other queue of this run has this number, so that rows of two queues are not confused.
    pub number: u32,
    pub scope: QueueScope,
    pub rows: Vec<TaskId>,
    pub selected: Option<TaskId>,
    /// The tasks of it that were finished or skipped, also those that Apollo no longer lists.
    pub done: IndexSet<TaskId>,
}

impl CallTasks {
    /// Adds or refreshes tasks. Rows that an open queue lacks are put at its end.
    pub fn add(&mut self, tasks: Vec<CallTask>) {
        for task in tasks {
            // A row can slip between two pages while others are completed. It was not gone then.
            if self
                .finished
                .get(&task.id)
                .is_some_and(|finished| finished.ending == Ending::Gone || finished.is_back(&task))
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
                self.finished.entry(id).or_insert(Finished {
                    ending: Ending::Gone,
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
        SequenceState::of(of_task.and_then(|(id, _)| self.sequences.get(id)))
    }

    /// Whether a task's person may be dialed at a moment.
    pub fn permission(&self, task: &CallTask, moment: &Moment<'_>) -> Permission {
        permission(task, self.sequence_state(task), moment)
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

    pub fn draft(&self, id: &TaskId) -> Option<&Draft> {
        self.drafts.get(id)
    }

    pub fn put_draft(&mut self, draft: Draft) {
        self.drafts.insert(draft.task_id.clone(), draft);
    }

    pub fn erase_draft(&mut self, id: &TaskId) -> Option<Draft> {
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

    /// Whether a call was begun, going on or ended, of which nothing is saved yet.
    pub fn has_call(&self) -> bool {
        self.drafts
            .values()
            .any(|draft| draft.call.is_some() && self.tasks.contains_key(&draft.task_id))
    }

    pub fn state_of(&self, id: &TaskId) -> TaskState {
        match self.finished.get(id) {
            Some(finished) => finished.state(),
            None if self.on_call() == Some(id) => TaskState::OnCall,
            None if self.tasks.contains_key(id) => TaskState::Open,
            None => TaskState::Gone,
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
            .is_none_or(|finished| finished.ending == Ending::CatchingUp)
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
                    .find(|id| self.state_of(id) == TaskState::Open)
                    .cloned()
            })
            .or_else(|| rows.first().cloned());
        let done = self
            .finished
            .iter()
            .filter(|(id, finished)| {
                matches!(finished.state(), TaskState::Finished | TaskState::Skipped)
                    && self.is_in(id, &scope)
            })
            .map(|(id, _)| id.clone())
            .collect();
        self.queue = Some(OpenQueue {
            number: QUEUES_OPENED.fetch_add(1, Ordering::Relaxed),
            scope,
            rows,
            selected,
            done,
        });
    }

    /// Adds the tasks of the open queue that were done before Handset was started.
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
        self.state_of(id) == TaskState::Open
            && self.tasks.get(id).is_some_and(|task| {
                matches!(
                    self.permission(task, moment).reach(),
                    Reach::Callable | Reach::ClosingSoon | Reach::UnknownTime
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
            .or_else(|| others().find(|id| self.state_of(id) == TaskState::Open))
            .cloned()
    }

    /// The row above `id`.
    pub fn before(&self, id: &TaskId) -> Option<TaskId> {
        let queue = self.queue.as_ref()?;
        let place = queue.rows.iter().position(|row| row == id)?;
        queue.rows.get(place.checked_sub(1)?).cloned()
    }

    /// The place of a row from 0, if the open queue has it.
    pub fn place(&self, id: &TaskId) -> Option<usize> {
        self.queue.as_ref()?.rows.iter().position(|row| row == id)
    }

    // ---- what is here

    /// Every task that is here, in no order.
    pub fn all(&self) -> impl Iterator<Item = &CallTask> {
        self.tasks.values()
    }

    /// The sequences that Apollo listed, in its order.
    pub fn sequences(&self) -> impl Iterator<Item = &Sequence> {
        self.sequences.values()
    }

    /// The name of somebody who owns sequences.
    pub fn owner(&self, id: &UserId) -> Option<&str> {
        self.owners.get(id).map(String::as_str)
    }

    /// The name of a sequence, from the list of sequences or from a task.
    pub fn sequence_name(&self, id: &SequenceId) -> Option<&str> {
        let listed = self.sequences.get(id).map(|sequence| &*sequence.name);
        listed.or_else(|| {
            self.tasks.values().find_map(|task| match &task.sequence {
                Some((sequence, name)) if sequence == id => name.as_deref(),
                _ => None,
            })
        })
    }
}
