//! How long it takes until one wrap-up survives a loss of power.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use clock::Clock;

use crate::{
    contenders::{Contender, Item, Opened},
    figures::{median, percentile},
};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) rounds: usize,
    /// Saves of each contender in one round, one after the other.
    pub(crate) block: usize,
    /// Saves of each contender before the first round, not counted.
    warm_up: usize,
}

impl Extent {
    pub(crate) const FULL: Self = Self {
        rounds: 12,
        block: 200,
        warm_up: 50,
    };
    pub(crate) const QUICK: Self = Self {
        rounds: 3,
        block: 80,
        warm_up: 10,
    };
}

pub(crate) struct Figures {
    pub(crate) extent: Extent,
    /// Bytes of one wrap-up.
    pub(crate) bytes: usize,
    /// In the order of [`Contender::ALL`].
    pub(crate) of: Vec<(Contender, Speed)>,
}

/// Medians over the rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speed {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// The p50 of the calmest round and of the busiest: how much the machine's other work shows.
    pub(crate) p50_range: (Duration, Duration),
}

struct Lane {
    contender: Contender,
    opened: Box<dyn Opened>,
    /// One value for each round.
    p50: Vec<Duration>,
    p99: Vec<Duration>,
}

/// Contenders take turns in blocks, each round beginning with another.
pub(crate) fn measure(clock: &dyn Clock, folder: &Path, extent: Extent) -> Result<Figures> {
    let mut lanes = Vec::new();
    let folder = folder.join("enqueue");
    std::fs::create_dir(&folder)?;
    for contender in Contender::ALL {
        let mut opened = contender.open(&folder)?;
        opened.save_each(&Item::many(0, extent.warm_up)?, &mut || {})?;
        lanes.push(Lane {
            contender,
            opened,
            p50: Vec::new(),
            p99: Vec::new(),
        });
    }
    let mut bytes = 0;
    for round in 0..extent.rounds {
        let items = Item::many(extent.warm_up + round * extent.block, extent.block)?;
        bytes = items.first().context("a block holds nothing")?.bytes();
        let first = round % lanes.len();
        let (later, sooner) = lanes.split_at_mut(first);
        for lane in sooner.iter_mut().chain(later) {
            let mut marks = Vec::with_capacity(items.len() + 1);
            lane.opened
                .save_each(&items, &mut || marks.push(clock.elapsed()))?;
            let took = differences(&marks);
            ensure!(took.len() == items.len(), "not every save was marked");
            lane.p50.push(median(&took));
            lane.p99.push(percentile(&took, 99));
        }
    }
    let of = lanes
        .iter()
        .map(|lane| {
            let speed = Speed {
                p50: median(&lane.p50),
                p99: median(&lane.p99),
                p50_range: (percentile(&lane.p50, 0), percentile(&lane.p50, 100)),
            };
            (lane.contender, speed)
        })
        .collect();
    Ok(Figures { extent, bytes, of })
}

/// Saves some wrap-ups, and measures nothing.
pub(crate) fn save(contender: Contender, folder: &Path, wrap_ups: usize) -> Result<()> {
    contender
        .open(folder)?
        .save_each(&Item::many(0, wrap_ups)?, &mut || {})
}

/// How long after the mark before it each mark was made.
fn differences(marks: &[Duration]) -> Vec<Duration> {
    marks
        .iter()
        .zip(marks.iter().skip(1))
        .map(|(before, after)| after.saturating_sub(*before))
        .collect()
}
