//! The proofs in the real window: one scenario for each promise.

mod accessibility;
mod blocked;
mod connect_failures;
mod credit;
mod drafts;
mod foreign_folder;
mod forget_key;
mod languages;
mod locked_keychain;
mod main_job;
mod no_keychain;
mod offline;
mod outcomes;
mod pages;
mod rig_check;
mod second_start;
mod undo;
mod updates;

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    app::Programs,
    desktop::KeychainState,
    rig::{Rig, Setup},
    say,
};

/// The scenarios, in the order they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Scenario {
    /// The phone app, the keychain and the screen of a run work, without the app.
    RigCheck,
    /// Key, rep, report, ten calls with a power cut, receipts; then what Apollo and the disk hold.
    MainJob,
    /// A saved call is taken back whole.
    Undo,
    /// The network goes away, and comes back.
    Offline,
    /// What Apollo refuses is fixed by a person.
    Blocked,
    /// Another rep takes over while a call waits: each call stays its own rep's.
    Credit,
    /// Outcomes are read until Apollo answers, are stored, and keep their digits.
    Outcomes,
    /// A kill in the middle of writing up loses no word.
    Drafts,
    /// A key that cannot work is refused with an answer of its own.
    ConnectFailures,
    /// *Forget key* takes the key out of the keychain.
    ForgetKey,
    /// A data folder that somebody else may have written into is refused.
    ForeignFolder,
    /// Without a keychain the key is kept for this run only.
    NoKeychain,
    /// A locked keychain is waited for.
    LockedKeychain,
    /// A window shows its own page, wherever a script would send it.
    Pages,
    /// A second start brings the first to the front.
    SecondStart,
    /// An update is accepted, refused, interrupted and held back.
    Updates,
    /// Windows and the shell speak the language of the system.
    Languages,
    /// No screen breaks a rule of WCAG 2.2 A or AA.
    Accessibility,
}

impl Scenario {
    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    fn setup(self) -> Setup {
        match self {
            Self::NoKeychain => Setup {
                keychain: KeychainState::Missing,
                ..Setup::default()
            },
            Self::Languages => Setup {
                language: "de_DE.UTF-8",
                ..Setup::default()
            },
            _ => Setup::default(),
        }
    }

    async fn play(self, rig: &mut Rig) -> Result<()> {
        match self {
            Self::RigCheck => rig_check::run(rig).await,
            Self::MainJob => main_job::run(rig).await,
            Self::Undo => undo::run(rig).await,
            Self::Offline => offline::run(rig).await,
            Self::Blocked => blocked::run(rig).await,
            Self::Credit => credit::run(rig).await,
            Self::Outcomes => outcomes::run(rig).await,
            Self::Drafts => drafts::run(rig).await,
            Self::ConnectFailures => connect_failures::run(rig).await,
            Self::ForgetKey => forget_key::run(rig).await,
            Self::ForeignFolder => foreign_folder::run(rig).await,
            Self::NoKeychain => no_keychain::run(rig).await,
            Self::LockedKeychain => locked_keychain::run(rig).await,
            Self::Pages => pages::run(rig).await,
            Self::SecondStart => second_start::run(rig).await,
            Self::Updates => updates::run(rig).await,
            Self::Languages => languages::run(rig).await,
            Self::Accessibility => accessibility::run(rig).await,
        }
    }
}

/// Runs the scenarios, all of them unless `only` names some. False if one failed.
pub(crate) async fn run(
    programs: &Programs,
    only: &[Scenario],
    keep: bool,
    evidence: &Path,
) -> Result<bool> {
    let chosen: Vec<Scenario> = Scenario::value_variants()
        .iter()
        .copied()
        .filter(|scenario| only.is_empty() || only.contains(scenario))
        .collect();
    let mut failed = 0;
    for scenario in &chosen {
        let started_at = tokio::time::Instant::now();
        let outcome = run_one(*scenario, programs, keep, evidence).await;
        let seconds = started_at.elapsed().as_secs_f32();
        match outcome {
            Ok(()) => say(&format!("ok      {} ({seconds:.1} s)", scenario.name())),
            Err(error) => {
                failed += 1;
                say(&format!(
                    "FAILED  {} ({seconds:.1} s)\n{error:#}",
                    scenario.name()
                ));
            }
        }
    }
    say(&format!(
        "{} passed, {failed} failed",
        chosen.len() - failed
    ));
    Ok(failed == 0)
}

async fn run_one(
    scenario: Scenario,
    programs: &Programs,
    keep: bool,
    evidence: &Path,
) -> Result<()> {
    let mut rig = Rig::start(programs, scenario.setup()).await?;
    if keep {
        rig.desktop.keep();
        say(&format!(
            "        {} keeps {}",
            scenario.name(),
            rig.desktop.path().display()
        ));
    }
    // Boxed: the futures of the scenarios are large.
    let Err(error) = Box::pin(scenario.play(&mut rig)).await else {
        return Ok(());
    };
    let folder = evidence.join(scenario.name());
    let _ = std::fs::remove_dir_all(&folder);
    let saved = match rig.save_evidence(&folder) {
        Ok(()) => format!("screenshot and logs are in {}", folder.display()),
        Err(problem) => format!("screenshot and logs could not be saved: {problem:#}"),
    };
    Err(error.context(format!("while {}; {saved}", rig.current_step())))
}
