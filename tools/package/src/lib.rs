//! What other tools need of the installers.
//!
//! Must never: hold what only the making of installers needs; that is in the program beside it.

pub mod installer_kind;
