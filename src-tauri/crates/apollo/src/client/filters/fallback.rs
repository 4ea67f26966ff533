//! The second way to ask for a filter that was ignored, by what has been found out so far.
//!
//! There are three ways to ask for one filter, in this order: (a) the plural parameter in a JSON body;
//! (b) once that was found ignored, and if there is one value only, the singular parameter of the
//! search's GET form (Apollo docs: reference section 4.1), tried once; (c) not at all: the rows are
//! selected here. What is found out holds for the client's life, by endpoint and filter.
//!
//! Promises: a search keeps the way that its first page went, since a list that changes under the
//! pages loses rows; the memory is bounded. Must never: talk to Apollo.

use std::collections::{BTreeMap, VecDeque};

use budget::Endpoint;

use super::{FilterForms, FilteredSearch, Form};
use crate::types::{Filter, FilterStatus, Filtering, TaskSearch};

/// Searches whose way is remembered from their first page on; then the oldest is forgotten.
const MAX_PINNED_SEARCHES: usize = 64;

/// Which parameters of one filter Apollo supports, as far as it has been found out.
#[derive(Debug, Clone, Copy, Default)]
struct ParameterSupport {
    plural_ignored: bool,
    /// Whether the singular parameter works; `None` while untried.
    singular_works: Option<bool>,
}

/// Which filters Apollo supports, and which way the searches under way are going.
#[derive(Debug, Default)]
pub(crate) struct FilterSupport {
    parameters: BTreeMap<(Endpoint, Filter), ParameterSupport>,
    pinned: VecDeque<(TaskSearch, FilterForms)>,
}

impl FilterSupport {
    /// How to ask, by what is known to work.
    pub(in crate::client) fn forms<S: FilteredSearch>(
        &self,
        endpoint: Endpoint,
        search: &S,
    ) -> FilterForms {
        self.forms_with(endpoint, search, false)
    }

    fn forms_with<S: FilteredSearch>(
        &self,
        endpoint: Endpoint,
        search: &S,
        with_trials: bool,
    ) -> FilterForms {
        let form = |filter: Filter| {
            let support = self.support_of(endpoint, filter);
            let may_be_singular = support.singular_works.unwrap_or(with_trials);
            if !support.plural_ignored {
                Form::Plural
            } else if may_be_singular && search.singular(filter).is_some() {
                Form::Singular
            } else {
                Form::Unasked
            }
        };
        let asked = search.asked().into_iter();
        asked.map(|filter| (filter, form(filter))).collect()
    }

    fn support_of(&self, endpoint: Endpoint, filter: Filter) -> ParameterSupport {
        let support = self.parameters.get(&(endpoint, filter));
        support.copied().unwrap_or_default()
    }

    /// Takes in what an answer to `forms` proved.
    pub(in crate::client) fn learn(
        &mut self,
        endpoint: Endpoint,
        forms: &FilterForms,
        filtering: &Filtering,
    ) {
        for filter in filtering.with(FilterStatus::Ignored) {
            let support = self.parameters.entry((endpoint, filter)).or_default();
            match forms.form(filter) {
                Form::Plural => {
                    support.plural_ignored = true;
                    tracing::warn!(%endpoint, filter = filter.parameter(), "Apollo ignores a filter");
                }
                Form::Singular => support.singular_works = Some(false),
                Form::Unasked => {}
            }
        }
    }

    /// The way of a page: that of the search's first page, where one is remembered.
    pub(in crate::client) fn forms_of_page(&self, search: &TaskSearch) -> FilterForms {
        let key = pin(search);
        let pinned = self.pinned.iter().find(|(search, _)| *search == key);
        match pinned {
            Some((_, forms)) if search.page > 1 => forms.clone(),
            _ => self.forms(Endpoint::TASKS_SEARCH, search),
        }
    }

