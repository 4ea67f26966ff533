//! Contacts (Apollo docs: reference section 5).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use crate::{
    Client, Error,
    client::{Request, page, wrapped},
    ids::{ContactId, StageId},
    types::{Contact, ContactStage, MAX_ROWS_PER_PAGE},
};

/// `contacts/*` and `contact_stages`.
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
        Ok(page(&body, "contact_stages", (1, MAX_ROWS_PER_PAGE))?
            .0
            .rows)
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
        self.0.send(request, priority).await.map(drop)
    }
}
