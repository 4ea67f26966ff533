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
    /// one. They are kept, and come back by themselves with the key.
    Unreadable { records: usize },
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
                "{} sealed with a key that is no longer in this computer's keychain.",
                counted(*records, "saved entry is", "saved entries are")
            ),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Recovered { kept_in, .. } => format!(
                "Compare today's receipts with the calls you made. The damaged data is in the \
                 folder {kept_in}, beside the new data."
            ),
            Self::Unreadable { .. } => "Nothing was deleted. If the keychain was reset, look in \
                Apollo for your last calls and log by hand what is missing."
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
    }
}
