//! What a test run says: one line per stage, the end of the log of what failed, a summary.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use crate::say;
use crate::stopwatch::Stopwatch;

/// How much of the output of a failed program is shown.
const TAIL_LINES: usize = 40;
/// The column in which results begin.
const NAME_WIDTH: usize = 14;
/// The longest piece of a log line shown in a sign of life.
const BEAT_CHARS: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With a few words on what was checked, such as a number of tests.
    Passed {
        detail: Option<String>,
    },
    Failed(Vec<Fault>),
    /// Not run because something it needs did not pass: counts as failure of the whole.
    Skipped {
        reason: String,
    },
    /// Cannot be run on this operating system: said, and not a failure.
    NotHere {
        reason: String,
    },
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) why: String,
    /// What the program said that found it; empty when `why` says everything.
    pub(crate) output: String,
}

impl Outcome {
    /// A failure that its own words explain.
    pub(crate) fn failed(why: impl Into<String>) -> Self {
        Self::Failed(vec![Fault {
            why: why.into(),
            output: String::new(),
        }])
    }
}

#[derive(Debug)]
pub(crate) struct Reporter {
    watch: Stopwatch,
    ended: Vec<(&'static str, Outcome)>,
    /// A person watches: the name of the running stage shows while it runs.
    live: bool,
    /// Somebody reads along in a log: a long stage gives a sign of life now and then.
    beats: bool,
    line_is_open: bool,
}

impl Reporter {
    pub(crate) fn new() -> Self {
        let in_ci = env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        Self {
            watch: Stopwatch::start(),
            ended: Vec::new(),
            live: say::is_terminal() && !in_ci,
            beats: in_ci || !say::is_terminal(),
            line_is_open: false,
        }
    }

    /// `speaks`: the stage may say lines of its own.
    pub(crate) fn begin(&mut self, stage: &str, speaks: bool) {
        if self.live && !speaks {
            say::part(&lead(stage));
            self.line_is_open = true;
        }
    }

    pub(crate) fn beat(&self, stage: &str, elapsed: Duration, log: &Path) {
        if self.beats {
            let text = fs::read(log).unwrap_or_default();
            let last = last_line(&String::from_utf8_lossy(&text));
            say::line(&format!(
                "  {stage}: still going after {}: {last}",
                say::duration(elapsed)
            ));
        }
    }

    pub(crate) fn end(
        &mut self,
        stage: &'static str,
        outcome: Outcome,
        elapsed: Duration,
        log_path: &str,
    ) {
        let result = line(&outcome, elapsed);
        if self.line_is_open {
            say::line(&result);
            self.line_is_open = false;
        } else {
            say::line(&format!("{}{result}", lead(stage)));
        }
        if let Outcome::Failed(faults) = &outcome {
            for fault in faults {
                for text in tail(&fault.output) {
                    say::line(&format!("    {text}"));
                }
                for text in fault.why.lines() {
                    say::line(&format!("  {text}"));
                }
            }
            say::line(&format!("  the whole log: {log_path}"));
        }
        self.ended.push((stage, outcome));
    }

    /// The first of these stages that ran in this run and did not pass.
    pub(crate) fn first_not_passed(&self, stages: &[super::Stage]) -> Option<&'static str> {
        self.ended
            .iter()
            .filter(|(name, _)| stages.iter().any(|stage| stage.name() == *name))
            .find(|(_, outcome)| !matches!(outcome, Outcome::Passed { .. }))
            .map(|(name, _)| *name)
    }

    /// Says the summary; the exit code is that of the whole run.
    pub(crate) fn summary(&self) -> ExitCode {
        let outcomes: Vec<&Outcome> = self.ended.iter().map(|(_, outcome)| outcome).collect();
        say::line("");
        let failed: Vec<&str> = self
            .ended
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)))
            .map(|(name, _)| *name)
            .collect();
        say::line(&format!("took {}", say::duration(self.watch.elapsed())));
        if !failed.is_empty() {
            say::line(&format!("failed: {}", failed.join(", ")));
        }
        say::line(&counts(&outcomes));
        if is_success(&outcomes) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn lead(stage: &str) -> String {
    let dots = NAME_WIDTH.saturating_sub(stage.len() + 2);
    format!("{stage} {} ", ".".repeat(dots))
}

