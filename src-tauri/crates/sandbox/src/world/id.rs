//! Ids as MongoDB makes them: 24 hexadecimal digits whose first 8 are the creation second.

use std::fmt;

use jiff::Timestamp;
use rand::Rng;
use serde::{Serialize, Serializer};

/// Length of an id, in bytes.
const LENGTH_BYTES: usize = 12;

/// An Apollo id (reference section 10, quirk 3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id([u8; LENGTH_BYTES]);

impl Id {
    /// A new id whose first digits tell `at`.
    pub(crate) fn new(at: Timestamp, rng: &mut impl Rng) -> Self {
        let mut bytes = [0; LENGTH_BYTES];
        rng.fill(&mut bytes[4..]);
        let second = u32::try_from(at.as_second()).unwrap_or_default();
        bytes[..4].copy_from_slice(&second.to_be_bytes());
        Self(bytes)
    }

    /// Reads 24 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH_BYTES * 2 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; LENGTH_BYTES];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
