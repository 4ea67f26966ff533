//! What a client needs to know before its first request.

use std::{fmt, pin::Pin, sync::Arc, time::Duration};

use budget::Budget;
use clock::SharedClock;
use url::Url;

use crate::ApiKey;

/// Everything a [`super::Client`] is made of.
pub struct ClientOptions {
    /// Apollo's origin, such as `https://api.apollo.io`; `/api/v1` is appended.
    pub base_url: Url,
    /// The team's key.
    pub key: ApiKey,
    /// Who we say that we are, such as `Handset/1.0`.
    pub user_agent: String,
    /// What every attempt asks for a permit.
    pub budget: Arc<Budget>,
    /// Where time comes from.
    pub clock: SharedClock,
    /// How to get out of this network. Never used for this machine itself.
    pub proxy: ProxySetting,
    /// Certificates to trust beside the system's, in PEM.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// Refuse plain http, except to this machine itself.
    pub https_only: bool,
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions")
            .field("origin", &self.base_url.origin().ascii_serialization())
            .field("proxy", &self.proxy)
            .field("extra_ca", &self.extra_ca_pem.is_some())
            .field("https_only", &self.https_only)
            .finish_non_exhaustive()
    }
}

/// An Apollo inside this process: takes a request as it would go out, and answers it. No connection
/// is ever made.
pub type Embedded = Arc<
    dyn Fn(http::Request<Vec<u8>>) -> Pin<Box<dyn Future<Output = http::Response<Vec<u8>>> + Send>>
        + Send
        + Sync,
>;

/// The longest time for one attempt, from first byte out to last byte in.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// The longest time for one operation beyond what its priority may wait for permits.
const OPERATION_TIMEOUT: Duration = Duration::from_mins(1);

/// How long to wait for Apollo, by the injected clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For one attempt, from first byte out to last byte in. 30 seconds by default. (A connection
    /// that cannot be made ends after 10 seconds of the machine's own time at the latest.)
    pub attempt: Duration,
    /// For one operation, repeats of a read included, beyond what its priority may wait for
    /// permits. A minute by default.
    pub operation: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            attempt: ATTEMPT_TIMEOUT,
            operation: OPERATION_TIMEOUT,
        }
    }
}

/// How requests leave this network.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum ProxySetting {
    /// As the system is set up.
    #[default]
    System,
    /// Directly.
    None,
    /// Through this one.
    Explicit {
        /// The proxy's address; it may carry a user and a password, which are never printed.
        url: Url,
        /// Hosts to reach directly, separated by commas, as in `NO_PROXY`.
        bypass: Option<String>,
    },
}

impl fmt::Debug for ProxySetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("System"),
            Self::None => f.write_str("None"),
            Self::Explicit { url, .. } => {
                write!(
                    f,
                    "Explicit({}:{:?})",
                    url.host_str().unwrap_or("?"),
                    url.port()
                )
            }
        }
    }
}
