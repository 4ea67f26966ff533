//! Ids in parameters, with Apollo's answer to broken ones.

use crate::{params::Params, reply::Reply, world::id::Id};

/// An id, if the parameter is there and not blank; 422 when it is no id.
pub(super) fn optional(params: &Params, key: &str) -> Result<Option<String>, Reply> {
    match params.present(key) {
        None => Ok(None),
        Some(text) if Id::parse(&text).is_some() => Ok(Some(text.to_ascii_lowercase())),
        Some(text) => Err(Reply::not_an_id(&text)),
    }
}
