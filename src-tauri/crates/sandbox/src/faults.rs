//! Faults on demand: what a network, a proxy or a bad day at Apollo does to a request.
//!
//! Promises: a fault strikes exactly the requests that its [`When`] names; they are counted for each
//! fault from the moment it was added, and only if their body holds the fault's text. The first fault
//! added that matches wins. Must never: change the world itself; a lost reply is lost after an honest
//! commit.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;

/// Which requests a fault counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Every request.
    Any,
    /// Requests of one endpoint.
    Endpoint(Endpoint),
}

impl From<Endpoint> for Target {
    fn from(endpoint: Endpoint) -> Self {
        Self::Endpoint(endpoint)
    }
}

/// Which of them it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The next so many.
    Next(u64),
    /// Only the so-manieth from now; 1 is the next.
    Nth(u64),
    /// Each with a probability between 0 and 1, the same requests for the same seed.
    Rate {
        /// Between 0 and 1.
        probability: f64,
        /// Seed of the draw.
        seed: u64,
    },
    /// All, until cleared.
    Always,
}

/// What happens to a struck request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The change is made; the connection is reset before a byte of the reply.
    ReplyLostAfterCommit,
    /// The connection is reset; nothing is done.
    ResetBefore,
    /// No reply, ever; nothing is done.
    Hang,
    /// The change is made; no reply, ever.
    HangAfterCommit,
    /// The reply comes so late.
    Delay {
        /// Milliseconds, by the injected clock.
        delay_ms: u64,
    },
    /// This status with Rails' JSON body; nothing is done.
    Status(u16),
    /// A gateway's page with status 502; nothing is done.
    Html502,
    /// Status 200 with a page, as a captive portal or proxy does; nothing is done.
    Html200,
    /// The change is made; the reply stops in the middle.
    TruncatedBody,
    /// 429 although the windows have room; nothing is done.
    TooManyRequests {
        /// Value of `retry-after`, in seconds; none for an answer without it.
        retry_after_s: Option<u64>,
    },
    /// 401 in plain text, as if the key were revoked at this moment.
    KeyRefused,
    /// Times in the reply, the `date` header too, are off by so much.
    ClockSkew {
        /// Seconds; positive is ahead.
        skew_s: i64,
    },
    /// The first row of the first list in the reply is null.
    NullRow,
    /// 422, `Parameters misconfigured.`: Apollo finds fault with what was sent; nothing is done.
    Misconfigured,
    /// The change is made; then Apollo's machinery breaks, and the reply is a 422 that leaks
    /// `undefined method` (Apollo docs: reference section 4.1).
    StumbledAfterCommit,
    /// A gateway without a way to Apollo: 404, `default backend - 404` in plain text; nothing is
    /// done.
    GatewayNotFound,
    /// An edge that does not like the client: 403, `error code: 1010` in plain text; nothing is
    /// done.
    EdgeForbidden,
    /// The same as `application/problem+json`.
    EdgeProblem,
    /// A firewall that does not like what the body says: 403 with a page; nothing is done. With
    /// [`Fault::body_contains`] it refuses one note and lets all others pass.
    FirewallPage,
    /// A gateway's own limit: 429 in plain text, and not a word of Apollo's; nothing is done.
    GatewayTooManyRequests {
        /// Value of `retry-after`, in seconds; none for an answer without it.
        retry_after_s: Option<u64>,
    },
    /// A gateway that answers by itself: 200 with `{}`; nothing is done.
    GatewayEmptyObject,
}

impl FaultKind {
    /// What somebody between a client and Apollo answers in Apollo's place.
    pub const OF_STRANGERS: [Self; 6] = [
        Self::GatewayNotFound,
        Self::EdgeForbidden,
        Self::EdgeProblem,
        Self::FirewallPage,
        Self::GatewayTooManyRequests {
            retry_after_s: Some(3_600),
        },
        Self::GatewayEmptyObject,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ReplyLostAfterCommit => "reply_lost_after_commit",
            Self::ResetBefore => "reset_before",
            Self::Hang => "hang",
            Self::HangAfterCommit => "hang_after_commit",
            Self::Delay { .. } => "delay",
            Self::Status(_) => "status",
            Self::Html502 => "html502",
            Self::Html200 => "html200",
            Self::TruncatedBody => "truncated_body",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::KeyRefused => "key_refused",
            Self::ClockSkew { .. } => "clock_skew",
            Self::NullRow => "null_row",
            Self::Misconfigured => "misconfigured",
            Self::StumbledAfterCommit => "stumbled_after_commit",
            Self::GatewayNotFound => "gateway_not_found",
            Self::EdgeForbidden => "edge_forbidden",
            Self::EdgeProblem => "edge_problem",
            Self::FirewallPage => "firewall_page",
            Self::GatewayTooManyRequests { .. } => "gateway_too_many_requests",
            Self::GatewayEmptyObject => "gateway_empty_object",
        }
    }
}

