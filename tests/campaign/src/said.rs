//! What the child says on its standard output, one line of JSON each: what it is about to do, and
//! what it has done.
//!
//! Promises: an intention is said before its act, a fact after it is durable, so that a kill
//! between two lines leaves exactly one act in doubt. Must never: hold a note or a number.

use std::io::Write;

use desk::wrap_up::WrapUpId;
use serde::{Deserialize, Serialize};

/// Where the child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// The process has begun.
    Starting,
    /// The store is being opened.
    Opening,
    /// The engine is being restored.
    Restoring,
    /// Nothing is under way.
    Idle,
    /// A new wrap-up is on its way to the disk.
    Saving,
    /// A step is being written down as in flight.
    RecordingInFlight,
    /// A write is on its way to Apollo.
    RequestOut,
    /// The reply of a write, or its failure, has come.
    ReplyIn,
    /// What became of a step is being written down.
    RecordingAnswer,
    /// Apollo is being searched or read.
    LookingUp,
    /// The search has come back.
    LookedUp,
    /// A finished wrap-up is being replaced by its receipt.
    Acknowledging,
    /// An acknowledged wrap-up goes back into the outbox.
    Reviving,
    /// A wrap-up is being taken back.
    TakingBack,
    /// A write to the disk has returned.
    Kept,
}

impl Phase {
    /// All, in the order of the table.
    pub(crate) const ALL: [Self; 15] = [
        Self::Starting,
        Self::Opening,
        Self::Restoring,
        Self::Idle,
        Self::Saving,
        Self::RecordingInFlight,
        Self::RequestOut,
        Self::ReplyIn,
        Self::RecordingAnswer,
        Self::LookingUp,
        Self::LookedUp,
        Self::Acknowledging,
        Self::Reviving,
        Self::TakingBack,
        Self::Kept,
    ];

    /// As the table names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Opening => "opening the store",
            Self::Restoring => "restoring the engine",
            Self::Idle => "idle",
            Self::Saving => "saving",
            Self::RecordingInFlight => "recording a step as in flight",
            Self::RequestOut => "request out",
            Self::ReplyIn => "reply in",
            Self::RecordingAnswer => "recording an answer",
            Self::LookingUp => "looking up",
            Self::LookedUp => "looked up",
            Self::Acknowledging => "acknowledging",
            Self::Reviving => "reviving for a correction",
            Self::TakingBack => "taking back",
            Self::Kept => "just written to disk",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub(crate) enum Said {
    Phase {
        phase: Phase,
    },
    Saving {
        entry: usize,
        id: WrapUpId,
    },
    Saved {
        entry: usize,
        id: WrapUpId,
    },
    Correcting {
        entry: usize,
        version: usize,
    },
    Corrected {
        entry: usize,
        version: usize,
    },
    /// The engine said no: nothing was changed.
    NotCorrected {
        entry: usize,
        version: usize,
    },
    TakingBack {
        entry: usize,
    },
    TakenBack {
        entry: usize,
    },
    /// The engine said no: it is, or may be, on its way.
    NotTakenBack {
        entry: usize,
    },
    Discarding {
        entry: usize,
    },
    Discarded {
        entry: usize,
    },
    NotDiscarded {
        entry: usize,
    },
    Retried {
        entry: usize,
    },
    Acknowledged {
        entry: usize,
    },
    /// The store had something to say when it was opened: it should not.
    Notice {
        text: String,
    },
    /// Reading back did not find what was sent.
    FalseAlarm {
        entry: usize,
        text: String,
    },
    /// A wrap-up that still waits at the end of the last life.
    Stuck {
        entry: Option<usize>,
        text: String,
    },
    /// Something failed that must not.
    Failed {
        text: String,
    },
    /// The last life is over: everything is acknowledged.
    AtRest,
}

/// Says one line, at once. A reader that is gone is no concern of the child's.
pub(crate) fn say(said: &Said) {
    let Ok(mut line) = serde_json::to_string(said) else {
        return;
    };
    line.push('\n');
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes());
    let _ = out.flush();
}

/// Says where the child is.
pub(crate) fn phase(phase: Phase) {
    say(&Said::Phase { phase });
}
