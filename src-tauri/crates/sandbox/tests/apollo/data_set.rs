//! The floor under the data set: what a newcomer and the other tests rely on.

use std::collections::{BTreeMap, BTreeSet};

use clock::{ManualClock, SystemClock};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use sandbox::{ContactView, Options, Sandbox, Scenario, SequenceState, Size, TaskView, WorldView};
use serde_json::{Value, json};

use crate::support::{Apollo, NOW, apollo, apollo_with};

/// Whether a contact is odd in one way.
type Test<'a> = &'a dyn Fn(&Value) -> bool;

const CALL_TYPES: [&str; 3] = ["call", "contact_call", "account_call"];

async fn with_seed(seed: u64, now: &str) -> Sandbox {
    let clock = ManualClock::at(now.parse().unwrap());
    Sandbox::start(Options {
        seed,
        ..Options::new(clock)
    })
    .await
    .unwrap()
}

fn is_open_call(view: &TaskView) -> bool {
    view.task.status == "scheduled" && CALL_TYPES.contains(&view.task.task_type.as_str())
}

fn my_calls<'a>(apollo: &Apollo, world: &'a WorldView) -> Vec<&'a TaskView> {
    let me = apollo.me();
    world
        .tasks
        .iter()
        .filter(|view| is_open_call(view) && view.task.user_id == me)
        .collect()
}

fn is_callable(contact: &ContactView) -> bool {
    !contact.call_opted_out && !contact.has_dnc_number && !contact.sanitized_numbers.is_empty()
}

#[tokio::test]
async fn the_same_seed_and_moment_give_the_same_team() {
    let fingerprint = |sandbox: &Sandbox| {
        let world = sandbox.world();
        serde_json::to_string(&(world.tasks, world.contacts, world.sequences, sandbox.keys()))
            .unwrap()
    };
    let first = fingerprint(&with_seed(5, NOW).await);
    assert!(
        first == fingerprint(&with_seed(5, NOW).await),
        "seed 5 differs from itself"
    );
    assert!(
        first != fingerprint(&with_seed(6, NOW).await),
        "seed 6 is as seed 5"
    );
}

#[tokio::test]
async fn there_are_at_least_600_call_tasks_for_the_main_rep() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let calls = my_calls(&apollo, &world);
    assert!((600..700).contains(&calls.len()), "{}", calls.len());
    let without = calls
        .iter()
        .filter(|it| it.task.emailer_campaign_id.is_none())
        .count();
    assert_eq!(without, 12, "calls without a sequence");
    for kind in CALL_TYPES {
        assert!(
            calls.iter().filter(|it| it.task.task_type == kind).count() >= 15,
            "{kind}"
        );
    }
}

#[tokio::test]
async fn due_times_are_spread_from_days_ago_to_days_ahead() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let calls = my_calls(&apollo, &world);
    let today: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
    let tomorrow: Timestamp = "2026-11-25T00:00:00Z".parse().unwrap();
    let count = |from: Timestamp, to: Timestamp| {
        calls
            .iter()
            .filter(|it| it.task.due_at >= from && it.task.due_at < to)
            .count()
    };
    let days_ago = |days: i64| today - (days * 24).hours();
    assert!(count(Timestamp::MIN, days_ago(4)) >= 40, "long overdue");
    assert!(count(Timestamp::MIN, today) >= 200, "overdue");
    assert!(count(today, tomorrow) >= 150, "today");
    assert!(count(tomorrow, Timestamp::MAX) >= 100, "later");
    let now = NOW.parse().unwrap();
    assert_eq!(
        calls
            .iter()
            .filter(|it| it.task.due_at > now && it.task.due_at < tomorrow)
            .count(),
        0,
        "nothing of today is still to come"
    );
}

#[tokio::test]
async fn at_any_hour_80_due_calls_are_in_their_daytime_and_can_be_dialed() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let contacts: BTreeMap<&str, &ContactView> = world
        .contacts
        .iter()
        .map(|contact| (contact.id.as_str(), contact))
        .collect();
    let now: Timestamp = NOW.parse().unwrap();
    let zones: Vec<TimeZone> = my_calls(&apollo, &world)
        .into_iter()
        .filter(|view| view.task.due_at <= now)
        .filter_map(|view| contacts.get(view.task.contact_id.as_deref()?).copied())
        .filter(|contact| is_callable(contact))
        .filter_map(|contact| Some(TimeZone::get(contact.time_zone.as_deref()?).unwrap()))
        .collect();
    for hour in 0..24_i64 {
        let at = now + hour.hours();
        let awake = zones
            .iter()
            .filter(|zone| (8..20).contains(&zone.to_datetime(at).hour()))
            .count();
        assert!(
            awake >= 80,
            "{hour} hours after noon UTC only {awake} can be called"
        );
    }
}

