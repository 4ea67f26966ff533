//! Teammates (Apollo docs: reference section 2).

use budget::{Endpoint, Priority};
use reqwest::Method;

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Request, decode, page, wrapped},
    types::{Page, Profile, User, UserSearch},
};

/// `users/*`.
#[derive(Debug, Clone, Copy)]
pub struct Users<'a>(pub(crate) &'a Client);

impl Users<'_> {
    /// `GET /users/api_profile`: whom the key acts as, which is its admin.
    pub async fn profile(&self, priority: Priority) -> Result<Profile, Error> {
        let request = Request::read(
            Endpoint::USERS_PROFILE,
            Method::GET,
            &["users", "api_profile"],
        );
        read_profile(&self.0.send(request, priority).await?)
    }

    /// `GET /users/search`: one page of teammates, deactivated ones included.
    pub async fn search(
        &self,
        search: &UserSearch,
        priority: Priority,
    ) -> Result<Page<User>, Error> {
        let asked = within_bounds(search.page, search.per_page);
        let request = Request::read(Endpoint::USERS_SEARCH, Method::GET, &["users", "search"])
            .query("page", &asked.0)
            .query("per_page", &asked.1);
        let body = self.0.send(request, priority).await?;
        Ok(page(&body, "users", asked)?.0)
    }
}

/// Flat today; some have seen it wrapped (Apollo docs: reference section 1.4).
pub(crate) fn read_profile(body: &[u8]) -> Result<Profile, Error> {
    decode(body).or_else(|flat| wrapped(body, "user").map_err(|_| flat))
}
