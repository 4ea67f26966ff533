//! A rep who is asked and says yes confirms the hour, and nothing else.

use apollo::types::{PhoneNumber, Task};
use domain::{calling_hours::CallingHours, calling_hours::OutsideHours, settings::Settings};
use present::{ProblemCode, RowState};

use crate::support::{DeskBench, english, now, person};

const DUE: &str = "2026-11-20";

fn number(e164: &str, position: u32, do_not_call: bool) -> PhoneNumber {
    PhoneNumber {
        do_not_call,
        position,
        ..PhoneNumber::with_number(e164, Some(e164))
    }
}

/// Somebody with a number that may be called and one that may not, in this zone.
fn with_one_number_listed(zone: Option<&str>) -> Task {
    let mut task = person("a", DUE);
    if let Some(contact) = &mut task.contact {
        contact.time_zone = zone.map(ToOwned::to_owned);
        if zone.is_none() {
            contact.country = None;
        }
        contact.phone_numbers = vec![
            number("+12025550143", 0, false),
            number("+12025550144", 1, true),
        ];
    }
    task
}

#[test]
fn a_number_on_a_do_not_call_list_is_refused_whatever_the_hour_and_the_confirmation() {
    let settings = Settings {
        calling_hours: CallingHours {
            outside: OutsideHours::Ask,
            ..CallingHours::default()
        },
        ..Settings::default()
    };
    // By day, at night, and where nobody knows the hour.
    for zone in [Some("America/New_York"), Some("Australia/Sydney"), None] {
        let bench = DeskBench::with(settings.clone());
        bench.work(vec![with_one_number_listed(zone)]);
        let problem = now(bench.desk.dial(&"a".into(), 1, true)).expect_err("it is on a list");
        assert_eq!(problem.code, ProblemCode::DialRefused, "{zone:?}");
        assert_eq!(
            english(&problem.message),
            "On a do-not-call list.",
            "{zone:?}"
        );
        assert_eq!(bench.card("a").state, RowState::Open, "{zone:?}");
        assert!(bench.bench.store.draft("a").is_none(), "no call was begun");
        now(bench.desk.dial(&"a".into(), 0, true)).expect("the other number may be called");
    }
}

#[test]
fn a_task_that_is_saved_and_not_sent_is_not_dialed_again_after_a_restart() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench
        .save("a", crate::support::form("busy", ""))
        .expect("saved");
    let bench = bench.restart();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let problem = bench.dial("a").expect_err("it is finished");
    assert_eq!(problem.code, ProblemCode::DialRefused);
    bench.dial("b").expect("an open one");
}
