//! The filters of a search: how each is asked for, and what became of it.
//!
//! Apollo drops a filter that it does not know with a 200 (Apollo docs: reference section 10, quirk
//! 2). So `check` holds every row against the filters that were set, and says what each page proves;
//! `fallback` remembers which parameters were found ignored, and knows the second way to ask. This
//! module has what both speak of. Must never: talk to Apollo, or know of HTTP.

pub(super) mod check;
pub(super) mod fallback;

use std::collections::BTreeMap;

use crate::types::Filter;

/// A search whose filters can be checked in its rows.
pub(crate) trait FilteredSearch {
    /// One row of what is found.
    type Row;

    /// The filters that are set.
    fn asked(&self) -> Vec<Filter>;

    /// Whether a row satisfies a filter; `None` where the row does not show it.
    fn satisfies(&self, filter: Filter, row: &Self::Row) -> Option<bool>;

    /// The parameter and value that ask the same of the search's GET form, where there is one.
    fn singular(&self, _filter: Filter) -> Option<(&'static str, String)> {
        None
    }
}

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
pub(crate) struct FilterForms(BTreeMap<Filter, Form>);

impl FilterForms {
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

    /// The filters that are asked for in the singular here, and not in `other`.
    fn singular_beyond(&self, other: &Self) -> Vec<Filter> {
        let singular = self.0.iter().filter(|it| *it.1 == Form::Singular);
        let beyond = singular.filter(|it| other.form(*it.0) != Form::Singular);
        beyond.map(|(filter, _)| *filter).collect()
    }
}

impl FromIterator<(Filter, Form)> for FilterForms {
    fn from_iter<I: IntoIterator<Item = (Filter, Form)>>(forms: I) -> Self {
        Self(forms.into_iter().collect())
    }
}

/// Whether any of the ids wanted is among a record's; `None` where the record shows none.
pub(crate) fn any_of<T: PartialEq>(wanted: &[T], has: &[T]) -> Option<bool> {
    (!has.is_empty()).then(|| has.iter().any(|id| wanted.contains(id)))
}

/// Whether a record's id is among those wanted; `None` where the record shows none.
pub(crate) fn one_of<T: PartialEq>(wanted: &[T], has: Option<&T>) -> Option<bool> {
    has.map(|id| wanted.contains(id))
}
