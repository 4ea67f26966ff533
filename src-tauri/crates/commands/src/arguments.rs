//! What windows send with a command. Parsed strictly: an unknown field is refused.

use apollo::ids::{TaskId, UserId};
use clock::Timestamp;
use present::{
    CallForm, CardLink, DiscardReason, OutcomeChange, Panes, Queue, QueueScope, QueueSearch,
    Settings, SkipReason,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use zeroize::Zeroizing;

macro_rules! arguments {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize, TS)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }
    )*};
}

arguments! {
    /// A command without arguments.
    NoArgs {}
    NoticeArgs { id: u32 }
    /// The key as pasted. It goes no further than the checks and the keychain.
    ConnectArgs { #[ts(type = "string")] key: PastedKey }
    UsersArgs {
        /// An email the rep typed, to find themselves by.
        email: Option<String>,
    }
    RepChooseArgs { #[ts(type = "string")] user_id: UserId }
    QueueOpenArgs { scope: QueueScope }
    QueueRowsArgs {
        search: QueueSearch,
        /// The place of the first row, from 0.
        from: u32,
        count: u32,
    }
    QueuePlaceArgs { search: QueueSearch, #[ts(type = "string")] task_id: TaskId }
    TaskArgs { #[ts(type = "string")] task_id: TaskId }
    /// The form of a call, as a draft or to be saved.
    CallFormArgs { #[ts(type = "string")] task_id: TaskId, form: CallForm }
    DialArgs {
        #[ts(type = "string")] task_id: TaskId,
        /// The index in the card's phones.
        phone: u32,
        /// True once the rep was asked and chose to call outside calling hours.
        confirmed: bool,
    }
    CorrectArgs {
        #[ts(type = "string")] task_id: TaskId,
        #[ts(type = "string")] started_at: Timestamp,
        #[ts(type = "string")] ended_at: Timestamp,
    }
    /// The corrected form of a saved call: its outcome, purpose and note.
    ReceiptCorrectArgs { #[ts(type = "string")] wrap_up_id: Uuid, form: CallForm }
    ReceiptDiscardArgs { #[ts(type = "string")] wrap_up_id: Uuid, reason: DiscardReason }
    ExportArgs {
        /// Notes are content of calls; they leave Handset only when asked for.
        with_notes: bool,
    }
    SkipArgs {
        #[ts(type = "string")] task_id: TaskId,
        reason: SkipReason,
        note: String,
    }
    WrapUpIdArgs { #[ts(type = "string")] wrap_up_id: Uuid }
    SettingsPutArgs { settings: Settings }
    OutcomesChangeArgs { change: OutcomeChange }
    PanesArgs { panes: Panes }
    LinkArgs { #[ts(type = "string")] task_id: TaskId, link: CardLink }
}

/// A key on its way in: it cannot be printed or sent on, and is wiped when dropped.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct PastedKey(Zeroizing<String>);

impl PastedKey {
    /// A key as somebody typed or pasted it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// For the checks only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

/// The open queue, if one is open.
#[derive(Serialize, TS)]
pub struct QueueAnswer {
    pub queue: Option<Queue>,
}
