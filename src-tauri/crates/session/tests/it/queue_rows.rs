//! The rows of a long queue: read a page at a time, and found by what a person types.

use apollo::types::Task;
use domain::position::QueueScope;
use present::QueueSearch;

use crate::support::{DeskBench, now, person, search_in};

/// 120 people, the oldest first, of whom every tenth is an *Ada* at *Northwind*.
fn crowd() -> Vec<Task> {
    (0..120)
        .map(|number| {
            let mut task = person(&format!("t{number:03}"), "2026-11-20");
            if let (Some(contact), Some(account)) = (&mut task.contact, &mut task.account) {
                let is_ada = number % 10 == 0;
                contact.name = format!("{} {number}", if is_ada { "Ada" } else { "Bo" });
                let company = if is_ada { "Northwind" } else { "Contoso" };
                company.clone_into(&mut account.name);
            }
            task
        })
        .collect()
}

fn ids(bench: &DeskBench, search: &QueueSearch, from: u32, count: u32) -> (Vec<String>, u32) {
    let page = bench.desk.queue_rows(search, from, count).expect("open");
    let ids = page.rows.iter().map(|row| row.task_id.to_string());
    (ids.collect(), page.matching)
}

#[test]
fn a_page_holds_the_rows_of_its_places_and_how_many_there_are() {
    let bench = DeskBench::new();
    let queue = bench.work(crowd());
    assert_eq!(queue.rows.len(), 120);
    let all = search_in(queue.number, "");
    assert_eq!(
        ids(&bench, &all, 50, 2),
        (vec!["t050".to_owned(), "t051".to_owned()], 120)
    );
    assert_eq!(ids(&bench, &all, 119, 50), (vec!["t119".to_owned()], 120));
    assert_eq!(ids(&bench, &all, 120, 50), (vec![], 120));
    assert_eq!(ids(&bench, &all, u32::MAX, u32::MAX), (vec![], 120));
    assert_eq!(bench.desk.queue_place(&all, &"t077".into()), Some(77));
    assert_eq!(bench.desk.queue_place(&all, &"nobody".into()), None);
}

#[test]
fn what_is_typed_is_found_in_names_and_companies_whatever_its_case() {
    let bench = DeskBench::new();
    let queue = bench.work(crowd());
    for typed in ["ada", " ADA ", "NorthWind"] {
        let search = search_in(queue.number, typed);
        let (found, matching) = ids(&bench, &search, 1, 2);
        assert_eq!(found, ["t010", "t020"], "{typed}");
        assert_eq!(matching, 12, "{typed}");
        assert_eq!(bench.desk.queue_place(&search, &"t030".into()), Some(3));
        assert_eq!(bench.desk.queue_place(&search, &"t031".into()), None);
    }
    let nothing = search_in(queue.number, "nobody is called that");
    assert_eq!(ids(&bench, &nothing, 0, 50), (vec![], 0));
}

/// Two windows, or an answer that comes late: places of one queue mean other people in the next.
#[test]
fn rows_of_a_queue_that_was_opened_before_are_not_answered_with_those_of_this_one() {
    let bench = DeskBench::new();
    let before = bench.work(crowd());
    let after = now(bench.desk.open_queue(QueueScope::AllCallTasks)).expect("a queue");
    assert_ne!(before.number, after.number);
    let old = search_in(before.number, "");
    assert_eq!(bench.desk.queue_rows(&old, 0, 10), None);
    now(bench.desk.close_queue()).expect("closed");
    assert_eq!(
        bench.desk.queue_rows(&search_in(after.number, ""), 0, 10),
        None
    );
}

#[test]
fn the_head_of_a_queue_says_who_is_selected_and_on_the_phone_without_its_rows() {
    let bench = DeskBench::new();
    let queue = bench.work(crowd());
    assert_eq!(queue.selected, Some("t000".into()));
    assert_eq!(queue.on_call, None);
    bench.dial("t000").expect("dialed");
    let queue = bench.desk.queue().expect("open");
    assert_eq!(queue.on_call, Some("t000".into()));
    assert_eq!((queue.total, queue.finished), (120, 0));
}
