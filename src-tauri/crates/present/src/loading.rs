//! How far the reading of the call tasks is, in words.

use serde::Serialize;
use session::{Look, Sweep, SweepState};
use ts_rs::TS;

use crate::{
    apollo_errors::refusal,
    time_text::{counted, thousands, when},
};

/// How far a sweep of the call tasks is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Loading {
    pub state: LoadingState,
    /// Task rows received.
    pub received: u32,
    /// Task rows Apollo says there are, once it has said.
    pub total: Option<u32>,
    /// One sentence: what is being read, or why it stopped.
    pub sentence: String,
    /// When the last complete sweep ended, in the rep's local time: "14:05", "yesterday 17:30".
    pub as_of: Option<String>,
    /// Whether there was one in this run: without it, what is not here may be in Apollo.
    pub is_whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoadingState {
    /// Nothing was asked for yet.
    Idle,
    /// Before the first page.
    First,
    /// Rows are here and more arrive.
    More,
    Complete,
    Cancelled,
    Failed,
}

/// What Apollo has and is not here, in a sentence; none if everything was read.
pub(crate) fn missing(look: &Look<'_>) -> Option<String> {
    let sweep = look.sweep;
    let mut parts = Vec::new();
    match sweep.state {
        SweepState::Failed => parts.extend(failed(look)),
        SweepState::Cancelled => parts.push(stopped(sweep)),
        SweepState::Idle | SweepState::First | SweepState::More | SweepState::Complete => {}
    }
    if let Some(read) = sweep.stopped_after {
        let of = sweep
            .total
            .filter(|total| *total > read)
            .map_or_else(String::new, |total| format!(" of {}", thousands(total)));
        parts.push(format!(
            "Only the first {}{of} tasks were read, the oldest ones. Work through these or clear \
             them in Apollo, then Refresh.",
            thousands(read)
        ));
    }
    if sweep.unreadable > 0 {
        parts.push(format!(
            "{} of Apollo's list could not be read and {} missing here; look in Apollo itself.",
            counted(sweep.unreadable, "row", "rows"),
            if sweep.unreadable == 1 { "is" } else { "are" }
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn failed(look: &Look<'_>) -> Option<String> {
    let (error, at) = look.sweep.failure.as_ref()?;
    let why = refusal(error, *at, look.moment.rep_zone);
    Some(format!(
        "{why} What was read before stays usable. The rest is read as soon as it can be."
    ))
}

fn of_total(sweep: &Sweep) -> String {
    sweep
        .total
        .map_or_else(String::new, |total| format!(" of {}", thousands(total)))
}

fn stopped(sweep: &Sweep) -> String {
    format!(
        "Stopped after {}{}. Refresh reads the rest.",
        thousands(sweep.received),
        of_total(sweep)
    )
}

/// How far it is.
pub(crate) fn loading(look: &Look<'_>) -> Loading {
    let sweep = look.sweep;
    let sentence = match sweep.state {
        SweepState::Idle => "Nothing read yet.".to_owned(),
        SweepState::First => "Reading your call tasks from Apollo…".to_owned(),
        SweepState::More => format!(
            "Reading your call tasks: {}{} so far.",
            thousands(sweep.received),
            of_total(sweep)
        ),
        SweepState::Complete => {
            let strays = sweep
                .unfiltered
                .then(|| "Apollo sent other people's tasks too; they were left out.".to_owned());
            let said: Vec<_> = strays.into_iter().chain(missing(look)).collect();
            said.join(" ")
        }
        SweepState::Cancelled => stopped(sweep),
        SweepState::Failed => {
            failed(look).unwrap_or_else(|| "Apollo could not be read.".to_owned())
        }
    };
    Loading {
        state: match sweep.state {
            SweepState::Idle => LoadingState::Idle,
            SweepState::First => LoadingState::First,
            SweepState::More => LoadingState::More,
            SweepState::Complete => LoadingState::Complete,
            SweepState::Cancelled => LoadingState::Cancelled,
            SweepState::Failed => LoadingState::Failed,
        },
        received: sweep.received,
        total: sweep.total,
        sentence,
        as_of: sweep
            .as_of
            .map(|at| when(at, look.moment.now, look.moment.rep_zone)),
        is_whole: sweep.as_of.is_some(),
    }
}
