//! What is there when a run is over, outside the processes that lived: the judge's evidence.

use std::{collections::BTreeMap, path::Path};

use aho_corasick::AhoCorasick;
use anyhow::Result;
use apollo::{Client, types::Task};
use budget::Priority;
use sandbox::{CallIdentifier, Effect, History, Sandbox, WorldView};

use crate::{child::WRONG_KEY, record::Record, run_setup::RunSetup, teams::Teams};

/// Everything that the judge of one run reads.
pub(crate) struct Evidence {
    pub(crate) plan: RunSetup,
    pub(crate) record: Record,
    /// In the order of the plan's teams.
    pub(crate) teams: Vec<TeamEvidence>,
    pub(crate) identifier: CallIdentifier,
}

/// What one team's Apollo holds, and how it came there.
pub(crate) struct TeamEvidence {
    pub(crate) history: History,
    pub(crate) world: WorldView,
    /// Tasks as Apollo shows them, of those that a client changed or made; those that are gone are
    /// left out.
    pub(crate) shown: BTreeMap<String, Task>,
}

impl Evidence {
    pub(crate) async fn gather(plan: RunSetup, record: Record, teams: &Teams) -> Result<Self> {
        let mut gathered = Vec::new();
        for (sandbox, client) in teams.sandboxes.iter().zip(&teams.clients) {
            gathered.push(TeamEvidence::gather(sandbox, client).await?);
        }
        Ok(Self {
            plan,
            record,
            teams: gathered,
            identifier: teams.identifier,
        })
    }
}

impl TeamEvidence {
    async fn gather(sandbox: &Sandbox, client: &Client) -> Result<Self> {
        let history = sandbox.history();
        let world = sandbox.world();
        let touched = history.effects.iter().filter_map(|effect| match effect {
            Effect::TaskUpdated { task, .. }
            | Effect::TaskCreated {
                task,
                by_sequence: false,
                ..
            } => Some(task.id.clone()),
            _ => None,
        });
        let mut shown = BTreeMap::new();
        for id in touched {
            match client
                .tasks()
                .show(&id.as_str().into(), Priority::Waiting)
                .await
            {
                Ok(task) => {
                    shown.insert(id, task);
                }
                Err(apollo::Error::Gone) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self {
            history,
            world,
            shown,
        })
    }
}

/// What must not be readable in any folder of a machine, the keychain's apart.
pub(crate) fn secrets(plan: &RunSetup, teams: &Teams) -> Result<AhoCorasick> {
    let personal = teams.sandboxes.iter().flat_map(Sandbox::personal_data);
    Ok(AhoCorasick::new(
        [plan.marker.clone(), WRONG_KEY.to_owned()]
            .into_iter()
            .chain(personal),
    )?)
}

/// Looks for a note, a number, a name or a key in every file of a folder.
pub(crate) fn plain_text(folder: &Path, secrets: &AhoCorasick) -> Result<Option<String>> {
    let Ok(files) = std::fs::read_dir(folder) else {
        // Killed before it made the folder.
        return Ok(None);
    };
    for file in files {
        let path = file?.path();
        if path.is_dir() {
            if let Some(found) = plain_text(&path, secrets)? {
                return Ok(Some(found));
            }
            continue;
        }
        let bytes = std::fs::read(&path)?;
        if secrets.is_match(&bytes) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return Ok(Some(format!(
                "a note, a number, a name or a key in plain text in {name}"
            )));
        }
    }
    Ok(None)
}
