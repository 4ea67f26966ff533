//! The team's lists (Apollo docs: reference section 9.2).

use budget::{Endpoint, Priority};
use reqwest::Method;

use crate::{
    Client, Error,
    client::{Request, rows},
    types::Label,
};

/// `labels`.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a>(pub(crate) &'a Client);

impl Labels<'_> {
    /// `GET /labels`: all lists at once, of contacts, accounts and sequences alike. Needs the user's
    /// permission for lists: [`Error::NotAllowed`].
    pub async fn list(&self, priority: Priority) -> Result<Vec<Label>, Error> {
        let request = Request::read(Endpoint::LABELS, Method::GET, &["labels"]);
        // A bare array, unlike all other answers.
        Ok(rows(&self.0.send(request, priority).await?, "labels")?.0)
    }
}
