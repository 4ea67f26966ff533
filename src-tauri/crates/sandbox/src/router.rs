//! The routes of `/api/v1`, gathered from the resources.
//!
//! Promises: every route runs the same pipeline; everything else is Rails' 404.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    routing::{MethodFilter, MethodRouter},
};

use crate::{
    endpoint::Endpoint,
    pipeline::{self, Core, Handler},
    resources,
};

/// The routes of one resource.
pub(crate) type Routes = Router<Arc<Core>>;

/// GET and POST alike, as on Apollo's `/search` routes.
pub(crate) const GET_OR_POST: MethodFilter = MethodFilter::GET.or(MethodFilter::POST);
/// PATCH as documented, PUT as older clients send.
pub(crate) const PATCH_OR_PUT: MethodFilter = MethodFilter::PATCH.or(MethodFilter::PUT);

/// Answers `filter` with `handler`, counted and granted as `endpoint`.
pub(crate) fn on(
    filter: MethodFilter,
    endpoint: Endpoint,
    handler: Handler,
) -> MethodRouter<Arc<Core>> {
    axum::routing::on(
        filter,
        move |State(core): State<Arc<Core>>, id: Option<Path<String>>, request: Request| {
            let id = id.map(|Path(id)| id).unwrap_or_default();
            Box::pin(pipeline::run(core, endpoint, handler, id, request))
        },
    )
}

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
