//! What a person should know about the data on this machine after it was opened.

/// Something happened to the data before or while it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenNotice {
    /// The store was damaged. It was moved aside, and what could be read of it was taken over.
    Recovered {
        /// The folder, inside the data folder, where the damaged store is kept.
        kept_in: String,
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

impl OpenNotice {
    /// What happened, and what was kept safe.
    pub fn message(&self) -> String {
        match self {
            Self::Recovered { wrap_ups: 0, .. } => "Handset's data on this computer was damaged. \
                It was moved aside, and no unsent call was found in it."
                .to_owned(),
            Self::Recovered { wrap_ups, .. } => format!(
                "Handset's data on this computer was damaged. It was moved aside, and {} recovered \
                 from it. Handset looks in Apollo for each before it sends anything.",
                counted(*wrap_ups, "unsent call was", "unsent calls were")
            ),
            Self::Unreadable { records } => format!(
                "{} sealed with a key that is not in this computer's keychain. Nothing was deleted, \
                 and the tasks of unsent calls stay closed.",
                counted(*records, "saved entry is", "saved entries are")
            ),
            Self::Revived { wrap_ups } => format!(
                "{} again that could not be read here for a while. Nothing of that is sent by \
                 itself.",
                counted(*wrap_ups, "unsent call is here", "unsent calls are here")
            ),
            Self::Restored { wrap_ups: 0 } => "Handset's data on this computer was put back to an \
                earlier state. No call was unsent then."
                .to_owned(),
            Self::Restored { wrap_ups } => format!(
                "Handset's data on this computer was put back to an earlier state. {} unsent then. \
                 Handset looks in Apollo for each before it sends anything.",
                counted(*wrap_ups, "call was", "calls were")
            ),
            Self::Copied { wrap_ups: 0 } => "Handset's data was copied here from another computer \
                or another folder. It holds no unsent call."
                .to_owned(),
            Self::Copied { wrap_ups } => format!(
                "Handset's data was copied here from another computer or another folder. {} in it, \
                 which the other Handset may send too, so Handset sends nothing of that by itself.",
                counted(*wrap_ups, "unsent call is", "unsent calls are")
            ),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Recovered { kept_in, .. } if kept_in.is_empty() => {
                "Compare today's receipts with the calls you made.".to_owned()
            }
            Self::Recovered { kept_in, .. } => format!(
                "Compare today's receipts with the calls you made. The damaged data is in the \
                 folder {kept_in}, beside the new data."
            ),
            Self::Unreadable { .. } => "They come back with the key, and Handset asks you before it \
                sends any of them. If the keychain was reset, the key is gone: write these calls \
                into Apollo by hand."
                .to_owned(),
            Self::Revived { .. } => "See Calls: discard what was written into Apollo by hand \
                meanwhile, and try the others again."
                .to_owned(),
            Self::Restored { .. } => "Calls that were saved since are not in the list of calls any \
                more. Check that the name at the top is yours, and see Calls for what Handset asks."
                .to_owned(),
            Self::Copied { wrap_ups: 0 } => {
                "Check that the name at the top is yours. The two do not know of each other's calls \
                 from here on."
                    .to_owned()
            }
            Self::Copied { .. } => "Check that the name at the top is yours. See Calls: try again \
                what the other Handset will not send, and discard what it has sent or will send."
                .to_owned(),
        }
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_count_in_plain_words() {
        let recovered = |wrap_ups| OpenNotice::Recovered {
            kept_in: "damaged-20261125T024836Z".to_owned(),
            wrap_ups,
            drafts: 0,
        };
        assert!(recovered(0).message().contains("no unsent call"));
        assert!(
            recovered(1)
                .message()
                .contains("1 unsent call was recovered")
        );
        assert!(
            recovered(3)
                .message()
                .contains("3 unsent calls were recovered")
        );
        assert!(recovered(3).hint().contains("damaged-20261125T024836Z"));
        let unreadable = OpenNotice::Unreadable { records: 2 };
        assert!(
            unreadable
                .message()
                .starts_with("2 saved entries are sealed")
        );
        let restored = |wrap_ups| OpenNotice::Restored { wrap_ups }.message();
        assert!(restored(0).contains("No call was unsent then."));
        assert!(restored(1).contains("1 call was unsent then."));
        let copied = |wrap_ups| OpenNotice::Copied { wrap_ups }.message();
        assert!(copied(0).contains("It holds no unsent call."));
        assert!(copied(2).contains("2 unsent calls are in it,"));
        let revived = OpenNotice::Revived { wrap_ups: 1 }.message();
        assert!(revived.starts_with("1 unsent call is here again"));
    }
}
