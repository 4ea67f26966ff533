//! An Apollo in memory: answers as scripted, keeps records, and looks into the store at every
//! write to see that the step was durable first.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ::apollo::{
    Error, NetworkKind,
    ids::{CallId, ContactId, OutcomeId, SequenceId, StageId, TaskId, UserId},
    types::{
        CompletionReply, Contact, ContactStage, CustomFields, Filter, FilterStatus, NewPhoneCall,
        NewTask, OutcomeFacet, Page, PhoneCall, PhoneCallUpdate, Sequence, SequenceEvent,
        SequenceEventKind, SkipReply, Task, TaskSearch, TaskStatus, TaskUpdate,
    },
};
use async_trait::async_trait;
use clock::{Clock, ManualClock, Timestamp};
use domain::{wrap_up::StepKind, wrap_up::StepState, wrap_up::WrapUp};
use outbox::{LookUp, SendSteps, Urgency};
use session::ports::{OutcomeCalls, ReadReferenceData, ReadWork};
use tokio::sync::oneshot;

use super::FakeStore;

/// How long a client waits for a reply that does not come.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// It is done and answered.
    Good,
    /// It is done; the reply is lost at once.
    LostAfterCommit,
    /// The connection breaks before anything is done.
    LostBeforeCommit,
    /// It is done at once; the answer is this late, and arrives.
    LateAfterCommit(Duration),
    /// It is done; no reply comes before the client's timeout.
    HangAfterCommit,
    /// Nothing is done, and no reply comes.
    HangBeforeCommit,
    /// Nothing is done.
    Refused(Error),
}

/// What Apollo does with `call_identifier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identifier {
    Stored,
    Dropped,
    Upsert,
}

/// Decides the fate of the nth request (from 1) of a task's step.
pub(crate) type Fate = Box<dyn Fn(&TaskId, StepKind, u32) -> Reply + Send>;

pub(crate) struct FakeApollo {
    clock: Arc<ManualClock>,
    store: Arc<FakeStore>,
    world: Mutex<World>,
}

struct Record {
    call: PhoneCall,
    /// By elapsed time: Apollo's clock is not the one that a test sets.
    shows_at: Duration,
}

struct World {
    // Writes
    replies: HashMap<StepKind, VecDeque<Reply>>,
    fate: Option<Fate>,
    requests_of: HashMap<(TaskId, StepKind), u32>,
    identifier: Identifier,
    index_lag: Duration,
    records: Vec<Record>,
    posts: Vec<(Timestamp, NewPhoneCall)>,
    finished: HashMap<TaskId, u32>,
    deleted: Vec<TaskId>,
    finish_requests: Vec<(Timestamp, StepKind, TaskId, Option<String>)>,
    made_tasks: Vec<Task>,
    updates: Vec<(TaskId, TaskUpdate)>,
    corrections: Vec<(CallId, PhoneCallUpdate)>,
    stages_set: Vec<(ContactId, StageId)>,
    stages_changed: HashMap<ContactId, StageId>,
    sequences_finished: Vec<(SequenceId, ContactId)>,
    sequence_events: Vec<((SequenceId, ContactId), SequenceEvent)>,
    // Look-ups
    searches: u32,
    search_fails: u32,
    has_network: bool,
    ignores_users: bool,
    search_drops_a_row: bool,
    held_searches: VecDeque<oneshot::Receiver<()>>,
    hides_made_tasks: bool,
    // Reads
    tasks: Vec<Task>,
    rows_per_page: usize,
    page_errors: HashMap<u32, Error>,
    held_pages: HashMap<u32, oneshot::Receiver<()>>,
    task_requests: Vec<(TaskSearch, Urgency)>,
    drops_seconds: bool,
    custom_fields: CustomFields,
    sequences: Vec<Sequence>,
    outcomes: Vec<OutcomeFacet>,
    custom_field_reads: u32,
    custom_field_errors: VecDeque<Error>,
    outcome_answers: VecDeque<Result<Option<Vec<OutcomeFacet>>, Error>>,
    outcome_reads: Vec<(Duration, Urgency)>,
    calls_with: HashMap<OutcomeId, Result<OutcomeCalls, Error>>,
}

