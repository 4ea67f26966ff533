//! Who asks: credentials, scopes and the exact refusals of reference section 1.3.
//!
//! Promises: a refusal has Apollo's status, content type and body. Must never: let a credential
//! into an answer, a record or a log.

use axum::http::HeaderMap;
use serde_json::json;

use crate::{
    endpoint::{Access, Endpoint, endpoints},
    keys::{KeyKind, Keys},
    params::Params,
    reply::Reply,
    scenario::Scenario,
};

const WRONG_KEY: &str =
    "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.";
const KEY_AS_BEARER: &str = "Invalid access credentials.";

/// What the request carried, and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    Missing,
    ApiKey(KeyKind),
    Bearer,
    BadBearer,
    /// An API key sent as a bearer token.
    KeyAsBearer(KeyKind),
}

impl Credential {
    /// Reads `x-api-key`, `Authorization: Bearer` and the legacy `api_key` parameter. A bearer
    /// token is checked first: beside a valid key, a bad one is still refused.
    pub(crate) fn read(headers: &HeaderMap, params: &Params, keys: &Keys) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = header("authorization").map(|value| {
            value
                .strip_prefix("Bearer ")
                .or_else(|| value.strip_prefix("bearer "))
                .unwrap_or(value)
        });
        let key = header("x-api-key")
            .map(str::to_owned)
            .or_else(|| params.text("api_key"))
            .filter(|key| !key.is_empty());
        match (bearer, key) {
            (Some(token), _) if token == keys.bearer => Self::Bearer,
            (Some(token), None) if keys.kind(token) != KeyKind::Unknown => {
                Self::KeyAsBearer(keys.kind(token))
            }
            (Some(_), _) => Self::BadBearer,
            (None, Some(key)) => Self::ApiKey(keys.kind(&key)),
            (None, None) => Self::Missing,
        }
    }

    /// What the credential is worth today: the master key may have been revoked.
    pub(crate) fn in_force(self, scenario: &Scenario) -> Self {
        match self {
            Self::ApiKey(KeyKind::Master) if scenario.master_key_revoked => {
                Self::ApiKey(KeyKind::Revoked)
            }
            other => other,
        }
    }

    /// The kind of key that the history names.
    #[cfg(feature = "control")]
    pub(crate) fn kind(self) -> KeyKind {
        match self {
            Self::Missing => KeyKind::Missing,
            Self::ApiKey(kind) | Self::KeyAsBearer(kind) => kind,
            Self::Bearer => KeyKind::Bearer,
            Self::BadBearer => KeyKind::Unknown,
        }
    }

    /// Whether `auth/health` calls it logged in.
    pub(crate) fn is_logged_in(self) -> bool {
        match self {
            Self::ApiKey(kind) => matches!(kind, KeyKind::Master | KeyKind::Scoped | KeyKind::Free),
            Self::Bearer => true,
            Self::Missing | Self::BadBearer | Self::KeyAsBearer(_) => false,
        }
    }

    /// The refusal, if this credential does not open `endpoint`.
    pub(crate) fn refusal(self, endpoint: Endpoint, scenario: &Scenario) -> Option<Reply> {
        if endpoint.access == Access::Public {
            return None;
        }
        match self {
            Self::Missing => Some(Reply::json(422, json!({"error": "Api key required"}))),
            Self::BadBearer => Some(Reply::json(
                401,
                json!({"error": "Access token is invalid", "error_code": "INVALID_ACCESS_TOKEN"}),
            )),
            Self::KeyAsBearer(_) => Some(Reply::text(401, KEY_AS_BEARER)),
            Self::Bearer | Self::ApiKey(KeyKind::Master) => scenario
                .plan_downgraded
                .then(|| free_plan(endpoint))
                .flatten(),
            Self::ApiKey(KeyKind::Free) => free_plan(endpoint),
            Self::ApiKey(KeyKind::Scoped) => {
                let granted = endpoint.access == Access::Scoped
                    && scenario.scopes.contains(&endpoint.scope());
                if !granted {
                    return Some(not_granted(endpoint));
                }
                scenario
                    .plan_downgraded
                    .then(|| free_plan(endpoint))
                    .flatten()
            }
            Self::ApiKey(
                KeyKind::Missing | KeyKind::Unknown | KeyKind::Revoked | KeyKind::Bearer,
            ) => Some(wrong_key()),
        }
    }
}

pub(crate) fn wrong_key() -> Reply {
    Reply::text(401, WRONG_KEY)
}

pub(crate) fn not_granted(endpoint: Endpoint) -> Reply {
    let name = if matches!(endpoint, endpoints::TASKS_CREATE | endpoints::CONTACTS_SHOW) {
        endpoint.shown.to_owned()
    } else {
        endpoint.scope()
    };
    Reply::json(
        403,
        json!({
            "error": format!(
                "This API key is not authorized to access {name}. Request an API key from your \
                 administrator that includes this endpoint in its configured scope."
            ),
            "error_code": "API_INACCESSIBLE",
        }),
    )
}

/// A free plan may ask who it is; the searches are refused with
/// `message`, the rest with the older text (reference section 1.3).
fn free_plan(endpoint: Endpoint) -> Option<Reply> {
    match endpoint {
        endpoints::USERS_PROFILE => None,
        endpoints::TASKS_SEARCH
        | endpoints::CONTACTS_SEARCH
        | endpoints::ACCOUNTS_SEARCH
        | endpoints::USERS_SEARCH
        | endpoints::SEQUENCES_SEARCH => Some(Reply::json(
            403,
            json!({"message": "This endpoint is only available to Apollo users on paid plans."}),
        )),
        _ => Some(Reply::json(
            403,
            json!({
                "error": format!(
                    "{} is not accessible with this api_key on a free plan. Please upgrade your \
                     plan from https://app.apollo.io/.",
                    endpoint.scope()
                ),
                "error_code": "API_INACCESSIBLE",
            }),
        )),
    }
}
