//! The budget as its callers see it, on a clock that stands still, against a model of Apollo's
//! three fixed windows.

mod any_order;
mod limits;
mod line;
mod restart;
mod truth;
mod world;
