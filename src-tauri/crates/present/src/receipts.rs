//! Receipts: what became of each wrap-up of the day, and what a person may do about it.

use apollo::ids::{TaskId, UserId};
use domain::{
    dates::start_of_day,
    draft,
    wrap_up::{self, ReceiptRecord, Work, WrapUp},
};
use outbox::Outbox;
use serde::{Deserialize, Serialize};
use session::{CallContent, Session, TaskState};
use text::{Text, message};
use ts_rs::TS;

use crate::{
    CallForm,
    names::name,
    queue::{ending, size},
    receipt::{Receipt, ReceiptKind, ReceiptState},
    receipt_texts::{Around, of_record, of_wrap_up},
    saving::skip_reason,
};

/// Today's wrap-ups, those that need a person first, then newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Receipts {
    pub rows: Vec<Receipt>,
    pub sent: u32,
    pub unsent: u32,
    pub blocked: u32,
}

/// Why a person gives up what is left of a wrap-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiscardReason {
    /// Somebody wrote it into Apollo by hand.
    LoggedByHand,
    /// It was the wrong person or number.
    WrongPerson,
    /// It is there twice.
    Duplicate,
    /// Nobody needs it any more.
    NotNeeded,
}

/// The content of a call, to be edited.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptContent {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    pub form: CallForm,
    /// The outcome's name when it was chosen, should the list not have it any more.
    pub outcome_name: Option<String>,
    /// True when it was read from Apollo, since it is not stored here once it is sent.
    pub from_apollo: bool,
}

impl std::fmt::Debug for ReceiptContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReceiptContent")
            .field("wrap_up_id", &self.wrap_up_id)
            .finish_non_exhaustive()
    }
}

impl From<CallContent> for ReceiptContent {
    fn from(content: CallContent) -> Self {
        let CallContent {
            wrap_up_id,
            outcome,
            outcome_name,
            details,
            is_from_apollo,
        } = content;
        let form = draft::CallForm {
            outcome,
            details,
            ..draft::CallForm::default()
        };
        Self {
            wrap_up_id: wrap_up_id.0,
            form: form.into(),
            outcome_name,
            from_apollo: is_from_apollo,
        }
    }
}

/// Where the day was written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Exported {
    pub path: String,
    pub calls: u32,
}

impl From<DiscardReason> for wrap_up::DiscardReason {
    fn from(reason: DiscardReason) -> Self {
        match reason {
            DiscardReason::LoggedByHand => Self::LoggedByHand,
            DiscardReason::WrongPerson => Self::WrongPerson,
            DiscardReason::Duplicate => Self::Duplicate,
            DiscardReason::NotNeeded => Self::NotNeeded,
        }
    }
}

/// Today's receipts, and everything that is not sent.
pub fn receipts(session: &Session) -> Receipts {
    let outbox = session.outbox();
    let (now, zone) = (session.now(), session.zone());
    let who = |task: &TaskId| session.view(|view| view.tasks.task(task).map(name));
    let (waiting, acknowledged) = outbox.wrap_ups_and_receipts();
    let mut rows: Vec<Receipt> = waiting
        .iter()
        .map(|wrap_up| {
            let around = Around {
                who: who(&wrap_up.task_id),
                result: Some(result_of(wrap_up)),
                logged_as: logged_as(outbox, wrap_up.rep.id()),
                held_back: outbox.held_back(wrap_up.id),
                now,
                zone,
            };
            of_wrap_up(wrap_up, around)
        })
        .collect();
    let is_blocked = |row: &&Receipt| row.state == ReceiptState::Blocked;
    let blocked = size(rows.iter().filter(is_blocked).count());
    let unsent = size(rows.len());
    let midnight = start_of_day(now, zone);
    let today = acknowledged
        .iter()
        .filter(|record| record.saved_at >= midnight)
        .map(|record| {
            let around = Around {
                who: who(&record.task_id),
                result: result_of_record(session, record),
                logged_as: logged_as(outbox, &record.user_id),
                held_back: None,
                now,
                zone,
            };
            let content = outbox.result_of(record.wrap_up_id);
            of_record(record, content.as_ref(), around)
        });
    let today: Vec<_> = today.collect();
    let is_sent = |row: &&Receipt| row.state == ReceiptState::Sent;
    let sent = size(today.iter().filter(is_sent).count());
    rows.extend(today);
    rows.sort_by(|a, b| {
        let waits = |row: &Receipt| row.state != ReceiptState::Blocked;
        waits(a)
            .cmp(&waits(b))
            .then_with(|| b.saved_at.cmp(&a.saved_at))
    });
    Receipts {
        rows,
        sent,
        unsent,
        blocked,
    }
}

/// Who made the call, whoever is the rep now.
fn logged_as(outbox: &Outbox, user: &UserId) -> Text {
    match outbox.rep(user) {
        Some(rep) if !rep.name.is_empty() => Text::verbatim(rep.name),
        _ => message!("receipt-logged-as-user", id = user.to_string()),
    }
}

fn result_of(wrap_up: &WrapUp) -> Text {
    match &wrap_up.work {
        Work::Skip(skip) => skip_reason(skip.reason),
        Work::Call(_) | Work::Correction(_) => wrap_up
            .result()
            .map(|result| Text::verbatim(&result.outcome_name))
            .unwrap_or_default(),
    }
}

/// The outcome of an acknowledged wrap-up, as far as it is known.
fn result_of_record(session: &Session, record: &ReceiptRecord) -> Option<Text> {
    let outcome = session.outcome_of(record).map(Text::verbatim);
    outcome.or_else(|| {
        // After a restart it is only known that it was finished here.
        session.view(|view| {
            let finished = view.tasks.finished(&record.task_id)?;
            let is_of_this_run =
                matches!(finished.state(), TaskState::Finished | TaskState::Skipped);
            is_of_this_run.then(|| ending(finished))
        })
    })
}

/// The day's numbers: "12 calls logged today, 2 not sent yet".
pub fn today_line(receipts: &Receipts) -> Text {
    let is_logged =
        |row: &&Receipt| row.kind == ReceiptKind::Call && row.state == ReceiptState::Sent;
    let logged = size(receipts.rows.iter().filter(is_logged).count());
    match (logged, receipts.unsent) {
        (0, 0) => message!("today-none"),
        (0, unsent) => message!("today-none-unsent", unsent = unsent),
        (logged, 0) => message!("today-logged", logged = logged),
        (logged, unsent) => message!("today-logged-unsent", logged = logged, unsent = unsent),
    }
}
