//! What the team has used of its limits (Apollo docs: reference section 8.5).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::lenient;

/// Usage of every endpoint Apollo reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageStats {
    /// By endpoint, written `api/v1/tasks#search`.
    pub endpoints: BTreeMap<String, UsageWindows>,
}

/// Usage of one endpoint in its three windows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct UsageWindows {
    /// The minute's.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub minute: Option<Usage>,
    /// The hour's.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub hour: Option<Usage>,
    /// The day's.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub day: Option<Usage>,
}

/// Usage in one window. Apollo's own example has a `left` that is not limit less consumed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Usage {
    /// What the plan allows; absent when unlimited.
    #[serde(default, deserialize_with = "lenient::u64_opt")]
    pub limit: Option<u64>,
    /// What the team has used.
    #[serde(default, deserialize_with = "lenient::u64_opt")]
    pub consumed: Option<u64>,
    /// What is left (JSON: `left_over`).
    #[serde(rename = "left_over", default, deserialize_with = "lenient::u64_opt")]
    pub left: Option<u64>,
}

impl<'de> Deserialize<'de> for UsageStats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = BTreeMap::<String, Value>::deserialize(deserializer)?;
        let endpoints = wire
            .into_iter()
            .filter_map(|(key, value)| {
                Some((endpoint_name(&key)?, serde_json::from_value(value).ok()?))
            })
            .collect();
        Ok(Self { endpoints })
    }
}

/// `["api/v1/tasks", "search"]`, an array written as text, to `api/v1/tasks#search`.
fn endpoint_name(key: &str) -> Option<String> {
    let [controller, action]: [String; 2] = serde_json::from_str(key).ok()?;
    Some(format!("{controller}#{action}"))
}
