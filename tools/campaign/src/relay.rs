//! The way to Apollo: everything that stands between the app and Apollo, in one place.
//!
//! It listens on the one address that the app knows, and hands each request to the team whose key
//! it carries. It is where requests take their time, where the network is down, where machines in
//! between answer in Apollo's name (see [`meddling`]), and where a kill can be timed: it tells what
//! is passing.
//!
//! Promises: a request that was handed on arrives, although the app may be dead by then; what is
//! not meddled with passes unchanged. Must never: decide whether something is right.

mod http;
pub(crate) mod meddling;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result};
use clock::SharedClock;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::broadcast,
    task::JoinHandle,
};

use self::{
    http::{Reply, Request},
    meddling::{Armed, Meddling, Moment},
};
use crate::{
    messages::{Counts, Phase},
    sabotage::Sabotage,
};

/// What may be passing before a slow listener misses something.
const PASSING_MAX: usize = 4_096;
/// How long the other side may take, by the machine's clock: requests that hang end with this.
const UPSTREAM_LIMIT: Duration = Duration::from_secs(20);

/// Apollo's reply about a task that it has completed, as a sabotage gives it. Without the task's id
/// Handset would not take it for Apollo's.
fn completed(path: &str) -> Option<Reply> {
    let id = path.strip_suffix("/complete")?.rsplit('/').next()?;
    Some(Reply {
        status: "200 OK",
        content_type: "application/json",
        body: format!(r#"{{"task":{{"id":"{id}","status":"completed"}}}}"#).into(),
    })
}

/// Something that is passing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passing {
    pub(crate) machine: usize,
    pub(crate) phase: Phase,
}

/// The way to Apollo. It ends when it is dropped.
pub(crate) struct Relay {
    url: String,
    way: Arc<Way>,
    accepting: JoinHandle<()>,
}

struct Way {
    clock: SharedClock,
    machine_clock: SharedClock,
    /// Where each team is, by its key.
    teams: BTreeMap<String, SocketAddr>,
    /// Where requests with no known key go.
    otherwise: SocketAddr,
    passing: broadcast::Sender<Passing>,
    sabotage: Option<Sabotage>,
    /// People of the team, for a sabotage.
    people: Vec<String>,
    state: Mutex<State>,
}

struct State {
    random: ChaCha8Rng,
    is_down: bool,
    way_ms_max: u64,
    meddling: Vec<Armed>,
    counts: Counts,
}

/// What a relay is made of.
pub(crate) struct Parts {
    pub(crate) seed: u64,
    /// Virtual time.
    pub(crate) clock: SharedClock,
    pub(crate) machine_clock: SharedClock,
    /// Keys and addresses, the most used first.
    pub(crate) teams: Vec<(String, SocketAddr)>,
    pub(crate) sabotage: Option<Sabotage>,
    pub(crate) people: Vec<String>,
}

impl Relay {
    pub(crate) async fn start(parts: Parts) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let otherwise = parts.teams.first().context("no team")?.1;
        let way = Arc::new(Way {
            clock: parts.clock,
            machine_clock: parts.machine_clock,
            teams: parts.teams.into_iter().collect(),
            otherwise,
            passing: broadcast::Sender::new(PASSING_MAX),
            sabotage: parts.sabotage,
            people: parts.people,
            state: Mutex::new(State {
                random: ChaCha8Rng::seed_from_u64(parts.seed),
                is_down: false,
                way_ms_max: 0,
                meddling: Vec::new(),
                counts: Counts::new(),
            }),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&way)));
        Ok(Self {
            url,
            way,
            accepting,
        })
    }

    /// The address that the app knows.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Receives what is passing from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Passing> {
        self.way.passing.subscribe()
    }

    /// Whether every connection is reset.
    pub(crate) fn set_down(&self, is_down: bool) {
        self.way.state().is_down = is_down;
    }

    /// The longest way to Apollo, and back, in virtual milliseconds.
    pub(crate) fn set_way(&self, way_ms_max: u64) {
        self.way.state().way_ms_max = way_ms_max;
    }

    /// Something in between answers in Apollo's name, until [`Relay::stop_meddling`].
    pub(crate) fn meddle(&self, armed: Armed) {
        self.way.state().meddling.push(armed);
    }

    pub(crate) fn stop_meddling(&self) {
        self.way.state().meddling.clear();
    }

    /// What was meddled with, by kind.
    pub(crate) fn counts(&self) -> Counts {
        self.way.state().counts.clone()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, way: Arc<Way>) {
    loop {
        let Ok((client, _)) = listener.accept().await else {
            way.machine_clock.sleep(Duration::from_millis(10)).await;
            continue;
        };
        let way = Arc::clone(&way);
        tokio::spawn(async move {
            // What cannot be read or answered is a connection that broke: the app sees that.
            let _ = way.serve(client).await;
        });
    }
}

