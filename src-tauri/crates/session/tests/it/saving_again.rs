//! A save that was reported as failed and is done again is one call, and a later call is another.

use std::time::Duration;

use apollo::types::Task;
use domain::draft::CallForm;
use domain::{draft::Callback, draft::CallbackHow, wrap_up::StepKind};
use present::{ProblemCode, RowState};

use crate::support::{DeskBench, WriteFault, at, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);
const TOMORROW: &str = "2026-11-25T15:30:00Z";

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench
}

#[test]
fn a_call_that_the_disk_stored_although_it_reported_a_fault_is_not_saved_a_second_time() {
    let bench = bench();
    let fault = WriteFault::WrittenButReported;
    bench.bench.store.fail_write(1, fault);
    let problem = bench.save("a", form("busy", "first")).expect_err("no");
    assert_eq!(problem.code, ProblemCode::NotSaved);
    bench.save("a", form("busy", "second")).expect("saved");
    assert_eq!(bench.bench.store.wrap_up_count(), 1, "on disk");

    // A first call that the disk had stored would turn up now.
    let bench = bench.restart();
    bench.run(LONG);
    let records = bench.bench.apollo.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].note.as_deref(), Some("[Busy] second"));
}

#[test]
fn a_later_call_of_the_task_is_not_taken_for_the_one_whose_save_failed_once() {
    let bench = bench();
    bench.bench.store.fail_write(1, WriteFault::Refused);
    let moving = CallForm {
        callback: Some(Callback {
            at: at(TOMORROW),
            how: CallbackHow::MoveTask,
        }),
        ..form("no_answer", "")
    };
    bench.save("a", moving.clone()).expect_err("no");
    bench.save("a", moving).expect("saved");
    bench.run(LONG);

    bench.bench.clock.advance(Duration::from_hours(24));
    let moved = Task {
        due_at: Some(at(TOMORROW)),
        ..person("a", DUE)
    };
    bench.bench.apollo.tasks(vec![moved]);
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::Open);
    bench
        .save("a", form("busy", "the next day"))
        .expect("saved");
    bench.run(LONG);

    let posts = bench.bench.apollo.posts();
    assert_eq!(posts.len(), 2);
    assert_ne!(posts[0].1.call_identifier, posts[1].1.call_identifier);
    let receipts = bench.bench.store.stored_receipts();
    assert_eq!(receipts.len(), 2, "each call has its receipt");
    assert_eq!(bench.bench.apollo.finished().len(), 1);
    let completed = bench.bench.apollo.finish_requests();
    assert_eq!(completed.len(), 1);
    assert_eq!(completed[0].1, StepKind::CompleteTask);
}
