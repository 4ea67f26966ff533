//! The client: how a request reaches Apollo.
//!
//! The layers, and the reason for their order, are drawn in the crate's own documentation: deadline,
//! retry and permit are in `send`, trace too; auth and the wire in `transport`; `error_response` and
//! `decode` read what comes. `filters` is about searches, and knows nothing of HTTP. What can be asked
//! is not known here: `resources` gives the client its methods.
//!
//! Promises: a request that creates, completes or skips is sent at most once per call; the key
//! goes to the origin it was made for and nowhere else. Must never: log a key, a query, a body or
//! a path with an id of Apollo's people in it.

pub(crate) mod decode;
pub(crate) mod error_response;
mod filters;
mod limits;
mod options;
#[cfg(feature = "raw")]
mod raw_request;
mod request;
mod send;
mod transport;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use budget::{Budget, Endpoint};
use clock::SharedClock;
use jiff::SignedDuration;

pub(crate) use decode::{acknowledged, decode, page, rows, undecodable, wrapped};
#[cfg(any(test, fuzzing))]
pub(crate) use error_response::{ErrorResponse, read_error};
pub(crate) use filters::{
    FilterForms, FilteredSearch, Form, any_of,
    fallback::{Trial, TrialResult},
    one_of,
};
#[cfg(any(test, fuzzing))]
pub(crate) use limits::{named_limit, observe};
pub use options::{ClientOptions, Embedded, ProxySetting, Timeouts};
#[cfg(feature = "raw")]
pub use raw_request::{RawAnswer, RawRequest};
pub(crate) use request::Request;

use crate::{
    Error,
    types::{Filtering, Page, TaskSearch},
};

/// A client for one origin and one key. Cheap to clone; clones share connections, budget, and what
/// was found out about Apollo's filters.
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
    filter_support: Mutex<filters::fallback::FilterSupport>,
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
        Self::over(options, timeouts, None)
    }

    /// As [`Client::new`], but every request is answered by `embedded`, inside this process: the
    /// address is a name only, and nothing can reach a network.
    pub fn embedded(options: ClientOptions, embedded: Embedded) -> Result<Self, Error> {
        Self::over(options, Timeouts::default(), Some(embedded))
    }

    fn over(
        options: ClientOptions,
        timeouts: Timeouts,
        embedded: Option<Embedded>,
    ) -> Result<Self, Error> {
        let budget = options.budget.clone();
        let clock = options.clock.clone();
        let transport = transport::Transport::new(options, timeouts.attempt, embedded)?;
        Ok(Self {
            inner: Arc::new(Inner {
                transport,
                budget,
                clock,
                operation_timeout: timeouts.operation,
                filter_support: Mutex::default(),
            }),
        })
    }

    /// How to ask for a search's filters, by what is known of `endpoint`.
    pub(crate) fn filter_forms<S: FilteredSearch>(
        &self,
        endpoint: Endpoint,
        search: &S,
    ) -> FilterForms {
        self.filter_support().forms(endpoint, search)
    }

    /// Sets aside the rows that violate a filter, and remembers what the page proves.
    pub(crate) fn check_filters<S: FilteredSearch>(
        &self,
        endpoint: Endpoint,
        search: &S,
        forms: &FilterForms,
        page: Page<S::Row>,
    ) -> Page<S::Row> {
        let page = filters::check::check(search, forms, page);
        let filtering = &page.filtering;
        self.filter_support().learn(endpoint, forms, filtering);
        page
    }

    /// How to ask for a page of tasks.
    pub(crate) fn filter_forms_of_page(&self, search: &TaskSearch) -> FilterForms {
        self.filter_support().forms_of_page(search)
    }

    /// What is worth a try after the first page of a search of tasks.
    pub(crate) fn filter_trial(
        &self,
        search: &TaskSearch,
        forms: &FilterForms,
        filtering: &Filtering,
    ) -> Option<Trial> {
        self.filter_support().trial(search, forms, filtering)
    }

    /// Remembers how a trial went. True if its answer is the better one.
    pub(crate) fn learn_from_trial(&self, trial: &Trial, result: TrialResult<'_>) -> bool {
        self.filter_support().learn_from_trial(trial, result)
    }

    /// Remembers the way that a search's first page went.
    pub(crate) fn pin_filter_forms(&self, search: &TaskSearch, forms: FilterForms) {
        self.filter_support().pin(search, forms);
    }

    fn filter_support(&self) -> MutexGuard<'_, filters::fallback::FilterSupport> {
        let support = self.inner.filter_support.lock();
        support.unwrap_or_else(PoisonError::into_inner)
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
