//! What Handset is about, as rules: a call task, its person and numbers, who may be called when,
//! what came of a call, and the states of what is written about it.
//!
//! Entry points: [`call_task::accept`] takes a row of Apollo's in; [`permission::permission`] says
//! who may be called; [`dispositions::DispositionList`] is what a call can have come to;
//! [`wrap_up::plan`] and [`wrap_up::apply`] are the only ways along a step's states.
//!
//! Promises: everything here is a pure function of its arguments, and every type that reaches disk
//! can read what the versions before wrote (`store/tests`, stage *fixtures*). Who asked not to be
//! called is refused on every number (`session/tests/it/again.rs`). A step whose fate is unknown
//! becomes ready only by proof (`wrap_up/decide.rs`; the simulation).
//!
//! Must never: wait, do I/O, read a clock, or write a sentence: what a person reads is in `present`.

pub mod call_history;
pub mod call_task;
pub mod call_time;
pub mod calling_hours;
pub mod dates;
pub mod destinations;
pub mod dispositions;
pub mod draft;
pub mod links;
pub mod outcomes;
pub mod permission;
pub mod phone;
mod places;
pub mod position;
pub mod rep;
pub mod sequence;
pub mod settings;
pub mod whereabouts;
pub mod wrap_up;