/// One fault. As JSON: `{"endpoint":"tasks#search","when":{"next":1},"kind":"hang"}`; without
/// `endpoint` it counts every request, without `when` it strikes the next one. With
/// `"body_contains":"<script"` it counts only requests whose body holds this text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Which requests it counts.
    #[serde(rename = "endpoint", default = "any", with = "target_name")]
    pub target: Target,
    /// Which of them it strikes.
    #[serde(default = "next")]
    pub when: When,
    /// A text, as it is on the wire; a request whose body lacks it is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_contains: Option<String>,
    /// What happens to them.
    pub kind: FaultKind,
}

const fn any() -> Target {
    Target::Any
}

const fn next() -> When {
    When::Next(1)
}

mod target_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Target;
    use crate::endpoint::Endpoint;

    pub(super) fn serialize<S: Serializer>(
        target: &Target,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match target {
            Target::Any => serializer.serialize_none(),
            Target::Endpoint(endpoint) => serializer.serialize_str(endpoint.name()),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Target, D::Error> {
        let Some(name) = Option::<String>::deserialize(deserializer)? else {
            return Ok(Target::Any);
        };
        Endpoint::named(&name)
            .map(Target::Endpoint)
            .ok_or_else(|| D::Error::custom("no endpoint has this name"))
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub struct Faults {
    state: Mutex<Vec<Armed>>,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    seen: u64,
    struck: u64,
    draw: Option<ChaCha8Rng>,
}

impl Armed {
    /// Counts a request and says whether it is struck.
    fn strikes(&mut self) -> bool {
        self.seen += 1;
        let strikes = match self.fault.when {
            When::Next(count) => self.seen <= count,
            When::Nth(nth) => self.seen == nth,
            When::Always => true,
            When::Rate { probability, .. } => self
                .draw
                .as_mut()
                .is_some_and(|draw| draw.random::<f64>() < probability),
        };
        self.struck += u64::from(strikes);
        strikes
    }
}

impl Faults {
    fn state(&self) -> MutexGuard<'_, Vec<Armed>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault; it counts requests from now on.
    pub fn add(&self, fault: Fault) {
        let draw = match fault.when {
            When::Rate { seed, .. } => Some(ChaCha8Rng::seed_from_u64(seed)),
            _ => None,
        };
        self.state().push(Armed {
            fault,
            seen: 0,
            struck: 0,
            draw,
        });
    }

    /// Strikes the next `count` requests of `target`.
    pub fn next(&self, target: impl Into<Target>, count: u64, kind: FaultKind) {
        self.add(Fault {
            target: target.into(),
            when: When::Next(count),
            body_contains: None,
            kind,
        });
    }

    /// Strikes only the `nth` request of `target` from now; 1 is the next.
    pub fn nth(&self, target: impl Into<Target>, nth: u64, kind: FaultKind) {
        self.add(Fault {
            target: target.into(),
            when: When::Nth(nth),
            body_contains: None,
            kind,
        });
    }

    /// Strikes each request of `target` with a probability between 0 and 1.
    pub fn rate(&self, target: impl Into<Target>, probability: f64, seed: u64, kind: FaultKind) {
        self.add(Fault {
            target: target.into(),
            when: When::Rate { probability, seed },
            body_contains: None,
            kind,
        });
    }

    /// Strikes every request of `target` until [`Faults::clear`].
    pub fn always(&self, target: impl Into<Target>, kind: FaultKind) {
        self.add(Fault {
            target: target.into(),
            when: When::Always,
            body_contains: None,
            kind,
        });
    }

    /// Strikes every request of `target` whose body contains `text`, until [`Faults::clear`].
    pub fn on_body(&self, target: impl Into<Target>, text: &str, kind: FaultKind) {
        self.add(Fault {
            target: target.into(),
            when: When::Always,
            body_contains: Some(text.to_owned()),
            kind,
        });
    }

    /// Removes all faults; requests that hang keep hanging.
    pub fn clear(&self) {
        self.state().clear();
    }

    /// How many requests the faults in force have struck.
    pub fn struck(&self) -> u64 {
        self.state().iter().map(|armed| armed.struck).sum()
    }

    /// Counts a request of `endpoint` on the faults that count it, up to the one that strikes.
    pub(crate) fn strike(&self, endpoint: Endpoint, body: &[u8]) -> Option<FaultKind> {
        // In order: a fault behind the one that struck has not counted this request.
        self.state().iter_mut().find_map(|armed| {
            let counts = match armed.fault.target {
                Target::Any => true,
                Target::Endpoint(target) => target == endpoint,
            };
            let holds = |text: &String| contains(body, text.as_bytes());
            let counts = counts && armed.fault.body_contains.as_ref().is_none_or(holds);
            (counts && armed.strikes()).then_some(armed.fault.kind)
        })
    }
}

fn contains(body: &[u8], text: &[u8]) -> bool {
    text.is_empty() || body.windows(text.len()).any(|part| part == text)
}
