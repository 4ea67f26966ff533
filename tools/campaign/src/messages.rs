//! What the child reports on its standard output, one line of JSON each: what its person is about
//! to do, and what came of it.
//!
//! Promises: an intention is reported before the command is given, a fact after the command has
//! answered, so that a kill between two lines leaves exactly one command in doubt. Must never:
//! report what the windows were not told.

use std::{collections::BTreeMap, io::Write};

use apollo::ids::{OutcomeId, SequenceId, StageId, TaskId, UserId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names one wrap-up of a run: a number that stands in each of its notes.
pub(crate) type CallNumber = usize;

/// Where the child is, as far as it can be seen from outside: by what it says, and by what passes
/// between it and Apollo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// The process has begun.
    Starting,
    /// The core is being started: keychain, folder, store, outbox.
    StartingCore,
    /// Nothing is under way that a person asked for.
    Idle,
    Connecting,
    ChoosingRep,
    Dialing,
    Drafting,
    Saving,
    TakingBack,
    Correcting,
    Retrying,
    Discarding,
    /// Forgetting the key, changing the rep, going over to the sample data or back.
    Leaving,
    /// A write is on its way to Apollo.
    WriteOut,
    /// The reply of a write is on its way back.
    WriteBack,
    /// The reply of a write has been handed over: the app records it.
    WriteAnswered,
    /// Apollo is being searched or read.
    ReadOut,
    /// What was read is on its way back.
    ReadBack,
    /// What was read has been handed over.
    ReadAnswered,
}

impl Phase {
    /// All phases, in the order of the table, each as the table names it.
    pub(crate) const ALL: [(Self, &str); 19] = [
        (Self::Starting, "starting"),
        (Self::StartingCore, "starting the core"),
        (Self::Idle, "idle"),
        (Self::Connecting, "connecting"),
        (Self::ChoosingRep, "choosing the rep"),
        (Self::Dialing, "dialing, or ending a call"),
        (Self::Drafting, "saving a draft"),
        (Self::Saving, "saving"),
        (Self::TakingBack, "taking back"),
        (Self::Correcting, "correcting"),
        (Self::Retrying, "retrying"),
        (Self::Discarding, "discarding"),
        (Self::Leaving, "leaving key, rep or sample data"),
        (Self::WriteOut, "a write was on its way"),
        (Self::WriteBack, "the reply of a write was on its way"),
        (Self::WriteAnswered, "recording the reply of a write"),
        (Self::ReadOut, "a read was on its way"),
        (Self::ReadBack, "the reply of a read was on its way"),
        (Self::ReadAnswered, "taking in what was read"),
    ];
}

/// Something that people do besides working, counted in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Happening {
    RepChanged,
    RepChangedWhileCallsWaited,
    KeyForgotten,
    KeyPastedAgain,
    OtherTeamsKeyPasted,
    WrongKeyPasted,
    KeychainLocked,
    SampleDataEntered,
    SettingsChanged,
    OutcomesChanged,
    QueueReopened,
    ClockSetInCall,
    ClockSet,
    DiskFull,
    TwoClicksOnRep,
    EightClicksOnConnect,
    TwoClicksOnSave,
    TwoClicksOnUndo,
    TwoClicksOnEdit,
    TwoClicksOnRetry,
    TwoClicksOnDiscard,
}

impl Happening {
    /// As the table names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::RepChanged => "rep changed",
            Self::RepChangedWhileCallsWaited => "rep changed while calls waited",
            Self::KeyForgotten => "key forgotten",
            Self::KeyPastedAgain => "key pasted again",
            Self::OtherTeamsKeyPasted => "another team's key pasted",
            Self::WrongKeyPasted => "wrong key pasted",
            Self::KeychainLocked => "keychain locked at a start",
            Self::SampleDataEntered => "sample data entered and left",
            Self::SettingsChanged => "settings changed",
            Self::OutcomesChanged => "outcomes moved, renamed or put back",
            Self::QueueReopened => "queue closed and opened",
            Self::ClockSetInCall => "clock set an hour back in a call",
            Self::ClockSet => "clock set by up to ten minutes",
            Self::DiskFull => "disk full for a while",
            Self::TwoClicksOnRep => "two clicks: choose the rep",
            Self::EightClicksOnConnect => "eight clicks: connect",
            Self::TwoClicksOnSave => "two clicks: save",
            Self::TwoClicksOnUndo => "two clicks: undo",
            Self::TwoClicksOnEdit => "two clicks: edit",
            Self::TwoClicksOnRetry => "two clicks: try again",
            Self::TwoClicksOnDiscard => "two clicks: discard",
        }
    }
}

