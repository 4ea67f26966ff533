//! A person or number that is called again, a stopped sequence, and numbers that cost money.

use apollo::types::{PhoneNumber, Task};
use domain::{
    settings::OutcomeRule, settings::Settings, wrap_up::DiscardReason, wrap_up::SkipReason,
    wrap_up::StepKind,
};
use present::{Phone, Problem, ProblemCode, ReachState, SequenceState};

use crate::support::{DeskBench, english, form, no_undo, now, person, sequence};

const DUE: &str = "2026-11-20";

/// Another task for the person of the task `of`.
fn second(task: &str, of: &str) -> Task {
    Task {
        id: task.into(),
        ..person(of, DUE)
    }
}

/// A colleague with this one number.
fn colleague(task: &str, number: &str) -> Task {
    let mut colleague = person(task, DUE);
    if let Some(contact) = &mut colleague.contact {
        contact.phone_numbers = vec![PhoneNumber::with_number(number, Some(number))];
    }
    colleague
}

fn refusal(bench: &DeskBench, task: &str) -> Problem {
    let mut problem = None;
    for confirmed in [false, true] {
        let dialed = now(bench.desk.dial(&task.into(), 0, confirmed));
        let refused = dialed.expect_err("nobody who asked not to be called is dialed");
        assert_eq!(refused.code, ProblemCode::DialRefused, "{task}");
        problem = Some(refused);
    }
    problem.expect("two tries")
}

fn question(bench: &DeskBench, task: &str) -> String {
    let problem = bench.dial(task).expect_err("it asks first");
    assert_eq!(problem.code, ProblemCode::ConfirmDial, "{problem}");
    english(&problem.message)
}

fn phone(bench: &DeskBench, task: &str) -> Phone {
    bench.card(task).phones.swap_remove(0)
}

/// A call of `a` that ended with `outcome`.
fn called(bench: &DeskBench, outcome: &str) {
    bench.dial("a").expect("she can be called");
    now(bench.desk.end_call(&"a".into())).expect("it has ended");
    bench.save("a", form(outcome, "")).expect("saved");
}

#[test]
fn an_opt_out_said_on_the_phone_blocks_the_person_and_the_number_at_once_and_after_a_restart() {
    let tasks = || {
        vec![
            person("a", DUE),
            second("again", "a"),
            colleague("beside", "+12025550143"),
            person("other", DUE),
        ]
    };
    let bench = DeskBench::new();
    bench.work(tasks());
    called(&bench, "do_not_contact");
    let check = |bench: &DeskBench| {
        assert_eq!(bench.card("again").reach.state, ReachState::DoNotCall);
        let sentence = english(&refusal(bench, "again").message);
        assert!(sentence.contains("asked not to be called"), "{sentence}");
        assert_eq!(bench.card("beside").reach.state, ReachState::DoNotCall);
        assert!(phone(bench, "beside").do_not_call);
        refusal(bench, "beside");
        assert_eq!(bench.card("other").reach.state, ReachState::Callable);
    };
    check(&bench);
    let bench = bench.restart();
    bench.work(tasks());
    check(&bench);
    // The days after, the refusal says when the person asked.
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_hours(24));
    let sentence = english(&refusal(&bench, "again").message);
    assert!(
        sentence.ends_with("asked not to be called, yesterday at 10:00."),
        "{sentence}"
    );
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_hours(48));
    let sentence = english(&refusal(&bench, "again").message);
    assert!(
        sentence.ends_with("asked not to be called, on 24 Nov at 10:00."),
        "{sentence}"
    );
}

/// The rep made the call on another phone, for example on the desk phone.
#[test]
fn an_opt_out_of_a_call_that_was_not_dialed_here_blocks_the_persons_own_numbers() {
    let bench = DeskBench::new();
    bench.work(vec![
        person("a", DUE),
        second("again", "a"),
        colleague("beside", "+12025550143"),
    ]);
    bench.save("a", form("do_not_contact", "")).expect("saved");
    refusal(&bench, "again");
    refusal(&bench, "beside");
    // After any other outcome, a number that Handset did not dial can still be called.
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), colleague("beside", "+12025550143")]);
    bench.save("a", form("no_answer", "")).expect("saved");
    bench.dial("beside").expect("another person");
}

#[test]
fn an_opt_out_that_is_taken_back_or_corrected_blocks_nobody() {
    let bench = DeskBench::with(Settings::default());
    bench.work(vec![person("a", DUE), second("again", "a")]);
    called(&bench, "do_not_contact");
    let undo = bench.desk.undo().expect("it can be taken back");
    now(bench.desk.take_back(undo.wrap_up_id)).expect("taken back");
    assert_eq!(bench.card("again").reach.state, ReachState::Callable);
    let bench = bench.restart();
    bench.work(vec![person("a", DUE), second("again", "a")]);
    assert_eq!(bench.card("again").reach.state, ReachState::Callable);

    bench.save("a", form("do_not_contact", "")).expect("saved");
    let id = bench.receipt("a").wrap_up_id;
    now(bench.desk.correct(id, "no_answer", None, String::new())).expect("corrected");
    assert_eq!(bench.card("again").reach.state, ReachState::AskFirst);
    // And the other way round.
    now(bench
        .desk
        .correct(id, "do_not_contact", None, String::new()))
    .expect("corrected");
    let bench = bench.restart();
    bench.work(vec![second("again", "a")]);
    assert_eq!(bench.card("again").reach.state, ReachState::DoNotCall);
}

