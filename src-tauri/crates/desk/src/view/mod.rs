//! What windows are shown: snapshots, made in Rust and passed across IPC as they are.
//!
//! Promises: every text a person reads about time, limits or state is worded here or in the module
//! that made it; a window only lays it out. Must never: carry an API key, or be stored.

mod budget;
mod card;
mod connect;
mod problem;
mod queue;
mod receipts;
mod report;
mod session;
mod settings;

pub use budget::*;
pub use card::*;
pub use connect::*;
pub use problem::*;
pub use queue::*;
pub use receipts::*;
pub use report::*;
pub use session::*;
pub use settings::*;
