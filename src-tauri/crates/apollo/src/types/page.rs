//! One page of a search (Apollo docs: reference section 10, quirks 13 and 14).

use serde::Deserialize;

use super::{Filtering, MAX_PAGES};
use crate::lenient;

/// Rows, and where they stand among all rows found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows that could be read and satisfy the search's filters, as far as can be checked.
    pub rows: Vec<T>,
    /// The rows that Apollo sent although they do not satisfy the filters.
    pub left_out: Vec<T>,
    /// How many rows were null or could not be read, and were left out.
    pub dropped_rows: u32,
    /// The page's number, from 1: Apollo's, else what was asked for.
    pub page: u32,
    /// Rows a page: Apollo's, else what was asked for.
    pub per_page: u32,
    /// How many rows there are in all.
    pub total_rows: Option<u64>,
    /// How many pages there are in all, as Apollo says; it serves at most [`MAX_PAGES`].
    pub total_pages: Option<u32>,
    /// The filters Apollo says that it applied.
    pub breadcrumbs: Vec<Breadcrumb>,
    /// What became of the filters that the search set.
    pub filtering: Filtering,
}

impl<T> Page<T> {
    /// How many rows Apollo sent: those taken, those left out, and those that could not be read.
    pub fn received_rows(&self) -> u32 {
        let readable = self.rows.len().saturating_add(self.left_out.len());
        u32::try_from(readable)
            .unwrap_or(u32::MAX)
            .saturating_add(self.dropped_rows)
    }

    /// The number of the next page, if there is one that Apollo serves. Stops at a short page,
    /// whatever the totals claim; rows left out here count as received.
    pub fn next_page(&self) -> Option<u32> {
        let full = self.received_rows() >= self.per_page;
        let more = self.total_pages.is_none_or(|total| self.page < total);
        (full && more && self.page < MAX_PAGES).then(|| self.page + 1)
    }
}

/// A filter that Apollo echoes as applied: the only proof in band that it was not ignored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Breadcrumb {
    /// The parameter's name, such as `user_ids`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub signal_field_name: Option<String>,
    /// Its label in Apollo's own screens.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub label: Option<String>,
}

/// `pagination` as it comes: numbers, numeric strings, null or nothing.
#[cfg(feature = "client")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Pagination {
    #[serde(default, deserialize_with = "lenient::u32_opt")]
    pub(crate) page: Option<u32>,
    #[serde(default, deserialize_with = "lenient::u32_opt")]
    pub(crate) per_page: Option<u32>,
    #[serde(default, deserialize_with = "lenient::u64_opt")]
    pub(crate) total_entries: Option<u64>,
    #[serde(default, deserialize_with = "lenient::u32_opt")]
    pub(crate) total_pages: Option<u32>,
}
