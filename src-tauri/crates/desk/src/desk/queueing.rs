//! Picking a queue and moving through it. Costs no request.

use apollo::ids::TaskId;

use super::{Desk, State, not_kept, task_gone};
use crate::{
    board::Moment,
    card::card,
    links,
    ports::Position,
    view::{Card, CardLink, Problem, ProblemCode, Queue, QueueScope, Tag},
};

/// Done tasks that are kept with the place in the list: more than anybody calls in a day.
const DONE_KEPT_MAX: usize = 1_000;

fn queue_of(state: &State, moment: &Moment<'_>) -> Option<Queue> {
    let loading = state.sweep.is_going();
    let missing = state.sweep.missing().filter(|_| !loading);
    state.board.queue_view(moment, loading, missing)
}

impl Desk {
    /// Opens the queue of a scope from what is in memory.
    pub async fn open_queue(&self, scope: QueueScope) -> Result<Queue, Problem> {
        let queue = self.with_moment(|state, moment| {
            state.wanted = None;
            state.board.open_queue(scope, None, moment);
            queue_of(state, moment)
        });
        self.keep_position().await?;
        self.changed(&[Tag::Queue, Tag::Session]);
        queue.ok_or_else(task_gone)
    }

    /// The open queue, if one is open.
    pub fn queue(&self) -> Option<Queue> {
        self.with_moment(|state, moment| queue_of(state, moment))
    }

    /// The scope of the open queue, or of the one that opens once its tasks are here.
    pub fn queue_scope(&self) -> Option<QueueScope> {
        let state = self.state();
        let open = state.board.queue().map(|queue| queue.scope.clone());
        open.or_else(|| state.wanted.as_ref().map(|(scope, ..)| scope.clone()))
    }

    /// Goes back to the report.
    pub async fn close_queue(&self) -> Result<(), Problem> {
        {
            let mut state = self.state();
            state.wanted = None;
            state.board.close_queue();
        }
        let kept = self.store.put_position(None).await;
        self.changed(&[Tag::Queue, Tag::Session]);
        kept.map_err(|error| not_kept(&error, "Your place in the list"))
    }

    /// Selects a row of the open queue.
    pub async fn select(&self, task: &TaskId) -> Result<Card, Problem> {
        if !self.state().board.select(task) {
            return Err(task_gone());
        }
        self.keep_position().await?;
        self.changed(&[Tag::Queue]);
        self.card(task)
    }

    /// The card of a task that is in memory.
    pub fn card(&self, task: &TaskId) -> Result<Card, Problem> {
        let ran = self.ran(task);
        self.with_moment(|state, moment| {
            let task = state.board.task(task).ok_or_else(task_gone)?;
            Ok(card(&state.board, &state.custom_fields, task, ran, moment))
        })
    }

    /// The address of something on a card that opens in the browser.
    pub fn link(&self, task: &TaskId, link: CardLink) -> Result<String, Problem> {
        let state = self.state();
        let task = state.board.task(task).ok_or_else(task_gone)?;
        let page = match link {
            CardLink::Linkedin => {
                let contact = task.contact.as_ref();
                links::linkedin(contact.and_then(|contact| contact.linkedin_url.as_deref()))
            }
            CardLink::Website => task.account.as_ref().and_then(|account| {
                links::website(account.website_url.as_deref(), account.domain.as_deref())
            }),
        };
        page.map(|page| page.address().to_owned()).ok_or_else(|| {
            Problem::new(
                ProblemCode::Invalid,
                "Apollo has no such address, or none that can be opened safely.",
            )
        })
    }

    /// Opens the queue of the last run once its tasks are here; `whole` when all of them are.
    pub(super) fn resume_queue(&self, whole: bool) {
        self.with_moment(|state, moment| {
            let Some((scope, task, done)) = state.wanted.clone() else {
                return;
            };
            let is_here = task
                .as_ref()
                .is_none_or(|task| state.board.task(task).is_some());
            if is_here || whole {
                let task = task.filter(|task| state.board.task(task).is_some());
                state.board.open_queue(scope, task, moment);
                state.board.add_done(done);
                state.wanted = None;
            }
        });
    }

    pub(super) async fn keep_position(&self) -> Result<(), Problem> {
        let today = self.zone.to_datetime(self.clock.now()).date();
        let position = self.state().board.queue().map(|queue| Position {
            scope: queue.scope.clone(),
            task_id: queue.selected.clone(),
            rep_id: Some(self.rep.id().clone()),
            done: queue
                .done
                .iter()
                .rev()
                .take(DONE_KEPT_MAX)
                .cloned()
                .collect(),
            day: Some(today),
        });
        self.store
            .put_position(position.as_ref())
            .await
            .map_err(|error| not_kept(&error, "Your place in the list"))
    }
}
