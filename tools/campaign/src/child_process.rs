//! One life of the child: started, told what to do, listened to, and killed.
//!
//! Promises: when a life is over its process is gone; every whole line that it wrote is in the
//! record.

use std::{path::PathBuf, process::Stdio, time::Duration};

use anyhow::{Context as _, Result};
use clock::{SharedClock, Sleep};
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::broadcast::error::RecvError,
};

use crate::{
    child::{Instructions, lock_of},
    machine::{copy_folder, unlock},
    messages::{Message, Phase},
    relay::Relay,
};

/// When the process is killed, in the machine's own time, counted from the moment at which it starts
/// its core.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// So long after that.
    After(Duration),
    /// So long after the phase is reached for the `times`-th time, counted from the moment at which
    /// its person begins to work where `is_at_work`; after the longest life otherwise.
    At {
        phase: Phase,
        times: u32,
        delay: Duration,
        is_at_work: bool,
    },
    /// When it ends by itself, or after this time at the latest.
    Natural(Duration),
}

/// How long a process may take until it starts its core.
const BEGINNING_MAX: Duration = Duration::from_mins(1);
/// The longest life that waits for a phase that does not come: until there is work, and from then.
const IDLE_LIFE_MAX: Duration = Duration::from_secs(4);
const BUSY_LIFE_MAX: Duration = Duration::from_millis(1_500);
/// How long to wait for the last lines of a stopped process, which are in the pipe.
const LAST_LINES_WITHIN: Duration = Duration::from_millis(20);

/// How often, and how many times at most, it is checked that a stopped process stands still.
const STOPPED_CHECK_INTERVAL: Duration = Duration::from_millis(2);
const STOPPED_CHECKS_MAX: usize = 500;

/// What else is done in the middle of a life, counted as its end is.
#[derive(Clone, Debug, Default)]
pub(crate) struct MidLife {
    pub(crate) backup: Option<MidLifeBackup>,
    /// The keychain is locked until then.
    pub(crate) unlocked_after: Option<Duration>,
}

/// A copy of the data folder that is made in the middle of a life.
#[derive(Clone, Debug)]
pub(crate) struct MidLifeBackup {
    pub(crate) after: Duration,
    pub(crate) to: PathBuf,
}

/// What one life was.
pub(crate) struct Lived {
    pub(crate) messages: Vec<Message>,
    /// Where it was when it was killed; none if it ended by itself.
    pub(crate) killed_in: Option<Phase>,
    /// How many messages it had sent when its folder was copied.
    pub(crate) backed_up_at: Option<usize>,
}

/// The process and its messages so far.
struct Living<'a> {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    messages: Vec<Message>,
    here: Phase,
    data: PathBuf,
    clock: &'a SharedClock,
}

/// The moments of a life that is under way; none of them comes before it has begun.
struct Moments {
    kill: Sleep,
    back_up: Sleep,
    unlock: Sleep,
    /// How often the phase of its end must be there yet.
    left: u32,
    has_worked: bool,
}

impl Moments {
    /// Nothing but the limit of a beginning.
    fn before(clock: &SharedClock) -> Self {
        Self {
            kill: clock.sleep(BEGINNING_MAX),
            back_up: clock.sleep(Duration::MAX),
            unlock: clock.sleep(Duration::MAX),
            left: 0,
            has_worked: false,
        }
    }

    fn of(end: End, middle: &MidLife, clock: &SharedClock) -> Self {
        let kill = match end {
            End::After(delay) => delay,
            End::At { .. } => IDLE_LIFE_MAX,
            End::Natural(limit) => limit,
        };
        let backup = middle.backup.as_ref().map(|backup| backup.after);
        let left = match end {
            End::At { times, .. } => times,
            End::After(_) | End::Natural(_) => 0,
        };
        Self {
            kill: clock.sleep(kill),
            back_up: clock.sleep(backup.unwrap_or(Duration::MAX)),
            unlock: clock.sleep(middle.unlocked_after.unwrap_or(Duration::MAX)),
            left,
            has_worked: false,
        }
    }

    /// The process is in this phase now.
    fn see(&mut self, seen: Phase, end: End, clock: &SharedClock) {
        if !self.has_worked && seen == Phase::Dialing {
            self.has_worked = true;
            if self.left > 0 {
                self.kill = clock.sleep(BUSY_LIFE_MAX);
            }
        }
        if let End::At {
            phase,
            delay,
            is_at_work,
            ..
        } = end
            && phase == seen
            && (self.has_worked || !is_at_work)
            && self.left > 0
        {
            self.left -= 1;
            if self.left == 0 {
                self.kill = clock.sleep(delay);
            }
        }
    }
}

