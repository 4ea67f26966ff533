//! The layers around an attempt: deadline, retry, permit, span.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use budget::{AcquireError, Limit, Observation, Permit, Priority};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    Client, decode,
    error_response::{ErrorResponse, limit_named_in, read_error},
    limits,
    request::Request,
    transport::Answer,
};
use crate::{Delivery, Error, NetworkKind};

/// Attempts at a read, the first included.
const MAX_ATTEMPTS: u32 = 3;
/// The longest rest of an endpoint that an answer asks for which may not be Apollo's.
const UNPROVEN_WAIT_MAX: Duration = Duration::from_mins(1);
/// The pause before the second attempt; doubled before the third.
const FIRST_BACKOFF: Duration = Duration::from_millis(400);

impl Client {
    /// Sends a request through all layers; the body of a 2xx comes back.
    pub(crate) async fn send(
        &self,
        request: Request,
        priority: Priority,
    ) -> Result<Vec<u8>, Error> {
        // Whether bytes may be on their way when the deadline cuts in.
        let on_its_way = OnItsWay::default();
        let limit = self.inner.operation_timeout + priority.max_wait();
        let operation = self.with_retries(&request, priority, &on_its_way);
        clock::within(&*self.inner.clock, limit, operation)
            .await
            .unwrap_or_else(|| {
                Err(if on_its_way.get() {
                    Error::Network {
                        kind: NetworkKind::Timeout,
                    }
                } else {
                    Error::NotSentInTime
                })
            })
    }

    async fn with_retries(
        &self,
        request: &Request,
        priority: Priority,
        on_its_way: &OnItsWay,
    ) -> Result<Vec<u8>, Error> {
        let request_id = Uuid::new_v4();
        let mut attempt = 1;
        let mut last: Option<Error> = None;
        loop {
            let permit = match self.inner.budget.acquire(request.endpoint, priority).await {
                Ok(permit) => permit,
                // Apollo's last answer tells more than our own refusal after it.
                Err(none) => return Err(last.unwrap_or_else(|| spent(&none))),
            };
            let span = tracing::debug_span!(
                "apollo",
                %request_id,
                endpoint = %request.endpoint,
                ?priority,
                attempt
            );
            let attempted = self
                .attempt(request, permit, on_its_way)
                .instrument(span)
                .await;
            let error = match attempted {
                Ok(body) => return Ok(body),
                Err(error) => error,
            };
            if !request.repeatable || attempt >= MAX_ATTEMPTS || !error.kind().is_passing() {
                return Err(error);
            }
            self.inner.clock.sleep(backoff(attempt, &request_id)).await;
            attempt += 1;
            last = Some(error);
        }
    }

    async fn attempt(
        &self,
        request: &Request,
        permit: Permit,
        on_its_way: &OnItsWay,
    ) -> Result<Vec<u8>, Error> {
        let started = self.inner.clock.elapsed();
        on_its_way.set(true);
        let answer = self.inner.transport.attempt(request).await;
        on_its_way.set(false);
        let duration_ms = u64::try_from(
            self.inner
                .clock
                .elapsed()
                .saturating_sub(started)
                .as_millis(),
        )
        .unwrap_or(u64::MAX);
        match answer {
            Err(error) => {
                if error.delivery() == Delivery::NotSent {
                    permit.give_back();
                } else {
                    // Dropped unsettled, it stays counted.
                    drop(permit);
                }
                tracing::warn!(code = error.code(), duration_ms, "no answer");
                Err(error)
            }
            Ok(answer) => {
                let mut observation = limits::observe(answer.status, &answer.headers);
                let result = self.read(request, &answer, &mut observation);
                permit.settle(observation);
                let windows = observation.windows;
                let code = result.as_ref().err().map(Error::code);
                tracing::debug!(
                    status = answer.status,
                    duration_ms,
                    bytes = answer.body.len(),
                    minute_left = windows.minute.left,
                    hour_left = windows.hour.left,
                    day_left = windows.day.left,
                    server_request_id = server_request_id(&answer),
                    code,
                    "answered"
                );
                result.map(|()| answer.body)
            }
        }
    }

    fn read(
        &self,
        request: &Request,
        answer: &Answer,
        observation: &mut Observation,
    ) -> Result<(), Error> {
        if (200..300).contains(&answer.status) {
            return if decode::is_portal(answer.content_type(), &answer.body) {
                Err(Error::CaptivePortal)
            } else {
                Ok(())
            };
        }
        let error = read_error(&ErrorResponse {
            status: answer.status,
            content_type: answer.content_type(),
            body: &answer.body,
            retry_after: observation.retry_after,
            request,
            now: self.inner.clock.now(),
        });
        match &error {
            Error::Limited { retry_after, .. } => {
                observation.retry_after = Some(*retry_after);
                note_named_limit(answer, observation);
            }
            // No limit of the endpoint's: the budget need not cool down.
            Error::Busy => observation.retry_after = None,
            // It may be something on the way that is down.
            Error::UpstreamDown { .. } => {
                let asked = observation.retry_after;
                observation.retry_after = asked.map(|wait| wait.min(UNPROVEN_WAIT_MAX));
            }
            // A stranger knows nothing of the team's limits.
            Error::NotFromApollo { .. } => *observation = Observation::default(),
            _ => {}
        }
        Err(error)
    }
}

/// A flag shared with the deadline. Only ever touched by the one task that runs the operation.
#[derive(Default)]
struct OnItsWay(std::sync::atomic::AtomicBool);

impl OnItsWay {
    fn set(&self, value: bool) {
        self.0.store(value, std::sync::atomic::Ordering::Relaxed);
    }

    fn get(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// What a 429's sentence says: which window is used up, and its limit where the headers do not give
/// it.
fn note_named_limit(answer: &Answer, observation: &mut Observation) {
    if let Some((limit, window)) = limit_named_in(&answer.body) {
        observation.limited_window = Some(window);
        let reading = observation.windows.of_mut(window);
        if reading.limit == Limit::NotReported {
            reading.limit = Limit::Requests(limit);
        }
    }
}

pub(super) fn spent(error: &AcquireError) -> Error {
    Error::BudgetSpent {
        endpoint: error.endpoint.to_string(),
        until: error.until,
    }
}

/// Doubles with each attempt, less up to half of it, so that desktops do not come back together.
fn backoff(attempt: u32, request_id: &Uuid) -> Duration {
    let full = FIRST_BACKOFF * 2_u32.saturating_pow(attempt - 1);
    let per_mille = u32::try_from(RandomState::new().hash_one(request_id) % 500).unwrap_or(0);
    full.saturating_sub(full * per_mille / 1_000)
}

/// Apollo's own name for the request, for their support: only if it looks like one.
fn server_request_id(answer: &Answer) -> Option<&str> {
    const MAX_LENGTH: usize = 64;
    answer
        .headers
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .filter(|id| id.len() <= MAX_LENGTH)
        .filter(|id| {
            id.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}
