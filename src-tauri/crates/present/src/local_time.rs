//! The time of day where somebody is.

use clock::Timestamp;
use domain::{
    call_task::CallTask,
    permission::Moment,
    whereabouts::{Whereabouts, Zone, ZoneSource},
};
use serde::Serialize;
use ts_rs::TS;

use crate::time_text::time_of_day;

/// The prospect's time of day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct LocalTime {
    /// "10:42"; "09:42–10:42" where several zones are possible.
    pub text: String,
    /// Where that is: "New York", or "Indiana".
    pub place: String,
    /// IANA name, so that a window can let the clock tick; of several, where it is earliest.
    pub zone: String,
    /// Of several, where it is latest.
    pub latest_zone: Option<String>,
    /// Where the zone comes from, in words: "from Apollo", "from the country".
    pub source: String,
}

/// The time of day of a task's person, if it is known where they are.
pub(crate) fn local_time(task: &CallTask, moment: &Moment<'_>) -> Option<LocalTime> {
    Some(at(task.whereabouts.as_ref()?, moment.now))
}

/// What the clocks say there.
pub(crate) fn at(whereabouts: &Whereabouts, now: Timestamp) -> LocalTime {
    let Some(local) = whereabouts.local_time(now) else {
        return LocalTime::default();
    };
    let text = |zone: &Zone| time_of_day(now, &zone.zone);
    LocalTime {
        text: match local.latest {
            Some(latest) => format!("{}–{}", text(local.earliest), text(latest)),
            None => text(local.earliest),
        },
        place: local.place,
        zone: local.earliest.name.clone(),
        latest_zone: local.latest.map(|latest| latest.name.clone()),
        source: source_words(local.source).to_owned(),
    }
}

fn source_words(source: ZoneSource) -> &'static str {
    match source {
        ZoneSource::Apollo => "from Apollo",
        ZoneSource::City => "from the city",
        ZoneSource::State => "from the state",
        ZoneSource::Country => "from the country",
        ZoneSource::Number => "from the number",
        ZoneSource::AccountPlace => "from the company's place",
        ZoneSource::AccountNumber => "from the company's number",
    }
}
