//! Sequences (Apollo docs: reference section 3).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Request, page, wrapped},
    ids::{ContactId, SequenceId},
    types::{Page, RemoveMode, Sequence, SequenceSearch},
};

/// `emailer_campaigns/*`.
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
        let mut body = json!({ "page": asked.0, "per_page": asked.1 });
        if let Some(name) = &search.name {
            body["q_name"] = json!(name);
        }
        let request = Request::read(
            Endpoint::SEQUENCES_SEARCH,
            Method::POST,
            &["emailer_campaigns", "search"],
        )
        .json(&body);
        let body = self.0.send(request, priority).await?;
        Ok(page(&body, "emailer_campaigns", asked)?.0)
    }

    /// `GET /emailer_campaigns/{id}`: one sequence. Undocumented by Apollo (reference section
    /// 3.2), so expect [`Error::Gone`] and [`Error::ScopedOut`] too.
    pub async fn show(&self, id: &SequenceId, priority: Priority) -> Result<Sequence, Error> {
        let request = Request::read(
            Endpoint::SEQUENCES_SHOW,
            Method::GET,
            &["emailer_campaigns", id.as_str()],
        );
        wrapped(&self.0.send(request, priority).await?, "emailer_campaign")
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
        self.0.send(request, priority).await.map(drop)
    }
}
