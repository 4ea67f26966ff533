//! Apollo's client as the domain's port.
//!
//! Promises: wrap-ups go at the highest priority; the client can be exchanged for one with a new
//! key, or taken away with the key, while session and outbox live. Must never: decide anything.

use std::sync::PoisonError;

use apollo::{
    Client, Error,
    ids::{CallId, ContactId, OutcomeId, SequenceId, StageId, TaskId, UserId},
    types::{
        ActivityFeedSearch, CompletionReply, Contact, ContactStage, CustomFields, Filter,
        MAX_ROWS_PER_PAGE, NewPhoneCall, NewTask, OutcomeFacet, Page, PhoneCall, PhoneCallPage,
        PhoneCallSearch, PhoneCallSort, PhoneCallUpdate, Sequence, SequenceEvent, SequenceSearch,
        SkipReply, Task, TaskSearch, TaskUpdate,
    },
};
use async_trait::async_trait;
use budget::Priority;
use outbox::{LookUp, SendSteps, Urgency};
use session::ports::{OutcomeCalls, ReadReferenceData, ReadWork};
use tracing_mutex::stdsync::RwLock;

/// Rows of a search that proves a filter: more than the strays of an index that lags behind.
const ROWS_THAT_PROVE: u32 = 10;

/// The ports of the outbox and the session, over the client of the key in use, if there is one.
#[derive(Default)]
pub struct ApolloPort {
    client: RwLock<Option<Client>>,
}

impl ApolloPort {
    /// A port with a client.
    pub fn new(client: Client) -> Self {
        Self {
            client: RwLock::new(Some(client)),
        }
    }

    pub(crate) fn set_client(&self, client: Option<Client>) {
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = client;
    }

    /// The client of the key that is in use. Without one, nothing can be asked.
    fn client(&self) -> Result<Client, Error> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner);
        client.clone().ok_or(Error::KeyMissing)
    }
}

fn priority(urgency: Urgency) -> Priority {
    match urgency {
        Urgency::WrapUp => Priority::WrapUp,
        Urgency::Waiting => Priority::Waiting,
        // Nobody waits for the pages behind the first one.
        Urgency::Background | Urgency::Verification => Priority::Background,
    }
}

/// What a search for the calls with `outcome` proves. Apollo answers an unknown id with an empty
/// list, and a filter that it ignores with everybody's calls.
fn calls_with(outcome: &OutcomeId, found: &PhoneCallPage) -> OutcomeCalls {
    let facet = found.outcomes.iter().find(|facet| facet.id == *outcome);
    let shown = found
        .page
        .rows
        .iter()
        .filter(|call| call.outcome_id.as_ref() == Some(outcome))
        .count();
    let counted = if found.page.filtering.is_ignored(Filter::Outcomes) {
        facet.map_or(0, |facet| facet.count)
    } else {
        found.page.total_rows.unwrap_or(0)
    };
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    if shown > 0 || facet.is_some_and(|facet| facet.count > 0) {
        OutcomeCalls::Some {
            calls: counted.max(shown),
            name: facet.map(|facet| facet.name.clone()),
        }
    } else if found.page.rows.is_empty() && found.page.left_out.is_empty() {
        OutcomeCalls::None
    } else {
        OutcomeCalls::NotAnswered
    }
}

#[async_trait]
impl SendSteps for ApolloPort {
    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, Error> {
        self.client()?
            .phone_calls()
            .create(call, Priority::WrapUp)
            .await
    }

    async fn correct_call(&self, call: &CallId, update: &PhoneCallUpdate) -> Result<(), Error> {
        self.client()?
            .phone_calls()
            .update(call, update, Priority::WrapUp)
            .await
            .map(drop)
    }

    async fn update_task(&self, task: &TaskId, update: &TaskUpdate) -> Result<(), Error> {
        self.client()?
            .tasks()
            .update(task, update, Priority::WrapUp)
            .await
            .map(drop)
    }

