//! A sandbox and a client on one clock that a test moves.

use std::{sync::Arc, time::Duration};

use apollo::{ApiKey, Client, ClientOptions, ProxySetting, Timeouts};
use budget::Budget;
use clock::{Clock, ManualClock, SharedClock, Sleep, Timestamp};
use sandbox::{Options, Sandbox, Scenario, Size};

/// Pauses up to this pass at once: pacing and back-off, but no deadline.
const SHORT: Duration = Duration::from_secs(2);

/// A clock that stands still, except that short pauses pass at once.
#[derive(Debug)]
pub(crate) struct BriskClock(pub(crate) Arc<ManualClock>);

impl Clock for BriskClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        if duration <= SHORT {
            self.0.advance(duration);
            return Box::pin(std::future::ready(()));
        }
        self.0.sleep(duration)
    }
}

pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) client: Client,
    shared: SharedClock,
}

impl Bench {
    /// A small team on an ordinary day, and a client with the master key.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with switches changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Scenario)) -> Self {
        // Tuesday, 24 November 2026, 15:00 UTC.
        let clock = ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap());
        let shared: SharedClock = Arc::new(BriskClock(clock.clone()));
        let mut options = Options::new(shared.clone());
        options.scenario.size = Size::Custom {
            main_rep_tasks: 130,
            other_rep_tasks: 60,
        };
        change(&mut options.scenario);
        let sandbox = Sandbox::start(options).await.unwrap();
        let key = &sandbox.keys().master;
        let client = client(&sandbox, key, Timeouts::default(), &shared);
        Self {
            sandbox,
            clock,
            client,
            shared,
        }
    }

    /// Another client, with another key.
    pub(crate) fn client_with(&self, key: &str) -> Client {
        self.client_of(key, Timeouts::default(), &self.shared)
    }

    /// Another client, with a key, deadlines and a clock of its own.
    pub(crate) fn client_of(&self, key: &str, timeouts: Timeouts, clock: &SharedClock) -> Client {
        client(&self.sandbox, key, timeouts, clock)
    }

    /// The main rep.
    pub(crate) fn rep(&self) -> apollo::ids::UserId {
        self.sandbox.users()[0].id.as_str().into()
    }

    /// How many requests the sandbox has seen for an endpoint such as `tasks#search`.
    pub(crate) fn seen(&self, endpoint: &str) -> usize {
        self.sandbox.history().count(endpoint)
    }
}

fn client(sandbox: &Sandbox, key: &str, timeouts: Timeouts, clock: &SharedClock) -> Client {
    let options = ClientOptions {
        base_url: sandbox.url().parse().unwrap(),
        key: ApiKey::parse(key).unwrap(),
        user_agent: "Handset-test/0".to_owned(),
        budget: Arc::new(Budget::new(clock.clone(), None)),
        clock: clock.clone(),
        proxy: ProxySetting::System,
        extra_ca_pem: None,
        https_only: true,
    };
    Client::with_timeouts(options, timeouts).unwrap()
}
