//! Synthetic tasks, people and sequences.

use ::apollo::types::{Account, Contact, PhoneNumber, Sequence, Task, TaskKind, TaskStatus};

use super::bench::REP;

/// A call task of the rep's, due on `due` (a date), about somebody in New York who can be dialed.
/// Everybody has a number of their own: that of "a" is +1 202 555 0143.
pub(crate) fn person(task: &str, due: &str) -> Task {
    let spelled = task.bytes().fold(0_u32, |sum, byte| {
        (sum * 31 + u32::from(byte - b'!')) % 5_000
    });
    let line = spelled + 143 - u32::from(b'a' - b'!');
    let contact = Contact {
        name: format!("Person {task}"),
        time_zone: Some("America/New_York".to_owned()),
        country: Some("United States".to_owned()),
        phone_numbers: vec![PhoneNumber::with_number(
            format!("(202) 555-{line:04}"),
            Some(&format!("+1202555{line:04}")),
        )],
        ..Contact::with_id(format!("contact-{task}"))
    };
    Task {
        user_id: Some(REP.into()),
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: Some(format!("{due}T00:00:00Z").parse().expect("a date")),
        contact_id: Some(contact.id.clone()),
        account_id: Some(format!("account-{task}").as_str().into()),
        contact: Some(contact),
        account: Some(Account {
            name: "Northwind".to_owned(),
            ..Account::with_id(format!("account-{task}"))
        }),
        ..Task::with_id(task)
    }
}

/// The same person, who does not want calls.
pub(crate) fn opted_out(task: &str, due: &str) -> Task {
    let mut task = person(task, due);
    if let Some(contact) = &mut task.contact {
        contact.call_opted_out = true;
    }
    task
}

pub(crate) fn sequence(id: &str, name: &str) -> Sequence {
    Sequence {
        name: name.to_owned(),
        active: true,
        step_count: Some(5),
        owner_id: Some(REP.into()),
        ..Sequence::with_id(id)
    }
}
