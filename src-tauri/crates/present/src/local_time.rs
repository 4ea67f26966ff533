//! The time of day where somebody is.

use clock::Timestamp;
use domain::{
    call_task::CallTask,
    permission::Moment,
    whereabouts::{Whereabouts, ZoneSource},
};
use serde::Serialize;
use text::{Text, message};
use ts_rs::TS;

/// Where the prospect is, for a clock that ticks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct LocalTime {
    /// The name of the place: "New York", or "Indiana".
    pub place: String,
    /// IANA name of the zone; of several, where it is earliest.
    pub zone: String,
    /// The zone of several where it is latest.
    pub latest_zone: Option<String>,
    /// Where the zone comes from: "from Apollo", "from the country".
    pub source: Text,
}

/// The time of day of a task's person, if it is known where they are.
pub(crate) fn local_time(task: &CallTask, moment: &Moment<'_>) -> Option<LocalTime> {
    Some(at(task.whereabouts.as_ref()?, moment.now))
}

/// The local time of these whereabouts.
pub(crate) fn at(whereabouts: &Whereabouts, now: Timestamp) -> LocalTime {
    let Some(local) = whereabouts.local_time(now) else {
        return LocalTime::default();
    };
    LocalTime {
        place: local.place,
        zone: local.earliest.name.clone(),
        latest_zone: local.latest.map(|latest| latest.name.clone()),
        source: source(local.source),
    }
}

fn source(source: ZoneSource) -> Text {
    match source {
        ZoneSource::Apollo => message!("local-time-from-apollo"),
        ZoneSource::City => message!("local-time-from-city"),
        ZoneSource::State => message!("local-time-from-state"),
        ZoneSource::Country => message!("local-time-from-country"),
        ZoneSource::Number => message!("local-time-from-number"),
        ZoneSource::AccountPlace => message!("local-time-from-company-place"),
        ZoneSource::AccountNumber => message!("local-time-from-company-number"),
    }
}
