//! Settings, and the budgets as crate `budget` wrote them down.

use std::sync::Arc;

use domain::settings::Settings;

use crate::{
    SledStore, StoreError,
    error::off_the_async_threads,
    record::{Key, Kind},
    record_store::{Change, Survives},
};

impl SledStore {
    /// The user's settings, or the defaults.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let records = Arc::clone(&self.records);
        let settings = off_the_async_threads(move || records.get(&key_of_settings())).await?;
        Ok(settings.unwrap_or_default())
    }

    /// Stores the user's settings. Durable.
    pub async fn put_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.put(key_of_settings(), settings)?;
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || records.commit(&change, Survives::PowerLoss)).await
    }

    /// What was last written down about an origin's budgets.
    pub async fn budget(&self, origin: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let (records, key) = (
            Arc::clone(&self.records),
            Key::new(Kind::Budget, origin, ""),
        );
        off_the_async_threads(move || records.get(&key)).await
    }

    /// Writes down an origin's budgets. Survives the death of the process.
    pub async fn put_budget(
        &self,
        origin: &str,
        budget: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.put(Key::new(Kind::Budget, origin, ""), budget)?;
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || records.commit(&change, Survives::Death)).await
    }
}

fn key_of_settings() -> Key {
    Key::new(Kind::Settings, "", "")
}
