//! Running the programs that `xshell::cmd!` describes.
//!
//! Ours, since neither xshell nor duct has what a stage of CI needs: the whole output in a log, a sign
//! of life once a minute, and an end after 45 minutes. No program reads from the terminal's input, so
//! that a run never waits for an answer that CI cannot give; [`hand_over`] is the exception.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use wait_timeout::ChildExt;
use xshell::Cmd;

use crate::say::{self, Stopwatch, say};

/// No single step may take longer; the slowest (installers for two systems, from nothing) takes half of it.
const STEP_LIMIT: Duration = Duration::from_hours(1);
/// How long a step that is told to end has for tidying up.
const STEP_GRACE: Duration = Duration::from_secs(15);
/// How often a long step reports that it is alive.
const BEAT: Duration = Duration::from_mins(1);
/// The longest piece of a log line shown in a sign of life.
const BEAT_CHARS: usize = 80;

/// What cargo tells xtask about xtask's own package would make other packages' build scripts run again.
fn command(step: Cmd<'_>) -> Command {
    let mut command = Command::from(step);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.env_remove("CARGO_BIN_NAME").stdin(Stdio::null());
    command
}

/// Runs a step with its output on the terminal.
pub(crate) fn run(step: Cmd<'_>) -> Result<()> {
    let shown = step.to_string();
    let status = command(step).status();
    judge(&shown, status.with_context(|| not_started(&shown))?)
}

/// Runs a program with the terminal, its input too, and ends as it did.
pub(crate) fn hand_over(step: Cmd<'_>) -> Result<ExitCode> {
    let shown = step.to_string();
    let status = command(step).stdin(Stdio::inherit()).status();
    let code = status.with_context(|| not_started(&shown))?.code();
    let code = code.and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs a step and returns its standard output.
pub(crate) fn capture(step: Cmd<'_>) -> Result<String> {
    let shown = step.to_string();
    let output = command(step)
        .output()
        .with_context(|| not_started(&shown))?;
    judge(&shown, output.status)
        .with_context(|| String::from_utf8_lossy(&output.stderr).trim().to_owned())?;
    String::from_utf8(output.stdout).with_context(|| format!("the output of `{shown}` is not text"))
}

fn judge(shown: &str, status: ExitStatus) -> Result<()> {
    let ended = || match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "ended by a signal".to_owned(),
    };
    ensure!(status.success(), "`{shown}` failed ({})", ended());
    Ok(())
}

fn not_started(shown: &str) -> String {
    format!("`{shown}` could not be started")
}

/// The stage whose long steps print a sign of life once a minute, and since when it runs.
pub(crate) type Beats = Option<(&'static str, Stopwatch)>;

/// The log of one stage: every step's call and its whole output.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) path: PathBuf,
    file: File,
    beats: Beats,
}

impl Log {
    pub(crate) fn create(path: &Path, beats: Beats) -> Result<Self> {
        fs::create_dir_all(path.parent().context("a log needs a folder")?)?;
        fs::write(path, "")?;
        let mut options = File::options();
        let file = options.append(true).read(true).open(path);
        let file = file.with_context(|| format!("{} could not be opened", path.display()))?;
        let path = path.to_path_buf();
        Ok(Self { path, file, beats })
    }

    pub(crate) fn note(&self, text: &str) -> Result<()> {
        writeln!(&self.file, "{text}").context("the log could not be written")
    }

    /// How long the log is; [`Self::since`] reads on from there.
    pub(crate) fn length(&self) -> u64 {
        self.file.metadata().map_or(0, |data| data.len())
    }

    pub(crate) fn since(&self, place: u64) -> String {
        let mut bytes = Vec::new();
        let read = (&self.file)
            .seek(SeekFrom::Start(place))
            .and_then(|_| (&self.file).read_to_end(&mut bytes));
        read.map(|_| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    fn beat(&self) {
        if let Some((stage, watch)) = &self.beats {
            let last = last_line(&self.since(0));
            say!("  {stage}: still going after {}: {last}", watch.shown());
        }
    }

    /// Runs a step with its output in this log.
    pub(crate) fn run(&self, step: Cmd<'_>) -> Result<()> {
        let shown = step.to_string();
        self.note(&format!("$ {shown}"))?;
        let mut command = command(step);
        command
            .stdout(self.file.try_clone()?)
            .stderr(self.file.try_clone()?);
        let mut child = command.spawn().with_context(|| not_started(&shown))?;
        let watch = Stopwatch::start();
        while watch.elapsed() < STEP_LIMIT {
            if let Some(status) = child.wait_timeout(BEAT)? {
                return judge(&shown, status);
            }
            self.beat();
        }
        ask_to_end(child.id());
        if child.wait_timeout(STEP_GRACE)?.is_none() {
            child.kill()?;
            child.wait()?;
        }
        bail!("`{shown}` was ended after {}", say::shown(STEP_LIMIT))
    }
}

/// Where a step's output goes, and where xtask announces what it is about to do.
#[derive(Clone, Copy)]
pub(crate) enum Sink<'a> {
    Terminal,
    /// To a log. What xtask itself prints goes to the terminal as well.
    Log(&'a Log),
}

impl Sink<'_> {
    pub(crate) fn run(self, step: Cmd<'_>) -> Result<()> {
        match self {
            Self::Terminal => run(step),
            Self::Log(log) => log.run(step),
        }
    }

    pub(crate) fn say(self, text: &str) -> Result<()> {
        say!("{text}");
        match self {
            Self::Terminal => Ok(()),
            Self::Log(log) => log.note(text),
        }
    }
}

fn last_line(log: &str) -> String {
    let line = log.lines().rev().find(|line| !line.trim().is_empty());
    line.unwrap_or_default()
        .trim()
        .chars()
        .take(BEAT_CHARS)
        .collect()
}

/// Asks a program that this run started to end, so that it can tidy up; on Windows it is ended at once,
/// with the programs that it has started.
fn ask_to_end(pid: u32) {
    let call: &[&str] = if cfg!(windows) {
        &["taskkill", "/F", "/T", "/PID"]
    } else {
        &["kill", "-TERM"]
    };
    let mut command = Command::new(call[0]);
    command.args(&call[1..]).arg(pid.to_string());
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(test)]
mod tests {
    use super::*;
    use xshell::{Shell, cmd};

    #[cfg(unix)]
    #[test]
    fn a_log_holds_the_call_and_both_outputs_and_a_failure_names_the_exit_code() {
        let sh = Shell::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let log = Log::create(&folder.path().join("logs/a.log"), None).unwrap();
        let script = "echo out; echo err >&2; exit 3";
        let error = log.run(cmd!(sh, "sh -c {script}")).unwrap_err().to_string();
        assert!(error.contains("exit code 3"), "{error}");
        let text = log.since(0);
        assert!(text.starts_with("$ sh -c"), "{text}");
        assert!(
            text.contains("\nout\n") && text.contains("\nerr\n"),
            "{text}"
        );
        assert_eq!(last_line(&text), "err");
    }

    #[cfg(unix)]
    #[test]
    fn a_step_never_waits_for_input_and_learns_nothing_of_xtasks_own_package() {
        let sh = Shell::new().unwrap();
        assert_eq!(capture(cmd!(sh, "cat")).unwrap(), "");
        let variables = capture(cmd!(sh, "env")).unwrap();
        assert!(!variables.contains("CARGO_PKG_NAME") && !variables.contains("CARGO_MANIFEST_DIR"));
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let sh = Shell::new().unwrap();
        let error = capture(cmd!(sh, "no-such-program"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("`no-such-program` could not be started"),
            "{error}"
        );
    }
}
