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
}
