//! Notes (Apollo docs: reference section 9.1). Writing them is not offered: Apollo wants a rich
//! text, and makes an empty note of anything else.

use budget::{Endpoint, Priority};
use reqwest::Method;

use crate::{
    Client, Error,
    client::{Request, rows},
    types::{MAX_NOTES, NotePage, NoteSearch, NoteSort},
};

/// `notes`.
#[derive(Debug, Clone, Copy)]
pub struct Notes<'a>(pub(crate) &'a Client);

impl Notes<'_> {
    /// `GET /notes`: a part of the notes on a contact or account. Its refusals have status 400, not
    /// 422; those that Handset knows are [`Error::Invalid`] in either.
    pub async fn list(&self, search: &NoteSearch, priority: Priority) -> Result<NotePage, Error> {
        let limit = search.limit.clamp(1, MAX_NOTES);
        let (field, direction) = match search.sort {
            NoteSort::LatestCreatedFirst => ("created_at", "desc"),
            NoteSort::LatestUpdatedFirst => ("updated_at", "desc"),
            NoteSort::OldestCreatedFirst => ("created_at", "asc"),
        };
        let request = Request::read(Endpoint::NOTES, Method::GET, &["notes"])
            .query_each("contact_id", &search.contact_id)
            .query_each("account_id", &search.account_id)
            .query_each("start_date", search.start_date)
            .query("skip", &search.skip)
            .query("limit", &limit)
            .query("sort_by_field", &field)
            .query("sort_direction", &direction);
        let body = self.0.send(request, priority).await?;
        let (notes, dropped_rows) = rows(&body, "notes")?;
        let received = u32::try_from(notes.len()).unwrap_or(u32::MAX);
        let received = received.saturating_add(dropped_rows);
        Ok(NotePage {
            notes,
            dropped_rows,
            next_skip: (received >= limit).then(|| search.skip.saturating_add(received)),
        })
    }
}
