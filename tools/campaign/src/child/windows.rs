//! The windows: every command that the child uses, called as a window calls it.

use std::sync::Arc;

use commands::{
    Core,
    arguments::{
        CallFormArgs, ConnectArgs, CorrectArgs, DialArgs, NoArgs, OutcomesChangeArgs, PastedKey,
        QueueOpenArgs, QueueRowsArgs, ReceiptCorrectArgs, ReceiptDiscardArgs, RepChooseArgs,
        SettingsPutArgs, SkipArgs, TaskArgs, UsersArgs, WrapUpIdArgs,
    },
    host::Caller,
    run,
};
use present::{
    Card, ConnectProgress, DiscardReason, Dispositions, OutcomeChange, Problem, Queue, QueueRow,
    QueueScope, QueueSearch, Receipts, Saved, SequenceReport, Settings, Status, UserList,
};
use uuid::Uuid;

/// The open queue with all of its rows, as a window has it that has scrolled through them.
#[derive(Debug)]
pub(crate) struct WholeQueue {
    head: Queue,
    pub(crate) rows: Vec<QueueRow>,
}

impl std::ops::Deref for WholeQueue {
    type Target = Queue;

    fn deref(&self) -> &Queue {
        &self.head
    }
}

/// A core with its two windows.
pub(crate) struct Windows {
    pub(crate) core: Arc<Core>,
}

type Answer<T> = Result<T, Problem>;

fn main() -> Caller {
    Caller {
        window: "main".to_owned(),
    }
}

fn settings() -> Caller {
    Caller {
        window: "settings".to_owned(),
    }
}

fn none() -> NoArgs {
    NoArgs {}
}

fn task(id: &apollo::ids::TaskId) -> TaskArgs {
    TaskArgs {
        task_id: id.clone(),
    }
}

fn wrap_up(wrap_up_id: Uuid) -> WrapUpIdArgs {
    WrapUpIdArgs { wrap_up_id }
}

impl Windows {
    pub(crate) async fn status(&self) -> Option<Status> {
        run::status_get(&self.core, &main(), none()).await.ok()
    }

    // ---- key, rep, settings

    pub(crate) async fn start_connecting(&self, key: &str) -> Answer<ConnectProgress> {
        let key = PastedKey::new(key);
        run::connect_start(&self.core, &main(), ConnectArgs { key }).await
    }

    pub(crate) async fn connect_progress(&self) -> Answer<ConnectProgress> {
        run::connect_get(&self.core, &main(), none()).await
    }

    pub(crate) async fn keep_for_this_run(&self) -> Answer<ConnectProgress> {
        run::connect_keep_for_this_run(&self.core, &main(), none()).await
    }

    pub(crate) async fn reset_connecting(&self) -> Answer<ConnectProgress> {
        run::connect_reset(&self.core, &main(), none()).await
    }

    pub(crate) async fn forget_key(&self) -> Answer<()> {
        let forgotten = run::key_forget(&self.core, &settings(), none()).await;
        forgotten.map(drop)
    }

    pub(crate) async fn users(&self) -> Answer<UserList> {
        run::users_get(&self.core, &main(), UsersArgs { email: None }).await
    }

    pub(crate) async fn choose_rep(&self, user_id: &apollo::ids::UserId) -> Answer<Status> {
        let user_id = user_id.clone();
        run::rep_choose(&self.core, &main(), RepChooseArgs { user_id }).await
    }

    pub(crate) async fn change_rep(&self) -> Answer<Status> {
        run::rep_change(&self.core, &settings(), none()).await
    }

    pub(crate) async fn enter_sample_data(&self) -> Answer<Status> {
        run::sandbox_start(&self.core, &main(), none()).await
    }

    pub(crate) async fn leave_sample_data(&self) -> Answer<Status> {
        run::sandbox_stop(&self.core, &main(), none()).await
    }

    pub(crate) async fn settings(&self) -> Answer<Settings> {
        let view = run::settings_get(&self.core, &settings(), none()).await;
        view.map(|view| view.settings)
    }

    pub(crate) async fn put_settings(&self, new: Settings) -> Answer<()> {
        let args = SettingsPutArgs { settings: new };
        let put = run::settings_put(&self.core, &settings(), args).await;
        put.map(drop)
    }

