//! Pages of a search: 100 rows a page, 500 pages, and no more.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{pipeline::Call, reply::Reply};

const MAX_PER_PAGE: i64 = 100;
/// Apollo shows 50,000 records of a search (reference section 4.10).
const MAX_PAGE: i64 = 500;

/// The page a search was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    number: usize,
    rows: usize,
    /// GET echoes its parameters as text (reference section 10, quirk 13).
    as_text: bool,
}

impl Page {
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Reply> {
        let per_page = call
            .params
            .integer("per_page")
            .unwrap_or_else(|| i64::from(call.scenario.default_per_page));
        let page = call.params.integer("page").unwrap_or(1).max(1);
        if per_page == 0 {
            return Err(Reply::refused("Per page cannot be 0."));
        }
        if !(1..=MAX_PER_PAGE).contains(&per_page) {
            return Err(Reply::refused("Per page not supported"));
        }
        if page > MAX_PAGE {
            return Err(Reply::refused("Page * per page number is over threshold."));
        }
        let size = |number: i64| usize::try_from(number).unwrap_or(1);
        let as_text = *call.method == Method::GET;
        Ok(Self {
            number: size(page),
            rows: size(per_page),
            as_text,
        })
    }

    /// The rows of this page.
    pub(super) fn of<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let start = ((self.number - 1) * self.rows).min(all.len());
        let end = (start + self.rows).min(all.len());
        &all[start..end]
    }

    /// The `pagination` object; `total_pages` may promise more than is served.
    pub(super) fn object(&self, total: usize) -> Value {
        let total_pages = total.div_ceil(self.rows);
        if self.as_text {
            json!({
                "page": self.number.to_string(),
                "per_page": self.rows.to_string(),
                "total_entries": total,
                "total_pages": total_pages,
            })
        } else {
            json!({
                "page": self.number,
                "per_page": self.rows,
                "total_entries": total,
                "total_pages": total_pages,
            })
        }
    }
}

/// One entry of `breadcrumbs`: the proof that a filter was applied.
pub(super) fn breadcrumb(label: &str, field: &str, value: &str, display_name: &str) -> Value {
    json!({
        "label": label,
        "signal_field_name": field,
        "value": value,
        "display_name": display_name,
    })
}
