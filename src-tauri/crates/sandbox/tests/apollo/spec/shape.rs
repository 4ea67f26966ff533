//! Which fields a JSON value has, and of which types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Objects whose keys are data, not fields.
const KEYED_BY_DATA: [&str; 5] = [
    "typed_custom_fields",
    "industry_tag_hash",
    "skipped_contact_ids",
    "mapped_crm_values",
    "relevant_field_values",
];

/// Types by path; `[]` is any element, `{}` any key that is data.
#[derive(Debug, Default)]
pub(super) struct Shape(BTreeMap<String, BTreeSet<&'static str>>);

impl Shape {
    pub(super) fn add(&mut self, value: &Value) {
        self.walk("$", value);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn walk(&mut self, path: &str, value: &Value) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        self.0.entry(path.to_owned()).or_default().insert(kind);
        match value {
            Value::Array(rows) => {
                for row in rows {
                    self.walk(&format!("{path}[]"), row);
                }
            }
            Value::Object(fields) => {
                let is_keyed = KEYED_BY_DATA.iter().any(|name| path.ends_with(name));
                for (key, entry) in fields {
                    let key = if is_keyed || key.starts_with('[') {
                        "{}"
                    } else {
                        key
                    };
                    self.walk(&format!("{path}.{key}"), entry);
                }
            }
            _ => {}
        }
    }

    /// What `self`, the document, has and `ours` lacks or types otherwise: path and difference. Below
    /// a missing field nothing is listed. Null on either side counts as unknown.
    pub(super) fn not_met_by(&self, ours: &Self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (path, kinds) in &self.0 {
            let is_below = found.iter().any(|(missing, _)| {
                path.strip_prefix(missing.as_str())
                    .is_some_and(|rest| rest.starts_with(['.', '[']))
            });
            if is_below {
                continue;
            }
            let Some(has) = ours.0.get(path) else {
                found.push((path.clone(), "missing".to_owned()));
                continue;
            };
            let known = |kinds: &BTreeSet<&'static str>| -> BTreeSet<&'static str> {
                kinds
                    .iter()
                    .copied()
                    .filter(|kind| *kind != "null")
                    .collect()
            };
            let (spec, has) = (known(kinds), known(has));
            if !spec.is_empty() && !has.is_subset(&spec) {
                found.push((path.clone(), format!("is {has:?}, documented as {spec:?}")));
            }
        }
        found
    }
}
