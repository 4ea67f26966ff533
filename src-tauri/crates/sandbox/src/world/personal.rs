//! Every personal datum of the world, for tests that search logs and files for leaks.

use std::collections::BTreeSet;

use super::{World, model::Phone};
use crate::keys::Keys;

/// Shorter names and numbers could be found in any text, in characters.
const MIN_NAME_CHARS: usize = 6;
/// Shorter notes ("Busy.") could be found in any text, in characters.
const MIN_NOTE_CHARS: usize = 12;

/// Collects what is long enough.
#[derive(Default)]
struct Found {
    all: BTreeSet<String>,
}

impl Found {
    fn name(&mut self, text: &str) {
        self.add(text, MIN_NAME_CHARS);
    }

    fn note(&mut self, text: &str) {
        self.add(text, MIN_NOTE_CHARS);
    }

    fn add(&mut self, text: &str, min_chars: usize) {
        if text.chars().count() >= min_chars {
            self.all.insert(text.to_owned());
        }
    }

    /// Numbers that cannot be parsed are words such as "n/a" and prove nothing.
    fn phone(&mut self, phone: &Phone) {
        if let Some(number) = &phone.sanitized {
            self.name(number);
            self.name(&phone.raw);
        }
    }
}

pub(crate) fn all(world: &World, keys: &Keys) -> Vec<String> {
    let mut found = Found::default();
    for key in keys.all() {
        found.name(key);
    }
    for user in &world.users {
        found.name(&user.name());
        found.name(user.email);
    }
    for contact in &world.contacts {
        found.name(&contact.name());
        found.name(&plain(&contact.name()));
        for text in [&contact.email, &contact.linkedin_slug, &contact.address]
            .into_iter()
            .flatten()
        {
            found.name(text);
        }
        for phone in &contact.phones {
            found.phone(phone);
        }
    }
    for account in &world.accounts {
        found.name(&account.name);
        found.name(&plain(&account.name));
        found.name(&account.domain);
        if let Some(phone) = &account.phone {
            found.phone(phone);
        }
    }
    for task in &world.tasks {
        for text in [&task.note, &task.call_script].into_iter().flatten() {
            found.note(text);
        }
    }
    for call in &world.calls {
        if let Some(note) = &call.note {
            found.note(note);
        }
        for number in [&call.to_number, &call.from_number].into_iter().flatten() {
            found.name(number);
        }
    }
    for note in &world.notes {
        found.note(&note.content);
    }
    found.all.into_iter().collect()
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
