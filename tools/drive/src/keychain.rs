//! Reads the keychain of a run's desktop over D-Bus, all of it, without knowing how the app names
//! its entries. Must never: be pointed at the person's own bus.

use anyhow::{Result, ensure};
use secret_service::{EncryptionType, SecretService};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

/// Where gnome-keyring takes a password from other programs, with its own name for that.
const UNLOCKER: &str = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
const SERVICE: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";

/// A connection to one desktop's secret service.
pub(crate) struct Keychain {
    connection: zbus::Connection,
    service: SecretService<'static>,
}

impl Keychain {
    /// Connects to the bus at an address.
    pub(crate) async fn connect(bus_address: &str) -> Result<Self> {
        let connection = zbus::connection::Builder::address(bus_address)?
            .build()
            .await?;
        let service =
            SecretService::connect_with_existing(EncryptionType::Plain, connection.clone()).await?;
        Ok(Self {
            connection,
            service,
        })
    }

    /// Locks the default collection.
    pub(crate) async fn lock(&self) -> Result<()> {
        self.service.get_default_collection().await?.lock().await?;
        ensure!(!self.is_unlocked().await?, "the keychain is still unlocked");
        Ok(())
    }

    /// Unlocks the default collection with its password.
    pub(crate) async fn unlock(&self, password: &str) -> Result<()> {
        let collection = self.service.get_default_collection().await?;
        // The password goes in the clear: the bus is that of the run.
        let (_, session): (OwnedValue, OwnedObjectPath) = self
            .connection
            .call_method(
                Some(SERVICE),
                SERVICE_PATH,
                Some("org.freedesktop.Secret.Service"),
                "OpenSession",
                &("plain", Value::from("")),
            )
            .await?
            .body()
            .deserialize()?;
        let secret = (session, Vec::<u8>::new(), password.as_bytes(), "text/plain");
        self.connection
            .call_method(
                Some(SERVICE),
                SERVICE_PATH,
                Some(UNLOCKER),
                "UnlockWithMasterPassword",
                &(&collection.collection_path, secret),
            )
            .await?;
        ensure!(self.is_unlocked().await?, "the keychain is still locked");
        Ok(())
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