    /// Remembers the way of a search's first page.
    pub(in crate::client) fn pin(&mut self, search: &TaskSearch, forms: FilterForms) {
        let key = pin(search);
        self.pinned.retain(|(search, _)| *search != key);
        if self.pinned.len() >= MAX_PINNED_SEARCHES {
            self.pinned.pop_front();
        }
        self.pinned.push_back((key, forms));
    }

    /// What is worth a try after the first page of a search, gone by `forms`, had rows to leave out:
    /// the singular of filters that were ignored, if it is untried.
    pub(in crate::client) fn trial(
        &self,
        search: &TaskSearch,
        forms: &FilterForms,
        filtering: &Filtering,
    ) -> Option<Trial> {
        let endpoint = Endpoint::TASKS_SEARCH;
        let trial = self.forms_with(endpoint, search, true);
        let mut filters = trial.singular_beyond(forms);
        filters.retain(|filter| filtering.is_ignored(*filter));
        (!filters.is_empty()).then_some(Trial {
            forms: trial,
            filters,
        })
    }

    /// Takes in how a trial went. True if its answer is the better one.
    pub(in crate::client) fn learn_from_trial(
        &mut self,
        trial: &Trial,
        result: TrialResult<'_>,
    ) -> bool {
        let mut is_better = false;
        for &filter in &trial.filters {
            let works = match result {
                TrialResult::Refused => Some(false),
                TrialResult::Unanswered => None,
                TrialResult::Answered {
                    filtering,
                    lost_rows,
                } => match filtering.of(filter) {
                    Some(FilterStatus::Held | FilterStatus::Applied) => Some(true),
                    Some(FilterStatus::Ignored) => Some(false),
                    // No row came, though there are some: it asks for something else.
                    _ => lost_rows.then_some(false),
                },
            };
            is_better |= works == Some(true);
            if works.is_some() {
                let key = (Endpoint::TASKS_SEARCH, filter);
                self.parameters.entry(key).or_default().singular_works = works;
            }
        }
        is_better
    }
}

/// A search regardless of its page.
fn pin(search: &TaskSearch) -> TaskSearch {
    TaskSearch {
        page: 0,
        ..search.clone()
    }
}

/// A way with parameters that have not been tried.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trial {
    pub(crate) forms: FilterForms,
    filters: Vec<Filter>,
}

