//! The embedded Apollo as a process of its own, and what it says really happened.
//!
//! Its control address is apart from the API that the app talks to, so asking it changes nothing.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    deadline::within,
    process::{Environment, Pipes, Process},
};

const START_LIMIT: Duration = Duration::from_secs(30);
const REPLY_LIMIT: Duration = Duration::from_secs(20);

/// A running sandbox.
pub(crate) struct Sandbox {
    _server: Process,
    client: reqwest::Client,
    /// Where the app finds its API.
    pub(crate) url: String,
    control_url: String,
    pub(crate) keys: Keys,
    pub(crate) users: Vec<User>,
}

/// The line that the sandbox prints once it serves.
#[derive(Deserialize)]
struct Announcement {
    url: String,
    control_url: String,
    keys: Keys,
    users: Vec<User>,
}

/// One key for each kind of answer.
#[derive(Deserialize)]
pub(crate) struct Keys {
    pub(crate) master: String,
    pub(crate) scoped: String,
    pub(crate) free: String,
    pub(crate) revoked: String,
}

/// A person of the synthetic team.
#[derive(Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// A disposition, and how many calls have it.
#[derive(Clone, Deserialize)]
pub(crate) struct UsedOutcome {
    #[serde(rename = "value")]
    pub(crate) id: String,
    #[serde(rename = "display_name")]
    pub(crate) name: String,
    pub(crate) count: u64,
}

/// What really happened, in order.
#[derive(Deserialize)]
pub(crate) struct History {
    pub(crate) effects: Vec<Effect>,
}

/// A committed change; those that no scenario asks about are only counted.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Effect {
    CallLogged {
        call: CallRecord,
    },
    CallUpdated {
        call: CallRecord,
    },
    TaskCompleted {
        task: Task,
    },
    TaskSkipped {
        task: Task,
    },
    TaskCreated {
        task: Task,
        by_sequence: bool,
    },
    #[serde(other)]
    Other,
}

#[derive(Clone, Deserialize)]
pub(crate) struct CallRecord {
    pub(crate) user_id: String,
    pub(crate) contact_id: Option<String>,
    pub(crate) account_id: Option<String>,
    pub(crate) outreach_task_id: Option<String>,
    pub(crate) phone_call_outcome_id: Option<String>,
    pub(crate) logged: bool,
    pub(crate) to_number: Option<String>,
    pub(crate) start_time: Timestamp,
    pub(crate) end_time: Timestamp,
    pub(crate) duration: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) call_identifier: Option<String>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) contact_id: Option<String>,
    pub(crate) account_id: Option<String>,
}