impl FakeApollo {
    pub(crate) fn new(clock: Arc<ManualClock>, store: Arc<FakeStore>) -> Self {
        Self {
            clock,
            store,
            world: Mutex::new(World {
                replies: HashMap::new(),
                fate: None,
                requests_of: HashMap::new(),
                identifier: Identifier::Stored,
                index_lag: Duration::ZERO,
                records: Vec::new(),
                posts: Vec::new(),
                finished: HashMap::new(),
                deleted: Vec::new(),
                finish_requests: Vec::new(),
                made_tasks: Vec::new(),
                updates: Vec::new(),
                corrections: Vec::new(),
                stages_set: Vec::new(),
                stages_changed: HashMap::new(),
                sequences_finished: Vec::new(),
                sequence_events: Vec::new(),
                searches: 0,
                search_fails: 0,
                has_network: true,
                ignores_users: false,
                search_drops_a_row: false,
                held_searches: VecDeque::new(),
                hides_made_tasks: false,
                tasks: Vec::new(),
                rows_per_page: 100,
                page_errors: HashMap::new(),
                held_pages: HashMap::new(),
                task_requests: Vec::new(),
                drops_seconds: false,
                custom_fields: CustomFields::default(),
                sequences: Vec::new(),
                outcomes: Vec::new(),
                custom_field_reads: 0,
                custom_field_errors: VecDeque::new(),
                outcome_answers: VecDeque::new(),
                outcome_reads: Vec::new(),
                calls_with: HashMap::new(),
            }),
        }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // ---- what a test sets up

    /// The next requests of a kind get these replies; after them all is well.
    pub(crate) fn script(&self, kind: StepKind, replies: impl IntoIterator<Item = Reply>) {
        self.world()
            .replies
            .entry(kind)
            .or_default()
            .extend(replies);
    }

    /// All is well from here on.
    pub(crate) fn clear_script(&self, kind: StepKind) {
        self.world().replies.remove(&kind);
    }

    pub(crate) fn decide(&self, fate: Fate) {
        self.world().fate = Some(fate);
    }

    pub(crate) fn identifier(&self, identifier: Identifier) {
        self.world().identifier = identifier;
    }

    pub(crate) fn custom_fields(&self, fields: CustomFields) {
        self.world().custom_fields = fields;
    }

    /// From now on, due times lose their seconds.
    pub(crate) fn drop_seconds(&self) {
        self.world().drops_seconds = true;
    }

    /// How long a new record stays unseen by the search.
    pub(crate) fn index_lag(&self, lag: Duration) {
        self.world().index_lag = lag;
    }

    /// The next `count` searches fail.
    pub(crate) fn fail_searches(&self, count: u32) {
        self.world().search_fails = count;
    }

    /// While false, nothing reaches Apollo to be logged or searched for.
    pub(crate) fn network(&self, is_there: bool) {
        self.world().has_network = is_there;
    }

    /// From now on, searches for calls return those of everybody.
    pub(crate) fn ignore_users(&self) {
        self.world().ignores_users = true;
    }

    /// Every search leaves out a row that could not be read.
    pub(crate) fn drop_a_row(&self, drops: bool) {
        self.world().search_drops_a_row = drops;
    }

    /// The next search for calls finds what there is when it arrives, and answers when the sender
    /// sends or is dropped.
    pub(crate) fn hold_next_search(&self) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        self.world().held_searches.push_back(held);
        release
    }

    /// While true, the rows of tasks that were made here cannot be read by a search.
    pub(crate) fn hide_made_tasks(&self, hides: bool) {
        self.world().hides_made_tasks = hides;
    }

    /// A record that somebody else made.
    pub(crate) fn add_record(&self, call: PhoneCall) {
        let shows_at = self.clock.elapsed();
        self.world().records.push(Record { call, shows_at });
    }

    pub(crate) fn delete_task(&self, task: &TaskId) {
        self.world().deleted.push(task.clone());
    }

