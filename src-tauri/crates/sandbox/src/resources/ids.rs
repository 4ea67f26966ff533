//! Ids in parameters, with Apollo's answer to broken ones.

use crate::{
    params::Params,
    reply::Reply,
    world::{World, id::Id},
};

/// An id, if the parameter is there and not blank; 422 when it is no id.
pub(super) fn optional(params: &Params, key: &str) -> Result<Option<String>, Reply> {
    match params.present(key) {
        None => Ok(None),
        Some(text) if Id::parse(&text).is_some() => Ok(Some(text.to_ascii_lowercase())),
        Some(text) => Err(Reply::not_an_id(&text)),
    }
}

/// The user a write names. An unknown one is refused, and so is one who was deactivated, unless
/// the record has them already (`present`): a guess, for how Apollo treats them is not known.
pub(super) fn user(
    world: &World,
    params: &Params,
    key: &str,
    present: Option<usize>,
) -> Result<Option<usize>, Reply> {
    let Some(id) = optional(params, key)? else {
        return Ok(None);
    };
    world
        .user_place(&id)
        .filter(|place| !world.users[*place].deleted || Some(*place) == present)
        .map(Some)
        .ok_or_else(|| Reply::not_an_id(&id))
}

/// Refuses a contact that was deleted, unless the record has it already: a guess too, with the
/// text of the refusal to read one (reference section 5.3).
pub(super) fn not_deleted(
    world: &World,
    contact: Option<usize>,
    present: Option<usize>,
) -> Result<Option<usize>, Reply> {
    match contact {
        Some(place) if world.contacts[place].deleted && contact != present => {
            Err(Reply::refused("This contact has been deleted."))
        }
        contact => Ok(contact),
    }
}
