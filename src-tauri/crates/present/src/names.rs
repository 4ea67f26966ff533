//! What people, queues and sequences are called.

use apollo::ids::SequenceId;
use domain::{call_task::CallTask, position::QueueScope};
use session::CallTasks;

/// Whom a task is about.
pub(crate) fn name(task: &CallTask) -> String {
    let name = task.name.as_deref();
    name.unwrap_or("No name in Apollo").to_owned()
}

/// What a queue is called.
pub(crate) fn scope_name(tasks: &CallTasks, scope: &QueueScope) -> String {
    match scope {
        QueueScope::AllCallTasks => "All my call tasks".to_owned(),
        QueueScope::WithoutSequence => "Tasks without a sequence".to_owned(),
        QueueScope::Sequence { id } => sequence_name(tasks, id).to_owned(),
    }
}

pub(crate) fn sequence_name<'a>(tasks: &'a CallTasks, id: &SequenceId) -> &'a str {
    tasks.sequence_name(id).unwrap_or("Sequence")
}