    pub(crate) fn tasks(&self, tasks: Vec<Task>) {
        self.world().tasks = tasks;
    }

    pub(crate) fn rows_per_page(&self, rows: usize) {
        self.world().rows_per_page = rows;
    }

    pub(crate) fn fail_page(&self, page: u32, error: Error) {
        self.world().page_errors.insert(page, error);
    }

    /// Apollo answers with the page again.
    pub(crate) fn repair_page(&self, page: u32) {
        self.world().page_errors.remove(&page);
    }

    /// Holds a page back until the sender sends or is dropped.
    pub(crate) fn hold_page(&self, page: u32) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        self.world().held_pages.insert(page, held);
        release
    }

    pub(crate) fn sequences(&self, sequences: Vec<Sequence>) {
        self.world().sequences = sequences;
    }

    pub(crate) fn outcomes(&self, outcomes: Vec<OutcomeFacet>) {
        self.world().outcomes = outcomes;
    }

    /// The answer to the next reading of the outcomes, instead of the list.
    pub(crate) fn next_outcomes(&self, answer: Result<Option<Vec<OutcomeFacet>>, Error>) {
        self.world().outcome_answers.push_back(answer);
    }

    /// When the outcomes were read, and how urgently.
    pub(crate) fn outcome_reads(&self) -> Vec<(Duration, Urgency)> {
        self.world().outcome_reads.clone()
    }

    /// Makes the next reading of the custom fields fail.
    pub(crate) fn next_custom_fields(&self, error: Error) {
        self.world().custom_field_errors.push_back(error);
    }

    pub(crate) fn custom_field_reads(&self) -> u32 {
        self.world().custom_field_reads
    }

    /// The answer to a question about one outcome.
    pub(crate) fn calls_with(&self, outcome: &str, answer: Result<OutcomeCalls, Error>) {
        self.world().calls_with.insert(outcome.into(), answer);
    }

    // ---- what happened

    /// Every request that logs a call, with when it came.
    pub(crate) fn posts(&self) -> Vec<(Timestamp, NewPhoneCall)> {
        self.world().posts.clone()
    }

    /// The records there are.
    pub(crate) fn records(&self) -> Vec<PhoneCall> {
        let world = self.world();
        world
            .records
            .iter()
            .map(|record| record.call.clone())
            .collect()
    }

    /// How often each task was really finished.
    pub(crate) fn finished(&self) -> HashMap<TaskId, u32> {
        self.world().finished.clone()
    }

    /// Requests that complete or skip, with the note of a skip.
    pub(crate) fn finish_requests(&self) -> Vec<(Timestamp, StepKind, TaskId, Option<String>)> {
        self.world().finish_requests.clone()
    }

    /// The tasks that were made.
    pub(crate) fn made_tasks(&self) -> Vec<Task> {
        self.world().made_tasks.clone()
    }

    pub(crate) fn updates(&self) -> Vec<(TaskId, TaskUpdate)> {
        self.world().updates.clone()
    }

    pub(crate) fn corrections(&self) -> Vec<(CallId, PhoneCallUpdate)> {
        self.world().corrections.clone()
    }

    pub(crate) fn stages_set(&self) -> Vec<(ContactId, StageId)> {
        self.world().stages_set.clone()
    }

    pub(crate) fn sequences_finished(&self) -> Vec<(SequenceId, ContactId)> {
        self.world().sequences_finished.clone()
    }

    /// Somebody moves a contact to a stage in Apollo.
    pub(crate) fn change_stage(&self, contact: &str, stage: &str) {
        let mut world = self.world();
        world.stages_changed.insert(contact.into(), stage.into());
    }

    /// Something happens to a contact in a sequence, now.
    pub(crate) fn happen(
        &self,
        kind: SequenceEventKind,
        sequence: &SequenceId,
        contact: &ContactId,
    ) {
        let event = SequenceEvent {
            kind,
            at: Some(self.clock.now()),
            sequence_id: Some(sequence.clone()),
        };
        let about = (sequence.clone(), contact.clone());
        self.world().sequence_events.push((about, event));
    }

    /// Somebody changes a logged call in Apollo.
    pub(crate) fn change_record(&self, id: &CallId, change: impl FnOnce(&mut PhoneCall)) {
        let mut world = self.world();
        let mut records = world.records.iter_mut();
        let record = records.find(|record| record.call.id == *id);
        change(&mut record.expect("a record").call);
    }

    /// Somebody removes a logged call from Apollo.
    pub(crate) fn remove_record(&self, id: &CallId) {
        self.world().records.retain(|record| record.call.id != *id);
    }

    pub(crate) fn searches(&self) -> u32 {
        self.world().searches
    }

    pub(crate) fn task_requests(&self) -> Vec<(TaskSearch, Urgency)> {
        self.world().task_requests.clone()
    }

    // ---- inside

    fn reply(&self, task: &TaskId, kind: StepKind) -> Reply {
        let mut world = self.world();
        if !world.has_network {
            return Reply::Refused(Error::Network {
                kind: NetworkKind::Dns,
            });
        }
        let count = world.requests_of.entry((task.clone(), kind)).or_default();
        *count += 1;
        let count = *count;
        if let Some(reply) = world.replies.get_mut(&kind).and_then(VecDeque::pop_front) {
            return reply;
        }
        world
            .fate
            .as_ref()
            .map_or(Reply::Good, |fate| fate(task, kind, count))
    }

    /// A request of a step is here: on disk the step must be in flight, and all before it done.
    fn assert_durable(wrap_up: Option<WrapUp>, kind: StepKind) {
        let wrap_up = wrap_up.expect("a request came of a wrap-up that is not on disk");
        let index = wrap_up
            .steps
            .iter()
            .position(|step| step.kind == kind)
            .expect("a request came of a step that is not on disk");
        assert!(
            matches!(wrap_up.steps[index].state, StepState::InFlight { .. }),
            "a request of {kind:?} came while on disk the step was {:?}",
            wrap_up.steps[index].state
        );
        let before = &wrap_up.steps[..index];
        assert!(
            before
                .iter()
                .all(|step| matches!(step.state, StepState::Done(_))),
            "{kind:?} was sent before the steps ahead of it were done"
        );
    }

    fn commit_call(&self, call: &NewPhoneCall) -> PhoneCall {
        let elapsed = self.clock.elapsed();
        let mut world = self.world();
        if world.identifier == Identifier::Upsert
            && let Some(known) = world
                .records
                .iter()
                .find(|record| record.call.call_identifier == call.call_identifier)
        {
            return known.call.clone();
        }
        let record = PhoneCall {
            user_id: Some(call.user_id.clone()),
            contact_id: call.contact_id.clone(),
            account_id: call.account_id.clone(),
            outcome_id: call.outcome_id.clone(),
            purpose_id: call.purpose_id.clone(),
            status: call.status.clone(),
            logged: true,
            start_time: call.start_time,
            end_time: call.end_time,
            duration_s: call.duration_s,
            note: call.note.clone(),
            to_number: call.to_number.clone(),
            call_identifier: match world.identifier {
                Identifier::Dropped => None,
                Identifier::Stored | Identifier::Upsert => call.call_identifier.clone(),
            },
            ..PhoneCall::with_id(CallId::new(format!("call-{}", world.records.len() + 1)))
        };
        let shows_at = elapsed + world.index_lag;
        world.records.push(Record {
            call: record.clone(),
            shows_at,
        });
        record
    }

    async fn end<T>(&self, reply: Reply, commit: impl FnOnce() -> T) -> Result<T, Error> {
        let lost = |kind| Err(Error::Network { kind });
        match reply {
            Reply::Good => Ok(commit()),
            Reply::LostAfterCommit => {
                commit();
                lost(NetworkKind::Reset)
            }
            Reply::LostBeforeCommit => lost(NetworkKind::Reset),
            Reply::LateAfterCommit(late) => {
                let committed = commit();
                self.clock.sleep(late).await;
                Ok(committed)
            }
            Reply::HangAfterCommit => {
                commit();
                self.clock.sleep(TIMEOUT).await;
                lost(NetworkKind::Timeout)
            }
            Reply::HangBeforeCommit => {
                self.clock.sleep(TIMEOUT).await;
                lost(NetworkKind::Timeout)
            }
            Reply::Refused(error) => Err(error),
        }
    }

    /// The step of a wrap-up that is in flight on disk: whose request this is.
    fn task_in_flight(&self, kind: StepKind) -> TaskId {
        let wrap_up = self.store.in_flight(kind);
        Self::assert_durable(wrap_up.clone(), kind);
        wrap_up.expect("checked").task_id
    }

    /// Finishes a task; `None` when it was finished before.
    fn finish(&self, task: &TaskId) -> Finish {
        let mut world = self.world();
        if world.deleted.contains(task) {
            return Finish::Deleted;
        }
        if world.finished.contains_key(task) {
            return Finish::Already;
        }
        *world.finished.entry(task.clone()).or_default() += 1;
        Finish::Now
    }
}