#[test]
fn do_not_call_as_a_reason_to_skip_opts_out_the_person_and_every_number_of_theirs() {
    let rule = OutcomeRule {
        outcome: "do_not_contact".to_owned(),
        stage_id: Some("64c0ffee0000000000000001".to_owned()),
        finish_sequence: true,
        callback_days: Some(3),
        ..OutcomeRule::default()
    };
    let bench = DeskBench::with(Settings {
        rules: vec![rule],
        ..no_undo()
    });
    bench.bench.apollo.sequences(vec![sequence("s", "Q4")]);
    let mut first = person("a", DUE);
    first.sequence_id = Some("s".into());
    bench.work(vec![
        first,
        second("again", "a"),
        colleague("beside", "+12025550143"),
    ]);
    now(bench
        .desk
        .skip(&"a".into(), SkipReason::DoNotCall, String::new()))
    .expect("skipped");
    refusal(&bench, "again");
    refusal(&bench, "beside");
    let wrap_up = bench
        .bench
        .store
        .wrap_up_of_task(&"a".into())
        .expect("stored");
    let kinds: Vec<_> = wrap_up.steps.iter().map(|step| step.kind).collect();
    let wanted = [
        StepKind::SkipTask,
        StepKind::SetStage,
        StepKind::FinishSequence,
    ];
    assert_eq!(kinds, wanted, "and no callback");
    bench.run(std::time::Duration::from_secs(5));
    assert_eq!(bench.bench.apollo.stages_set().len(), 1);
    assert_eq!(bench.bench.apollo.sequences_finished().len(), 1);
    // Any other reason does not opt the person out.
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), second("again", "a")]);
    now(bench
        .desk
        .skip(&"a".into(), SkipReason::NotRelevant, String::new()))
    .expect("skipped");
    assert_eq!(bench.card("again").reach.state, ReachState::Callable);
}

#[test]
fn a_rule_says_whether_an_outcome_opts_out_and_else_its_name() {
    for (opts_out, state) in [
        (Some(false), ReachState::AskFirst),
        (Some(true), ReachState::DoNotCall),
        (None, ReachState::DoNotCall),
    ] {
        let rule = OutcomeRule {
            outcome: "do_not_contact".to_owned(),
            opts_out,
            ..OutcomeRule::default()
        };
        let bench = DeskBench::with(Settings {
            rules: vec![rule],
            ..Settings::default()
        });
        bench.work(vec![person("a", DUE), second("again", "a")]);
        called(&bench, "do_not_contact");
        assert_eq!(bench.card("again").reach.state, state, "{opts_out:?}");
    }
}

#[test]
fn a_person_or_number_called_earlier_today_asks_when_and_with_what_outcome() {
    let bench = DeskBench::new();
    bench.work(vec![
        person("a", DUE),
        second("again", "a"),
        colleague("beside", "+12025550143"),
    ]);
    called(&bench, "no_answer");
    let card = bench.card("again");
    assert_eq!(card.reach.state, ReachState::AskFirst);
    let short = english(&card.reach.short);
    assert!(short.starts_with("called "), "{short}");
    let asked = question(&bench, "again");
    assert!(asked.contains("No answer"), "{asked}");
    let asked = question(&bench, "beside");
    assert!(asked.contains("This number was called"), "{asked}");
    assert!(phone(&bench, "beside").asks.is_some());
    assert_eq!(
        bench.desk.report().all.callable_now,
        1,
        "only the colleague"
    );
    now(bench.desk.dial(&"beside".into(), 0, true)).expect("the rep said yes");
    now(bench.desk.undo_dial(&"beside".into()));

    // The next day it is an ordinary card again.
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_hours(24));
    assert_eq!(bench.card("again").reach.state, ReachState::Callable);
    bench.dial("again").expect("it is another day");
}

#[test]
fn a_callback_that_the_rep_planned_for_today_does_not_ask() {
    let rule = OutcomeRule {
        outcome: "no_answer".to_owned(),
        callback_days: Some(0),
        ..OutcomeRule::default()
    };
    let bench = DeskBench::with(Settings {
        rules: vec![rule],
        ..Settings::default()
    });
    bench.work(vec![person("a", DUE)]);
    called(&bench, "no_answer");
    let wrap_up = bench
        .bench
        .store
        .wrap_up_of_task(&"a".into())
        .expect("stored");
    let domain::wrap_up::Work::Call(work) = wrap_up.work else {
        panic!("it is a call")
    };
    let planned = Task {
        due_at: work.after.callback_at,
        ..second("planned", "a")
    };
    bench.work(vec![planned, second("again", "a")]);
    bench.dial("planned").expect("it was planned");
    now(bench.desk.undo_dial(&"planned".into()));
    question(&bench, "again");
}

