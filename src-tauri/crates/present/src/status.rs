//! The state of Handset as a whole.

use apollo::ids::UserId;
use clock::Timestamp;
use domain::{rep, wrap_up::SkipReason};
use serde::Serialize;
use session::{Ending, Undoable};
use text::Text;
use ts_rs::TS;

use crate::{
    Connection, QueueScope, UpdateView, queue::ending, receipt::ReceiptKind, saving::skip_reason,
};

/// The state of Handset as a whole: the frame's title bar, and which screen comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Status {
    /// Counts every change; a window that sees a gap re-reads everything.
    pub revision: u32,
    pub stage: Stage,
    /// True while the synthetic team is shown.
    pub sandbox: bool,
    /// Scheme and host that Handset talks to.
    pub origin: String,
    /// Whom the key acts as in Apollo, if known.
    pub acting_admin: Option<String>,
    pub rep: Option<Rep>,
    pub key_storage: KeyStorage,
    pub connection: Connection,
    /// Wrap-ups that Apollo has not fully acknowledged.
    pub unsent: u32,
    /// Of those, the ones that wait for a person.
    pub blocked: u32,
    /// Wrap-ups of another Apollo address, or of the real one while sample data is shown, that wait on
    /// this computer too.
    pub unsent_elsewhere: u32,
    /// What *undo* would take back now.
    pub undo: Option<Undo>,
    /// A person wants to quit while calls are unsent.
    pub is_closing: bool,
    /// Call logs the team may still make this hour, if Apollo has reported it.
    pub calls_left_this_hour: Option<u32>,
    /// The queue that was open when Handset last stopped, so that a window returns to it.
    pub open_queue: Option<QueueScope>,
    pub notices: Vec<Notice>,
    /// A newer version of Handset.
    pub update: UpdateView,
    pub version: String,
    /// The rep's own time zone by its IANA name: windows show times in it and no other.
    pub zone: String,
}

/// The licenses of all that Handset is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Licenses {
    /// The notices, as their authors wrote them; none in a build that no installer was made of.
    pub text: Option<String>,
}

/// A wrap-up that can still be taken back.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Undo {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    pub kind: ReceiptKind,
    pub who: Option<Text>,
    pub result: Option<Text>,
    /// Until when.
    #[ts(type = "string")]
    pub until: Timestamp,
}

impl std::fmt::Debug for Undo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Undo")
            .field("wrap_up_id", &self.wrap_up_id)
            .finish_non_exhaustive()
    }
}

/// Which of the three first questions is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No key: offer *Connect to Apollo* and *Explore with sample data*.
    Welcome,
    /// A key, but nobody to log calls as.
    ChooseRep,
    /// Work.
    Ready,
}

/// The person whose calls these are.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rep {
    #[ts(type = "string")]
    pub user_id: UserId,
    pub name: String,
    pub email: Option<String>,
}

impl std::fmt::Debug for Rep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rep")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

impl From<rep::Rep> for Rep {
    fn from(rep: rep::Rep) -> Self {
        let rep::Rep {
            user_id,
            name,
            email,
        } = rep;
        Self {
            user_id,
            name,
            email,
        }
    }
}

/// Where the key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyStorage {
    None,
    Keychain,
    /// In memory: gone when Handset quits.
    ThisRun,
    /// The sandbox's own key.
    Sandbox,
}

/// Something the person should know once, such as a recovered store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Notice {
    pub id: u32,
    pub message: Text,
    pub hint: Option<Text>,
}

/// What *undo* would take back.
pub fn undo(undoable: Undoable) -> Undo {
    let (kind, result) = match undoable.finished.ending {
        // A skip without a reason of its own is named by its kind.
        Ending::Skipped(SkipReason::Other) => (ReceiptKind::Skip, None),
        Ending::Skipped(reason) => (ReceiptKind::Skip, Some(skip_reason(reason))),
        _ => (ReceiptKind::Call, Some(ending(&undoable.finished))),
    };
    Undo {
        wrap_up_id: undoable.id.0,
        kind,
        who: undoable.who.map(Text::verbatim),
        result,
        until: undoable.until,
    }
}
