//! Why Handset could not start, and what to do next. Nothing is changed on disk then.

use present::Problem;
use store::StoreError;
use vault::VaultError;

/// Why the core could not start. Nothing is changed on disk then.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{}", .0.message)]
    Setup(Problem),
    /// What is saved here is sealed with a key in the keychain, or so is the key for Apollo, and the
    /// keychain does not give it. Worth another attempt.
    #[error("{}", waits_because(.0))]
    Keychain(VaultError),
}

fn waits_because(error: &VaultError) -> String {
    match error {
        VaultError::Locked => "The keychain of this computer is locked, and Handset cannot read \
            what is saved here without it. Nothing was opened, and nothing was changed."
            .to_owned(),
        error => format!(
            "Handset cannot read what is saved here without this computer's keychain: {error}. \
             Nothing was opened, and nothing was changed."
        ),
    }
}

impl StartError {
    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Store(StoreError::InUse) => {
                "Handset is already running with this data folder. Use the window that is open, or \
                 name another folder with --data-dir."
            }
            Self::Store(StoreError::OutboxTaken) => {
                "Wait a moment, then start again. Nothing was changed."
            }
            Self::Store(StoreError::CopyInUse) => {
                "Two copies of one data folder would log calls twice. Close the Handset that is \
                 open, then start again."
            }
            Self::Store(StoreError::NotWitnessed { .. }) => {
                "Handset keeps a small file outside its data folder, so that a restored backup does \
                 not log calls twice. Make the folder for the state of apps writable for your \
                 account, then start again."
            }
            Self::Keychain(VaultError::Locked) => {
                "Unlock the keychain, and Handset goes on: it asks for the password when you try \
                 again. Your system's program for passwords and keys can unlock it too."
            }
            Self::Keychain(VaultError::NotProven | VaultError::Other { .. }) => {
                "Try again in a moment. If it stays, sign out and in, and look with your system's \
                 program for passwords and keys whether the keychain is in order."
            }
            Self::Keychain(VaultError::NoKeychain { .. }) => {
                "Start the keychain's program, then try again. Or start without it: unsent calls \
                 that it has sealed are kept and their tasks stay closed until it is back."
            }
            Self::Store(StoreError::NotTrusted { .. }) => {
                "Name another folder with --data-dir, or put this one right: it has to be a folder \
                 that belongs to your account, that nobody else can write into (chmod 700), and that \
                 holds no links. If you did not do this yourself, ask whoever looks after this \
                 computer."
            }
            Self::Store(StoreError::Newer { .. }) => {
                "Install the newer Handset again. Nothing was changed."
            }
            Self::Store(StoreError::DiskFull) => "Free some space on the disk, then start again.",
            Self::Store(StoreError::NotWritable { .. }) => {
                "Make the data folder writable for your account, or name another with --data-dir."
            }
            Self::Store(
                StoreError::Damaged { .. }
                | StoreError::FolderGone
                | StoreError::KeyNotAtHand { .. },
            ) => "Start again. If it stays, send the logs to whoever looks after Handset.",
            Self::Setup(problem) => return problem.hint.clone(),
        };
        Some(hint.to_owned())
    }

    /// Whether it is the keychain that is waited for.
    pub fn waits_for_keychain(&self) -> bool {
        matches!(self, Self::Keychain(_))
    }

    /// Whether a person may choose to start without the keychain: only where there is none, and not
    /// while one is locked or refuses for another reason.
    pub fn may_go_without_keychain(&self) -> bool {
        matches!(self, Self::Keychain(VaultError::NoKeychain { .. }))
    }
}
