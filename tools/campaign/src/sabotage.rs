//! Faults of the app, as the world would see them, built in to show that the judge finds them.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// One of them for a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sabotage {
    /// Every call is logged twice.
    LogsTwice,
    /// Completions are not sent, and reported as done.
    CompletesNothing,
    /// Callbacks are made twice.
    CallsBackTwice,
    /// Calls are logged as somebody else.
    CreditsAnother,
    /// Corrections are not sent, and reported as done.
    CorrectsNothing,
    /// What was saved since an earlier life is gone, and nobody restored anything.
    ForgetsTheFolder,
    /// Notes lie about in plain text.
    WritesPlainText,
    /// The key lies about in plain text.
    WritesTheKey,
}
