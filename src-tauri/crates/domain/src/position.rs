//! Which call tasks a queue is made of, and where the rep was in it.

use apollo::ids::{SequenceId, TaskId, UserId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which call tasks a queue is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum QueueScope {
    Sequence { id: SequenceId },
    AllCallTasks,
    WithoutSequence,
}

/// The open queue and the card that was in view. Ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub scope: QueueScope,
    pub task_id: Option<TaskId>,
    /// Whose it is. None as the version before stored it.
    #[serde(default)]
    pub rep_id: Option<UserId>,
    /// The tasks of the queue that were done on `day`, so that their count goes on. None as the
    /// version before stored it.
    #[serde(default)]
    pub done: Vec<TaskId>,
    #[serde(default)]
    pub day: Option<Date>,
}
