//! Every command a window can call, and the core behind them.
//!
//! Promises: a command body is an ordinary function over the core, so that the desktop shell and
//! the loopback test server run the same code. Must never: know Tauri, HTTP or a window.

pub mod arguments;
pub mod bindings;
pub mod host;
mod table;
