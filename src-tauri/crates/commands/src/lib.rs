//! Every command a window can call, and the core behind them.
//!
//! Promises: a command body is an ordinary function over the [`Core`], so that the desktop shell
//! and the loopback test server run the same code. Must never: know Tauri, HTTP or a window.

mod apollo_port;
pub mod arguments;
pub mod bindings;
pub mod bodies;
mod budget_view;
mod connecting;
mod core;
pub mod dialing;
mod disk;
pub mod folder;
pub mod host;
mod keys;
mod outcomes;
mod people;
mod settings;
mod table;
mod workspace;

pub use crate::{
    apollo_port::ApolloPort,
    core::{Core, Start, StartError},
};
