//! Single records and facts. Append only: see the parent's doc.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Reader, check, reader};
use crate::{
    Error,
    client::{decode, wrapped},
    resources::{tasks, users},
    types::{Account, Contact, Health, PhoneCall, Task, UsageStats},
};

/// One line per answer: its name, the key that wraps it and its type.
pub(super) const READERS: &[Reader] = &[
    reader("task", |body| record::<Task>(body, "task")),
    reader("contact", |body| record::<Contact>(body, "contact")),
    reader("account", |body| record::<Account>(body, "account")),
    reader("call", |body| record::<PhoneCall>(body, "phone_call")),
    reader("health", whole::<Health>),
    reader("usage", whole::<UsageStats>),
    reader("profile", |body| reads(body, users::read_profile)),
    reader("created", created),
    reader("finished", |body| reads(body, tasks::read_finished)),
];

fn record<T: DeserializeOwned + PartialEq + Debug>(body: &[u8], key: &str) {
    reads(body, |body| wrapped::<T>(body, key));
}

fn whole<T: DeserializeOwned + PartialEq + Debug>(body: &[u8]) {
    reads(body, decode::<T>);
}

fn reads<T: PartialEq + Debug>(body: &[u8], read: impl Fn(&[u8]) -> Result<T, Error>) {
    check::answer(body, read);
}

/// A task that Apollo made and did not show is told from one that cannot be read.
fn created(body: &[u8]) {
    if let Some(task) = check::answer(body, tasks::read_created) {
        let is_true =
            serde_json::from_slice::<Value>(body).is_ok_and(|body| body == Value::Bool(true));
        assert_eq!(task.is_none(), is_true, "only `true` is a task not shown");
    }
}
