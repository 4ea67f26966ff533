//! Sequences (Apollo docs: reference section 3).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use super::{SearchBody, set_filters, within_bounds};
use crate::{
    Client, Error,
    client::{Filters, Request, acknowledged, page, rows, wrapped},
    ids::{ContactId, SequenceId},
    types::{
        ActivityFeedSearch, Filter, MAX_FEED_EVENTS, Page, RemoveMode, Sequence, SequenceDetails,
        SequenceEvent, SequenceSearch, SequenceStep,
    },
};

/// `emailer_campaigns/*`. Enrolling (`add_contact_ids`) is not offered: it may send real email.
///
/// The call scripts of a running sequence:
///
/// ```
/// # use std::sync::Arc;
/// # use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let clock = clock::SystemClock::shared();
/// # let sandbox = sandbox::Sandbox::start(sandbox::Options::new(clock.clone())).await?;
/// # let client = Client::new(ClientOptions {
/// #     base_url: sandbox.url().parse()?,
/// #     key: ApiKey::parse(&sandbox.keys().master)?,
/// #     user_agent: "Example/1.0".to_owned(),
/// #     budget: Arc::new(budget::Budget::new(clock.clone(), None)),
/// #     clock,
/// #     proxy: ProxySetting::None,
/// #     extra_ca_pem: None,
/// #     https_only: true,
/// # })?;
/// use apollo::types::{SequenceSearch, StepKind};
/// use budget::Priority;
///
/// let found = client.sequences().search(&SequenceSearch::default(), Priority::Waiting).await?;
/// let running = found.rows.iter().find(|sequence| sequence.active).ok_or("none runs")?;
/// let shown = client.sequences().show(&running.id, Priority::OnDeck).await?;
/// let scripts = shown.steps.iter().filter(|step| step.kind == StepKind::Call);
/// assert!(scripts.count() > 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Sequences<'a>(pub(crate) &'a Client);

impl Sequences<'_> {
    /// `POST /emailer_campaigns/search`: one page, archived ones included.
    pub async fn search(
        &self,
        search: &SequenceSearch,
        priority: Priority,
    ) -> Result<Page<Sequence>, Error> {
        let endpoint = Endpoint::SEQUENCES_SEARCH;
        let asked = within_bounds(search.page, search.per_page);
        let plan = self.0.plan(endpoint, search);
        let fields = SearchBody::new(asked, &plan).filter(Filter::SequenceName, &search.name);
        let request = Request::read(endpoint, Method::POST, &["emailer_campaigns", "search"])
            .json(&fields.into_json());
        let body = self.0.send(request, priority).await?;
        let (page, _) = page(&body, "emailer_campaigns", asked)?;
        Ok(self.0.sift(endpoint, search, &plan, page))
    }

    /// `GET /emailer_campaigns/{id}`: one sequence with its steps. Undocumented by Apollo (reference
    /// section 3.2), so expect [`Error::Gone`], [`Error::ScopedOut`] and [`Error::Unrecognized`] too.
    pub async fn show(
        &self,
        id: &SequenceId,
        priority: Priority,
    ) -> Result<SequenceDetails, Error> {
        let request = Request::read(
            Endpoint::SEQUENCES_SHOW,
            Method::GET,
            &["emailer_campaigns", id.as_str()],
        );
        let body = self.0.send(request, priority).await?;
        let sequence = wrapped(&body, "emailer_campaign")?;
        // Beside the sequence, not inside; a sequence without them is one all the same.
        let mut steps: Vec<SequenceStep> =
            rows(&body, "emailer_steps").map_or(Vec::new(), |it| it.0);
        steps.sort_by_key(|step| step.position.unwrap_or(u32::MAX));
        Ok(SequenceDetails { sequence, steps })
    }

    /// `POST /emailer_campaigns/activity_feed`: what happened to a contact in sequences, the newest
    /// first (Apollo docs: reference section 3.6). [`Error::Gone`] for a contact that is not there.
    pub async fn activity_feed(
        &self,
        search: &ActivityFeedSearch,
        priority: Priority,
    ) -> Result<Vec<SequenceEvent>, Error> {
        let mut body = json!({
            "contact_id": search.contact_id,
            "per_page": search.limit.clamp(1, MAX_FEED_EVENTS),
        });
        if let Some(sequence) = &search.sequence_id {
            body["sequence_id"] = json!(sequence);
        }
        let request = Request::read(
            Endpoint::SEQUENCES_ACTIVITY_FEED,
            Method::POST,
            &["emailer_campaigns", "activity_feed"],
        )
        .json(&body);
        Ok(rows(&self.0.send(request, priority).await?, "events")?.0)
    }

    /// `POST /emailer_campaigns/remove_or_stop_contact_ids`: takes contacts out of sequences.
    /// Apollo may do it at once or later; both are success. Doing it again changes nothing.
    pub async fn remove_or_stop(
        &self,
        sequences: &[SequenceId],
        contacts: &[ContactId],
        mode: RemoveMode,
        priority: Priority,
    ) -> Result<(), Error> {
        let request = Request::write(
            Endpoint::SEQUENCES_REMOVE_OR_STOP,
            Method::POST,
            &["emailer_campaigns", "remove_or_stop_contact_ids"],
        )
        .json(&json!({
            "emailer_campaign_ids": sequences,
            "contact_ids": contacts,
            "mode": mode,
        }));
        let body = self.0.send(request, priority).await?;
        acknowledged(&body, &["contacts", "entity_progress_job"])
    }
}

impl Filters for SequenceSearch {
    type Row = Sequence;

    fn asked(&self) -> Vec<Filter> {
        set_filters(&[(Filter::SequenceName, self.name.is_some())])
    }

    /// How Apollo compares names is not known; it echoes this filter.
    fn satisfies(&self, _: Filter, _: &Sequence) -> Option<bool> {
        None
    }
}
