//! Notes on contacts and accounts (Apollo docs: reference section 9.1).

use clock::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::redacted_debug;
use crate::{
    ids::{AccountId, ContactId, NoteId, UserId},
    lenient,
};

/// Notes that one answer holds at most.
pub const MAX_NOTES: u32 = 100;
/// How deep a rich text is followed: far deeper than a person nests lists.
const MAX_DEPTH: u8 = 24;

/// A note.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Note {
    /// The note's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: NoteId,
    /// Who wrote it.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub user_id: Option<UserId>,
    /// As Apollo keeps it: plain, or a rich text written as JSON. See [`Note::text`].
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub content: Option<String>,
    /// When it was written.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub updated_at: Option<Timestamp>,
    /// The contact it is about.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub contact_id: Option<ContactId>,
    /// The account it is about.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub account_id: Option<AccountId>,
    /// Every contact it is about.
    #[serde(default, deserialize_with = "lenient::list")]
    pub contact_ids: Vec<ContactId>,
    /// Pinned above the others (JSON: `pinned_to_top`).
    #[serde(rename = "pinned_to_top", default, deserialize_with = "lenient::flag")]
    pub pinned: bool,
}

redacted_debug!(Note {
    id,
    user_id,
    created_at,
    updated_at,
    contact_id,
    account_id,
    pinned
});

impl Note {
    /// The note as plain text, paragraphs on lines of their own; `None` when it is empty.
    pub fn text(&self) -> Option<String> {
        let content = self.content.as_deref()?.trim();
        let rich: Option<Value> = content
            .starts_with('{')
            .then(|| serde_json::from_str(content).ok())
            .flatten();
        let text = match &rich {
            Some(document) if document.get("type").is_some() => {
                let mut text = String::new();
                collect(document, &mut text, MAX_DEPTH);
                text
            }
            _ => content.to_owned(),
        };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Gathers the text of a rich text's nodes: `{type, text | content: […]}`.
fn collect(node: &Value, out: &mut String, depth: u8) {
    if let Some(text) = node.get("text").and_then(Value::as_str) {
        out.push_str(text);
    }
    if depth > 0 {
        let inner = node.get("content").and_then(Value::as_array);
        for child in inner.into_iter().flatten() {
            collect(child, out, depth - 1);
        }
    }
    let kind = node.get("type").and_then(Value::as_str);
    if matches!(
        kind,
        Some("paragraph" | "heading" | "hardBreak" | "hard_break")
    ) {
        out.push('\n');
    }
}

/// The order of a list of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteSort {
    /// The latest written first.
    LatestCreatedFirst,
    /// The latest changed first.
    LatestUpdatedFirst,
    /// The first written first.
    OldestCreatedFirst,
}

/// Which notes to list: of a contact, of an account, or of both. Without either, Apollo answers
/// 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSearch {
    /// Notes on this contact.
    pub contact_id: Option<ContactId>,
    /// Notes on this account.
    pub account_id: Option<AccountId>,
    /// Notes since this day.
    pub start_date: Option<Date>,
    /// How many notes to pass over: notes are not counted in pages.
    pub skip: u32,
    /// How many to list, at most [`MAX_NOTES`].
    pub limit: u32,
    /// In which order Apollo lists the notes.
    pub sort: NoteSort,
}

impl NoteSearch {
    /// The latest notes on a contact.
    pub fn on_contact(contact_id: impl Into<ContactId>) -> Self {
        Self {
            contact_id: Some(contact_id.into()),
            ..Self::on_anything()
        }
    }

    /// The latest notes on an account.
    pub fn on_account(account_id: impl Into<AccountId>) -> Self {
        Self {
            account_id: Some(account_id.into()),
            ..Self::on_anything()
        }
    }

    fn on_anything() -> Self {
        Self {
            contact_id: None,
            account_id: None,
            start_date: None,
            skip: 0,
            limit: MAX_NOTES,
            sort: NoteSort::LatestCreatedFirst,
        }
    }
}

/// A part of a list of notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotePage {
    /// The notes that could be read.
    pub notes: Vec<Note>,
    /// How many were null or could not be read, and were left out.
    pub dropped_rows: u32,
    /// What to pass over next, if there may be more.
    pub next_skip: Option<u32>,
}