enum Finish {
    Now,
    Already,
    Deleted,
}

#[async_trait]
impl SendSteps for FakeApollo {
    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, Error> {
        let id = call.call_identifier.clone().expect("no call_identifier");
        let wrap_up = self.store.wrap_up(&id);
        Self::assert_durable(wrap_up.clone(), StepKind::LogCall);
        let task = wrap_up.expect("checked").task_id;
        self.world().posts.push((self.clock.now(), call.clone()));
        let reply = self.reply(&task, StepKind::LogCall);
        self.end(reply, || self.commit_call(call)).await
    }

    async fn correct_call(&self, call: &CallId, update: &PhoneCallUpdate) -> Result<(), Error> {
        let task = self.task_in_flight(StepKind::CorrectCall);
        let reply = self.reply(&task, StepKind::CorrectCall);
        self.end(reply, || {
            let mut world = self.world();
            world.corrections.push((call.clone(), update.clone()));
            let mut records = world.records.iter_mut();
            if let Some(record) = records.find(|record| record.call.id == *call) {
                record.call.outcome_id.clone_from(&update.outcome_id);
                record.call.note.clone_from(&update.note);
            }
        })
        .await
    }

    async fn update_task(&self, task: &TaskId, update: &TaskUpdate) -> Result<(), Error> {
        Self::assert_durable(self.store.wrap_up_of_task(task), StepKind::MoveTask);
        let reply = self.reply(task, StepKind::MoveTask);
        let change = (task.clone(), update.clone());
        self.end(reply, || self.world().updates.push(change)).await
    }

