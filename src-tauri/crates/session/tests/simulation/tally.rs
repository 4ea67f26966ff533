//! What a simulation did, so that nobody has to believe that it did something.

/// Counts, over any number of cases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) cases: u64,
    pub(crate) wrap_ups: u64,
    pub(crate) crashes: u64,
    pub(crate) requests: u64,
    pub(crate) lost_replies: u64,
    pub(crate) look_ups: u64,
    pub(crate) found: u64,
    pub(crate) proven_absent: u64,
    pub(crate) disk_faults: u64,
    pub(crate) clock_jumps: u64,
    pub(crate) taken_back: u64,
    pub(crate) edits: u64,
    pub(crate) revivals: u64,
    pub(crate) discards: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        for ((_, mine), (_, theirs)) in self.rows().into_iter().zip(other.clone().rows()) {
            *mine += *theirs;
        }
    }

    fn rows(&mut self) -> [(&'static str, &mut u64); 14] {
        [
            ("cases", &mut self.cases),
            ("wrap-ups", &mut self.wrap_ups),
            ("crashes", &mut self.crashes),
            ("requests", &mut self.requests),
            ("lost replies", &mut self.lost_replies),
            ("look-ups", &mut self.look_ups),
            ("found by a look-up", &mut self.found),
            ("proven absent by one", &mut self.proven_absent),
            ("disk faults", &mut self.disk_faults),
            ("jumps of the wall clock", &mut self.clock_jumps),
            ("taken back", &mut self.taken_back),
            ("edited", &mut self.edits),
            ("edited after they were complete", &mut self.revivals),
            ("discarded", &mut self.discards),
        ]
    }

    /// A simulation in which the adversary never did something proves nothing about it.
    pub(crate) fn assert_that_it_was_worth_it(mut self) {
        for (what, count) in self.rows() {
            assert!(*count > 0, "the simulation did not have: {what}");
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (what, count) in self.clone().rows() {
            writeln!(f, "  {count:>10} {what}")?;
        }
        Ok(())
    }
}
