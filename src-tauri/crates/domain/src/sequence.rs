//! Whether a sequence goes on in Apollo.

use apollo::types::Sequence;

/// Whether a sequence goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceState {
    Active,
    Paused,
    Archived,
    /// Not a sequence, or one that Apollo did not list.
    Unknown,
}

/// How a sequence was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Paused,
    Archived,
}

impl SequenceState {
    /// How it was stopped, if it was.
    pub fn stopped(self) -> Option<Stopped> {
        match self {
            Self::Paused => Some(Stopped::Paused),
            Self::Archived => Some(Stopped::Archived),
            Self::Active | Self::Unknown => None,
        }
    }

    /// The state of a sequence; none for one that Apollo did not list.
    pub fn of(sequence: Option<&Sequence>) -> Self {
        match sequence {
            Some(sequence) if sequence.archived => Self::Archived,
            Some(sequence) if sequence.active => Self::Active,
            Some(_) => Self::Paused,
            None => Self::Unknown,
        }
    }
}
