//! Processes that the drive starts. Each ends with its owner, also when a test panics; if the drive
//! itself is killed, the kernel ends them. Must never: end a process by its name.

use std::{
    ffi::OsStr,
    fs::{self, File},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal};

use crate::deadline::until_blocking;

/// How long a process may take to end when asked.
const END_LIMIT: Duration = Duration::from_secs(5);

/// One started process, ended by its id when dropped.
pub(crate) struct Process {
    name: String,
    child: Child,
}

/// What a process is given as its standard input and output; its errors always go to a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pipes {
    /// Nothing comes in; output goes to the log.
    Log,
    /// Nothing comes in; the drive reads the output.
    ReadOutput,
    /// The drive writes the input; output goes to the log.
    WriteInput,
}

impl Process {
    /// Starts `program` with exactly the variables of `env`. `log` is appended to.
    pub(crate) fn start<A: AsRef<OsStr>>(
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
        env: &Environment,
        pipes: Pipes,
        log: &Path,
    ) -> Result<Self> {
        let name = program
            .file_name()
            .unwrap_or(program.as_os_str())
            .to_string_lossy()
            .into_owned();
        let log = File::options().create(true).append(true).open(log)?;
        // setpriv becomes the program itself, so its process id is the program's.
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .args(arguments);
        env.apply(&mut command);
        command.stdin(match pipes {
            Pipes::WriteInput => Stdio::piped(),
            Pipes::Log | Pipes::ReadOutput => Stdio::null(),
        });
        command.stdout(match pipes {
            Pipes::ReadOutput => Stdio::piped(),
            Pipes::Log | Pipes::WriteInput => log.try_clone()?.into(),
        });
        command.stderr(log);
        let child = command
            .spawn()
            .with_context(|| format!("could not start {name}"))?;
        Ok(Self { name, child })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn take_output(&mut self) -> Result<ChildStdout> {
        self.child
            .stdout
            .take()
            .with_context(|| format!("{} has no output to read", self.name))
    }

    pub(crate) fn take_input(&mut self) -> Result<ChildStdin> {
        self.child
            .stdin
            .take()
            .with_context(|| format!("{} has no input to write", self.name))
    }

    /// Fails if the process has ended.
    pub(crate) fn check_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => anyhow::bail!("{} ended early: {status}", self.name),
        }
    }

    /// The exit status, once there is one.
    pub(crate) fn exit_code(&mut self) -> Result<Option<i32>> {
        Ok(self
            .child
            .try_wait()?
            .map(|status| status.code().unwrap_or(-1)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            // It has ended, and its id may be another's by now.
            return;
        }
        // Asked first, so that it takes its own lock files and sockets away. Errors mean that it is
        // gone already, which is what is wanted.
        let _ = signal(self.child.id(), Signal::TERM);
        let child = &mut self.child;
        if !until_blocking(END_LIMIT, || !matches!(child.try_wait(), Ok(None))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The variables a process sees: these and no others.
#[derive(Clone, Default)]
pub(crate) struct Environment(std::collections::BTreeMap<String, String>);

impl Environment {
    /// Only what finding programs needs.
    pub(crate) fn bare() -> Self {
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
        Self::default()
            .with("PATH", path)
            .with("LANG", "C.UTF-8")
            .with("TZ", "UTC")
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn apply(&self, command: &mut Command) {
        command.env_clear().envs(&self.0);
    }
}

/// Sends SIGKILL to one process.
pub(crate) fn kill(process_id: u32) -> Result<()> {
    signal(process_id, Signal::KILL).context("the process could not be killed")
}

/// Stops one process where it is, as a hanging one is.
pub(crate) fn halt(process_id: u32) -> Result<()> {
    signal(process_id, Signal::STOP).context("the process could not be halted")
}

/// Lets a halted process go on.
pub(crate) fn go_on(process_id: u32) -> Result<()> {
    signal(process_id, Signal::CONT).context("the process could not go on")
}

/// The sockets on which a process waits for others to connect, by the kernel's numbers.
pub(crate) fn listening(process_id: u32) -> Result<Vec<String>> {
    const LISTEN: &str = "0A";
    let mut waiting = std::collections::BTreeMap::new();
    for table in ["tcp", "tcp6"] {
        let table = fs::read_to_string(format!("/proc/{process_id}/net/{table}"))?;
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            if let [_, address, _, LISTEN, _, _, _, _, _, inode, ..] = fields[..] {
                waiting.insert(format!("socket:[{inode}]"), address.to_owned());
            }
        }
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(format!("/proc/{process_id}/fd"))? {
        if let Ok(target) = fs::read_link(entry?.path())
            && let Some(address) = waiting.get(&*target.to_string_lossy())
        {
            found.push(address.clone());
        }
    }
    Ok(found)
}

/// How often a text is in the memory of a process, as bytes or as UTF-16.
pub(crate) fn count_in_memory(process_id: u32, text: &str) -> Result<usize> {
    /// Larger parts of memory are addresses that were only set aside.
    const PART_BYTES_MAX: u64 = 512 * 1024 * 1024;
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let search = aho_corasick::AhoCorasick::new([text.as_bytes(), &wide])?;
    let memory = File::open(format!("/proc/{process_id}/mem"))?;
    let mut count = 0;
    for line in fs::read_to_string(format!("/proc/{process_id}/maps"))?.lines() {
        let mut fields = line.split_whitespace();
        let (range, access) = (fields.next(), fields.next());
        let ends = range.and_then(|range| range.split_once('-'));
        let (Some((from, to)), Some(access)) = (ends, access) else {
            continue;
        };
        let (from, to) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
        if !access.starts_with("rw") || to - from > PART_BYTES_MAX {
            continue;
        }
        let mut part = vec![0; usize::try_from(to - from)?];
        // Page by page where the kernel does not show all of a part.
        for (number, page) in part.chunks_mut(1024 * 1024).enumerate() {
            let offset = from + u64::try_from(number)? * 1024 * 1024;
            // What belongs to a device cannot be read, and holds no text of ours.
            let _ = std::os::unix::fs::FileExt::read_at(&memory, page, offset);
        }
        count += search.find_iter(&part).count();
    }
    Ok(count)
}

/// The core file limit of a process: soft and hard.
pub(crate) fn core_limit(process_id: u32) -> Result<(String, String)> {
    let limits = fs::read_to_string(format!("/proc/{process_id}/limits"))?;
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .context("the kernel names no limit for core files")?;
    let mut fields = line.split_whitespace().skip(4);
    let mut next = || fields.next().unwrap_or_default().to_owned();
    Ok((next(), next()))
}

fn signal(process_id: u32, signal: Signal) -> Result<()> {
    let id = i32::try_from(process_id)?;
    let id = Pid::from_raw(id).context("no process has the id 0")?;
    Ok(rustix::process::kill_process(id, signal)?)
}

/// Whether a process runs this program. False for one that has ended and waits to be reaped.
pub(crate) fn runs(process_id: u32, program: &Path) -> bool {
    fs::read_link(format!("/proc/{process_id}/exe")).is_ok_and(|path| path == program)
}

/// The children of a process, as (id, path of the program).
pub(crate) fn children(process_id: u32) -> Result<Vec<(u32, std::path::PathBuf)>> {
    let mut children = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        if parent(id) == Some(process_id)
            && let Ok(program) = fs::read_link(format!("/proc/{id}/exe"))
        {
            children.push((id, program));
        }
    }
    Ok(children)
}

/// The parent of a process, if the process exists.
fn parent(process_id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process_id}/stat")).ok()?;
    // "id (program name) state parent …"; the name may hold spaces and brackets itself.
    stat.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}
