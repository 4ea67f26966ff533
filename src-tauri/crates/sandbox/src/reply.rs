//! What a handler answers, before it becomes bytes.
//!
//! Promises: one place knows Apollo's content types and shared error bodies.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use serde_json::{Value, json};

/// A status with its body and headers.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: ReplyBody,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(crate) enum ReplyBody {
    Json(Value),
    Text(&'static str),
}

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            content_type: JSON,
            body: ReplyBody::Json(body),
            headers: Vec::new(),
        }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn text(status: u16, body: &'static str) -> Self {
        Self {
            status,
            content_type: TEXT,
            body: ReplyBody::Text(body),
            headers: Vec::new(),
        }
    }

    /// 422 with `error`, Apollo's answer to most of what it cannot do.
    pub(crate) fn refused(error: &str) -> Self {
        Self::json(422, json!({"error": error}))
    }

    /// 422 for an id that is not 24 hexadecimal digits.
    pub(crate) fn not_an_id(value: &str) -> Self {
        Self::refused(&format!(
            "Parameters misconfigured. {value} is not a valid ID"
        ))
    }

    /// Rails' JSON for a route or, rarely, a record that does not exist.
    pub(crate) fn not_found() -> Self {
        Self::json(404, json!({"status": 404, "error": "Not Found"}))
    }

    /// The body on the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match &self.body {
            ReplyBody::Json(value) => value.to_string().into_bytes(),
            ReplyBody::Text(text) => text.as_bytes().to_vec(),
        }
    }

    /// Everything but the body.
    pub(crate) fn head(&self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                response
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
