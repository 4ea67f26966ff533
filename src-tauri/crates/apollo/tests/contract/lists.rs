//! `notes` and the team's own fields.

use apollo::{
    Error,
    types::{NoteSearch, NoteSort},
};
use budget::Priority::Waiting;

use crate::{
    bench::Bench,
    canned::{Canned, JSON},
};

#[tokio::test]
async fn notes_on_a_contact_come_part_by_part_and_every_one_once() {
    let bench = Bench::start().await;
    let notes = bench.client.notes();
    let world = bench.sandbox.world();
    let mut most: Option<(NoteSearch, usize)> = None;
    for contact in world.contacts.iter().take(40) {
        let search = NoteSearch::on_contact(contact.id.as_str());
        let found = notes.list(&search, Waiting).await.unwrap();
        assert!(found.notes.iter().all(|note| note.text().is_some()));
        assert_eq!(found.next_skip, None);
        if most.as_ref().is_none_or(|most| found.notes.len() > most.1) {
            most = Some((search, found.notes.len()));
        }
    }
    let (search, count) = most.unwrap();
    assert!(count > 0);
    let mut search = NoteSearch {
        limit: 1,
        sort: NoteSort::OldestCreatedFirst,
        ..search
    };
    let mut read = Vec::new();
    loop {
        let found = notes.list(&search, Waiting).await.unwrap();
        read.extend(found.notes);
        match found.next_skip {
            Some(skip) => search.skip = skip,
            None => break,
        }
    }
    assert_eq!(read.len(), count);
    assert!(read.is_sorted_by_key(|note| note.created_at));
}

#[tokio::test]
async fn notes_of_nothing_are_refused_with_a_400_that_is_invalid() {
    let bench = Bench::start().await;
    let search = NoteSearch {
        contact_id: None,
        ..NoteSearch::on_contact("c1")
    };
    let error = bench.client.notes().list(&search, Waiting).await;
    assert!(matches!(error, Err(Error::Invalid { .. })), "{error:?}");
}

#[tokio::test]
async fn a_rich_note_is_read_as_plain_text() {
    let canned = Canned::json(
        r#"{"notes":[{"id":"n1","content":"{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Call\"},{\"type\":\"text\",\"text\":\" later\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Thanks\"}]}]}"},
        {"id":"n2","content":"{not JSON"},{"id":"n3","content":""}]}"#,
    )
    .await;
    let search = NoteSearch::on_account("a1");
    let found = canned.client.notes().list(&search, Waiting).await.unwrap();
    let texts: Vec<_> = found.notes.iter().map(apollo::types::Note::text).collect();
    let shown = |text: &str| Some(text.to_owned());
    assert_eq!(
        texts,
        [shown("Call later\nThanks"), shown("{not JSON"), None]
    );
}

#[tokio::test]
async fn a_contacts_own_fields_are_shown_by_name_and_choices_by_theirs() {
    let bench = Bench::start().await;
    let fields = bench.client.custom_fields().list(Waiting).await.unwrap();
    let contact = bench.sandbox.world().contacts[0].id.as_str().into();
    let contact = bench.client.contacts().show(&contact, Waiting).await;
    let values = contact.unwrap().typed_custom_fields;
    let named = fields.named(&values);
    assert_eq!(named.len(), values.len());
    for shown in &named {
        assert!(!shown.name.is_empty());
        let is_id = shown.value.len() == 24 && shown.value.bytes().all(|it| it.is_ascii_hexdigit());
        assert!(!is_id && !shown.value.is_empty());
    }
    let choice = fields.fields.iter().find(|it| !it.options.is_empty());
    let choice = choice.unwrap();
    let shown = named.iter().find(|it| it.name == choice.name).unwrap();
    assert!(choice.options.values().any(|name| *name == shown.value));
}

#[tokio::test]
async fn the_older_list_of_fields_is_asked_where_the_newer_is_not_there_or_not_allowed() {
    let older = r#"{"typed_custom_fields":[{"id":"f1","name":"Seats","type":"number"}]}"#;
    for refusal in [
        (404, JSON, r#"{"status":404,"error":"Not Found"}"#),
        (
            403,
            JSON,
            r#"{"error":"no","error_code":"API_INACCESSIBLE"}"#,
        ),
    ] {
        let canned = Canned::start(&[refusal, (200, JSON, older)]).await;
        let fields = canned.client.custom_fields().list(Waiting).await.unwrap();
        assert_eq!(fields.fields[0].name, "Seats");
        let requests = canned.requests();
        assert!(requests[0].starts_with("GET /api/v1/fields?source=custom "));
        assert!(requests[1].starts_with("GET /api/v1/typed_custom_fields "));
    }
}
