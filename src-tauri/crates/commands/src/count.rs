//! A number as a text counts it.

/// The number, or the largest one that a text takes.
pub(crate) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
