//! The bounded part of the campaign that every test run includes.

#![expect(
    clippy::expect_used,
    reason = "a campaign that cannot start is a failure"
)]

use std::process::{Command, Output};

const KILLS: usize = 25;
const EVENTS: usize = 40;

fn campaign(arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_campaign"))
        .args(arguments)
        .output()
        .expect("the campaign starts");
    let text = format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output, text)
}

fn count(output: &str, name: &str) -> usize {
    let mut lines = output.lines().filter_map(|line| line.strip_prefix(name));
    let number = lines.next().expect("the table has this row").trim();
    number.parse().expect("a number")
}

#[test]
fn every_wrap_up_is_in_apollo_exactly_once_whatever_people_folders_and_kills_do() {
    let (kills, events) = (KILLS.to_string(), EVENTS.to_string());
    // The same seed each time: what a new one finds belongs into a campaign that somebody watches.
    let seed = ["--seed", "500", "--lives", "8"];
    let limits = ["--kills", &kills, "--events", &events];
    let (output, text) = campaign(&[&seed[..], &limits[..]].concat());
    assert!(output.status.success(), "{text}");

    assert!(count(&text, "kills ") >= KILLS, "{text}");
    assert!(count(&text, "events ") >= EVENTS, "{text}");
    assert!(count(&text, "wrap-ups saved ") > 0, "{text}");
    assert_eq!(count(&text, "violations "), 0, "{text}");
}

/// On calm days, so that nothing but the sabotage can be found. Under the next two seeds the
/// identifier is stored, then dropped: where Apollo makes one record of two with the same
/// identifier, a call that is logged twice cannot be seen.
fn calm_days(sabotage: &[&str]) -> (Output, String) {
    let calm = ["--calm", "--runs", "2", "--seed", "1", "--lives", "4"];
    campaign(&[&calm, sabotage].concat())
}

/// The judge must be able to say no: an app with a fault built in does not pass.
fn is_found(sabotage: &str, expected: &str) {
    let (output, text) = calm_days(&["--sabotage", sabotage]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains(expected), "{text}");
}

#[test]
fn on_calm_days_nothing_is_found() {
    let (output, text) = calm_days(&[]);
    assert!(output.status.success(), "{text}");
    assert!(count(&text, "wrap-ups saved ") > 0, "{text}");
}

#[test]
fn a_call_that_is_logged_twice_is_found() {
    is_found("logs-twice", "2 call records");
}

#[test]
fn a_task_that_is_not_completed_is_found() {
    is_found("completes-nothing", "is not Completed");
}

#[test]
fn a_callback_that_is_made_twice_is_found() {
    is_found("calls-back-twice", "2 callbacks");
}

#[test]
fn a_call_that_is_credited_to_somebody_else_is_found() {
    is_found("credits-another", "has the wrong rep");
}

#[test]
fn a_correction_that_is_not_sent_is_found() {
    is_found("corrects-nothing", "none of the versions");
}

#[test]
fn a_wrap_up_that_was_called_durable_and_was_not_is_found() {
    is_found("forgets-the-folder", "lost");
}

#[test]
fn a_note_in_plain_text_is_found() {
    is_found("writes-plain-text", "in plain text");
}

#[test]
fn a_key_in_plain_text_is_found() {
    is_found("writes-the-key", "in plain text");
}
