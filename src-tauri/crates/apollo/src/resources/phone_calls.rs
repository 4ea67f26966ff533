//! Logged calls: master key only (Apollo docs: reference section 7).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{set_filters, within_bounds};
use crate::{
    Client, Error,
    client::{FilteredSearch, Request, one_of, page, wrapped},
    ids::{CallId, OutcomeId},
    lenient, text,
    types::{
        Filter, NewPhoneCall, OutcomeFacet, PhoneCall, PhoneCallPage, PhoneCallSearch,
        PhoneCallSort, PhoneCallUpdate,
    },
};

/// `phone_calls/*`.
///
/// A call is logged for whoever made it; without a user, Apollo credits the key's admin:
///
/// ```
/// # use std::sync::Arc;
/// # use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let clock = clock::SystemClock::shared();
/// # let sandbox = sandbox::Sandbox::start(sandbox::Options::new(clock.clone())).await?;
/// # let client = Client::new(ClientOptions {
/// #     base_url: sandbox.url().parse()?,
/// #     key: ApiKey::parse(&sandbox.keys().master)?,
/// #     user_agent: "Example/1.0".to_owned(),
/// #     budget: Arc::new(budget::Budget::new(clock.clone(), None)),
/// #     clock,
/// #     proxy: ProxySetting::None,
/// #     extra_ca_pem: None,
/// #     https_only: true,
/// # })?;
/// use apollo::types::{CallStatus, NewPhoneCall, PhoneCallUpdate};
/// use budget::Priority;
///
/// let rep = sandbox.users()[0].id.clone();
/// let call = NewPhoneCall {
///     to_number: Some("+12025550143".to_owned()),
///     status: Some(CallStatus::NoAnswer),
///     duration_s: Some(25),
///     ..NewPhoneCall::by(rep)
/// };
/// let logged = client.phone_calls().create(&call, Priority::WrapUp).await?;
///
/// let correction = PhoneCallUpdate {
///     note: Some("Nobody there".to_owned()),
///     ..PhoneCallUpdate::default()
/// };
/// let calls = client.phone_calls();
/// let changed = calls.update(&logged.id, &correction, Priority::WrapUp).await?;
/// assert_eq!(changed.status, Some(CallStatus::NoAnswer));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PhoneCalls<'a>(pub(crate) &'a Client);

/// The body of a log: the call, and the flag that makes it a record.
#[derive(Serialize)]
struct Log<'a> {
    logged: bool,
    #[serde(flatten)]
    call: &'a NewPhoneCall,
}

impl PhoneCalls<'_> {
    /// `POST /phone_calls`: logs a call. Not idempotent by contract; sent at most once. On an
    /// error whose delivery is unknown, read back before sending again.
    pub async fn create(
        &self,
        call: &NewPhoneCall,
        priority: Priority,
    ) -> Result<PhoneCall, Error> {
        let request = Request::write(Endpoint::PHONE_CALLS_CREATE, Method::POST, &["phone_calls"])
            .json(&Log { logged: true, call });
        wrapped(&self.0.send(request, priority).await?, "phone_call")
    }

    /// `PUT /phone_calls/{id}`: changes what is set.
    pub async fn update(
        &self,
        id: &CallId,
        update: &PhoneCallUpdate,
        priority: Priority,
    ) -> Result<PhoneCall, Error> {
        let request = Request::write(
            Endpoint::PHONE_CALLS_UPDATE,
            Method::PUT,
            &["phone_calls", id.as_str()],
        )
        .json(update);
        wrapped(&self.0.send(request, priority).await?, "phone_call")
    }

    /// `GET /phone_calls/search`: one page of calls, with the dispositions in use. New calls show
    /// up after a delay of unknown length.
    pub async fn search(
        &self,
        search: &PhoneCallSearch,
        priority: Priority,
    ) -> Result<PhoneCallPage, Error> {
        let endpoint = Endpoint::PHONE_CALLS_SEARCH;
        let asked = within_bounds(search.page, search.per_page);
        let forms = self.0.filter_forms(endpoint, search);
        let mut request = Request::read(endpoint, Method::GET, &["phone_calls", "search"])
            .query("page", &asked.0)
            .query("per_page", &asked.1);
        for filter in search.asked() {
            if forms.asks_plural(filter) {
                request = with_filter(request, search, filter);
            }
        }
        if let Some(sort) = search.sort {
            let field = match sort {
                PhoneCallSort::LatestStartFirst => "start_time",
                PhoneCallSort::LatestCreatedFirst => "created_at",
            };
            request = request
                .query("sort_by_field", &field)
                .query("sort_ascending", &false);
        }
        let body = self.0.send(request, priority).await?;
        let (page, rest) = page(&body, "phone_calls", asked)?;
        Ok(PhoneCallPage {
            page: self.0.check_filters(endpoint, search, &forms, page),
            outcomes: outcomes(&rest),
            tells_outcomes: tells_outcomes(&rest),
        })
    }
}

