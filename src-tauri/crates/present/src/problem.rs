//! An error as a window receives it: what happened, what is safe, and what to do next.

use clock::Timestamp;
use serde::Serialize;
use text::Text;
use ts_rs::TS;

/// An error as it crosses IPC. A window branches on `code` only, never on a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// What a window may branch on.
    pub code: ProblemCode,
    /// What happened, and what is safe.
    pub message: Text,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hint: Option<Text>,
    /// When it is worth trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub retry_at: Option<Timestamp>,
}

/// The kinds of error that a window treats differently. A variant exists only while one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// There is no usable key: show *Connect*.
    NotConnected,
    /// Nobody was chosen as the rep: show *Who are you*.
    NotMapped,
    /// This number or person must not be dialed now; `message` says why.
    DialRefused,
    /// Outside calling hours, and the policy says to ask: a window may ask and call again.
    ConfirmDial,
    /// The call's times cannot be right: show them, to be corrected or confirmed.
    ConfirmTimes,
    /// Apollo does not prove an id that was written down: a window may ask and add it anyway.
    ConfirmOutcome,
    /// The wrap-up is not on disk: go back to the card, which still has the form.
    NotSaved,
    /// The task is no longer there to be worked: move on.
    TaskGone,
    /// The computer has no keychain, or it is locked: offer to keep the key for this run.
    NoKeychain,
    /// What was sent does not make sense; `message` names the field.
    Invalid,
    /// Apollo or the network did not answer as expected; trying again later may help.
    Unavailable,
    /// Everything else: shown, with where the log is.
    Internal,
}

impl Problem {
    /// A problem with a code and a message.
    pub fn new(code: ProblemCode, message: impl Into<Text>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            retry_at: None,
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Text>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds when it is worth trying again.
    #[must_use]
    pub fn retry_at(mut self, at: Timestamp) -> Self {
        self.retry_at = Some(at);
        self
    }
}

/// For logs: what the message is called.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {:?}", self.code, self.message)
    }
}

impl std::error::Error for Problem {}