/// What a person wrote of a call: what can be corrected later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallContent {
    pub(crate) outcome: OutcomeId,
    pub(crate) note: String,
}

/// What a wrap-up is to say and do, as the window showed it when it was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Begun {
    pub(crate) task: TaskId,
    /// The rep as whom calls are logged, according to the window.
    pub(crate) rep: UserId,
    pub(crate) content: CallContent,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Skip,
    Call(Box<CallMessage>),
}

/// The call itself, and what follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallMessage {
    /// What the phone app was handed, if anything.
    pub(crate) number: Option<String>,
    /// As the card showed them, if the call was ended on it.
    pub(crate) times: Option<(Timestamp, Timestamp)>,
    /// How long it took by a clock that nobody set, in seconds: at least, at most.
    pub(crate) length_s: Option<(u64, u64)>,
    pub(crate) move_to: Option<Timestamp>,
    pub(crate) callback_at: Option<Timestamp>,
    pub(crate) stage: Option<StageId>,
    pub(crate) finish_sequence: Option<SequenceId>,
}

/// What reading back reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alarm {
    Differs,
    Doubled,
    Missing,
}

/// One row of the list of calls, at the end of the last life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) task: TaskId,
    pub(crate) logged_as: String,
    pub(crate) is_sent: bool,
    pub(crate) is_discarded: bool,
    /// Apollo's id of the call record.
    pub(crate) call_id: Option<String>,
    /// Reading back did not find what was sent.
    pub(crate) alarm: Option<Alarm>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub(crate) enum Message {
    Phase {
        phase: Phase,
    },
    Happened {
        what: Happening,
    },
    Saving {
        call: CallNumber,
        begun: Begun,
    },
    Saved {
        call: CallNumber,
        id: Uuid,
    },
    /// The app reported that it was not saved; `is_sure` where it never came near the disk.
    NotSaved {
        call: CallNumber,
        is_sure: bool,
    },
    Correcting {
        call: CallNumber,
        version: usize,
        content: CallContent,
    },
    Corrected {
        call: CallNumber,
        version: usize,
    },
    /// Nothing was changed.
    NotCorrected {
        call: CallNumber,
        version: usize,
    },
    TakingBack {
        call: CallNumber,
    },
    TakenBack {
        call: CallNumber,
    },
    NotTakenBack {
        call: CallNumber,
    },
    Discarding {
        call: CallNumber,
    },
    Discarded {
        call: CallNumber,
    },
    NotDiscarded {
        call: CallNumber,
    },
    Retried {
        call: CallNumber,
    },
    /// The app had something to say at its start.
    Notice {
        text: String,
    },
    /// A wrap-up that still waits at the end of the last life.
    Stuck {
        call: Option<CallNumber>,
        text: String,
    },
    /// Something that must not be, as a person sees it.
    Wrong {
        text: String,
    },
    /// The list of calls, at the end of the last life.
    Receipts {
        rows: Vec<Row>,
    },
    /// The last life is over: nothing waits.
    AtRest,
}

impl Message {
    /// Which wrap-up it is about, if one.
    pub(crate) fn call(&self) -> Option<CallNumber> {
        match self {
            Self::Saving { call, .. }
            | Self::Saved { call, .. }
            | Self::NotSaved { call, .. }
            | Self::Correcting { call, .. }
            | Self::Corrected { call, .. }
            | Self::NotCorrected { call, .. }
            | Self::TakingBack { call }
            | Self::TakenBack { call }
            | Self::NotTakenBack { call }
            | Self::Discarding { call }
            | Self::Discarded { call }
            | Self::NotDiscarded { call }
            | Self::Retried { call } => Some(*call),
            Self::Stuck { call, .. } => *call,
            Self::Phase { .. }
            | Self::Happened { .. }
            | Self::Notice { .. }
            | Self::Wrong { .. }
            | Self::Receipts { .. }
            | Self::AtRest => None,
        }
    }
}

/// How often each thing happened.
pub(crate) type Counts = BTreeMap<String, u64>;

/// Says one line, at once. A reader that is gone is no concern of the child's.
pub(crate) fn say(message: &Message) {
    let Ok(mut line) = serde_json::to_string(message) else {
        return;
    };
    line.push('\n');
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes());
    let _ = out.flush();
}

/// Says where the child is.
pub(crate) fn phase(phase: Phase) {
    say(&Message::Phase { phase });
}

/// Says that something happened which the table counts.
pub(crate) fn happened(what: Happening) {
    say(&Message::Happened { what });
}

/// Says that something is not as it must be.
pub(crate) fn wrong(text: impl Into<String>) {
    say(&Message::Wrong { text: text.into() });
}