impl Way {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One request and its reply; then the connection ends.
    async fn serve(&self, mut client: TcpStream) -> Result<()> {
        let _ = client.set_nodelay(true);
        let request = http::read(&mut client).await?;
        if self.state().is_down {
            return Ok(client.set_zero_linger()?);
        }
        let [out, back, answered] = if request.is_write() {
            [Phase::WriteOut, Phase::WriteBack, Phase::WriteAnswered]
        } else {
            [Phase::ReadOut, Phase::ReadBack, Phase::ReadAnswered]
        };
        let request = self.sabotaged(request).await;
        self.tell(&request, out);
        self.take_a_while().await;
        if self.sabotage == Some(Sabotage::CompletesNothing)
            && let Some(reply) = completed(request.path())
        {
            return http::write(&mut client, &reply).await;
        }
        let meddling = self.meddling_with(&request);
        let limit = http::answer_within(&*self.machine_clock, UPSTREAM_LIMIT);
        if let Some(meddling) = meddling {
            if meddling.moment() == Moment::AfterCommit {
                let upstream = http::forward(&request, self.upstream(&request)).await?;
                http::drain(upstream, limit).await;
            }
            self.tell(&request, back);
            self.take_a_while().await;
            http::write(&mut client, &meddling.reply()).await?;
        } else {
            let mut upstream = http::forward(&request, self.upstream(&request)).await?;
            let first = http::first_bytes(&mut upstream, limit).await;
            self.tell(&request, back);
            self.take_a_while().await;
            http::hand_back(first, upstream, client).await?;
        }
        self.tell(&request, answered);
        Ok(())
    }

    fn upstream(&self, request: &Request) -> SocketAddr {
        let team = request.key().and_then(|key| self.teams.get(key));
        team.copied().unwrap_or(self.otherwise)
    }

    fn tell(&self, request: &Request, phase: Phase) {
        let machine = request.machine().unwrap_or_default();
        // Nobody listens between two lives.
        let _ = self.passing.send(Passing { machine, phase });
    }

    async fn take_a_while(&self) {
        let way_ms = {
            let mut state = self.state();
            let most = state.way_ms_max;
            state.random.random_range(0..=most)
        };
        if way_ms > 0 {
            self.clock.sleep(Duration::from_millis(way_ms)).await;
        }
    }

    fn meddling_with(&self, request: &Request) -> Option<Meddling> {
        let mut state = self.state();
        let State {
            random, meddling, ..
        } = &mut *state;
        let struck = meddling
            .iter_mut()
            .find_map(|armed| armed.strikes(request, random))?;
        *state.counts.entry(struck.name().to_owned()).or_default() += 1;
        Some(struck)
    }

    /// The request as a faulty app would send it.
    async fn sabotaged(&self, mut request: Request) -> Request {
        let is_double = match self.sabotage {
            Some(Sabotage::LogsTwice) => request.is("POST", "/phone_calls"),
            Some(Sabotage::CallsBackTwice) => request.is("POST", "/tasks"),
            _ => false,
        };
        if is_double && let Ok(upstream) = http::forward(&request, self.upstream(&request)).await {
            let limit = http::answer_within(&*self.machine_clock, UPSTREAM_LIMIT);
            http::drain(upstream, limit).await;
        }
        match self.sabotage {
            Some(Sabotage::CreditsAnother) if request.is("POST", "/phone_calls") => {
                request.change_body(|body| {
                    let Some(user) = body.get_mut("user_id") else {
                        return;
                    };
                    let mut others = self.people.iter();
                    if let Some(other) = others.find(|other| *user != ***other) {
                        *user = other.clone().into();
                    }
                });
            }
            Some(Sabotage::CorrectsNothing) if request.is_correction() => {
                request.change_body(|body| *body = serde_json::json!({}));
            }
            _ => {}
        }
        request
    }
}
