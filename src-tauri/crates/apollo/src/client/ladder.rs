//! Which way to ask for each filter, by what has been found out so far.
//!
//! The ladder of one filter: (a) the plural parameter in a JSON body; (b) once that was found
//! ignored, and if there is one value only, the singular parameter of the search's GET form (Apollo
//! docs: reference section 4.1), tried once; (c) not at all: the rows are selected here. What is
//! found out holds for the client's life, by endpoint and filter.
//!
//! Promises: a search keeps the way that its first page went, since a list that changes under the
//! pages loses rows; the memory is bounded. Must never: talk to Apollo.

use std::collections::{BTreeMap, VecDeque};

use budget::Endpoint;

use super::sift::Filters;
use crate::types::{Filter, Filtering, TaskSearch, Verdict};

/// Searches whose way is remembered from their first page on; then the oldest is forgotten.
const MAX_PINNED_SEARCHES: usize = 64;

/// How one filter is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// With its list parameter.
    Plural,
    /// With the one-value parameter of the GET form.
    Singular,
    /// Not at all.
    Unasked,
}

/// How each filter of one search is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan(BTreeMap<Filter, Form>);

impl Plan {
    pub(crate) fn form(&self, filter: Filter) -> Form {
        self.0.get(&filter).copied().unwrap_or(Form::Unasked)
    }

    /// Whether a filter is asked for in any form.
    pub(crate) fn asks(&self, filter: Filter) -> bool {
        self.form(filter) != Form::Unasked
    }

    /// Whether a filter is asked for with its list parameter.
    pub(crate) fn asks_plural(&self, filter: Filter) -> bool {
        self.form(filter) == Form::Plural
    }

    /// Whether the search must go by GET.
    pub(crate) fn needs_get(&self) -> bool {
        self.0.values().any(|form| *form == Form::Singular)
    }

    /// The filters that this plan asks for in the singular and `other` does not.
    fn singular_beyond(&self, other: &Self) -> Vec<Filter> {
        let singular = self.0.iter().filter(|it| *it.1 == Form::Singular);
        let beyond = singular.filter(|it| other.form(*it.0) != Form::Singular);
        beyond.map(|(filter, _)| *filter).collect()
    }
}

/// What has been found out of one filter.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    plural_ignored: bool,
    /// Whether the singular parameter works; `None` while untried.
    singular_works: Option<bool>,
}

/// What has been found out of all filters.
#[derive(Debug, Default)]
pub(crate) struct Known {
    standings: BTreeMap<(Endpoint, Filter), Standing>,
    pinned: VecDeque<(TaskSearch, Plan)>,
}

impl Known {
    /// How to ask, by what is known to work.
    pub(super) fn plan<S: Filters>(&self, endpoint: Endpoint, search: &S) -> Plan {
        self.plan_with(endpoint, search, false)
    }

    fn plan_with<S: Filters>(&self, endpoint: Endpoint, search: &S, with_trials: bool) -> Plan {
        let form = |filter: Filter| {
            let standing = self.standing(endpoint, filter);
            let may_be_singular = standing.singular_works.unwrap_or(with_trials);
            if !standing.plural_ignored {
                Form::Plural
            } else if may_be_singular && search.singular(filter).is_some() {
                Form::Singular
            } else {
                Form::Unasked
            }
        };
        let asked = search.asked().into_iter();
        Plan(asked.map(|filter| (filter, form(filter))).collect())
    }

    fn standing(&self, endpoint: Endpoint, filter: Filter) -> Standing {
        let standing = self.standings.get(&(endpoint, filter));
        standing.copied().unwrap_or_default()
    }

    /// Takes in what an answer to `plan` proved.
    pub(super) fn learn(&mut self, endpoint: Endpoint, plan: &Plan, filtering: &Filtering) {
        for filter in filtering.with(Verdict::Ignored) {
            let standing = self.standings.entry((endpoint, filter)).or_default();
            match plan.form(filter) {
                Form::Plural => {
                    standing.plural_ignored = true;
                    tracing::warn!(%endpoint, filter = filter.parameter(), "Apollo ignores a filter");
                }
                Form::Singular => standing.singular_works = Some(false),
                Form::Unasked => {}
            }
        }
    }

    /// The way of a page: that of the search's first page, where one is remembered.
    pub(super) fn plan_of_page(&self, search: &TaskSearch) -> Plan {
        let key = pin(search);
        let pinned = self.pinned.iter().find(|(search, _)| *search == key);
        match pinned {
            Some((_, plan)) if search.page > 1 => plan.clone(),
            _ => self.plan(Endpoint::TASKS_SEARCH, search),
        }
    }

    /// Remembers the way of a search's first page.
    pub(super) fn pin(&mut self, search: &TaskSearch, plan: Plan) {
        let key = pin(search);
        self.pinned.retain(|(search, _)| *search != key);
        if self.pinned.len() >= MAX_PINNED_SEARCHES {
            self.pinned.pop_front();
        }
        self.pinned.push_back((key, plan));
    }

    /// What is worth a try after the first page of a search, gone by `plan`, had rows to leave out:
    /// the singular of filters that were ignored, if it is untried.
    pub(super) fn trial(
        &self,
        search: &TaskSearch,
        plan: &Plan,
        filtering: &Filtering,
    ) -> Option<Trial> {
        let endpoint = Endpoint::TASKS_SEARCH;
        let trial = self.plan_with(endpoint, search, true);
        let mut filters = trial.singular_beyond(plan);
        filters.retain(|filter| filtering.is_ignored(*filter));
        (!filters.is_empty()).then_some(Trial {
            plan: trial,
            filters,
        })
    }

