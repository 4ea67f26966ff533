//! Apollo.io's REST API: types and error taxonomy; with feature `client` the HTTP client. It has every
//! endpoint that Handset uses, and no other; contacts search, accounts show and notes wait for a screen.
//!
//! Entry points: [`Client`], off which the resources hang ([`resources`]); what comes back is in
//! [`types`]; what can go wrong is [`Error`] (one case of it: [`ErrorKind`]). Inside, `client` is how a
//! request travels, `error_response` and `decode` read what comes, `lenient` reads one field.
//!
//! | Invariant | Guard |
//! |---|---|
//! | Every attempt takes a permit of the budget, and counts | `tests/contract/limits.rs` |
//! | What changes something is sent once | `tests/wire/retries.rs`, `quirk_24_…` in `tests/contract/quirks.rs` |
//! | A status is a fact only in Apollo's own answer | `tests/contract/strangers.rs`, `client::error_response` |
//! | A filter is never trusted | `tests/contract/filters.rs`, `client::filters` |
//! | Every answer becomes a typed record or an [`Error`], which quotes nothing | `fuzzing` with its stored corpus |
//! | No key, number, name, email or note is printed | `tests/privacy.rs` |
//!
//! Must never: be bypassed by another HTTP client (`clippy.toml`, `cargo xtask test tidy`).
//!
//! Facts about Apollo are cited as *Apollo docs: reference section …*, meaning the project's
//! working reference of Apollo's API.
//!
//! # A first example
//!
//! One [`Client`] has one key and one [`budget::Budget`]; resources hang off it, each a few methods
//! that take a query and how urgent it is. This example runs against the project's embedded
//! Apollo; with the real one, `base_url` is `https://api.apollo.io`.
//!
//! ```
//! use std::sync::Arc;
//!
//! use apollo::{ApiKey, Client, ClientOptions, ProxySetting, types::{TaskKind, TaskSearch}};
//! use budget::{Budget, Priority};
//! use clock::SystemClock;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let clock = SystemClock::shared();
//! let sandbox = sandbox::Sandbox::start(sandbox::Options::new(clock.clone())).await?;
//! let client = Client::new(ClientOptions {
//!     base_url: sandbox.url().parse()?,
//!     key: ApiKey::parse(&sandbox.keys().master)?,
//!     user_agent: "Example/1.0".to_owned(),
//!     budget: Arc::new(Budget::new(clock.clone(), None)),
//!     clock,
//!     proxy: ProxySetting::System,
//!     extra_ca_pem: None,
//!     https_only: true,
//! })?;
//!
//! // Who is calling? A key acts as its admin, so the rep is chosen from the team.
//! let rep = sandbox.users()[0].id.as_str().into();
//! let mut search = TaskSearch {
//!     user_ids: vec![rep],
//!     kinds: TaskKind::CALLS.to_vec(),
//!     ..TaskSearch::default()
//! };
//! let mut calls = 0;
//! loop {
//!     let page = client.tasks().search(&search, Priority::Waiting).await?;
//!     calls += page.rows.len();
//!     match page.next_page() {
//!         Some(next) => search.page = next,
//!         None => break,
//!     }
//! }
//! assert!(calls > 0);
//! # Ok(())
//! # }
//! ```
//!
//! # How a request travels
//!
//! ```text
//!   resources/*     what can be asked; a request is described, not built
//!      │
//!   deadline        the whole operation: waits for permits, pauses and repeats included
//!   retry           by class: a read up to three times, anything that changes something once
//!   permit          the team's budget for the endpoint
//!   trace           a span: request id, endpoint, attempt; then status, what is left, duration
//!   auth            the key, in one header marked as sensitive
//!   transport       one attempt on the wire, with its own deadline and bounds
//!      │
//!   error_response  one reader of refusals
//!   decode          one reader of answers
//! ```
//!
//! The order has its reasons. The deadline is outermost, since a person waits for the whole and not
//! for its parts. Retry is outside the permit, since Apollo counts every attempt, so each needs a
//! permit of its own, and a refused permit ends the repeats. The permit is outside the trace, since
//! an attempt that was not let through did not happen. The trace is outside auth, since what it
//! records does not hold the key yet. Auth is inside retry, since each attempt is built afresh.
//! A request that creates, completes or changes is never repeated by these layers: whether it may be
//! sent again is asked of [`Error::delivery`], and decided by who knows what it was.
//!
//! # Filters
//!
//! Apollo answers 200 and everything there is to a filter that it does not know. So every search
//! tells in [`types::Page::filtering`] what became of each filter ([`types::FilterStatus`]), sets rows
//! that violate one aside ([`types::Page::left_out`]), and does not send a filter again that was
//! found ignored. `resources` has more.
//!
//! # What Apollo sends, what it means, what the app does
//!
//! | Apollo or the network | [`Error`] | [`Delivery`] | the app |
//! |---|---|---|---|
//! | 422 `Api key required` | `KeyMissing` | not sent | asks for the key |
//! | 401 *Invalid API key*, *Invalid access credentials* (the only plain text that is Apollo's), `INVALID_ACCESS_TOKEN` | `KeyRejected` | not sent | asks for the key again, wrong and revoked alike |
//! | 403 `API_INACCESSIBLE` | `ScopedOut`, names the endpoint | not sent | names the endpoint and asks for a master key |
//! | 403 that speaks of the plan | `PlanGated`, names the endpoint | not sent | says what the plan lacks |
//! | *belongs to another user*, *not authorized to view*, *permission to access lists* | `NotAllowed` | refused | shows why, and a person decides |
//! | 403 on *task functions* | `FunctionsOff` | refused | keeps the step and asks for an admin |
//! | *has been deleted*, *does not exist*, *not found* of a record that it names | `Gone` | refused | takes the card off |
//! | 422 with `allow_moving_to_next_task`, or *already completed / skipped* | `AlreadyDone` | refused | counts it as done |
//! | 422 *… is not a valid ID* | `Invalid`, `field` names which of ours | refused | blocks the step and asks for another value |
//! | another sentence that finds fault with a parameter and is known | `Invalid`, `field` where it is known | refused | blocks the step, and a person decides |
//! | *undefined method*, *Something's wrong with your API request* | `Stumbled` | unknown | reads back before sending again; may have broken after the commit |
//! | 4xx of the shape of Apollo's, for any other reason | `Unrecognized`, with the status | unknown | reads back before sending again; else blocks the step, and a person decides |
//! | 4xx of another shape: plain text, a web page, a problem report, JSON that only names its status | `NotFromApollo`, with the status | unknown | reads back before sending again; waits and goes by itself |
//! | 429 of Apollo's that names a limit | `Limited`: endpoint, until | not sent | waits until then, for that endpoint only |
//! | 429 of the shape of Apollo's that does not: the concurrency guard | `Busy` | not sent | tries again shortly |
//! | our own budget | `BudgetSpent` | not sent | waits until then, without asking Apollo |
//! | 5xx, 408, in any form | `UpstreamDown` | unknown | reads back before sending again |
//! | a web page with 200, a redirect, 511 | `CaptivePortal` | unknown | asks to sign in to the network |
//! | 407, a tunnel refused | `ProxyRefused` | not sent | points at the proxy setting |
//! | no name, no connection, no TLS | `Network`: `Dns`, `ConnectionRefused`, `Tls` with the reason | not sent | waits until online; for TLS, says what to check |
//! | no answer in time, a broken connection | `Network`: `Timeout`, `Reset`, `Other` | unknown | reads back before sending again |
//! | 2xx that is cut off, too long, or of another shape | `Undecodable`, with the path inside the JSON | unknown | reads back before sending again |
//! | our deadline, while nothing is on its way | `NotSentInTime` | not sent | tries again |
//! | an address, certificate or proxy that cannot be used | `Setup` | not sent | shows what to change in the settings |
//!
//! **A status is a fact about a record only in Apollo's own answer.** Firewalls, gateways and filters on
//! the way answer with the same statuses, so a 404 alone is no deleted task, a 403 alone no missing
//! right, a 401 alone no bad key, and a `retry-after` alone no limit of the team's. Apollo's own
//! refusal is a JSON object with `error`, `message`, `error_message`, `errors` or `error_code` as
//! text, or `allow_moving_to_next_task`, whose sentence, code or flag is one of those above; of plain
//! texts, only the two sentences about the key count. A refusal of this shape that says something new
//! is `Unrecognized`, any other is `NotFromApollo`; neither is ever a reason of business. The same
//! holds for a 2xx: it counts only where the answer shows the record that was asked for, or what was
//! done, under the name that Apollo gives it.
//!
//! Two answers with 200 that mean a refusal elsewhere are no errors here: a task that Apollo has
//! deleted is [`types::CompletionReply::Deleted`], and a wrong key is
//! [`types::Health::is_logged_in`] = false at `auth/health`.
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
pub use client::{Client, ClientOptions, Embedded, ProxySetting, Timeouts};
#[cfg(feature = "raw")]
pub use client::{RawAnswer, RawRequest};
pub use clock::Timestamp;
pub use error::{Delivery, Error, ErrorKind, NetworkKind, SetupReason, Source, TlsReason};
pub use key::{ApiKey, ApiKeyFormat};