/// What came of a trial.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TrialResult<'a> {
    /// A page.
    Answered {
        filtering: &'a Filtering,
        /// No row came, although the answer before had rows that satisfy all filters.
        lost_rows: bool,
    },
    /// Apollo refused the form.
    Refused,
    /// No answer, or none that says anything of the form.
    Unanswered,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASKS: Endpoint = Endpoint::TASKS_SEARCH;

    fn search(users: &[&str]) -> TaskSearch {
        TaskSearch {
            user_ids: users.iter().map(|&user| user.into()).collect(),
            sequence_ids: vec!["s1".into()],
            ..TaskSearch::default()
        }
    }

    fn statuses(statuses: &[(Filter, FilterStatus)]) -> Filtering {
        Filtering {
            statuses: statuses.to_vec(),
        }
    }

    /// Knowledge after the users' list parameter was found ignored.
    fn after_plural_ignored(search: &TaskSearch) -> (FilterSupport, FilterForms, Filtering) {
        let mut support = FilterSupport::default();
        let forms = support.forms(TASKS, search);
        let found = statuses(&[(Filter::Users, FilterStatus::Ignored)]);
        support.learn(TASKS, &forms, &found);
        (support, forms, found)
    }

    fn answered(filtering: &Filtering, lost_rows: bool) -> TrialResult<'_> {
        TrialResult::Answered {
            filtering,
            lost_rows,
        }
    }

    #[test]
    fn all_filters_are_asked_in_the_plural_until_one_is_found_ignored() {
        let search = search(&["u1"]);
        let (support, first, _) = after_plural_ignored(&search);
        assert!(first.asks_plural(Filter::Users) && first.asks_plural(Filter::Sequences));
        let next = support.forms(TASKS, &search);
        assert!(!next.asks(Filter::Users), "not asked in vain again");
        assert!(next.asks_plural(Filter::Sequences) && !next.needs_get());
        let elsewhere = support.forms(Endpoint::PHONE_CALLS_SEARCH, &search);
        assert!(elsewhere.asks_plural(Filter::Users), "by endpoint");
    }

    #[test]
    fn one_value_is_worth_a_try_of_the_singular_and_many_are_not() {
        let one = search(&["u1"]);
        let (support, forms, found) = after_plural_ignored(&one);
        let trial = support.trial(&one, &forms, &found).unwrap();
        assert!(trial.forms.needs_get());
        assert_eq!(trial.forms.form(Filter::Users), Form::Singular);
        assert_eq!(trial.forms.form(Filter::Sequences), Form::Plural);
        let two = search(&["u1", "u2"]);
        let (support, forms, found) = after_plural_ignored(&two);
        assert_eq!(support.trial(&two, &forms, &found), None);
    }

    #[test]
    fn a_singular_that_works_is_used_from_then_on_and_dropped_when_it_no_longer_does() {
        let search = search(&["u1"]);
        let (mut support, forms, found) = after_plural_ignored(&search);
        let trial = support.trial(&search, &forms, &found).unwrap();
        let held = statuses(&[(Filter::Users, FilterStatus::Held)]);
        assert!(support.learn_from_trial(&trial, answered(&held, false)));
        let next = support.forms(TASKS, &search);
        assert_eq!(next, trial.forms);
        assert_eq!(support.trial(&search, &next, &held), None);
        support.learn(TASKS, &next, &found);
        assert!(!support.forms(TASKS, &search).asks(Filter::Users));
    }

    #[test]
    fn a_singular_that_fails_or_is_refused_is_not_tried_again() {
        let search = search(&["u1"]);
        let ignored = statuses(&[(Filter::Users, FilterStatus::Ignored)]);
        let empty = statuses(&[(Filter::Users, FilterStatus::Unchecked)]);
        for result in [
            answered(&ignored, false),
            answered(&empty, true),
            TrialResult::Refused,
        ] {
            let (mut support, forms, found) = after_plural_ignored(&search);
            let trial = support.trial(&search, &forms, &found).unwrap();
            assert!(!support.learn_from_trial(&trial, result));
            assert_eq!(support.trial(&search, &forms, &found), None, "{result:?}");
            assert!(!support.forms(TASKS, &search).asks(Filter::Users));
        }
    }

    #[test]
    fn an_answer_that_proves_nothing_leaves_the_singular_untried() {
        let search = search(&["u1"]);
        let empty = statuses(&[(Filter::Users, FilterStatus::Unchecked)]);
        for result in [answered(&empty, false), TrialResult::Unanswered] {
            let (mut support, forms, found) = after_plural_ignored(&search);
            let trial = support.trial(&search, &forms, &found).unwrap();
            assert!(!support.learn_from_trial(&trial, result));
            assert!(
                support.trial(&search, &forms, &found).is_some(),
                "{result:?}"
            );
        }
    }

    #[test]
    fn a_search_goes_on_the_way_its_first_page_went() {
        let search = search(&["u1"]);
        let mut support = FilterSupport::default();
        let first = support.forms_of_page(&search);
        support.pin(&search, first.clone());
        let found = statuses(&[(Filter::Users, FilterStatus::Ignored)]);
        support.learn(TASKS, &first, &found);
        let page = |page| TaskSearch {
            page,
            ..search.clone()
        };
        assert_eq!(support.forms_of_page(&page(2)), first);
        assert_ne!(support.forms_of_page(&page(1)), first, "a new start");
    }

    #[test]
    fn the_memory_of_searches_is_bounded() {
        let mut support = FilterSupport::default();
        for number in 0..200 {
            support.pin(&search(&[&number.to_string()]), FilterForms::default());
            support.pin(&search(&["again"]), FilterForms::default());
        }
        assert_eq!(support.pinned.len(), MAX_PINNED_SEARCHES);
    }
}
