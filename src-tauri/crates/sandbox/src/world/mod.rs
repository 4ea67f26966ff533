//! The team's records and the rules by which they change.
//!
//! Promises: every change of a task goes through here, so that the index, the sequence and the
//! history agree. Must never: know HTTP.

pub(crate) mod calls;
pub(crate) mod companies;
mod constants;
pub(crate) mod generate;
mod generator;
pub(crate) mod id;
pub(crate) mod index;
pub(crate) mod model;
pub(crate) mod people;
#[cfg(feature = "control")]
pub(crate) mod personal;
pub(crate) mod phones;
pub(crate) mod places;
pub(crate) mod render;
pub(crate) mod sequences;
pub(crate) mod tasks;
pub(crate) mod team;
#[cfg(feature = "control")]
pub(crate) mod view;

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use rand_chacha::ChaCha8Rng;

use self::{
    id::Id,
    index::TaskIndex,
    model::{
        Account, Contact, CustomField, Enrolment, Label, Note, Outcome, PhoneCall, Purpose,
        Sequence, Stage, Task, TaskStatus, User,
    },
};
use crate::effect::{CallRecord, Effect, TaskRecord};

const HOURS_PER_DAY: i64 = 24;
/// `created_from` of what Apollo itself makes.
const SEQUENCE_TASKS_FROM: &str = "zp_ui";

/// What an id belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    User(usize),
    Sequence(usize),
    Account(usize),
    Contact(usize),
    Task(usize),
    Call(usize),
}

/// Everything the team has.
pub(crate) struct World {
    pub(crate) team_id: Id,
    pub(crate) users: Vec<User>,
    pub(crate) sequences: Vec<Sequence>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) calls: Vec<PhoneCall>,
    pub(crate) notes: Vec<Note>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) purposes: Vec<Purpose>,
    pub(crate) contact_stages: Vec<Stage>,
    pub(crate) account_stages: Vec<Stage>,
    pub(crate) labels: Vec<Label>,
    pub(crate) custom_fields: Vec<CustomField>,
    pub(crate) index: TaskIndex,
    places: HashMap<Id, Place>,
    tasks_by_contact: HashMap<usize, Vec<usize>>,
    contacts_by_account: HashMap<usize, Vec<usize>>,
    calls_by_identifier: HashMap<String, usize>,
    rng: ChaCha8Rng,
}

impl std::fmt::Debug for World {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("World")
            .field("tasks", &self.tasks.len())
            .field("contacts", &self.contacts.len())
            .finish_non_exhaustive()
    }
}

/// Who changes the world, for the history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) request: u64,
    pub(crate) now: Timestamp,
    /// When a search sees it, in elapsed time; none for at once.
    pub(crate) indexed_at: Option<Duration>,
}

/// A contact's part in a sequence, and who does its tasks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) user: usize,
    pub(crate) contact: usize,
    pub(crate) sequence: usize,
}

/// A contact that is added to a sequence without starting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pause {
    pub(crate) until: Option<Timestamp>,
}

/// How an open task ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Completed { by: usize },
    Skipped,
}

impl World {
    pub(crate) fn empty(team_id: Id, rng: ChaCha8Rng) -> Self {
        Self {
            team_id,
            users: Vec::new(),
            sequences: Vec::new(),
            accounts: Vec::new(),
            contacts: Vec::new(),
            tasks: Vec::new(),
            calls: Vec::new(),
            notes: Vec::new(),
            outcomes: Vec::new(),
            purposes: Vec::new(),
            contact_stages: Vec::new(),
            account_stages: Vec::new(),
            labels: Vec::new(),
            custom_fields: Vec::new(),
            index: TaskIndex::default(),
            places: HashMap::new(),
            tasks_by_contact: HashMap::new(),
            contacts_by_account: HashMap::new(),
            calls_by_identifier: HashMap::new(),
            rng,
        }
    }

    /// A new id, made at `at`.
    pub(crate) fn new_id(&mut self, at: Timestamp) -> Id {
        Id::new(at, &mut self.rng)
    }