/// Lives one life in a process of its own. `clock` is the machine's.
pub(crate) async fn live(
    instructions: &Instructions,
    end: End,
    middle: &MidLife,
    relay: &Relay,
    clock: &SharedClock,
) -> Result<Lived> {
    let mut passing = relay.listen();
    let mut living = Living::begin(instructions, clock).await?;
    let lock = lock_of(&instructions.places.vault);
    let mut moments = Moments::before(clock);
    let (mut has_begun, mut is_killed) = (false, false);
    let mut backed_up_at = None;
    loop {
        let seen = tokio::select! {
            line = living.lines.next_line() => {
                // A broken last line is that of a process that was killed in the middle of it.
                let Ok(Some(line)) = line else { break };
                living.receive(&line)
            }
            passed = passing.recv() => match passed {
                Ok(passed) if passed.machine == instructions.machine => Some(passed.phase),
                Ok(_) | Err(RecvError::Lagged(_)) => None,
                Err(RecvError::Closed) => break,
            },
            () = &mut moments.back_up, if !is_killed => {
                moments.back_up = clock.sleep(Duration::MAX);
                if let Some(backup) = &middle.backup {
                    backed_up_at = living.back_up(&backup.to).await?;
                }
                None
            }
            () = &mut moments.unlock => {
                moments.unlock = clock.sleep(Duration::MAX);
                unlock(&lock)?;
                None
            }
            () = &mut moments.kill, if !is_killed => {
                living.child.start_kill().context("the child could not be killed")?;
                is_killed = true;
                None
            }
        };
        let Some(phase) = seen.filter(|_| !is_killed) else {
            continue;
        };
        living.here = phase;
        if phase == Phase::StartingCore && !has_begun {
            has_begun = true;
            moments = Moments::of(end, middle, clock);
        }
        if has_begun {
            moments.see(phase, end, clock);
        }
    }
    let status = living.child.wait().await?;
    unlock(&lock)?;
    Ok(Lived {
        messages: living.messages,
        killed_in: (is_killed && !status.success()).then_some(living.here),
        backed_up_at,
    })
}

impl<'a> Living<'a> {
    async fn begin(instructions: &Instructions, clock: &'a SharedClock) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--child")
            // The way to Apollo is the relay, and nothing that this machine is set up with.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the child did not start")?;
        let told = serde_json::to_vec(instructions)?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        let stdout = child.stdout.take().context("no standard output")?;
        stdin.write_all(&told).await?;
        Ok(Self {
            child,
            lines: BufReader::new(stdout).lines(),
            messages: Vec::new(),
            here: Phase::Starting,
            data: instructions.places.data.clone(),
            clock,
        })
    }

    /// Takes a line in. Answers with the phase, if the line names one.
    fn receive(&mut self, line: &str) -> Option<Phase> {
        match serde_json::from_str(line).ok()? {
            Message::Phase { phase } => Some(phase),
            message => {
                self.messages.push(message);
                None
            }
        }
    }

    /// Copies the data folder while the process stands still, as a snapshot does. Answers with the
    /// number of its messages until then.
    async fn back_up(&mut self, to: &std::path::Path) -> Result<Option<usize>> {
        let number = self.child.id().and_then(|id| i32::try_from(id).ok());
        let Some(pid) = number.and_then(Pid::from_raw) else {
            return Ok(None);
        };
        kill_process(pid, Signal::STOP)?;
        for _ in 0..STOPPED_CHECKS_MAX {
            if stands_still(pid) {
                break;
            }
            self.clock.sleep(STOPPED_CHECK_INTERVAL).await;
        }
        loop {
            let quiet = self.clock.sleep(LAST_LINES_WITHIN);
            tokio::select! {
                line = self.lines.next_line() => {
                    let Ok(Some(line)) = line else { break };
                    if let Some(phase) = self.receive(&line) {
                        self.here = phase;
                    }
                }
                () = quiet => break,
            }
        }
        copy_folder(&self.data, to)?;
        kill_process(pid, Signal::CONT)?;
        Ok(Some(self.messages.len()))
    }
}

/// Whether every thread of a process was seen to be stopped; a thread in the middle of a write ends
/// the write first. True where the system does not show threads.
fn stands_still(pid: Pid) -> bool {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())) else {
        return true;
    };
    threads.flatten().all(|thread| {
        let status = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        // After the name, which stands in brackets, comes the state.
        let state = status.rsplit(')').next().unwrap_or_default();
        state.trim_start().starts_with('T')
    })
}
