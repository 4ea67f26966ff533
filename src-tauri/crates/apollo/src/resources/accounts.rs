//! Accounts (Apollo docs: reference section 6).

use budget::{Endpoint, Priority};
use reqwest::Method;

use super::{SearchBody, set_filters, within_bounds};
use crate::{
    Client, Error,
    client::{Filters, Request, any_of, one_of, page, rows, wrapped},
    ids::AccountId,
    types::{Account, AccountSearch, AccountSort, AccountStage, Filter, Page},
};

/// `accounts/*` and `account_stages`.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a>(pub(crate) &'a Client);

impl Accounts<'_> {
    /// `GET /accounts/{id}`.
    pub async fn show(&self, id: &AccountId, priority: Priority) -> Result<Account, Error> {
        let request = Request::read(
            Endpoint::ACCOUNTS_SHOW,
            Method::GET,
            &["accounts", id.as_str()],
        );
        wrapped(&self.0.send(request, priority).await?, "account")
    }

    /// `POST /accounts/search`: one page. Its rows are slimmer than [`Accounts::show`] gives.
    pub async fn search(
        &self,
        search: &AccountSearch,
        priority: Priority,
    ) -> Result<Page<Account>, Error> {
        let endpoint = Endpoint::ACCOUNTS_SEARCH;
        let asked = within_bounds(search.page, search.per_page);
        let plan = self.0.plan(endpoint, search);
        let mut fields = SearchBody::new(asked, &plan)
            .filter(Filter::CompanyName, &search.name)
            .filter(Filter::AccountStages, &search.stage_ids)
            .filter(Filter::AccountLabels, &search.label_ids);
        if let Some(sort) = search.sort {
            let field = match sort {
                AccountSort::LatestActivityFirst => "account_last_activity_date",
                AccountSort::LatestCreatedFirst => "account_created_at",
                AccountSort::LatestUpdatedFirst => "account_updated_at",
            };
            fields = fields.sort(field, false);
        }
        let request = Request::read(endpoint, Method::POST, &["accounts", "search"])
            .json(&fields.into_json());
        let body = self.0.send(request, priority).await?;
        let (page, _) = page(&body, "accounts", asked)?;
        Ok(self.0.sift(endpoint, search, &plan, page))
    }

    /// `GET /account_stages`: the team's stages, in the order Apollo sends them (Apollo docs:
    /// reference section 6.3).
    pub async fn stages(&self, priority: Priority) -> Result<Vec<AccountStage>, Error> {
        let request = Request::read(Endpoint::ACCOUNT_STAGES, Method::GET, &["account_stages"]);
        let body = self.0.send(request, priority).await?;
        Ok(rows(&body, "account_stages")?.0)
    }
}

impl Filters for AccountSearch {
    type Row = Account;

    fn asked(&self) -> Vec<Filter> {
        set_filters(&[
            (Filter::CompanyName, self.name.is_some()),
            (Filter::AccountStages, !self.stage_ids.is_empty()),
            (Filter::AccountLabels, !self.label_ids.is_empty()),
        ])
    }

    fn satisfies(&self, filter: Filter, row: &Account) -> Option<bool> {
        match filter {
            Filter::AccountStages => one_of(&self.stage_ids, row.stage_id.as_ref()),
            Filter::AccountLabels => any_of(&self.label_ids, &row.label_ids),
            // How Apollo compares names is not known.
            _ => None,
        }
    }
}
