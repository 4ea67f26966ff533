//! Contacts (Apollo docs: reference section 5).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::json;

use crate::{
    Client, Error,
    client::{Request, wrapped},
    ids::{ContactId, StageId},
    types::Contact,
};

/// `contacts/*`.
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
