//! Reads the keychain of a run's desktop over D-Bus, all of it, without knowing how the app names
//! its entries. Must never: be pointed at the person's own bus.

use anyhow::Result;
use secret_service::{EncryptionType, SecretService};

/// A connection to one desktop's secret service.
pub(crate) struct Keychain {
    service: SecretService<'static>,
}

impl Keychain {
    /// Connects to the bus at an address.
    pub(crate) async fn connect(bus_address: &str) -> Result<Self> {
        let connection = zbus::connection::Builder::address(bus_address)?
            .build()
            .await?;
        let service =
            SecretService::connect_with_existing(EncryptionType::Plain, connection).await?;
        Ok(Self { service })
    }

    /// Whether there is a default collection that can be written to without asking.
    pub(crate) async fn is_unlocked(&self) -> Result<bool> {
        Ok(!self
            .service
            .get_default_collection()
            .await?
            .is_locked()
            .await?)
    }

    /// Stores an entry, as a program of the desktop would.
    pub(crate) async fn store(&self, label: &str, secret: &[u8]) -> Result<()> {
        let collection = self.service.get_default_collection().await?;
        let attributes = std::collections::HashMap::from([("rig", label)]);
        collection
            .create_item(label, attributes, secret, true, "text/plain")
            .await?;
        Ok(())
    }

    /// The secret of every entry of every collection.
    pub(crate) async fn secrets(&self) -> Result<Vec<Vec<u8>>> {
        let mut secrets = Vec::new();
        for collection in self.service.get_all_collections().await? {
            for item in collection.get_all_items().await? {
                secrets.push(item.get_secret().await?);
            }
        }
        Ok(secrets)
    }

    /// How many entries hold the text.
    pub(crate) async fn count_holding(&self, text: &str) -> Result<usize> {
        let holds = |secret: &Vec<u8>| {
            secret
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        Ok(self
            .secrets()
            .await?
            .iter()
            .filter(|secret| holds(secret))
            .count())
    }
}
