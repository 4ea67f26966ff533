//! What one Apollo account really does, where Apollo's documents do not say.
//!
//! `cargo xtask probe` asks the open questions of `docs/APOLLO.md` of a real account, with a key
//! that its owner types. Map: `question` is the list of what is open, and what Handset does under
//! either answer; `reads` answers most of it by reading; `writes` answers the rest with records
//! for one contact that was made for it; `finding` and `report` say what came out.
//!
//! Promises: without [`Writes`] nothing in the account changes; no key, name, number, address,
//! note or id gets into the report (module `plain`); every question gets an answer, if only that
//! it could not be told, and why. Must never: ask more often than the team's limits allow (every
//! request passes the budget, as in the app).

mod ask;
mod finding;
mod plain;
mod question;
mod reads;
mod report;
mod writes;

pub use finding::{Answer, Finding};
pub use question::{Means, QUESTIONS, Question, table};
pub use report::Report;
pub use writes::Writes;

use apollo::Client;
use clock::SharedClock;

/// Why there is no report.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// No answer came, or the key is refused.
    #[error(transparent)]
    Apollo(#[from] apollo::Error),
    /// A wrong id must write nothing.
    #[error("the contact with that id has another name. Nothing was written")]
    OtherContact,
}

/// Asks everything. Stops with an error only where no answer at all came, or the key is refused.
pub async fn probe(
    client: &Client,
    clock: &SharedClock,
    writes: Option<&Writes>,
) -> Result<Report, ProbeError> {
    let ask = ask::Ask::new(client, clock.clone());
    let mut findings = Vec::new();
    let known = reads::all(&ask, &mut findings).await?;
    if let Some(writes) = writes {
        writes::all(&ask, writes, &known, &mut findings).await?;
    }
    Ok(Report::new(findings, ask.sent(), clock.now()))
}
