//! One life of the child: started, told what to do, listened to, and killed.
//!
//! Promises: when a life is over its process is gone; every whole line it said is in the record.

use std::{process::Stdio, time::Duration};

use anyhow::{Context as _, Result};
use clock::SharedClock;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    process::Command,
};

use crate::{
    child::Instructions,
    said::{Phase, Said},
};

/// When the process is killed, in the machine's own time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// So long after its start.
    After(Duration),
    /// So long after it has said for the so-manieth time (from 1) that it is there; after the
    /// longest life otherwise.
    At(Phase, u32, Duration),
    /// When it ends by itself, or has not in this time.
    Natural(Duration),
}

/// The longest life that waits for a phase that does not come.
const LIFE_MAX: Duration = Duration::from_millis(1_200);

/// What one life was.
pub(crate) struct Lived {
    pub(crate) said: Vec<Said>,
    /// Where it was when it was killed; none if it ended by itself.
    pub(crate) killed_in: Option<Phase>,
}

/// Lives one life in a process of its own. `clock` is the machine's.
pub(crate) async fn live(
    instructions: &Instructions,
    end: End,
    clock: &SharedClock,
) -> Result<Lived> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--child")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the child did not start")?;
    let told = serde_json::to_vec(instructions)?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let stdout = child.stdout.take().context("no standard output")?;
    let mut lines = BufReader::new(stdout).lines();
    stdin.write_all(&told).await?;
    drop(stdin);

    let mut said = Vec::new();
    let mut here = Phase::Starting;
    let mut deadline = clock.sleep(match end {
        End::After(delay) => delay,
        End::At(..) => LIFE_MAX,
        End::Natural(limit) => limit,
    });
    let mut left = match end {
        End::At(_, times, _) => times,
        _ => 0,
    };
    let mut is_killed = false;
    loop {
        tokio::select! {
            line = lines.next_line() => {
                // A broken last line is that of a process that was killed in the middle of it.
                let Ok(Some(line)) = line else { break };
                let Ok(word) = serde_json::from_str::<Said>(&line) else { continue };
                if let Said::Phase { phase } = word {
                    here = phase;
                    if let End::At(wanted, _, delay) = end
                        && wanted == phase
                        && left > 0
                    {
                        left -= 1;
                        if left == 0 {
                            deadline = clock.sleep(delay);
                        }
                    }
                } else {
                    said.push(word);
                }
            }
            () = &mut deadline, if !is_killed => {
                child.start_kill().context("the child could not be killed")?;
                is_killed = true;
            }
        }
    }
    let status = child.wait().await?;
    Ok(Lived {
        said,
        killed_in: (is_killed && !status.success()).then_some(here),
    })
}