    async fn create_task(&self, task: &NewTask) -> Result<Option<TaskId>, Error> {
        let of = self.task_in_flight(StepKind::CreateCallback);
        let reply = self.reply(&of, StepKind::CreateCallback);
        self.end(reply, || {
            let mut world = self.world();
            let due_s = task.due_at.as_second();
            let lost_s = if world.drops_seconds {
                due_s.rem_euclid(60)
            } else {
                0
            };
            let made = Task {
                user_id: Some(task.user_id.clone()),
                kind: task.kind.clone(),
                status: task.status.clone(),
                priority: task.priority.clone(),
                due_at: Some(task.due_at - jiff::SignedDuration::from_secs(lost_s)),
                note: task.note.clone(),
                contact_id: task.contact_id.clone(),
                account_id: task.account_id.clone(),
                creator_id: task.creator_id.clone(),
                ..Task::with_id(format!("made-{}", world.made_tasks.len() + 1).as_str())
            };
            world.made_tasks.push(made.clone());
            Some(made.id)
        })
        .await
    }

    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), Error> {
        let of = self.task_in_flight(StepKind::SetStage);
        let reply = self.reply(&of, StepKind::SetStage);
        let set = (contact.clone(), stage.clone());
        self.end(reply, || self.world().stages_set.push(set)).await
    }

    async fn finish_sequence(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<(), Error> {
        let of = self.task_in_flight(StepKind::FinishSequence);
        let reply = self.reply(&of, StepKind::FinishSequence);
        let finished = (sequence.clone(), contact.clone());
        self.end(reply, || {
            self.happen(SequenceEventKind::Completed, sequence, contact);
            self.world().sequences_finished.push(finished);
        })
        .await
    }

    async fn complete_task(&self, task: &TaskId) -> Result<CompletionReply, Error> {
        Self::assert_durable(self.store.wrap_up_of_task(task), StepKind::CompleteTask);
        let now = self.clock.now();
        let request = (now, StepKind::CompleteTask, task.clone(), None);
        self.world().finish_requests.push(request);
        let reply = self.reply(task, StepKind::CompleteTask);
        let finish = self.end(reply, || self.finish(task)).await?;
        Ok(match finish {
            Finish::Now => CompletionReply::Completed,
            Finish::Already => CompletionReply::AlreadyFinished,
            Finish::Deleted => CompletionReply::Deleted,
        })
    }

    async fn skip_task(&self, task: &TaskId, note: Option<&str>) -> Result<SkipReply, Error> {
        Self::assert_durable(self.store.wrap_up_of_task(task), StepKind::SkipTask);
        let now = self.clock.now();
        let note = note.map(ToOwned::to_owned);
        let request = (now, StepKind::SkipTask, task.clone(), note);
        self.world().finish_requests.push(request);
        let reply = self.reply(task, StepKind::SkipTask);
        let finish = self.end(reply, || self.finish(task)).await?;
        Ok(match finish {
            Finish::Now => SkipReply::Skipped,
            Finish::Already => SkipReply::AlreadyFinished,
            Finish::Deleted => SkipReply::Deleted,
        })
    }
}

