//! Reading: the sweep of call tasks, the sequences, the stages.

use std::sync::Arc;

use apollo::types::{ContactStage, Sequence};
use outbox::Urgency;
use tracing::{info, warn};

use crate::{
    Session, SessionChange, State,
    error::{Error, Read},
    sweep::{Onward, Sweep, SweepState},
};

/// Pages of sequences that are read at most: 2,000 sequences.
const SEQUENCE_PAGES_MAX: u32 = 20;

impl Session {
    /// Reads the call tasks and sequences anew. Returns when all is read or a person stopped it; does
    /// nothing if a sweep is going on.
    pub async fn load(self: &Arc<Self>) -> Result<(), apollo::Error> {
        {
            let mut state = self.state();
            if state.sweep.is_going() {
                return Ok(());
            }
            state.sweep.begin();
        }
        self.changed(SessionChange::Tasks);
        let stopped = self.stop_sweep.notified();
        let swept = tokio::select! {
            swept = self.sweep() => swept,
            () = stopped => {
                let now = self.clock.now();
                self.state().sweep.end(SweepState::Cancelled, now, None);
                info!("sweep cancelled");
                Ok(())
            }
        };
        self.changed(SessionChange::Tasks);
        swept
    }

    /// Stops a sweep; what has been read stays.
    pub fn cancel_load(&self) {
        self.stop_sweep.notify_waiters();
    }

    async fn sweep(&self) -> Result<(), apollo::Error> {
        let (tasks, sequences) = tokio::join!(self.sweep_tasks(), self.sweep_sequences());
        let swept = tasks.and(sequences);
        let now = self.clock.now();
        let mut state = self.state();
        match &swept {
            Ok(()) => state.sweep.end(SweepState::Complete, now, None),
            Err(error) => {
                warn!(%error, code = error.code(), "sweep failed");
                state
                    .sweep
                    .end(SweepState::Failed, now, Some(error.clone()));
            }
        }
        swept
    }

    async fn sweep_tasks(&self) -> Result<(), apollo::Error> {
        let rep = self.rep.id().clone();
        let mut number = 1;
        loop {
            let urgency = if number == 1 {
                Urgency::Waiting
            } else {
                Urgency::Background
            };
            let answer = self
                .apollo
                .tasks(Sweep::search(&rep, number), urgency)
                .await;
            self.handle_answer(answer.as_ref().err());
            let mut page = answer?;
            // The number that was asked for counts, since Apollo's echo may be wrong.
            page.page = number;
            let today = self.today();
            let onward = {
                let mut state = self.state();
                let (tasks, onward) = state.sweep.take(page, &rep, today, &self.zone);
                state.tasks.add(tasks);
                if onward == Onward::Whole {
                    let State { tasks, sweep, .. } = &mut *state;
                    let in_hand = tasks.on_call().cloned();
                    tasks.keep_only(sweep.listed(), in_hand.as_ref());
                }
                onward
            };
            self.resume_queue(onward == Onward::Whole);
            self.changed(SessionChange::Tasks);
            match onward {
                Onward::Page(next) => number = next,
                Onward::Whole | Onward::Partial => return Ok(()),
            }
        }
    }

    async fn sweep_sequences(&self) -> Result<(), apollo::Error> {
        let mut sequences: Vec<Sequence> = Vec::new();
        for number in 1..=SEQUENCE_PAGES_MAX {
            let answer = self.apollo.sequences(number).await;
            self.handle_answer(answer.as_ref().err());
            let mut page = answer?;
            page.page = number;
            let next = page.next_page();
            sequences.extend(page.rows);
            self.state().tasks.set_sequences(sequences.clone());
            self.changed(SessionChange::Tasks);
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The stages that a rule can move contacts to.
    pub async fn stages(&self) -> Result<Vec<ContactStage>, Error> {
        let answer = self.apollo.stages().await;
        self.handle_answer(answer.as_ref().err());
        answer.map_err(|error| Error::NotRead {
            what: Read::Stages,
            error,
        })
    }
}
