//! The routes of `/api/v1`, gathered from the resources.
//!
//! Promises: what is no route is Rails' 404.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
};

use crate::{
    pipeline::{self, Core},
    resources,
};

async fn unknown(State(core): State<Arc<Core>>, request: Request) -> axum::response::Response {
    pipeline::unknown_route(&core, &request)
}

/// The whole API.
pub(crate) fn router(core: Arc<Core>) -> Router {
    Router::new()
        .nest("/api/v1", resources::routes())
        .nest(pipeline::SHORT_PREFIX, resources::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(core)
}
