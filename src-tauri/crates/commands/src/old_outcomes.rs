//! Outcomes as the version before stored them.
//!
//! Promises: nothing is lost, and the order stays; done once, into the origin that is in use then,
//! so that the ids of one Apollo never turn up at another. Must never: stop a start.

use domain::settings::Settings;
use session::ports::OutcomeStore as _;
use store::{SledStore, StoreError};
use tracing::{info, warn};

/// Moves the outcomes that settings held for all origins alike into the records of `origin`.
pub(crate) async fn take_over(sled: &SledStore, origin: &str, settings: Settings) -> Settings {
    if settings.outcomes.is_empty() {
        return settings;
    }
    let count = settings.outcomes.len();
    match moved(sled, origin, settings.clone()).await {
        Ok(settings) => {
            info!(count, "outcomes taken over from settings");
            settings
        }
        Err(error) => {
            warn!(%error, "outcomes stay in settings until the next start");
            settings
        }
    }
}

async fn moved(
    sled: &SledStore,
    origin: &str,
    mut settings: Settings,
) -> Result<Settings, StoreError> {
    let store = sled.for_origin(origin);
    let mut stored = store.outcomes().await?.unwrap_or_default();
    stored.take_over(&settings.outcomes);
    // They are erased from the settings only once they are stored there.
    store.put_outcomes(&stored).await?;
    settings.outcomes.clear();
    sled.put_settings(&settings).await?;
    Ok(settings)
}