impl Sandbox {
    /// Starts the program and waits until it serves.
    pub(crate) async fn start(program: &Path, arguments: &[&str], log: &Path) -> Result<Self> {
        let mut server = Process::start(
            program,
            ["--port", "0"].iter().chain(arguments),
            &Environment::bare(),
            Pipes::ReadOutput,
            log,
        )?;
        let output = server.take_output()?;
        let read = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(output).read_line(&mut line).map(|_| line)
        });
        let line = within(START_LIMIT, "waiting for the sandbox", async {
            Ok(read.await??)
        })
        .await?;
        let Announcement {
            url,
            control_url,
            keys,
            users,
        } = serde_json::from_str(&line).with_context(|| {
            format!(
                "the sandbox did not print its JSON line first, but {} bytes",
                line.len()
            )
        })?;
        Ok(Self {
            _server: server,
            client: http_client()?,
            url,
            control_url,
            keys,
            users,
        })
    }

    /// The person whose name starts with this.
    pub(crate) fn user(&self, name: &str) -> Result<&User> {
        self.users
            .iter()
            .find(|user| user.name.starts_with(name))
            .with_context(|| format!("the sandbox has nobody called {name}"))
    }

    pub(crate) async fn history(&self) -> Result<History> {
        self.get("history").await
    }

    /// The call records that were made, in order.
    pub(crate) async fn logged(&self) -> Result<Vec<CallRecord>> {
        let effects = self.history().await?.effects.into_iter();
        Ok(effects
            .filter_map(|effect| match effect {
                Effect::CallLogged { call } => Some(call),
                _ => None,
            })
            .collect())
    }

    /// The tasks that were completed, in order.
    pub(crate) async fn completed(&self) -> Result<Vec<Task>> {
        let effects = self.history().await?.effects.into_iter();
        Ok(effects
            .filter_map(|effect| match effect {
                Effect::TaskCompleted { task } => Some(task),
                _ => None,
            })
            .collect())
    }

    /// The tasks that were made by a client, in order.
    pub(crate) async fn made_by_clients(&self) -> Result<Vec<Task>> {
        let effects = self.history().await?.effects.into_iter();
        Ok(effects
            .filter_map(|effect| match effect {
                Effect::TaskCreated {
                    task,
                    by_sequence: false,
                } => Some(task),
                _ => None,
            })
            .collect())
    }

    /// Changes how this Apollo behaves from now on.
    pub(crate) async fn change_scenario(&self, change: &serde_json::Value) -> Result<()> {
        let request = self.client.patch(self.control("scenario")).json(change);
        self.order(request, "changing the sandbox's scenario").await
    }

    /// An admin of the team removes a disposition.
    pub(crate) async fn remove_outcome(&self, id: &str) -> Result<()> {
        let path = format!("world/outcomes/{id}");
        let request = self.client.delete(self.control(&path));
        self.order(request, "removing a disposition").await
    }

    fn control(&self, path: &str) -> String {
        format!("{}/{path}", self.control_url.trim_end_matches('/'))
    }

    async fn order(&self, request: reqwest::RequestBuilder, what: &str) -> Result<()> {
        within(REPLY_LIMIT, what, async {
            let reply = request.send().await?;
            ensure!(
                reply.status().is_success(),
                "{}: {}",
                reply.status(),
                reply.text().await?
            );
            Ok(())
        })
        .await
    }

    /// A task as it is, whatever the search index says.
    pub(crate) async fn task(&self, id: &str) -> Result<serde_json::Value> {
        self.get(&format!("world/tasks/{id}")).await
    }

    /// Every text of the data set that must not be found on disk or in a log.
    pub(crate) async fn personal_data(&self) -> Result<Vec<String>> {
        self.get("personal-data").await
    }

    /// Sets a fault that strikes later requests.
    pub(crate) async fn add_fault(&self, fault: &serde_json::Value) -> Result<()> {
        let request = self.client.post(self.control("faults")).json(fault);
        self.order(request, "setting a fault in the sandbox").await
    }

    /// Removes all faults.
    pub(crate) async fn clear_faults(&self) -> Result<()> {
        let request = self.client.delete(self.control("faults"));
        self.order(request, "clearing the sandbox's faults").await
    }

    /// The name of the contact, or of the account where there is no contact, as Apollo's own pages
    /// would show it.
    pub(crate) async fn name_of_called(
        &self,
        contact_id: Option<&String>,
        account_id: Option<&String>,
    ) -> Result<String> {
        let (resource, id) = match (contact_id, account_id) {
            (Some(id), _) => ("contact", id),
            (None, Some(id)) => ("account", id),
            (None, None) => bail!("neither a contact nor an account is named"),
        };
        let request = self
            .client
            .get(format!("{}/api/v1/{resource}s/{id}", self.url));
        let answer = self.ask_apollo(request, resource).await?;
        let name = answer[resource]["name"]
            .as_str()
            .with_context(|| format!("the {resource} has no name"))?;
        Ok(html_escape::decode_html_entities(name).into_owned())
    }

    /// Names of the dispositions that have been used, by their id.
    pub(crate) async fn outcome_names(&self) -> Result<BTreeMap<String, String>> {
        let used = self.outcomes_by_use().await?.into_iter();
        Ok(used.map(|outcome| (outcome.id, outcome.name)).collect())
    }

    /// The dispositions that have been used, the most used first. Apollo docs: "Search for Calls",
    /// `phone_call_stats_facets`.
    pub(crate) async fn outcomes_by_use(&self) -> Result<Vec<UsedOutcome>> {
        let url = format!("{}/api/v1/phone_calls/search", self.url);
        let request = self.client.get(url).query(&[("per_page", "1")]);
        let answer = self.ask_apollo(request, "the dispositions").await?;
        let facets = &answer["faceting"]["phone_call_stats_facets"];
        let facets = facets.as_array().context("the search has no facets")?;
        let mut used: Vec<UsedOutcome> = facets
            .iter()
            // Among them are sums that are no dispositions: `active`, `other`.
            .filter(|facet| facet["value"].as_str().is_some_and(is_object_id))
            .map(|facet| Ok(serde_json::from_value(facet.clone())?))
            .collect::<Result<_>>()?;
        used.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        Ok(used)
    }

    /// A colleague logs a call with a disposition, by a client of their own.
    pub(crate) async fn log_for(&self, colleague: &User, outcome_id: &str) -> Result<()> {
        let url = format!("{}/api/v1/phone_calls", self.url);
        let request = self.client.post(url).query(&[
            ("user_id", colleague.id.as_str()),
            ("phone_call_outcome_id", outcome_id),
            ("logged", "true"),
        ]);
        self.ask_apollo(request, "a colleague's call")
            .await
            .map(drop)
    }

    /// Asks as another Apollo client with the master key would.
    async fn ask_apollo(
        &self,
        request: reqwest::RequestBuilder,
        what: &str,
    ) -> Result<serde_json::Value> {
        within(REPLY_LIMIT, &format!("asking Apollo for {what}"), async {
            let request = request.header("x-api-key", &self.keys.master);
            Ok(request.send().await?.error_for_status()?.json().await?)
        })
        .await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let url = self.control(path);
        within(
            REPLY_LIMIT,
            &format!("asking the sandbox for {path}"),
            async {
                Ok(self
                    .client
                    .get(&url)
                    .send()
                    .await?
                    .error_for_status()?
                    .json()
                    .await?)
            },
        )
        .await
    }
}

/// Apollo docs: quirk 3.
fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[expect(
    clippy::disallowed_methods,
    reason = "asks the sandbox's control address on loopback; it never speaks to Apollo"
)]
fn http_client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().no_proxy().build()?)
}
