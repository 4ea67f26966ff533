//! What tests may read of the world, as values.

use jiff::Timestamp;
use serde::Serialize;

use super::{World, id::Id, model::TaskStatus};
use crate::effect::TaskRecord;

/// A task as it is, whatever the search index says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaskView {
    /// Its fields.
    #[serde(flatten)]
    pub task: TaskRecord,
    /// Where it stands.
    pub state: TaskStatus,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// When it was skipped.
    pub skipped_at: Option<Timestamp>,
}

/// A contact as it is.
#[derive(Clone, PartialEq, Serialize)]
pub struct ContactView {
    /// Id.
    pub id: String,
    /// Name as stored, perhaps HTML-escaped.
    pub name: String,
    /// IANA name of the time zone.
    pub time_zone: Option<String>,
    /// Numbers in E.164; broken ones are left out.
    pub sanitized_numbers: Vec<String>,
    /// Numbers as entered, broken ones too.
    pub raw_numbers: Vec<String>,
    /// Whether a number is marked do-not-call.
    pub has_dnc_number: bool,
    /// Whether the contact opted out of calls.
    pub call_opted_out: bool,
    /// Company.
    pub account_id: Option<String>,
    /// Stage.
    pub contact_stage_id: String,
    /// Sequences and the status in each.
    pub sequences: Vec<(String, String)>,
    /// Last activity.
    pub last_activity: Option<Timestamp>,
    /// Whether it was deleted.
    pub deleted: bool,
}

impl std::fmt::Debug for ContactView {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ContactView")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Whether a sequence runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SequenceState {
    /// Runs.
    Active,
    /// Does not run.
    Paused,
    /// Put away.
    Archived,
}

/// A sequence as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SequenceView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it runs.
    pub state: SequenceState,
    /// Number of steps.
    pub steps: usize,
}

/// Read access to the world at one moment.
#[derive(Debug, Clone)]
pub struct WorldView {
    /// All tasks, deleted ones too.
    pub tasks: Vec<TaskView>,
    /// All contacts.
    pub contacts: Vec<ContactView>,
    /// All sequences.
    pub sequences: Vec<SequenceView>,
    /// Names and ids of the dispositions.
    pub outcomes: Vec<(String, String)>,
    /// How many call records there are.
    pub calls: usize,
}

impl WorldView {
    /// The task with this id.
    pub fn task(&self, id: &str) -> Option<&TaskView> {
        self.tasks.iter().find(|view| view.task.id == id)
    }

    /// The contact with this id.
    pub fn contact(&self, id: &str) -> Option<&ContactView> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// The sequence with this id.
    pub fn sequence(&self, id: &str) -> Option<&SequenceView> {
        self.sequences.iter().find(|sequence| sequence.id == id)
    }

    pub(crate) fn of(world: &World) -> Self {
        Self {
            tasks: (0..world.tasks.len())
                .map(|place| task(world, place))
                .collect(),
            contacts: (0..world.contacts.len())
                .map(|place| contact(world, place))
                .collect(),
            sequences: world.sequences.iter().map(sequence).collect(),
            outcomes: world
                .outcomes
                .iter()
                .map(|outcome| (outcome.id.to_string(), outcome.name.to_owned()))
                .collect(),
            calls: world.calls.len(),
        }
    }
}

/// The task with this id, as it is.
pub(crate) fn task_by_id(world: &World, id: &str) -> Option<TaskView> {
    let place = world.task_place(Id::parse(id)?)?;
    Some(task(world, place))
}

fn task(world: &World, place: usize) -> TaskView {
    let task = &world.tasks[place];
    TaskView {
        task: world.task_record(place),
        state: task.status,
        completed_at: task.completed_at,
        skipped_at: task.skipped_at,
    }
}

fn contact(world: &World, place: usize) -> ContactView {
    let contact = &world.contacts[place];
    ContactView {
        id: contact.id.to_string(),
        name: contact.name(),
        time_zone: contact
            .has_time_zone
            .then(|| super::places::CITIES[contact.city].time_zone.to_owned()),
        sanitized_numbers: contact
            .phones
            .iter()
            .filter_map(|it| it.sanitized.clone())
            .collect(),
        raw_numbers: contact
            .phones
            .iter()
            .map(|phone| phone.raw.clone())
            .collect(),
        has_dnc_number: contact
            .phones
            .iter()
            .any(|phone| phone.dnc_status.is_some()),
        call_opted_out: contact.call_opted_out == Some(true),
        account_id: contact
            .account
            .map(|account| world.accounts[account].id.to_string()),
        contact_stage_id: world.contact_stages[contact.stage].id.to_string(),
        sequences: contact
            .enrolments
            .iter()
            .map(|it| {
                (
                    world.sequences[it.sequence].id.to_string(),
                    it.status.to_owned(),
                )
            })
            .collect(),
        last_activity: contact.last_activity,
        deleted: contact.deleted,
    }
}

fn sequence(sequence: &super::model::Sequence) -> SequenceView {
    SequenceView {
        id: sequence.id.to_string(),
        name: sequence.name.to_owned(),
        state: match (sequence.archived, sequence.active) {
            (true, _) => SequenceState::Archived,
            (false, true) => SequenceState::Active,
            (false, false) => SequenceState::Paused,
        },
        steps: sequence.steps.len(),
    }
}
