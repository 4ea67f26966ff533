//! An embedded Apollo for people without an account and for tests.
//!
//! Promises: the documented endpoints, limits, error bodies and quirks of Apollo's REST API,
//! synthetic data that is the same for the same seed and clock, faults on demand, and a
//! [`History`] of what really happened.
//! Must never: bind anything but loopback, bind anything at all when embedded, hold data of real people, or log what it holds.
//!
//! "Reference section" in these sources means the project's notes on Apollo's API, compiled from
//! Apollo's public documents (docs.apollo.io) and from what its clients have recorded. What is not
//! known of Apollo is a switch of [`Scenario`].
//!
//! Map: `server` ([`Sandbox`]) starts and stops; `pipeline` carries one request through
//! faults, authentication, limits and a handler; `resources` has one module per Apollo resource;
//! `world` is the team's data and its search index.

#![recursion_limit = "256"]

mod admin;
mod auth;
mod connection;
mod control;
mod endpoint;
mod faults;
mod history;
mod keys;
mod limits;
mod params;
mod pipeline;
mod reply;
mod resources;
mod router;
mod scenario;
mod server;
mod world;

pub use endpoint::{Endpoint, endpoints};
pub use faults::{Fault, FaultKind, Faults, Target, When};
pub use history::{CallRecord, Effect, History, KeyKind, RequestRecord, TaskRecord};
pub use keys::Keys;
pub use limits::WindowLimits;
pub use scenario::{
    BootstrappedData, CallIdentifier, CompletedTask, Facets, Plan, Scenario, Size, Support,
    TaskFilters, TaskStatuses,
};
pub use server::{Options, Sandbox, SandboxUser, StartError};
pub use world::{
    id::Id,
    view::{ContactView, SequenceState, SequenceView, TaskStatus, TaskView, WorldView},
};
