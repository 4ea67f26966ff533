//! One sweep of the rep's call tasks: what Apollo is asked, and when the answers are enough.
//!
//! Requests are the scarce thing: 100 rows a request, oldest due first, and no further page once
//! rows are due after today. Must never: go on for ever when Apollo ignores a filter.

use std::collections::HashSet;

use apollo::{
    ids::{TaskId, UserId},
    types::{Filter, MAX_ROWS_PER_PAGE, Page, Task, TaskKind, TaskSearch, TaskSort},
};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use domain::{
    call_task::{CallTask, Rejection, accept},
    dates::due_day,
};

/// Pages that one sweep reads at most: 10,000 tasks, more than a rep can call in months.
const PAGES_MAX: u32 = 100;
/// Pages read at most when Apollo ignores the filter by user and sends the whole team's tasks.
const PAGES_MAX_UNFILTERED: u32 = 30;

/// A sweep that is going on, or the last one.
#[derive(Debug, Default)]
pub struct Sweep {
    pub state: SweepState,
    /// Task rows received.
    pub received: u32,
    /// The total of task rows, once Apollo has named it.
    pub total: Option<u32>,
    listed: HashSet<TaskId>,
    /// Apollo sent other people's tasks too.
    pub unfiltered: bool,
    /// When the last whole reading ended.
    pub as_of: Option<Timestamp>,
    /// When the last reading ended, whole or not.
    ended_at: Option<Timestamp>,
    /// Rows of Apollo's answers that could not be read.
    pub unreadable: u32,
    /// The limit of one sweep was reached after so many rows: the rest was not read.
    pub stopped_after: Option<u32>,
    /// Why it failed, and when.
    pub failure: Option<(apollo::Error, Timestamp)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SweepState {
    /// Apollo was not asked yet.
    #[default]
    Idle,
    /// Before the first page.
    First,
    /// Rows are here and more arrive.
    More,
    Complete,
    Cancelled,
    Failed,
}

/// What to do after a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Onward {
    Page(u32),
    /// Everything there is has been read: what is not listed is gone.
    Whole,
    /// Enough was read, but not everything.
    Partial,
}

impl Sweep {
    /// The request for one page.
    pub(crate) fn search(rep: &UserId, page: u32) -> TaskSearch {
        TaskSearch {
            user_ids: vec![rep.clone()],
            kinds: TaskKind::CALLS.to_vec(),
            page,
            per_page: MAX_ROWS_PER_PAGE,
            sort: Some(TaskSort::OldestDueFirst),
            ..TaskSearch::default()
        }
    }

    pub(crate) fn begin(&mut self) {
        *self = Self {
            state: SweepState::First,
            as_of: self.as_of,
            ..Self::default()
        };
    }

    /// Whether it goes on.
    pub fn is_going(&self) -> bool {
        matches!(self.state, SweepState::First | SweepState::More)
    }

    /// Takes a page in: the tasks to work, and whether to go on.
    pub(crate) fn take(
        &mut self,
        page: Page<Task>,
        rep: &UserId,
        today: Date,
        zone: &TimeZone,
    ) -> (Vec<CallTask>, Onward) {
        let number = page.page;
        let next = page.next_page();
        self.state = SweepState::More;
        self.total = page
            .total_rows
            .map(|total| u32::try_from(total).unwrap_or(u32::MAX));
        self.received = self.received.saturating_add(page.received_rows());
        self.unreadable = self.unreadable.saturating_add(page.dropped_rows);
        self.unfiltered |= page.filtering.is_ignored(Filter::Users);
        let foreign_due: Vec<_> = page.left_out.iter().map(|task| task.due_at).collect();
        let mut due: Vec<_> = Vec::new();
        let mut later = false;
        let mut tasks = Vec::with_capacity(page.rows.len());
        for task in page.rows {
            due.push(task.due_at);
            match accept(task, rep, today, zone) {
                Ok(task) => {
                    self.listed.insert(task.id.clone());
                    tasks.push(task);
                }
                Err(Rejection::Later) => later = true,
                // The client's report says whether Apollo ignores the filter; a row that it could
                // not check, or a stray one, is left out here.
                Err(Rejection::NotTheirs | Rejection::NotACall | Rejection::NotOpen) => {}
            }
        }
        // Rows due later end the sweep only if the order was really honored. In a list that Apollo
        // did not filter, other people's rows tell as much.
        let key = |due: &Option<clock::Timestamp>| due.unwrap_or(clock::Timestamp::MAX);
        let sorted = due.is_sorted_by_key(key) && foreign_due.is_sorted_by_key(key);
        later |= foreign_due
            .iter()
            .flatten()
            .any(|due| due_day(*due, zone) > today);
        let most = if self.unfiltered {
            PAGES_MAX_UNFILTERED
        } else {
            PAGES_MAX
        };
        let onward = match next {
            None => Onward::Whole,
            Some(_) if later && sorted => Onward::Whole,
            Some(_) if number >= most => {
                self.stopped_after = Some(self.received);
                Onward::Partial
            }
            Some(next) => Onward::Page(next),
        };
        (tasks, onward)
    }

