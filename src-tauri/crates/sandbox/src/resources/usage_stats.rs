//! `usage_stats`: requests and credits used (reference sections 8.5 and 8.6). Both are POSTs.

use axum::routing::MethodFilter;
use jiff::{ToSpan, tz::TimeZone};
use serde_json::{Value, json};

use super::times;
use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{Routes, on},
    world::render::stamp,
};

/// Kinds of credit with limit and use; nothing that a call queue does costs any.
const CREDITS: [(&str, u32, u32); 10] = [
    ("lead_credit", 12_000, 1_840),
    ("direct_dial_credit", 900, 96),
    ("export_credit", 6_000, 410),
    ("conversation_credit", 400, 25),
    ("ai_credit", 1_500, 60),
    ("power_up_credit", 800, 35),
    ("inbound_website_visitor_credit", 700, 44),
    ("dialer", 600, 18),
    ("web_search_record_credit", 500, 0),
    ("contact_website_visitor_credit", 900, 12),
];

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/usage_stats/api_usage_stats",
            on(MethodFilter::POST, endpoints::USAGE_STATS, stats),
        )
        .route(
            "/usage_stats/credit_usage_stats",
            on(MethodFilter::POST, endpoints::CREDIT_USAGE_STATS, credits),
        )
}

fn stats(call: &mut Call<'_>) -> Reply {
    Reply::ok(call.limiter.stats(call.team, call.elapsed))
}

/// A cycle is the calendar month, in UTC.
fn credits(call: &mut Call<'_>) -> Reply {
    let used: serde_json::Map<String, Value> = CREDITS
        .iter()
        .map(|(kind, limit, consumed)| {
            let entry = json!({
                "limit": limit, "consumed": consumed, "left_over": limit - consumed,
            });
            ((*kind).to_owned(), entry)
        })
        .collect();
    let first = TimeZone::UTC.to_datetime(call.now).date().first_of_month();
    let midnight = |day| times::midnight(day).map(stamp);
    Reply::ok(json!({
        "credit_usage_stats": used,
        "current_credit_cycle": {
            "start_date": midnight(first),
            "end_date": first.checked_add(1.month()).ok().and_then(midnight),
        },
    }))
}
