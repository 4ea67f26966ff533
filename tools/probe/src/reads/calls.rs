//! The form of calls, and where their outcomes can be learned.

use apollo::{Error, RawRequest, types::PhoneCall};
use budget::Endpoint;
use clock::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{
    ask::Ask,
    finding::{Answer, Findings, found, whether},
};

pub(crate) async fn all(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    outcomes(ask, findings).await?;
    let search = || RawRequest::get(Endpoint::PHONE_CALLS_SEARCH, &["phone_calls", "search"]);
    let latest = ask
        .ask(
            search()
                .query("page", &1)
                .query("per_page", &100)
                .query("sort_by_field", &"start_time")
                .query("sort_ascending", &false),
        )
        .await?;
    let facets = latest
        .json
        .pointer("/faceting/phone_call_stats_facets")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let named = facets
        .iter()
        .filter(|facet| {
            !matches!(
                facet["value"].as_str(),
                None | Some("active" | "other" | "")
            )
        })
        .filter(|facet| {
            facet["display_name"]
                .as_str()
                .is_some_and(|it| !it.is_empty())
        })
        .count();
    let seen = format!("{}, {named} named of {}", latest.refusal(), facets.len());
    found(findings, "outcomes-facets", whether(named > 0), seen);

    let starts = starts(latest.rows("phone_calls"));
    let Some(day) = starts.iter().max().map(|start| utc_day(*start)) else {
        let seen = format!("no call to look at ({})", latest.refusal());
        found(findings, "call-days-utc", Answer::Unclear, seen);
        return Ok(());
    };
    let of_day = ask
        .ask(
            search()
                .query("page", &1)
                .query("per_page", &100)
                .query("date_range[min]", &day)
                .query("date_range[max]", &day),
        )
        .await?;
    let found_starts = self::starts(of_day.rows("phone_calls"));
    let foreign = found_starts
        .iter()
        .filter(|start| utc_day(**start) != day)
        .count();
    let expected = starts
        .iter()
        .filter(|start| utc_day(**start) == day)
        .count();
    let hour = |start: Option<&Timestamp>| {
        start.map_or_else(
            || "-".to_owned(),
            |start| start.strftime("%H:%M").to_string(),
        )
    };
    let seen = format!(
        "{} calls of one UTC day known, {} found for it, {foreign} of another; from {} to {} UTC",
        expected,
        found_starts.len(),
        hour(found_starts.iter().min()),
        hour(found_starts.iter().max()),
    );
    let answer = if foreign > 0 || found_starts.len() < expected {
        Answer::No
    } else if found_starts.len() < 2 {
        Answer::Unclear
    } else {
        Answer::Yes
    };
    found(findings, "call-days-utc", answer, seen);
    Ok(())
}

async fn outcomes(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let reply = ask
        .ask(RawRequest::get(
            Endpoint::AUTH_BOOTSTRAPPED_DATA,
            &["auth", "additional_bootstrapped_data"],
        ))
        .await?;
    let count = |key: &str| {
        reply
            .json
            .pointer(&format!("/bootstrapped_data/{key}"))
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    let outcomes = count("phone_call_outcomes");
    let seen = format!(
        "{}, {outcomes} outcomes, {} purposes",
        reply.refusal(),
        count("phone_call_purposes")
    );
    found(findings, "outcomes-listed", whether(outcomes > 0), seen);
    Ok(())
}

fn starts(rows: &[Value]) -> Vec<Timestamp> {
    rows.iter()
        .filter_map(|row| serde_json::from_value::<PhoneCall>(row.clone()).ok())
        .filter_map(|call| call.start_time)
        .collect()
}

fn utc_day(time: Timestamp) -> jiff::civil::Date {
    TimeZone::UTC.to_datetime(time).date()
}
