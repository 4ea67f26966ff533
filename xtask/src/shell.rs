//! Running other programs: with their output on the terminal, in a log, or captured.
//!
//! No step reads from the terminal's input, so a run never waits for an answer that CI cannot give;
//! but one that is told to, for a key that a person types.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::say;
use crate::stopwatch::Stopwatch;

/// No single step may take longer; the slowest (a first build of everything) takes a third of it.
const STEP_LIMIT_S: u64 = 45 * 60;
/// How long a step that is told to end has for tidying up.
const STEP_GRACE_S: u64 = 15;
/// How often a long step reports that it is alive.
const BEAT_S: u64 = 60;

/// One program call.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    program: OsString,
    args: Vec<OsString>,
    folder: PathBuf,
    env: Vec<(OsString, OsString)>,
    reads_input: bool,
}

impl Step {
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Self {
        Self {
            program: program.as_ref().to_os_string(),
            args: Vec::new(),
            folder: folder.to_path_buf(),
            env: Vec::new(),
            reads_input: false,
        }
    }

    /// Lets the program read what is typed, or piped in.
    pub(crate) fn reading_input(mut self) -> Self {
        self.reads_input = true;
        self
    }

    /// The cargo that runs xtask.
    pub(crate) fn cargo(folder: &Path) -> Self {
        Self::new(
            std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            folder,
        )
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_os_string());
        self
    }

    pub(crate) fn args<I: IntoIterator<Item = A>, A: AsRef<OsStr>>(mut self, args: I) -> Self {
        self.args
            .extend(args.into_iter().map(|arg| arg.as_ref().to_os_string()));
        self
    }

    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env
            .push((name.as_ref().to_os_string(), value.as_ref().to_os_string()));
        self
    }

    pub(crate) fn envs(self, vars: &[(OsString, OsString)]) -> Self {
        vars.iter()
            .fold(self, |step, (name, value)| step.env(name, value))
    }

    /// The call as a person would type it, without the folder of the program.
    pub(crate) fn shown(&self) -> String {
        let program = Path::new(&self.program)
            .file_stem()
            .unwrap_or(&self.program);
        let mut words = vec![program.to_string_lossy().into_owned()];
        words.extend(self.args.iter().map(|arg| quoted(&arg.to_string_lossy())));
        words.join(" ")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.folder);
        if !self.reads_input {
            command.stdin(Stdio::null());
        }
        // What cargo tells xtask about xtask's own package would mislead a child.
        for name in [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_BIN_NAME",
        ] {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    fn failed_to_start(&self) -> String {
        if !self.folder.is_dir() {
            return format!(
                "`{}` has no folder {} to run in",
                self.shown(),
                self.folder.display()
            );
        }
        format!("`{}` could not be started", self.shown())
    }
}

fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains([' ', '(', ')', '|', '&', '*', '"', '\'']) {
        format!("'{word}'")
    } else {
        word.to_owned()
    }
}

/// Runs a step with its output on the terminal.
pub(crate) fn run(step: &Step) -> Result<()> {
    let status = status(step)?;
    if !status.success() {
        bail!("`{}` failed ({})", step.shown(), ended(status));
    }
    Ok(())
}

/// Runs a step with its output on the terminal, and says how it ended.
pub(crate) fn status(step: &Step) -> Result<ExitStatus> {
    step.command()
        .status()
        .with_context(|| step.failed_to_start())
}

/// Runs a step and returns its standard output.
pub(crate) fn capture(step: &Step) -> Result<String> {
    let output = step
        .command()
        .output()
        .with_context(|| step.failed_to_start())?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            step.shown(),
            ended(output.status),
            errors.trim()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("the output of `{}` is not text", step.shown()))
}

/// The standard output of a step, whatever its exit code; none when it could not be started.
pub(crate) fn peek(step: &Step) -> Option<String> {
    let output = step.command().output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a step could be started and succeeded. Its output is dropped.
pub(crate) fn succeeds(step: &Step) -> bool {
    step.command()
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Whether a program of this name is on the path.
pub(crate) fn on_path(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program of this name lies on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| in_folder(&folder, program))
}

/// The program of this name in a folder.
pub(crate) fn in_folder(folder: &Path, program: &str) -> Option<PathBuf> {
    let ends: &[&str] = if cfg!(windows) {
        &["", ".exe", ".cmd"]
    } else {
        &[""]
    };
    ends.iter()
        .map(|end| folder.join(format!("{program}{end}")))
        .find(|path| path.is_file())
}

fn ended(status: ExitStatus) -> String {
    status.code().map_or_else(
        || "ended by a signal".to_owned(),
        |code| format!("exit code {code}"),
    )
}

/// The log of one stage: every step's call and its whole output.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) path: PathBuf,
    file: File,
}

