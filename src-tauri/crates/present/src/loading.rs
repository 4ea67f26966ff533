//! How far the reading of the call tasks is.

use serde::Serialize;
use session::{Sweep, SweepState, View};
use text::{Text, message};
use ts_rs::TS;

use crate::{apollo_errors::refusal, time_text::when};

/// How far a sweep of the call tasks is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Loading {
    pub state: LoadingState,
    /// Task rows received.
    pub received: u32,
    /// Task rows that Apollo has, once it has reported how many.
    pub total: Option<u32>,
    /// One sentence: what is being read, or why it stopped.
    pub sentence: Text,
    /// When the last complete sweep ended, in the rep's local time: "14:05", "yesterday 17:30".
    pub as_of: Option<Text>,
    /// Whether this run had a complete sweep: without one, Apollo may have tasks that are not here.
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

/// What Apollo has that is not here, in a sentence; none if everything was read.
pub(crate) fn missing(view: &View<'_>) -> Option<Text> {
    let sweep = view.sweep;
    let mut parts = Vec::new();
    match sweep.state {
        SweepState::Failed => parts.extend(failed(view)),
        SweepState::Cancelled => parts.push(stopped(sweep)),
        SweepState::Idle | SweepState::First | SweepState::More | SweepState::Complete => {}
    }
    if let Some(read) = sweep.stopped_after {
        parts.push(match sweep.total.filter(|total| *total > read) {
            Some(total) => message!("loading-only-first-of", read = read, total = total),
            None => message!("loading-only-first", read = read),
        });
    }
    if sweep.unreadable > 0 {
        parts.push(message!("loading-unreadable", rows = sweep.unreadable));
    }
    (!parts.is_empty()).then(|| Text::sentences(parts))
}

fn failed(view: &View<'_>) -> Option<Text> {
    let (error, at) = view.sweep.failure.as_ref()?;
    let why = refusal(error, *at, view.moment.rep_zone);
    Some(Text::sentences([why, message!("loading-failed")]))
}

fn stopped(sweep: &Sweep) -> Text {
    match sweep.total {
        Some(total) => message!(
            "loading-stopped-of",
            received = sweep.received,
            total = total
        ),
        None => message!("loading-stopped", received = sweep.received),
    }
}

/// How far the sweep is.
pub(crate) fn loading(view: &View<'_>) -> Loading {
    let sweep = view.sweep;
    let sentence = match sweep.state {
        SweepState::Idle => message!("loading-nothing-read"),
        SweepState::First => message!("loading-first"),
        SweepState::More => match sweep.total {
            Some(total) => message!("loading-more-of", received = sweep.received, total = total),
            None => message!("loading-more", received = sweep.received),
        },
        SweepState::Complete => {
            let strays = sweep
                .unfiltered
                .then(|| message!("loading-others-left-out"));
            Text::sentences(strays.into_iter().chain(missing(view)))
        }
        SweepState::Cancelled => stopped(sweep),
        SweepState::Failed => failed(view).unwrap_or_else(|| message!("loading-not-read")),
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
            .map(|at| when(at, view.moment.now, view.moment.rep_zone)),
        is_whole: sweep.as_of.is_some(),
    }
}
