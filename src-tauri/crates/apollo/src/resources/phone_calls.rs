//! Logged calls: master key only (Apollo docs: reference section 7).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value};

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Request, page, wrapped},
    ids::{CallId, OutcomeId},
    lenient, text,
    types::{
        NewPhoneCall, OutcomeFacet, PhoneCall, PhoneCallPage, PhoneCallSearch, PhoneCallSort,
        PhoneCallUpdate,
    },
};

/// `phone_calls/*`.
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
        let asked = within_bounds(search.page, search.per_page);
        let mut request = Request::read(
            Endpoint::PHONE_CALLS_SEARCH,
            Method::GET,
            &["phone_calls", "search"],
        )
        .query("page", &asked.0)
        .query("per_page", &asked.1)
        .query_each("user_ids[]", &search.user_ids);
        if let Some((first, last)) = search.date_range {
            request = request
                .query("date_range[min]", &first)
                .query("date_range[max]", &last);
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
            page,
            outcomes: outcomes(&rest),
        })
    }
}

/// The dispositions in the facets. `active` and `other` are counts, not dispositions.
pub(crate) fn outcomes(fields: &Map<String, Value>) -> Vec<OutcomeFacet> {
    let facets = fields
        .get("faceting")
        .and_then(|faceting| faceting.get("phone_call_stats_facets"))
        .and_then(Value::as_array);
    facets
        .into_iter()
        .flatten()
        .filter_map(|facet| {
            let id = facet.get("value")?.as_str()?;
            let name = text::label(facet.get("display_name")?.as_str()?)?;
            let count = facet.get("count").and_then(lenient::as_u64).unwrap_or(0);
            (!matches!(id, "active" | "other" | "")).then(|| OutcomeFacet {
                id: OutcomeId::new(id),
                name,
                count,
            })
        })
        .collect()
}
