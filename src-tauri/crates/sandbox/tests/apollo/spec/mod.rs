//! The sandbox against Apollo's own OpenAPI document, where `APOLLO_OPENAPI` names it: the fields
//! and types of every example answer, and every documented refusal. The document holds sample
//! people, so nothing of it is stored here; without it the comparison says that it was skipped.

#![expect(
    clippy::print_stdout,
    reason = "what was compared, or that nothing was, is for whoever runs the test"
)]

mod deliberate;
mod parameters;
mod refusals;
mod requests;
mod shape;

use std::collections::BTreeSet;

use serde_json::Value;

use self::{deliberate::DELIBERATE, parameters::UNSEEN, shape::Shape};

/// Apollo's document, where it is at hand.
fn document() -> Option<Value> {
    let Ok(path) = std::env::var("APOLLO_OPENAPI") else {
        println!("skipped: APOLLO_OPENAPI does not name Apollo's OpenAPI document");
        return None;
    };
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

/// What was compared, as the project's documents tell it.
fn docs() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/APOLLO.md");
    std::fs::read_to_string(path).unwrap()
}

/// `2905` as `2,905`.
fn grouped(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1000),
    }
}

/// An example: some are JSON inside a string, and of those some end in a stray comma or digit.
fn example(value: &Value) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let repaired = text.strip_suffix("\n0").map(|rest| format!("{rest}\n}}"));
    let repaired = repaired.unwrap_or_else(|| text.clone());
    let without_commas: String = repaired
        .char_indices()
        .filter(|(place, letter)| {
            let next = repaired[place + 1..].trim_start().chars().next();
            *letter != ',' || !matches!(next, Some('}' | ']'))
        })
        .map(|(_, letter)| letter)
        .collect();
    serde_json::from_str(text)
        .or_else(|_| serde_json::from_str(&without_commas))
        .unwrap_or_else(|_| value.clone())
}

/// Status, name and example of every answer an operation documents.
fn documented(operation: &Value) -> Vec<(u16, String, Value)> {
    let mut found = Vec::new();
    for (status, answer) in operation["responses"].as_object().unwrap() {
        for content in answer["content"]
            .as_object()
            .into_iter()
            .flat_map(|it| it.values())
        {
            for (name, it) in content["examples"].as_object().into_iter().flatten() {
                found.push((status.parse().unwrap(), name.clone(), example(&it["value"])));
            }
        }
    }
    found
}

#[tokio::test]
async fn every_field_and_refusal_of_apollos_document_is_met_or_listed_with_a_reason() {
    let Some(document) = document() else {
        return;
    };
    let (mut fields, mut refusals) = (0, 0);
    let mut differences: Vec<(String, String, String)> = Vec::new();
    for name in requests::OPERATIONS {
        let (method, path) = name.split_once(' ').unwrap();
        let operation = &document["paths"][path][method.to_lowercase()];
        let mut spec = Shape::default();
        for (status, example_name, body) in documented(operation) {
            if status == 200 {
                spec.add(&body);
                continue;
            }
            refusals += 1;
            let place = format!("{status} {example_name}");
            let answer = refusals::answer(name, &example_name, &body).await;
            if let Some(what) = refusals::difference(status, &body, answer.as_ref()) {
                differences.push(((*name).to_owned(), place, what));
            }
        }
        let mut ours = Shape::default();
        for answer in requests::answers(name).await {
            assert_eq!(answer.status, 200, "{name}: {}", answer.text);
            ours.add(&answer.json());
        }
        fields += spec.len();
        differences.extend(
            spec.not_met_by(&ours)
                .into_iter()
                .map(|(path, what)| ((*name).to_owned(), path, what)),
        );
    }
    let line = format!(
        "Compared: {} operations, {} fields, {refusals} refusals. Differences: {}, all listed below.",
        requests::OPERATIONS.len(),
        grouped(fields),
        differences.len()
    );
    println!("{line}");
    let found: BTreeSet<(&str, &str)> = differences
        .iter()
        .map(|it| (it.0.as_str(), it.1.as_str()))
        .collect();
    let listed: BTreeSet<(&str, &str)> = DELIBERATE.iter().map(|it| (it.0, it.1)).collect();
    let new: Vec<_> = differences
        .iter()
        .filter(|it| !listed.contains(&(it.0.as_str(), it.1.as_str())))
        .collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    for (operation, path, what) in &new {
        println!("new: {operation} | {path} | {what}");
    }
    for difference in &gone {
        println!("listed, but there is none: {difference:?}");
    }
    assert!(
        new.is_empty() && gone.is_empty(),
        "differences that are not as listed"
    );
    assert!(docs().contains(&line), "docs/APOLLO.md says otherwise");
}

#[tokio::test]
async fn every_documented_parameter_is_accepted_and_applied_or_listed_with_a_reason() {
    let Some(document) = document() else {
        return;
    };
    let known = parameters::known(&crate::support::apollo().await).await;
    let (mut sent, mut seen) = (0, 0);
    let mut refused = Vec::new();
    let mut unseen = BTreeSet::new();
    for name in requests::OPERATIONS {
        let (method, path) = name.split_once(' ').unwrap();
        let operation = &document["paths"][path][method.to_lowercase()];
        for finding in parameters::findings(name, operation, &known).await {
            sent += 1;
            if let Some(refusal) = finding.refusal {
                refused.push(format!("{name} {}: {refusal}", finding.name));
            } else if finding.is_seen {
                seen += 1;
            } else {
                unseen.insert(((*name).to_owned(), finding.name));
            }
        }
    }
    let line = format!("Parameters sent: {sent}, accepted: all, seen in the answer: {seen}.");
    println!("{line}");
    let listed: BTreeSet<(String, String)> = UNSEEN
        .iter()
        .map(|it| (it.0.to_owned(), it.1.to_owned()))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
    for (operation, name) in unseen.symmetric_difference(&listed) {
        println!("listed wrongly: {operation} | {name}");
    }
    assert_eq!(unseen, listed);
    assert!(docs().contains(&line), "docs/APOLLO.md says otherwise");
}

#[test]
fn the_document_lists_the_deliberate_differences() {
    let texts = docs();
    let rows: BTreeSet<String> = texts
        .lines()
        .filter(|line| line.starts_with("| `GET ") || line.starts_with("| `P"))
        .map(str::to_owned)
        .collect();
    let listed: BTreeSet<String> = DELIBERATE
        .iter()
        .chain(UNSEEN)
        .map(|(operation, path, reason)| format!("| `{operation}` | `{path}` | {reason} |"))
        .collect();
    assert_eq!(rows, listed);
}