    /// The user a bearer token acts as; also the first in every list.
    #[expect(
        clippy::unused_self,
        reason = "the place is a fact of the world, not of the type"
    )]
    pub(crate) fn main_rep(&self) -> usize {
        0
    }

    /// The longest-standing active admin, whom every API key acts as.
    pub(crate) fn admin(&self) -> usize {
        self.users
            .iter()
            .enumerate()
            .filter(|(_, user)| user.is_admin && !user.deleted)
            .min_by_key(|(_, user)| user.created_at)
            .map_or(0, |(place, _)| place)
    }

    pub(crate) fn place(&self, id: &str) -> Option<Place> {
        self.places.get(&Id::parse(id)?).copied()
    }

    pub(crate) fn user_place(&self, id: &str) -> Option<usize> {
        match self.place(id)? {
            Place::User(place) => Some(place),
            _ => None,
        }
    }

    pub(crate) fn contact_place(&self, id: &str) -> Option<usize> {
        match self.place(id)? {
            Place::Contact(place) => Some(place),
            _ => None,
        }
    }

    pub(crate) fn account_place(&self, id: &str) -> Option<usize> {
        match self.place(id)? {
            Place::Account(place) => Some(place),
            _ => None,
        }
    }

    pub(crate) fn sequence_place(&self, id: &str) -> Option<usize> {
        match self.place(id)? {
            Place::Sequence(place) => Some(place),
            _ => None,
        }
    }

    pub(crate) fn call_place(&self, id: &str) -> Option<usize> {
        match self.place(id)? {
            Place::Call(place) => Some(place),
            _ => None,
        }
    }

    pub(crate) fn task_place(&self, id: Id) -> Option<usize> {
        match self.places.get(&id)? {
            Place::Task(place) => Some(*place),
            _ => None,
        }
    }

    pub(crate) fn register(&mut self, id: Id, place: Place) {
        self.places.insert(id, place);
    }

    /// Lets the index see the changes whose lag is over.
    pub(crate) fn catch_up(&mut self, elapsed: Duration) {
        while let Some(place) = self.index.next_due(elapsed) {
            self.index.update(place, &self.tasks[place]);
        }
    }

    fn reindex(&mut self, place: usize, indexed_at: Option<Duration>) {
        match indexed_at {
            None => self.index.update(place, &self.tasks[place]),
            Some(when) => self.index.update_at(when, place),
        }
    }

    /// Adds a task and returns its place.
    pub(crate) fn add_task(&mut self, task: Task, indexed_at: Option<Duration>) -> usize {
        let place = self.tasks.len();
        self.register(task.id, Place::Task(place));
        if let Some(contact) = task.contact {
            self.tasks_by_contact
                .entry(contact)
                .or_default()
                .push(place);
        }
        self.tasks.push(task);
        self.reindex(place, indexed_at);
        place
    }

    /// Changes an open or finished task in place.
    pub(crate) fn change_task(
        &mut self,
        place: usize,
        change: Change,
        effects: &mut Vec<Effect>,
        edit: impl FnOnce(&mut Task),
    ) {
        let contact_before = self.tasks[place].contact;
        edit(&mut self.tasks[place]);
        let contact = self.tasks[place].contact;
        if contact != contact_before
            && let Some(contact) = contact
        {
            self.tasks_by_contact
                .entry(contact)
                .or_default()
                .push(place);
        }
        self.reindex(place, change.indexed_at);
        effects.push(Effect::TaskUpdated {
            request: change.request,
            at: change.now,
            task: self.task_record(place),
        });
    }

    /// Ends an open task and moves its contact to the next step of the sequence.
    pub(crate) fn end_task(
        &mut self,
        place: usize,
        ending: Ending,
        note: Option<String>,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        let task = &mut self.tasks[place];
        match ending {
            Ending::Completed { by } => {
                task.status = TaskStatus::Completed;
                task.completed_at = Some(change.now);
                task.completed_by = Some(by);
            }
            Ending::Skipped => {
                task.status = TaskStatus::Skipped;
                task.skipped_at = Some(change.now);
            }
        }
        if let Some(note) = note {
            task.note = Some(note.into());
        }
        self.reindex(place, change.indexed_at);
        let record = self.task_record(place);
        let (request, at) = (change.request, change.now);
        effects.push(match ending {
            Ending::Completed { .. } => Effect::TaskCompleted {
                request,
                at,
                task: record,
            },
            Ending::Skipped => Effect::TaskSkipped {
                request,
                at,
                task: record,
            },
        });
        self.advance(place, change, effects);
    }

    /// Makes the task of the next step that has one; after the last step the contact is finished.
    fn advance(&mut self, done: usize, change: Change, effects: &mut Vec<Effect>) {
        let task = &self.tasks[done];
        let (Some((sequence, position)), Some(contact)) = (task.step, task.contact) else {
            return;
        };
        if !self.sequences[sequence].active {
            return;
        }
        let part = Part {
            user: task.user,
            contact,
            sequence,
        };
        let is_on = self.start_step_after(part, position, change, effects);
        if !is_on {
            self.set_enrolment(
                contact,
                sequence,
                "finished",
                "Completed last step",
                change,
                effects,
            );
        }
    }

    /// Makes the task of the first step after `position` that asks for one; false if none does.
    fn start_step_after(
        &mut self,
        part: Part,
        position: u32,
        change: Change,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Part {
            user,
            contact,
            sequence,
        } = part;
        let mut wait_days = 0;
        let mut next = None;
        for (place, step) in self.sequences[sequence].steps.iter().enumerate() {
            let step_position = u32::try_from(place + 1).unwrap_or(u32::MAX);
            if step_position <= position {
                continue;
            }
            wait_days += step.wait_days;
            if let Some(kind) = step.kind.task_type() {
                next = Some((step_position, kind, step.note.clone(), step.priority));
                break;
            }
        }
        let Some((next_position, kind, note, priority)) = next else {
            return false;
        };
        if let Some(enrolment) = self.enrolment(contact, sequence) {
            enrolment.position = next_position;
        }
        let wait = jiff::SignedDuration::from_hours(i64::from(wait_days) * HOURS_PER_DAY);
        let id = self.new_id(change.now);
        let place = self.add_task(
            Task {
                id,
                user,
                creator: self.sequences[sequence].owner,
                completed_by: None,
                kind: kind.into(),
                status: TaskStatus::Scheduled,
                priority,
                due_at: change.now.saturating_add(wait).unwrap_or(Timestamp::MAX),
                created_at: change.now,
                completed_at: None,
                skipped_at: None,
                title: None,
                note,
                call_script: None,
                contact: Some(contact),
                account: self.contacts[contact].account,
                step: Some((sequence, next_position)),
                created_from: SEQUENCE_TASKS_FROM,
                call: None,
            },
            change.indexed_at,
        );
        effects.push(Effect::TaskCreated {
            request: change.request,
            at: change.now,
            task: self.task_record(place),
            by_sequence: true,
        });
        true
    }

    /// Puts a contact into a sequence; an active part in an active sequence starts at once.
    pub(crate) fn enrol(
        &mut self,
        part: Part,
        pause: Option<Pause>,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        let Part {
            contact, sequence, ..
        } = part;
        let id = self.new_id(change.now);
        let is_running = self.sequences[sequence].active && pause.is_none();
        let status = if is_running { "active" } else { "paused" };
        self.contacts[contact].enrolments.push(Enrolment {
            id,
            sequence,
            status,
            position: 1,
            added_at: change.now,
            finished_at: None,
            paused_at: pause.map(|_| change.now),
            auto_unpause_at: pause.and_then(|pause| pause.until),
            inactive_reason: (!self.sequences[sequence].active).then_some("Sequence inactive"),
        });
        effects.push(Effect::ContactSequenceStatus {
            request: change.request,
            at: change.now,
            contact_id: self.contacts[contact].id.to_string(),
            emailer_campaign_id: self.sequences[sequence].id.to_string(),
            status: status.to_owned(),
        });
        if is_running {
            self.start_step_after(part, 0, change, effects);
        }
    }

    /// The contacts of an account.
    pub(crate) fn contacts_of_account(&self, account: usize) -> &[usize] {
        self.contacts_by_account
            .get(&account)
            .map_or(&[], Vec::as_slice)
    }

    /// Adds a contact and returns its place.
    pub(crate) fn add_contact(&mut self, contact: Contact) -> usize {
        let place = self.contacts.len();
        self.register(contact.id, Place::Contact(place));
        if let Some(account) = contact.account {
            self.contacts_by_account
                .entry(account)
                .or_default()
                .push(place);
        }
        self.contacts.push(contact);
        place
    }

    /// Moves a contact to another account.
    pub(crate) fn move_contact(&mut self, contact: usize, account: usize) {
        if let Some(old) = self.contacts[contact].account.replace(account)
            && let Some(places) = self.contacts_by_account.get_mut(&old)
        {
            places.retain(|place| *place != contact);
        }
        self.contacts_by_account
            .entry(account)
            .or_default()
            .push(contact);
    }

    fn enrolment(&mut self, contact: usize, sequence: usize) -> Option<&mut Enrolment> {
        self.contacts[contact]
            .enrolments
            .iter_mut()
            .find(|it| it.sequence == sequence)
    }

    /// Changes a contact's part in a sequence; `removed` takes it out of the list.
    pub(crate) fn set_enrolment(
        &mut self,
        contact: usize,
        sequence: usize,
        status: &'static str,
        reason: &'static str,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        let Some(enrolment) = self.enrolment(contact, sequence) else {
            return;
        };
        enrolment.status = status;
        enrolment.inactive_reason = Some(reason);
        match status {
            "finished" => enrolment.finished_at = Some(change.now),
            "paused" => enrolment.paused_at = Some(change.now),
            "removed" => self.contacts[contact]
                .enrolments
                .retain(|it| it.sequence != sequence),
            _ => {}
        }
        effects.push(Effect::ContactSequenceStatus {
            request: change.request,
            at: change.now,
            contact_id: self.contacts[contact].id.to_string(),
            emailer_campaign_id: self.sequences[sequence].id.to_string(),
            status: status.to_owned(),
        });
    }

    /// Deletes the open tasks that `wanted` picks.
    pub(crate) fn delete_open_tasks(
        &mut self,
        places: &[usize],
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        for &place in places {
            if self.tasks[place].status != TaskStatus::Scheduled {
                continue;
            }
            self.tasks[place].status = TaskStatus::Deleted;
            self.reindex(place, change.indexed_at);
            effects.push(Effect::TaskDeleted {
                request: change.request,
                at: change.now,
                task_id: self.tasks[place].id.to_string(),
            });
        }
    }

    /// Switches a sequence on or off; pausing deletes its open tasks (reference section 4.11).
    pub(crate) fn switch_sequence(
        &mut self,
        place: usize,
        active: bool,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        self.sequences[place].active = active;
        effects.push(Effect::SequenceActive {
            request: change.request,
            at: change.now,
            emailer_campaign_id: self.sequences[place].id.to_string(),
            active,
        });
        if !active {
            let open = self.open_tasks_of(place, None);
            self.delete_open_tasks(&open, change, effects);
        }
    }

    /// Open tasks of a sequence, of one contact or of all.
    pub(crate) fn open_tasks_of(&self, sequence: usize, contact: Option<usize>) -> Vec<usize> {
        let of_sequence = |place: &usize| {
            let task = &self.tasks[*place];
            task.status == TaskStatus::Scheduled
                && task.step.is_some_and(|(other, _)| other == sequence)
        };
        match contact {
            None => (0..self.tasks.len()).filter(of_sequence).collect(),
            Some(contact) => self
                .tasks_by_contact
                .get(&contact)
                .map(|places| places.iter().copied().filter(of_sequence).collect())
                .unwrap_or_default(),
        }
    }

    /// Adds a call record and returns its place.
    pub(crate) fn add_call(&mut self, call: PhoneCall) -> usize {
        let place = self.calls.len();
        self.register(call.id, Place::Call(place));
        if let Some(identifier) = &call.call_identifier {
            self.calls_by_identifier.insert(identifier.clone(), place);
        }
        self.touch_by_call(&call);
        if let Some(task) = call.task {
            self.tasks[task].call = Some(place);
        }
        self.calls.push(call);
        place
    }

    /// A call moves the last activity of its contact and account (reference section 7.1).
    fn touch_by_call(&mut self, call: &PhoneCall) {
        let later = |last: Option<Timestamp>| last.max(Some(call.start_time));
        if let Some(contact) = call.contact {
            let contact = &mut self.contacts[contact];
            contact.last_activity = later(contact.last_activity);
        }
        if let Some(account) = call.account {
            let account = &mut self.accounts[account];
            account.last_activity = later(account.last_activity);
        }
    }

    pub(crate) fn call_by_identifier(&self, identifier: &str) -> Option<usize> {
        self.calls_by_identifier.get(identifier).copied()
    }

    /// A task for the history.
    pub(crate) fn task_record(&self, place: usize) -> TaskRecord {
        let task = &self.tasks[place];
        TaskRecord {
            id: task.id.to_string(),
            user_id: self.users[task.user].id.to_string(),
            task_type: task.kind.to_string(),
            status: task.status.as_str().to_owned(),
            priority: task.priority.as_str().to_owned(),
            due_at: task.due_at,
            contact_id: task
                .contact
                .map(|contact| self.contacts[contact].id.to_string()),
            account_id: task
                .account
                .map(|account| self.accounts[account].id.to_string()),
            emailer_campaign_id: task.step.map(|(it, _)| self.sequences[it].id.to_string()),
            campaign_position: task.step.map(|(_, position)| position),
            note: task.note.as_deref().map(str::to_owned),
        }
    }

    /// A call for the history.
    pub(crate) fn call_record(&self, place: usize) -> CallRecord {
        let call = &self.calls[place];
        CallRecord {
            id: call.id.to_string(),
            user_id: self.users[call.user].id.to_string(),
            contact_id: call
                .contact
                .map(|contact| self.contacts[contact].id.to_string()),
            account_id: call
                .account
                .map(|account| self.accounts[account].id.to_string()),
            outreach_task_id: call.task.map(|task| self.tasks[task].id.to_string()),
            phone_call_outcome_id: call.outcome.map(|id| id.to_string()),
            phone_call_purpose_id: call.purpose.map(|id| id.to_string()),
            status: call.status.clone(),
            logged: call.logged,
            inbound: call.inbound,
            from_number: call.from_number.clone(),
            to_number: call.to_number.clone(),
            start_time: call.start_time,
            end_time: call.end_time,
            duration: call.duration,
            note: call.note.clone(),
            call_identifier: call.call_identifier.clone(),
        }
    }
}