#[test]
fn what_was_about_the_wrong_person_is_forgotten() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), second("again", "a")]);
    bench.bench.apollo.network(false);
    called(&bench, "do_not_contact");
    bench.run(std::time::Duration::from_secs(30));
    let id = bench.receipt("a").wrap_up_id;
    let given_up = now(bench.desk.discard(id, DiscardReason::WrongPerson));
    given_up.expect("given up");
    assert_ne!(bench.card("again").reach.state, ReachState::DoNotCall);
}

#[test]
fn a_task_of_a_stopped_sequence_says_so_is_not_counted_and_asks() {
    for (archived, state, word) in [
        (false, SequenceState::Paused, "paused"),
        (true, SequenceState::Archived, "archived"),
    ] {
        let bench = DeskBench::new();
        let mut stopped = sequence("s", "On hold (legal)");
        stopped.active = false;
        stopped.archived = archived;
        bench.bench.apollo.sequences(vec![stopped]);
        let mut task = person("a", DUE);
        task.sequence_id = Some("s".into());
        bench.work(vec![task, person("b", DUE)]);
        let card = bench.card("a");
        assert_eq!(card.reach.state, ReachState::AskFirst);
        assert_eq!(english(&card.reach.short), format!("sequence {word}"));
        assert_eq!(card.sequence.map(|step| step.state), Some(state));
        assert_eq!(bench.desk.report().all.callable_now, 1);
        assert!(question(&bench, "a").contains(word));
        now(bench.desk.dial(&"a".into(), 0, true)).expect("the rep said yes");
    }
}

#[test]
fn every_reason_is_asked_about_at_once() {
    let bench = DeskBench::new();
    let mut stopped = sequence("s", "On hold (legal)");
    stopped.active = false;
    bench.bench.apollo.sequences(vec![stopped]);
    let mut nowhere = colleague("again", "+19005550143");
    if let Some(contact) = &mut nowhere.contact {
        contact.time_zone = None;
        contact.country = None;
    }
    nowhere.sequence_id = Some("s".into());
    bench.work(vec![nowhere]);
    assert_eq!(bench.card("again").reach.state, ReachState::AskFirst);
    let asked = question(&bench, "again");
    for part in ["does not know what time", "paused", "premium-rate"] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
}

#[test]
fn numbers_that_cost_or_lead_nowhere_ask_and_say_why() {
    let costly = [
        ("+19005550143", "premium-rate"),
        ("+449098790123", "premium-rate"),
        ("+447012345678", "personal"),
        ("+881612345678", "satellite"),
        ("+883510012345", "satellite"),
    ];
    for (number, why) in costly {
        let bench = DeskBench::new();
        bench.work(vec![colleague("a", number)]);
        let asked = question(&bench, "a");
        assert!(asked.contains(why), "{number}: {asked}");
        assert!(
            phone(&bench, "a")
                .asks
                .is_some_and(|asks| english(&asks).contains(why))
        );
        now(bench.desk.dial(&"a".into(), 0, true)).expect("the rep said yes");
    }
    for number in ["+12025550143", "+442079460123", "+447400123456"] {
        let bench = DeskBench::new();
        bench.work(vec![colleague("a", number)]);
        assert_eq!(phone(&bench, "a").asks, None, "{number}");
    }
}

#[test]
fn an_admin_allows_and_forbids_numbers_by_how_they_begin() {
    let with = |allowed: &[&str], forbidden: &[&str]| {
        let starts = |starts: &[&str]| starts.iter().map(|start| (*start).to_owned()).collect();
        let mut settings = Settings::default();
        settings.destinations.allowed = starts(allowed);
        settings.destinations.forbidden = starts(forbidden);
        let bench = DeskBench::with(settings);
        bench.work(vec![colleague("a", "+19005550143")]);
        bench
    };
    with(&["+1900"], &[]).dial("a").expect("it is allowed");
    let forbidden = with(&[], &["+1"]);
    assert_eq!(forbidden.card("a").reach.state, ReachState::NoNumber);
    refusal(&forbidden, "a");
    assert!(
        phone(&forbidden, "a")
            .why_not
            .is_some_and(|why| english(&why).contains("+1 "))
    );
    // The longest beginning counts; of two equal beginnings, the forbidden one.
    with(&["+1900"], &["+1"]).dial("a").expect("an exception");
    refusal(&with(&["+1"], &["+1900"]), "a");
    refusal(&with(&["+1900"], &["+1900"]), "a");
}