#[async_trait]
impl LookUp for FakeApollo {
    async fn tasks_of(&self, search: TaskSearch) -> Result<Page<Task>, Error> {
        ReadWork::tasks(self, search, Urgency::WrapUp).await
    }

    async fn calls_of(
        &self,
        users: &[UserId],
        from: jiff::civil::Date,
        to: jiff::civil::Date,
        number: u32,
        _: Urgency,
    ) -> Result<Page<PhoneCall>, Error> {
        let (page, held) = {
            let elapsed = self.clock.elapsed();
            let mut world = self.world();
            world.searches += 1;
            if !world.has_network {
                return Err(Error::Network {
                    kind: NetworkKind::Dns,
                });
            }
            if world.search_fails > 0 {
                world.search_fails -= 1;
                return Err(Error::UpstreamDown {
                    status: Some(503),
                    html: false,
                });
            }
            let found: Vec<_> = world
                .records
                .iter()
                .filter(|record| {
                    let user = record.call.user_id.as_ref();
                    let is_asked_for = users.is_empty()
                        || world.ignores_users
                        || user.is_none_or(|user| users.contains(user));
                    record.shows_at <= elapsed && is_asked_for
                })
                .filter(|record| {
                    let Some(start) = record.call.start_time else {
                        return true;
                    };
                    let date = jiff::tz::TimeZone::UTC.to_datetime(start).date();
                    from <= date && date <= to
                })
                .map(|record| record.call.clone())
                .collect();
            let mut page = page(&found, number, 100);
            page.dropped_rows = u32::from(world.search_drops_a_row);
            (page, world.held_searches.pop_front())
        };
        if let Some(held) = held {
            let _ = held.await;
        }
        Ok(page)
    }

    async fn task(&self, task: &TaskId) -> Result<Task, Error> {
        let world = self.world();
        if world.deleted.contains(task) {
            return Err(Error::Gone);
        }
        let mut tasks = world.tasks.iter();
        let mut found = tasks
            .find(|known| known.id == *task)
            .cloned()
            .unwrap_or_else(|| Task::with_id(task.clone()));
        if world.finished.contains_key(task) {
            found.status = TaskStatus::Completed;
        }
        Ok(found)
    }

    async fn contact(&self, contact: &ContactId) -> Result<Contact, Error> {
        let world = self.world();
        let set = world.stages_set.iter().rev();
        let mut stage = set
            .filter(|(of, _)| of == contact)
            .map(|(_, stage)| stage.clone());
        let changed = world.stages_changed.get(contact).cloned();
        Ok(Contact {
            contact_stage_id: changed.or_else(|| stage.next()),
            ..Contact::with_id(contact.clone())
        })
    }