    /// The tasks that a whole sweep has listed.
    pub(crate) fn listed(&self) -> &HashSet<TaskId> {
        &self.listed
    }

    pub(crate) fn end(&mut self, state: SweepState, now: Timestamp, error: Option<apollo::Error>) {
        self.state = state;
        self.failure = error.map(|error| (error, now));
        self.ended_at = Some(now);
        if state == SweepState::Complete {
            self.as_of = Some(now);
        }
    }

    /// How it stands, and when the last reading ended.
    pub(crate) fn standing(&self) -> (SweepState, Option<Timestamp>) {
        (self.state, self.ended_at)
    }
}

#[cfg(test)]
mod tests {
    use apollo::types::{FilterStatus, Filtering, TaskStatus};

    use super::*;

    fn page(number: u32, due: &[&str], user: &str) -> Page<Task> {
        let rows: Vec<_> = due
            .iter()
            .enumerate()
            .map(|(index, due)| Task {
                user_id: Some(user.into()),
                kind: TaskKind::Call,
                status: TaskStatus::Scheduled,
                due_at: Some(due.parse().unwrap()),
                ..Task::with_id(format!("{number}-{index}").as_str())
            })
            .collect();
        let per_page = u32::try_from(rows.len()).unwrap();
        let (rows, left_out): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .partition(|task: &Task| task.user_id == Some("rep".into()));
        let status = if left_out.is_empty() {
            FilterStatus::Held
        } else {
            FilterStatus::Ignored
        };
        Page {
            rows,
            left_out,
            dropped_rows: 0,
            page: number,
            per_page,
            total_rows: Some(1000),
            total_pages: Some(500),
            breadcrumbs: Vec::new(),
            filtering: Filtering {
                statuses: vec![(Filter::Users, status)],
            },
        }
    }

    fn take(sweep: &mut Sweep, page: Page<Task>) -> Onward {
        sweep
            .take(
                page,
                &"rep".into(),
                jiff::civil::date(2026, 11, 24),
                &TimeZone::UTC,
            )
            .1
    }

    #[test]
    fn a_sweep_stops_at_the_first_page_that_reaches_tomorrow() {
        let mut sweep = Sweep::default();
        sweep.begin();
        let due = ["2026-11-20T00:00:00Z", "2026-11-24T00:00:00Z"];
        assert_eq!(take(&mut sweep, page(1, &due, "rep")), Onward::Page(2));
        let due = ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"];
        assert_eq!(take(&mut sweep, page(2, &due, "rep")), Onward::Whole);
        assert_eq!(sweep.listed().len(), 3);
    }

    #[test]
    fn an_order_that_apollo_ignored_does_not_end_the_sweep() {
        let mut sweep = Sweep::default();
        sweep.begin();
        let due = ["2026-11-25T00:00:00Z", "2026-11-20T00:00:00Z"];
        assert_eq!(take(&mut sweep, page(1, &due, "rep")), Onward::Page(2));
    }

    #[test]
    fn other_peoples_rows_of_tomorrow_end_a_sweep_as_well() {
        let mut sweep = Sweep::default();
        sweep.begin();
        let due = ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"];
        assert_eq!(take(&mut sweep, page(1, &due, "other")), Onward::Whole);
    }

    #[test]
    fn a_filter_that_apollo_ignored_cannot_make_a_sweep_go_on_for_ever() {
        let mut sweep = Sweep::default();
        sweep.begin();
        let due = ["2026-11-20T00:00:00Z"];
        let mut number = 1;
        while let Onward::Page(next) = take(&mut sweep, page(number, &due, "other")) {
            number = next;
        }
        assert_eq!(number, PAGES_MAX_UNFILTERED);
        assert!(sweep.listed().is_empty());
    }
}
