//! The last life: no faults, the right key, and a person who answers each question of each call once.

use std::{collections::BTreeSet, time::Duration};

use ::clock::Clock as _;
use present::{Receipt, ReceiptState, ReceiptStepKind, Stage, VerificationState};
use uuid::Uuid;

use super::{Life, english};
use crate::messages::{Alarm, Message, Row, say, wrong};

/// How often the person checks whether everything is sent.
const CHECK_INTERVAL: Duration = Duration::from_secs(5);
/// For how many checks everything that is left may be blocked, although it was retried.
const HOPELESS_CHECKS_MAX: usize = 20;
/// How often the person tries to connect before giving up.
const CONNECTS_MAX: usize = 20;

impl Life {
    /// Lets every team's calls go, one team after the other, and reports what became of all.
    pub(super) async fn come_to_rest(&mut self, limit: Duration) {
        let teams = self.order().await;
        let limit = limit / u32::try_from(teams.len()).unwrap_or(1).max(1);
        for team in teams {
            if !self.be_connected_as(team).await {
                self.complain_of_connecting(team).await;
                continue;
            }
            self.let_go(team, limit).await;
        }
        let stuck = self.waiting().await;
        let rows = self.rows().await;
        say(&Message::Receipts {
            rows: rows.iter().map(row_of).collect(),
        });
        if stuck.is_empty() {
            say(&Message::AtRest);
        }
    }

    /// Lets one team's calls go, and reports those that do not go.
    async fn let_go(&mut self, team: usize, limit: Duration) {
        let mut retried = BTreeSet::new();
        let mut hopeless_checks = 0;
        let began = self.clock.elapsed();
        loop {
            let waiting = self.waiting().await;
            let of_team: Vec<&Receipt> = waiting
                .iter()
                .filter(|row| self.team_of(row).is_none_or(|of| of == team))
                .collect();
            if of_team.is_empty() {
                return;
            }
            let is_hopeless = of_team.iter().all(|row| row.state == ReceiptState::Blocked);
            hopeless_checks = if is_hopeless { hopeless_checks + 1 } else { 0 };
            let is_over = self.clock.elapsed().saturating_sub(began) > limit;
            if is_over || hopeless_checks > HOPELESS_CHECKS_MAX {
                for row in of_team {
                    say(&Message::Stuck {
                        call: self.call_of(row),
                        text: format!("{:?}: {}", row.state, english(&row.sentence)),
                    });
                }
                return;
            }
            self.tend(&waiting, &mut retried).await;
            self.pause(CHECK_INTERVAL).await;
        }
    }

    /// The team whose key is in use, then those that have calls waiting.
    async fn order(&mut self) -> Vec<usize> {
        self.be_connected_as(self.team).await;
        let waiting = self.waiting().await;
        let mut teams: Vec<usize> = waiting.iter().filter_map(|row| self.team_of(row)).collect();
        teams.push(self.team);
        teams.sort_by_key(|team| (*team != self.team, *team));
        teams.dedup();
        teams
    }

    fn team_of(&self, row: &Receipt) -> Option<usize> {
        let mut teams = self.told.plan.teams.iter();
        teams.position(|team| team.tasks.iter().any(|task| task.id == row.task_id))
    }

    /// What is unsent.
    async fn waiting(&self) -> Vec<Receipt> {
        let is_over =
            |row: &Receipt| matches!(row.state, ReceiptState::Sent | ReceiptState::Discarded);
        let rows = self.rows().await;
        rows.into_iter().filter(|row| !is_over(row)).collect()
    }

    /// Pastes the team's key again and chooses a rep, whatever key was there before.
    async fn be_connected_as(&mut self, team: usize) -> bool {
        for _ in 0..CONNECTS_MAX {
            if self.is_connected_as(team).await {
                return true;
            }
            self.pause(CHECK_INTERVAL).await;
        }
        false
    }

    async fn is_connected_as(&mut self, team: usize) -> bool {
        let Some(status) = self.windows.status().await else {
            return false;
        };
        // The window does not tell which team's key it has, so the key is pasted again.
        if status.stage != Stage::Welcome && self.windows.forget_key().await.is_err() {
            return false;
        }
        self.connect(team).await && self.be_of_team(team).await
    }

    async fn complain_of_connecting(&self, team: usize) {
        let stage = self.windows.status().await.map(|status| status.stage);
        let is_loading = self
            .windows
            .users()
            .await
            .is_ok_and(|people| people.loading);
        wrong(match stage {
            Some(Stage::ChooseRep) if is_loading => {
                format!("team {team}'s people are being read, and never come")
            }
            Some(Stage::ChooseRep) => format!("nobody of team {team} can be chosen"),
            _ => format!("team {team}'s good key was not taken"),
        });
    }

    async fn tend(&mut self, waiting: &[Receipt], retried: &mut BTreeSet<(Uuid, String)>) {
        if self.told.mood.discards_copies {
            self.discard_copies().await;
        }
        let own = self.own_calls();
        for row in waiting {
            let is_own = self.call_of(row).is_some_and(|call| own.contains(&call));
            if self.told.mood.discards_copies && !is_own {
                continue;
            }
            if row.can_retry && retried.insert((row.wrap_up_id, english(&row.sentence))) {
                let call = self.call_of(row);
                self.retry_one(row, call).await;
            }
        }
    }
}

fn row_of(row: &Receipt) -> Row {
    let alarm = match row.verification.state {
        VerificationState::Differs => Some(Alarm::Differs),
        VerificationState::Doubled => Some(Alarm::Doubled),
        VerificationState::Missing => Some(Alarm::Missing),
        VerificationState::None | VerificationState::Pending | VerificationState::Verified => None,
    };
    let call = row
        .steps
        .iter()
        .find(|step| step.kind == ReceiptStepKind::LogCall);
    Row {
        id: row.wrap_up_id,
        task: row.task_id.clone(),
        logged_as: english(&row.logged_as),
        is_sent: row.state == ReceiptState::Sent,
        is_discarded: row.state == ReceiptState::Discarded,
        call_id: call.and_then(|step| step.apollo_id.clone()),
        alarm,
    }
}
