//! Test only: the campaign. The real core runs as a process of its own against the sandbox, worked by
//! a person through the commands of its windows, and is killed with SIGKILL again and again, while
//! Apollo, the network, folders, keychain, disk, clock and the person do their worst. The sandbox's
//! history is the judge: one record and one completion for each wrap-up, right content, as the rep
//! who saved it, nothing lost, nothing twice.
//!
//! Map: `child` is the process that is killed, `messages` what it reports; `run_setup` is what its person works
//! with, `teams` where that comes from; `run` is one run of many lives (`child_process`) on its `machine`s,
//! with `troubles` and `relay` as the way to Apollo; `record`, `evidence` and `judge` tell
//! right from wrong; `report` adds it up.
//!
//! Promises: a seed repeats a run's teams, faults, events and moments of killing (what the machine
//! does in a millisecond, it does not repeat). Must never: be part of the app.

mod child;
mod child_process;
mod evidence;
mod judge;
mod machine;
mod messages;
mod notes;
mod record;
mod relay;
mod report;
mod run;
mod run_setup;
mod sabotage;
mod teams;
mod troubles;

use std::{io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use clap::Parser;
use clock::{SharedClock, SystemClock};
use rand::Rng;
use tokio::task::JoinSet;

use crate::{
    report::Figures,
    run::{Extent, run},
    sabotage::Sabotage,
};

/// Runs without any other limit.
const RUNS: u64 = 20;

/// Kills the core again and again, and judges what reached Apollo.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask campaign")]
struct Arguments {
    /// Stop after so many runs; 20 where no other limit is set
    #[arg(long)]
    runs: Option<u64>,
    /// The seed of the first run; later runs have the next numbers. Drawn and printed if left out
    #[arg(long)]
    seed: Option<u64>,
    /// Start no further run after so many minutes
    #[arg(long)]
    minutes: Option<u64>,
    /// Start no further run after so many kills
    #[arg(long)]
    kills: Option<u64>,
    /// Start no further run after so many events; with `--kills`, after both
    #[arg(long)]
    events: Option<u64>,
    /// Runs that go on at the same time
    #[arg(long, default_value_t = 4)]
    parallel: usize,
    /// Build a fault into the app, to see it found
    #[arg(long, hide = true)]
    sabotage: Option<Sabotage>,
    /// Lives of each run before its last one, at most
    #[arg(long, hide = true)]
    lives: Option<u64>,
    /// Nothing goes wrong but kills, and what a sabotage does
    #[arg(long, hide = true)]
    calm: bool,
    /// Be the process that is killed
    #[arg(long, hide = true)]
    child: bool,
}

impl Arguments {
    /// Whether every count that was asked for is reached, if any was.
    fn has_enough(&self, figures: &Figures) -> bool {
        let reached = |wanted: Option<u64>, count: u64| wanted.map(|wanted| count >= wanted);
        let all = [
            reached(self.kills, figures.kills()),
            reached(self.events, figures.events()),
        ];
        all.contains(&Some(true)) && !all.contains(&Some(false))
    }
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    if arguments.child {
        child::live()?;
        return Ok(ExitCode::SUCCESS);
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(Box::pin(campaign(arguments)))
}

async fn campaign(arguments: Arguments) -> Result<ExitCode> {
    let machine: SharedClock = SystemClock::shared();
    let first = arguments
        .seed
        .unwrap_or_else(|| rand::rng().random_range(0..1_000_000_000));
    say(&format!("Campaign: seeds from {first}."))?;
    let has_other_limit =
        arguments.minutes.is_some() || arguments.kills.is_some() || arguments.events.is_some();
    let runs = match arguments.runs {
        None if has_other_limit => u64::MAX,
        runs => runs.unwrap_or(RUNS),
    };
    let time = arguments
        .minutes
        .map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));

    let began = machine.elapsed();
    let mut figures = Figures::default();
    let mut under_way = JoinSet::new();
    let mut started = 0;
    loop {
        let is_over = started >= runs
            || time.is_some_and(|time| machine.elapsed().saturating_sub(began) >= time)
            || arguments.has_enough(&figures);
        while !is_over && started < runs && under_way.len() < arguments.parallel.max(1) {
            let (seed, machine) = (first.wrapping_add(started), Arc::clone(&machine));
            let extent = Extent {
                lives_max: arguments.lives.unwrap_or(u64::MAX),
                is_calm: arguments.calm,
                sabotage: arguments.sabotage,
            };
            under_way.spawn(async move { (seed, Box::pin(run(seed, extent, &machine)).await) });
            started += 1;
        }
        let Some(done) = under_way.join_next().await else {
            break;
        };
        let (seed, ended) = done.context("a run panicked")?;
        let one = ended.with_context(|| format!("seed {seed}"))?;
        for violation in &one.violations {
            say(&format!("VIOLATION {violation}"))?;
        }
        for remark in &one.remarks {
            say(remark)?;
        }
        let is_whole_hundred = (figures.kills() + one.kills()) / 100 > figures.kills() / 100;
        figures.add(one);
        if is_whole_hundred {
            say(&format!(
                "{} kills and {} events in {} runs, {} violations",
                figures.kills(),
                figures.events(),
                figures.runs,
                figures.violations.len()
            ))?;
        }
    }
    let seconds = machine.elapsed().saturating_sub(began).as_secs();
    say(&format!("\n{}", figures.table(seconds)))?;
    Ok(if figures.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn say(text: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{text}").context("nobody listens")
}