    async fn create_task(&self, task: &NewTask) -> Result<Option<TaskId>, Error> {
        let made = self
            .client()?
            .tasks()
            .create(task, Priority::WrapUp)
            .await?;
        Ok(made.map(|task| task.id))
    }

    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), Error> {
        self.client()?
            .contacts()
            .set_stage(std::slice::from_ref(contact), stage, Priority::WrapUp)
            .await
    }

    async fn finish_sequence(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<(), Error> {
        self.client()?
            .sequences()
            .mark_as_finished(sequence, contact, Priority::WrapUp)
            .await
    }

    async fn complete_task(&self, task: &TaskId) -> Result<CompletionReply, Error> {
        self.client()?
            .tasks()
            .complete(task, Priority::WrapUp)
            .await
    }

    async fn skip_task(&self, task: &TaskId, note: Option<&str>) -> Result<SkipReply, Error> {
        self.client()?
            .tasks()
            .skip(task, note, Priority::WrapUp)
            .await
    }
}

#[async_trait]
impl LookUp for ApolloPort {
    async fn tasks_of(&self, search: TaskSearch) -> Result<Page<Task>, Error> {
        ReadWork::tasks(self, search, Urgency::WrapUp).await
    }

    async fn calls_of(
        &self,
        users: &[UserId],
        from: jiff::civil::Date,
        to: jiff::civil::Date,
        page: u32,
        urgency: Urgency,
    ) -> Result<Page<PhoneCall>, Error> {
        let search = PhoneCallSearch {
            user_ids: users.to_vec(),
            date_range: Some((from, to)),
            page,
            per_page: MAX_ROWS_PER_PAGE,
            // So that no record falls between two pages.
            sort: Some(PhoneCallSort::LatestCreatedFirst),
            ..PhoneCallSearch::default()
        };
        let found = self
            .client()?
            .phone_calls()
            .search(&search, priority(urgency))
            .await?;
        Ok(found.page)
    }

    async fn task(&self, task: &TaskId) -> Result<Task, Error> {
        self.client()?.tasks().show(task, Priority::WrapUp).await
    }

    async fn contact(&self, contact: &ContactId) -> Result<Contact, Error> {
        self.client()?
            .contacts()
            .show(contact, Priority::WrapUp)
            .await
    }

    async fn sequence_events(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<Vec<SequenceEvent>, Error> {
        let search = ActivityFeedSearch {
            sequence_id: Some(sequence.clone()),
            ..ActivityFeedSearch::of(contact.clone())
        };
        self.client()?
            .sequences()
            .activity_feed(&search, Priority::WrapUp)
            .await
    }
}

#[async_trait]
impl ReadWork for ApolloPort {
    async fn tasks(&self, search: TaskSearch, urgency: Urgency) -> Result<Page<Task>, Error> {
        self.client()?
            .tasks()
            .search(&search, priority(urgency))
            .await
    }

    async fn sequences(&self, page: u32) -> Result<Page<Sequence>, Error> {
        let search = SequenceSearch {
            page,
            per_page: MAX_ROWS_PER_PAGE,
        };
        self.client()?
            .sequences()
            .search(&search, Priority::Waiting)
            .await
    }
}

#[async_trait]
impl ReadReferenceData for ApolloPort {
    async fn outcomes(&self, urgency: Urgency) -> Result<Option<Vec<OutcomeFacet>>, Error> {
        let search = PhoneCallSearch {
            per_page: 1,
            ..PhoneCallSearch::default()
        };
        let found = self
            .client()?
            .phone_calls()
            .search(&search, priority(urgency))
            .await?;
        let says = found.tells_outcomes || !found.outcomes.is_empty();
        Ok(says.then_some(found.outcomes))
    }

    async fn calls_with(&self, outcome: &OutcomeId) -> Result<OutcomeCalls, Error> {
        let search = PhoneCallSearch {
            outcome_ids: vec![outcome.clone()],
            per_page: ROWS_THAT_PROVE,
            ..PhoneCallSearch::default()
        };
        let found = self
            .client()?
            .phone_calls()
            .search(&search, Priority::Waiting)
            .await?;
        Ok(calls_with(outcome, &found))
    }

    async fn custom_fields(&self) -> Result<CustomFields, Error> {
        self.client()?.custom_fields().list(Priority::OnDeck).await
    }

    async fn stages(&self) -> Result<Vec<ContactStage>, Error> {
        self.client()?.contacts().stages(Priority::Waiting).await
    }
}
