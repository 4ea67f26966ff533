//! What can be wrong with a store.
//!
//! Its texts are for logs. The texts that a person reads are in crate `present`.

use std::fmt;

/// Why something could not be stored or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the data folder cannot be written: {reason}")]
    NotWritable { reason: String },
    /// Somebody else may have put something into a folder, or may read what is in it.
    #[error("{folder} cannot be trusted: {reason}. Nothing in it was opened")]
    NotTrusted {
        folder: PrivateFolder,
        reason: Distrust,
    },
    #[error("another Handset is using the data folder")]
    InUse,
    #[error("the unsent calls are being sent already")]
    OutboxTaken,
    #[error("another Handset is using a copy of the data folder")]
    CopyInUse,
    /// Whatever is written now would be gone with the process.
    #[error("the data folder was removed or replaced while Handset was running")]
    FolderGone,
    /// The file outside the data folder that says how far it has sent. Without it nothing
    /// may be sent: a restored data folder could not be told from the one that sent it.
    #[error("the mark of what was sent cannot be written outside the data folder: {reason}")]
    NotWitnessed { reason: String },
    #[error("{records} of the saved entries are sealed with a key that is not at hand")]
    KeyNotAtHand { records: usize },
    #[error("the data was written by a newer Handset (schema {found}, this one knows {known})")]
    Newer { found: u8, known: u8 },
    #[error("the data on disk is damaged: {reason}")]
    Damaged { reason: Damage },
}

/// A folder that has to be this account's alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateFolder {
    Data,
    /// The marks outside the data folder, which tell how far it has sent.
    Marks,
}

impl fmt::Display for PrivateFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Data => "the data folder",
            Self::Marks => "the folder that remembers what was sent",
        })
    }
}

/// Why a folder cannot be trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    #[error("it is a link to another place")]
    Link,
    #[error("it belongs to another user of this computer")]
    OthersOwn,
    #[error("other users of this computer can write into it, and may have done so")]
    OthersWrite,
    #[error("it holds other things, and other users of this computer can read it")]
    OthersRead,
    #[error("in it, {} {what}", .name.as_deref().unwrap_or("something"))]
    Inside {
        /// None where somebody else may have chosen a name that cannot be shown.
        name: Option<String>,
        what: DistrustInside,
    },
}

/// What is wrong with something in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DistrustInside {
    #[error("is a link to another place")]
    Link,
    #[error("belongs to another user of this computer")]
    OthersOwn,
    #[error("is neither a file nor a folder")]
    NeitherFileNorFolder,
    #[error("is not as Handset makes it, a file that this account alone can write")]
    NotAsMade,
}

/// How the stored data is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("a part of it is missing")]
    PartMissing,
    #[error("it is in a form that cannot be read")]
    UnknownForm,
    #[error("it contradicts itself")]
    Contradiction,
    #[error("it ends too early")]
    EndsEarly,
    #[error("a checksum does not match")]
    Checksum,
    #[error("only the copy of it is left")]
    OnlyCopyLeft,
    #[error("it ends at revision {found}, and {written} was written")]
    EndsAtRevision { found: u64, written: u64 },
    #[error("it could not be read to its end")]
    NotReadToEnd,
    #[error("a copy of it is not whole")]
    CopyNotWhole,
    #[error("a call to it broke off")]
    BrokeOff,
    #[error("a record is not whole")]
    RecordNotWhole,
    #[error("a record is not where it belongs")]
    RecordOutOfPlace,
    #[error("a record does not have its form")]
    RecordForm,
    #[error("a record cannot be read")]
    RecordUnreadable,
    #[error("a record is too large")]
    RecordTooLarge,
    #[error("the file of the sealing key does not have its length")]
    KeyFileLength,
    #[error("the computer has no random source")]
    NoRandomSource,
}
