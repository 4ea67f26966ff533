//! What a campaign adds up to, and the table that it ends with.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::said::Phase;

/// What is counted, of one run or of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) runs: u64,
    pub(crate) lives: u64,
    pub(crate) kills: BTreeMap<Phase, u64>,
    pub(crate) faults: BTreeMap<String, u64>,
    pub(crate) wrap_ups: BTreeMap<String, u64>,
    pub(crate) requests: u64,
    pub(crate) violations: Vec<String>,
}

impl Figures {
    /// How often a child was killed.
    pub(crate) fn kills(&self) -> u64 {
        self.kills.values().sum()
    }

    /// Adds what another run counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.lives += other.lives;
        self.requests += other.requests;
        for (phase, count) in other.kills {
            *self.kills.entry(phase).or_default() += count;
        }
        for (name, count) in other.faults {
            *self.faults.entry(name).or_default() += count;
        }
        for (name, count) in other.wrap_ups {
            *self.wrap_ups.entry(name).or_default() += count;
        }
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
        for phase in Phase::ALL {
            let count = self.kills.get(&phase).copied().unwrap_or(0);
            row(&format!("  while {}", phase.name()), count);
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
