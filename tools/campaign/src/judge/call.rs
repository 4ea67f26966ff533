//! One wrap-up before the judge: its call record, its callback, its contact, its receipt.

use std::fmt::Write as _;

use apollo::types::TaskPriority;
use domain::wrap_up::CALLBACK_TITLE;
use sandbox::{CallIdentifier, CallRecord, Effect, TaskRecord};

use super::{
    Court, Due,
    effects::{Logged, summary, task_of},
};
use crate::{
    messages::{Alarm, CallContent, CallMessage, CallNumber, Kind, Row},
    record::{CallHistory, Entry, Fate},
    run_setup::Task,
};

pub(super) struct Case<'a> {
    court: &'a Court<'a>,
    number: CallNumber,
    known: &'a CallHistory,
    fate: Fate,
    due: Due,
    /// The team of the rep who saved it.
    team: Option<usize>,
    task: Option<&'a Task>,
}

/// Adds a fault where something is not right.
struct Faults<'a> {
    of: &'a str,
    faults: &'a mut Vec<String>,
}

impl Faults<'_> {
    fn check(&mut self, is_right: bool, what: &str) {
        if !is_right {
            self.faults
                .push(format!("{} has the wrong {what}", self.of));
        }
    }
}

impl<'a> Case<'a> {
    pub(super) fn new(court: &'a Court<'a>, number: CallNumber, known: &'a CallHistory) -> Self {
        let plan = &court.evidence.plan;
        let due = court.due.get(&number).copied().unwrap_or(Due::Nothing);
        let is_there = !court.effects.calls_of(number).is_empty();
        Self {
            court,
            number,
            known,
            fate: known.fate(),
            // A wrap-up that was cut off is due in whole once its first step is there.
            due: match due {
                Due::WholeOrNothing if is_there => Due::Whole,
                due => due,
            },
            team: plan.team_of(&known.begun.rep),
            task: plan.task(&known.begun.task),
        }
    }

    pub(super) fn judge(&self, faults: &mut Vec<String>) {
        if let Kind::Call(call) = &self.known.begun.kind {
            self.judge_records(call, faults);
            self.judge_callbacks(call, faults);
            self.judge_contact(call, faults);
        }
        self.judge_receipt(faults);
    }

    fn judge_records(&self, call: &CallMessage, faults: &mut Vec<String>) {
        let logged = self.court.effects.calls_of(self.number);
        if !self.due.allows(logged.len()) {
            let count = logged.len();
            faults.push(match (self.due, count) {
                (Due::Whole, 0) => "was saved, and there is no call record: lost".to_owned(),
                (due, count) => format!("{count} call records, due {due:?}"),
            });
        }
        for record in logged {
            if Some(record.team) != self.team {
                faults.push("its call record is in another team's Apollo".to_owned());
            }
            self.judge_record(call, record, faults);
        }
    }

    fn judge_record(&self, call: &CallMessage, logged: &Logged<'_>, faults: &mut Vec<String>) {
        let Logged { first, last, .. } = logged;
        for record in [first, last] {
            self.judge_frame(call, record, faults);
        }
        let versions: Vec<&CallContent> = self.fate.versions.values().collect();
        // A wrap-up that was given up may be there in any version.
        if self.due == Due::Whole && !versions.iter().any(|content| has_content(last, content)) {
            let possible: Vec<usize> = self.fate.versions.keys().copied().collect();
            faults.push(format!("its content is none of the versions {possible:?}"));
        }
    }

    /// What a correction cannot change.
    fn judge_frame(&self, call: &CallMessage, record: &CallRecord, faults: &mut Vec<String>) {
        let mut faults = Faults {
            of: "its call record",
            faults,
        };
        faults.check(record.user_id == self.known.begun.rep.as_str(), "rep");
        if let Some(task) = self.task {
            let contact = task.contact.as_ref().map(AsRef::as_ref);
            faults.check(record.contact_id.as_deref() == contact, "contact");
            let account = task.account.as_ref().map(AsRef::as_ref);
            let is_of_account = record.account_id.as_deref() == account;
            faults.check(contact.is_some() || is_of_account, "account");
        }
        let length_s = record.end_time.as_second() - record.start_time.as_second();
        faults.check(record.duration == Some(length_s), "length beside its times");
        if let Some((start, end)) = call.times {
            let starts = record.start_time.as_second() == start.as_second();
            faults.check(starts, "start");
            faults.check(record.end_time.as_second() == end.as_second(), "end");
        }
        if let Some((least, most)) = call.length_s {
            let length_s = u64::try_from(length_s).ok();
            let is_right = length_s.is_some_and(|length| (least..=most).contains(&length));
            faults.check(is_right, "length by a clock that nobody set");
        }
        if call.number.is_some() {
            faults.check(record.to_number == call.number, "number");
        }
        match self.court.evidence.identifier {
            CallIdentifier::Dropped => {}
            CallIdentifier::Upsert | CallIdentifier::Stored => {
                let id = self.fate.id.map(|id| id.to_string());
                let is_right = id.is_none() || record.call_identifier == id;
                faults.check(is_right, "identifier");
            }
        }
    }

