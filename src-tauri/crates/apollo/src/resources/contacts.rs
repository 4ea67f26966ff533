//! Contacts (Apollo docs: reference section 5).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use super::{SearchBody, set_filters, within_bounds};
use crate::{
    Client, Error,
    client::{FilteredSearch, Request, acknowledged, any_of, one_of, page, rows, wrapped},
    ids::{ContactId, StageId},
    text,
    types::{Contact, ContactSearch, ContactSort, ContactStage, Filter, Page},
};

/// `contacts/*` and `contact_stages`.
///
/// People in one stage, each with the team's own fields by name:
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
/// use apollo::types::ContactSearch;
/// use budget::Priority;
///
/// let stages = client.contacts().stages(Priority::Waiting).await?;
/// let search = ContactSearch {
///     stage_ids: stages.first().map(|stage| stage.id.clone()).into_iter().collect(),
///     ..ContactSearch::default()
/// };
/// let page = client.contacts().search(&search, Priority::Waiting).await?;
/// let fields = client.custom_fields().list(Priority::OnDeck).await?;
/// for contact in &page.rows {
///     for field in fields.named(&contact.typed_custom_fields) {
///         assert!(!field.name.is_empty() && !field.value.is_empty());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Contacts<'a>(pub(crate) &'a Client);

impl Contacts<'_> {
    /// `GET /contacts/{id}`. [`Error::Gone`] when it was deleted or never was.
    pub async fn show(&self, id: &ContactId, priority: Priority) -> Result<Contact, Error> {
        let request = Request::read(
            Endpoint::CONTACTS_SHOW,
            Method::GET,
            &["contacts", id.as_str()],
        );
        wrapped(&self.0.send(request, priority).await?, "contact")
    }

    /// `GET /contact_stages`: the team's stages, in the order Apollo sends them (Apollo docs:
    /// reference section 5.6).
    pub async fn stages(&self, priority: Priority) -> Result<Vec<ContactStage>, Error> {
        let request = Request::read(Endpoint::CONTACT_STAGES, Method::GET, &["contact_stages"]);
        let body = self.0.send(request, priority).await?;
        // All at once: Apollo does not page them.
        Ok(rows(&body, "contact_stages")?.0)
    }

    /// `POST /contacts/search`: one page, each contact with its account (Apollo docs: reference
    /// section 5.4).
    pub async fn search(
        &self,
        search: &ContactSearch,
        priority: Priority,
    ) -> Result<Page<Contact>, Error> {
        let endpoint = Endpoint::CONTACTS_SEARCH;
        let asked = within_bounds(search.page, search.per_page);
        let forms = self.0.filter_forms(endpoint, search);
        let linkedin_url = search.linkedin_url.as_deref().map(text::linkedin_url);
        let mut fields = SearchBody::new(asked, &forms)
            .filter(Filter::ContactStages, &search.stage_ids)
            .filter(Filter::Sequences, &search.sequence_ids)
            .filter(Filter::Keywords, &search.keywords)
            .filter(Filter::LinkedInUrl, &linkedin_url);
        if let Some(sort) = search.sort {
            let (field, ascending) = match sort {
                ContactSort::LatestActivityFirst => ("contact_last_activity_date", false),
                ContactSort::OldestActivityFirst => ("contact_last_activity_date", true),
                ContactSort::LatestCreatedFirst => ("contact_created_at", false),
                ContactSort::LatestUpdatedFirst => ("contact_updated_at", false),
            };
            fields = fields.sort(field, ascending);
        }
        let request = Request::read(endpoint, Method::POST, &["contacts", "search"])
            .json(&fields.into_json());
        let body = self.0.send(request, priority).await?;
        let (page, _) = page(&body, "contacts", asked)?;
        Ok(self.0.check_filters(endpoint, search, &forms, page))
    }

    /// `POST /contacts/update_stages`: moves contacts to a stage. Doing it again changes nothing.
    pub async fn set_stage(
        &self,
        contacts: &[ContactId],
        stage: &StageId,
        priority: Priority,
    ) -> Result<(), Error> {
        let request = Request::write(
            Endpoint::CONTACTS_UPDATE_STAGES,
            Method::POST,
            &["contacts", "update_stages"],
        )
        .json(&json!({ "contact_ids": contacts, "contact_stage_id": stage }));
        acknowledged(&self.0.send(request, priority).await?, &["contacts"])
    }
}

impl FilteredSearch for ContactSearch {
    type Row = Contact;

    fn asked(&self) -> Vec<Filter> {
        set_filters(&[
            (Filter::ContactStages, !self.stage_ids.is_empty()),
            (Filter::Sequences, !self.sequence_ids.is_empty()),
            (Filter::Keywords, self.keywords.is_some()),
            (Filter::LinkedInUrl, self.linkedin_url.is_some()),
        ])
    }

    fn satisfies(&self, filter: Filter, row: &Contact) -> Option<bool> {
        match filter {
            Filter::ContactStages => one_of(&self.stage_ids, row.contact_stage_id.as_ref()),
            Filter::Sequences => any_of(&self.sequence_ids, &row.sequence_ids),
            Filter::LinkedInUrl => {
                let wanted = self.linkedin_url.as_deref().map(text::linkedin_url)?;
                let has = row.linkedin_url.as_deref().map(text::linkedin_url)?;
                Some(wanted.eq_ignore_ascii_case(&has))
            }
            // Which fields Apollo searches is not known.
            _ => None,
        }
    }
}
