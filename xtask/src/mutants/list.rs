//! The sabotages. `docs/MUTANTS.md` is the same list for people; a test holds them together.

use super::Catcher;

/// One sabotage: in `file`, the only `search` becomes `replace`.
#[derive(Debug)]
pub(crate) struct Mutant {
    pub(crate) name: &'static str,
    /// What would happen to a rep.
    pub(crate) why: &'static str,
    pub(crate) file: &'static str,
    pub(crate) search: &'static str,
    pub(crate) replace: &'static str,
    pub(crate) caught_by: Catcher,
}

const DECIDE: &str = "src-tauri/crates/desk/src/wrap_up/decide.rs";
const RECONCILE: &str = "src-tauri/crates/desk/src/wrap_up/reconcile.rs";
const WRAP_UP: &str = "src-tauri/crates/desk/src/wrap_up/mod.rs";
const STEP: &str = "src-tauri/crates/desk/src/wrap_up/step.rs";
const ENGINE: &str = "src-tauri/crates/desk/src/engine.rs";
const OUTCOME: &str = "src-tauri/crates/desk/src/engine/outcome.rs";
const PERSON: &str = "src-tauri/crates/desk/src/engine/person.rs";
const SHELF: &str = "src-tauri/crates/store/src/shelf.rs";
const ORIGIN_STORE: &str = "src-tauri/crates/store/src/origin_store.rs";

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "resend an unknown log without a look-up",
        why: "the call is in Apollo twice whenever a reply was lost after Apollo had it",
        file: STEP,
        search: "!matches!(self, Self::LogCall | Self::CreateCallback)",
        replace: "!matches!(self, Self::CreateCallback)",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "resend after a look-up that proved nothing",
        why: "a search that failed, or came too early, leads to a second record",
        file: DECIDE,
        search: "        (StepState::Unknown { since, .. }, Event::StillUnclear { look_at }) => StepState::Unknown {\n            since: *since,\n            look_at,\n        },\n",
        replace: "        (StepState::Unknown { .. }, Event::StillUnclear { .. }) => StepState::Ready,\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "a person's retry resends what is unknown",
        why: "an impatient click makes a second record",
        file: DECIDE,
        search: "        (StepState::Unknown { .. }, Event::ProvenAbsent)\n",
        replace: "        (StepState::Unknown { .. }, Event::ProvenAbsent | Event::PersonRetries)\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "treat a lost reply of a create as not sent",
        why: "a broken connection after Apollo had the call makes a second record",
        file: OUTCOME,
        search: "            Delivery::Unknown => lost_at(now, kind),",
        replace: "            Delivery::Unknown => retry(WaitReason::ApolloDown),",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "callback treated as idempotent",
        why: "a lost reply makes two callback tasks",
        file: STEP,
        search: "!matches!(self, Self::LogCall | Self::CreateCallback)",
        replace: "!matches!(self, Self::LogCall)",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "settling time shorter than the index lags",
        why: "a record that Apollo's search does not show yet counts as absent, and is made again",
        file: RECONCILE,
        search: "pub const SETTLING_TIME_MS: i64 = 45_000;",
        replace: "pub const SETTLING_TIME_MS: i64 = 20_000;",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "ignore the settling time",
        why: "the first empty search counts, and the call is logged again",
        file: RECONCILE,
        search: "            None if self.is_whole && self.is_settled => Verdict::Absent,",
        replace: "            None if self.is_whole => Verdict::Absent,",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "take absence from a search that was cut short",
        why: "a record on a page that was not read is made again",
        file: RECONCILE,
        search: "            None if self.is_whole && self.is_settled => Verdict::Absent,",
        replace: "            None if self.is_settled => Verdict::Absent,",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "match a call without its start time",
        why: "of two calls to one person in a minute, the second is taken for the first and lost",
        file: RECONCILE,
        search: "                    .is_some_and(|start| start.as_second() == call.started_at.as_second())",
        replace: "                    .is_some_and(|start| start.as_second() > 0)",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "match a call by start alone, whoever was called",
        why: "a colleague's record, or one for another person, is taken for ours, and ours is lost",
        file: RECONCILE,
        search: "                && record.contact_id == call.contact_id\n                && record\n",
        replace: "                && record\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a record with another identifier",
        why: "a record that surely is another wrap-up's is taken for ours",
        file: RECONCILE,
        search: "            record.call_identifier.is_none()\n",
        replace: "            record.call_identifier.as_deref() != Some(\"\")\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a call that another wrap-up claimed",
        why: "two calls with the same times become one",
        file: RECONCILE,
        search: "                && !claimed_elsewhere(&record.id)\n",
        replace: "                && (true || !claimed_elsewhere(&record.id))\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a callback that another wrap-up claimed",
        why: "two callbacks due at the same time become one",
        file: RECONCILE,
        search: "            && !claimed_elsewhere(&task.id)\n",
        replace: "            && (true || !claimed_elsewhere(&task.id))\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a callback whenever it is due",
        why: "an older callback is taken for the new one, which nobody makes",
        file: RECONCILE,
        search: "        alike.find(|task| task.due_at.map(Timestamp::as_second) == second)\n",
        replace: "        alike.find(|task| true || task.due_at.map(Timestamp::as_second) == second)\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "hold ignored",
        why: "what was to be undone is in Apollo already",
        file: DECIDE,
        search: "        && !is_over(until, now, HOLD_MS_MAX)\n",
        replace: "        && until.as_second() < 0\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "a wait that a clock set back made endless",
        why: "after the clock is set back, a wrap-up waits for as long as it was wrong",
        file: DECIDE,
        search: "    until <= now || until.duration_since(now).as_millis() > i128::from(longest_ms)\n",
        replace: "    until <= now || longest_ms < 0\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "steps out of order",
        why: "a task is completed and its call not logged; if the log is refused, nobody notices",
        file: WRAP_UP,
        search: "            .position(|step| !matches!(step.state, StepState::Done(_)))",
        replace: "            .rposition(|step| !matches!(step.state, StepState::Done(_)))",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "correct in place although the log may have left",
        why: "the rep sees the new words, and Apollo keeps the old ones",
        file: WRAP_UP,
        search: "                        StepState::InFlight { .. } | StepState::Unknown { .. } | StepState::Done(_)\n",
        replace: "                        StepState::InFlight { .. } | StepState::Done(_)\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "a correction on its way takes later words along",
        why: "the second of two quick edits is lost",
        file: WRAP_UP,
        search: "                && !matches!(step.state, StepState::InFlight { .. } | StepState::Done(_))\n",
        replace: "                && !matches!(step.state, StepState::Done(_))\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "send before recording in flight",
        why: "a crash after the request forgets that it left, and it leaves again",
        file: ENGINE,
        search: "        let answered = perform::perform(&*self.apollo, &wrap_up, kind).await;\n",
        replace: "        let mut forgotten = wrap_up.clone();\n        \
                  for step in &mut forgotten.steps {\n            \
                  if matches!(step.state, StepState::InFlight { .. }) {\n                \
                  step.state = StepState::Ready;\n            }\n        }\n        \
                  self.store.put_wrap_up(&forgotten).await?;\n        \
                  let answered = perform::perform(&*self.apollo, &wrap_up, kind).await;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "forget in-flight steps at restart",
        why: "what was on its way when the process died is sent again unseen",
        file: ENGINE,
        search: "                    match apply(step, lost_at(now, step.kind)) {\n                        Ok(next) => *step = next,\n",
        replace: "                    match apply(step, lost_at(now, step.kind)) {\n                        Ok(_) => step.state = StepState::Ready,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "settled from the start of a new life",
        why: "a restart cuts the settling time short, and the call is logged again",
        file: ENGINE,
        search: "            elapsed.saturating_sub(*state.unknown_since.entry(wrap_up.id).or_insert(elapsed))\n",
        replace: "            elapsed.saturating_sub(*state.unknown_since.entry(wrap_up.id).or_insert(elapsed))\n                \
                  + Duration::from_secs(60)\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "settle by the wall clock",
        why: "a clock that is set forward cuts the settling time short, and the call is logged again",
        file: ENGINE,
        search: "        let is_settled = unknown_for >= Duration::from_millis(SETTLING_TIME_MS.unsigned_abs());\n",
        replace: "        let since = match step.state {\n            \
                  StepState::Unknown { since, .. } => since,\n            \
                  _ => self.clock.now(),\n        };\n        \
                  let _ = unknown_for;\n        \
                  let is_settled =\n            \
                  self.clock.now().duration_since(since).as_millis() >= i128::from(SETTLING_TIME_MS);\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "an answer that the disk refused is forgotten",
        why: "a full disk at the wrong moment leaves a call on its way until the next start",
        file: ENGINE,
        search: "            if matches!(step.state, StepState::InFlight { .. })\n                && let Ok(next) = apply(step, lost_at(now, step.kind))\n",
        replace: "            if step.attempts == u32::MAX\n                && let Ok(next) = apply(step, lost_at(now, step.kind))\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "discard while in flight",
        why: "the receipt says given up, and Apollo has the call",
        file: PERSON,
        search: "        if wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {\n",
        replace: "        if wrap_up.steps.is_empty() && wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "undo of what has left",
        why: "the card is open again and the call is logged: it is logged twice at the next save",
        file: PERSON,
        search: "        if !wrap_up.is_untouched() {\n            return Err(Refusal::TooLate);\n",
        replace: "        if wrap_up.steps.is_empty() {\n            return Err(Refusal::TooLate);\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "revive that leaves the receipt",
        why: "one call has two receipts, and one of them says that all is done",
        file: ORIGIN_STORE,
        search: "        change.remove(self.key(Kind::Receipt, &id));\n        change.put(self.key(Kind::WrapUp, &id), wrap_up)?;\n",
        replace: "        change.put(self.key(Kind::WrapUp, &id), wrap_up)?;\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "acknowledge that leaves the content",
        why: "a note stays on disk after Apollo has it, and is sent again at the next start",
        file: ORIGIN_STORE,
        search: "        change.remove(self.key(Kind::WrapUp, &id));\n        change.put(self.key(Kind::Receipt, &id), receipt)?;\n",
        replace: "        change.put(self.key(Kind::Receipt, &id), receipt)?;\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "skip sled's flush",
        why: "a killed process loses what it said was saved",
        file: SHELF,
        search: "        self.db.flush().map_err(|error| of_sled(&error))?;\n        #[cfg(test)]\n",
        replace: "        #[cfg(test)]\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "skip the fsync",
        why: "a loss of power loses what was said to be saved: sled's own flush does not sync",
        file: SHELF,
        search: "            let synced = writer\n                .file\n                .sync_all()\n                .and_then(|()| folder::sync_blobs(&self.records))\n",
        replace: "            let synced = folder::sync_blobs(&self.records)\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "keep what was reported as failed",
        why: "a save that was said to have failed turns up later, beside the one made instead",
        file: SHELF,
        search: "                .apply_batch(undo)\n",
        replace: "                .apply_batch({\n                    drop(undo);\n                    sled::Batch::default()\n                })\n",
        caught_by: Catcher::Store,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doc_lists_every_sabotage_with_why_it_matters_and_what_catches_it() {
        let doc = include_str!("../../../docs/MUTANTS.md").replace("\r\n", "\n");
        for mutant in MUTANTS {
            let Mutant { name, why, .. } = mutant;
            let row = format!("| {name} | {why} | {} |\n", mutant.caught_by.shown());
            assert!(doc.contains(&row), "docs/MUTANTS.md has no row:\n{row}");
        }
        let rows = doc.lines().filter(|line| line.starts_with("| ")).count();
        assert_eq!(rows, MUTANTS.len() + 1, "a row for each, and a head");
    }

    #[test]
    fn every_sabotage_has_its_one_place() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for mutant in MUTANTS {
            let text = std::fs::read_to_string(root.join(mutant.file)).unwrap();
            let count = text.replace("\r\n", "\n").matches(mutant.search).count();
            assert_eq!(count, 1, "{}: {:?}", mutant.name, mutant.search);
        }
    }

    #[test]
    fn no_two_sabotages_have_the_same_name() {
        for (index, mutant) in MUTANTS.iter().enumerate() {
            let later = &MUTANTS[index + 1..];
            assert!(later.iter().all(|other| other.name != mutant.name));
        }
    }
}