    fn judge_callbacks(&self, call: &CallMessage, faults: &mut Vec<String>) {
        let made = self.court.effects.callbacks_of(self.number);
        if call.callback_at.is_none() {
            return;
        }
        if !self.due.allows(made.len()) {
            faults.push(format!("{} callbacks, due {:?}", made.len(), self.due));
        }
        for (team, task) in made {
            if Some(*team) != self.team {
                faults.push("its callback is in another team's Apollo".to_owned());
            }
            self.judge_callback(*team, task, faults);
        }
    }

    fn judge_callback(&self, team: usize, task: &TaskRecord, faults: &mut Vec<String>) {
        let mut faults = Faults {
            of: "its callback",
            faults,
        };
        let rep = self.known.begun.rep.as_str();
        faults.check(task.user_id == rep, "rep");
        faults.check(task.task_type == "call", "kind");
        faults.check(task.priority == TaskPriority::High.as_str(), "priority");
        let contact = self.task.and_then(|task| task.contact.as_ref());
        let contact = contact.map(AsRef::as_ref);
        faults.check(task.contact_id.as_deref() == contact, "contact");
        let team = self.court.evidence.teams.get(team);
        let Some(shown) = team.and_then(|team| team.shown.get(&task.id)) else {
            return faults.check(self.court.effects.was_deleted(&task.id), "fate: it is gone");
        };
        let creator = shown.creator_id.as_ref().map(AsRef::as_ref);
        faults.check(creator == Some(rep), "creator");
        faults.check(shown.title.as_deref() == Some(CALLBACK_TITLE), "title");
    }

    /// Stage and sequence of the contact; not where another wrap-up is about the same contact,
    /// since the order of the two decides then.
    fn judge_contact(&self, call: &CallMessage, faults: &mut Vec<String>) {
        let (Some(contact), Some(team)) =
            (self.task.and_then(|task| task.contact.as_ref()), self.team)
        else {
            return;
        };
        if self.due != Due::Whole || !self.is_alone_with(contact) {
            return;
        }
        let Some(team) = self.court.evidence.teams.get(team) else {
            return;
        };
        let Some(view) = team.world.contact(contact.as_str()) else {
            return faults.push("its contact is gone".to_owned());
        };
        if let Some(stage) = &call.stage
            && view.contact_stage_id != stage.as_str()
        {
            faults.push("its contact is not in the stage that was set".to_owned());
        }
        if let Some(sequence) = &call.finish_sequence {
            let is_finished =
                |(id, status): &(String, String)| id == sequence.as_str() && status == "finished";
            if !view.sequences.iter().any(is_finished) {
                faults.push("its sequence is not finished for its contact".to_owned());
            }
        }
    }

    fn is_alone_with(&self, contact: &apollo::ids::ContactId) -> bool {
        let Court { evidence, due, .. } = self.court;
        evidence.record.calls.iter().all(|(number, known)| {
            let other = evidence.plan.task(&known.begun.task);
            let is_same = other.is_some_and(|task| task.contact.as_ref() == Some(contact));
            *number == self.number || !is_same || due.get(number) == Some(&Due::Nothing)
        })
    }

    /// The row of the list of calls on the machine that has it.
    fn row(&self) -> Option<&Row> {
        let rows = self.court.evidence.record.rows.get(&self.known.machine)?;
        let id = self.fate.id?;
        rows.iter().find(|row| row.id == id)
    }

