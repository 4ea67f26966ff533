//! The edge where Apollo's tasks become ours: every row is checked again here.
//!
//! Promises: a [`CallTask`] is this rep's, is a call, is open, and is due today or earlier. Apollo
//! ignores filters it does not know with a 200, so nothing is taken on trust. Must never: be
//! stored.

use apollo::{
    ids::{AccountId, ContactId, SequenceId, TaskId, UserId},
    types::{Account, Contact, Task, TaskPriority, TaskStatus},
};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use crate::{
    dates::due_day,
    phone::{Line, Owner, lines},
    whereabouts::{Whereabouts, whereabouts},
};

/// One call to make.
#[derive(Clone)]
pub struct CallTask {
    pub id: TaskId,
    pub contact_id: Option<ContactId>,
    pub account_id: Option<AccountId>,
    pub contact: Option<Contact>,
    pub account: Option<Account>,
    /// Of the person, else of the company, else the task's title.
    pub name: Option<String>,
    pub company: Option<String>,
    pub lines: Vec<Line>,
    pub whereabouts: Option<Whereabouts>,
    pub sequence: Option<(SequenceId, Option<String>)>,
    pub step: Option<u32>,
    pub due_at: Option<Timestamp>,
    pub priority: TaskPriority,
    /// The call script or note as Apollo has it, which may be marked up.
    pub script: Option<String>,
}

impl CallTask {
    /// The person's own numbers in E.164, not their company's.
    pub fn own_numbers(&self) -> Vec<String> {
        let own = self
            .lines
            .iter()
            .filter(|line| line.owner == Owner::Contact);
        own.filter_map(|line| line.number.as_ref())
            .map(|number| number.as_str().to_owned())
            .collect()
    }
}

/// Why a row is not for this queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Not this rep's: Apollo ignored the filter by user.
    NotTheirs,
    /// Not a call: Apollo ignored the filter by type.
    NotACall,
    /// Completed, skipped or archived.
    NotOpen,
    /// Due after today.
    Later,
}

/// Accepts a row, or says why not.
pub fn accept(
    task: Task,
    rep: &UserId,
    today: Date,
    rep_zone: &TimeZone,
) -> Result<CallTask, Rejection> {
    if task.user_id.as_ref() != Some(rep) {
        return Err(Rejection::NotTheirs);
    }
    if !task.kind.is_call() {
        return Err(Rejection::NotACall);
    }
    if task.status != TaskStatus::Scheduled {
        return Err(Rejection::NotOpen);
    }
    if task
        .due_at
        .is_some_and(|due| due_day(due, rep_zone) > today)
    {
        return Err(Rejection::Later);
    }
    let Task {
        contact, account, ..
    } = task;
    let lines = lines(contact.as_ref(), account.as_ref());
    let whereabouts = whereabouts(contact.as_ref(), account.as_ref(), &lines);
    let company = account
        .as_ref()
        .map(|account| account.name.clone())
        .filter(|name| !name.is_empty())
        .or_else(|| contact.as_ref()?.organization_name.clone());
    let name = contact
        .as_ref()
        .and_then(Contact::display_name)
        .or_else(|| company.clone())
        .or(task.title);
    Ok(CallTask {
        contact_id: task
            .contact_id
            .or_else(|| contact.as_ref().map(|contact| contact.id.clone())),
        account_id: task
            .account_id
            .or_else(|| account.as_ref().map(|account| account.id.clone())),
        sequence: task.sequence_id.map(|id| (id, task.sequence_name)),
        id: task.id,
        contact,
        account,
        name,
        company,
        lines,
        whereabouts,
        step: task.step_position,
        due_at: task.due_at,
        priority: task.priority,
        script: task.call_script.or(task.note),
    })
}

#[cfg(test)]
mod tests {
    use apollo::types::TaskKind;

    use super::*;

    fn row() -> Task {
        Task {
            user_id: Some("rep".into()),
            kind: TaskKind::Call,
            status: TaskStatus::Scheduled,
            due_at: Some("2026-11-24T00:00:00Z".parse().unwrap()),
            ..Task::with_id("task")
        }
    }

    fn verdict(task: Task) -> Result<TaskId, Rejection> {
        let today = jiff::civil::date(2026, 11, 24);
        accept(task, &"rep".into(), today, &TimeZone::UTC).map(|task| task.id)
    }

    #[test]
    fn rows_that_apollo_should_have_filtered_out_are_refused() {
        assert_eq!(verdict(row()), Ok("task".into()));
        let other = Task {
            user_id: Some("other".into()),
            ..row()
        };
        assert_eq!(verdict(other), Err(Rejection::NotTheirs));
        assert_eq!(
            verdict(Task {
                user_id: None,
                ..row()
            }),
            Err(Rejection::NotTheirs)
        );
        let email = Task {
            kind: TaskKind::Other("outreach_manual_email".to_owned()),
            ..row()
        };
        assert_eq!(verdict(email), Err(Rejection::NotACall));
        let done = Task {
            status: TaskStatus::Completed,
            ..row()
        };
        assert_eq!(verdict(done), Err(Rejection::NotOpen));
        let tomorrow = Task {
            due_at: Some("2026-11-25T00:00:00Z".parse().unwrap()),
            ..row()
        };
        assert_eq!(verdict(tomorrow), Err(Rejection::Later));
    }
}
