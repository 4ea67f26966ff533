//! What a rep fills in about a call: one form, from the window to the outbox.
//!
//! A field that goes to Apollo as it was filled in belongs in [`CallDetails`], which the form, the
//! draft on disk and the wrap-up share; see `docs/recipes.md`.
//!
//! Promises: a draft that an earlier version stored can be read. Must never: hold what a rule
//! decides.

use apollo::{
    ids::{PurposeId, TaskId},
    types::PhoneCall,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// What goes to Apollo as the rep filled it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallDetails {
    pub purpose_id: Option<PurposeId>,
    pub note: String,
}

impl CallDetails {
    /// The details of a logged call, as Apollo has them.
    pub fn of_call(call: &PhoneCall) -> Self {
        Self {
            purpose_id: call.purpose_id.clone(),
            note: call.note.clone().unwrap_or_default(),
        }
    }
}

/// The form of a call, as the rep has filled it in so far.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallForm {
    /// The outcome's key, which names it whatever the list holds by then.
    pub outcome: Option<String>,
    #[serde(flatten)]
    pub details: CallDetails,
    /// When to call again; none leaves it to the outcome's rule.
    #[serde(default)]
    pub callback: Option<Callback>,
    /// Whether the sequence is over for the contact; none leaves it to the outcome's rule.
    #[serde(default)]
    pub finish_sequence: Option<bool>,
}

/// When to call again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    pub at: Timestamp,
    pub how: CallbackHow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackHow {
    /// This task is completed, so that the sequence goes on, and a new call task is made.
    NewTask,
    /// This task is moved to that time; the sequence waits for it.
    MoveTask,
}

/// What a rep has begun on a card and not saved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub task_id: TaskId,
    #[serde(flatten)]
    pub form: CallForm,
    /// The outcome's name, as the rep saw it.
    #[serde(default)]
    pub outcome_name: Option<String>,
    pub call: Option<PlacedCall>,
    pub changed_at: Timestamp,
}

impl Draft {
    /// An empty one.
    pub fn of(task_id: TaskId, now: Timestamp) -> Self {
        Self {
            task_id,
            form: CallForm::default(),
            outcome_name: None,
            call: None,
            changed_at: now,
        }
    }

    /// Takes over what the rep has filled in by now; `outcome_name` is what the outcome is called,
    /// where that is known.
    pub fn fill_in(&mut self, form: CallForm, outcome_name: Option<String>) {
        if outcome_name.is_some() || self.form.outcome != form.outcome {
            self.outcome_name = outcome_name;
        }
        self.form = form;
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("task_id", &self.task_id)
            .finish_non_exhaustive()
    }
}

/// A call that was dialed and is not wrapped up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedCall {
    /// E.164
    pub number: String,
    /// By the wall clock.
    pub started_at: Timestamp,
    /// The start plus the time that passed; see [`crate::call_time`].
    pub ended_at: Option<Timestamp>,
    /// The rep has confirmed when it began and ended.
    #[serde(default)]
    pub is_confirmed: bool,
}