    async fn sequence_events(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<Vec<SequenceEvent>, Error> {
        let of = (sequence.clone(), contact.clone());
        let world = self.world();
        let events = world.sequence_events.iter();
        Ok(events
            .filter(|(about, _)| *about == of)
            .map(|(_, event)| event.clone())
            .collect())
    }
}

#[async_trait]
impl ReadWork for FakeApollo {
    async fn tasks(&self, search: TaskSearch, urgency: Urgency) -> Result<Page<Task>, Error> {
        let number = search.page;
        let is_by_contact = !search.contact_ids.is_empty();
        let rep = search.user_ids[0].clone();
        let held = {
            let mut world = self.world();
            world.task_requests.push((search, urgency));
            world.held_pages.remove(&number)
        };
        if let Some(held) = held {
            let _ = held.await;
        }
        let world = self.world();
        if !world.has_network {
            return Err(Error::Network {
                kind: NetworkKind::Dns,
            });
        }
        if let Some(error) = world.page_errors.get(&number) {
            return Err(error.clone());
        }
        let mut tasks = world.tasks.clone();
        if !world.hides_made_tasks {
            tasks.extend(world.made_tasks.iter().cloned());
        }
        if is_by_contact {
            tasks.sort_by_key(|task| std::cmp::Reverse(task.due_at));
        }
        let mut page = page(&tasks, number, world.rows_per_page);
        if world.hides_made_tasks {
            page.dropped_rows = u32::try_from(world.made_tasks.len()).expect("few");
        }
        // The client reports such rows and leaves them, so that the desk's own guard is tested.
        let is_theirs = |task: &Task| task.user_id.as_ref() == Some(&rep);
        if !page.rows.iter().all(is_theirs) {
            page.filtering.statuses = vec![(Filter::Users, FilterStatus::Ignored)];
        }
        Ok(page)
    }

    async fn sequences(&self, number: u32) -> Result<Page<Sequence>, Error> {
        let world = self.world();
        if !world.has_network {
            return Err(Error::Network {
                kind: NetworkKind::Dns,
            });
        }
        Ok(page(&world.sequences, number, 100))
    }
}

#[async_trait]
impl ReadReferenceData for FakeApollo {
    async fn outcomes(&self, urgency: Urgency) -> Result<Option<Vec<OutcomeFacet>>, Error> {
        let mut world = self.world();
        world.outcome_reads.push((self.clock.elapsed(), urgency));
        match world.outcome_answers.pop_front() {
            Some(answer) => answer,
            None => Ok(Some(world.outcomes.clone())),
        }
    }

    async fn calls_with(&self, outcome: &OutcomeId) -> Result<OutcomeCalls, Error> {
        let known = self.world().calls_with.get(outcome).cloned();
        known.unwrap_or(Ok(OutcomeCalls::None))
    }

    async fn custom_fields(&self) -> Result<CustomFields, Error> {
        let mut world = self.world();
        world.custom_field_reads += 1;
        match world.custom_field_errors.pop_front() {
            Some(error) => Err(error),
            None => Ok(world.custom_fields.clone()),
        }
    }

    async fn stages(&self) -> Result<Vec<ContactStage>, Error> {
        Ok(Vec::new())
    }
}

fn page<T: Clone>(all: &[T], number: u32, per_page: usize) -> Page<T> {
    let skipped = (number as usize - 1) * per_page;
    Page {
        rows: all.iter().skip(skipped).take(per_page).cloned().collect(),
        left_out: Vec::new(),
        dropped_rows: 0,
        page: number,
        per_page: u32::try_from(per_page).expect("small"),
        total_rows: Some(all.len() as u64),
        total_pages: Some(u32::try_from(all.len().div_ceil(per_page)).expect("small")),
        breadcrumbs: Vec::new(),
        filtering: ::apollo::types::Filtering::default(),
    }
}
