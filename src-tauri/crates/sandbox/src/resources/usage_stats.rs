//! `usage_stats/api_usage_stats` (reference section 8.5). A POST.

use axum::routing::MethodFilter;

use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    router::{Routes, on},
};

pub(super) fn routes() -> Routes {
    Routes::new().route(
        "/usage_stats/api_usage_stats",
        on(MethodFilter::POST, endpoints::USAGE_STATS, stats),
    )
}

fn stats(call: &mut Call<'_>) -> Reply {
    Reply::ok(call.limiter.stats(call.team, call.elapsed))
}
