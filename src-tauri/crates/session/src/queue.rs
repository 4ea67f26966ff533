//! Picking a queue and moving through it. Costs no request.

use apollo::ids::TaskId;
use domain::{
    links::{self, Page},
    position::{Position, QueueScope},
};

use crate::{
    Session,
    error::{Error, Invalid, Kept},
};

/// Done tasks that are stored with the place in the list: more than anybody calls in a day.
const DONE_STORED_MAX: usize = 1_000;

/// Something of a card that opens in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardPage {
    Linkedin,
    Website,
}

impl Session {
    /// Opens the queue of a scope from what is in memory.
    pub async fn open_queue(&self, scope: QueueScope) -> Result<(), Error> {
        self.with_moment(|state, moment| {
            state.wanted = None;
            state.tasks.open_queue(scope, None, moment);
        });
        self.keep_position().await
    }

    /// The scope of the open queue, or of the one that opens once its tasks are here.
    pub fn queue_scope(&self) -> Option<QueueScope> {
        let state = self.state();
        let open = state.tasks.queue().map(|queue| queue.scope.clone());
        open.or_else(|| state.wanted.as_ref().map(|(scope, ..)| scope.clone()))
    }

    /// Goes back to the report.
    pub async fn close_queue(&self) -> Result<(), Error> {
        {
            let mut state = self.state();
            state.wanted = None;
            state.tasks.close_queue();
        }
        let stored = self.store.put_position(None).await;
        stored.map_err(Error::not_kept(Kept::Position))
    }

    /// Selects a row of the open queue.
    pub async fn select(&self, task: &TaskId) -> Result<(), Error> {
        if !self.state().tasks.select(task) {
            return Err(Error::TaskGone);
        }
        self.keep_position().await
    }

    /// The page of something on a card that opens in the browser.
    pub fn page(&self, task: &TaskId, page: CardPage) -> Result<Page, Error> {
        let state = self.state();
        let task = state.tasks.task(task).ok_or(Error::TaskGone)?;
        let page = match page {
            CardPage::Linkedin => {
                let contact = task.contact.as_ref();
                links::linkedin(contact.and_then(|contact| contact.linkedin_url.as_deref()))
            }
            CardPage::Website => task.account.as_ref().and_then(|account| {
                links::website(account.website_url.as_deref(), account.domain.as_deref())
            }),
        };
        page.ok_or_else(|| Invalid::NoSuchLink.into())
    }

    /// Opens the queue of the last run once its tasks are here; `whole` when all of them are.
    pub(crate) fn resume_queue(&self, whole: bool) {
        self.with_moment(|state, moment| {
            let Some((scope, task, done)) = state.wanted.clone() else {
                return;
            };
            let is_here = task
                .as_ref()
                .is_none_or(|task| state.tasks.task(task).is_some());
            if is_here || whole {
                let task = task.filter(|task| state.tasks.task(task).is_some());
                state.tasks.open_queue(scope, task, moment);
                state.tasks.add_done(done);
                state.wanted = None;
            }
        });
    }

    pub(crate) async fn keep_position(&self) -> Result<(), Error> {
        let today = self.today();
        let position = self.state().tasks.queue().map(|queue| Position {
            scope: queue.scope.clone(),
            task_id: queue.selected.clone(),
            rep_id: Some(self.rep.id().clone()),
            done: queue
                .done
                .iter()
                .rev()
                .take(DONE_STORED_MAX)
                .cloned()
                .collect(),
            day: Some(today),
        });
        self.store
            .put_position(position.as_ref())
            .await
            .map_err(Error::not_kept(Kept::Position))
    }
}
