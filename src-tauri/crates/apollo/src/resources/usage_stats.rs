//! The team's use of its limits (Apollo docs: reference section 8.5).

use budget::{Endpoint, Limit, Priority, Reading, Readings};
use reqwest::Method;
use serde_json::json;

use crate::{
    Client, Error,
    client::{Request, decode},
    types::{Usage, UsageStats, UsageWindows},
};

/// `usage_stats/*`.
#[derive(Debug, Clone, Copy)]
pub struct UsageStatistics<'a>(pub(crate) &'a Client);

impl UsageStatistics<'_> {
    /// `POST /usage_stats/api_usage_stats`. The budget learns from the answer by itself.
    pub async fn read(&self, priority: Priority) -> Result<UsageStats, Error> {
        let request = Request::read(
            Endpoint::USAGE_STATS,
            Method::POST,
            &["usage_stats", "api_usage_stats"],
        )
        .json(&json!({}));
        let stats: UsageStats = decode(&self.0.send(request, priority).await?)?;
        self.0.budget().learn(
            stats
                .endpoints
                .iter()
                .map(|(name, usage)| (name.as_str(), readings(usage))),
        );
        Ok(stats)
    }
}

fn readings(usage: &UsageWindows) -> Readings {
    Readings {
        minute: reading(usage.minute),
        hour: reading(usage.hour),
        day: reading(usage.day),
    }
}

/// `left` is not taken along: it has been seen not to be limit less consumed.
fn reading(usage: Option<Usage>) -> Reading {
    let usage = usage.unwrap_or_default();
    Reading {
        limit: usage.limit.map_or(Limit::NotReported, Limit::Requests),
        used: usage.consumed,
        left: None,
    }
}
