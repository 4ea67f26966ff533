//! One life of the child: started, told what to do, listened to, and killed.
//!
//! Promises: when a life is over its process is gone; every whole line it said is in the record.

use std::{path::PathBuf, process::Stdio, time::Duration};

use anyhow::{Context as _, Result};
use clock::SharedClock;
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::broadcast::error::RecvError,
};

use crate::{
    child::Instructions,
    machine::copy_folder,
    relay::Relay,
    said::{Phase, Said},
};

/// When the process is killed, in the machine's own time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// So long after its start.
    After(Duration),
    /// So long after it is there for the so-manieth time (from 1); after the longest life
    /// otherwise.
    At(Phase, u32, Duration),
    /// When it ends by itself, or has not in this time.
    Natural(Duration),
}

/// The longest life that waits for a phase that does not come.
const LIFE_MAX: Duration = Duration::from_millis(1_500);
/// How long a stopped process is listened to: what it had said before is in the pipe.
const LAST_WORDS: Duration = Duration::from_millis(20);

/// A copy of the data folder that is made in the middle of a life.
#[derive(Clone, Debug)]
pub(crate) struct MidLifeBackup {
    pub(crate) after: Duration,
    pub(crate) to: PathBuf,
}

/// What one life was.
pub(crate) struct Lived {
    pub(crate) said: Vec<Said>,
    /// Where it was when it was killed; none if it ended by itself.
    pub(crate) killed_in: Option<Phase>,
    /// How much it had said when its folder was copied.
    pub(crate) backed_up_at: Option<usize>,
}

/// The process and what it has said so far.
struct Living<'a> {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<Said>,
    here: Phase,
    data: PathBuf,
    clock: &'a SharedClock,
}

/// Lives one life in a process of its own. `clock` is the machine's.
pub(crate) async fn live(
    instructions: &Instructions,
    end: End,
    backup: Option<MidLifeBackup>,
    relay: &Relay,
    clock: &SharedClock,
) -> Result<Lived> {
    let mut passing = relay.listen();
    let mut living = Living::begin(instructions, clock).await?;
    let mut deadline = clock.sleep(match end {
        End::After(delay) => delay,
        End::At(..) => LIFE_MAX,
        End::Natural(limit) => limit,
    });
    let mut left = match end {
        End::At(_, times, _) => times,
        _ => 0,
    };
    let mut copying = clock.sleep(backup.as_ref().map_or(Duration::MAX, |backup| backup.after));
    let mut backup = backup;
    let mut backed_up_at = None;
    let mut is_killed = false;
    loop {
        let seen = tokio::select! {
            line = living.lines.next_line() => {
                // A broken last line is that of a process that was killed in the middle of it.
                let Ok(Some(line)) = line else { break };
                living.hear(&line)
            }
            passed = passing.recv() => match passed {
                Ok(passed) if passed.machine == instructions.machine => Some(passed.phase),
                Ok(_) | Err(RecvError::Lagged(_)) => None,
                Err(RecvError::Closed) => break,
            },
            () = &mut copying, if backup.is_some() && !is_killed => {
                if let Some(backup) = backup.take() {
                    backed_up_at = living.back_up(&backup.to).await?;
                }
                None
            }
            () = &mut deadline, if !is_killed => {
                living.child.start_kill().context("the child could not be killed")?;
                is_killed = true;
                None
            }
        };
        let Some(phase) = seen.filter(|_| !is_killed) else {
            continue;
        };
        living.here = phase;
        if let End::At(wanted, _, delay) = end
            && wanted == phase
            && left > 0
        {
            left -= 1;
            if left == 0 {
                deadline = clock.sleep(delay);
            }
        }
    }
    let status = living.child.wait().await?;
    Ok(Lived {
        said: living.said,
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
            said: Vec::new(),
            here: Phase::Starting,
            data: instructions.places.data.clone(),
            clock,
        })
    }

    /// Takes a line in; the phase, if it says one.
    fn hear(&mut self, line: &str) -> Option<Phase> {
        match serde_json::from_str(line).ok()? {
            Said::Phase { phase } => Some(phase),
            said => {
                self.said.push(said);
                None
            }
        }
    }

    /// Copies the data folder while the process stands still, as a snapshot does; how much had been
    /// said then.
    async fn back_up(&mut self, to: &std::path::Path) -> Result<Option<usize>> {
        let number = self.child.id().and_then(|id| i32::try_from(id).ok());
        let Some(pid) = number.and_then(Pid::from_raw) else {
            return Ok(None);
        };
        kill_process(pid, Signal::STOP)?;
        loop {
            let quiet = self.clock.sleep(LAST_WORDS);
            tokio::select! {
                line = self.lines.next_line() => {
                    let Ok(Some(line)) = line else { break };
                    if let Some(phase) = self.hear(&line) {
                        self.here = phase;
                    }
                }
                () = quiet => break,
            }
        }
        copy_folder(&self.data, to)?;
        kill_process(pid, Signal::CONT)?;
        Ok(Some(self.said.len()))
    }
}
