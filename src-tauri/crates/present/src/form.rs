//! The form of a call, as a window fills it in and is shown it.
//!
//! A field of it is a field of [`domain::draft::CallForm`]; see `docs/recipes.md`.

use apollo::ids::PurposeId;
use clock::Timestamp;
use domain::{draft, draft::CallDetails};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the rep enters about a call.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallForm {
    /// The key of the chosen outcome in [`crate::Dispositions`].
    pub outcome: Option<String>,
    #[ts(type = "string | null")]
    pub purpose_id: Option<PurposeId>,
    pub note: String,
    /// When to call again; none leaves it to the outcome's rule.
    pub callback: Option<Callback>,
    /// The rep's choice to finish the sequence or not; none while the outcome's rule decides.
    pub finish_sequence: Option<bool>,
}

/// When to call again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    #[ts(type = "string")]
    pub at: Timestamp,
    pub how: CallbackHow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallbackHow {
    /// This task is completed, so that the sequence goes on, and a new call task is made.
    NewTask,
    /// This task is moved to then; the sequence waits for it.
    MoveTask,
}

impl From<CallForm> for draft::CallForm {
    fn from(form: CallForm) -> Self {
        let CallForm {
            outcome,
            purpose_id,
            note,
            callback,
            finish_sequence,
        } = form;
        Self {
            outcome,
            details: CallDetails { purpose_id, note },
            callback: callback.map(draft::Callback::from),
            finish_sequence,
        }
    }
}

impl From<draft::CallForm> for CallForm {
    fn from(form: draft::CallForm) -> Self {
        let draft::CallForm {
            outcome,
            details: CallDetails { purpose_id, note },
            callback,
            finish_sequence,
        } = form;
        Self {
            outcome,
            purpose_id,
            note,
            callback: callback.map(Callback::from),
            finish_sequence,
        }
    }
}

impl From<Callback> for draft::Callback {
    fn from(Callback { at, how }: Callback) -> Self {
        let how = how.into();
        Self { at, how }
    }
}

impl From<draft::Callback> for Callback {
    fn from(draft::Callback { at, how }: draft::Callback) -> Self {
        let how = how.into();
        Self { at, how }
    }
}

impl From<CallbackHow> for draft::CallbackHow {
    fn from(how: CallbackHow) -> Self {
        match how {
            CallbackHow::NewTask => Self::NewTask,
            CallbackHow::MoveTask => Self::MoveTask,
        }
    }
}

impl From<draft::CallbackHow> for CallbackHow {
    fn from(how: draft::CallbackHow) -> Self {
        match how {
            draft::CallbackHow::NewTask => Self::NewTask,
            draft::CallbackHow::MoveTask => Self::MoveTask,
        }
    }
}
