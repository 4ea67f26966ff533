//! Searches and lists. Append only: see the parent's doc.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Reader, check, reader};
use crate::{
    client::{self, page},
    resources::phone_calls::outcomes,
    types::{
        Contact, ContactStage, CustomField, MAX_PAGES, MAX_ROWS_PER_PAGE, Note, OutcomeFacet, Page,
        PhoneCall, Sequence, SequenceEvent, Task, User,
    },
};

/// One line per search: its name, the key of its rows and their type.
pub(super) const READERS: &[Reader] = &[
    reader("tasks", |body| rows::<Task>(body, "tasks")),
    reader("sequences", |body| {
        rows::<Sequence>(body, "emailer_campaigns");
    }),
    reader("users", |body| rows::<User>(body, "users")),
    reader("stages", |body| {
        rows::<ContactStage>(body, "contact_stages");
    }),
    reader("calls", calls),
    reader("contacts", |body| rows::<Contact>(body, "contacts")),
    reader("stage list", |body| {
        list::<ContactStage>(body, "contact_stages");
    }),
    reader("notes", |body| list::<Note>(body, "notes")),
    reader("fields", |body| list::<CustomField>(body, "fields")),
    reader("older fields", |body| {
        list::<CustomField>(body, "typed_custom_fields");
    }),
    reader("events", |body| list::<SequenceEvent>(body, "events")),
];

const ASKED: (u32, u32) = (1, MAX_ROWS_PER_PAGE);

fn rows<T: DeserializeOwned + PartialEq + Debug>(body: &[u8], key: &str) {
    let read = |body: &[u8]| page::<T>(body, key, ASKED).map(|(page, _)| page);
    if let Some(page) = check::answer(body, read) {
        is_sound(&page, body, key);
    }
}

/// A list without pages, under its key or bare.
fn list<T: DeserializeOwned + PartialEq + Debug>(body: &[u8], key: &str) {
    if let Some((rows, dropped)) = check::answer(body, |body| client::rows::<T>(body, key)) {
        let answer: Value = serde_json::from_slice(body).unwrap_or_default();
        let sent = answer.as_array().or_else(|| answer.get(key)?.as_array());
        assert_eq!(
            rows.len() + usize::try_from(dropped).unwrap_or(usize::MAX),
            sent.map_or(0, Vec::len),
            "rows read and rows dropped are not the rows sent"
        );
    }
}

fn calls(body: &[u8]) {
    let read = |body: &[u8]| {
        let (page, rest) = page::<PhoneCall>(body, "phone_calls", ASKED)?;
        Ok((page, outcomes(&rest)))
    };
    if let Some((page, outcomes)) = check::answer(body, read) {
        is_sound(&page, body, "phone_calls");
        let is_sound = |outcome: &OutcomeFacet| {
            !outcome.name.trim().is_empty()
                && !matches!(outcome.id.as_str(), "active" | "other" | "")
        };
        assert!(outcomes.iter().all(is_sound), "an outcome without a name");
    }
}

/// Nothing is invented and nothing gets lost uncounted; paging ends.
fn is_sound<T>(page: &Page<T>, body: &[u8], key: &str) {
    let answer: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let sent = answer.get(key).and_then(Value::as_array);
    assert_eq!(
        page.rows.len() + usize::try_from(page.dropped_rows).unwrap_or(usize::MAX),
        sent.map_or(0, Vec::len),
        "rows read and rows dropped are not the rows sent"
    );
    assert!(page.page >= 1 && page.per_page >= 1, "a page counts from 1");
    if let Some(next) = page.next_page() {
        assert_eq!(next, page.page + 1);
        assert!(next <= MAX_PAGES, "a page that Apollo does not serve");
    }
}
