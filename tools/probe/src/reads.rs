//! What can be told without changing anything.

mod calls;
mod key;
mod tasks;

use apollo::Error;

use crate::{ask::Ask, finding::Findings};

/// What one question learned and a later one needs.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// Whom the key acts as.
    pub(crate) acting_user: Option<String>,
}

/// Every question that reading answers.
pub(crate) async fn all(ask: &Ask<'_>, findings: &mut Findings) -> Result<Learned, Error> {
    let known = key::all(ask, findings).await?;
    tasks::all(ask, findings).await?;
    calls::all(ask, findings).await?;
    Ok(known)
}
