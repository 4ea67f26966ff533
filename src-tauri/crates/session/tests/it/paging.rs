//! A record on a later page of a search is found there, and a search that was cut short proves
//! nothing about a record that it did not find.

use std::time::Duration;

use apollo::types::{PhoneCall, Task, TaskKind};
use clock::Clock;
use domain::draft::CallForm;
use domain::{draft::Callback, draft::CallbackHow, wrap_up::StepKind};
use present::VerificationState;

use crate::support::{DeskBench, Identifier, Reply, at, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(15);
const TOMORROW: &str = "2026-11-25T15:30:00Z";

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench
}

/// Adds `count` other calls of the rep today, which the search names first.
fn other_calls(bench: &DeskBench, count: usize) {
    for number in 0..count {
        bench.bench.apollo.add_record(PhoneCall {
            user_id: Some("rep".into()),
            contact_id: Some("somebody".into()),
            start_time: Some(bench.bench.clock.now()),
            duration_s: Some(30),
            ..PhoneCall::with_id(format!("other-{number}").as_str())
        });
    }
}

fn calls_of_a(bench: &DeskBench) -> usize {
    let records = bench.bench.apollo.records();
    let contact = Some("contact-a".into());
    let of_a = records.iter().filter(|call| call.contact_id == contact);
    of_a.count()
}

#[test]
fn a_lost_call_is_found_on_the_second_page() {
    for identifier in [Identifier::Stored, Identifier::Dropped] {
        let bench = bench();
        bench.bench.apollo.identifier(identifier);
        other_calls(&bench, 120);
        let lost = [Reply::LostAfterCommit];
        bench.bench.apollo.script(StepKind::LogCall, lost);
        bench.save("a", form("busy", "spoke")).expect("saved");
        bench.run(LONG);
        assert_eq!(calls_of_a(&bench), 1, "{identifier:?}");
        assert_eq!(bench.bench.apollo.posts().len(), 1, "{identifier:?}");
        assert_eq!(bench.bench.store.wrap_up_count(), 0, "{identifier:?}");
    }
}

/// The state of a receipt that is read back behind `count` other calls.
fn read_back_behind(count: usize) -> VerificationState {
    let bench = bench();
    other_calls(&bench, count);
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(LONG);
    now(bench.desk.engine().verify());
    bench.receipt("a").verification.state
}

#[test]
fn a_call_on_the_second_page_is_verified_and_one_behind_the_last_page_read_is_not_called_gone() {
    assert_eq!(read_back_behind(120), VerificationState::Verified);
    assert_eq!(read_back_behind(620), VerificationState::Pending);
}

fn call_again_and_lose_the_reply(bench: &DeskBench, others: Vec<Task>) {
    let mut tasks = vec![person("a", DUE)];
    tasks.extend(others);
    bench.bench.apollo.tasks(tasks);
    let lost = [Reply::LostAfterCommit];
    bench.bench.apollo.script(StepKind::CreateCallback, lost);
    let form = CallForm {
        callback: Some(Callback {
            at: at(TOMORROW),
            how: CallbackHow::NewTask,
        }),
        ..form("no_answer", "")
    };
    bench.save("a", form).expect("saved");
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.made_tasks().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0, "it was found");
}

/// Another open task for the same person.
fn other_task(task: &str, due_at: &str) -> Task {
    Task {
        contact_id: Some("contact-a".into()),
        due_at: Some(at(due_at)),
        ..person(task, DUE)
    }
}

#[test]
fn a_lost_callback_is_found_behind_tasks_that_are_due_later() {
    let bench = bench();
    bench.bench.apollo.rows_per_page(2);
    let later = ["x", "y", "z"].map(|task| other_task(task, "2026-12-10T15:00:00Z"));
    call_again_and_lose_the_reply(&bench, later.to_vec());
}

#[test]
fn a_lost_callback_is_found_where_a_page_ends_within_its_second() {
    let bench = bench();
    bench.bench.apollo.rows_per_page(1);
    let email = Task {
        kind: TaskKind::Other("outreach_manual_email".to_owned()),
        ..other_task("x", TOMORROW)
    };
    call_again_and_lose_the_reply(&bench, vec![email]);
}
