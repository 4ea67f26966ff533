//! A request in Apollo's own form: for finding out what an account really does, where Apollo's
//! documents do not say. Feature `raw`.
//!
//! Promises: passes deadline, budget, key and transport like every request, and is sent once; the
//! answer comes back as it is. Must never: be used by the app, whose requests have types.

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::Value;
use tracing::Instrument;

use super::{Client, limits, request::Request};
use crate::{Delivery, Error, NetworkKind};

/// A request that has no method of its own.
#[derive(Debug)]
pub struct RawRequest(Request);

impl RawRequest {
    /// A `GET` of the path below `/api/v1`, given in parts; counted as `endpoint`.
    pub fn get(endpoint: Endpoint, path: &[&str]) -> Self {
        Self(Request::read(endpoint, Method::GET, path))
    }

    /// A `POST`.
    pub fn post(endpoint: Endpoint, path: &[&str]) -> Self {
        Self(Request::write(endpoint, Method::POST, path))
    }

    /// A `PATCH`.
    pub fn patch(endpoint: Endpoint, path: &[&str]) -> Self {
        Self(Request::write(endpoint, Method::PATCH, path))
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(self, name: &'static str, value: &impl ToString) -> Self {
        Self(self.0.query(name, value))
    }

    /// Sets the JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        Self(self.0.json(body))
    }
}

/// An answer, whatever its status. Its `Debug` shows no content.
pub struct RawAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The content type, in lower case; empty where there was none.
    pub content_type: String,
    /// The names of the headers, in lower case.
    pub header_names: Vec<String>,
    /// What the limits' headers say.
    pub limits: budget::Readings,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Sends a request of the caller's own making, once. Any status is `Ok`; an error means that
    /// no whole answer came.
    pub async fn raw(&self, request: RawRequest, priority: Priority) -> Result<RawAnswer, Error> {
        let limit = self.inner.operation_timeout + priority.max_wait();
        let sending = self.send_raw(&request.0, priority);
        clock::within(&*self.inner.clock, limit, sending)
            .await
            .unwrap_or(Err(Error::Network {
                kind: NetworkKind::Timeout,
            }))
    }

    async fn send_raw(&self, request: &Request, priority: Priority) -> Result<RawAnswer, Error> {
        let permit = self
            .inner
            .budget
            .acquire(request.endpoint, priority)
            .await
            .map_err(|error| super::send::spent(&error))?;
        let span = tracing::debug_span!("apollo", endpoint = %request.endpoint, raw = true);
        let answer = match self.inner.transport.attempt(request).instrument(span).await {
            Ok(answer) => answer,
            Err(error) => {
                if error.delivery() == Delivery::NotSent {
                    permit.give_back();
                }
                return Err(error);
            }
        };
        let observation = limits::observe(answer.status, &answer.headers);
        permit.settle(observation);
        let content_type = answer.content_type().unwrap_or_default();
        Ok(RawAnswer {
            status: answer.status,
            content_type: content_type.to_ascii_lowercase(),
            header_names: answer.headers.keys().map(ToString::to_string).collect(),
            limits: observation.windows,
            body: answer.body,
        })
    }
}
