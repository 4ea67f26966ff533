//! Every personal datum of the world, for tests that search logs and files for leaks.

use std::collections::BTreeSet;

use super::{World, model::Phone};
use crate::keys::Keys;

/// Shorter values are found in any text and would prove nothing, in characters.
pub(crate) const MIN_LENGTH_CHARS: usize = 5;

pub(crate) fn all(world: &World, keys: &Keys) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut add = |text: &str| {
        if text.chars().count() >= MIN_LENGTH_CHARS {
            found.insert(text.to_owned());
        }
    };
    keys.all().into_iter().for_each(&mut add);
    for user in &world.users {
        add(&user.name());
        add(user.email);
    }
    for contact in &world.contacts {
        add(&contact.name());
        add(&plain(&contact.name()));
        for text in [&contact.email, &contact.linkedin_slug, &contact.address]
            .into_iter()
            .flatten()
        {
            add(text);
        }
        contact
            .phones
            .iter()
            .for_each(|phone| add_phone(phone, &mut add));
    }
    for account in &world.accounts {
        add(&account.name);
        add(&plain(&account.name));
        add(&account.domain);
        account
            .phone
            .iter()
            .for_each(|phone| add_phone(phone, &mut add));
    }
    for task in &world.tasks {
        for text in [&task.note, &task.title, &task.call_script]
            .into_iter()
            .flatten()
        {
            add(text);
        }
    }
    for call in &world.calls {
        for text in [&call.note, &call.to_number, &call.from_number]
            .into_iter()
            .flatten()
        {
            add(text);
        }
    }
    world.notes.iter().for_each(|note| add(&note.content));
    found.into_iter().collect()
}

fn add_phone(phone: &Phone, add: &mut impl FnMut(&str)) {
    add(&phone.raw);
    phone.sanitized.iter().for_each(|number| add(number));
}

/// The name as it should be shown.
fn plain(name: &str) -> String {
    let mut name = name.to_owned();
    // Escaped at most twice in the data set.
    for _ in 0..2 {
        name = name.replace("&amp;", "&").replace("&#39;", "'");
    }
    name
}
