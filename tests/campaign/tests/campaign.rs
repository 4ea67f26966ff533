//! The bounded part of the campaign that every test run includes.

#![expect(
    clippy::expect_used,
    reason = "a campaign that cannot start is a failure"
)]

use std::process::{Command, Output};

const KILLS: usize = 40;

fn campaign(arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_campaign"))
        .args(arguments)
        .output()
        .expect("the campaign starts");
    let said = format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output, said)
}

#[test]
fn every_wrap_up_is_in_apollo_exactly_once_however_often_the_process_is_killed() {
    let (output, said) = campaign(&["--kills", &KILLS.to_string()]);
    assert!(output.status.success(), "{said}");

    let count = |name: &str| -> usize {
        let mut lines = said.lines().filter_map(|line| line.strip_prefix(name));
        let number = lines.next().expect("the table has this row").trim();
        number.parse().expect("a number")
    };
    assert!(count("kills ") >= KILLS, "{said}");
    assert!(count("wrap-ups saved ") > 0, "{said}");
    assert!(count("faults ") > 0, "{said}");
    assert_eq!(count("violations "), 0, "{said}");
}

/// The judge must be able to say no: an app with a fault built in does not pass.
fn is_found(sabotage: &str, word: &str) {
    // Under the next two seeds the identifier is stored, then dropped: where Apollo makes one record
    // of two with the same identifier, a call that is logged twice cannot be seen.
    let (output, said) = campaign(&[
        "--runs",
        "2",
        "--seed",
        "1",
        "--kills",
        "14",
        "--sabotage",
        sabotage,
    ]);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(word), "{said}");
}

#[test]
fn a_call_that_is_logged_twice_is_found() {
    is_found("logs-twice", "2 call records");
}

#[test]
fn a_task_that_is_not_completed_is_found() {
    is_found("completes-nothing", "completed 0 times");
}

#[test]
fn a_callback_that_is_made_twice_is_found() {
    is_found("calls-back-twice", "2 callbacks");
}

#[test]
fn a_wrap_up_that_was_called_durable_and_was_not_is_found() {
    is_found("keeps-nothing", "lost");
}

#[test]
fn a_note_in_plain_text_is_found() {
    is_found("writes-plain-text", "in plain text");
}

#[test]
fn a_correction_that_is_not_sent_is_found() {
    is_found("corrects-nothing", "none of the versions");
}
