//! Every command a window can call, and the core behind them.
//!
//! Promises: a command body is an ordinary function over the [`Core`], so that the desktop shell
//! and the loopback test server run the same code. Must never: know Tauri, HTTP or a window.

mod apollo_port;
pub mod arguments;
pub mod bindings;
mod changes;
mod connecting;
mod core;
mod count;
pub mod dialing;
mod disk;
pub mod folder;
mod handlers;
pub mod host;
mod keychain;
mod notices;
mod old_outcomes;
mod open_notice;
mod origin;
pub mod run;
mod sealing_key;
mod settings;
mod start;
mod start_error;
mod table;
pub mod update_source;
mod updates;
mod users;
mod workspace;

pub use crate::{apollo_port::ApolloPort, core::Core, start::Start, start_error::StartError};
