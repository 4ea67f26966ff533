//! How long a start takes that finds thousands of waiting wrap-ups.

use std::{fs, path::Path, time::Duration};

use anyhow::{Result, ensure};
use clock::Clock;

use crate::{
    contenders::{Contender, Item},
    figures::median,
};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) wrap_ups: usize,
    pub(crate) rounds: usize,
}

impl Extent {
    pub(crate) const FULL: Self = Self {
        wrap_ups: 10_000,
        rounds: 7,
    };
    pub(crate) const QUICK: Self = Self {
        wrap_ups: 1_000,
        rounds: 3,
    };
}

pub(crate) struct Figures {
    pub(crate) extent: Extent,
    /// In the order of [`Contender::DATABASES`].
    pub(crate) of: Vec<(Contender, Start)>,
}

/// Medians over the rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) open: Duration,
    pub(crate) read: Duration,
    pub(crate) both: Duration,
    pub(crate) bytes_on_disk: u64,
}

/// Every database is filled and closed, and then opened and read in turns.
pub(crate) fn measure(clock: &dyn Clock, folder: &Path, extent: Extent) -> Result<Figures> {
    let items = Item::many(0, extent.wrap_ups)?;
    let mut of = Vec::new();
    let mut took = Vec::new();
    for contender in Contender::DATABASES {
        let home = folder.join(format!("recovery-{contender}"));
        fs::create_dir(&home)?;
        contender.open(&home)?.fill(&items)?;
        took.push((contender, home, Vec::new()));
    }
    for round in 0..extent.rounds {
        let first = round % took.len();
        let (later, sooner) = took.split_at_mut(first);
        for (contender, home, rounds) in sooner.iter_mut().chain(later) {
            let start = clock.elapsed();
            let mut opened = contender.open(home)?;
            let open = clock.elapsed().saturating_sub(start);
            let read = opened.read_all()?;
            let both = clock.elapsed().saturating_sub(start);
            ensure!(
                read == extent.wrap_ups,
                "{contender} has {read} wrap-ups, and {} were saved",
                extent.wrap_ups
            );
            rounds.push((open, both.saturating_sub(open), both));
        }
    }
    for (contender, home, rounds) in took {
        let of_rounds = |part: fn(&(Duration, Duration, Duration)) -> Duration| {
            median(&rounds.iter().map(part).collect::<Vec<_>>())
        };
        let start = Start {
            open: of_rounds(|round| round.0),
            read: of_rounds(|round| round.1),
            both: of_rounds(|round| round.2),
            bytes_on_disk: bytes_below(&home)?,
        };
        of.push((contender, start));
    }
    Ok(Figures { extent, of })
}

fn bytes_below(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() {
            bytes_below(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(bytes)
}