#[tokio::test]
async fn there_are_sequences_in_all_states_with_different_names() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let count = |state| {
        world
            .sequences
            .iter()
            .filter(|it| it.state == state)
            .count()
    };
    assert!(world.sequences.len() >= 14);
    assert!(count(SequenceState::Active) >= 10);
    assert!(count(SequenceState::Paused) >= 2);
    assert!(count(SequenceState::Archived) >= 2);
    let names: BTreeSet<&str> = world.sequences.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), world.sequences.len());
}

#[tokio::test]
async fn others_have_calls_too_and_there_is_more_than_calls() {
    let apollo = apollo().await;
    let me = apollo.me();
    let world = apollo.sandbox.world();
    let others = world
        .tasks
        .iter()
        .filter(|it| is_open_call(it) && it.task.user_id != me)
        .count();
    assert!((350..500).contains(&others), "{others}");
    let kinds: BTreeSet<&str> = world
        .tasks
        .iter()
        .map(|view| view.task.task_type.as_str())
        .collect();
    for kind in [
        "outreach_manual_email",
        "linkedin_step_connect",
        "linkedin_step_message",
        "action_item",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let status = |status: &str| {
        world
            .tasks
            .iter()
            .filter(|it| it.task.status == status)
            .count()
    };
    assert!(status("completed") >= 100 && status("skipped") >= 20);
}

#[tokio::test]
async fn there_are_enough_odd_contacts_of_every_kind_in_the_queue() {
    let apollo = apollo().await;
    let me = apollo.me();
    let mut rows: Vec<Value> = Vec::new();
    for page in 1..=7 {
        let body = json!({"user_ids": [me], "per_page": 100, "page": page});
        let found = apollo.post("tasks/search", &body).await.json();
        rows.extend(found["tasks"].as_array().unwrap().iter().cloned());
    }
    let contacts: Vec<&Value> = rows
        .iter()
        .map(|row| &row["contact"])
        .filter(|contact| contact.is_object())
        .collect();
    let phones = |contact: &Value| contact["phone_numbers"].as_array().unwrap().clone();
    let any_phone =
        |contact: &Value, test: &dyn Fn(&Value) -> bool| phones(contact).iter().any(test);
    let count = |test: &dyn Fn(&Value) -> bool| contacts.iter().filter(|it| test(it)).count();
    let floors: [(&str, usize, Test<'_>); 11] = [
        ("no phones", 5, &|it| phones(it).is_empty()),
        ("several phones", 100, &|it| phones(it).len() > 1),
        ("a broken number", 8, &|it| {
            any_phone(it, &|phone| phone["sanitized_number"].is_null())
        }),
        ("opted out", 5, &|it| it["call_opted_out"] == true),
        ("do not call", 8, &|it| {
            any_phone(it, &|phone| !phone["dnc_status"].is_null())
        }),
        ("no account", 5, &|it| it["account_id"].is_null()),
        ("an escaped name", 5, &|it| {
            it["name"].as_str().unwrap().contains('&')
        }),
        ("no last name", 5, &|it| it["last_name"].is_null()),
        ("no time zone", 5, &|it| it["time_zone"].is_null()),
        ("an email", 500, &|it| {
            it["email"]
                .as_str()
                .is_some_and(|it| it.ends_with(".example"))
        }),
        ("a LinkedIn page", 400, &|it| it["linkedin_url"].is_string()),
    ];
    for (what, floor, test) in floors {
        assert!(
            count(test) >= floor,
            "{what}: {} of at least {floor}",
            count(test)
        );
    }
    let escaped = |row: &&Value| {
        row["account"]["name"]
            .as_str()
            .is_some_and(|it| it.contains("&amp;"))
    };
    assert!(
        rows.iter().filter(escaped).count() >= 10,
        "escaped company names"
    );
    let countries: BTreeSet<&str> = contacts
        .iter()
        .filter_map(|contact| contact["country"].as_str())
        .collect();
    assert!(countries.len() >= 15, "{countries:?}");
    let zones: BTreeSet<&str> = contacts
        .iter()
        .filter_map(|contact| contact["time_zone"].as_str())
        .collect();
    assert!(zones.len() >= 25, "{zones:?}");
}

#[tokio::test]
async fn every_call_of_a_sequence_has_its_script() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    for view in my_calls(&apollo, &world) {
        assert!(
            view.task.note.as_ref().is_some_and(|note| note.len() > 20),
            "{view:?}"
        );
    }
}

#[tokio::test]
async fn every_number_is_from_a_range_kept_for_fiction_and_can_be_parsed() {
    // Where a country keeps numbers for fiction: beginning in E.164, and digits that follow.
    const RANGES: [(&str, usize); 23] = [
        ("+44207946", 4),
        ("+44161496", 4),
        ("+44121496", 4),
        ("+44113496", 4),
        ("+44117496", 4),
        ("+44131496", 4),
        ("+442920180", 3),
        ("+442896496", 3),
        ("+3319900", 4),
        ("+3346571", 4),
        ("+493023125", 3),
        ("+494066969", 3),
        ("+496990009", 3),
        ("+498999998", 3),
        ("+4917139200", 2),
        ("+468465004", 2),
        ("+463139006", 2),
        ("+467017406", 2),
        ("+6127010", 4),
        ("+6137010", 4),
        ("+6177010", 4),
        ("+6187010", 4),
        ("+6149157", 4),
    ];
    let apollo = apollo().await;
    let mut invalid = BTreeSet::new();
    for number in apollo
        .sandbox
        .world()
        .contacts
        .iter()
        .flat_map(|it| &it.sanitized_numbers)
    {
        let is_american =
            number.starts_with("+1") && number.len() == 12 && &number[5..10] == "55501";
        let is_kept = RANGES
            .iter()
            .any(|(start, more)| number.starts_with(start) && number.len() == start.len() + more);
        assert!(is_american || is_kept, "{number} could be somebody's");
        let parsed = phonenumber::parse(None, number).unwrap();
        if !phonenumber::is_valid(&parsed) {
            invalid.insert(number[..6].to_owned());
        }
    }
    assert!(
        invalid.is_empty(),
        "numbers that a dialer would refuse: {invalid:?}"
    );
}

#[tokio::test]
async fn nothing_in_the_data_set_has_a_real_domain() {
    let apollo = apollo().await;
    for datum in apollo.sandbox.personal_data() {
        if let Some((_, domain)) = datum.split_once('@') {
            assert!(domain.ends_with(".example"), "{datum}");
        }
    }
}

#[tokio::test]
async fn a_huge_foreign_queue_and_custom_sizes_can_be_had() {
    let scenario = Scenario {
        size: Size::HugeForeignQueue,
        ..Scenario::default()
    };
    let huge = apollo_with(scenario).await;
    let found = huge
        .post("tasks/search", &json!({"per_page": 1}))
        .await
        .json();
    assert!(found["pipeline_total"].as_u64().unwrap() > 16_000);
    let body = json!({"per_page": 1, "user_ids": [huge.me()]});
    let mine = huge.post("tasks/search", &body).await.json();
    assert!(mine["pipeline_total"].as_u64().unwrap() < 1_000);
}

#[tokio::test]
async fn fifty_thousand_tasks_are_made_and_searched_in_a_moment() {
    // Generous for an unoptimized build on a busy machine; optimized it takes a fraction.
    const LIMIT_S: u64 = 20;
    let clock = SystemClock::shared();
    let size = Size::Custom {
        main_rep_tasks: 25_000,
        other_rep_tasks: 25_000,
    };
    let scenario = Scenario {
        size,
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let body = json!({"user_ids": [apollo.me()], "task_type_cds": ["call"], "per_page": 1});
    let found = apollo.post("tasks/search", &body).await.json();
    assert!(found["pipeline_total"].as_u64().unwrap() > 20_000);
    let took = clock.elapsed();
    assert!(took.as_secs() < LIMIT_S, "took {took:?}");
}

#[tokio::test]
async fn the_team_has_active_reps_an_admin_a_leaver_and_a_nameless_user() {
    let apollo = apollo().await;
    let users = apollo.sandbox.users();
    assert!(
        users
            .iter()
            .filter(|user| !user.deactivated && !user.name.is_empty())
            .count()
            >= 5
    );
    assert_eq!(users.iter().filter(|user| user.deactivated).count(), 1);
    assert_eq!(users.iter().filter(|user| user.name.is_empty()).count(), 1);
}

#[tokio::test]
async fn past_calls_use_seven_outcomes_and_lie_in_the_past() {
    let apollo = apollo().await;
    let found = apollo
        .post("phone_calls/search", &json!({"per_page": 100}))
        .await
        .json();
    let calls = found["phone_calls"].as_array().unwrap();
    assert!(calls.len() >= 60);
    assert!(
        calls
            .iter()
            .all(|call| call["end_time"].as_str().unwrap() < "2026-11-24T12:00:00")
    );
    let outcomes: BTreeSet<&str> = calls
        .iter()
        .filter_map(|call| call["phone_call_outcome_id"].as_str())
        .collect();
    assert_eq!(outcomes.len(), 7);
}
