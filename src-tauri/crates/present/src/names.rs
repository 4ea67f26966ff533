//! What people, queues and sequences are called.

use apollo::ids::SequenceId;
use domain::{call_task::CallTask, position::QueueScope};
use session::CallTasks;
use text::{Text, message};

/// Whom a task is about.
pub(crate) fn name(task: &CallTask) -> Text {
    match &task.name {
        Some(name) => Text::verbatim(name),
        None => message!("names-no-person"),
    }
}

/// What a queue is called.
pub(crate) fn scope_name(tasks: &CallTasks, scope: &QueueScope) -> Text {
    match scope {
        QueueScope::AllCallTasks => message!("names-all-call-tasks"),
        QueueScope::WithoutSequence => message!("names-without-sequence"),
        QueueScope::Sequence { id } => sequence_name(tasks, id),
    }
}

pub(crate) fn sequence_name(tasks: &CallTasks, id: &SequenceId) -> Text {
    match tasks.sequence_name(id) {
        Some(name) => Text::verbatim(name),
        None => message!("names-no-sequence"),
    }
}
