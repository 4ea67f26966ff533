//! Everything but calls: connecting, choosing who one is, leaving again, settings, clocks.

use std::time::Duration;

use ::clock::Clock as _;
use commands::arguments::SkipArgs;
use present::{
    CallingHours, ConnectState, OutcomeChange, OutsideHours, RowState, SkipReason, Stage, Status,
    UserList,
};
use rand::{Rng, seq::IndexedRandom as _};

use super::Life;
use crate::{
    messages::{Happening, Phase, happened, phase, wrong},
    notes::SAMPLE,
};

/// How long checks, people and sample data may take before a person gives up for now.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a window asks again.
const POLL_INTERVAL: Duration = Duration::from_millis(400);
/// The longest hold for an undo, in seconds.
const UNDO_S_MAX: u32 = 12;
/// Where in the list an outcome is moved to: one of the first places, which have digits.
const OUTCOME_PLACES: u32 = 6;
/// By how much a clock is set, in seconds.
const CLOCK_S_MAX: i64 = 600;
/// What a person pastes who missed a letter.
pub(crate) const WRONG_KEY: &str = "Wr0ngWr0ngWr0ngWr0ngWr";

impl Life {
    /// Connects and chooses a rep, where the first screens ask for it. False when that does not
    /// work now.
    pub(super) async fn be_ready(&mut self) -> bool {
        let Some(status) = self.windows.status().await else {
            return false;
        };
        match status.stage {
            Stage::Ready => true,
            Stage::Welcome => {
                let is_connected = self.connect(self.team).await;
                is_connected && self.is_chosen().await
            }
            Stage::ChooseRep => self.choose_rep().await,
        }
    }

    async fn is_chosen(&mut self) -> bool {
        match self.windows.status().await.map(|status| status.stage) {
            Some(Stage::Ready) => true,
            Some(Stage::ChooseRep) => self.choose_rep().await,
            _ => false,
        }
    }

    /// Pastes a team's key and waits for the checks.
    pub(super) async fn connect(&mut self, team: usize) -> bool {
        phase(Phase::Connecting);
        if self.chance(self.told.mood.slips) {
            happened(Happening::WrongKeyPasted);
            if self.paste(WRONG_KEY, 1).await {
                wrong("the checks of a key that Apollo does not know ended as connected");
            }
        }
        let Some(key) = self.told.plan.teams.get(team).map(|team| team.key.clone()) else {
            return false;
        };
        let clicks = if self.chance(self.told.mood.twice) {
            8
        } else {
            1
        };
        if clicks > 1 {
            happened(Happening::EightClicksOnConnect);
        }
        let is_connected = self.paste(&key, clicks).await;
        if is_connected {
            self.team = team;
        }
        phase(Phase::Idle);
        is_connected
    }

