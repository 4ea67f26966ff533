//! A request described, so that every attempt can build a fresh one.

use budget::Endpoint;
use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

/// What to ask, and how it may be repeated.
#[derive(Debug)]
pub(crate) struct Request {
    pub(super) endpoint: Endpoint,
    pub(super) method: Method,
    /// Below `/api/v1`, one part per element: each is escaped by itself.
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    pub(super) repeatable: bool,
}

impl Request {
    /// A request that changes nothing and may be repeated.
    pub(crate) fn read(endpoint: Endpoint, method: Method, path: &[&str]) -> Self {
        Self {
            endpoint,
            method,
            path: path.iter().map(|&part| part.to_owned()).collect(),
            query: Vec::new(),
            body: None,
            repeatable: true,
        }
    }

    /// A request that changes something: sent at most once.
    pub(crate) fn write(endpoint: Endpoint, method: Method, path: &[&str]) -> Self {
        Self {
            repeatable: false,
            ..Self::read(endpoint, method, path)
        }
    }

    /// Adds a query parameter.
    pub(crate) fn query(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Adds a query parameter once per value, as Rails reads arrays: `name[]=a&name[]=b`.
    pub(crate) fn query_each<T: ToString>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.query
            .extend(values.into_iter().map(|value| (name, value.to_string())));
        self
    }

    /// Sets the JSON body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        // Our own request types are plain structs with text keys, which cannot fail; were one to,
        // Apollo would refuse the null.
        self.body = Some(serde_json::to_value(body).unwrap_or(Value::Null));
        self
    }

    /// The name of the parameter that was sent with `value` (letters of either case): of the body,
    /// else of the query, else `id` for one in the path.
    ///
    /// A creator is mostly the same person as the user beside it; then the user is named.
    pub(super) fn name_of(&self, value: &str) -> Option<&str> {
        let is = |text: &str| !value.is_empty() && text.eq_ignore_ascii_case(value);
        let holds = |sent: &Value| match sent {
            Value::String(text) => is(text),
            Value::Array(list) => list.iter().filter_map(Value::as_str).any(is),
            _ => false,
        };
        let in_body = self.body.iter().filter_map(Value::as_object).flatten();
        let in_query = self.query.iter().filter(|(_, sent)| is(sent));
        in_body
            .filter(|(_, sent)| holds(sent))
            .map(|(name, _)| name.as_str())
            .max_by_key(|name| *name != "creator_id")
            .or_else(|| {
                let (name, _) = in_query.into_iter().next()?;
                Some(name.split('[').next().unwrap_or(name))
            })
            .or_else(|| self.path.iter().any(|part| is(part)).then_some("id"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(value: &str) -> Option<String> {
        let request = Request::write(
            Endpoint::PHONE_CALLS_UPDATE,
            Method::PUT,
            &["phone_calls", "ca11"],
        )
        .query_each("user_ids[]", ["a3"])
        .json(&json!({
            "user_id": "a2", "creator_id": "a2", "contact_ids": ["c1", "C2"], "note": "d1", "page": 1,
        }));
        request.name_of(value).map(str::to_owned)
    }

    #[test]
    fn a_value_that_was_sent_gives_its_name_wherever_it_was() {
        for (value, name) in [
            ("a2", Some("user_id")),
            ("c2", Some("contact_ids")),
            ("a3", Some("user_ids")),
            ("CA11", Some("id")),
            ("1", None),
            ("", None),
            ("b9", None),
        ] {
            assert_eq!(named(value).as_deref(), name, "{value}");
        }
    }
}
