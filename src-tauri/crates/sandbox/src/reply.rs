//! What a handler answers, before it becomes bytes.
//!
//! Promises: one place knows Apollo's content types and shared error bodies, and those of others
//! that a fault answers with.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use serde_json::{Value, json};

/// A status with its body and headers.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: ReplyBody,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(crate) enum ReplyBody {
    Json(Value),
    /// A problem report (RFC 9457), which Apollo never sends.
    Problem(Value),
    Text(&'static str),
    Html(&'static str),
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            body: ReplyBody::Json(body),
            headers: Vec::new(),
        }
    }

    pub(crate) fn problem(status: u16, body: Value) -> Self {
        Self {
            status,
            body: ReplyBody::Problem(body),
            headers: Vec::new(),
        }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn text(status: u16, body: &'static str) -> Self {
        Self {
            status,
            body: ReplyBody::Text(body),
            headers: Vec::new(),
        }
    }

    pub(crate) fn html(status: u16, body: &'static str) -> Self {
        Self {
            status,
            body: ReplyBody::Html(body),
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

    /// Content type and bytes.
    pub(crate) fn bytes(&self) -> (&'static str, Vec<u8>) {
        match &self.body {
            ReplyBody::Json(value) => (
                "application/json; charset=utf-8",
                value.to_string().into_bytes(),
            ),
            ReplyBody::Problem(value) => {
                ("application/problem+json", value.to_string().into_bytes())
            }
            ReplyBody::Text(text) => ("text/plain; charset=utf-8", text.as_bytes().to_vec()),
            ReplyBody::Html(text) => ("text/html; charset=UTF-8", text.as_bytes().to_vec()),
        }
    }

    /// Everything but the body.
    pub(crate) fn head(&self, content_type: &'static str) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
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
