//! What a person should know about the data on this machine after it was opened.

/// Something happened to the data before or while it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenNotice {
    /// The store was damaged. It was moved aside, and what could be read of it was taken over.
    Recovered {
        /// The folder, inside the data folder, where the damaged store is kept.
        stored_in: String,
        /// Wrap-ups that were not yet acknowledged. Apollo is searched for each call before it is
        /// sent, since how far it got is not sure.
        wrap_ups: usize,
        drafts: usize,
    },
    /// Records were sealed with a key that is not at hand: the keychain was reset, or is another
    /// one. They are kept, and come back with the key.
    Unreadable { records: usize },
    /// Wrap-ups that could not be read for a while are back. A person decides about each.
    Revived { wrap_ups: usize },
    /// An older state of the folder was put back over it.
    Restored {
        /// Wrap-ups that were not acknowledged then. Apollo is searched before they are sent.
        wrap_ups: usize,
    },
    /// The folder was copied from another computer or another place.
    Copied {
        /// Wrap-ups that the other Handset may still send. A person decides about each.
        wrap_ups: usize,
    },
}
