//! The fields that a team has added (Apollo docs: reference section 9.3).

use budget::{Endpoint, Priority};
use reqwest::Method;

use crate::{
    Client, Error,
    client::{Request, rows},
    types::CustomFields,
};

/// `fields` and `typed_custom_fields`.
#[derive(Debug, Clone, Copy)]
pub struct CustomFieldList<'a>(pub(crate) &'a Client);

impl CustomFieldList<'_> {
    /// `GET /fields?source=custom`, and `GET /typed_custom_fields` where that one is not there or
    /// not for this key, or does not tell the options of a choice: only the older one lists them.
    /// Options that cannot be read are left unknown; that is no error.
    pub async fn list(&self, priority: Priority) -> Result<CustomFields, Error> {
        let request =
            Request::read(Endpoint::FIELDS, Method::GET, &["fields"]).query("source", &"custom");
        let mut found = match self.read(request, "fields", priority).await {
            Err(Error::Gone | Error::ScopedOut { .. } | Error::Unrecognized { status: 404 }) => {
                return self.list_older(priority).await;
            }
            other => other?,
        };
        if found.lack_options() {
            match self.list_older(priority).await {
                Ok(older) => found.take_options(older),
                Err(error) => {
                    tracing::warn!(code = error.code(), "the options of choices are not known");
                }
            }
        }
        Ok(found)
    }

    async fn list_older(&self, priority: Priority) -> Result<CustomFields, Error> {
        let path = ["typed_custom_fields"];
        let request = Request::read(Endpoint::CUSTOM_FIELDS, Method::GET, &path);
        self.read(request, "typed_custom_fields", priority).await
    }

    async fn read(
        &self,
        request: Request,
        key: &str,
        priority: Priority,
    ) -> Result<CustomFields, Error> {
        let (fields, _) = rows(&self.0.send(request, priority).await?, key)?;
        Ok(CustomFields { fields })
    }
}
