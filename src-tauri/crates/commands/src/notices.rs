//! What a person should read once, such as that a store was recovered.

use present::Notice;
use text::Text;

/// Notices that wait for a person at most.
const NOTICES_MAX: usize = 20;

/// The notices that no person has dismissed yet.
#[derive(Default)]
pub(crate) struct Notices {
    pub(crate) rows: Vec<Notice>,
    last_id: u32,
}

impl Notices {
    /// Adds a notice; further ones are dropped once there are many.
    pub(crate) fn add(&mut self, message: Text, hint: Option<Text>) {
        if self.rows.len() < NOTICES_MAX {
            self.last_id += 1;
            self.rows.push(Notice {
                id: self.last_id,
                message,
                hint,
            });
        }
    }
}
