//! Settings, as a window shows and puts them.

use domain::{calling_hours, destinations, settings};
use serde::{Deserialize, Serialize};
use text::Text;
use ts_rs::TS;

use crate::CallbackHow;

/// The user's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Scheme and host of Apollo, without a path.
    pub apollo_origin: String,
    /// What a number is handed to: `tel:{e164}`, or another phone app's URI with `{e164}` or `{digits}`.
    pub dial_template: String,
    pub calling_hours: CallingHours,
    pub destinations: Destinations,
    /// What an outcome does besides logging the call; outcomes without a rule complete the task.
    pub rules: Vec<OutcomeRule>,
    /// How long *save and next* can be taken back, in seconds; 0 sends at once.
    pub undo_s: u32,
    /// Days that the ids of logged calls are stored.
    pub retention_days: u32,
    pub panes: Panes,
}

/// The local hours in which a number may be dialed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallingHours {
    /// "08:00", in the prospect's time.
    pub opens: String,
    /// "20:00"; "24:00" is the midnight at the end of the day.
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

/// What an outcome does besides logging the call and completing the task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// The outcome's key, as in [`crate::Outcome`].
    pub outcome: String,
    /// Call again after so many days, at the time of day of this call.
    pub callback_days: Option<u32>,
    /// How to call again; with a new task if nothing is set.
    pub callback_how: Option<CallbackHow>,
    /// The contact's new stage: Apollo's id, 24 hexadecimal digits.
    pub stage_id: Option<String>,
    pub finish_sequence: bool,
    pub note_required: bool,
    /// The person asked not to be called: neither they nor the number are dialed again. While
    /// nothing is set, the outcome's name decides.
    #[serde(default)]
    pub opts_out: Option<bool>,
}

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
    pub on_disk: Vec<Text>,
    pub data_folder: String,
    pub log_folder: String,
    pub version: String,
    /// Why the origin cannot be changed here, if it cannot.
    pub origin_fixed_because: Option<Text>,
}

impl From<Settings> for settings::Settings {
    fn from(shown: Settings) -> Self {
        let Settings {
            apollo_origin,
            dial_template,
            calling_hours,
            destinations,
            rules,
            undo_s,
            retention_days,
            panes,
        } = shown;
        Self {
            apollo_origin,
            dial_template,
            calling_hours: calling_hours.into(),
            destinations: destinations.into(),
            // No window knows of these.
            outcomes: Vec::new(),
            rules: rules.into_iter().map(settings::OutcomeRule::from).collect(),
            undo_s,
            retention_days,
            panes: panes.into(),
        }
    }
}

impl From<settings::Settings> for Settings {
    fn from(stored: settings::Settings) -> Self {
        let settings::Settings {
            apollo_origin,
            dial_template,
            calling_hours,
            destinations,
            outcomes: _,
            rules,
            undo_s,
            retention_days,
            panes,
        } = stored;
        Self {
            apollo_origin,
            dial_template,
            calling_hours: calling_hours.into(),
            destinations: destinations.into(),
            rules: rules.into_iter().map(OutcomeRule::from).collect(),
            undo_s,
            retention_days,
            panes: panes.into(),
        }
    }
}

impl From<CallingHours> for calling_hours::CallingHours {
    fn from(other: CallingHours) -> Self {
        let CallingHours {
            opens,
            closes,
            outside,
        } = other;
        Self {
            opens,
            closes,
            outside: outside.into(),
        }
    }
}

impl From<calling_hours::CallingHours> for CallingHours {
    fn from(other: calling_hours::CallingHours) -> Self {
        let calling_hours::CallingHours {
            opens,
            closes,
            outside,
        } = other;
        Self {
            opens,
            closes,
            outside: outside.into(),
        }
    }
}

impl From<Destinations> for destinations::Destinations {
    fn from(other: Destinations) -> Self {
        let Destinations { allowed, forbidden } = other;
        Self { allowed, forbidden }
    }
}

impl From<destinations::Destinations> for Destinations {
    fn from(other: destinations::Destinations) -> Self {
        let destinations::Destinations { allowed, forbidden } = other;
        Self { allowed, forbidden }
    }
}

impl From<Panes> for settings::Panes {
    fn from(other: Panes) -> Self {
        let Panes {
            list_px,
            wrap_up_px,
        } = other;
        Self {
            list_px,
            wrap_up_px,
        }
    }
}

impl From<settings::Panes> for Panes {
    fn from(other: settings::Panes) -> Self {
        let settings::Panes {
            list_px,
            wrap_up_px,
        } = other;
        Self {
            list_px,
            wrap_up_px,
        }
    }
}

impl From<OutcomeRule> for settings::OutcomeRule {
    fn from(other: OutcomeRule) -> Self {
        let OutcomeRule {
            outcome,
            callback_days,
            callback_how,
            stage_id,
            finish_sequence,
            note_required,
            opts_out,
        } = other;
        Self {
            outcome,
            callback_days,
            callback_how: callback_how.map(Into::into),
            stage_id,
            finish_sequence,
            note_required,
            opts_out,
        }
    }
}

impl From<settings::OutcomeRule> for OutcomeRule {
    fn from(other: settings::OutcomeRule) -> Self {
        let settings::OutcomeRule {
            outcome,
            callback_days,
            callback_how,
            stage_id,
            finish_sequence,
            note_required,
            opts_out,
        } = other;
        Self {
            outcome,
            callback_days,
            callback_how: callback_how.map(Into::into),
            stage_id,
            finish_sequence,
            note_required,
            opts_out,
        }
    }
}

impl From<OutsideHours> for calling_hours::OutsideHours {
    fn from(outside: OutsideHours) -> Self {
        match outside {
            OutsideHours::Block => Self::Block,
            OutsideHours::Ask => Self::Ask,
        }
    }
}

impl From<calling_hours::OutsideHours> for OutsideHours {
    fn from(outside: calling_hours::OutsideHours) -> Self {
        match outside {
            calling_hours::OutsideHours::Block => Self::Block,
            calling_hours::OutsideHours::Ask => Self::Ask,
        }
    }
}