    /// Takes in how a trial went. True if its answer is the better one.
    pub(super) fn judge(&mut self, trial: &Trial, result: TrialResult<'_>) -> bool {
        let mut is_better = false;
        for &filter in &trial.filters {
            let works = match result {
                TrialResult::Refused => Some(false),
                TrialResult::Unanswered => None,
                TrialResult::Answered {
                    filtering,
                    lost_rows,
                } => match filtering.of(filter) {
                    Some(Verdict::Held | Verdict::Applied) => Some(true),
                    Some(Verdict::Ignored) => Some(false),
                    // Nothing came, though there are rows to come: it asks for something else.
                    _ => lost_rows.then_some(false),
                },
            };
            is_better |= works == Some(true);
            if works.is_some() {
                let key = (Endpoint::TASKS_SEARCH, filter);
                self.standings.entry(key).or_default().singular_works = works;
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

/// A plan with parameters that have not been tried.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trial {
    pub(crate) plan: Plan,
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

    fn verdicts(verdicts: &[(Filter, Verdict)]) -> Filtering {
        Filtering {
            verdicts: verdicts.to_vec(),
        }
    }

    /// Knowledge after the users' list parameter was found ignored.
    fn after_plural_ignored(search: &TaskSearch) -> (Known, Plan, Filtering) {
        let mut known = Known::default();
        let plan = known.plan(TASKS, search);
        let found = verdicts(&[(Filter::Users, Verdict::Ignored)]);
        known.learn(TASKS, &plan, &found);
        (known, plan, found)
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
        let (known, first, _) = after_plural_ignored(&search);
        assert!(first.asks_plural(Filter::Users) && first.asks_plural(Filter::Sequences));
        let next = known.plan(TASKS, &search);
        assert!(!next.asks(Filter::Users), "not asked in vain again");
        assert!(next.asks_plural(Filter::Sequences) && !next.needs_get());
        let elsewhere = known.plan(Endpoint::PHONE_CALLS_SEARCH, &search);
        assert!(elsewhere.asks_plural(Filter::Users), "by endpoint");
    }

    #[test]
    fn one_value_is_worth_a_try_of_the_singular_and_many_are_not() {
        let one = search(&["u1"]);
        let (known, plan, found) = after_plural_ignored(&one);
        let trial = known.trial(&one, &plan, &found).unwrap();
        assert!(trial.plan.needs_get());
        assert_eq!(trial.plan.form(Filter::Users), Form::Singular);
        assert_eq!(trial.plan.form(Filter::Sequences), Form::Plural);
        let two = search(&["u1", "u2"]);
        let (known, plan, found) = after_plural_ignored(&two);
        assert_eq!(known.trial(&two, &plan, &found), None);
    }

    #[test]
    fn a_singular_that_works_is_used_from_then_on_and_dropped_when_it_no_longer_does() {
        let search = search(&["u1"]);
        let (mut known, plan, found) = after_plural_ignored(&search);
        let trial = known.trial(&search, &plan, &found).unwrap();
        let held = verdicts(&[(Filter::Users, Verdict::Held)]);
        assert!(known.judge(&trial, answered(&held, false)));
        let next = known.plan(TASKS, &search);
        assert_eq!(next, trial.plan);
        assert_eq!(known.trial(&search, &next, &held), None);
        known.learn(TASKS, &next, &found);
        assert!(!known.plan(TASKS, &search).asks(Filter::Users));
    }

    #[test]
    fn a_singular_that_fails_or_is_refused_is_not_tried_again() {
        let search = search(&["u1"]);
        let ignored = verdicts(&[(Filter::Users, Verdict::Ignored)]);
        let empty = verdicts(&[(Filter::Users, Verdict::Unchecked)]);
        for result in [
            answered(&ignored, false),
            answered(&empty, true),
            TrialResult::Refused,
        ] {
            let (mut known, plan, found) = after_plural_ignored(&search);
            let trial = known.trial(&search, &plan, &found).unwrap();
            assert!(!known.judge(&trial, result));
            assert_eq!(known.trial(&search, &plan, &found), None, "{result:?}");
            assert!(!known.plan(TASKS, &search).asks(Filter::Users));
        }
    }

    #[test]
    fn an_answer_that_proves_nothing_leaves_the_singular_untried() {
        let search = search(&["u1"]);
        let empty = verdicts(&[(Filter::Users, Verdict::Unchecked)]);
        for result in [answered(&empty, false), TrialResult::Unanswered] {
            let (mut known, plan, found) = after_plural_ignored(&search);
            let trial = known.trial(&search, &plan, &found).unwrap();
            assert!(!known.judge(&trial, result));
            assert!(known.trial(&search, &plan, &found).is_some(), "{result:?}");
        }
    }

    #[test]
    fn a_search_goes_on_the_way_its_first_page_went() {
        let search = search(&["u1"]);
        let mut known = Known::default();
        let first = known.plan_of_page(&search);
        known.pin(&search, first.clone());
        let found = verdicts(&[(Filter::Users, Verdict::Ignored)]);
        known.learn(TASKS, &first, &found);
        let page = |page| TaskSearch {
            page,
            ..search.clone()
        };
        assert_eq!(known.plan_of_page(&page(2)), first);
        assert_ne!(known.plan_of_page(&page(1)), first, "a new start");
    }

    #[test]
    fn the_memory_of_searches_is_bounded() {
        let mut known = Known::default();
        for number in 0..200 {
            known.pin(&search(&[&number.to_string()]), Plan::default());
            known.pin(&search(&["again"]), Plan::default());
        }
        assert_eq!(known.pinned.len(), MAX_PINNED_SEARCHES);
    }
}
