//! The client: how a request reaches Apollo.
//!
//! ```text
//!   resources/*        what can be asked, one file per resource
//!      │  Request      described, not built: every attempt builds a fresh one
//!      ▼
//!   deadline           the whole operation, waiting and retries included
//!   retry              reads only, at most three attempts
//!   budget permit      inside retry: every attempt counts
//!   trace span         request id, endpoint, attempt, status, what is left, duration
//!   auth + transport   the key in a header marked sensitive; no redirects; bounded body
//!      │
//!      ▼
//!   reject / decode    one reader of refusals, one of answers
//! ```
//!
//! Promises: a request that creates, completes or skips is sent at most once per call; the key
//! goes to the origin it was made for and nowhere else. Must never: log a key, a query, a body or
//! a path with an id of Apollo's people in it.

mod decode;
mod limits;
mod options;
mod reject;
mod request;
mod send;
mod transport;

use std::{sync::Arc, time::Duration};

use budget::Budget;
use clock::SharedClock;
use jiff::SignedDuration;

pub(crate) use decode::{decode, page, wrapped};
#[cfg(any(test, fuzzing))]
pub(crate) use limits::{named_limit, observe};
pub use options::{ClientOptions, ProxySetting, Timeouts};
#[cfg(any(test, fuzzing))]
pub(crate) use reject::{Refused, reject};
pub(crate) use request::Request;

use crate::{
    Error,
    resources::{Accounts, Auth, Contacts, PhoneCalls, Sequences, Tasks, UsageStatistics, Users},
};

/// A client for one origin and one key. Cheap to clone; clones share connections and budget.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    transport: transport::Transport,
    budget: Arc<Budget>,
    clock: SharedClock,
    operation_timeout: Duration,
}

impl Client {
    /// A client as `options` say, with the usual [`Timeouts`]. Nothing is sent yet.
    ///
    /// Fails with [`Error::Setup`] for an address that is no plain origin, or is neither https nor
    /// this machine, for a certificate file that cannot be read, and for a bad proxy address.
    pub fn new(options: ClientOptions) -> Result<Self, Error> {
        Self::with_timeouts(options, Timeouts::default())
    }

    /// As [`Client::new`], with deadlines of its own. They are measured by the options' clock, so
    /// that a clock which runs faster ends a request that hangs sooner.
    pub fn with_timeouts(options: ClientOptions, timeouts: Timeouts) -> Result<Self, Error> {
        let budget = options.budget.clone();
        let clock = options.clock.clone();
        let transport = transport::Transport::new(options, timeouts.attempt)?;
        Ok(Self {
            inner: Arc::new(Inner {
                transport,
                budget,
                clock,
                operation_timeout: timeouts.operation,
            }),
        })
    }

    /// Whether the key is good.
    pub fn auth(&self) -> Auth<'_> {
        Auth(self)
    }

    /// Teammates, and who the key acts as.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }

    /// Sequences.
    pub fn sequences(&self) -> Sequences<'_> {
        Sequences(self)
    }

    /// Tasks.
    pub fn tasks(&self) -> Tasks<'_> {
        Tasks(self)
    }

    /// Contacts.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self)
    }

    /// Accounts.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    /// Logged calls.
    pub fn phone_calls(&self) -> PhoneCalls<'_> {
        PhoneCalls(self)
    }

    /// The team's use of its limits.
    pub fn usage_stats(&self) -> UsageStatistics<'_> {
        UsageStatistics(self)
    }

    /// The budget every request passes.
    pub fn budget(&self) -> &Arc<Budget> {
        &self.inner.budget
    }

    /// How far Apollo's clock is ahead of this machine's, by the last answer's `Date` header. It
    /// has whole seconds, and the answer's way here is in it: mind only differences of minutes.
    pub fn last_server_time_skew(&self) -> Option<SignedDuration> {
        self.inner.transport.last_server_time_skew()
    }
}

#[cfg(test)]
mod tests {
    use budget::Priority;

    use super::Client;
    use crate::types::{NewPhoneCall, TaskSearch};

    fn can_change_threads<T: Send>(_: T) {}

    /// Compiles or not: a shell with many threads holds these futures.
    #[expect(dead_code, reason = "its types are the test")]
    fn requests_can_change_threads(client: &Client, search: &TaskSearch, call: &NewPhoneCall) {
        can_change_threads(client.tasks().search(search, Priority::Waiting));
        can_change_threads(client.phone_calls().create(call, Priority::WrapUp));
    }
}
