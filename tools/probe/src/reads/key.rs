//! What the key may do, and the form of answers.

use apollo::{Error, RawRequest};
use budget::{Endpoint, Limit};
use serde_json::{Value, json};

use super::Learned;
use crate::{
    ask::Ask,
    finding::{Answer, Findings, found, whether},
};

/// Headers that a network before the server adds.
const EDGE_HEADERS: [&str; 4] = ["cf-ray", "x-amz-cf-id", "x-served-by", "via"];

pub(crate) async fn all(ask: &Ask<'_>, findings: &mut Findings) -> Result<Learned, Error> {
    let health = ask
        .ask(RawRequest::get(Endpoint::AUTH_HEALTH, &["auth", "health"]))
        .await?;
    if health.json.get("is_logged_in") != Some(&Value::Bool(true)) {
        return Err(Error::KeyRejected);
    }
    let edge: Vec<&str> = EDGE_HEADERS
        .into_iter()
        .filter(|name| health.answer.header_names.iter().any(|it| it == name))
        .collect();
    let seen = if edge.is_empty() {
        "none of the known headers".to_owned()
    } else {
        edge.join(", ")
    };
    found(findings, "edge-network", whether(!edge.is_empty()), seen);

    let profile = ask
        .ask(RawRequest::get(
            Endpoint::USERS_PROFILE,
            &["users", "api_profile"],
        ))
        .await?;
    let acting_user = profile.json.get("id").and_then(Value::as_str);

    let calls = ask
        .ask(
            RawRequest::get(Endpoint::PHONE_CALLS_SEARCH, &["phone_calls", "search"])
                .query("per_page", &1),
        )
        .await?;
    found(
        findings,
        "key-master",
        whether(calls.is_ok()),
        calls.refusal(),
    );

    let users = ask
        .ask(
            RawRequest::get(Endpoint::USERS_SEARCH, &["users", "search"])
                .query("page", &1)
                .query("per_page", &100),
        )
        .await?;
    let seen = format!("{}, {} rows", users.refusal(), users.rows("users").len());
    found(findings, "users-search", whether(users.is_ok()), seen);

    usage(ask, findings).await?;
    headers(&calls, findings);
    sequences(ask, findings).await?;
    Ok(Learned {
        acting_user: acting_user.map(str::to_owned),
    })
}

async fn usage(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let path = ["usage_stats", "api_usage_stats"];
    let reply = ask
        .ask(RawRequest::post(Endpoint::USAGE_STATS, &path).json(&json!({})))
        .await?;
    let limits = |name: &str| {
        let windows = reply.json.get(name)?;
        let limit = |window: &str| windows.pointer(&format!("/{window}/limit"))?.as_u64();
        Some(format!(
            "{}/{}/{}",
            limit("minute")?,
            limit("hour")?,
            limit("day")?
        ))
    };
    let mut seen = reply.refusal();
    if let Some(entries) = reply.json.as_object().filter(|_| reply.is_ok()) {
        seen = format!("{seen}, {} endpoints", entries.len());
    }
    for (shown, name) in [
        ("phone_calls create", r#"["api/v1/phone_calls", "create"]"#),
        ("tasks search", r#"["api/v1/tasks", "search"]"#),
        ("tasks complete", r#"["api/v1/tasks", "complete"]"#),
    ] {
        if let Some(limits) = limits(name) {
            seen = format!("{seen}; {shown} {limits} a minute/hour/day");
        }
    }
    let told = reply.is_ok() && seen.contains("hour");
    found(findings, "usage-stats", whether(told), seen);
    Ok(())
}

fn headers(reply: &crate::ask::Reply, findings: &mut Findings) {
    let limit = |reading: budget::Reading| match reading.limit {
        Limit::Requests(limit) => limit.to_string(),
        Limit::Unlimited => "unlimited".to_owned(),
        Limit::NotReported => "unsaid".to_owned(),
    };
    let limits = reply.answer.limits;
    let has = limits != budget::Readings::default();
    let seen = format!(
        "minute {}, hour {}, day {}",
        limit(limits.minute),
        limit(limits.hour),
        limit(limits.day)
    );
    found(findings, "limit-headers", whether(has), seen);
}

async fn sequences(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let path = ["emailer_campaigns", "search"];
    let listed = ask
        .ask(
            RawRequest::post(Endpoint::SEQUENCES_SEARCH, &path)
                .json(&json!({ "page": 1, "per_page": 1 })),
        )
        .await?;
    let first = listed
        .rows("emailer_campaigns")
        .first()
        .and_then(|row| row.get("id"))
        .and_then(Value::as_str);
    let Some(id) = first else {
        let seen = format!("no sequence to look at ({})", listed.refusal());
        found(findings, "sequence-steps", Answer::Unclear, seen);
        return Ok(());
    };
    let shown = ask
        .ask(RawRequest::get(
            Endpoint::SEQUENCES_SHOW,
            &["emailer_campaigns", id],
        ))
        .await?;
    let steps = shown.rows("emailer_steps").len();
    let seen = format!("{}, {steps} steps", shown.refusal());
    found(findings, "sequence-steps", whether(steps > 0), seen);
    Ok(())
}
