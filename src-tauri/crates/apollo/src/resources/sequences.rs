//! Sequences (Apollo docs: reference section 3).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Request, acknowledged, page, rows},
    ids::{ContactId, SequenceId},
    types::{ActivityFeedSearch, MAX_FEED_EVENTS, Page, Sequence, SequenceEvent, SequenceSearch},
};

/// `emailer_campaigns/*`. Enrolling (`add_contact_ids`) is not offered: it may send real email.
#[derive(Debug, Clone, Copy)]
pub struct Sequences<'a>(pub(crate) &'a Client);

impl Sequences<'_> {
    /// `POST /emailer_campaigns/search`: one page, archived ones included.
    pub async fn search(
        &self,
        search: &SequenceSearch,
        priority: Priority,
    ) -> Result<Page<Sequence>, Error> {
        let asked = within_bounds(search.page, search.per_page);
        let request = Request::read(
            Endpoint::SEQUENCES_SEARCH,
            Method::POST,
            &["emailer_campaigns", "search"],
        )
        .json(&json!({ "page": asked.0, "per_page": asked.1 }));
        let body = self.0.send(request, priority).await?;
        Ok(page(&body, "emailer_campaigns", asked)?.0)
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

    /// `POST /emailer_campaigns/remove_or_stop_contact_ids` with mode `mark_as_finished`: the
    /// contact has finished the sequence, as after *not interested* (Apollo docs: reference section
    /// 3.4). Apollo may do it at once or later; both are success. Doing it again changes nothing.
    pub async fn mark_as_finished(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
        priority: Priority,
    ) -> Result<(), Error> {
        let request = Request::write(
            Endpoint::SEQUENCES_REMOVE_OR_STOP,
            Method::POST,
            &["emailer_campaigns", "remove_or_stop_contact_ids"],
        )
        .json(&json!({
            "emailer_campaign_ids": [sequence],
            "contact_ids": [contact],
            "mode": "mark_as_finished",
        }));
        let body = self.0.send(request, priority).await?;
        acknowledged(&body, &["contacts", "entity_progress_job"])
    }
}