    /// Clicks so many times at once, and waits for the end of the checks.
    async fn paste(&mut self, key: &str, clicks: usize) -> bool {
        let windows = &self.windows;
        let mut all: Vec<_> = (0..clicks)
            .map(|_| Box::pin(windows.start_connecting(key)))
            .collect();
        std::future::poll_fn(|context| {
            all.retain_mut(|one| one.as_mut().poll(context).is_pending());
            if all.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        drop(all);
        let began = self.clock.elapsed();
        loop {
            let Ok(progress) = self.windows.connect_progress().await else {
                return false;
            };
            match progress.state {
                ConnectState::Connected => return true,
                ConnectState::AskThisRun => {
                    let agreed = self.windows.keep_for_this_run().await;
                    return agreed.is_ok_and(|progress| progress.state == ConnectState::Connected);
                }
                ConnectState::Failed => {
                    let _ = self.windows.reset_connecting().await;
                    return false;
                }
                ConnectState::Idle | ConnectState::Running => {}
            }
            if self.clock.elapsed().saturating_sub(began) > PATIENCE {
                return false;
            }
            self.pause(POLL_INTERVAL).await;
        }
    }

    /// Chooses who the rep is: anybody of the list who works in this run.
    pub(super) async fn choose_rep(&mut self) -> bool {
        phase(Phase::ChoosingRep);
        let Some(people) = self.people().await else {
            return false;
        };
        let plan = &self.told.plan;
        let known: Vec<_> = people
            .users
            .iter()
            .filter(|user| plan.team_of(&user.user_id).is_some())
            .map(|user| user.user_id.clone())
            .collect();
        let Some(rep) = known.choose(&mut self.random).cloned() else {
            return false;
        };
        let before = self.unsent().await;
        let chosen = if self.chance(self.told.mood.twice * 1.5) {
            happened(Happening::TwoClicksOnRep);
            let (one, two) =
                tokio::join!(self.windows.choose_rep(&rep), self.windows.choose_rep(&rep));
            one.or(two)
        } else {
            self.windows.choose_rep(&rep).await
        };
        phase(Phase::Idle);
        if chosen.is_err() {
            return false;
        }
        self.team = self.told.plan.team_of(&rep).unwrap_or(self.team);
        self.were_in_sight(before, "a rep was to be chosen").await;
        true
    }

    async fn people(&self) -> Option<UserList> {
        let began = self.clock.elapsed();
        while self.clock.elapsed().saturating_sub(began) < PATIENCE {
            let people = self.windows.users().await.ok()?;
            if !people.loading && !people.users.is_empty() {
                return Some(people);
            }
            self.pause(POLL_INTERVAL).await;
        }
        None
    }

    /// How many unsent calls the window says there are, here and elsewhere.
    pub(super) async fn unsent(&self) -> u32 {
        let status = self.windows.status().await;
        status.map_or(0, |status| status.unsent + status.unsent_elsewhere)
    }

    /// Complains of calls that wait now and were not shown before: nothing was saved in between.
    async fn were_in_sight(&self, before: u32, when: &str) {
        let now = self.unsent().await;
        if before == 0 && now > 0 {
            wrong(format!(
                "unsent calls ({now}) were out of sight while {when}"
            ));
        }
    }

    /// One thing that is not work.
    pub(super) async fn leave(&mut self) {
        phase(Phase::Leaving);
        match self.random.random_range(0..20) {
            0..6 => self.change_rep().await,
            6..11 => self.change_key().await,
            11..13 => self.change_settings().await,
            13 => self.change_outcomes().await,
            14..16 => self.look_at_sample_data().await,
            _ => {
                let seconds = self.random.random_range(-CLOCK_S_MAX..=CLOCK_S_MAX);
                self.clock.set_by(seconds);
                happened(Happening::ClockSet);
            }
        }
    }

    /// *Change who I am*.
    pub(super) async fn change_rep(&mut self) {
        let waited = self.unsent().await > 0;
        let Ok(status) = self.windows.change_rep().await else {
            return;
        };
        happened(if waited {
            Happening::RepChangedWhileCallsWaited
        } else {
            Happening::RepChanged
        });
        if status.stage == Stage::ChooseRep {
            let pause_ms = self.random.random_range(0..4_000);
            self.pause(Duration::from_millis(pause_ms)).await;
            self.choose_rep().await;
        }
    }

    /// Forgets the key, and pastes one after a while: the same, or another team's.
    async fn change_key(&mut self) {
        if self.windows.forget_key().await.is_err() {
            return;
        }
        happened(Happening::KeyForgotten);
        let before = self.unsent().await;
        let pause_ms = self.random.random_range(0..6_000);
        self.pause(Duration::from_millis(pause_ms)).await;
        let teams = self.told.plan.teams.len();
        let team = if self.chance(0.35) {
            (self.team + 1) % teams
        } else {
            self.team
        };
        let former = self.team;
        if !self.connect(team).await {
            return;
        }
        happened(if team == former {
            Happening::KeyPastedAgain
        } else {
            Happening::OtherTeamsKeyPasted
        });
        self.be_of_team(team).await;
        if team == former {
            self.were_in_sight(before, "no key was there").await;
        }
    }

    /// Nobody works with another team's key as somebody of the last team.
    pub(super) async fn be_of_team(&mut self, team: usize) -> bool {
        let is_of_team = |status: &Status| {
            let rep = status.rep.as_ref();
            rep.and_then(|rep| self.told.plan.team_of(&rep.user_id)) == Some(team)
        };
        let Some(status) = self.windows.status().await else {
            return false;
        };
        if status.stage == Stage::Ready && is_of_team(&status) {
            return true;
        }
        if status.stage == Stage::Ready && self.windows.change_rep().await.is_err() {
            return false;
        }
        self.is_chosen().await
    }

    /// Puts the rules of this run into the settings; everybody may be dialed, after a question at
    /// most.
    pub(super) async fn put_rules(&mut self) {
        let Ok(mut settings) = self.windows.settings().await else {
            return;
        };
        let rules = self.told.plan.rules();
        if settings.rules == rules {
            return;
        }
        settings.rules = rules;
        settings.undo_s = self.random.random_range(0..=UNDO_S_MAX);
        settings.calling_hours = CallingHours {
            outside: OutsideHours::Ask,
            ..settings.calling_hours
        };
        // A full disk refuses; the rules are put again at the next start then.
        let _ = self.windows.put_settings(settings).await;
    }

    async fn change_settings(&mut self) {
        let Ok(mut settings) = self.windows.settings().await else {
            return;
        };
        settings.undo_s = self.random.random_range(0..=UNDO_S_MAX);
        if self.windows.put_settings(settings).await.is_ok() {
            happened(Happening::SettingsChanged);
        }
    }

    /// Puts the list of outcomes into another order, or renames an outcome: a wrap-up is about the
    /// outcome itself, not about its place or its name.
    async fn change_outcomes(&mut self) {
        let Ok(list) = self.windows.dispositions().await else {
            return;
        };
        let Some(outcome) = list.outcomes.choose(&mut self.random) else {
            return;
        };
        let key = outcome.key.clone();
        let change = match self.random.random_range(0..4) {
            0..2 => OutcomeChange::Move {
                key,
                to: self.random.random_range(0..OUTCOME_PLACES),
            },
            2 => OutcomeChange::Rename {
                key,
                name: format!("Outcome {}", self.random.random_range(0..1_000)),
            },
            _ => OutcomeChange::Undo,
        };
        if self.windows.change_outcomes(change).await.is_ok() {
            happened(Happening::OutcomesChanged);
        }
    }

    /// Goes to the sample data, skips one of its tasks, and comes back.
    async fn look_at_sample_data(&mut self) {
        if self.windows.enter_sample_data().await.is_err() {
            return;
        }
        happened(Happening::SampleDataEntered);
        let before = self.unsent().await;
        let began = self.clock.elapsed();
        while self.clock.elapsed().saturating_sub(began) < PATIENCE {
            let queue = self.windows.open_queue().await;
            let task = queue.ok().and_then(|queue| {
                let mut rows = queue.rows.into_iter();
                rows.find(|row| row.state == RowState::Open)
            });
            if let Some(row) = task {
                let marker = &self.told.plan.marker;
                let args = SkipArgs {
                    task_id: row.task_id,
                    reason: SkipReason::NotRelevant,
                    note: format!("{marker} {SAMPLE}"),
                };
                let _ = self.windows.skip(args).await;
                break;
            }
            self.pause(POLL_INTERVAL).await;
        }
        if self.windows.leave_sample_data().await.is_ok() {
            self.were_in_sight(before, "the sample data was shown")
                .await;
        }
    }
}
