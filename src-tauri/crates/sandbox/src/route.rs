//! One route of `/api/v1`: what a resource hangs its handlers on.
//!
//! Promises: every route runs the same pipeline. Must never: know which routes there are.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    routing::{MethodFilter, MethodRouter},
};

use crate::{
    endpoint::Endpoint,
    pipeline::{self, Asked, Core, Handler},
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
            let asked = Asked {
                endpoint,
                handler,
                id,
            };
            Box::pin(pipeline::run(core, asked, request))
        },
    )
}
