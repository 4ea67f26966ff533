//! Apollo.io's REST API: types and error taxonomy; with feature `client` the HTTP client.
//!
//! Promises: the rest of Handset sees Apollo only through these types; whatever Apollo sends, what
//! comes out is a typed record or one of [`Error`]'s variants; no error and no `Debug` output holds
//! a key, a number, a name, an email or a note. Must never: be bypassed by another HTTP client.
//!
//! Facts about Apollo are cited as *Apollo docs: reference section …*, meaning the project's
//! working reference of Apollo's API.
//!
//! # What Apollo sends, what it means, what the app does
//!
//! | Apollo or the network | [`Error`] | [`Delivery`] | the app |
//! |---|---|---|---|
//! | 422 `Api key required` | `KeyMissing` | not sent | asks for the key |
//! | 401 in plain text, or `INVALID_ACCESS_TOKEN` | `KeyRejected` | not sent | asks for the key again |
//! | 403 `API_INACCESSIBLE` | `ScopedOut` | not sent | names the endpoint, asks for a master key |
//! | 403 that speaks of the plan | `PlanGated` | not sent | says what the plan lacks |
//! | 403 or JSON 401 on a permission; 422 *belongs to another user* | `NotAllowed` | refused | shows why, a person decides |
//! | 403 on *task functions* | `FunctionsOff` | refused | keeps the step, asks for an admin |
//! | 404; 422 *deleted*, *does not exist* | `Gone` | refused | takes the card off |
//! | 422 *already completed / skipped* | `AlreadyDone` | refused | counts it as done |
//! | 422 *… is not a valid ID* | `Invalid`, `field` names which of ours | refused | blocks the step, asks for another value |
//! | 400 or 422, anything else | `Invalid` | refused | blocks the step, a person decides |
//! | 429 naming a limit | `Limited` | not sent | waits until then, that endpoint only |
//! | 429 without one | `Busy` | not sent | tries again shortly |
//! | our own budget | `BudgetSpent` | not sent | waits until then |
//! | 5xx, 408, a web page with an error status | `UpstreamDown` | unknown | reads back before sending again |
//! | a web page with 200, a redirect, 511 | `CaptivePortal` | unknown | asks to sign in to the network |
//! | 407, a tunnel refused | `ProxyRefused` | not sent | points at the proxy setting |
//! | no name, no connection, no TLS | `Network` | not sent | waits until online |
//! | no answer in time, a broken connection | `Network` | unknown | reads back before sending again |
//! | 2xx that is cut off or of another shape | `Undecodable` | unknown | reads back before sending again |
//! | our deadline, before anything left | `NotSentInTime` | not sent | tries again |
#![deny(missing_docs)]

#[cfg(feature = "client")]
mod client;
pub mod error;
#[cfg(all(feature = "client", any(test, fuzzing)))]
pub mod fuzzing;
pub mod ids;
mod key;
mod lenient;
#[cfg(feature = "client")]
pub mod resources;
mod text;
pub mod types;

#[cfg(feature = "client")]
pub use client::{Client, ClientOptions, ProxySetting, Timeouts};
pub use clock::Timestamp;
pub use error::{Delivery, Error, NetworkKind, TlsReason, Window};
pub use key::{ApiKey, ApiKeyFormat, MAX_KEY_BYTES, MIN_KEY_BYTES};
