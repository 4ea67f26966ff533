//! The whole job of a rep with everything logged at the finest level, and then every byte of it
//! searched. Its own binary, since a process has one log.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../it/support/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "each test binary uses its part of it"
)]
mod support;

use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use present::{QueueScope, SkipReason};
use sandbox::{FaultKind, Target, endpoints};
use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Bench, World};

const CALLS: usize = 8;

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8(bytes.clone()).expect("a log is text")
    }
}

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Buffer {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn note_of(number: usize) -> String {
    format!("Zinfandel-{number} asked for the periwinkle price list")
}

/// Everything that may go wrong in a day, so that what is logged then is searched too.
async fn a_bad_day() -> (Bench, Vec<String>) {
    let bench = Bench::first_start(World::team().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let keys = world.sandbox.keys().clone();
    for key in [
        "Tr0ub4dor-and-3-Horses",
        &keys.scoped,
        &keys.free,
        &keys.revoked,
    ] {
        app.connect(key).await;
    }
    app.become_ready(world).await;
    let outcomes = app.dispositions().await.outcomes;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let mut selected = queue.selected.clone().expect("somebody").to_string();
    let faults = [
        FaultKind::ReplyLostAfterCommit,
        FaultKind::Misconfigured,
        FaultKind::Status(422),
        FaultKind::FirewallPage,
        FaultKind::Status(503),
        FaultKind::TruncatedBody,
        FaultKind::Html502,
        FaultKind::Html200,
    ];
    for number in 0..CALLS {
        if let Some(fault) = faults.get(number) {
            let endpoint = endpoints::CALLS_CREATE;
            world.sandbox.faults().next(endpoint, 1, *fault);
        }
        let outcome = &outcomes[number % outcomes.len()].key;
        app.draft(&selected, outcome, &note_of(number)).await;
        app.dial(&selected).await.expect("permitted");
        world.clock.advance(Duration::from_secs(40));
        app.end_call(&selected).await;
        let saved = app
            .save(&selected, outcome, &note_of(number))
            .await
            .expect("saved");
        selected = saved.next.expect("there are more").to_string();
    }
    app.skip(&selected, SkipReason::WrongNumber, &note_of(CALLS))
        .await;
    // What a person must decide is decided again and again; whatever waits may go.
    support::until("what can go to be gone", async || {
        world.clock.advance(Duration::from_secs(1));
        let receipts = app.receipts().await;
        (receipts.unsent == receipts.blocked).then_some(())
    })
    .await;
    world
        .sandbox
        .faults()
        .next(Target::Any, 3, FaultKind::NullRow);
    commands::run::report_load(&app.core, &support::main(), support::none())
        .await
        .expect("a refresh");
    app.loaded().await;

    let mut secrets = world.sandbox.personal_data();
    secrets.extend((0..=CALLS).map(note_of));
    secrets.push("Tr0ub4dor-and-3-Horses".to_owned());
    for uri in app.host.dialed() {
        let number = uri.trim_start_matches("tel:");
        secrets.push(number.to_owned());
        secrets.push(number.trim_start_matches('+').to_owned());
    }
    (bench, secrets)
}

/// A line of the log: its fields, and those of the spans around it.
fn has(line: &Value, field: &str) -> bool {
    let in_span = |span: &Value| span.get(field).is_some();
    line["fields"].get(field).is_some()
        || line["spans"]
            .as_array()
            .is_some_and(|spans| spans.iter().any(in_span))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_finest_level_the_log_tells_what_support_needs_and_no_secret_or_person() {
    let log = Buffer::default();
    tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .init();
    let (bench, secrets) = a_bad_day().await;
    bench.app.core.shut_down().await;
    let text = log.text();

    let finder = aho_corasick::AhoCorasick::new(&secrets).expect("texts");
    let mut leaks = BTreeSet::new();
    for line in text.lines() {
        for hit in finder.find_overlapping_iter(line) {
            let secret = &secrets[hit.pattern().as_usize()];
            leaks.insert(format!("{secret:?} in {line}"));
        }
    }
    let first: Vec<_> = leaks.iter().take(5).collect();
    assert!(
        leaks.is_empty(),
        "{} leaks, such as {first:#?}",
        leaks.len()
    );
    assert!(secrets.len() > 1_000, "a search for nothing proves nothing");

    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert!(lines.len() > 100, "only {} lines", lines.len());
    let trace = lines.iter().filter(|line| line["level"] == "TRACE").count();
    assert!(trace > 0, "the finest level was on");
    let answered: Vec<_> = lines
        .iter()
        .filter(|line| line["fields"]["message"] == "answered")
        .collect();
    assert!(answered.len() >= bench.world.history().requests.len() / 2);
    for line in answered {
        for field in ["request_id", "endpoint", "status", "duration_ms", "attempt"] {
            assert!(has(line, field), "{field} is missing in {line}");
        }
    }
    let create = lines.iter().any(|line| {
        line["fields"]["message"] == "answered"
            && line["spans"].as_array().is_some_and(|spans| {
                spans.iter().any(|span| {
                    span["endpoint"]
                        .as_str()
                        .is_some_and(|endpoint| endpoint.ends_with("phone_calls#create"))
                })
            })
            && has(line, "hour_left")
    });
    assert!(create, "what is left of the limit");
    for message in ["saved", "acknowledged", "found in Apollo"] {
        let found = lines.iter().any(|line| {
            line["fields"]["message"] == message && line["fields"].get("wrap_up").is_some()
        });
        assert!(found, "no line says {message:?} of which wrap-up");
    }
}
