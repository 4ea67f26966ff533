//! What a test run prints: one line per stage, the end of the log of what failed, a summary.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use super::Stage;
use crate::say::{self, Stopwatch, say};

/// How much of the output of a failed program is shown.
const TAIL_LINES: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StageResult {
    /// With a note on what was checked, such as a number of tests.
    Passed(Option<String>),
    Failed(Vec<Fault>),
    /// Not run because something it needs did not pass: counts as failure of the whole.
    Skipped(String),
    /// Cannot be run on this operating system: reported, and not a failure.
    NotHere(String),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) why: String,
    /// The output of the program that found it; empty when `why` says everything.
    pub(crate) output: String,
}

impl Fault {
    /// A fault that `why` explains alone.
    pub(crate) fn of(why: String) -> Self {
        let output = String::new();
        Self { why, output }
    }
}

impl StageResult {
    pub(crate) const PASSED: Self = Self::Passed(None);

    fn is_passed(&self) -> bool {
        matches!(self, Self::Passed(_))
    }

    fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    fn shown(&self, took: Duration) -> String {
        let took = say::shown(took);
        match self {
            Self::Passed(None) => format!("ok {took}"),
            Self::Passed(Some(detail)) => format!("ok {took} ({detail})"),
            Self::Failed(_) => format!("FAILED {took}"),
            Self::Skipped(reason) => format!("skipped: {reason}"),
            Self::NotHere(reason) => format!("not run here: {reason}"),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Reporter {
    watch: Stopwatch,
    ended: Vec<(String, StageResult)>,
    /// A person watches: the name of the running stage shows while it runs.
    live: bool,
    /// Somebody reads along in a log: a long stage gives a sign of life now and then.
    pub(crate) beats: bool,
    line_is_open: bool,
}

impl Reporter {
    pub(crate) fn new() -> Self {
        let in_ci = env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let live = say::is_terminal() && !in_ci;
        Self {
            watch: Stopwatch::start(),
            ended: Vec::new(),
            live,
            beats: !live,
            line_is_open: false,
        }
    }

    pub(crate) fn begin(&mut self, stage: &Stage) {
        let speaks = stage.tool.is_some() || stage.name == "setup";
        self.line_is_open = self.live && !speaks;
        if self.line_is_open {
            say::part(&lead(&stage.name));
        }
    }

    pub(crate) fn end(
        &mut self,
        stage: &Stage,
        result: StageResult,
        took: Duration,
        log_path: &str,
    ) {
        let lead = if self.line_is_open {
            String::new()
        } else {
            lead(&stage.name)
        };
        say!("{lead}{}", result.shown(took));
        if let StageResult::Failed(faults) = &result {
            for Fault { why, output } in faults {
                for line in tail(output) {
                    say!("    {line}");
                }
                for line in why.lines() {
                    say!("  {line}");
                }
            }
            say!("  the whole log: {log_path}");
        }
        self.ended.push((stage.name.clone(), result));
    }

    /// The first of these stages that ran in this run and did not pass.
    pub(crate) fn first_not_passed(&self, stages: &[String]) -> Option<&str> {
        let mut of_these = self.ended.iter().filter(|(name, _)| stages.contains(name));
        of_these
            .find(|(_, result)| !result.is_passed())
            .map(|(name, _)| name.as_str())
    }

    /// Prints the summary; the exit code is that of the whole run.
    pub(crate) fn summary(&self) -> ExitCode {
        let failed = self.ended.iter().filter(|(_, result)| result.is_failed());
        let failed: Vec<&str> = failed.map(|(name, _)| name.as_str()).collect();
        say!("\ntook {}", self.watch.shown());
        if !failed.is_empty() {
            say!("failed: {}", failed.join(", "));
        }
        let (counts, is_success) = judged(self.ended.iter().map(|(_, result)| result));
        say!("{counts}");
        if is_success {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn lead(stage: &str) -> String {
    format!("{:.<13} ", format!("{stage} "))
}

/// How many results are what, and whether the run as a whole succeeded.
fn judged<'a>(results: impl Iterator<Item = &'a StageResult> + Clone) -> (String, bool) {
    let passed = results.clone().filter(|result| result.is_passed()).count();
    let failed = results.clone().filter(|result| result.is_failed()).count();
    let counts = match results.clone().count() - passed - failed {
        0 => format!("{passed} passed, {failed} failed"),
        skipped => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    };
    let mut results = results;
    (
        counts,
        results.all(|it| matches!(it, StageResult::Passed(_) | StageResult::NotHere(_))),
    )
}

fn tail(log: &str) -> Vec<&str> {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::STAGES;
    use super::*;

    fn failed() -> StageResult {
        StageResult::Failed(Vec::new())
    }

    fn skipped() -> StageResult {
        StageResult::Skipped("reason".to_owned())
    }

    #[test]
    fn a_stage_has_one_line_with_its_result_and_its_time() {
        let took = Duration::from_millis(1200);
        assert_eq!(
            lead("fmt") + &StageResult::PASSED.shown(took),
            "fmt ......... ok 1.2 s"
        );
        let detail = StageResult::Passed(Some("12 tests".to_owned()));
        assert_eq!(detail.shown(took), "ok 1.2 s (12 tests)");
        assert_eq!(failed().shown(took), "FAILED 1.2 s");
        assert_eq!(skipped().shown(took), "skipped: reason");
    }

    #[test]
    fn a_failed_or_skipped_stage_fails_the_run_and_one_that_cannot_run_here_does_not() {
        let judged = |results: &[StageResult]| judged(results.iter());
        let not_here = StageResult::NotHere("Linux only".to_owned());
        assert_eq!(
            judged(&[StageResult::PASSED, StageResult::PASSED]),
            ("2 passed, 0 failed".into(), true)
        );
        assert!(judged(&[StageResult::PASSED, not_here]).1);
        assert!(!judged(&[StageResult::PASSED, failed()]).1);
        let counts = "1 passed, 1 failed, 1 skipped".to_owned();
        assert_eq!(
            judged(&[StageResult::PASSED, failed(), skipped()]),
            (counts, false)
        );
        assert!(!judged(&[StageResult::PASSED, skipped()]).1);
    }

    #[test]
    fn a_stage_is_held_back_by_what_it_needs_and_by_nothing_else() {
        let mut reporter = Reporter::new();
        let mut end = |name, result| {
            let stage = STAGES.iter().find(|stage| stage.name == name).unwrap();
            reporter.end(stage, result, Duration::ZERO, "");
        };
        end("fmt", failed());
        end("build", StageResult::PASSED);
        end("web", skipped());
        assert_eq!(reporter.first_not_passed(&["build".to_owned()]), None);
        assert_eq!(
            reporter.first_not_passed(&["build".to_owned(), "web".to_owned()]),
            Some("web")
        );
    }

    #[test]
    fn of_a_long_log_only_the_end_is_shown() {
        let log = "line\n".repeat(99) + "the last line\n";
        let shown = tail(&log);
        assert_eq!(shown.len(), TAIL_LINES);
        assert_eq!(shown.last(), Some(&"the last line"));
        assert_eq!(tail("only\n"), ["only"]);
    }
}
