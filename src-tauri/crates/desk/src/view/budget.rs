use serde::Serialize;
use ts_rs::TS;

/// What Apollo still allows the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BudgetView {
    /// "387 call logs left this hour."
    pub sentence: String,
    pub endpoints: Vec<EndpointBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EndpointBudget {
    /// In words: "Log a call".
    pub name: String,
    /// Apollo's own name: "api/v1/phone_calls#create".
    pub endpoint: String,
    pub windows: Vec<WindowBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WindowBudget {
    /// "minute", "hour" or "day".
    pub name: String,
    pub limit: Option<u32>,
    pub used: u32,
    pub left: Option<u32>,
    /// "resets 14:05" or "resets about 14:05".
    pub resets: Option<String>,
}
