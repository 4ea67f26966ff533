//! Work that runs behind a workspace, and how it ends.
//!
//! Promises: everything spawned here stops when the workspace closes. Must never: outlive it.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use tokio::task::JoinSet;
use tracing::warn;
use tracing_mutex::stdsync::Mutex;

use super::Workspace;
use crate::{changes::WorkspaceChange, disk::close_store};

/// How long the numbers of the budget may change before they are stored.
const BUDGET_STORED_AFTER_MS: u64 = 5_000;
/// How long sending may take when a workspace closes: less than the shell waits for it.
const CLOSING_GRACE_MS: u64 = 2_000;
/// How often Handset checks whether something should be read back.
const VERIFY_EVERY_MS: u64 = 60_000;

impl Workspace {
    /// Runs something for as long as the workspace lives.
    pub(super) fn spawn<F>(self: &Arc<Self>, work: impl FnOnce(Arc<Self>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let work = work(Arc::clone(self));
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(work);
    }

    /// Runs something for as long as the session is open.
    pub(super) fn spawn_for_session(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self
            .session_tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(work);
    }

    pub(super) async fn stop_session_tasks(&self) {
        stop(&self.session_tasks).await;
    }

    pub(super) async fn keep_budget(self: Arc<Self>) {
        let mut changes = self.budget.subscribe();
        loop {
            if changes.changed().await.is_err() {
                return;
            }
            self.changed(WorkspaceChange::Budget);
            self.clock
                .sleep(Duration::from_millis(BUDGET_STORED_AFTER_MS))
                .await;
            changes.mark_unchanged();
            self.put_budget().await;
        }
    }

    pub(super) async fn put_budget(&self) {
        let stored = match serde_json::to_value(self.budget.snapshot()) {
            Ok(value) => self.sled.put_budget(&self.origin, &value).await,
            Err(error) => {
                warn!(%error, "the budget cannot be written down");
                return;
            }
        };
        if let Err(error) = stored {
            warn!(%error, "the budget could not be stored");
        }
    }

    /// Reads back what Apollo has acknowledged, now and then.
    pub(super) async fn verify(self: Arc<Self>) {
        loop {
            self.clock
                .sleep(Duration::from_millis(VERIFY_EVERY_MS))
                .await;
            self.outbox.verify().await;
        }
    }

    /// Sends held-back calls at once, gives requests in flight a moment to finish, then stops
    /// everything. A step that was not sent is durable.
    pub(crate) async fn close(&self) {
        self.outbox.hold(false);
        self.outbox
            .finish_up(Duration::from_millis(CLOSING_GRACE_MS))
            .await;
        self.close_session().await;
        stop(&self.tasks).await;
        self.outbox.close().await;
        self.put_budget().await;
        if self.is_sandbox()
            && let Err(error) = close_store(Arc::clone(&self.sled)).await
        {
            warn!(%error, "the sample data did not close cleanly");
        }
    }
}

/// Ends tasks, and returns when they have ended.
async fn stop(tasks: &Mutex<JoinSet<()>>) {
    let mut tasks = {
        let mut running = tasks.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *running)
    };
    tasks.shutdown().await;
}
