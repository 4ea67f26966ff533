//! What must never be printed. A binary of its own: a log is caught per thread, and tests beside it
//! would decide which parts of it are switched on.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

#[path = "contract/bench.rs"]
mod bench;

use std::{
    fmt::Write as _,
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use apollo::types::{
    ActivityFeedSearch, ContactSearch, NewPhoneCall, NoteSearch, PhoneCallSearch, SequenceSearch,
    TaskSearch, UserSearch,
};
use budget::Priority::{Waiting, WrapUp};
use sandbox::{FaultKind, endpoints};

use bench::Bench;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn assert_holds_nothing_personal(bench: &Bench, text: &str, what: &str) {
    for secret in bench.sandbox.personal_data() {
        assert!(
            !text.contains(&secret),
            "{what} holds a personal datum or a key"
        );
    }
}

/// A little of everything, faults included; what came of it, printed.
async fn a_day(bench: &Bench) -> String {
    let client = &bench.client;
    let mut printed = format!("{client:?}");
    let users = client.users().search(&UserSearch::default(), Waiting).await;
    let profile = client.users().profile(Waiting).await;
    let sequences = client
        .sequences()
        .search(&SequenceSearch::default(), Waiting)
        .await;
    let tasks = client.tasks().search(&TaskSearch::default(), Waiting).await;
    let task = tasks
        .as_ref()
        .unwrap()
        .rows
        .iter()
        .find(|task| task.contact.is_some())
        .unwrap();
    let contact = task.contact.as_ref().unwrap();
    let account = match &contact.account_id {
        Some(id) => Some(client.accounts().show(id, Waiting).await),
        None => None,
    };
    let call = NewPhoneCall {
        contact_id: Some(contact.id.clone()),
        to_number: contact.sanitized_phone.clone(),
        note: task.note.clone().or_else(|| contact.email.clone()),
        ..NewPhoneCall::by(bench.rep())
    };
    let logged = client.phone_calls().create(&call, WrapUp).await;
    let calls = client
        .phone_calls()
        .search(&PhoneCallSearch::default(), Waiting)
        .await;
    let skipped = client
        .tasks()
        .skip(&task.id, contact.email.as_deref(), WrapUp)
        .await;
    bench.clock.advance(Duration::from_mins(5));
    bench
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::ReplyLostAfterCommit);
    let lost = client.phone_calls().create(&call, WrapUp).await;
    bench
        .sandbox
        .faults()
        .next(endpoints::CONTACTS_SHOW, 1, FaultKind::TruncatedBody);
    let cut_off = client.contacts().show(&contact.id, Waiting).await;
    let found = client
        .contacts()
        .search(&ContactSearch::default(), Waiting)
        .await;
    let keywords = ContactSearch {
        keywords: contact.email.clone(),
        ..ContactSearch::default()
    };
    let on_contact = NoteSearch::on_contact(contact.id.clone());
    let notes = client.notes().list(&on_contact, Waiting).await;
    let fields = client.custom_fields().list(Waiting).await.unwrap();
    let named = fields.named(&contact.typed_custom_fields);
    let feed = ActivityFeedSearch::of(contact.id.clone());
    let events = client.sequences().activity_feed(&feed, Waiting).await;
    write!(
        printed,
        "{found:?}{keywords:?}{notes:?}{fields:?}{named:?}{events:?}"
    )
    .unwrap();
    let rejected = bench
        .client_with(&bench.sandbox.keys().revoked)
        .users()
        .profile(Waiting)
        .await;
    write!(
        printed,
        "{users:?}{profile:?}{sequences:?}{tasks:?}{contact:?}{account:?}{call:?}{logged:?}\
         {skipped:?}{lost:?}{cut_off:?}{rejected:?}"
    )
    .unwrap();
    assert_eq!(bench.seen("phone_calls#create"), 2);
    // Dispositions print by name: they are the team's settings, not people.
    write!(printed, "{:?}", calls.unwrap().page).unwrap();
    printed
}

#[tokio::test]
async fn neither_debug_output_nor_the_log_holds_a_key_or_a_personal_datum() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let bench = Bench::start().await;
    let printed = a_day(&bench).await;
    drop(guard);
    assert_holds_nothing_personal(&bench, &printed, "Debug output");
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("api/v1/tasks#search") && log.contains("hour_left"),
        "the log is of use"
    );
    assert_holds_nothing_personal(&bench, &log, "the log");
}
