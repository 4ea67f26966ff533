//! Lists, which Apollo's API calls `labels` (Apollo docs: reference section 9.2).

use serde::Deserialize;

use super::{open_words, redacted_debug};
use crate::{
    ids::{LabelId, UserId},
    lenient,
};

open_words! {
    /// What a list is a list of.
    LabelKind {
        /// Contacts.
        Contacts = "contacts",
        /// Accounts.
        Accounts = "accounts",
        /// Sequences.
        Sequences = "emailer_campaigns",
    }
}

/// A list that the team has made.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// The list's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: LabelId,
    /// The name; may be empty.
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
    /// What it is a list of (JSON: `modality`).
    #[serde(rename = "modality", default = "unknown", deserialize_with = "kind")]
    pub kind: LabelKind,
    /// How many are on it, as Apollo last counted (JSON: `cached_count`).
    #[serde(
        rename = "cached_count",
        default,
        deserialize_with = "lenient::u64_opt"
    )]
    pub count: Option<u64>,
    /// Who made it.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub user_id: Option<UserId>,
}

redacted_debug!(Label {
    id,
    kind,
    count,
    user_id
});

fn unknown() -> LabelKind {
    LabelKind::Other(String::new())
}

fn kind<'de, D: serde::Deserializer<'de>>(d: D) -> Result<LabelKind, D::Error> {
    Ok(lenient::text_opt(d)?.map_or_else(unknown, LabelKind::from))
}
