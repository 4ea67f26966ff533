//! Test only: how long a durable save of one wrap-up takes, and how long a start with thousands of
//! waiting wrap-ups, beside SQLite and redb doing the same in the same run; and what crosses to a window
//! while a long queue is open. Never part of the app.
//!
//! Promises: every contender writes to the same disk, in turns, so that what else the machine does
//! hits all alike; where Handset is slower, the output says so. Must never: be slowed or sped by a
//! setting that the app does not have.

mod contenders;
mod enqueue;
mod figures;
mod page;
mod queue;
mod recovery;
mod sample;
mod syncs;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use clock::SystemClock;

use crate::contenders::Contender;

/// How long a durable save and a start take, beside SQLite and redb.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Arguments {
    /// A tenth of the work: for a first impression, not for the docs
    #[arg(long)]
    quick: bool,
    /// Where the stores are made, and removed at the end; its disk is what is measured
    #[arg(long, value_name = "DIR", global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// Only save some wrap-ups: what is run under strace to count syncs
    Save {
        contender: Contender,
        /// How many wrap-ups are saved
        wrap_ups: usize,
    },
    /// Only what a change costs while a long queue is open
    Queue,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = match &arguments.folder {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    }
    .context("no folder could be made for the stores")?;
    match arguments.part {
        Some(Part::Save {
            contender,
            wrap_ups,
        }) => return enqueue::save(contender, folder.path(), wrap_ups),
        Some(Part::Queue) => {
            page::queue(&queue::measure(folder.path())?);
            return Ok(());
        }
        None => {}
    }

    let clock = SystemClock::shared();
    let extent = if arguments.quick {
        enqueue::Extent::QUICK
    } else {
        enqueue::Extent::FULL
    };
    page::enqueue(
        &enqueue::measure(&*clock, folder.path(), extent)?,
        &syncs::count(folder.path()),
    );
    let extent = if arguments.quick {
        recovery::Extent::QUICK
    } else {
        recovery::Extent::FULL
    };
    page::recovery(&recovery::measure(&*clock, folder.path(), extent)?);
    page::queue(&queue::measure(folder.path())?);
    Ok(())
}