/// A filter as the search's query takes it (Apollo docs: reference section 7.3).
fn with_filter(request: Request, search: &PhoneCallSearch, filter: Filter) -> Request {
    match filter {
        Filter::Users => request.query_each("user_ids[]", &search.user_ids),
        Filter::Contacts => request.query_each("contact_ids[]", &search.contact_ids),
        Filter::Outcomes => request.query_each("phone_call_outcome_ids[]", &search.outcome_ids),
        Filter::Dates => request
            .query_each("date_range[min]", search.date_range.map(|it| it.0))
            .query_each("date_range[max]", search.date_range.map(|it| it.1)),
        _ => request,
    }
}

impl FilteredSearch for PhoneCallSearch {
    type Row = PhoneCall;

    fn asked(&self) -> Vec<Filter> {
        set_filters(&[
            (Filter::Users, !self.user_ids.is_empty()),
            (Filter::Contacts, !self.contact_ids.is_empty()),
            (Filter::Outcomes, !self.outcome_ids.is_empty()),
            (Filter::Dates, self.date_range.is_some()),
        ])
    }

    fn satisfies(&self, filter: Filter, row: &PhoneCall) -> Option<bool> {
        match filter {
            Filter::Users => one_of(&self.user_ids, row.user_id.as_ref()),
            Filter::Contacts => one_of(&self.contact_ids, row.contact_id.as_ref()),
            Filter::Outcomes => one_of(&self.outcome_ids, row.outcome_id.as_ref()),
            Filter::Dates => {
                // The days' time zone is not known: a day more on each side may be right.
                let (first, last) = self.date_range?;
                let day = jiff::tz::TimeZone::UTC.to_datetime(row.start_time?).date();
                let earliest = first.yesterday().unwrap_or(first);
                let latest = last.tomorrow().unwrap_or(last);
                Some((earliest..=latest).contains(&day))
            }
            _ => None,
        }
    }
}

/// The dispositions in the facets. `active` and `other` are counts, not dispositions.
pub(crate) fn outcomes(fields: &Map<String, Value>) -> Vec<OutcomeFacet> {
    facets(fields)
        .into_iter()
        .flatten()
        .filter_map(|facet| {
            let id = outcome_id(facet)?;
            let name = text::label(facet.get("display_name")?.as_str()?)?;
            let count = facet.get("count").and_then(lenient::as_u64).unwrap_or(0);
            // An id in place of a name is no name.
            (name != id).then(|| OutcomeFacet {
                id: OutcomeId::new(id),
                name,
                count,
            })
        })
        .collect()
}

/// Whether there are facets at all, and each disposition among them has a name.
fn tells_outcomes(fields: &Map<String, Value>) -> bool {
    let counted = |facets: &Vec<Value>| facets.iter().filter_map(outcome_id).count();
    facets(fields).is_some_and(|facets| counted(facets) == outcomes(fields).len())
}

fn facets(fields: &Map<String, Value>) -> Option<&Vec<Value>> {
    fields
        .get("faceting")?
        .get("phone_call_stats_facets")?
        .as_array()
}

fn outcome_id(facet: &Value) -> Option<&str> {
    let id = facet.get("value")?.as_str()?;
    (!matches!(id, "active" | "other" | "")).then_some(id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(body: Value) -> (usize, bool) {
        let Value::Object(fields) = body else {
            panic!("an object")
        };
        (outcomes(&fields).len(), tells_outcomes(&fields))
    }

    #[test]
    fn an_answer_without_counts_or_without_names_does_not_say_that_there_are_none() {
        let counts = |facets: Value| json!({"faceting": {"phone_call_stats_facets": facets}});
        let active = json!({"value": "active", "display_name": "Active Calls", "count": 2});
        let other = json!({"value": "other", "display_name": "No Disposition", "count": 15});
        let named = json!({"value": "64c0", "display_name": "Left Voicemail", "count": 1});
        let nameless = json!({"value": "64c1", "count": 4});
        let its_id = json!({"value": "64c1", "display_name": "64c1", "count": 4});
        assert_eq!(told(counts(json!([active, other]))), (0, true));
        assert_eq!(told(counts(json!([]))), (0, true));
        assert_eq!(told(counts(json!([active, named, other]))), (1, true));
        assert_eq!(told(counts(json!([active, named, nameless]))), (1, false));
        assert_eq!(told(counts(json!([its_id]))), (0, false));
        assert_eq!(told(json!({})), (0, false));
        assert_eq!(told(json!({"faceting": {}})), (0, false));
    }
}
