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
const LOOK_UP: &str = "src-tauri/crates/desk/src/engine/look_up.rs";
const WRAPPING: &str = "src-tauri/crates/desk/src/desk/wrapping.rs";
const VERIFYING: &str = "src-tauri/crates/desk/src/engine/verifying.rs";
const VERIFY: &str = "src-tauri/crates/desk/src/wrap_up/verify.rs";
const CALL: &str = "src-tauri/crates/desk/src/wrap_up/call.rs";
const OUTAGE: &str = "src-tauri/crates/desk/src/engine/outage.rs";
const CALLING: &str = "src-tauri/crates/desk/src/desk/calling.rs";
const OPEN: &str = "src-tauri/crates/store/src/open.rs";
const BACKGROUND: &str = "src-tauri/crates/commands/src/workspace/background.rs";
const CORE: &str = "src-tauri/crates/commands/src/core.rs";
const REP: &str = "src-tauri/crates/commands/src/workspace/rep.rs";
const KEY: &str = "src-tauri/crates/commands/src/workspace/key.rs";
const WORKSPACE: &str = "src-tauri/crates/commands/src/workspace.rs";
const DISPATCH: &str = "src-tauri/crates/desk/src/engine/dispatch.rs";
const INDEX_LAG: &str = "src-tauri/crates/desk/src/wrap_up/index_lag.rs";
const DOUBT: &str = "src-tauri/crates/desk/src/wrap_up/doubt.rs";
const PORTS: &str = "src-tauri/crates/desk/src/ports.rs";
const CALL_TIME: &str = "src-tauri/crates/desk/src/call_time.rs";
const DISPOSITIONS: &str = "src-tauri/crates/desk/src/dispositions.rs";
const DESK_RECEIPTS: &str = "src-tauri/crates/desk/src/desk/receipts.rs";
const PERFORM: &str = "src-tauri/crates/desk/src/engine/perform.rs";
const WITNESS: &str = "src-tauri/crates/store/src/witness.rs";
const RETENTION: &str = "src-tauri/crates/store/src/retention.rs";
const KEYS: &str = "src-tauri/crates/commands/src/keys.rs";
const REJECT: &str = "src-tauri/crates/apollo/src/client/reject.rs";
const HTTP: &str = "src-tauri/crates/apollo/src/client/transport/http.rs";
const SLED_STORE: &str = "src-tauri/crates/store/src/sled_store.rs";

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
        search: "                StepState::Unknown {\n                    since: *since,\n                    look_at,\n                    because: *because,\n                    looks: looks + 1,\n                    waited_ms,\n                }\n",
        replace: "                let _ = (since, look_at, because, waited_ms);\n                StepState::Ready\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "a person's retry resends what is unknown",
        why: "an impatient click makes a second record",
        file: DECIDE,
        search: "            StepState::Waiting { .. } | StepState::Blocked { .. } | StepState::Unclear { .. },\n",
        replace: "            StepState::Waiting { .. }\n            | StepState::Blocked { .. }\n            | StepState::Unclear { .. }\n            | StepState::Unknown { .. },\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "treat a lost reply of a create as not sent",
        why: "a broken connection after Apollo had the call makes a second record",
        file: OUTCOME,
        search: "            Delivery::Unknown => lost_at(now, kind, because(&error)),",
        replace: "            Delivery::Unknown => {\n                let _ = because(&error);\n                retry(WaitReason::ApolloDown)\n            }",
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
        file: INDEX_LAG,
        search: "const SETTLING_ALONE: Duration = Duration::from_mins(5);",
        replace: "const SETTLING_ALONE: Duration = Duration::from_secs(20);",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "ignore the settling time",
        why: "the first empty search counts, and the call is logged again",
        file: RECONCILE,
        search: "            (None, _) if !(self.is_whole && self.is_settled) => Verdict::Unclear,",
        replace: "            (None, _) if !self.is_whole => Verdict::Unclear,",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "take absence from a search that was cut short",
        why: "a record on a page that was not read is made again",
        file: RECONCILE,
        search: "            (None, _) if !(self.is_whole && self.is_settled) => Verdict::Unclear,",
        replace: "            (None, _) if !self.is_settled => Verdict::Unclear,",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "match a call without its start time",
        why: "of two calls to one person in a minute, the second is taken for the first and lost",
        file: RECONCILE,
        search: "        record.start_time.map(second).as_ref(),\n",
        replace: "        record.start_time.map(|_| second(call.started_at)).as_ref(),\n",
        caught_by: Catcher::Simulation,
    },
    Mutant {
        name: "match a call by start alone, whoever was called",
        why: "a colleague's record, or one for another person, is taken for ours, and ours is lost",
        file: RECONCILE,
        search: "    match (start, count(Field::Contradicts)) {\n",
        replace: "    match (start, count(Field::Contradicts).min(0)) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a record with another identifier",
        why: "a record that surely is another wrap-up's is taken for ours",
        file: RECONCILE,
        search: "        Some(_) => return Likeness::Another,\n        None => {}\n",
        replace: "        Some(_) | None => {}\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "match a call that another wrap-up claimed",
        why: "two calls with the same times become one",
        file: RECONCILE,
        search: "        found.filter(|record| !claimed_elsewhere(&record.id))\n",
        replace: "        found.filter(|record| true || !claimed_elsewhere(&record.id))\n",
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
        search: "        alike.filter(move |task| task.due_at.map(Timestamp::as_second) == second)\n",
        replace: "        alike.filter(move |task| true || task.due_at.map(Timestamp::as_second) == second)\n",
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
        search: "                log.is_some_and(Step::may_have_left)\n",
        replace: "                log.is_some_and(|step| {\n                    step.may_have_left() && !matches!(step.state, StepState::Unknown { .. })\n                })\n",
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
        file: DISPATCH,
        search: "        let answered = perform::perform(&*self.apollo, &wrap_up, step).await;\n",
        replace: "        let mut forgotten = wrap_up.clone();\n        for step in &mut forgotten.steps {\n            if matches!(step.state, StepState::InFlight { .. }) {\n                step.state = StepState::Ready;\n            }\n        }\n        self.store.put_wrap_up(&forgotten).await?;\n        let answered = perform::perform(&*self.apollo, &wrap_up, step).await;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "forget in-flight steps at restart",
        why: "what was on its way when the process died is sent again unseen",
        file: ENGINE,
        search: "                    match apply(step, lost_at(now, step.kind, UnknownBecause::ReplyLost)) {\n                        Ok(next) => *step = next,\n",
        replace: "                    match apply(step, lost_at(now, step.kind, UnknownBecause::ReplyLost)) {\n                        Ok(_) => step.state = StepState::Ready,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "settled from the start of a new life",
        why: "a restart cuts the settling time short, and the call is logged again",
        file: ENGINE,
        search: "                Some((wrap_up.id, UnknownSince::in_earlier_run(waited_ms, elapsed)))\n",
        replace: "                let waited_ms = waited_ms + 300_000;\n                Some((wrap_up.id, UnknownSince::in_earlier_run(waited_ms, elapsed)))\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "settle by the wall clock",
        why: "a clock that is set forward cuts the settling time short, and the call is logged again",
        file: LOOK_UP,
        search: "        state.index_lag.is_settled(since, began_at)\n",
        replace: "        let _ = (since, began_at);\n        let current = state\n            .outbox\n            .get(&id)\n            .and_then(|wrap_up| wrap_up.steps.get(wrap_up.current_step()?));\n        let since = match current.map(|step| &step.state) {\n            Some(StepState::Unknown { since, .. }) => *since,\n            _ => self.clock.now(),\n        };\n        let unknown_for = self.clock.now().duration_since(since);\n        let unknown_for = Duration::try_from(unknown_for).unwrap_or_default();\n        let since = UnknownSince::in_this_run(Duration::ZERO);\n        state.index_lag.is_settled(since, unknown_for)\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "an answer that the disk refused is forgotten",
        why: "a full disk at the wrong moment leaves a call on its way until the next start",
        file: DISPATCH,
        search: "                if matches!(step.state, StepState::InFlight { .. })\n                    && let Ok(next) = apply(\n",
        replace: "                if step.attempts == u32::MAX\n                    && let Ok(next) = apply(\n",
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
    Mutant {
        name: "take the record of a call whose answer is on its way",
        why: "of two calls with the same times, one is never logged and both receipts name one record",
        file: LOOK_UP,
        search: "        if self.has_rival(wrap_up, call, kind) {\n",
        replace: "        if wrap_up.steps.is_empty() && self.has_rival(wrap_up, call, kind) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "two look-ups claim one record",
        why: "two calls that are looked up at the same moment become one",
        file: DISPATCH,
        search: "            Event::Found(proof) if self.is_claimed(id, &proof) => Event::StillUnclear {\n",
        replace: "            Event::Found(proof) if wrap_up.steps.is_empty() && self.is_claimed(id, &proof) => Event::StillUnclear {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "only what is acknowledged claims its record",
        why: "a record of a call whose task is still to be completed is taken for another call",
        file: LOOK_UP,
        search: "        in_outbox\n            || others.any",
        replace: "        (in_outbox && state.outbox.is_empty())\n            || others.any",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "only today's receipts claim their records",
        why: "a call is taken for one of an earlier day that has the same times",
        file: ENGINE,
        search: "        let receipts = store.receipts(Timestamp::MIN).await?;\n",
        replace: "        let today = now - jiff::SignedDuration::from_hours(12);\n        let receipts = store.receipts(today).await?;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "callbacks all in the same second",
        why: "of two callbacks for a person at one time, a lost one cannot be told from the other",
        file: PERSON,
        search: "(first..first + SECONDS_OF_MINUTE).find(|second| !taken.contains(second));",
        replace: "(first..first + SECONDS_OF_MINUTE).find(|_| taken.len() < usize::MAX);",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "take the task that was called for its callback",
        why: "the callback is not made, since the task that was just completed is due at its time",
        file: RECONCILE,
        search: "            && task.id != wrap_up.task_id\n",
        replace: "            && (true || task.id != wrap_up.task_id)\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "take another finished task for a callback",
        why: "the callback is not made, since another task that was called is due at its time",
        file: LOOK_UP,
        search: "                is_own_task(&receipt.task_id)\n                    || receipt",
        replace: "                receipt",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "take a colleague's task for a callback",
        why: "the callback is not made, since a colleague has a task for that person and time",
        file: RECONCILE,
        search: "            && task.user_id.as_ref().is_none_or(|user| user == rep)\n",
        replace: "            && (true || task.user_id.as_ref().is_none_or(|user| user == rep))\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "take the absence of a callback from unreadable rows",
        why: "a callback whose row cannot be read is made again",
        file: LOOK_UP,
        search: "            let page = self.apollo.tasks(search, Urgency::WrapUp).await?;\n            is_whole &= page.dropped_rows == 0;\n",
        replace: "            let page = self.apollo.tasks(search, Urgency::WrapUp).await?;\n            is_whole &= page.dropped_rows < u32::MAX;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "look for a call on the first page only",
        why: "a rep with a hundred calls in three days has a lost call logged twice",
        file: LOOK_UP,
        search: "            let is_last = page.next_page().is_none();\n",
        replace: "            let is_last = page.next_page().is_none() || number == 1;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "look for a callback on the first page only",
        why: "a callback behind tasks that are due later is made again",
        file: LOOK_UP,
        search: "page.next_page().is_none() || is_past(&page, due_at);",
        replace: "page.next_page().is_none() || number == 1 || is_past(&page, due_at);",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "the settling time of an earlier step counts",
        why: "a callback that Apollo's search does not show yet is made again",
        file: DISPATCH,
        search: "            // Whatever is unknown behind it has its own time to wait.\n            state.unknown_since.remove(&id);\n",
        replace: "            // Whatever is unknown behind it has its own time to wait.\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "forget what was given up when a call is put right",
        why: "the receipt says that the task is completed, and it is open in Apollo",
        file: WRAP_UP,
        search: "                discarded: self.discarded.clone(),\n",
        replace: "                discarded: None,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a retry after a failed save takes a new id",
        why: "a call that the disk kept although it said no is logged twice",
        file: WRAPPING,
        search: "            made.wrap_up.id = *id;\n",
        replace: "            let _ = id;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a later call of a task takes the id of a failed save",
        why: "the second call of a task that was moved is taken for the first, and lost",
        file: WRAPPING,
        search: "            state.failed.remove(&task);\n",
        replace: "",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a stale read-back over a corrected receipt",
        why: "the receipt loses its correction, or comes back beside the call that is being put right",
        file: VERIFYING,
        search: "        if !is_as_read {\n",
        replace: "        if receipt.steps.is_empty() && !is_as_read {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "call gone what is credited to somebody else",
        why: "a call that Apollo has, and counts for another person, is said to be removed",
        file: VERIFYING,
        search: "        let all = self.calls_of(&[], dates, Urgency::Verification).await?;\n",
        replace: "        let all = found;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "call gone what was on a page that was not read",
        why: "a call that Apollo has is said to be removed",
        file: LOOK_UP,
        search: "        let mut is_whole = false;\n        let mut total = None;\n",
        replace: "        let mut is_whole = true;\n        let mut total = None;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "do not compare whom a call is credited to",
        why: "a call that counts for somebody else is called verified",
        file: VERIFY,
        search: "        record.user_id.as_ref() == Some(&receipt.user_id),\n",
        replace: "        record.user_id.is_some(),\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "an undo that does not wait for the engine",
        why: "the card is open again, and the call leaves all the same",
        file: PERSON,
        search: "        let _one_at_a_time = self.recording.lock().await;\n        self.check_lease()?;\n        let wrap_up = self.state().outbox.get(&id).cloned();\n        let wrap_up = wrap_up.ok_or(Refusal::TooLate)?;\n",
        replace: "        self.check_lease()?;\n        let wrap_up = self.state().outbox.get(&id).cloned();\n        let wrap_up = wrap_up.ok_or(Refusal::TooLate)?;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "giving up that does not wait for the engine",
        why: "the receipt says given up, and the call leaves all the same",
        file: PERSON,
        search: "        let _one_at_a_time = self.recording.lock().await;\n        self.check_lease()?;\n        let wrap_up = self.state().outbox.get(&id).cloned();\n        let wrap_up = wrap_up.ok_or(Refusal::NothingToDo)?;\n",
        replace: "        self.check_lease()?;\n        let wrap_up = self.state().outbox.get(&id).cloned();\n        let wrap_up = wrap_up.ok_or(Refusal::NothingToDo)?;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a correction that does not wait for the engine",
        why: "the words that a rep put right are overwritten, and lost",
        file: PERSON,
        search: "        let _one_at_a_time = self.recording.lock().await;\n        self.check_lease()?;\n        let waiting = self.state().outbox.get(&id).cloned();\n",
        replace: "        self.check_lease()?;\n        let waiting = self.state().outbox.get(&id).cloned();\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "acknowledge what was put right meanwhile",
        why: "the words that a rep put right are erased before they are sent",
        file: DISPATCH,
        search: "        let Some(wrap_up) = wrap_up.filter(WrapUp::is_done) else {\n",
        replace: "        let Some(wrap_up) = wrap_up else {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a correction that is only in memory",
        why: "after a crash the old words are sent",
        file: PERSON,
        search: "            self.store.put_wrap_up(&wrap_up).await?;\n            self.state().outbox.insert(id, wrap_up);\n",
        replace: "            self.state().outbox.insert(id, wrap_up);\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "an emptied note is left as it is",
        why: "what a rep took out of a note stays in Apollo",
        file: CALL,
        search: "            note: Some(self.note_as_sent().unwrap_or_default()),\n",
        replace: "            note: self.note_as_sent(),\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "closing that does not wait for an answer",
        why: "a call that would have been acknowledged within the second has to be looked up at the next start",
        file: ENGINE,
        search: "                    state.running.is_empty() && !waiting.any(",
        replace: "                    !waiting.any(",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "who stays has no undo any more",
        why: "after thinking better of quitting, every call leaves at once",
        file: ENGINE,
        search: "        self.state().is_closing = !holds;\n",
        replace: "        self.state().is_closing |= !holds;\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a new key hurries what waits for a limit",
        why: "requests are spent on answers that are known to be no",
        file: DISPATCH,
        search: "                    StepState::Waiting { reason, .. } if reason == awaited => {\n",
        replace: "                    StepState::Waiting { reason, .. }\n                        if reason == awaited || reason == WaitReason::Limit =>\n                    {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a look-up does not tell that the network is back",
        why: "calls wait for minutes although Apollo can be reached",
        file: DISPATCH,
        search: "        if is_back {\n            self.release(WaitReason::Offline).await?;\n        }\n        Ok(())\n    }\n\n    /// How long the fate",
        replace: "        let _ = is_back;\n        Ok(())\n    }\n\n    /// How long the fate",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "Handset's own no ends an outage",
        why: "every waiting call is tried at once although there is no network",
        file: OUTAGE,
        search: "Some(Error::BudgetSpent { .. } | Error::NotSentInTime) => false,",
        replace: "Some(Error::BudgetSpent { .. } | Error::NotSentInTime) => self.until.take().is_some(),",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a yes to the hour permits a do-not-call number",
        why: "somebody on a do-not-call list is dialed",
        file: CALLING,
        search: "                    return number_of(line);\n",
        replace: "                    return line.number.clone().ok_or_else(task_gone);\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a callback without a contact",
        why: "Apollo refuses a task without a person, and the call stays in the outbox",
        file: WRAPPING,
        search: "        callback_at: at_of(CallbackHow::NewTask).filter(|_| has_contact),\n",
        replace: "        callback_at: at_of(CallbackHow::NewTask),\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "an undo that leaves no draft",
        why: "after a crash the words of a call that was taken back are gone",
        file: ORIGIN_STORE,
        search: "        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;\n        self.commit(change, Survives::Restore).await\n",
        replace: "        let _ = draft;\n        self.commit(change, Survives::Restore).await\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "an undo that a loss of power undoes",
        why: "the call that was taken back is sent at the next start",
        file: ORIGIN_STORE,
        search: "        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;\n        self.commit(change, Survives::Restore).await\n",
        replace: "        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;\n        self.commit(change, Survives::Death).await\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "a correction that a loss of power undoes",
        why: "the old words stay in Apollo, and nobody notices",
        file: ORIGIN_STORE,
        search: "        change.put(self.key(Kind::TaskOf, &id), &TaskOf::of(wrap_up))?;\n        self.commit(change, Survives::PowerLoss).await\n",
        replace: "        change.put(self.key(Kind::TaskOf, &id), &TaskOf::of(wrap_up))?;\n        self.commit(change, Survives::Death).await\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "a rep that a loss of power undoes",
        why: "the next calls are credited to the one before",
        file: ORIGIN_STORE,
        search: "        self.commit(change, Survives::PowerLoss).await?;\n",
        replace: "        self.commit(change, Survives::Death).await?;\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "an old key brings back a call that is done",
        why: "a call that has its receipt is sent once more",
        file: OPEN,
        search: "        if acknowledged || !staying.insert(own_key.clone()) {\n",
        replace: "        if (false && acknowledged) || !staying.insert(own_key.clone()) {\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "an older draft comes back over a newer one",
        why: "the last words of a rep are replaced by earlier ones",
        file: OPEN,
        search: "        if acknowledged || !staying.insert(own_key.clone()) {\n",
        replace: "        if acknowledged || (!staying.insert(own_key.clone()) && false) {\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "held-back calls not sent at closing",
        why: "a call saved a second before quitting is logged at the next start, perhaps days later",
        file: BACKGROUND,
        search: "        self.engine.hold(false);\n",
        replace: "        self.engine.hold(true);\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "closing without a grace",
        why: "what was about to be sent is cut off, and looked up at the next start",
        file: BACKGROUND,
        search: "        self.engine\n            .finish_up(Duration::from_millis(CLOSING_GRACE_MS))\n            .await;\n",
        replace: "        let _ = CLOSING_GRACE_MS;\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "leave for the sample data without closing",
        why: "a call saved a second before stays behind unsent",
        file: CORE,
        search: "        old.close().await;\n",
        replace: "        drop(old);\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a changed rep not stored",
        why: "after a restart calls are credited to the one before, or nobody knows to whom",
        file: REP,
        search: "            .put_rep(Some(&rep))\n",
        replace: "            .put_rep(Some(&rep).filter(|_| false))\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a rep who was asked anew is still stored",
        why: "after a restart calls are credited to the one before",
        file: REP,
        search: "            .put_rep(None)\n            .await\n            .map_err(|error| store_problem(&error))?;\n",
        replace: "            .rep()\n            .await\n            .map_err(|error| store_problem(&error))?;\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a deactivated person chosen",
        why: "Apollo refuses every call that is logged as them",
        file: REP,
        search: "        if user.deactivated {\n",
        replace: "        if user.deactivated && user.id.as_str().is_empty() {\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a new key only for the checks",
        why: "the checks are passed, and everything else is asked with the revoked key",
        file: KEY,
        search: "        self.port.set_client(Some(client.clone()));\n",
        replace: "        if self.state().client.is_none() {\n            self.port.set_client(Some(client.clone()));\n        }\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a start that drops every receipt",
        why: "after a restart nothing tells what was logged, and a task that Apollo still lists is called again",
        file: SLED_STORE,
        search: "            if let Some(over) = age.kept_for(days) {\n",
        replace: "            if let Some(over) = age.kept_for(days).or(Some(u64::MAX)) {\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "nothing is read back",
        why: "a call that somebody removed or changed in Apollo is never noticed",
        file: WORKSPACE,
        search: "        self.spawn(Self::verify);\n",
        replace: "        let _ = Self::verify;\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a near record taken for ours",
        why: "a call that differs in whom it was with or how long it ran counts as ours, and ours is lost",
        file: RECONCILE,
        search: "        (Field::Equal, 1) if names_rep => Likeness::Near,\n",
        replace: "        (Field::Equal, 1) if names_rep => Likeness::Same,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a near record taken for absent",
        why: "a call whose contact was merged in Apollo is logged again, and nobody is asked",
        file: RECONCILE,
        search: "            (None, Some(id)) => Verdict::Near(id),\n",
        replace: "            (None, Some(_)) => Verdict::Absent,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "what a record lacks contradicts",
        why: "a record without a contact is not taken for ours, and the call is logged again",
        file: RECONCILE,
        search: "        _ => Field::Missing,\n",
        replace: "        (None, None) => Field::Missing,\n        _ => Field::Contradicts,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "silence counts early without a newer record",
        why: "an index that lags for minutes leads to a second record",
        file: INDEX_LAG,
        search: "        let needed = if newer_is_shown {\n",
        replace: "        let needed = if newer_is_shown || self.longest.is_zero() {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a newer record speaks for an earlier run",
        why: "a request that Apollo still works on is judged by a record of this run, and sent again",
        file: INDEX_LAG,
        search: "        let newer_is_shown = since.before.is_none()\n            && self\n                .newest_shown\n                .is_some_and(|shown| shown >= since.at + PROCESSING);\n",
        replace: "        let newer_is_shown = self\n            .newest_shown\n            .is_some_and(|shown| shown >= since.at + PROCESSING);\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a found record counts as newly acknowledged",
        why: "a record that has been there for minutes passes for a newer one, and what it should wait for is sent again",
        file: DISPATCH,
        search: "            match (acknowledged, unseen_ms, &wrap_up.work) {\n",
        replace: "            match (acknowledged, unseen_ms.filter(|_| false), &wrap_up.work) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "what has lain here is not looked for first",
        why: "after a machine was put back to an earlier moment, a call that was sent since is logged again",
        file: ENGINE,
        search: "            (None, Plan::Send { step }) if self.has_lain_here(wrap_up, step, now) => {\n",
        replace: "            (None, Plan::Send { step })\n                if wrap_up.steps.is_empty() && self.has_lain_here(wrap_up, step, now) =>\n            {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "what was saved for one team is sent to another",
        why: "a call is logged in another company's Apollo",
        file: ENGINE,
        search: "            (Some(team), Some(Some(present))) if team != present => Some(HeldBack::OtherTeam),\n",
        replace: "            (Some(team), Some(Some(present))) if team != present && self.is_closing => {\n                Some(HeldBack::OtherTeam)\n            }\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "send before it is known whose key is in use",
        why: "a call is logged in another company's Apollo, if the new key is another company's",
        file: ENGINE,
        search: "            (Some(_), None) => Some(HeldBack::TeamNotKnown),\n",
        replace: "            (Some(_), None) => None,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a second lease of one outbox",
        why: "two engines send one outbox, and each call is logged twice",
        file: PORTS,
        search: "        (!taken.swap(true, Ordering::SeqCst)).then(|| Self {\n",
        replace: "        (!taken.swap(true, Ordering::SeqCst) || true).then(|| Self {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a closed engine still writes",
        why: "what a former engine writes late is not seen by the one that took its place",
        file: ENGINE,
        search: "            None => Err(StoreError::OutboxTaken),\n",
        replace: "            None => Ok(()),\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a receipt names who sits here now",
        why: "calls look as if they were another rep's, and so they are counted in the export",
        file: DESK_RECEIPTS,
        search: "        let logged_as = |user: &UserId| match self.engine.rep(user) {\n",
        replace: "        let logged_as = |user: &UserId| match Some(self.rep.rep().clone()) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "forget at giving up that Apollo may have it",
        why: "the rep is told that a call is not in Apollo, logs it by hand, and it is there twice",
        file: PERSON,
        search: "            is_unproven: wrap_up.may_have_left(),\n",
        replace: "            is_unproven: wrap_up.steps.is_empty() && wrap_up.may_have_left(),\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "discard while being looked up",
        why: "the task is open again and called again, and Apollo has the first call",
        file: PERSON,
        search: "            !step.kind.is_idempotent() && matches!(step.state, StepState::Unknown { .. })\n",
        replace: "            step.attempts == u32::MAX && matches!(step.state, StepState::Unknown { .. })\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "what is refused each time is sent without end",
        why: "a note that a firewall refuses uses up the limits of everybody",
        file: DECIDE,
        search: "    (absences >= most).then_some(code)\n",
        replace: "    (absences == u32::MAX && absences >= most).then_some(code)\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a twin is not noticed",
        why: "a call that is in Apollo twice is called verified",
        file: VERIFY,
        search: "    if !twins.is_empty() {\n",
        replace: "    if twins.len() > found.len() {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a disk that refuses costs requests",
        why: "while the disk is full, each try asks Apollo anew and nothing of it can be kept",
        file: DISPATCH,
        search: "        let result = match self.catch_up(id).await {\n",
        replace: "        let result = match self.catch_up(id).await.or(Ok::<(), Stuck>(())) {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "write over what somebody changed meanwhile",
        why: "a stage that a colleague set since is set back",
        file: PERFORM,
        search: "    } else if before.is_none() || now == before {\n",
        replace: "    } else if before.is_none() || now != wanted {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a copied folder sends by itself",
        why: "two computers send the same calls",
        file: DOUBT,
        search: "            Self::Copied => Some(BlockCode::FolderCopied),\n",
        replace: "            Self::Copied => None,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "the order of outcomes by their counts",
        why: "a digit that meant one outcome yesterday says another today",
        file: DISPOSITIONS,
        search: "        for facet in named {\n",
        replace: "        let order: Vec<_> = named.iter().map(|facet| facet.id.clone()).collect();\n        let known = &mut self.kept.outcomes;\n        known.sort_by_key(|kept| order.iter().position(|id| *id == kept.id));\n        for facet in named {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a call's length from the wall clock",
        why: "a clock that is set during a call makes it hours long, or of no length",
        file: CALL_TIME,
        search: "        Some(ran) => ran,\n        None => by_wall,\n",
        replace: "        Some(_) | None => by_wall,\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "a restored folder is not noticed",
        why: "after a backup was put back, calls that were sent since are logged again",
        file: WITNESS,
        search: "    (!is_known_life || counter > revision).then_some(Doubt::Restored)\n",
        replace: "    (!is_known_life && counter > revision && counter == u64::MAX).then_some(Doubt::Restored)\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "a send that leaves no mark outside the folder",
        why: "a backup from a minute before does not know that the call was sent, and sends it again",
        file: ORIGIN_STORE,
        search: "        let survives = if must_not_be_forgotten(wrap_up) {\n",
        replace: "        let survives = if wrap_up.steps.is_empty() && must_not_be_forgotten(wrap_up) {\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "retention by the wall clock alone",
        why: "one start with a clock that is a year ahead erases every receipt",
        file: RETENTION,
        search: "        (0..=PAUSE_S_MAX).contains(&seconds_between(self.trusted_at, now))\n",
        replace: "        (0..=i64::MAX).contains(&seconds_between(self.trusted_at, now))\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "a locked keychain taken for none",
        why: "a call is sealed with another key, and what the keychain sealed is set aside",
        file: KEYS,
        search: "    if !goes_without && !matches!(error, VaultError::NoKeychain { .. }) {\n",
        replace: "    if !goes_without && matches!(error, VaultError::NotProven) {\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a locked key for Apollo taken for none",
        why: "the rep is asked to connect anew while the key lies in a keychain that is only locked",
        file: CORE,
        search: "        Err(VaultError::Locked) => Err(VaultError::Locked),\n",
        replace: "        Err(VaultError::Locked) => Ok(()),\n",
        caught_by: Catcher::Core,
    },
    Mutant {
        name: "a stranger's 404 taken for Apollo's",
        why: "a gateway's error completes a task, and its call is never made",
        file: REJECT,
        search: "    let Some(words) = Words::read(status, refused.body) else {\n        return not_apollos;\n",
        replace: "    let Some(words) = Words::read(status, refused.body) else {\n        if status == 404 {\n            return Error::Gone;\n        }\n        return not_apollos;\n",
        caught_by: Catcher::Apollo,
    },
    Mutant {
        name: "the HTTP library sends again",
        why: "a call is logged twice when a proxy closes a connection at the wrong moment",
        file: HTTP,
        search: "        .retry(retry::never())\n",
        replace: "",
        caught_by: Catcher::Apollo,
    },
    Mutant {
        name: "the store gives out a second lease",
        why: "two engines send one outbox, and each call is logged twice",
        file: SHELF,
        search: "        let taken = outboxes.entry(origin.to_owned()).or_default();\n",
        replace: "        let _ = outboxes.entry(origin.to_owned()).or_default();\n        let taken = &Arc::default();\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "an undo that leaves no mark outside the folder",
        why: "a backup from a minute before sends the call that was taken back",
        file: ORIGIN_STORE,
        search: "        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;\n        self.commit(change, Survives::Restore).await\n",
        replace: "        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;\n        self.commit(change, Survives::PowerLoss).await\n",
        caught_by: Catcher::Store,
    },
    Mutant {
        name: "searches without end",
        why: "a call that no search can prove takes part in every limit, and nobody is asked",
        file: DECIDE,
        search: "            if *looks >= LOOKS_MAX {\n",
        replace: "            if *looks == u32::MAX {\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "new words answer every question",
        why: "an edited note writes over a teammate's change, or sends what another computer may send",
        file: PERSON,
        search: "                && step.goes_again_with_new_words()\n",
        replace: "                && matches!(step.state, StepState::Blocked { .. })\n",
        caught_by: Catcher::Engine,
    },
    Mutant {
        name: "take out again who was taken in again",
        why: "a lost reply makes Handset end a sequence that a teammate has begun anew",
        file: PERFORM,
        search: "            if at > Some(saved_at) =>\n",
        replace: "            if at.is_none() && at > Some(saved_at) =>\n",
        caught_by: Catcher::Engine,
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
