//! An embedded Apollo for people without an account and for tests: a stateful team of synthetic people
//! behind the documented endpoints, limits, error bodies and quirks of Apollo's REST API.
//!
//! Entry points: [`Sandbox::embedded`] and [`Sandbox::answer`], which is all that the app uses. Feature
//! `control` adds what tests and tools need, and release builds leave out: `Sandbox::start` on loopback,
//! faults on demand, the `History` of what really happened, the control API, and the binary. What is
//! not known of Apollo is a switch of [`Scenario`].
//!
//! Inside: `sandbox` makes the team; `router` gathers the routes of `resources`, one module for each
//! Apollo resource; `pipeline` carries one request through authentication, limits and a handler;
//! `world` is the team's data and its search index.
//!
//! | Invariant | Guard |
//! |---|---|
//! | The same seed and moment give the same team and the same bytes | `tests/apollo/determinism.rs` |
//! | Every answer has the shape of Apollo's own document | `tests/apollo/spec` |
//! | Nobody in it is real, no number rings | `tests/apollo/data_set.rs` |
//! | Nothing but loopback is bound, and nothing at all when embedded | `tests/apollo/server.rs`, `commands/tests/sockets` |
//! | A fault strikes what it names; a lost reply is lost after an honest commit | `tests/apollo/faults.rs` |
//! | The app is built without feature `control` | `tests/embedded.rs` |
//!
//! Must never: hold data of real people, or log what it holds.
//!
//! "Reference section" in these sources means the project's notes on Apollo's API, compiled from
//! Apollo's public documents (docs.apollo.io) and from what its clients have recorded.

#![recursion_limit = "256"]

mod auth;
#[cfg(feature = "control")]
mod connection;
#[cfg(feature = "control")]
mod control;
#[cfg(feature = "control")]
mod control_api;
mod effect;
mod endpoint;
#[cfg(feature = "control")]
mod faults;
#[cfg(feature = "control")]
mod history;
mod keys;
mod limits;
mod params;
mod pipeline;
mod reply;
mod resources;
mod route;
mod router;
mod sandbox;
mod scenario;
#[cfg(feature = "control")]
mod server;
#[cfg(feature = "control")]
mod team_changes;
mod world;

pub use effect::{CallRecord, Effect, TaskRecord};
pub use endpoint::{Endpoint, endpoints};
pub use keys::{KeyKind, Keys};
pub use limits::WindowLimits;
pub use sandbox::{Options, Sandbox, SandboxUser};
pub use scenario::{
    BootstrappedData, CallIdentifier, CompletedTask, Facets, PricingPlan, Scenario, Size, Support,
    TaskFilters, TaskStatuses,
};
pub use world::{id::Id, model::TaskStatus};

#[cfg(feature = "control")]
pub use faults::{Fault, FaultKind, Faults, Target, When};
#[cfg(feature = "control")]
pub use history::{History, RequestRecord};
#[cfg(feature = "control")]
pub use server::StartError;
#[cfg(feature = "control")]
pub use world::view::{ContactView, SequenceState, SequenceView, TaskView, WorldView};
