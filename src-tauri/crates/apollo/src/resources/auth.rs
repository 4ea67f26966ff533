//! Whether a key is good (Apollo docs: reference section 1.4).

use budget::{Endpoint, Priority};
use reqwest::Method;

use crate::{
    Client, Error,
    client::{Request, decode},
    types::Health,
};

/// `auth/*`.
#[derive(Debug, Clone, Copy)]
pub struct Auth<'a>(pub(crate) &'a Client);

impl Auth<'_> {
    /// `GET /auth/health`. Answers 200 even to a wrong key: check [`Health::is_logged_in`].
    pub async fn health(&self, priority: Priority) -> Result<Health, Error> {
        let request = Request::read(Endpoint::AUTH_HEALTH, Method::GET, &["auth", "health"]);
        decode(&self.0.send(request, priority).await?)
    }
}
