//! What windows are shown: snapshots, made from the domain and a session, and the texts in them.
//!
//! Entry points: one function for each thing a window shows ([`report()`], [`queue()`], [`card()`],
//! [`receipts()`], [`dispositions()`], [`outcome_book()`], [`connection()`], [`undo()`]), and
//! [`problem()`] for what goes wrong. Each type is the answer or an argument of a command, and has a
//! twin in TypeScript (`ui/src/generated`, checked for drift by stage *bindings*).
//!
//! Promises: which text is shown about time, limits or state is decided here, as a message of the
//! catalogue with its values (crate `text`), and a window makes the text of it; a window branches on
//! codes, never on texts; the types that are shown are not the types that are stored, so a change
//! here changes no file (`store/tests`, fixtures of every version).
//!
//! Must never: carry an API key, change anything, or be stored.

mod apollo_errors;
mod budget;
mod card;
mod changed;
mod connect;
mod connection;
mod export;
mod form;
mod loading;
mod local_time;
mod names;
mod outcomes;
mod problem;
mod queue;
mod reach;
mod receipt;
mod receipt_texts;
mod receipts;
mod report;
mod saving;
mod script;
mod session_errors;
mod settings;
mod status;
mod store_errors;
mod time_text;
mod update;

pub use crate::{
    apollo_errors::{next_step, refusal},
    budget::*,
    card::*,
    changed::*,
    connect::*,
    connection::*,
    export::day_as_csv,
    form::*,
    loading::{Loading, LoadingState},
    local_time::LocalTime,
    outcomes::*,
    problem::*,
    queue::*,
    reach::{Reach, ReachState},
    receipt::*,
    receipts::*,
    report::*,
    saving::*,
    session_errors::*,
    settings::*,
    status::*,
    store_errors::{damage_reason, distrust_reason, store_problem, store_reason},
    update::*,
};