fn line(outcome: &Outcome, elapsed: Duration) -> String {
    let took = say::duration(elapsed);
    match outcome {
        Outcome::Passed { detail: None } => format!("ok {took}"),
        Outcome::Passed {
            detail: Some(detail),
        } => format!("ok {took} ({detail})"),
        Outcome::Failed(_) => format!("FAILED {took}"),
        Outcome::Skipped { reason } => format!("skipped: {reason}"),
        Outcome::NotHere { reason } => format!("not run here: {reason}"),
    }
}

fn counts(outcomes: &[&Outcome]) -> String {
    let count = |test: fn(&Outcome) -> bool| outcomes.iter().filter(|item| test(item)).count();
    let passed = count(|outcome| matches!(outcome, Outcome::Passed { .. }));
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let skipped = outcomes.len() - passed - failed;
    if skipped == 0 {
        format!("{passed} passed, {failed} failed")
    } else {
        format!("{passed} passed, {failed} failed, {skipped} skipped")
    }
}

fn is_success(outcomes: &[&Outcome]) -> bool {
    outcomes
        .iter()
        .all(|outcome| matches!(outcome, Outcome::Passed { .. } | Outcome::NotHere { .. }))
}

fn tail(log: &str) -> Vec<&str> {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].to_vec()
}

fn last_line(log: &str) -> String {
    let line = log
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.trim().chars().take(BEAT_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Stage;
    use super::*;

    fn passed() -> Outcome {
        Outcome::Passed { detail: None }
    }

    fn failed() -> Outcome {
        Outcome::failed("reason")
    }

    fn skipped() -> Outcome {
        Outcome::Skipped {
            reason: "reason".to_owned(),
        }
    }

    #[test]
    fn a_stage_has_one_line_with_its_result_and_its_time() {
        let took = Duration::from_millis(1200);
        assert_eq!(
            format!("{}{}", lead("fmt"), line(&passed(), took)),
            "fmt ......... ok 1.2 s"
        );
        let detail = Outcome::Passed {
            detail: Some("12 tests".to_owned()),
        };
        assert_eq!(line(&detail, took), "ok 1.2 s (12 tests)");
        assert_eq!(line(&failed(), took), "FAILED 1.2 s");
        assert_eq!(line(&skipped(), took), "skipped: reason");
    }

    #[test]
    fn the_closing_line_counts_and_names_skipped_stages_only_when_there_are_any() {
        assert_eq!(counts(&[&passed(), &passed()]), "2 passed, 0 failed");
        assert_eq!(
            counts(&[&passed(), &failed(), &skipped()]),
            "1 passed, 1 failed, 1 skipped"
        );
    }

    #[test]
    fn a_failed_or_skipped_stage_fails_the_run_and_one_that_cannot_run_here_does_not() {
        let not_here = Outcome::NotHere {
            reason: "Linux only".to_owned(),
        };
        assert!(is_success(&[&passed(), &not_here]));
        assert!(!is_success(&[&passed(), &failed()]));
        assert!(!is_success(&[&passed(), &skipped()]));
    }

    #[test]
    fn a_stage_is_held_back_by_what_it_needs_and_by_nothing_else() {
        let mut reporter = Reporter::new();
        let zero = Duration::ZERO;
        reporter.end(Stage::Fmt.name(), failed(), zero, "");
        reporter.end(Stage::Build.name(), passed(), zero, "");
        assert_eq!(reporter.first_not_passed(&[Stage::Build]), None);
        reporter.end(Stage::Web.name(), skipped(), zero, "");
        assert_eq!(
            reporter.first_not_passed(&[Stage::Build, Stage::Web]),
            Some("web")
        );
    }

    #[test]
    fn of_a_long_log_only_the_end_is_shown() {
        let lines: Vec<String> = (0..100).map(|n| format!("line {n}")).collect();
        let log = lines.join(
            "
",
        );
        let shown = tail(&log);
        assert_eq!(shown.len(), TAIL_LINES);
        assert_eq!(shown.last(), Some(&"line 99"));
        assert_eq!(tail("only\n"), ["only"]);
    }

    #[test]
    fn a_sign_of_life_shows_the_last_words_of_the_log() {
        assert_eq!(
            last_line("Compiling a\n   Compiling b v1\n\n"),
            "Compiling b v1"
        );
        assert_eq!(last_line(""), "");
    }
}
