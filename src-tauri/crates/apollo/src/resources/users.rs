//! Teammates (Apollo docs: reference section 2).

use budget::{Endpoint, Priority};
use reqwest::Method;

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Filters, Request, decode, page, wrapped},
    types::{Filter, Page, Profile, User, UserSearch},
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
        let plan = self.0.plan(Endpoint::USERS_SEARCH, search);
        let mut request = Request::read(Endpoint::USERS_SEARCH, Method::GET, &["users", "search"])
            .query("page", &asked.0)
            .query("per_page", &asked.1);
        if let Some(keywords) = &search.keywords {
            request = request.query("q_keywords", keywords);
        }
        let body = self.0.send(request, priority).await?;
        let (page, _) = page(&body, "users", asked)?;
        Ok(self.0.sift(Endpoint::USERS_SEARCH, search, &plan, page))
    }
}

impl Filters for UserSearch {
    type Row = User;

    fn asked(&self) -> Vec<Filter> {
        self.keywords.iter().map(|_| Filter::Keywords).collect()
    }

    /// Which fields Apollo looks into is not known.
    fn satisfies(&self, _: Filter, _: &User) -> Option<bool> {
        None
    }
}

/// Flat today; some have seen it wrapped (Apollo docs: reference section 1.4).
pub(crate) fn read_profile(body: &[u8]) -> Result<Profile, Error> {
    decode(body).or_else(|flat| wrapped(body, "user").map_err(|_| flat))
}