    pub(crate) async fn change_outcomes(&self, change: OutcomeChange) -> Answer<()> {
        let args = OutcomesChangeArgs { change };
        let changed = run::outcomes_change(&self.core, &settings(), args).await;
        changed.map(drop)
    }

    // ---- report, queue, card

    pub(crate) async fn report(&self) -> Answer<SequenceReport> {
        run::report_get(&self.core, &main(), none()).await
    }

    pub(crate) async fn load_report(&self) -> Answer<()> {
        run::report_load(&self.core, &main(), none()).await
    }

    pub(crate) async fn queue(&self) -> Option<WholeQueue> {
        let answer = run::queue_get(&self.core, &main(), none()).await;
        self.whole_queue(answer.ok()?.queue?).await.ok()
    }

    pub(crate) async fn open_queue(&self) -> Answer<WholeQueue> {
        let scope = QueueScope::AllCallTasks;
        let head = run::queue_open(&self.core, &main(), QueueOpenArgs { scope }).await?;
        self.whole_queue(head).await
    }

    /// Scrolls through all rows of the open queue.
    async fn whole_queue(&self, head: Queue) -> Answer<WholeQueue> {
        let mut rows = Vec::new();
        loop {
            let args = QueueRowsArgs {
                search: QueueSearch {
                    queue: head.number,
                    text: String::new(),
                },
                from: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                count: 100,
            };
            let page = run::queue_rows_get(&self.core, &main(), args).await?.rows;
            if page.is_empty() {
                return Ok(WholeQueue { head, rows });
            }
            rows.extend(page);
        }
    }

    pub(crate) async fn close_queue(&self) -> Answer<()> {
        run::queue_close(&self.core, &main(), none()).await
    }

    pub(crate) async fn select(&self, id: &apollo::ids::TaskId) -> Answer<Card> {
        run::queue_select(&self.core, &main(), task(id)).await
    }

    pub(crate) async fn card(&self, id: &apollo::ids::TaskId) -> Answer<Card> {
        run::card_get(&self.core, &main(), task(id)).await
    }

    pub(crate) async fn dispositions(&self) -> Answer<Dispositions> {
        run::dispositions_get(&self.core, &main(), none()).await
    }

    // ---- the call

    pub(crate) async fn dial(&self, args: DialArgs) -> Answer<Card> {
        run::call_dial(&self.core, &main(), args).await
    }

    pub(crate) async fn end_call(&self, id: &apollo::ids::TaskId) -> Answer<Card> {
        run::call_end(&self.core, &main(), task(id)).await
    }

    pub(crate) async fn correct_times(&self, args: CorrectArgs) -> Answer<Card> {
        run::call_correct(&self.core, &main(), args).await
    }

    pub(crate) async fn save_draft(&self, args: CallFormArgs) -> Answer<()> {
        run::draft_save(&self.core, &main(), args).await
    }

    pub(crate) async fn save(&self, args: CallFormArgs) -> Answer<Saved> {
        run::wrap_up_save(&self.core, &main(), args).await
    }

    pub(crate) async fn skip(&self, args: SkipArgs) -> Answer<Saved> {
        run::task_skip(&self.core, &main(), args).await
    }

    // ---- the list of calls

    pub(crate) async fn receipts(&self) -> Answer<Receipts> {
        run::receipts_get(&self.core, &main(), none()).await
    }

    pub(crate) async fn undo(&self, id: Uuid) -> Answer<Card> {
        run::wrap_up_undo(&self.core, &main(), wrap_up(id)).await
    }

    pub(crate) async fn retry(&self, id: Uuid) -> Answer<Receipts> {
        run::receipt_retry(&self.core, &main(), wrap_up(id)).await
    }

    pub(crate) async fn edit(&self, args: ReceiptCorrectArgs) -> Answer<Receipts> {
        run::receipt_correct(&self.core, &main(), args).await
    }

    pub(crate) async fn discard(&self, wrap_up_id: Uuid) -> Answer<Receipts> {
        let args = ReceiptDiscardArgs {
            wrap_up_id,
            reason: DiscardReason::NotNeeded,
        };
        run::receipt_discard(&self.core, &main(), args).await
    }
}
