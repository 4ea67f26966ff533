//! A number as a text counts it.

/// What is too large for a text is the largest that it takes.
pub(crate) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
