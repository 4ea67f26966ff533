//! Reading: the sweep of call tasks, the sequences, the stages.

use std::sync::Arc;

use apollo::types::Sequence;
use tracing::{info, warn};

use super::{Desk, State};
use crate::{
    ports::Urgency,
    sweep::{Onward, Sweep, SweepState},
    time_text::{counted, refusal},
    view::{Problem, ProblemCode, SequenceReport, StageChoice, StageList, Tag},
};

/// Pages of sequences that are read at most: 2,000 sequences.
const SEQUENCE_PAGES_MAX: u32 = 20;

impl Desk {
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
        self.changed(&[Tag::Report, Tag::Queue]);
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
        self.changed(&[Tag::Report, Tag::Queue, Tag::Card]);
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
                let why = refusal(error, now, &self.zone);
                let sentence = format!(
                    "{why} What was read before stays usable. The rest is read as soon as it can be."
                );
                state.sweep.end(SweepState::Failed, now, Some(sentence));
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
            self.hear(answer.as_ref().err());
            let mut page = answer?;
            // What we asked for counts, should Apollo's echo be off.
            page.page = number;
            let today = self.zone.to_datetime(self.clock.now()).date();
            let onward = {
                let mut state = self.state();
                let (tasks, onward) = state.sweep.take(page, &rep, today, &self.zone);
                state.board.add(tasks);
                if onward == Onward::Whole {
                    let State { board, sweep, .. } = &mut *state;
                    let in_hand = board.on_call().cloned();
                    board.keep_only(sweep.listed(), in_hand.as_ref());
                }
                onward
            };
            self.resume_queue(onward == Onward::Whole);
            self.changed(&[Tag::Report, Tag::Queue]);
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
            self.hear(answer.as_ref().err());
            let mut page = answer?;
            page.page = number;
            let next = page.next_page();
            sequences.extend(page.rows);
            self.state().board.set_sequences(sequences.clone());
            self.changed(&[Tag::Report, Tag::Queue]);
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The stages that a rule can move contacts to.
    pub async fn stages(&self) -> Result<StageList, Problem> {
        let answer = self.apollo.stages().await;
        self.hear(answer.as_ref().err());
        let stages = answer.map_err(|error| {
            Problem::new(
                ProblemCode::Unavailable,
                format!(
                    "The stages could not be read: {}",
                    refusal(&error, self.clock.now(), &self.zone)
                ),
            )
            .hint("Rules without a stage work all the same.")
        })?;
        let choice = |stage: apollo::types::ContactStage| StageChoice {
            id: stage.id.to_string(),
            name: stage.name,
        };
        Ok(StageList {
            stages: stages.into_iter().map(choice).collect(),
        })
    }

    /// The sequence report as of now.
    pub fn report(&self) -> SequenceReport {
        let today = self.today_line();
        self.with_moment(|state, moment| {
            let (all, without_sequence, sequences) = state.board.report(self.rep.id(), moment);
            SequenceReport {
                all,
                without_sequence,
                sequences,
                loading: state.sweep.view(moment.now, moment.rep_zone),
                today,
            }
        })
    }

    fn today_line(&self) -> String {
        let receipts = self.receipts();
        let calls = |sent: bool| {
            let rows = receipts.rows.iter().filter(|row| {
                row.kind == crate::view::ReceiptKind::Call
                    && (row.state == crate::view::ReceiptState::Sent) == sent
            });
            u32::try_from(rows.count()).unwrap_or(u32::MAX)
        };
        let logged = match calls(true) {
            0 => "No calls logged yet today".to_owned(),
            some => counted(some, "call logged today", "calls logged today"),
        };
        match receipts.unsent {
            0 => logged,
            unsent => format!("{logged}, {unsent} not sent yet"),
        }
    }
}
