//! The user's settings, as they are stored.
//!
//! Promises: what an earlier version stored can be read; what is missing has a default. Must never:
//! change with what a window is shown (that is `present::SettingsView`).

use serde::{Deserialize, Serialize};

use crate::{
    calling_hours::CallingHours, destinations::Destinations, draft::CallbackHow,
    outcomes::MappedOutcome,
};

/// Apollo's API host (Apollo docs: Authentication).
pub const APOLLO_ORIGIN: &str = "https://api.apollo.io";
/// The longest time for an undo, in seconds.
pub const UNDO_S_MAX: u32 = 60;

/// What a person has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Scheme and host of Apollo, without a path.
    pub apollo_origin: String,
    /// What a number is handed to: `tel:{e164}`, or another phone app's URI with `{e164}` or `{digits}`.
    pub dial_template: String,
    pub calling_hours: CallingHours,
    pub destinations: Destinations,
    /// Dispositions as the version before stored them, for all origins alike. They are read so that
    /// [`crate::outcomes::StoredOutcomes`] can take them over, and are empty from then on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<MappedOutcome>,
    /// What an outcome does besides logging the call; outcomes without a rule complete the task.
    pub rules: Vec<OutcomeRule>,
    /// How long *save and next* can be taken back, in seconds; 0 sends at once.
    pub undo_s: u32,
    /// For how many days the ids of logged calls are kept.
    pub retention_days: u32,
    pub panes: Panes,
}

/// What an outcome does besides logging the call and completing the task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// The outcome's key: Apollo's id, or a plain default's own key.
    pub outcome: String,
    /// Call again after this many days, at the time of day of this call.
    pub callback_days: Option<u32>,
    /// How the callback is made; with a new task if none is set.
    pub callback_how: Option<CallbackHow>,
    /// The contact's new stage: Apollo's id, 24 hexadecimal digits.
    pub stage_id: Option<String>,
    pub finish_sequence: bool,
    pub note_required: bool,
    /// The person asked not to be called: neither they nor the number are dialed again. If
    /// none is set, the outcome's name decides.
    #[serde(default)]
    pub opts_out: Option<bool>,
}

/// Widths that the rep has dragged, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panes {
    pub list_px: u32,
    pub wrap_up_px: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            apollo_origin: APOLLO_ORIGIN.to_owned(),
            dial_template: "tel:{e164}".to_owned(),
            calling_hours: CallingHours::default(),
            destinations: Destinations::default(),
            outcomes: Vec::new(),
            rules: Vec::new(),
            undo_s: 5,
            retention_days: 30,
            panes: Panes::default(),
        }
    }
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            list_px: 300,
            wrap_up_px: 300,
        }
    }
}
