//! Where the sandbox differs from Apollo's document on purpose.

/// Operation, place in the answer (or status and name of a refusal), reason.
pub(super) const DELIBERATE: &[(&str, &str, &str)] = &[];
