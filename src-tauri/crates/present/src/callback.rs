//! A moment to call somebody again, while a person picks it: what speaks against it where they are.
//!
//! Must never: forbid it. The rep may have agreed upon it.

use apollo::ids::TaskId;
use clock::Timestamp;
use domain::{
    calling_hours::{Hours, hours},
    whereabouts::Whereabouts,
};
use jiff::civil::Weekday;
use serde::Serialize;
use session::View;
use text::{Text, Value, message};
use ts_rs::TS;

/// What is known of a moment to call again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CallbackView {
    /// What speaks against it: "It is Saturday in New York then."
    pub warning: Option<Text>,
}

/// What speaks against calling a task's person again at a moment; none if the task is not here.
pub fn callback(view: &View<'_>, task: &TaskId, at: Timestamp) -> Option<CallbackView> {
    let task = view.tasks.task(task)?;
    let sentences: Vec<_> = task
        .whereabouts
        .iter()
        .flat_map(|whereabouts| {
            let place = whereabouts.place_at(at);
            let day = weekend(whereabouts, at).map(|day| {
                message!(
                    "wrap-up-callback-weekend",
                    day = day,
                    place = place.as_str()
                )
            });
            let closed = match hours(Some(whereabouts), view.moment.hours, at) {
                Hours::Closed { .. } => {
                    Some(message!("wrap-up-callback-closed", place = place.as_str()))
                }
                Hours::Partly { .. } => {
                    Some(message!("wrap-up-callback-partly", place = place.as_str()))
                }
                Hours::Open { .. } | Hours::ClosingSoon { .. } | Hours::Unknown => None,
            };
            day.into_iter().chain(closed)
        })
        .collect();
    Some(CallbackView {
        warning: (!sentences.is_empty()).then(|| Text::sentences(sentences)),
    })
}

/// The day of the weekend that a moment is on, anywhere the person may be.
fn weekend(whereabouts: &Whereabouts, at: Timestamp) -> Option<Value> {
    let mut days = whereabouts
        .zones()
        .map(|zone| zone.to_datetime(at).weekday());
    days.find_map(|day| match day {
        Weekday::Saturday => Some(Value::choice("saturday")),
        Weekday::Sunday => Some(Value::choice("sunday")),
        _ => None,
    })
}
