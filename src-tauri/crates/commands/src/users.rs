//! The people of the workspace, and which of them the rep probably is.

use std::collections::HashMap;

use apollo::{
    Client, Error,
    ids::UserId,
    types::{MAX_ROWS_PER_PAGE, User, UserSearch},
};
use budget::Priority;
use present::UserRow;
use text::message;

/// Pages of users that are read at most: 2,000 people.
const PAGES_MAX: u32 = 20;

/// Reads everybody, deactivated ones included.
pub(crate) async fn read(client: &Client, priority: Priority) -> Result<Vec<User>, Error> {
    let mut users = Vec::new();
    for number in 1..=PAGES_MAX {
        let search = UserSearch {
            page: number,
            per_page: MAX_ROWS_PER_PAGE,
        };
        let mut page = client.users().search(&search, priority).await?;
        page.page = number;
        let next = page.next_page();
        users.extend(page.rows);
        if next.is_none() {
            break;
        }
    }
    Ok(users)
}

/// The people as they are shown: the suggested one first, then by name, deactivated ones last.
pub(crate) fn rows(users: &[User], account: Option<&str>, typed: Option<&str>) -> Vec<UserRow> {
    let is = |user: &User, email: Option<&str>| {
        let email = email.map(str::trim).filter(|email| !email.is_empty());
        email.is_some_and(|email| {
            user.email
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(email))
        })
    };
    let mut rows: Vec<_> = users
        .iter()
        .map(|user| {
            let why = if user.deactivated {
                None
            } else if is(user, typed) {
                Some(message!("commands-suggested-typed"))
            } else if is(user, account) {
                Some(message!("commands-suggested-account"))
            } else {
                None
            };
            UserRow {
                user_id: user.id.clone(),
                name: user.display_name(),
                email: user.email.clone(),
                title: user.title.clone(),
                deactivated: user.deactivated,
                suggested_because: why,
            }
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        (
            row.deactivated,
            row.suggested_because.is_none(),
            row.name.to_lowercase(),
        )
    });
    rows
}

/// Names by id, for the owners of sequences.
pub(crate) fn names(users: &[User]) -> HashMap<UserId, String> {
    users
        .iter()
        .map(|user| (user.id.clone(), user.display_name()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, name: &str, email: &str, deactivated: bool) -> User {
        User {
            name: name.to_owned(),
            email: Some(email.to_owned()),
            deactivated,
            ..User::with_id(id)
        }
    }

    #[test]
    fn the_likely_one_comes_first_and_says_why_and_who_left_comes_last() {
        let users = [
            user("1", "Ann", "ann@northwind.example", true),
            user("2", "Bea", "bea@northwind.example", false),
            user("3", "Sam", "sam@northwind.example", false),
        ];
        let rows = rows(&users, Some("SAM@northwind.example"), None);
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Sam", "Bea", "Ann"]);
        assert!(rows[0].suggested_because.is_some());
    }

    #[test]
    fn a_deactivated_user_is_never_suggested() {
        let users = [user("1", "Ann", "ann@northwind.example", true)];
        let rows = rows(&users, None, Some("ann@northwind.example"));
        assert_eq!(rows[0].suggested_because, None);
    }
}
