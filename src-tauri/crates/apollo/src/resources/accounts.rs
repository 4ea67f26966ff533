//! Accounts (Apollo docs: reference section 6).

use budget::{Endpoint, Priority};
use reqwest::Method;

use crate::{
    Client, Error,
    client::{Request, wrapped},
    ids::AccountId,
    types::Account,
};

/// `accounts/*`.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a>(pub(crate) &'a Client);

impl Accounts<'_> {
    /// `GET /accounts/{id}`.
    pub async fn show(&self, id: &AccountId, priority: Priority) -> Result<Account, Error> {
        let request = Request::read(
            Endpoint::ACCOUNTS_SHOW,
            Method::GET,
            &["accounts", id.as_str()],
        );
        wrapped(&self.0.send(request, priority).await?, "account")
    }
}