impl Log {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let parent = path.parent().context("a log needs a folder")?;
        fs::create_dir_all(parent)?;
        fs::write(path, "")?;
        let file = OpenOptions::new()
            .append(true)
            .open(path)
            .with_context(|| format!("{} could not be opened", path.display()))?;
        Ok(Self {
            path: path.to_path_buf(),
            file,
        })
    }

    pub(crate) fn note(&mut self, text: &str) -> Result<()> {
        writeln!(self.file, "{text}").context("the log could not be written")
    }

    /// The whole log, for finding a summary in it.
    pub(crate) fn text(&self) -> String {
        fs::read(&self.path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// Runs a step with its output in this log. `beat` is called about once a minute meanwhile.
    pub(crate) fn run(&mut self, step: &Step, beat: &mut dyn FnMut()) -> Result<()> {
        self.note(&format!("$ {}", step.shown()))?;
        let mut command = step.command();
        command
            .stdout(self.file.try_clone()?)
            .stderr(self.file.try_clone()?);
        let mut child = command.spawn().with_context(|| step.failed_to_start())?;
        let pid = child.id();
        let (done, ended_with) = mpsc::channel();
        thread::spawn(move || done.send(child.wait()));

        let watch = Stopwatch::start();
        let mut told_to_end = false;
        loop {
            let wait_s = if told_to_end { STEP_GRACE_S } else { BEAT_S };
            match ended_with.recv_timeout(Duration::from_secs(wait_s)) {
                Ok(status) => {
                    let status = status?;
                    if told_to_end {
                        bail!("`{}` was ended after {STEP_LIMIT_S} s", step.shown());
                    }
                    if !status.success() {
                        bail!("`{}` failed ({})", step.shown(), ended(status));
                    }
                    return Ok(());
                }
                Err(RecvTimeoutError::Timeout) if told_to_end => {
                    end(pid, true);
                    bail!("`{}` was ended after {STEP_LIMIT_S} s", step.shown());
                }
                Err(RecvTimeoutError::Timeout) => {
                    if watch.elapsed() >= Duration::from_secs(STEP_LIMIT_S) {
                        end(pid, false);
                        told_to_end = true;
                    } else {
                        beat();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("the end of `{}` was missed", step.shown());
                }
            }
        }
    }
}

/// Where a step's output goes, and where xtask says what it is about to do.
pub(crate) enum Sink<'a> {
    Terminal,
    /// To a log. What is said goes to the terminal as well.
    Log(&'a mut Log, &'a mut dyn FnMut()),
}

impl Sink<'_> {
    pub(crate) fn run(&mut self, step: &Step) -> Result<()> {
        match self {
            Self::Terminal => run(step),
            Self::Log(log, beat) => log.run(step, beat),
        }
    }

    pub(crate) fn say(&mut self, text: &str) -> Result<()> {
        say::line(text);
        match self {
            Self::Terminal => Ok(()),
            Self::Log(log, _) => log.note(text),
        }
    }
}

/// Ends a program that this run started: asks first, then insists.
fn end(pid: u32, insist: bool) {
    let pid = pid.to_string();
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/F", "/T", "/PID", &pid]);
        command
    } else {
        let mut command = Command::new("kill");
        command.args([if insist { "-KILL" } else { "-TERM" }, &pid]);
        command
    };
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_shown_as_a_person_would_type_it() {
        let step = Step::new("/usr/lib/rust/bin/cargo", Path::new(".")).args([
            "nextest",
            "run",
            "-E",
            "not kind(test)",
        ]);
        assert_eq!(step.shown(), "cargo nextest run -E 'not kind(test)'");
    }

    #[cfg(unix)]
    #[test]
    fn a_log_holds_the_call_and_both_outputs_and_a_failure_names_the_exit_code() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::create(&folder.path().join("logs/a.log")).unwrap();
        let step = Step::new("sh", folder.path()).args(["-c", "echo out; echo err >&2; exit 3"]);
        let error = log.run(&step, &mut || ()).unwrap_err().to_string();
        assert!(error.contains("exit code 3"), "{error}");
        let text = log.text();
        assert!(text.starts_with("$ sh -c"), "{text}");
        assert!(
            text.contains("\nout\n") && text.contains("\nerr\n"),
            "{text}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_step_never_waits_for_input() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(capture(&Step::new("cat", folder.path())).unwrap(), "");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let error = capture(&Step::new("no-such-program", Path::new("."))).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`no-such-program` could not be started")
        );
    }
}
