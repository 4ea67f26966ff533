//! What became of a search's filters.
//!
//! Apollo drops a parameter it does not know with a 200, and the answer is then unfiltered (Apollo
//! docs: reference section 4.1 and section 10, quirk 2). So each page says, filter by filter, what
//! the answer itself proves. Must never: take a filter on trust.

/// A filter of a search, named after what it selects by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    /// Whose tasks or calls.
    Users,
    /// Of which sequences.
    Sequences,
    /// Of which kinds of task.
    Kinds,
    /// About which contacts.
    Contacts,
    /// In which contact stages.
    ContactStages,
    /// Words to be found.
    Keywords,
    /// The LinkedIn profile.
    LinkedInUrl,
    /// Between which days.
    Dates,
    /// With which dispositions.
    Outcomes,
}

impl Filter {
    /// Apollo's name of the parameter, without brackets. One name can differ by endpoint (Apollo
    /// docs: reference section 10, quirk 19); these are the searches' own.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Users => "user_ids",
            Self::Sequences => "emailer_campaign_ids",
            Self::Kinds => "task_type_cds",
            Self::Contacts => "contact_ids",
            Self::ContactStages => "contact_stage_ids",
            Self::Keywords => "q_keywords",
            Self::LinkedInUrl => "linkedin_url",
            Self::Dates => "date_range",
            Self::Outcomes => "phone_call_outcome_ids",
        }
    }
}

/// What an answer proves of one filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterStatus {
    /// Apollo names it among the filters applied, and no row contradicts that.
    Applied,
    /// Apollo does not say, but every row that shows the field satisfies it.
    Held,
    /// A few rows do not satisfy it and were left out: what an index makes of it that lags behind
    /// (Apollo docs: reference section 10, quirk 23).
    Strays,
    /// Apollo ignored it, now or earlier in this client's life: rows were selected here alone.
    Ignored,
    /// Nothing proves it, and nothing disproves it: no row shows the field, or there is no row.
    Unchecked,
}

/// The filters of one search, each with its [`FilterStatus`], in the order asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filtering {
    /// One entry for each filter that the search set.
    pub statuses: Vec<(Filter, FilterStatus)>,
}

impl Filtering {
    /// The filters with this status.
    pub fn with(&self, status: FilterStatus) -> impl Iterator<Item = Filter> + '_ {
        let found = self.statuses.iter().filter(move |it| it.1 == status);
        found.map(|(filter, _)| *filter)
    }

    /// What is proven of `filter`; `None` if the search did not set it.
    pub fn of(&self, filter: Filter) -> Option<FilterStatus> {
        let mut statuses = self.statuses.iter();
        statuses.find(|it| it.0 == filter).map(|it| it.1)
    }

    /// Whether Apollo ignored `filter`, so that the pages are those of a wider search.
    pub fn is_ignored(&self, filter: Filter) -> bool {
        self.of(filter) == Some(FilterStatus::Ignored)
    }
}
