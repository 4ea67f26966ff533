//! What a campaign adds up to, and the table that it ends with.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::messages::{Counts, Phase};

/// What is counted, of one run or of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) runs: u64,
    pub(crate) lives: u64,
    pub(crate) kills: BTreeMap<Phase, u64>,
    /// Of those, the ones that struck while the store had begun to write: at least so many.
    pub(crate) kills_in_a_write: u64,
    pub(crate) faults: Counts,
    /// What people, folders, keychains, disks and clocks did.
    pub(crate) events: Counts,
    pub(crate) wrap_ups: Counts,
    pub(crate) requests: u64,
    pub(crate) violations: Vec<String>,
    /// What happened to the lives of a run with violations.
    pub(crate) remarks: Vec<String>,
}

impl Figures {
    /// How often a child was killed.
    pub(crate) fn kills(&self) -> u64 {
        self.kills.values().sum()
    }

    /// How many events there were besides kills and faults.
    pub(crate) fn events(&self) -> u64 {
        self.events.values().sum()
    }

    /// Adds events.
    pub(crate) fn add_counts(&mut self, counts: &Counts) {
        add(&mut self.events, counts);
    }

    /// Adds faults.
    pub(crate) fn add_faults(&mut self, counts: &Counts) {
        add(&mut self.faults, counts);
    }

    /// Adds what another run counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.lives += other.lives;
        self.requests += other.requests;
        for (phase, count) in other.kills {
            *self.kills.entry(phase).or_default() += count;
        }
        self.kills_in_a_write += other.kills_in_a_write;
        add(&mut self.faults, &other.faults);
        add(&mut self.events, &other.events);
        add(&mut self.wrap_ups, &other.wrap_ups);
        self.violations.extend(other.violations);
    }

    /// The table.
    pub(crate) fn table(&self, seconds: u64) -> String {
        let mut text = String::new();
        let mut row = |name: &str, count: u64| {
            let _ = writeln!(text, "{name:<44}{count:>10}");
        };
        row("runs", self.runs);
        row("lives (processes started)", self.lives);
        row("requests that reached the sandbox", self.requests);
        row("seconds", seconds);
        row("kills", self.kills());
        for (phase, name) in Phase::ALL {
            let count = self.kills.get(&phase).copied().unwrap_or(0);
            row(&format!("  while {name}"), count);
        }
        row(
            "  of all, in the middle of a write to disk",
            self.kills_in_a_write,
        );
        row("events", self.events());
        for (name, count) in &self.events {
            row(&format!("  {name}"), *count);
        }
        row("faults", self.faults.values().sum());
        for (name, count) in &self.faults {
            row(&format!("  {name}"), *count);
        }
        row(
            "wrap-ups saved",
            self.wrap_ups.get("saved").copied().unwrap_or(0),
        );
        for (name, count) in self.wrap_ups.iter().filter(|(name, _)| *name != "saved") {
            row(&format!("  {name}"), *count);
        }
        row(
            "violations",
            u64::try_from(self.violations.len()).unwrap_or(u64::MAX),
        );
        text
    }
}

fn add(all: &mut Counts, more: &Counts) {
    for (name, count) in more {
        *all.entry(name.clone()).or_default() += count;
    }
}
