//! A session as a window works with it: each action answers with what the window shows next, and an
//! error is the text that a person reads.

use std::{ops::Deref, sync::Arc};

use ::apollo::ids::{PurposeId, TaskId};
use clock::Timestamp;
use domain::{
    dispositions::ListChange,
    draft::{CallDetails, CallForm},
    phone::E164,
    position::QueueScope,
    wrap_up::{DiscardReason, SkipReason, WrapUpId},
};
use outbox::Outbox;
use present::{
    Card, Connection, Dispositions, OutcomeBook, Problem, Queue, QueueRow, QueueRows, QueueSearch,
    ReceiptContent, Receipts, Saved, SequenceReport, Undo,
};
use session::{Error, Session};
use text::Text;
use uuid::Uuid;

use super::{bench::rep_zone, noted};

/// What the rep of a [`super::DeskBench`] reads.
pub(crate) fn english(text: &Text) -> String {
    text.english_in(&rep_zone())
}

/// The open queue with all of its rows, as a window has it that has scrolled through them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WholeQueue {
    head: Queue,
    pub(crate) rows: Vec<QueueRow>,
}

impl Deref for WholeQueue {
    type Target = Queue;

    fn deref(&self) -> &Queue {
        &self.head
    }
}

pub(crate) fn search_in(queue: u32, text: &str) -> QueueSearch {
    QueueSearch {
        queue,
        text: text.to_owned(),
    }
}

pub(crate) struct Desk(pub(crate) Arc<Session>);

type Answer<T> = Result<T, Problem>;

impl Deref for Desk {
    type Target = Arc<Session>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Desk {
    fn answer<T>(&self, done: Result<T, Error>) -> Answer<T> {
        done.map_err(|error| present::problem(&error, &self.0))
    }

    pub(crate) fn engine(&self) -> &Arc<Outbox> {
        self.0.outbox()
    }

    pub(crate) fn report(&self) -> SequenceReport {
        let today = present::today_line(&self.receipts());
        self.0.view(|view| present::report(view, today))
    }

    pub(crate) fn queue(&self) -> Option<WholeQueue> {
        self.0.view(|view| {
            let head = present::queue(view)?;
            let all = search_in(head.number, "");
            let QueueRows { rows, .. } = present::queue_rows(view, &all, 0, u32::MAX)?;
            Some(WholeQueue { head, rows })
        })
    }

    /// Up to `count` of the rows that match.
    pub(crate) fn queue_rows(
        &self,
        search: &QueueSearch,
        from: u32,
        count: u32,
    ) -> Option<QueueRows> {
        self.0
            .view(|view| present::queue_rows(view, search, from, count))
    }

    /// Where a row stands among those that match.
    pub(crate) fn queue_place(&self, search: &QueueSearch, task: &TaskId) -> Option<u32> {
        let place = self.0.view(|view| present::queue_place(view, search, task));
        place.expect("an open queue").place
    }

    pub(crate) fn card(&self, task: &TaskId) -> Answer<Card> {
        let card = self.0.view(|view| present::card(view, task));
        card.ok_or_else(present::task_gone)
    }

    pub(crate) fn receipts(&self) -> Receipts {
        present::receipts(&self.0)
    }

    pub(crate) fn dispositions(&self) -> Dispositions {
        self.0.view(present::dispositions)
    }

    pub(crate) fn outcome_book(&self) -> OutcomeBook {
        self.0.view(present::outcome_book)
    }

    pub(crate) fn connection(&self) -> Connection {
        present::connection(self.0.outbox(), self.0.now(), self.0.zone())
    }

    pub(crate) fn undo(&self) -> Option<Undo> {
        let undoable = self.0.undoable()?;
        Some(present::undo(undoable))
    }

    pub(crate) async fn open_queue(&self, scope: QueueScope) -> Answer<WholeQueue> {
        self.answer(self.0.open_queue(scope).await)?;
        Ok(self.queue().expect("an open queue"))
    }

    pub(crate) async fn select(&self, task: &TaskId) -> Answer<Card> {
        self.answer(self.0.select(task).await)?;
        self.card(task)
    }

    pub(crate) async fn dial(&self, task: &TaskId, phone: u32, confirmed: bool) -> Answer<E164> {
        self.answer(self.0.dial(task, phone, confirmed).await)
    }

    pub(crate) async fn end_call(&self, task: &TaskId) -> Answer<Card> {
        self.answer(self.0.end_call(task).await)?;
        self.card(task)
    }

    pub(crate) async fn correct_call(
        &self,
        task: &TaskId,
        started_at: Timestamp,
        ended_at: Timestamp,
    ) -> Answer<Card> {
        self.answer(self.0.correct_call(task, started_at, ended_at).await)?;
        self.card(task)
    }

    pub(crate) async fn save_draft(&self, task: &TaskId, form: CallForm) -> Answer<()> {
        self.answer(self.0.save_draft(task, form).await)
    }

    pub(crate) async fn save_call(&self, task: &TaskId, form: CallForm) -> Answer<Saved> {
        self.answer(self.0.save_call(task, form).await)
            .map(Saved::from)
    }

    pub(crate) async fn skip(
        &self,
        task: &TaskId,
        reason: SkipReason,
        note: String,
    ) -> Answer<Saved> {
        self.answer(self.0.skip(task, reason, note).await)
            .map(Saved::from)
    }

    pub(crate) async fn take_back(&self, wrap_up: Uuid) -> Answer<Card> {
        let task = self.answer(self.0.take_back(WrapUpId(wrap_up)).await)?;
        self.card(&task)
    }

    pub(crate) async fn retry(&self, wrap_up: Uuid) -> Answer<Receipts> {
        self.answer(self.0.retry(WrapUpId(wrap_up)).await)?;
        Ok(self.receipts())
    }

    pub(crate) async fn content(&self, wrap_up: Uuid) -> Answer<ReceiptContent> {
        self.answer(self.0.content(WrapUpId(wrap_up)).await)
            .map(ReceiptContent::from)
    }

    pub(crate) async fn correct(
        &self,
        wrap_up: Uuid,
        outcome: &str,
        purpose_id: Option<PurposeId>,
        note: String,
    ) -> Answer<Receipts> {
        let form = CallForm {
            outcome: Some(outcome.to_owned()),
            details: CallDetails {
                purpose_id,
                ..noted(note)
            },
            ..CallForm::default()
        };
        self.answer(self.0.correct(WrapUpId(wrap_up), form).await)?;
        Ok(self.receipts())
    }

    pub(crate) async fn discard(&self, wrap_up: Uuid, reason: DiscardReason) -> Answer<Receipts> {
        self.answer(self.0.discard(WrapUpId(wrap_up), reason).await)?;
        Ok(self.receipts())
    }

    pub(crate) async fn change_outcomes(&self, change: ListChange) -> Answer<OutcomeBook> {
        self.answer(self.0.change_outcomes(change).await)?;
        Ok(self.outcome_book())
    }
}
