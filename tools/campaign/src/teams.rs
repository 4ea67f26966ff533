//! The two teams of a run, and what a plan needs to know of them.
//!
//! Promises: the same seed makes the same teams; both are behind one address, told apart by their
//! keys.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc};

use anyhow::{Context as _, Result};
use apollo::{
    ApiKey, Client, ClientOptions, ProxySetting,
    types::{TaskKind, TaskSearch},
};
use budget::{Budget, Priority};
use clock::{SharedClock, Timestamp};
use present::OutcomeRule;
use rand::{Rng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sandbox::{CallIdentifier, Options, Sandbox, Scenario, SequenceState, Size, WindowLimits};

use crate::run_setup::{RunSetup, Task, Team};

/// Limits that no run reaches.
const LIMITS: WindowLimits = WindowLimits {
    minute: 1_000_000,
    hour: 1_000_000,
    day: 1_000_000,
};
/// Open call tasks of each team: the first rep's, and the others' together.
const SIZE: Size = Size::Custom {
    main_rep_tasks: 36,
    other_rep_tasks: 60,
};
/// People of a team who work in a run.
const REPS: usize = 3;
/// Outcomes whose rule sets a stage.
const RULES: usize = 2;

/// The teams of a run.
pub(crate) struct Teams {
    pub(crate) sandboxes: Vec<Sandbox>,
    /// One client for each, which no fault touches.
    pub(crate) clients: Vec<Client>,
    pub(crate) identifier: CallIdentifier,
}

impl Teams {
    pub(crate) async fn start(
        seed: u64,
        clock: &SharedClock,
        machine: &SharedClock,
    ) -> Result<Self> {
        // In turns, so that three runs in a row see all three.
        let identifier = match seed % 3 {
            0 => CallIdentifier::Upsert,
            1 => CallIdentifier::Stored,
            _ => CallIdentifier::Dropped,
        };
        let mut teams = Self {
            sandboxes: Vec::new(),
            clients: Vec::new(),
            identifier,
        };
        for number in 0..2 {
            let sandbox = Sandbox::start(Options {
                seed: seed.wrapping_mul(2).wrapping_add(number),
                scenario: Scenario {
                    size: SIZE,
                    call_identifier: identifier,
                    limits: Some(LIMITS),
                    ..Scenario::default()
                },
                ..Options::new(Arc::clone(clock))
            })
            .await?;
            teams.clients.push(client(&sandbox, machine)?);
            teams.sandboxes.push(sandbox);
        }
        Ok(teams)
    }

    /// Keys and addresses.
    pub(crate) fn addresses(&self) -> Result<Vec<(String, SocketAddr)>> {
        let each = self.sandboxes.iter().map(|sandbox| {
            let address = sandbox.url().trim_start_matches("http://").parse()?;
            Ok((sandbox.keys().master.clone(), address))
        });
        each.collect()
    }

    /// What people may work on.
    pub(crate) async fn plan(&self, random: &mut ChaCha8Rng, began: Timestamp) -> Result<RunSetup> {
        let mut teams = Vec::new();
        for (sandbox, client) in self.sandboxes.iter().zip(&self.clients) {
            teams.push(team(sandbox, client, random).await?);
        }
        Ok(RunSetup {
            marker: format!("marker{:016x}", random.random::<u64>()),
            began,
            teams,
        })
    }

    /// Sequences of the first team that run, and that contacts are in.
    pub(crate) fn running(&self) -> Vec<String> {
        let Some(world) = self.sandboxes.first().map(Sandbox::world) else {
            return Vec::new();
        };
        let contacts = world.contacts.iter();
        let used: BTreeSet<&str> = contacts
            .flat_map(|contact| contact.sequences.iter().map(|(id, _)| id.as_str()))
            .collect();
        let active = world
            .sequences
            .iter()
            .filter(|view| view.state == SequenceState::Active);
        active
            .map(|view| view.id.clone())
            .filter(|id| used.contains(id.as_str()))
            .collect()
    }

    pub(crate) async fn stop(self) {
        for sandbox in self.sandboxes {
            sandbox.stop().await;
        }
    }
}

fn client(sandbox: &Sandbox, machine: &SharedClock) -> Result<Client> {
    Ok(Client::new(ClientOptions {
        base_url: url::Url::parse(sandbox.url())?,
        key: ApiKey::parse(&sandbox.keys().master).context("not a key")?,
        user_agent: "Handset-campaign/1".to_owned(),
        budget: Arc::new(Budget::new(Arc::clone(machine), None)),
        clock: Arc::clone(machine),
        proxy: ProxySetting::None,
        extra_ca_pem: None,
        https_only: true,
    })?)
}

async fn team(sandbox: &Sandbox, client: &Client, random: &mut ChaCha8Rng) -> Result<Team> {
    let users = sandbox.users().into_iter();
    // The second is the admin whom the key acts as: he makes no calls, so none may be his.
    let working = users
        .enumerate()
        .filter(|(place, user)| *place != 1 && !user.deactivated);
    let reps = working
        .take(REPS)
        .map(|(_, user)| (user.id.as_str().into(), user.name))
        .collect();
    let mut team = Team {
        key: sandbox.keys().master.clone(),
        reps,
        tasks: Vec::new(),
        rules: Vec::new(),
    };
    let mut page = Some(1);
    while let Some(number) = page {
        let search = TaskSearch {
            user_ids: team.reps.keys().cloned().collect(),
            kinds: TaskKind::CALLS.to_vec(),
            page: number,
            ..TaskSearch::default()
        };
        let found = client.tasks().search(&search, Priority::Waiting).await?;
        page = found.next_page();
        let rows = found.rows.into_iter();
        let with_somebody =
            rows.filter(|task| task.contact_id.is_some() || task.account_id.is_some());
        team.tasks.extend(with_somebody.map(|task| Task {
            id: task.id,
            contact: task.contact_id,
            account: task.account_id,
            priority: task.priority,
            creator: task.creator_id,
        }));
    }
    let stages = client.contacts().stages(Priority::Waiting).await?;
    for (outcome, _) in sandbox.world().outcomes.iter().take(RULES) {
        let stage = stages.choose(random).map(|stage| stage.id.to_string());
        team.rules.push(OutcomeRule {
            outcome: outcome.clone(),
            stage_id: stage,
            ..OutcomeRule::default()
        });
    }
    Ok(team)
}