    fn judge_receipt(&self, faults: &mut Vec<String>) {
        let Some(row) = self.row() else {
            // A machine that did not come to rest is complained of as a whole.
            let record = &self.court.evidence.record;
            let is_shown = record.at_rest.contains(&self.known.machine);
            if is_shown && self.due == Due::Whole && self.fate.id.is_some() {
                faults.push("was saved, and there is no receipt of it: lost".to_owned());
            }
            return;
        };
        // An earlier folder may know of an earlier version than the one that Apollo has.
        let was_restored = |(_, _, entry): &(_, _, Entry)| matches!(entry, Entry::Restored(_));
        match row.alarm {
            Some(Alarm::Differs) if !self.known.entries.iter().any(was_restored) => {
                faults.push("a false alarm: it is reported to differ in Apollo".to_owned());
            }
            Some(Alarm::Missing) => {
                faults.push("a false alarm: it is reported to be gone from Apollo".to_owned());
            }
            Some(Alarm::Doubled) if self.court.effects.calls_of(self.number).len() < 2 => {
                faults.push("a false alarm: it is reported to be in Apollo twice".to_owned());
            }
            Some(Alarm::Differs | Alarm::Doubled) | None => {}
        }
        let plan = &self.court.evidence.plan;
        let names = self.team.and_then(|team| plan.teams.get(team));
        let name = names.and_then(|team| team.reps.get(&self.known.begun.rep));
        if name.is_some_and(|name| *name != row.logged_as) {
            faults.push(format!(
                "its receipt says that it is logged as {}",
                row.logged_as
            ));
        }
        let is_call = matches!(self.known.begun.kind, Kind::Call(_));
        if self.due != Due::Whole || !is_call {
            return;
        }
        if !row.is_sent {
            faults.push("its receipt does not say that it is sent".to_owned());
        }
        let logged = self.court.effects.calls_of(self.number).first();
        let record = logged.map(|logged| &logged.first.id);
        if row.call_id.as_ref() != record {
            faults.push("its receipt does not name its call record".to_owned());
        }
    }

    /// What was reported and done, in short.
    pub(super) fn trace(&self) -> String {
        let CallHistory {
            begun,
            machine,
            is_thrown_away,
            is_loose,
            entries,
            ..
        } = self.known;
        let mut text = format!(
            "call {} on machine {machine}, task {}, due {:?}, thrown away {is_thrown_away}, loose \
             {is_loose}, rep {}",
            self.number, begun.task, self.due, begun.rep
        );
        for (at, life, entry) in entries {
            let entry = match entry {
                Entry::Message(message) => format!("{message:?}"),
                Entry::Restored(_) => "the folder was restored".to_owned(),
            };
            let _ = write!(text, "\n      entry {at} in life {life}: {entry}");
        }
        if let Some(row) = self.row() {
            let _ = write!(text, "\n      receipt: {row:?}");
        }
        for (team, effect) in self.court.effects.all() {
            if !self.is_about(effect) {
                continue;
            }
            let (name, request, at) = summary(effect);
            let _ = write!(
                text,
                "\n      {at} team {team}: {name} by request {request}"
            );
            let team = self.court.evidence.teams.get(team);
            let mut requests = team.iter().flat_map(|team| &team.history.requests);
            if let Some(record) = requests.find(|record| record.number == request) {
                let (at, fault) = (record.at, &record.fault);
                let _ = write!(text, " (arrived {at}, fault {fault:?})");
            }
        }
        text
    }

    fn is_about(&self, effect: &Effect) -> bool {
        let logged = self.court.effects.calls_of(self.number);
        match effect {
            Effect::CallLogged { call, .. } | Effect::CallUpdated { call, .. } => {
                logged.iter().any(|logged| logged.first.id == call.id)
            }
            Effect::TaskDeleted { task_id, .. } => *task_id == self.known.begun.task.as_str(),
            Effect::ContactStage { contact_id, .. }
            | Effect::ContactSequenceStatus { contact_id, .. } => {
                let contact = self.task.and_then(|task| task.contact.as_ref());
                contact.is_some_and(|contact| contact.as_str() == contact_id)
            }
            other => task_of(other).is_some_and(|task| {
                let callbacks = self.court.effects.callbacks_of(self.number);
                task.id == self.known.begun.task.as_str()
                    || callbacks.iter().any(|(_, made)| made.id == task.id)
            }),
        }
    }
}

fn has_content(record: &CallRecord, content: &CallContent) -> bool {
    record.note.as_deref() == Some(content.note.as_str())
        && record.phone_call_outcome_id.as_deref() == Some(content.outcome.as_str())
}
