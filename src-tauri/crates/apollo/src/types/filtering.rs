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
    /// On which lists of contacts.
    ContactLabels,
    /// In which account stages.
    AccountStages,
    /// On which lists of accounts.
    AccountLabels,
    /// Words to be found.
    Keywords,
    /// The LinkedIn profile.
    LinkedInUrl,
    /// A part of a sequence's name.
    SequenceName,
    /// A part of a company's name.
    CompanyName,
    /// Between which days.
    Dates,
    /// How long a call took.
    Durations,
    /// Which way a call went.
    Direction,
    /// With which dispositions.
    Outcomes,
    /// With which purposes.
    Purposes,
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
            Self::ContactLabels => "contact_label_ids",
            Self::AccountStages => "account_stage_ids",
            Self::AccountLabels => "account_label_ids",
            Self::Keywords => "q_keywords",
            Self::LinkedInUrl => "linkedin_url",
            Self::SequenceName => "q_name",
            Self::CompanyName => "q_organization_name",
            Self::Dates => "date_range",
            Self::Durations => "duration",
            Self::Direction => "inbound",
            Self::Outcomes => "phone_call_outcome_ids",
            Self::Purposes => "phone_call_purpose_ids",
        }
    }
}

/// What an answer proves of one filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
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

/// The filters of one search, each with its [`Verdict`], in the order asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filtering {
    /// One entry for each filter that the search set.
    pub verdicts: Vec<(Filter, Verdict)>,
}

impl Filtering {
    /// The filters that the search set.
    pub fn asked(&self) -> impl Iterator<Item = Filter> + '_ {
        self.verdicts.iter().map(|(filter, _)| *filter)
    }

    /// The filters with this verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = Filter> + '_ {
        let found = self.verdicts.iter().filter(move |it| it.1 == verdict);
        found.map(|(filter, _)| *filter)
    }

    /// What is proven of `filter`; `None` if the search did not set it.
    pub fn of(&self, filter: Filter) -> Option<Verdict> {
        let mut verdicts = self.verdicts.iter();
        verdicts.find(|it| it.0 == filter).map(|it| it.1)
    }

    /// Whether Apollo ignored `filter`, so that the pages are those of a wider search.
    pub fn is_ignored(&self, filter: Filter) -> bool {
        self.of(filter) == Some(Verdict::Ignored)
    }
}
