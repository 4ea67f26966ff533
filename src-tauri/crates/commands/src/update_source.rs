//! Where newer versions of Handset come from: the shell's updater, or one that a test plays.
//!
//! Promises: whatever is installed was signed for exactly the version that was announced, is newer
//! than this Handset, and is of the same kind as its installer. Must never: install anything by
//! itself.

use async_trait::async_trait;
use text::{Text, message};

/// Finds newer versions.
#[async_trait]
pub trait UpdateSource: Send + Sync + 'static {
    /// Why this Handset does not check for updates, if it does not.
    fn off_because(&self) -> Option<Text>;

    /// Asks the server. `None` if nothing newer is there, or if updates are off: whether they are is found
    /// out anew each time.
    async fn check(&self) -> Result<Option<Box<dyn Update>>, UpdateError>;
}

/// A newer version that the server announced.
#[async_trait]
pub trait Update: Send + Sync {
    /// "0.2.0"
    fn version(&self) -> &str;

    /// Downloads its installer, and checks the signature.
    async fn download(&self) -> Result<Installer, UpdateError>;

    /// Runs the installer, and waits for its end. On Windows it ends this process instead of
    /// returning.
    async fn install(&self, installer: &Installer) -> Result<(), UpdateError>;
}

/// An installer whose signature was checked, in memory.
pub struct Installer(pub Vec<u8>);

impl std::fmt::Debug for Installer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Installer").field(&self.0.len()).finish()
    }
}

/// Why there is no update, or none that can be installed. This Handset stays as it is.
#[derive(Clone, Debug, thiserror::Error)]
pub enum UpdateError {
    #[error("the server of updates cannot be reached: {0}")]
    Unreachable(String),
    #[error("the answer is no list of releases: {0}")]
    NotAList(String),
    #[error("the release has nothing for this computer")]
    NotForThisComputer,
    #[error("the download ended early or failed: {0}")]
    Interrupted(String),
    #[error("the download is larger than any installer of Handset")]
    TooLarge,
    #[error("the signature is not that of this version: {0}")]
    NotSigned(String),
    #[error("nobody allowed the installer to change this computer")]
    NotAllowed,
    #[error("the installer failed: {0}")]
    Refused(String),
}

impl UpdateError {
    /// What happened.
    pub(crate) fn message(&self) -> Text {
        match self {
            Self::Unreachable(_) => message!("update-unreachable"),
            Self::NotAList(_) => message!("update-not-a-list"),
            Self::NotForThisComputer => message!("update-not-for-this-computer"),
            Self::Interrupted(_) => message!("update-interrupted"),
            Self::TooLarge => message!("update-too-large"),
            Self::NotSigned(_) => message!("update-not-signed"),
            Self::NotAllowed => message!("update-not-allowed"),
            Self::Refused(reason) => message!("update-refused", reason = reason.as_str()),
        }
    }

    /// What to do next.
    pub(crate) fn hint(&self) -> Text {
        match self {
            Self::Unreachable(_) | Self::Interrupted(_) => message!("update-later-next"),
            Self::NotAList(_) | Self::NotForThisComputer | Self::TooLarge | Self::NotSigned(_) => {
                message!("update-tell-it-next")
            }
            Self::NotAllowed | Self::Refused(_) => message!("update-install-again-next"),
        }
    }
}

/// No updates, for a reason that a person can read.
pub struct Off(pub Text);

#[async_trait]
impl UpdateSource for Off {
    fn off_because(&self) -> Option<Text> {
        Some(self.0.clone())
    }

    async fn check(&self) -> Result<Option<Box<dyn Update>>, UpdateError> {
        Ok(None)
    }
}
