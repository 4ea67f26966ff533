//! Rows held against the filters that were asked for.
//!
//! Promises: a row that violates a filter is set aside, never lost; what a row does not show is
//! held against no one. Must never: call a filter ignored for a stray row or two, which an index
//! that lags behind can send (Apollo docs: reference section 10, quirk 23).

use super::{FilterForms, FilteredSearch};
use crate::types::{Breadcrumb, Filter, FilterStatus, Filtering, Page};

/// Violating rows that are taken for strays, however few there are in all. A filter ignored in a
/// list so short costs nothing.
const STRAY_ROWS_MAX: usize = 2;
/// One row in so many may violate a filter that works. Were it ignored all the same, the rows
/// would be nearly the right ones, and little would be lost.
const ROWS_PER_STRAY: usize = 10;

/// Sets violating rows aside, and says of each filter what the page proves.
pub(in crate::client) fn check<S: FilteredSearch>(
    search: &S,
    forms: &FilterForms,
    mut page: Page<S::Row>,
) -> Page<S::Row> {
    let asked = search.asked();
    let status = |&filter: &Filter| {
        let answers = || page.rows.iter().map(|row| search.satisfies(filter, row));
        let violating = answers().filter(|answer| *answer == Some(false)).count();
        let satisfying = answers().filter(|answer| *answer == Some(true)).count();
        let is_ignored = violating > STRAY_ROWS_MAX && violating * ROWS_PER_STRAY > page.rows.len();
        let status = if !forms.asks(filter) || is_ignored {
            FilterStatus::Ignored
        } else if violating > 0 {
            FilterStatus::Strays
        } else if page.breadcrumbs.iter().any(|crumb| names(crumb, filter)) {
            FilterStatus::Applied
        } else if satisfying > 0 {
            FilterStatus::Held
        } else {
            FilterStatus::Unchecked
        };
        (filter, status)
    };
    let statuses = asked.iter().map(status).collect();
    let is_wanted = |row: &S::Row| {
        !asked
            .iter()
            .any(|&filter| search.satisfies(filter, row) == Some(false))
    };
    let (rows, left_out) = page.rows.into_iter().partition(is_wanted);
    page.rows = rows;
    page.left_out = left_out;
    page.filtering = Filtering { statuses };
    page
}

/// Whether a breadcrumb is about a filter: `date_range`, `date_range[min]` and the like.
fn names(crumb: &Breadcrumb, filter: Filter) -> bool {
    let name = crumb.signal_field_name.as_deref().unwrap_or_default();
    name.split('[').next() == Some(filter.parameter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::filters::fallback::FilterSupport,
        types::{Task, TaskKind, TaskSearch},
    };

    fn search() -> TaskSearch {
        TaskSearch {
            user_ids: vec!["u1".into()],
            kinds: TaskKind::CALLS.to_vec(),
            ..TaskSearch::default()
        }
    }

    fn page(users: &[Option<&str>]) -> Page<Task> {
        let row = |user: Option<&str>| Task {
            user_id: user.map(Into::into),
            ..Task::with_id("t")
        };
        Page {
            rows: users.iter().copied().map(row).collect(),
            left_out: Vec::new(),
            dropped_rows: 0,
            page: 1,
            per_page: u32::try_from(users.len()).unwrap(),
            total_rows: None,
            total_pages: None,
            breadcrumbs: Vec::new(),
            filtering: Filtering::default(),
        }
    }

    fn checked(users: &[Option<&str>]) -> Page<Task> {
        let forms = FilterSupport::default().forms(budget::Endpoint::TASKS_SEARCH, &search());
        check(&search(), &forms, page(users))
    }

    #[test]
    fn rows_that_all_satisfy_a_filter_hold_it_and_a_field_not_shown_leaves_it_open() {
        let page = checked(&[Some("u1"), None]);
        assert_eq!((page.rows.len(), page.left_out.len()), (2, 0));
        assert_eq!(page.filtering.of(Filter::Users), Some(FilterStatus::Held));
        assert_eq!(
            page.filtering.of(Filter::Kinds),
            Some(FilterStatus::Unchecked)
        );
        assert_eq!(page.filtering.of(Filter::Contacts), None, "not asked");
        let empty = checked(&[]);
        assert_eq!(
            empty.filtering.of(Filter::Users),
            Some(FilterStatus::Unchecked)
        );
    }

    #[test]
    fn many_violating_rows_show_an_ignored_filter_and_still_count_as_received() {
        let page = checked(&[Some("u1"), Some("u2"), Some("u2"), Some("u3")]);
        assert_eq!((page.rows.len(), page.left_out.len()), (1, 3));
        assert!(page.filtering.is_ignored(Filter::Users));
        assert_eq!(page.next_page(), Some(2));
    }

    #[test]
    fn a_stray_row_is_left_out_without_giving_the_filter_up() {
        let mut users = [Some("u1"); 40];
        users[7] = Some("u2");
        users[8] = Some("u2");
        users[9] = Some("u2");
        let page = checked(&users);
        assert_eq!((page.rows.len(), page.left_out.len()), (37, 3));
        assert_eq!(page.filtering.of(Filter::Users), Some(FilterStatus::Strays));
        let short = checked(&[Some("u2"), Some("u2")]);
        assert_eq!(
            short.filtering.of(Filter::Users),
            Some(FilterStatus::Strays)
        );
    }

    #[test]
    fn an_echo_proves_a_filter_unless_the_rows_contradict_it() {
        let forms = FilterSupport::default().forms(budget::Endpoint::TASKS_SEARCH, &search());
        let echoed = |users: &[Option<&str>]| {
            let mut page = page(users);
            page.breadcrumbs = vec![Breadcrumb {
                signal_field_name: Some("user_ids[]".to_owned()),
                label: None,
            }];
            check(&search(), &forms, page).filtering.of(Filter::Users)
        };
        assert_eq!(echoed(&[]), Some(FilterStatus::Applied));
        assert_eq!(echoed(&[Some("u2"); 9]), Some(FilterStatus::Ignored));
    }
}
