//! Teammates, and who a key acts as (Apollo docs: reference sections 1.4 and 2).

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{MAX_ROWS_PER_PAGE, redacted_debug};
use crate::{
    ids::{TeamId, UserId},
    lenient,
};

/// A teammate. Deactivated ones are in the list too.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The user's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: UserId,
    /// The full name; may be empty, see [`User::display_name`].
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
    /// The first name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub last_name: Option<String>,
    /// The email address.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub email: Option<String>,
    /// The job title.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub title: Option<String>,
    /// No longer active (JSON: `deleted`).
    #[serde(rename = "deleted", default, deserialize_with = "lenient::flag")]
    pub deactivated: bool,
}

redacted_debug!(User { id, deactivated });

impl User {
    /// A user of which nothing but the id is known.
    pub fn with_id(id: impl Into<UserId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            first_name: None,
            last_name: None,
            email: None,
            title: None,
            deactivated: false,
        }
    }

    /// The name to show: the full name, else the parts there are, else the email address, else
    /// the id.
    pub fn display_name(&self) -> String {
        shown_name(
            &self.name,
            self.first_name.as_deref(),
            self.last_name.as_deref(),
            self.email.as_deref(),
        )
        .unwrap_or_else(|| self.id.as_str().to_owned())
    }
}

/// The first of: full name, the parts joined, the email address.
pub(super) fn shown_name(
    name: &str,
    first: Option<&str>,
    last: Option<&str>,
    email: Option<&str>,
) -> Option<String> {
    if !name.trim().is_empty() {
        return Some(name.trim().to_owned());
    }
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (Some(part), None) | (None, Some(part)) => Some(part.to_owned()),
        (None, None) => email.map(str::to_owned),
    }
}

/// Who a key acts as: the admin behind it, not the person at the keyboard.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// The acting user.
    #[serde(deserialize_with = "lenient::id")]
    pub id: UserId,
    /// The workspace.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub team_id: Option<TeamId>,
    /// The first name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub last_name: Option<String>,
    /// The email address.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub email: Option<String>,
    /// The job title.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub title: Option<String>,
}

redacted_debug!(Profile { id, team_id });

impl Profile {
    /// The name to show, as for [`User::display_name`].
    pub fn display_name(&self) -> String {
        shown_name(
            "",
            self.first_name.as_deref(),
            self.last_name.as_deref(),
            self.email.as_deref(),
        )
        .unwrap_or_else(|| self.id.as_str().to_owned())
    }
}

/// What `auth/health` answers. A wrong key still gets a 200, so check `is_logged_in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Health {
    /// Apollo is up. Older replies leave it out; then an answer at all means yes.
    #[serde(default = "yes", deserialize_with = "lenient::flag")]
    pub healthy: bool,
    /// The key is good. An answer that does not say is not Apollo's and is not read: it would make a
    /// good key look like a wrong one.
    #[serde(deserialize_with = "required_flag")]
    pub is_logged_in: bool,
}

fn yes() -> bool {
    true
}

/// A yes or no that must be there.
fn required_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    lenient::flag_opt(deserializer)?.ok_or_else(|| D::Error::custom("neither yes nor no"))
}

/// What to look for in `users/search`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserSearch {
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
}

impl Default for UserSearch {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
        }
    }
}
