use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The user's settings, as kept on disk and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Scheme and host of Apollo, without a path.
    pub apollo_origin: String,
    /// What a number is handed to: `tel:{e164}`, or another phone app's URI with `{e164}` or `{digits}`.
    pub dial_template: String,
    pub calling_hours: CallingHours,
    pub destinations: Destinations,
    /// Dispositions as the version before kept them, for all origins alike. Read so that they can
    /// be taken over into [`crate::ports::KeptOutcomes`], and then empty for good.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub outcomes: Vec<MappedOutcome>,
    /// What an outcome does besides logging the call; outcomes without a rule complete the task.
    pub rules: Vec<OutcomeRule>,
    /// How long *save and next* can be taken back, in seconds; 0 sends at once.
    pub undo_s: u32,
    /// Days that the ids of logged calls are kept.
    pub retention_days: u32,
    pub panes: Panes,
}

/// The local hours in which a number may be dialed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallingHours {
    /// "08:00", in the prospect's time.
    pub opens: String,
    /// "20:00"
    pub closes: String,
    pub outside: OutsideHours,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutsideHours {
    /// Nobody is dialed outside the hours.
    Block,
    /// The rep is asked each time.
    Ask,
}

/// Where calls may go, by how a number begins: "+1900". The longest beginning that fits a number
/// counts; a forbidden one before an allowed one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Destinations {
    /// Dialed without a question, also where numbers like it cost more or are unusual.
    pub allowed: Vec<String>,
    /// Never dialed.
    pub forbidden: Vec<String>,
}

/// Beginnings that are kept at most, of each kind.
pub const DESTINATIONS_MAX: usize = 100;

/// One of [`Settings::outcomes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedOutcome {
    pub name: String,
    /// Apollo's id of the disposition: 24 hexadecimal digits.
    pub outcome_id: String,
}

/// The outcomes of this origin, as settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeBook {
    /// Those that are offered, in the order of the number keys; none while plain words stand in.
    pub rows: Vec<OutcomeRow>,
    /// Those that a person took off the list.
    pub removed: Vec<OutcomeRow>,
    /// When Apollo was read, and when it is read again.
    pub reading: String,
    /// What the last act was, if it can be undone: "Moved No Answer."
    pub undo: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeRow {
    /// Apollo's id.
    pub key: String,
    pub name: String,
    /// Apollo's own name, where it is called something else here.
    pub apollo_name: Option<String>,
    /// The number key that picks it: 1 to 9.
    pub shortcut: Option<u8>,
    /// Where it is from, and what is proven of it.
    pub said: String,
}

/// What a person does with the list of outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OutcomeChange {
    /// Writes one down. Apollo is asked about its id first.
    Add {
        name: String,
        /// Apollo's id: 24 hexadecimal digits.
        outcome_id: String,
        /// True once the person was told what is not proven, and said to keep it anyway.
        is_confirmed: bool,
    },
    /// Makes it the `to`th of those offered, from 0.
    Move { key: String, to: u32 },
    /// Calls it something else here; Apollo's own name takes that back.
    Rename { key: String, name: String },
    /// Takes it off the list.
    Remove { key: String },
    /// Offers one again that was taken off, last in the list.
    PutBack { key: String },
    /// Takes the last of these acts back.
    Undo,
}

/// What an outcome does besides logging the call and completing the task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// The outcome's key, as in [`super::Outcome`].
    pub outcome: String,
    /// Call again after so many days, at the time of day of this call.
    pub callback_days: Option<u32>,
    /// How; a new task if not said.
    pub callback_how: Option<super::CallbackHow>,
    /// The contact's new stage: Apollo's id, 24 hexadecimal digits.
    pub stage_id: Option<String>,
    pub finish_sequence: bool,
    pub note_required: bool,
    /// The person asked not to be called: neither they nor the number are dialed again. Where
    /// nobody has said, the outcome's name decides.
    #[serde(default)]
    pub opts_out: Option<bool>,
}

/// The stages that contacts can be in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StageList {
    pub stages: Vec<StageChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StageChoice {
    /// Apollo's id.
    pub id: String,
    pub name: String,
}

/// The longest time for an undo, in seconds.
pub const UNDO_S_MAX: u32 = 60;

/// Widths that the rep has dragged, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Panes {
    pub list_px: u32,
    pub wrap_up_px: u32,
}

/// Settings with what a window needs beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SettingsView {
    pub settings: Settings,
    /// What is on this machine, in sentences, with counts.
    pub on_disk: Vec<String>,
    pub data_folder: String,
    pub log_folder: String,
    pub version: String,
    /// Why the origin cannot be changed here, if it cannot.
    pub origin_fixed_because: Option<String>,
}

/// Apollo's API host (Apollo docs: Authentication).
pub const APOLLO_ORIGIN: &str = "https://api.apollo.io";

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

impl Default for CallingHours {
    fn default() -> Self {
        Self {
            opens: "08:00".to_owned(),
            closes: "20:00".to_owned(),
            outside: OutsideHours::Block,
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
